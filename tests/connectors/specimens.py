"""One specimen of each registered connector: an account over something that answers as it would."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from moderation.model import ItemRef
from tests.standins import bluesky, graph, mastodon, x, youtube

NOW = datetime.now(UTC)
IDS = [f"c-{number}" for number in range(250)]


@dataclass(frozen=True)
class Specimen:
    """Settings and secrets of one account, the ids that its feeds bring, and one item to act on.

    poison says that the account has one record, beside ids, that cannot be read.
    """

    settings: dict[str, Any]
    ids: list[str]
    ref: ItemRef
    secrets: dict[str, str] = field(default_factory=dict)
    poison: bool = False


Make = Callable[[Path, ExitStack], Specimen]


def replay(folder: Path, _until: ExitStack) -> Specimen:
    """Return a feed in a file."""
    feed = folder / "feed.jsonl"
    lines = [
        json.dumps({"id": native_id, "text": "Nice one", "author": {"id": f"a-{native_id}"}})
        for native_id in IDS
    ]
    feed.write_text("\n".join([*lines[:100], "{poison", *lines[100:]]) + "\n")
    ref = ItemRef(IDS[3], author_id=f"a-{IDS[3]}")
    return Specimen({"path": str(feed)}, IDS, ref, poison=True)


def imported(_folder: Path, _until: ExitStack) -> Specimen:
    """Return an account that is filled by import alone."""
    return Specimen({"platform": "facebook"}, [], ItemRef("c-1", author_id="a-1"))


SPECIMENS: dict[str, Make] = {
    "bluesky": bluesky.specimen,
    "facebook_page": graph.facebook_page_specimen,
    "import": imported,
    "instagram": graph.instagram_specimen,
    "mastodon": mastodon.specimen,
    "replay": replay,
    "x": x.specimen,
    "youtube": youtube.specimen,
}
"""The specimen of each registered connector. Servers are stopped when the ExitStack closes."""
