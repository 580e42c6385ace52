"""Where the project's own labelled comments lie, and how they are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "comments"
TRAIN, DEVELOPMENT = FOLDER / "train.jsonl", FOLDER / "development.jsonl"
# By hands of whom training and tuning have read nothing.
KEPT_ASIDE = FOLDER / "kept_aside.jsonl"
# By two more such hands: hate of groups of people, told by emoji or plainly, and its look-alikes.
HATE_ASIDE = FOLDER / "kept_aside_hate.jsonl"
# By five more: what patients write who are angry and civil, and ordinary weeks of ordinary pages.
ORDINARY_ASIDE = FOLDER / "kept_aside_ordinary.jsonl"
ASIDE = (KEPT_ASIDE, HATE_ASIDE, ORDINARY_ASIDE)


def read_comments(path: Path) -> list[dict[str, Any]]:
    """Return the comments of a file, as they stand there."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
