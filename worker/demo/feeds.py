"""The files that stand for the demo accounts' platforms, and the comments still to arrive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def feed_path(data_dir: Path, key: str) -> Path:
    """Return the file that stands for one demo account's platform."""
    return data_dir / "demo" / f"{key}.jsonl"


def live_path(data_dir: Path) -> Path:
    """Return the file of comments that are still to arrive."""
    return data_dir / "demo" / "live.jsonl"


def append(path: Path, record: dict[str, Any]) -> None:
    """Add one line to a feed, as a platform would show one more comment."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
