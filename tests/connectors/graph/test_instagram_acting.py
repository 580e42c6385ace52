"""What is done on Instagram is read back, and what it does not offer is refused."""

from __future__ import annotations

import pytest

from connectors.contract import (
    AuthLost,
    Gone,
    Malformed,
    NotDone,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
)
from connectors.meta.instagram import Instagram
from moderation.model import ActionKind, How, ItemKind, ItemRef, Standing
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import InstagramStandIn, comments_of, ref_of
from tests.standins.graph_bodies import not_there

HIDE, UNHIDE, DELETE = ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE


@pytest.fixture
def ref(instagram: Instagram, account: InstagramStandIn) -> ItemRef:
    """Return a comment on a post of the account's own."""
    account.comment(account.post(), "You are useless", author="ivo.example")
    (comment,) = comments_of(instagram)
    return ref_of(comment)


def test_hiding_reading_back_and_showing_again(
    instagram: Instagram, account: InstagramStandIn, ref: ItemRef
) -> None:
    account.lag_s = 20
    instagram.act(ref, HIDE)
    assert account.is_hidden(ref.native_id)
    assert instagram.read_back(ref, HIDE) is False
    account.clock.advance(21)
    assert instagram.read_back(ref, HIDE) is True
    assert instagram.fetch(ref).standing is Standing.HIDDEN
    instagram.act(ref, UNHIDE)
    account.clock.advance(21)
    assert instagram.read_back(ref, UNHIDE) is True


def test_a_deleted_comment_reads_deleted_and_may_be_deleted_again(
    instagram: Instagram, ref: ItemRef
) -> None:
    instagram.act(ref, DELETE)
    instagram.act(ref, DELETE)
    assert instagram.read_back(ref, DELETE) is True
    for call in (instagram.fetch, lambda one: instagram.act(one, HIDE)):
        with pytest.raises(Gone):
            call(ref)


@pytest.mark.parametrize(
    "action", [ActionKind.BLOCK, ActionKind.UNBLOCK, ActionKind.REPORT], ids=str
)
def test_what_instagram_does_not_offer_is_refused_without_asking(
    instagram: Instagram, account: InstagramStandIn, ref: ItemRef, action: ActionKind
) -> None:
    account.journal.clear()
    with pytest.raises(Permanent, match="does not let a program"):
        instagram.act(ref, action)
    assert instagram.read_back(ref, action) is None
    assert not instagram.can_read_back(action)
    assert instagram.undo_of(action) is None
    assert account.journal == []
    assert instagram.capability(ref, action).how is How.BY_HAND


def test_a_write_that_answers_500_is_read_back(
    instagram: Instagram, account: InstagramStandIn, ref: ItemRef
) -> None:
    account.faults = FaultScript(1, {Fault.APPLIED_BUT_500: 1.0})
    with pytest.raises(Transient) as told:
        instagram.act(ref, HIDE)
    assert not isinstance(told.value, NotDone)
    account.faults = FaultScript()
    assert instagram.read_back(ref, HIDE) is True


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [(Fault.RATE_LIMITED, Throttled), (Fault.HTML_200, Malformed), (Fault.CUT_AFTER, Transient)],
    ids=str,
)
def test_faults_are_told_in_the_words_of_the_contract(
    instagram: Instagram, account: InstagramStandIn, fault: Fault, meaning: type[Exception]
) -> None:
    account.faults = FaultScript(1, {fault: 1.0})
    for feed in ("comments", "mentions"):
        with pytest.raises(meaning) as told:
            instagram.poll(feed, None)
        assert account.token not in repr(told.value)


def test_a_permission_that_is_missing_is_named(
    instagram: Instagram, account: InstagramStandIn, ref: ItemRef
) -> None:
    account.lose_permission("instagram_manage_comments")
    for call in (lambda: instagram.act(ref, HIDE), lambda: instagram.fetch(ref)):
        with pytest.raises(PermissionMissing) as told:
            call()
        assert told.value.names == ("instagram_manage_comments",)


def test_not_there_for_everything_is_a_permission_and_no_deletion(
    instagram: Instagram,
    account: InstagramStandIn,
    ref: ItemRef,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.standins.graph_world.may_not_read", lambda _: not_there("GET", "1"))
    account.lose_permission("instagram_manage_comments")
    with pytest.raises(PermissionMissing):
        instagram.fetch(ref)


def test_a_dead_token_ends_the_access(
    instagram: Instagram, account: InstagramStandIn, ref: ItemRef
) -> None:
    account.lose_access()
    for call in (lambda: instagram.poll("comments", None), lambda: instagram.act(ref, HIDE)):
        with pytest.raises(AuthLost):
            call()


def test_a_mention_below_anothers_post_is_fetched_and_not_touched(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    native_id = account.mention_in_comment("@northmoor.fire is useless", author="ivo.example")
    raw = b'{"media_id":"18000000000000001","comment_id":"' + native_id.encode() + b'"}'
    first = ItemRef(native_id, raw=raw)
    found = instagram.fetch(first)
    assert (found.text, found.kind) == ("@northmoor.fire is useless", ItemKind.MENTION)
    again = ref_of(found)
    assert instagram.fetch(again).text == found.text
    for action in (HIDE, UNHIDE, DELETE):
        assert instagram.capability(again, action).how is How.NO
        with pytest.raises(Permanent, match="somebody else's post"):
            instagram.act(again, action)
    account.remove(native_id)
    with pytest.raises(Gone):
        instagram.fetch(again)


def test_a_tagged_post_is_fetched_from_its_list(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    for number in range(150):
        account.mention(f"Number {number}")
    ref = ref_of(comments_of(instagram, "mentions")[0])
    assert instagram.fetch(ref).native_id == ref.native_id
    assert instagram.capability(ref, HIDE).how is How.NO
    account.remove(ref.native_id)
    with pytest.raises(Gone):
        instagram.fetch(ref)
