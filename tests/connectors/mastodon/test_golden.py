"""The answers of a Mastodon instance, as documented, and the comments that they become."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectors.mastodon.connector import MastodonAccount
from moderation.model import Comment
from tests.connectors.golden import fields_of
from tests.standins.base import Answer, Request
from tests.standins.mastodon import MastodonStandIn

GOLDEN = Path(__file__).parents[2] / "data" / "connectors" / "mastodon.json"


def test_documented_answers_become_these_comments(
    server: MastodonStandIn, connector: MastodonAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    golden = json.loads(GOLDEN.read_text())

    def answer(request: Request) -> Answer:
        return Answer(golden["answers"][request.path])

    monkeypatch.setattr(server, "answer", answer)
    page = connector.poll("comments", None)
    shown = [record for record in page.records if isinstance(record, Comment)]
    assert [fields_of(one) for one in shown] == golden["comments"]
    assert all(one.raw in page.raw for one in shown)
    assert json.loads(shown[0].raw)["id"] == shown[0].native_id
