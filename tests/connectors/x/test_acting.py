"""Hiding and what else can be done about a post: by us, by hand, or not at all, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
from connectors.x.abilities import (
    MAYBE,
    NO_DELETE,
    NO_POST,
    NOT_A_REPLY,
    NOT_OURS,
    NOTE_HIDE,
    OUR_OWN,
)
from connectors.x.judging import NOT_OURS as REFUSED_AS_NOT_OURS
from moderation.model import ActionKind, How, ItemRef
from tests.connectors.x.account import comments, connected, ref_of, walk
from tests.standins import x_bodies as bodies
from tests.standins.base import Answer
from tests.standins.faults import Fault, FaultScript, patience
from tests.standins.x import XStandIn

HIDE, UNHIDE = ActionKind.HIDE, ActionKind.UNHIDE


def reply_of(x: XStandIn, tmp_path: Path) -> ItemRef:
    """Return a reply to a post of ours, as polled."""
    x.comment(x.post(), "You liars", author="sam")
    (found,) = comments(walk(connected(x, tmp_path)))
    return ref_of(found)


def only_errors(post_id: str) -> Answer:
    """Return an answer of 200 with nothing but an error."""
    return Answer({"errors": [bodies.not_shown(post_id)]})


def test_hiding_and_showing_again(x: XStandIn, tmp_path: Path) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    connector.act(ref, HIDE)
    assert x.is_hidden(ref.native_id)
    connector.act(ref, HIDE)
    assert x.is_hidden(ref.native_id)
    connector.act(ref, UNHIDE)
    assert not x.is_hidden(ref.native_id)


def test_no_action_can_be_read_back_and_nothing_is_asked(x: XStandIn, tmp_path: Path) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    connector.act(ref, HIDE)
    x.journal.clear()
    assert not any(connector.can_read_back(action) for action in ActionKind)
    assert {connector.read_back(ref, action) for action in ActionKind} == {None}
    assert x.journal == []


def test_an_edited_reply_is_hidden_under_its_latest_id(x: XStandIn, tmp_path: Path) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    x.edit(ref.native_id, "You awful liars")
    (edited,) = comments(walk(connected(x, tmp_path)))
    connector.act(ref_of(edited), HIDE)
    assert x.calls("PUT")[0].path == f"/2/tweets/{x.world.mentions[-1]}/hidden"
    assert x.is_hidden(ref.native_id)


@pytest.mark.parametrize("action", sorted(set(ActionKind) - {HIDE, UNHIDE}), ids=str)
def test_what_x_has_no_call_for_is_not_asked_of_it(
    action: ActionKind, x: XStandIn, tmp_path: Path
) -> None:
    ref = reply_of(x, tmp_path)
    x.journal.clear()
    with pytest.raises(Permanent):
        connected(x, tmp_path).act(ref, action)
    assert x.journal == []


def test_a_deleted_reply_is_gone(x: XStandIn, tmp_path: Path) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    x.remove(ref.native_id)
    with pytest.raises(Gone):
        connector.act(ref, HIDE)


def test_a_reply_in_somebody_elses_conversation_is_refused(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    foreign = x.foreign()
    first = x.comment(foreign, "Hm")
    x.comment(foreign, "@exampleshire look", parent=first, names_us=True)
    (found,) = comments(walk(connector))
    with pytest.raises(Permanent, match=REFUSED_AS_NOT_OURS):
        connector.act(ref_of(found), HIDE)


@pytest.mark.parametrize(
    ("fault", "error", "done"),
    [
        (Fault.SERVER_ERROR, Transient, False),
        (Fault.APPLIED_BUT_500, Transient, True),
        (Fault.CUT_BEFORE, Transient, False),
        (Fault.CUT_AFTER, Transient, True),
        (Fault.HANG_BEFORE, Transient, False),
        (Fault.HANG_AFTER, Transient, True),
        (Fault.HTML_200, Malformed, False),
        (Fault.TRUNCATED, Malformed, True),
        (Fault.RATE_LIMITED, Throttled, False),
    ],
)
def test_a_fault_while_hiding_leaves_the_outcome_unknown_unless_x_says_otherwise(
    fault: Fault, error: type[ConnectorError], done: bool, x: XStandIn, tmp_path: Path
) -> None:
    ref = reply_of(x, tmp_path)
    x.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient) as told:
        connected(x, tmp_path, **patience(fault)).act(ref, HIDE)
    assert type(told.value) is error
    assert isinstance(told.value, NotDone) is (fault is Fault.RATE_LIMITED)
    assert x.is_hidden(ref.native_id) is done
    assert len(x.calls("PUT")) == 1
    x.faults = FaultScript()
    connected(x, tmp_path).act(ref, HIDE)
    assert x.is_hidden(ref.native_id)


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (lambda _: Answer({"data": {"hidden": False}}), Transient),
        (lambda _: Answer({"data": {"hidden": "yes"}}), Malformed),
        (lambda _: Answer({"data": {}}), Malformed),
        (lambda _: Answer({"data": None}), Malformed),
        (only_errors, Permanent),
        (lambda _: bodies.forbidden(), Permanent),
        (lambda _: bodies.no_scope(), PermissionMissing),
    ],
    ids=["no effect", "no truth value", "nothing", "null", "only errors", "refused", "no scope"],
)
def test_an_answer_to_hiding_is_judged(
    refused: Callable[[str], Answer],
    error: type[ConnectorError],
    x: XStandIn,
    tmp_path: Path,
) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    x.writes_refused = refused
    with pytest.raises(ConnectorError) as told:
        connector.act(ref, HIDE)
    assert type(told.value) is error


def test_an_access_that_may_only_read_reads_on(x: XStandIn, tmp_path: Path) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    x.keys.level = "read"
    with pytest.raises(PermissionMissing) as told:
        connector.act(ref, HIDE)
    assert told.value.names == ("Read and write",)
    assert len(walk(connector)[0].records) == 1


def test_access_that_has_ended_says_so(x: XStandIn, tmp_path: Path) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    x.lose_access()
    for call in (
        lambda: connector.act(ref, HIDE),
        lambda: connector.fetch(ref),
        lambda: connector.poll("comments", None),
        connector.check,
    ):
        with pytest.raises(AuthLost):
            call()


@pytest.mark.parametrize("native_id", ["never-was", "", "1/hidden", "1?x=1", "²", "1" * 20])
def test_an_id_that_is_none_of_x_s_never_gets_into_an_address(
    native_id: str, x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    ref = ItemRef(native_id)
    for call in (lambda: connector.act(ref, HIDE), lambda: connector.fetch(ref)):
        with pytest.raises(Permanent):
            call()
    for action in ActionKind:
        assert connector.capability(ref, action).says == NO_POST
    assert x.journal == []


def test_a_post_that_x_no_longer_shows_to_us_cannot_be_fetched(x: XStandIn, tmp_path: Path) -> None:
    connector, ref = connected(x, tmp_path), reply_of(x, tmp_path)
    x.world.posts[int(ref.native_id)].protected = True
    with pytest.raises(Permanent, match="protected") as told:
        connector.fetch(ref)
    assert not isinstance(told.value, Gone)


def test_a_post_that_cannot_be_read_is_not_fetched(x: XStandIn, tmp_path: Path) -> None:
    post = x.poison(b'{"id":"17","text":7}')
    with pytest.raises(Permanent, match="not text"):
        connected(x, tmp_path).fetch(ItemRef(post))


US, THEM = "42", "7"


def ref(author_id: str | None = THEM, post: dict[str, Any] | None = None) -> ItemRef:
    """Return a reference to a post with these fields."""
    raw = json.dumps({"id": "20", **post}).encode() if post else b""
    return ItemRef("20", "", author_id, "5", raw)


REPLIED = [{"type": "replied_to", "id": "5"}]
NESTED = [{"type": "replied_to", "id": "9"}]
UNDER_US = {"conversation_id": "5", "referenced_tweets": REPLIED, "in_reply_to_user_id": US}
UNDER_THEM = {"conversation_id": "5", "referenced_posts": REPLIED, "in_reply_to_user_id": THEM}
DEEPER = {"conversation_id": "5", "referenced_posts": NESTED, "in_reply_to_user_id": THEM}

SITUATIONS: dict[str, tuple[ItemRef, How, str]] = {
    "a reply to our post": (ref(None, UNDER_US), How.API, NOTE_HIDE),
    "a reply to a reply": (ref(THEM, DEEPER), How.API, f"{NOTE_HIDE} {MAYBE}"),
    "nothing at hand": (ref(), How.API, f"{NOTE_HIDE} {MAYBE}"),
    "bytes that cannot be read": (
        ItemRef("20", raw=b"{" * 10**5),
        How.API,
        f"{NOTE_HIDE} {MAYBE}",
    ),
    "a reply to another's post": (ref(THEM, UNDER_THEM), How.NO, NOT_OURS),
    "a mention": (ref(THEM, {"conversation_id": "20"}), How.NO, NOT_A_REPLY),
    "a quote": (
        ref(THEM, {"referenced_posts": [{"type": "quoted", "id": "5"}]}),
        How.NO,
        NOT_A_REPLY,
    ),
    "our own reply": (ref(US, UNDER_US), How.NO, OUR_OWN),
    "no post of X's": (ItemRef("x"), How.NO, NO_POST),
}


@pytest.mark.parametrize(("item", "how", "says"), SITUATIONS.values(), ids=SITUATIONS.keys())
def test_hiding_is_offered_where_x_allows_it(
    item: ItemRef, how: How, says: str, x: XStandIn, tmp_path: Path
) -> None:
    told = connected(x, tmp_path).capability(item, HIDE)
    assert (told.how, told.says) == (how, says)
    assert x.journal == []


def test_deleting_is_nobody_elses(x: XStandIn, tmp_path: Path) -> None:
    told = connected(x, tmp_path).capability(ref(), ActionKind.DELETE)
    assert (told.how, told.says) == (How.NO, NO_DELETE)


@pytest.mark.parametrize(
    ("action", "author_id", "link"),
    [
        (ActionKind.REPORT, THEM, "https://x.com/i/status/20"),
        (ActionKind.BLOCK, THEM, "https://x.com/i/user/7"),
        (ActionKind.UNBLOCK, THEM, "https://x.com/i/user/7"),
        (ActionKind.BLOCK, None, "https://x.com/i/status/20"),
        (ActionKind.BLOCK, "7/../../logout", "https://x.com/i/status/20"),
    ],
)
def test_what_x_leaves_to_people_comes_with_a_link_and_steps(
    action: ActionKind, author_id: str | None, link: str, x: XStandIn, tmp_path: Path
) -> None:
    told = connected(x, tmp_path).capability(ref(author_id), action)
    assert (told.how, told.link) == (How.BY_HAND, link)
    assert len(told.steps) >= 3
    assert all(step.endswith(".") for step in told.steps)
