"""What is offered for a comment is honest: what it does, that it is final, or by whose hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from moderation.model import ActionKind, How, ItemRef
from tests.connectors.youtube.helping import Channel
from tests.standins.youtube_world import CHANNEL

STUDIO = f"https://studio.youtube.com/channel/{CHANNEL}/comments/inbox"


def ref(native_id: str = "Ug1", *, post: str = "vid-1", **snippet: Any) -> ItemRef:
    raw = json.dumps({"id": native_id, "snippet": snippet}).encode()
    return ItemRef(native_id, post_id=post, raw=raw)


AUTHOR: dict[str, Any] = {"authorChannelId": {"value": "UC-someone"}}


@pytest.mark.parametrize(
    ("action", "one", "how", "says"),
    [
        (ActionKind.HIDE, ref(), How.API, "held for review in YouTube Studio"),
        (ActionKind.HIDE, ref(moderationStatus="heldForReview"), How.API, "held it for review"),
        (ActionKind.HIDE, ref(moderationStatus="likelySpam"), How.API, "held it for review"),
        (ActionKind.HIDE, ref(moderationStatus="rejected"), How.NO, "cannot be undone"),
        (ActionKind.UNHIDE, ref(moderationStatus="rejected"), How.NO, "cannot be undone"),
        (ActionKind.UNHIDE, ref(), How.API, "sees it again"),
        (ActionKind.DELETE, ref(), How.API, "This is final: it cannot be undone."),
        (ActionKind.BLOCK, ref(**AUTHOR), How.API, "This is final"),
        (ActionKind.BLOCK, ref(), How.BY_HAND, "does not say who wrote this"),
        (
            ActionKind.BLOCK,
            ref(authorChannelId={"value": CHANNEL}),
            How.NO,
            "Your own channel wrote this",
        ),
        (ActionKind.UNBLOCK, ref(), How.BY_HAND, "only a person"),
        (ActionKind.REPORT, ref(), How.BY_HAND, "from people only"),
        (ActionKind.HIDE, ref("a,b"), How.NO, "not the id"),
        (ActionKind.BLOCK, ItemRef("Ug1", author_id="UC-someone"), How.API, "This is final"),
        (ActionKind.HIDE, ItemRef("Ug1", raw=b"{broken"), How.API, "held for review"),
    ],
    ids=lambda one: str(one) if isinstance(one, ActionKind) else "",
)
def test_what_is_offered_says_what_there_is_to_know(
    channel: Channel, action: ActionKind, one: ItemRef, how: How, says: str
) -> None:
    told = channel.tube.capability(one, action)
    assert told.how is how
    assert says in told.says
    assert told.says.endswith(".")
    assert bool(told.steps) is bool(told.link) is (how is How.BY_HAND)
    assert channel.asked() == []


def test_a_report_leads_to_the_comment_itself(channel: Channel) -> None:
    told = channel.tube.capability(ref(), ActionKind.REPORT)
    assert told.link == "https://www.youtube.com/watch?v=vid-1&lc=Ug1"


@pytest.mark.parametrize(
    "one",
    [
        ref("Ug1", post="x&list=evil"),
        ref("Ug1", post=""),
        ref("Ug<1>"),
        ref("Ug1", post="../../redirect"),
        ref("", post="vid-1"),
    ],
    ids=range(5),
)
def test_an_odd_id_makes_no_link(channel: Channel, one: ItemRef) -> None:
    told = channel.tube.capability(one, ActionKind.REPORT)
    assert told.link == STUDIO


@pytest.mark.parametrize("action", [ActionKind.DELETE, ActionKind.BLOCK], ids=str)
def test_what_is_final_says_so_before_and_has_no_way_back(
    channel: Channel, action: ActionKind
) -> None:
    assert "final" in channel.tube.note(action)
    assert channel.tube.undo_of(action) is None


def test_only_what_the_lists_show_can_be_read_back(channel: Channel) -> None:
    readable = {action for action in ActionKind if channel.tube.can_read_back(action)}
    assert readable == {ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE}
