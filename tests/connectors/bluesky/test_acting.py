"""What is done at Bluesky is done once, keeps what is not ours, and is read back truly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connectors.bluesky.acting import REASON_TYPES
from connectors.contract import Gone, NotDone, Permanent, Throttled, Transient
from moderation.model import ActionKind, GoneBy, ItemRef, Standing
from tests.connectors.bluesky.account import Account, comments
from tests.standins.base import Answer, Request
from tests.standins.bluesky_protocol import HANDLE
from tests.standins.bluesky_world import BLOCKS, POSTGATE, THREADGATE, did_of, key_of
from tests.standins.faults import Fault, FaultScript, patience

HIDE, UNHIDE, REPORT = ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.REPORT
BLOCK, UNBLOCK, DELETE = ActionKind.BLOCK, ActionKind.UNBLOCK, ActionKind.DELETE
SUPPORTED = (HIDE, UNHIDE, REPORT, BLOCK, UNBLOCK)


def answered(account: Account, text: str = "You liars.") -> tuple[str, str, ItemRef]:
    """Return a post, an answer to it, and that answer as an item."""
    root = account.server.post()
    answer = account.server.comment(root, text)
    return root, answer, account.ref(answer)


def writes(account: Account) -> list[str]:
    """Return the methods that wrote something, in order."""
    return [entry.path.rpartition(".")[2] for entry in account.server.calls("POST")]


def gate(account: Account, post: str, kind: str = THREADGATE) -> dict[str, Any]:
    """Return a gate as it lies in the repository."""
    held = account.server.world.held(kind, key_of(post))
    return (held and held.value) or {}


def test_hiding_is_one_record_and_unhiding_takes_it_off(account: Account) -> None:
    root, answer, ref = answered(account)
    account.connector.act(ref, HIDE)
    assert account.server.is_hidden(answer)
    assert account.connector.read_back(ref, HIDE) is True
    assert account.connector.read_back(ref, UNHIDE) is False
    assert gate(account, root)["post"] == root
    account.connector.act(ref, UNHIDE)
    assert not account.server.is_hidden(answer)
    assert account.connector.read_back(ref, UNHIDE) is True
    assert writes(account) == ["createRecord", "putRecord"]


def test_hiding_twice_writes_once(account: Account) -> None:
    _, _, ref = answered(account)
    for _ in range(3):
        account.connector.act(ref, HIDE)
    assert writes(account) == ["createRecord"]
    for _ in range(3):
        account.connector.act(ref, UNHIDE)
    assert writes(account) == ["createRecord", "putRecord"]


def test_hiding_keeps_every_other_field(account: Account) -> None:
    root, answer, ref = answered(account)
    kept = {
        "$type": THREADGATE,
        "post": root,
        "createdAt": "2026-11-20T10:00:00.000Z",
        "allow": [{"$type": f"{THREADGATE}#followingRule"}],
        "ours": {"deep": [None, 1, "ü"]},
        "nothing": None,
    }
    other = f"at://{did_of('x')}/app.bsky.feed.post/3kaaaaaaaaa2a"
    account.server.world.put(THREADGATE, key_of(root), {**kept, "hiddenReplies": [other]})
    account.connector.act(ref, HIDE)
    assert gate(account, root) == {**kept, "hiddenReplies": [other, answer]}
    account.connector.act(ref, UNHIDE)
    assert gate(account, root) == {**kept, "hiddenReplies": [other]}


def test_a_change_that_comes_in_between_is_read_and_kept(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, answer, ref = answered(account)
    first = account.server.comment(root, "First.")
    account.connector.act(account.ref(first), HIDE)
    put, times = account.server._putRecord, iter(range(9))

    def slower(request: Request, body: Any) -> Answer:
        if next(times) < 2:
            held = gate(account, root)
            more = {**held, "allow": [], "times": held.get("times", 0) + 1}
            account.server.world.put(THREADGATE, key_of(root), more)
        return put(request, body)

    monkeypatch.setattr(account.server, "_putRecord", slower)
    account.connector.act(ref, HIDE)
    assert gate(account, root)["hiddenReplies"] == [first, answer]
    assert (gate(account, root)["allow"], gate(account, root)["times"]) == ([], 2)


def test_others_who_never_stop_changing_it_are_waited_out(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _, ref = answered(account)
    account.server.world.put(THREADGATE, key_of(root), {"$type": THREADGATE, "post": root})
    refusal = {"error": "InvalidSwap", "message": "Record was at x"}

    def never(_request: Request, _body: Any) -> Answer:
        return Answer(refusal, 400)

    monkeypatch.setattr(account.server, "_putRecord", never)
    with pytest.raises(NotDone, match="Somebody else changed"):
        account.connector.act(ref, HIDE)


def test_a_gate_that_somebody_creates_in_the_same_moment_is_merged(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, answer, ref = answered(account)
    create = account.server._createRecord
    theirs = {"$type": THREADGATE, "post": root, "allow": []}

    def slower(request: Request, body: Any) -> Answer:
        if not account.server.world.held(THREADGATE, key_of(root)):
            account.server.world.put(THREADGATE, key_of(root), theirs)
        return create(request, body)

    monkeypatch.setattr(account.server, "_createRecord", slower)
    account.connector.act(ref, HIDE)
    assert gate(account, root) == {**theirs, "hiddenReplies": [answer]}


@pytest.mark.parametrize("held", [{"hiddenReplies": "x"}, {"hiddenReplies": [5]}], ids=str)
def test_a_gate_of_an_odd_shape_is_left_alone(account: Account, held: dict[str, Any]) -> None:
    root, _, ref = answered(account)
    kept = {"$type": THREADGATE, "post": root, **held}
    account.server.world.put(THREADGATE, key_of(root), kept)
    with pytest.raises(Permanent, match="left as they are"):
        account.connector.act(ref, HIDE)
    assert gate(account, root) == kept


def test_a_full_list_drops_what_is_gone_and_keeps_what_is_only_out_of_sight(
    account: Account,
) -> None:
    root, answer, ref = answered(account)
    shown, removed, *deleted = (account.server.comment(root, f"{one}") for one in range(300))
    account.server.take_down(removed)
    for one in deleted:
        account.server.remove(one)
    full = {"$type": THREADGATE, "post": root, "hiddenReplies": [shown, removed, *deleted]}
    account.server.world.put(THREADGATE, key_of(root), full)
    account.connector.act(ref, HIDE)
    assert gate(account, root)["hiddenReplies"] == [shown, removed, answer]


def test_a_list_full_of_what_still_exists_says_so_and_stays(account: Account) -> None:
    root, answer, ref = answered(account)
    there = [account.server.comment(root, f"{one}") for one in range(300)]
    full = {"$type": THREADGATE, "post": root, "hiddenReplies": there}
    account.server.world.put(THREADGATE, key_of(root), full)
    with pytest.raises(Permanent, match="no more than 300 replies"):
        account.connector.act(ref, HIDE)
    assert gate(account, root) == full
    assert not account.server.is_hidden(answer)


def test_a_quote_is_detached_and_attached_again(account: Account) -> None:
    root = account.server.post()
    quote = account.server.quote(root, "Look at these.")
    ref = account.ref(quote)
    account.connector.act(ref, HIDE)
    assert gate(account, root, POSTGATE)["detachedEmbeddingUris"] == [quote]
    assert account.connector.read_back(ref, HIDE) is True
    assert comments(account.reread())[quote].standing is Standing.HIDDEN
    assert account.connector.fetch(ref).standing is Standing.HIDDEN
    account.connector.act(ref, UNHIDE)
    assert account.connector.read_back(ref, UNHIDE) is True
    assert gate(account, root) == {}


def test_a_read_back_sees_what_the_public_sees_and_no_sooner(account: Account) -> None:
    account.server.lag_s = 30
    _, _, ref = answered(account)
    account.connector.act(ref, HIDE)
    assert account.connector.read_back(ref, HIDE) is False
    account.server.clock.advance(31)
    assert account.connector.read_back(ref, HIDE) is True
    account.connector.act(ref, UNHIDE)
    assert account.connector.read_back(ref, UNHIDE) is False
    account.server.clock.advance(31)
    assert account.connector.read_back(ref, UNHIDE) is True


def test_what_somebody_unhides_behind_our_back_is_read_back_as_not_hidden(
    account: Account,
) -> None:
    root, _, ref = answered(account)
    account.connector.act(ref, HIDE)
    held = {**gate(account, root), "hiddenReplies": []}
    account.server.world.put(THREADGATE, key_of(root), held)
    assert account.connector.read_back(ref, HIDE) is False


def test_an_answer_whose_parent_is_gone_can_be_hidden(account: Account) -> None:
    root = account.server.post()
    parent = account.server.comment(root, "A word.")
    orphan = account.server.comment(root, "You liars.", parent=parent)
    ref = account.ref(orphan)
    account.server.remove(parent)
    account.connector.act(ref, HIDE)
    assert account.connector.read_back(ref, HIDE) is True


def test_an_item_without_its_bytes_can_be_acted_on(account: Account) -> None:
    _, answer, ref = answered(account)
    bare = ItemRef(answer, post_id=ref.post_id)
    account.connector.act(bare, HIDE)
    assert account.connector.read_back(bare, HIDE) is True
    account.connector.act(bare, REPORT)
    assert len(account.server.world.reports) == 1


def test_an_answer_in_somebody_elses_conversation_is_not_touched(account: Account) -> None:
    theirs = account.server.world.write("host.example.com", "My thoughts.")
    own = account.server.comment(theirs, "May we help?", author=HANDLE)
    answer = account.server.comment(theirs, "No.", parent=own)
    account.server.journal.clear()
    for action in (HIDE, UNHIDE):
        with pytest.raises(Permanent, match="your own account"):
            account.connector.act(account.ref(answer), action)
    assert writes(account) == []


@pytest.mark.parametrize("action", [HIDE, UNHIDE, REPORT], ids=str)
def test_what_is_gone_cannot_be_acted_on_and_says_who_removed_it(
    account: Account, action: ActionKind
) -> None:
    _, deleted, ref = answered(account)
    _, removed, other = answered(account)
    account.server.remove(deleted)
    account.server.take_down(removed)
    with pytest.raises(Gone, match="its author deleted it, or the server") as told:
        account.connector.act(ref, action)
    assert told.value.by is GoneBy.AUTHOR
    with pytest.raises(Gone, match="moderators removed it") as told:
        account.connector.act(other, action)
    assert told.value.by is GoneBy.PLATFORM
    assert writes(account) == []


@pytest.mark.parametrize("action", [HIDE, UNHIDE], ids=str)
def test_what_is_gone_is_read_back_as_gone(account: Account, action: ActionKind) -> None:
    _, answer, ref = answered(account)
    account.connector.act(ref, HIDE)
    account.server.remove(answer)
    with pytest.raises(Gone):
        account.connector.read_back(ref, action)
    with pytest.raises(Gone):
        account.connector.fetch(ref)


def test_a_report_names_the_post_the_version_and_the_reason(account: Account) -> None:
    _, answer, ref = answered(account)
    account.connect(report_as="hate").act(ref, REPORT)
    [report] = account.server.world.reports
    assert report["subject"]["uri"] == answer
    assert report["subject"]["cid"] == json.loads(ref.raw)["cid"]
    assert report["reasonType"] == REASON_TYPES["hate"]
    assert "You liars." not in report["reason"]
    assert account.connector.read_back(ref, REPORT) is None
    [entry] = account.server.calls("POST", "createReport")
    assert entry.status == 200


def test_reasons_are_of_the_clients_own_list() -> None:
    from atproto import models  # type: ignore[import-untyped]

    known = f"{models.ComAtprotoModerationDefs.ReasonType}{models.ToolsOzoneReportDefs.ReasonType}"
    for kind in REASON_TYPES.values():
        name = kind.partition("#")[2]
        assert f"{name[0].upper()}{name[1:]}'" in known


@pytest.mark.parametrize(
    "fault", [Fault.APPLIED_BUT_500, Fault.CUT_AFTER, Fault.HANG_AFTER], ids=str
)
def test_a_report_whose_answer_is_lost_is_of_unknown_outcome_and_not_sent_twice(
    account: Account, fault: Fault
) -> None:
    _, _, ref = answered(account)
    strike(account, fault, "createReport")
    with pytest.raises(Transient) as caught:
        account.connect(**patience(fault)).act(ref, REPORT)
    assert not isinstance(caught.value, NotDone)
    assert len(account.server.world.reports) == 1


def strike(account: Account, fault: Fault, method: str) -> None:
    """Let a fault strike one method alone."""

    class Script(FaultScript):
        def draw(self, method: str) -> Fault | None:
            return fault if self.next_is_struck else None

        next_is_struck = False

    script = Script()
    serve = account.server.serve

    def watched(request: Request) -> tuple[Answer | None, Fault | None]:
        script.next_is_struck = method in request.path
        return serve(request)

    account.server.faults = script
    account.server.serve = watched  # type: ignore[method-assign]


@pytest.mark.parametrize(
    "fault", [Fault.APPLIED_BUT_500, Fault.CUT_AFTER, Fault.HANG_AFTER], ids=str
)
@pytest.mark.parametrize("method", ["createRecord", "putRecord"])
def test_a_hide_whose_answer_is_lost_is_never_said_to_have_failed(
    account: Account, method: str, fault: Fault
) -> None:
    root, answer, ref = answered(account)
    if method == "putRecord":
        account.connector.act(account.ref(account.server.comment(root, "Else.")), HIDE)
    strike(account, fault, method)
    # Where the record was new it is read once more at once, and then there is nothing to say.
    errors = account.outcome(lambda: account.connect(**patience(fault)).act(ref, HIDE))
    assert errors in ([], [Transient])
    assert account.server.is_hidden(answer)
    account.server.faults = FaultScript()
    assert account.connector.read_back(ref, HIDE) is True


@pytest.mark.parametrize(
    "fault", [Fault.SERVER_ERROR, Fault.CUT_BEFORE, Fault.BAD_GATEWAY], ids=str
)
@pytest.mark.parametrize("action", [HIDE, BLOCK, REPORT], ids=str)
def test_a_write_that_fails_before_it_is_done_leaves_nothing(
    account: Account, action: ActionKind, fault: Fault
) -> None:
    _, _, ref = answered(account)
    strike(account, fault, "create")
    with pytest.raises(Transient):
        account.connector.act(ref, action)
    account.server.faults = FaultScript()
    assert account.connector.read_back(ref, action) in (False, None)
    assert not account.server.world.reports


def test_a_throttled_write_is_not_done(account: Account) -> None:
    _, _, ref = answered(account)
    strike(account, Fault.RATE_LIMITED, "createRecord")
    with pytest.raises(Throttled) as caught:
        account.connector.act(ref, HIDE)
    assert 1 <= caught.value.retry_after <= 3600


def test_an_author_is_blocked_by_one_record(account: Account) -> None:
    _, answer, ref = answered(account)
    account.connector.act(ref, BLOCK)
    account.connector.act(ref, BLOCK)
    assert writes(account) == ["createRecord"]
    [(subject, _)] = account.server.world.blocks().items()
    assert subject == answer.split("/")[2]
    assert account.connector.read_back(ref, BLOCK) is True
    assert account.connector.read_back(ref, UNBLOCK) is False


def test_a_block_is_lifted_with_every_record_of_it(account: Account) -> None:
    _, answer, ref = answered(account)
    author = answer.split("/")[2]
    for number in range(130):
        # Beside three blocks of this author there are others, over more than one page.
        subject = author if number % 50 == 0 else did_of(f"other {number}")
        account.server.world.put(BLOCKS, f"3k{number:011}", {"$type": BLOCKS, "subject": subject})
    account.connector.act(ref, UNBLOCK)
    assert writes(account) == ["deleteRecord"] * 3
    assert len(account.server.world.blocks()) == 127
    assert account.connector.read_back(ref, UNBLOCK) is True


def test_a_block_is_read_back_as_the_public_sees_it(account: Account) -> None:
    account.server.lag_s = 30
    _, _, ref = answered(account)
    account.connector.act(ref, BLOCK)
    assert account.connector.read_back(ref, BLOCK) is False
    account.server.clock.advance(31)
    assert account.connector.read_back(ref, BLOCK) is True


def test_deleting_is_refused_and_nothing_is_asked(account: Account) -> None:
    _, _, ref = answered(account)
    account.server.journal.clear()
    with pytest.raises(Permanent, match="lets nobody do this"):
        account.connector.act(ref, DELETE)
    assert account.connector.read_back(ref, DELETE) is None
    assert not account.connector.can_read_back(DELETE)
    assert not account.server.journal


@pytest.mark.parametrize("action", SUPPORTED, ids=str)
@pytest.mark.parametrize("native_id", ["", "never-was", "at://x/y/z", "https://bsky.app"])
def test_what_is_no_post_is_refused(account: Account, action: ActionKind, native_id: str) -> None:
    with pytest.raises(Permanent):
        account.connector.act(ItemRef(native_id), action)


def test_no_call_is_refused_but_for_a_record_that_is_not_there_yet(account: Account) -> None:
    _, _, ref = answered(account)
    for action in SUPPORTED:
        account.connector.act(ref, action)
        account.connector.read_back(ref, action)
    account.poll()
    account.poll(feed="search")
    assert {entry.status for entry in account.server.journal} <= {200, 400}
    unknown = [entry for entry in account.server.journal if entry.status == 400]
    assert {entry.path.rpartition(".")[2] for entry in unknown} <= {"getRecord"}
