"""What is done on a Facebook Page is done once, read back, and refused in words that help."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from connectors.contract import (
    AuthLost,
    Gone,
    NotDone,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
    WritesBlocked,
)
from connectors.meta.facebook_page import KIND, FacebookPage
from moderation.model import ActionKind, How, ItemRef, Standing
from tests.connectors.graph.conftest import Again
from tests.standins.faults import Fault, FaultScript, patience
from tests.standins.graph import FacebookStandIn, comments_of, connected, ref_of
from tests.standins.graph_bodies import DEAD, not_there

HIDE, UNHIDE, DELETE = ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE
BLOCK, UNBLOCK, REPORT = ActionKind.BLOCK, ActionKind.UNBLOCK, ActionKind.REPORT


@pytest.fixture
def ref(facebook: FacebookPage, page: FacebookStandIn) -> ItemRef:
    """Return a comment by somebody who is known."""
    page.comment(page.post(), "You are useless", author="Ivo Example")
    (comment,) = comments_of(facebook)
    return ref_of(comment)


def test_a_hidden_comment_reads_hidden_until_it_is_shown_again(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    facebook.act(ref, HIDE)
    assert page.is_hidden(ref.native_id)
    assert facebook.read_back(ref, HIDE) is True
    assert facebook.fetch(ref).standing is Standing.HIDDEN
    facebook.act(ref, UNHIDE)
    assert facebook.read_back(ref, UNHIDE) is True
    assert facebook.read_back(ref, HIDE) is False


def test_a_read_back_before_the_platform_has_settled_shows_the_old_state(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    page.lag_s = 20
    facebook.act(ref, HIDE)
    assert facebook.read_back(ref, HIDE) is False
    page.clock.advance(21)
    assert facebook.read_back(ref, HIDE) is True


def test_a_hide_that_never_takes_effect_is_seen(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    page.hides_ignored.add(ref.native_id)
    facebook.act(ref, HIDE)
    assert facebook.read_back(ref, HIDE) is False


def test_a_deleted_comment_reads_deleted_and_may_be_deleted_again(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    assert facebook.read_back(ref, DELETE) is False
    facebook.act(ref, DELETE)
    facebook.act(ref, DELETE)
    assert facebook.read_back(ref, DELETE) is True
    with pytest.raises(Gone):
        facebook.fetch(ref)


def test_a_banned_author_reads_banned_until_the_ban_is_lifted(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    facebook.act(ref, BLOCK)
    assert list(page.banned) == [ref.author_id]
    assert facebook.read_back(ref, BLOCK) is True
    facebook.act(ref, UNBLOCK)
    facebook.act(ref, UNBLOCK)
    assert facebook.read_back(ref, UNBLOCK) is True
    assert facebook.read_back(ref, BLOCK) is False


def test_an_unknown_author_cannot_be_banned(facebook: FacebookPage, ref: ItemRef) -> None:
    nobody = replace(ref, author_id=None)
    for call in (facebook.act, facebook.read_back):
        with pytest.raises(Permanent, match="does not tell us who"):
            call(nobody, BLOCK)


def test_a_report_is_never_sent(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    page.journal.clear()
    with pytest.raises(Permanent, match="does not let a program"):
        facebook.act(ref, REPORT)
    assert facebook.read_back(ref, REPORT) is None
    assert page.journal == []


@pytest.mark.parametrize("action", [HIDE, UNHIDE], ids=str)
def test_what_is_gone_cannot_be_hidden(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef, action: ActionKind
) -> None:
    page.remove(ref.native_id)
    with pytest.raises(Gone):
        facebook.act(ref, action)
    with pytest.raises(Gone):
        facebook.read_back(ref, action)


@pytest.mark.parametrize(
    ("action", "forbidden", "says"),
    [(HIDE, "can_hide", "cannot be hidden"), (DELETE, "can_remove", "cannot be deleted")],
    ids=["hide", "delete"],
)
def test_a_comment_that_facebook_protects_is_refused_for_itself_alone(
    facebook: FacebookPage,
    page: FacebookStandIn,
    ref: ItemRef,
    action: ActionKind,
    forbidden: str,
    says: str,
) -> None:
    setattr(page.things[ref.native_id], forbidden, False)
    with pytest.raises(Permanent, match=says) as told:
        facebook.act(ref, action)
    assert not isinstance(told.value, PermissionMissing)
    assert facebook.capability(ref_of(facebook.fetch(ref)), action).how is How.NO


@pytest.mark.parametrize("action", [HIDE, UNHIDE, DELETE, BLOCK, UNBLOCK], ids=str)
def test_an_access_that_may_only_read_names_what_it_lacks(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef, action: ActionKind
) -> None:
    page.lose_permission("pages_manage_engagement")
    with pytest.raises(PermissionMissing) as told:
        facebook.act(ref, action)
    assert told.value.names == ("pages_manage_engagement",)


@pytest.mark.parametrize("action", [HIDE, DELETE], ids=str)
def test_not_there_for_a_write_alone_is_a_permission_and_no_deletion(
    facebook: FacebookPage,
    page: FacebookStandIn,
    ref: ItemRef,
    action: ActionKind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "tests.standins.graph_facebook.may_not_act"
    monkeypatch.setattr(said, lambda _: not_there("POST", ref.native_id))
    page.lose_permission("pages_manage_engagement")
    with pytest.raises(PermissionMissing, match="but not act"):
        facebook.act(ref, action)


def test_not_there_for_everything_is_a_permission_and_no_deletion(
    facebook: FacebookPage,
    page: FacebookStandIn,
    ref: ItemRef,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.standins.graph_world.may_not_read", lambda _: not_there("GET", "1"))
    page.lose_permission("pages_read_user_content")
    for look in (facebook.fetch, lambda one: facebook.read_back(one, DELETE)):
        with pytest.raises(PermissionMissing, match="may no longer read"):
            look(ref)


def test_a_punished_account_waits(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    page.punished = True
    with pytest.raises(WritesBlocked) as told:
        facebook.act(ref, HIDE)
    assert told.value.retry_after > 0


@pytest.mark.parametrize("subcode", DEAD)
def test_every_way_in_which_a_token_dies_ends_the_access(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef, subcode: int
) -> None:
    page.dead = subcode
    for call in (facebook.act, facebook.read_back):
        with pytest.raises(AuthLost):
            call(ref, HIDE)


@pytest.mark.parametrize(
    "fault", [Fault.APPLIED_BUT_500, Fault.CUT_AFTER, Fault.HANG_AFTER], ids=str
)
def test_an_answer_that_never_came_leaves_the_outcome_unknown_and_the_read_back_tells(
    facebook: FacebookPage, again: Again, page: FacebookStandIn, ref: ItemRef, fault: Fault
) -> None:
    page.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient) as told:
        again(**patience(fault)).act(ref, HIDE)
    assert not isinstance(told.value, NotDone)
    page.faults = FaultScript()
    assert facebook.read_back(ref, HIDE) is True
    assert len(page.calls("POST")) == 1


@pytest.mark.parametrize(
    "fault", [Fault.CUT_BEFORE, Fault.SERVER_ERROR, Fault.HANG_BEFORE], ids=str
)
def test_a_write_that_did_not_arrive_is_as_unknown_and_the_read_back_tells(
    facebook: FacebookPage, again: Again, page: FacebookStandIn, ref: ItemRef, fault: Fault
) -> None:
    page.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient):
        again(**patience(fault)).act(ref, HIDE)
    page.faults = FaultScript()
    assert facebook.read_back(ref, HIDE) is False


@pytest.mark.parametrize("fault", [Fault.HTML_200, Fault.TRUNCATED], ids=str)
def test_an_answer_that_fits_no_shape_does_not_pass_for_done(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef, fault: Fault
) -> None:
    page.faults = FaultScript(1, {fault: 1.0})
    for action in (HIDE, DELETE, BLOCK, UNBLOCK):
        with pytest.raises(Transient):
            facebook.act(ref, action)


def test_a_limit_says_that_nothing_was_done(
    facebook: FacebookPage, page: FacebookStandIn, ref: ItemRef
) -> None:
    page.faults = FaultScript(1, {Fault.RATE_LIMITED: 1.0})
    with pytest.raises(Throttled):
        facebook.act(ref, HIDE)
    assert not page.is_hidden(ref.native_id)


def test_a_server_that_is_not_there_did_nothing(
    page: FacebookStandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    facebook = connected(page, KIND, tmp_path)
    page.stop()
    with caplog.at_level(logging.INFO), pytest.raises(NotDone) as told:
        facebook.act(ItemRef("1_2"), DELETE)
    assert page.token not in repr(told.value) + str(told.value.__cause__) + caplog.text


def test_no_token_reaches_an_error_a_log_or_a_journal_path(
    again: Again, page: FacebookStandIn, ref: ItemRef, caplog: pytest.LogCaptureFixture
) -> None:
    errors = []
    with caplog.at_level(logging.INFO):
        for fault in Fault:
            facebook = again(**patience(fault))
            page.faults = FaultScript(1, {fault: 1.0})
            for call in (partial(facebook.act, ref, HIDE), partial(facebook.fetch, ref)):
                try:
                    call()
                except Exception as err:  # noqa: BLE001  Whatever it is, it must not tell.
                    errors.append(repr(err) + str(err))
    assert errors
    assert page.token not in "".join(errors) + caplog.text
    assert page.token not in repr(facebook) + repr(vars(facebook))


@pytest.mark.parametrize("native_id", ["", "../me", "me?fields=x", "1/2", "1 2", "a" * 300, "ü"])
def test_an_id_that_is_none_is_never_put_into_a_path(
    facebook: FacebookPage, page: FacebookStandIn, native_id: str
) -> None:
    with pytest.raises(Permanent, match="no id"):
        facebook.act(ItemRef(native_id), DELETE)
    assert page.journal == []
