"""What is done to a comment is done once, read back honestly, and refused in words."""

from __future__ import annotations

import pytest

from connectors.contract import (
    Gone,
    Permanent,
    PermissionMissing,
    Transient,
)
from moderation.model import ActionKind, ItemRef
from tests.connectors.youtube.helping import Channel, ids, moderated
from tests.standins.faults import Fault, FaultScript
from tests.standins.youtube_world import HELD, PUBLISHED, REJECTED, SPAM

HIDE, UNHIDE, DELETE = ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE
BLOCK, UNBLOCK, REPORT = ActionKind.BLOCK, ActionKind.UNBLOCK, ActionKind.REPORT
READABLE = (HIDE, UNHIDE, DELETE)


@pytest.fixture(params=["thread", "reply"])
def native_id(request: pytest.FixtureRequest, channel: Channel) -> str:
    thread = channel.write(author="abusive-person")
    if request.param == "thread":
        return thread
    return channel.write(parent=thread, author="abusive-person")


def test_hiding_and_showing_again_are_seen_in_the_lists(channel: Channel, native_id: str) -> None:
    ref = channel.ref(native_id)
    assert channel.tube.read_back(ref, HIDE) is False
    channel.tube.act(ref, HIDE)
    assert channel.server.is_hidden(native_id)
    assert channel.tube.read_back(ref, HIDE) is True
    assert channel.tube.read_back(ref, UNHIDE) is False
    assert native_id not in ids(channel.poll())
    channel.tube.act(ref, UNHIDE)
    assert channel.tube.read_back(ref, UNHIDE) is True
    assert channel.tube.read_back(ref, HIDE) is False


def test_a_hidden_reply_that_no_list_shows_is_known_by_its_being_there(channel: Channel) -> None:
    channel.server.lists_held_replies = False
    reply = channel.write(parent=channel.write())
    ref = channel.ref(reply)
    channel.tube.act(ref, HIDE)
    assert channel.tube.read_back(ref, HIDE) is True


def test_a_reply_of_which_no_bytes_are_left_is_found_by_its_id(channel: Channel) -> None:
    reply = channel.write(parent=channel.write())
    ref = ItemRef(reply)
    assert channel.tube.read_back(ref, HIDE) is False
    channel.tube.act(ref, HIDE)
    assert channel.tube.read_back(ref, HIDE) is True


def test_without_a_moderation_status_the_lists_are_enough(channel: Channel, native_id: str) -> None:
    channel.server.tells_status = False
    ref = channel.ref(native_id)
    channel.tube.act(ref, HIDE)
    assert channel.tube.read_back(ref, UNHIDE) is False


def test_likely_spam_counts_as_hidden(channel: Channel, native_id: str) -> None:
    ref = channel.ref(native_id)
    channel.server.hold(native_id, SPAM)
    assert channel.tube.read_back(ref, HIDE) is True


def test_a_rejected_comment_reads_as_deleted(channel: Channel, native_id: str) -> None:
    ref = channel.ref(native_id)
    assert channel.tube.read_back(ref, DELETE) is False
    channel.tube.act(ref, HIDE)
    assert channel.tube.read_back(ref, DELETE) is False
    channel.tube.act(ref, DELETE)
    assert channel.server.world.remarks[native_id].status == REJECTED
    assert channel.tube.read_back(ref, DELETE) is True
    channel.tube.act(ref, DELETE)


def test_what_was_rejected_cannot_be_shown_again(channel: Channel, native_id: str) -> None:
    ref = channel.ref(native_id)
    channel.tube.act(ref, DELETE)
    with pytest.raises(Gone, match="final"):
        channel.tube.act(ref, UNHIDE)
    with pytest.raises(Gone):
        channel.tube.read_back(ref, HIDE)


def test_a_block_rejects_the_comment_and_what_its_author_writes_next(channel: Channel) -> None:
    bad = channel.write(author="abusive-person")
    channel.tube.act(channel.ref(bad), BLOCK)
    more = channel.write(author="abusive-person")
    assert [channel.server.world.remarks[one].status for one in (bad, more)] == [REJECTED] * 2
    assert channel.tube.read_back(channel.ref(bad), BLOCK) is None


def test_nobody_is_banned_where_the_author_is_withheld(channel: Channel) -> None:
    bad = channel.write(author=None)
    with pytest.raises(Permanent, match="does not say who"):
        channel.tube.act(channel.ref(bad), BLOCK)
    assert moderated(channel) == 0


@pytest.mark.parametrize("action", [REPORT, UNBLOCK], ids=str)
def test_what_people_have_to_do_is_not_sent(channel: Channel, action: ActionKind) -> None:
    with pytest.raises(Permanent):
        channel.tube.act(channel.ref(channel.write()), action)
    assert channel.tube.read_back(ItemRef("Ug1"), action) is None
    assert moderated(channel) == 0


@pytest.mark.parametrize("native_id", ["Ug1,Ug2", "", "a b", "Ug1&banAuthor=true", "Ü", "x" * 999])
def test_what_is_no_comments_id_is_not_sent(channel: Channel, native_id: str) -> None:
    for action in channel.tube.supports:
        with pytest.raises(Permanent):
            channel.tube.act(ItemRef(native_id, author_id="UC-x"), action)
    with pytest.raises(Permanent):
        channel.tube.fetch(ItemRef(native_id))
    assert channel.asked() == []


def test_before_the_lag_is_over_the_old_status_is_read(channel: Channel, native_id: str) -> None:
    channel.server.lag_s = 30.0
    ref = channel.ref(native_id)
    channel.tube.act(ref, HIDE)
    assert channel.again().settle_s == 30.0
    assert channel.tube.read_back(ref, HIDE) is False
    channel.server.clock.advance(31)
    assert channel.tube.read_back(ref, HIDE) is True


@pytest.mark.parametrize("action", [HIDE, UNHIDE, DELETE, BLOCK], ids=str)
@pytest.mark.parametrize("is_404", [True, False])
def test_what_its_author_deleted_is_gone(
    channel: Channel, native_id: str, action: ActionKind, is_404: bool
) -> None:
    ref = channel.ref(native_id)
    channel.server.unknown_is_404 = is_404
    channel.server.remove(native_id)
    with pytest.raises(Gone):
        channel.tube.act(ref, action)
    with pytest.raises(Gone):
        channel.tube.fetch(ref)
    if action in {HIDE, UNHIDE}:
        with pytest.raises(Gone):
            channel.tube.read_back(ref, action)


def test_a_deleted_video_takes_its_comments_along(channel: Channel, native_id: str) -> None:
    ref = channel.ref(native_id)
    channel.server.world.remove_video(channel.video)
    for action in READABLE:
        with pytest.raises(Gone):
            channel.tube.act(ref, action)


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        ((403, "forbidden"), PermissionMissing),
        ((400, "operationNotSupported"), Permanent),
        ((400, "processingFailure"), Permanent),
    ],
    ids=lambda one: str(one),
)
def test_a_refusal_is_told_and_changes_nothing(
    channel: Channel, refusal: tuple[int, str], error: type[Exception]
) -> None:
    native_id = channel.write()
    ref = channel.ref(native_id)
    channel.server.refused[native_id] = refusal
    with pytest.raises(error) as told:
        channel.tube.act(ref, HIDE)
    assert type(told.value) is error
    assert str(told.value).endswith(".")
    assert channel.server.world.remarks[native_id].status == PUBLISHED


def test_a_list_too_long_to_read_leaves_the_outcome_open(channel: Channel) -> None:
    channel.server.most = 2
    ref = channel.ref(channel.write())
    for _ in range(30):
        channel.write()
    assert channel.tube.read_back(ref, DELETE) is None
    assert channel.tube.read_back(ref, UNHIDE) is None


def test_a_list_that_loses_its_place_leaves_the_outcome_open(channel: Channel) -> None:
    channel.server.most = 2
    ref = channel.ref(channel.write())
    for _ in range(5):
        channel.write()
    channel.server.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    assert channel.tube.read_back(ref, DELETE) is None


def test_comments_that_were_switched_off_are_seen_by_nobody(channel: Channel) -> None:
    ref = channel.ref(channel.write())
    channel.server.world.videos[channel.video].is_open = False
    assert channel.tube.read_back(ref, UNHIDE) is False


def test_a_fetch_keeps_the_post_that_youtube_leaves_out(channel: Channel, native_id: str) -> None:
    found = channel.tube.fetch(channel.ref(native_id))
    assert found.post is not None
    assert found.post.id == channel.video
    assert found.url == f"https://www.youtube.com/watch?v={channel.video}&lc={native_id}"


def test_a_held_comment_can_be_fetched(channel: Channel) -> None:
    held = channel.write(status=HELD)
    assert channel.tube.fetch(ItemRef(held, post_id=channel.video)).native_id == held


@pytest.mark.parametrize(
    "poison", [b'{"id": "x", "snippet": {"textOriginal": 5}}', b'{"id": "z", "snippet": {"a": 1}}']
)
def test_what_cannot_be_read_is_not_fetched(channel: Channel, poison: bytes) -> None:
    native_id = channel.write()
    channel.server.world.remarks[native_id].poison = poison
    with pytest.raises(Transient):
        channel.tube.fetch(ItemRef(native_id))
