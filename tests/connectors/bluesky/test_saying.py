"""For every situation there is one honest sentence on what can be done."""

from __future__ import annotations

import json
import re

import pytest

from connectors.bluesky.connector import Bluesky
from connectors.bluesky.saying import (
    DETACHING,
    HIDING,
    NO_DELETING,
    NO_POST,
    NOT_OUR_CONVERSATION,
    NOTES,
)
from moderation.model import ActionKind, How, ItemRef
from tests.connectors.bluesky.account import Account
from tests.standins.bluesky_protocol import HANDLE
from tests.standins.bluesky_world import did_of

HIDE, UNHIDE = ActionKind.HIDE, ActionKind.UNHIDE


@pytest.fixture
def situations(account: Account) -> dict[str, ItemRef]:
    """One item of each kind, as it is delivered."""
    server = account.server
    root = server.post()
    top = server.comment(root, "One.")
    foreign = server.world.write("host.example.com", "My thoughts.")
    own = server.comment(foreign, "May we help?", author=HANDLE)
    found = {
        "answer": top,
        "nested": server.comment(root, "Two.", parent=top),
        "quote": server.quote(root, "Three."),
        "mention": server.mention("Four."),
        "plain": server.plain_mention("Five."),
        "elsewhere": server.comment(foreign, "Six.", parent=own),
    }
    return {name: account.ref(uri) for name, uri in found.items()}


@pytest.mark.parametrize(
    ("situation", "how", "says"),
    [
        ("answer", How.API, HIDING),
        ("nested", How.API, HIDING),
        ("quote", How.API, DETACHING),
        ("mention", How.NO, NOT_OUR_CONVERSATION),
        ("plain", How.NO, NOT_OUR_CONVERSATION),
        ("elsewhere", How.NO, NOT_OUR_CONVERSATION),
    ],
)
def test_hiding_is_offered_where_it_has_an_effect(
    account: Account, situations: dict[str, ItemRef], situation: str, how: How, says: str
) -> None:
    told = account.connector.capability(situations[situation], HIDE)
    assert (told.how, told.says) == (how, says)
    assert account.connector.capability(situations[situation], UNHIDE).how is how


@pytest.mark.parametrize("situation", ["answer", "quote", "mention", "plain", "elsewhere"])
def test_reporting_and_blocking_are_always_offered_and_deleting_never(
    account: Account, situations: dict[str, ItemRef], situation: str
) -> None:
    ref = situations[situation]
    for action in (ActionKind.REPORT, ActionKind.BLOCK, ActionKind.UNBLOCK):
        told = account.connector.capability(ref, action)
        assert (told.how, told.says) == (How.API, NOTES[action])
    told = account.connector.capability(ref, ActionKind.DELETE)
    assert (told.how, told.says) == (How.NO, NO_DELETING)


def test_the_words_of_a_block_say_that_it_is_public() -> None:
    assert "public" in NOTES[ActionKind.BLOCK]


def test_asking_what_can_be_done_asks_nobody(
    account: Account, situations: dict[str, ItemRef]
) -> None:
    account.server.journal.clear()
    for ref in situations.values():
        for action in ActionKind:
            account.connector.capability(ref, action)
            account.connector.note(action)
            account.connector.undo_of(action)
            account.connector.can_read_back(action)
    assert not account.server.journal


@pytest.mark.parametrize("action", ActionKind, ids=str)
@pytest.mark.parametrize(
    "native_id", ["", "x", "at://did:plc:x/app.bsky.feed.post/3k", "javascript:"]
)
def test_nothing_is_offered_for_what_is_no_post(
    account: Account, native_id: str, action: ActionKind
) -> None:
    told = account.connector.capability(ItemRef(native_id), action)
    assert (told.how, told.says) == (How.NO, NO_POST)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"5", b"[" * 99_999, b"\xff", b'{"record":5}'])
def test_bytes_that_cannot_be_read_end_nothing(account: Account, raw: bytes) -> None:
    uri = f"at://{did_of('x')}/app.bsky.feed.post/3kaaaaaaaaa2a"
    ours = f"at://{did_of(HANDLE)}/app.bsky.feed.post/3kaaaaaaaaa2a"
    told = account.connector.capability(ItemRef(uri, post_id=ours, raw=raw), HIDE)
    # What cannot be told is tried: the doing looks again. What can be told is not promised.
    assert told.how is (How.NO if raw else How.API)


def test_every_sentence_is_a_plain_one() -> None:
    for says in (*NOTES.values(), DETACHING, NO_DELETING, NO_POST, NOT_OUR_CONVERSATION):
        assert re.fullmatch(r"[A-Z][^\n]*\.", says)


def test_what_is_undone_is_undone_by_its_inverse(account: Account) -> None:
    undo: dict[ActionKind, ActionKind | None] = {
        action: account.connector.undo_of(action) for action in ActionKind
    }
    assert undo == {
        HIDE: UNHIDE,
        UNHIDE: HIDE,
        ActionKind.BLOCK: ActionKind.UNBLOCK,
        ActionKind.UNBLOCK: ActionKind.BLOCK,
        ActionKind.REPORT: None,
        ActionKind.DELETE: None,
    }


def test_a_delivered_item_is_not_taken_for_another(account: Account) -> None:
    connector: Bluesky = account.connector
    root, other = account.server.post(), account.server.post()
    answer = account.ref(account.server.comment(root, "One."))
    moved = ItemRef(answer.native_id, post_id=other, raw=answer.raw)
    assert json.loads(answer.raw)["record"]["reply"]["root"]["uri"] == root
    assert connector.capability(moved, HIDE).how is How.NO
