"""Reports and blocks, their reading back, and what is said of everything that Mastodon lacks."""

from __future__ import annotations

import pytest

from connectors.contract import (
    AuthLost,
    ConnectorError,
    Gone,
    Malformed,
    NotDone,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
)
from connectors.mastodon.calls import REPORT_WORDS
from connectors.mastodon.connector import MastodonAccount
from connectors.mastodon.words import NO_AUTHOR, NO_DELETING, NO_HIDING, STEPS
from moderation.model import ActionKind, How, ItemRef
from tests.connectors.mastodon.conftest import Again
from tests.connectors.mastodon.walking import comments, ref_of, walk
from tests.standins.base import Answer, Request
from tests.standins.faults import Fault, FaultScript, patience
from tests.standins.mastodon import MastodonStandIn

REPORTS = "/api/v1/reports"
WRITES = (ActionKind.REPORT, ActionKind.BLOCK, ActionKind.UNBLOCK)


@pytest.fixture
def ref(server: MastodonStandIn, connector: MastodonAccount) -> ItemRef:
    """Return a comment by somebody on another instance."""
    server.person("First Person")
    native_id = server.comment(server.post(), "You fools", author="Far Person")
    return ref_of(comments(*walk(connector))[native_id])


def test_a_report_goes_out_once_and_to_the_authors_instance_too(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    connector.act(ref, ActionKind.REPORT)
    (report,) = server.reports
    assert report["status_ids"] == [ref.native_id]
    assert report["target_account"]["id"] == ref.author_id
    assert (report["category"], report["forwarded"]) == ("other", True)
    assert report["comment"] == REPORT_WORDS
    assert len(REPORT_WORDS) <= 1000
    assert len(server.calls("POST", REPORTS)) == 1


@pytest.mark.parametrize(
    ("fault", "made"),
    [
        (Fault.APPLIED_BUT_500, 1),
        (Fault.CUT_AFTER, 1),
        (Fault.HANG_AFTER, 1),
        (Fault.TRUNCATED, 1),
        (Fault.SERVER_ERROR, 0),
        (Fault.BAD_GATEWAY, 0),
        (Fault.HTML_200, 0),
        (Fault.CUT_BEFORE, 0),
        (Fault.HANG_BEFORE, 0),
    ],
    ids=str,
)
def test_a_report_without_an_answer_has_an_open_outcome_and_is_not_sent_again(
    server: MastodonStandIn, again: Again, ref: ItemRef, fault: Fault, made: int
) -> None:
    server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient) as caught:
        again(**patience(fault)).act(ref, ActionKind.REPORT)
    assert not isinstance(caught.value, NotDone)
    assert len(server.reports) == made
    assert len(server.calls("POST", REPORTS)) == 1


def test_a_report_that_is_asked_for_too_often_was_not_made(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    server.faults = FaultScript(1, {Fault.RATE_LIMITED: 1.0})
    with pytest.raises(Throttled) as caught:
        connector.act(ref, ActionKind.REPORT)
    assert 1 <= caught.value.retry_after <= 301
    assert server.reports == []


def test_a_report_about_a_deleted_post_is_told_as_gone(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    server.remove(ref.native_id)
    with pytest.raises(Gone):
        connector.act(ref, ActionKind.REPORT)


@pytest.mark.parametrize("action", WRITES, ids=str)
def test_nothing_can_be_done_about_somebody_the_instance_no_longer_knows(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef, action: ActionKind
) -> None:
    server.people.clear()
    with pytest.raises(Gone):
        connector.act(ref, action)


def test_a_block_is_in_effect_and_can_be_lifted(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    assert connector.read_back(ref, ActionKind.BLOCK) is False
    assert connector.read_back(ref, ActionKind.UNBLOCK) is True
    connector.act(ref, ActionKind.BLOCK)
    assert server.is_blocked("Far Person")
    assert connector.read_back(ref, ActionKind.BLOCK) is True
    assert connector.read_back(ref, ActionKind.UNBLOCK) is False
    connector.act(ref, ActionKind.UNBLOCK)
    assert connector.read_back(ref, ActionKind.BLOCK) is False


def test_a_block_that_takes_effect_late_reads_false_until_it_does(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    server.lag_s = 30.0
    connector.act(ref, ActionKind.BLOCK)
    assert connector.read_back(ref, ActionKind.BLOCK) is False
    server.clock.advance(31)
    assert connector.read_back(ref, ActionKind.BLOCK) is True


@pytest.mark.parametrize("fault", [Fault.APPLIED_BUT_500, Fault.CUT_AFTER], ids=str)
def test_a_block_without_an_answer_is_found_by_reading_back(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef, fault: Fault
) -> None:
    server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient) as caught:
        connector.act(ref, ActionKind.BLOCK)
    assert not isinstance(caught.value, NotDone)
    server.faults = FaultScript()
    assert connector.read_back(ref, ActionKind.BLOCK) is True


def test_a_block_ends_sight_of_the_author_but_a_post_is_still_fetched(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    connector.act(ref, ActionKind.BLOCK)
    assert ref.native_id not in comments(*walk(connector))
    assert connector.fetch(ref).text == "You fools"


def test_a_block_of_a_suspended_author_is_still_read(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    connector.act(ref, ActionKind.BLOCK)
    server.suspend("Far Person")
    assert connector.read_back(ref, ActionKind.BLOCK) is True


def test_reading_back_about_nobody_is_gone(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    server.people.clear()
    with pytest.raises(Gone):
        connector.read_back(ref, ActionKind.BLOCK)


@pytest.mark.parametrize(
    "body", [b'[{"id":"1","blocking":true}]', b'[{"id":"901"}]', b'[{"id":"901","blocking":1}]']
)
def test_a_relationship_of_another_shape_proves_nothing(
    server: MastodonStandIn,
    connector: MastodonAccount,
    ref: ItemRef,
    monkeypatch: pytest.MonkeyPatch,
    body: bytes,
) -> None:
    answer = server.answer

    def odd(request: Request) -> Answer:
        given = answer(request)
        given.body = body
        return given

    monkeypatch.setattr(server, "answer", odd)
    with pytest.raises(Malformed):
        connector.read_back(ref, ActionKind.BLOCK)


@pytest.mark.parametrize(
    "action", [ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE, ActionKind.REPORT], ids=str
)
def test_what_cannot_be_read_back_is_not_asked_for(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef, action: ActionKind
) -> None:
    count = len(server.journal)
    assert connector.read_back(ref, action) is None
    assert not connector.can_read_back(action)
    assert len(server.journal) == count


@pytest.mark.parametrize(
    ("action", "says"),
    [
        (ActionKind.HIDE, NO_HIDING),
        (ActionKind.UNHIDE, NO_HIDING),
        (ActionKind.DELETE, NO_DELETING),
    ],
    ids=str,
)
def test_what_mastodon_lacks_is_refused_with_what_else_can_be_done(
    server: MastodonStandIn,
    connector: MastodonAccount,
    ref: ItemRef,
    action: ActionKind,
    says: str,
) -> None:
    count = len(server.journal)
    told = connector.capability(ref, action)
    assert (told.how, told.says) == (How.NO, says)
    assert "eport it" in says
    with pytest.raises(Permanent) as caught:
        connector.act(ref, action)
    assert str(caught.value) == says
    assert len(server.journal) == count


@pytest.mark.parametrize("action", WRITES, ids=str)
def test_what_mastodon_takes_is_offered_with_what_to_know_before(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef, action: ActionKind
) -> None:
    count = len(server.journal)
    told = connector.capability(ref, action)
    assert (told.how, told.says) == (How.API, connector.note(action))
    assert told.says.endswith(".")
    assert len(server.journal) == count


def test_the_author_is_also_found_in_what_we_hold(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    bare = ItemRef(ref.native_id, raw=ref.raw)
    assert connector.capability(bare, ActionKind.BLOCK).how is How.API
    connector.act(bare, ActionKind.BLOCK)
    assert connector.read_back(bare, ActionKind.BLOCK) is True


@pytest.mark.parametrize("author", [None, "", "../../admin", "9 9", "9" * 65])
@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"account":{"id":"a/b"}}'])
def test_without_an_author_a_report_is_made_by_hand_and_a_block_not_at_all(
    server: MastodonStandIn, connector: MastodonAccount, author: str | None, raw: bytes
) -> None:
    ref = ItemRef("5", "https://far.example/@x/5", author, raw=raw)
    told = connector.capability(ref, ActionKind.REPORT)
    assert (told.how, told.link, told.steps) == (How.BY_HAND, ref.url, STEPS)
    for action in (ActionKind.BLOCK, ActionKind.UNBLOCK):
        assert connector.capability(ref, action).says == NO_AUTHOR
        assert connector.capability(ref, action).how is How.NO
    for action in WRITES:
        with pytest.raises(Permanent):
            connector.act(ref, action)
    with pytest.raises(Permanent):
        connector.read_back(ref, ActionKind.BLOCK)
    assert server.journal == []


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "http://far.example/@x/5"])
def test_no_link_is_made_of_an_address_that_is_none(connector: MastodonAccount, url: str) -> None:
    told = connector.capability(ItemRef("5", url), ActionKind.REPORT)
    assert (told.how, told.link) == (How.NO, "")


@pytest.mark.parametrize("native_id", ["", "../verify", "5?x=1", "5/context", "5 ", "\u0665"])
def test_an_id_that_is_none_is_never_put_into_an_address(
    server: MastodonStandIn, connector: MastodonAccount, native_id: str
) -> None:
    with pytest.raises(Permanent):
        connector.fetch(ItemRef(native_id))
    with pytest.raises(Permanent):
        connector.act(ItemRef(native_id, author_id="9"), ActionKind.REPORT)
    assert server.journal == []


@pytest.mark.parametrize(
    ("action", "undo"),
    [
        (ActionKind.BLOCK, ActionKind.UNBLOCK),
        (ActionKind.UNBLOCK, ActionKind.BLOCK),
        (ActionKind.REPORT, None),
        (ActionKind.HIDE, None),
        (ActionKind.UNHIDE, None),
        (ActionKind.DELETE, None),
    ],
    ids=str,
)
def test_only_a_block_can_be_taken_back(
    connector: MastodonAccount, action: ActionKind, undo: ActionKind | None
) -> None:
    assert connector.undo_of(action) is undo


@pytest.mark.parametrize(
    ("action", "scope"),
    [
        (ActionKind.REPORT, "write:reports"),
        (ActionKind.BLOCK, "write:blocks"),
        (ActionKind.UNBLOCK, "write:blocks"),
    ],
    ids=str,
)
def test_a_token_that_may_only_read_names_what_it_lacks(
    server: MastodonStandIn,
    connector: MastodonAccount,
    ref: ItemRef,
    action: ActionKind,
    scope: str,
) -> None:
    server.scopes = {"read"}
    with pytest.raises(PermissionMissing) as caught:
        connector.act(ref, action)
    assert caught.value.names == (scope,)
    assert server.reports == []


@pytest.mark.parametrize("action", WRITES, ids=str)
def test_a_dead_access_cannot_act(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef, action: ActionKind
) -> None:
    server.lose_access()
    with pytest.raises(AuthLost):
        connector.act(ref, action)


# Fetching one post.


def test_a_fetched_post_stands_where_it_was_polled(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    first = server.comment(post, "One")
    ids = [
        first,
        server.comment(post, "Two", parent=first),
        server.mention("Three"),
        server.quote(post, "Four"),
    ]
    polled = comments(*walk(connector))
    for native_id in ids:
        fetched = connector.fetch(ref_of(polled[native_id]))
        held = polled[native_id]
        assert (fetched.kind, fetched.parent_id) == (held.kind, held.parent_id)
        assert (fetched.text, fetched.author) == (held.text, held.author)
        assert (fetched.post.id if fetched.post else "") == (held.post.id if held.post else "")


def test_a_fetch_shows_the_words_as_they_are_now(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    server.edit(ref.native_id, "I am sorry")
    assert connector.fetch(ref).text == "I am sorry"


def test_a_fetched_post_that_is_poison_is_refused_with_the_reason(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    server.toots[ref.native_id].raw = b'{"id":"5","n":' + b"9" * 5_000 + b"}"
    with pytest.raises(Permanent, match="digits"):
        connector.fetch(ref)


def test_another_post_than_was_asked_for_is_not_taken(
    server: MastodonStandIn, connector: MastodonAccount, ref: ItemRef
) -> None:
    server.toots[ref.native_id].raw = b'{"id":"5","content":"Other"}'
    with pytest.raises(Malformed):
        connector.fetch(ref)


@pytest.mark.parametrize("fault", [Fault.HTML_200, Fault.TRUNCATED, Fault.CUT_AFTER], ids=str)
def test_a_fault_is_no_proof_that_a_post_is_gone(
    server: MastodonStandIn, again: Again, ref: ItemRef, fault: Fault
) -> None:
    server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(ConnectorError) as caught:
        again().fetch(ref)
    assert isinstance(caught.value, Transient)
