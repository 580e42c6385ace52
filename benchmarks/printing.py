"""How long a card and a document take, one after the other on one core."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from moderation.evidence.printing import card, documents
from moderation.evidence.printing.parts import Document
from tests.moderation.evidence.printing.making import WORDS, attachment_of, card_of, document_of

RUNS: Final = 30
CARD_TARGET_MS: Final = 120
PDF_TARGET_MS: Final = 100
OVERRIDE: Final = f"\u202e{WORDS}\u202c \U0001f9d1\U0001f3fd\u200d\U0001f692 \u0440\u0430ypal"
RANT: Final = f"{WORDS} " * 43
"""Three hundred words."""


def main() -> None:
    """Print the time of each, every run with a text of its own so that nothing is remembered."""
    start = time.perf_counter()
    card.png(card_of())
    first = (time.perf_counter() - start) * 1000
    print(f"first card of a process, with its fonts: {first:.0f} ms")
    print(f"{'':44}{'median ms':>10}{'slowest':>9}{'kB':>7}{'of target':>11}")
    for name, text in (
        ("a sentence", WORDS),
        ("hidden marks, emoji", OVERRIDE),
        ("300 words", RANT),
    ):
        _row(f"card, {name}", partial(_card, text), CARD_TARGET_MS)
    for name, exhibits in (("one exhibit", 1), ("40 exhibits", 40)):
        made = partial(_statement, exhibits)
        _row(f"statement with {name} and its record", made, PDF_TARGET_MS)


def _row(name: str, make: Callable[[int], bytes], target_ms: int) -> None:
    times, size = [], 0
    for run in range(RUNS):
        start = time.perf_counter()
        size = len(make(run))
        times.append((time.perf_counter() - start) * 1000)
    median = statistics.median(times)
    print(
        f"{name:44}{median:>10.0f}{max(times):>9.0f}{size / 1000:>7.0f}{median / target_ms:>11.0%}"
    )


def _card(text: str, run: int) -> bytes:
    return card.png(card_of(text=f"{text} {run}", ref=f"EV-2026-{run:06}"))


def _statement(exhibits: int, run: int) -> bytes:
    made: Document = document_of(f"{WORDS} {run}", exhibits=exhibits, is_draft=True)
    return documents.pdf(made, [attachment_of(b"{}\n" * 1000)])
