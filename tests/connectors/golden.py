"""Plays a golden file: the answers of a platform by their paths, and what polling makes of them.

A golden file is {"answers": {PATH: BODY, ...}, "comments": [...]}; each comment is all that the
connector told but its bytes.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from connectors.contract import COMMENTS
from connectors.registry import connect
from moderation.model import Comment, Page
from tests.connectors.specimens import Make
from tests.standins.base import Answer, Request, StandIn
from tests.standins.means import means

DATA = Path(__file__).parents[1] / "data" / "connectors"


class Kept(StandIn):
    """Answers what was kept, whatever is asked of a path."""

    platform = "kept"

    def __init__(self, answers: Mapping[str, Any]) -> None:
        super().__init__()
        self._answers = answers

    def answer(self, request: Request) -> Answer:
        if request.path not in self._answers:
            return Answer({"error": "not kept"}, 404)
        return Answer(self._answers[request.path])


def first_page(name: str, answers: Mapping[str, Any], make: Make, folder: Path) -> Page:
    """Return what the first poll makes of these answers, with the specimen's settings."""
    with ExitStack() as until:
        specimen = make(folder, until)
        kept = until.enter_context(Kept(answers))
        given = means(folder / "state", **specimen.secrets)
        connector = connect(name, {**specimen.settings, "base_url": kept.url}, given)
        return connector.poll(COMMENTS.name, None)


def told(page: Page) -> list[Any]:
    """Return the comments of a page as a golden file holds them."""
    return [fields_of(record) for record in page.records if isinstance(record, Comment)]


def fields_of(comment: Comment) -> dict[str, Any]:
    """Return a comment as a golden file holds it; what is seldom told, only where it was."""
    fields = dataclasses.asdict(comment)
    del fields["raw"], fields["collected"]
    if fields["gone_by"] is None:
        del fields["gone_by"]
    for name in ("profile", "avatar"):
        if fields["author"] and not fields["author"][name]:
            del fields["author"][name]
    fields["created_at"] = comment.created_at.isoformat() if comment.created_at else None
    # Through JSON, in which a golden file is written: a tuple is a list there.
    read: dict[str, Any] = json.loads(json.dumps(fields))
    return read
