"""Makes comments for benchmarks: invented words in the lengths that people write, seeded."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from typing import Any, Final

from worker.demo import material

# One comment in this many is one of the demo's own, so that rules and targets have work to do.
DEMO_SHARE: Final = 3


def on_two_cores() -> None:
    """Keep this process to two cores, before any model counts how many it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])


def comments(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Yield count comments, the same for the same seed; about 40 words long in the middle."""
    chance = random.Random(seed)
    texts = [entry["text"] for entry in material.read("feed.jsonl") if entry.get("text")]
    words = sorted({word for text in texts for word in text.split()})
    for number in range(count):
        own = number % DEMO_SHARE == 0
        length = max(1, min(250, int(chance.lognormvariate(3.5, 0.6))))
        yield {
            "id": f"b-{number}",
            "text": chance.choice(texts) if own else " ".join(chance.choices(words, k=length)),
            "created_at": f"2026-{1 + number % 9:02d}-{1 + number % 28:02d}T12:00:00Z",
            "author": f"author-{chance.randrange(20_000)}",
            "post": f"post-{number % 200}",
        }


def lines(count: int) -> Iterator[str]:
    """Yield the comments as JSON Lines."""
    for comment in comments(count):
        yield json.dumps(comment) + "\n"
