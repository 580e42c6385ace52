"""The answers of a Mastodon instance, as documented, and the comments that they become."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from connectors.mastodon.connector import MastodonAccount
from moderation.model import Comment
from tests.standins.base import Answer, Request
from tests.standins.mastodon import MastodonStandIn

GOLDEN = Path(__file__).parents[2] / "data" / "connectors" / "mastodon.json"


def told(comment: Comment) -> dict[str, Any]:
    """Return a comment as the golden file holds it: all but its bytes."""
    fields = dataclasses.asdict(comment)
    del fields["raw"]
    fields["created_at"] = comment.created_at.isoformat() if comment.created_at else None
    fields["media"] = list(comment.media)
    return fields


def test_documented_answers_become_these_comments(
    server: MastodonStandIn, connector: MastodonAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    golden = json.loads(GOLDEN.read_text())

    def answer(request: Request) -> Answer:
        return Answer(golden["answers"][request.path])

    monkeypatch.setattr(server, "answer", answer)
    page = connector.poll("comments", None)
    shown = [record for record in page.records if isinstance(record, Comment)]
    assert [told(one) for one in shown] == golden["comments"]
    assert all(one.raw in page.raw for one in shown)
    assert json.loads(shown[0].raw)["id"] == shown[0].native_id
