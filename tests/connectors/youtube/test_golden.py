"""Answers of YouTube become the comments that stand beside them in the golden file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors.slices import whole
from connectors.youtube.records import STANDINGS, Beside, Thread, comment_of, thread_of
from moderation.model import Comment, Unreadable

GOLDEN = Path(__file__).parents[2] / "data" / "connectors" / "youtube.json"
CASES: list[dict[str, Any]] = json.loads(GOLDEN.read_text())["cases"]


def told(one: Comment | Unreadable) -> dict[str, Any]:
    """Return what was made of a record, in the golden file's words."""
    if isinstance(one, Unreadable):
        return {"unreadable": one.reason}
    return {
        "id": one.native_id,
        "text": one.text,
        "kind": one.kind.value,
        "standing": one.standing.value,
        "created_at": one.created_at.isoformat() if one.created_at else None,
        "author": [one.author.id, one.author.handle, one.author.name] if one.author else None,
        "post": [one.post.id, one.post.url] if one.post else None,
        "parent": one.parent_id,
        "url": one.url,
        "media": list(one.media),
    }


def made(case: dict[str, Any]) -> list[Comment | Unreadable]:
    """Return what the connector makes of an answer."""
    page = whole(json.dumps(case["answer"]).encode())
    if case["answer"]["kind"] == "youtube#commentListResponse":
        beside = Beside(case["video"], case["parent"])
        return [comment_of(piece, beside) for piece in page.at("items")]
    found: list[Comment | Unreadable] = []
    for piece in page.at("items"):
        thread = thread_of(piece)
        if isinstance(thread, Thread):
            found += thread.records(STANDINGS[case["list"]])
        else:
            found.append(thread)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_answer_becomes_these_comments(case: dict[str, Any]) -> None:
    assert [told(one) for one in made(case)] == case["becomes"]
