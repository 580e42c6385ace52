"""What a moderator asks for happens on each platform, is seen to have happened, and is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from tests.connected import STAND_INS, Connected
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import FacebookStandIn
from tests.standins.graph_things import Comment
from tests.worker.acting_tools import attempts, take_back
from tests.worker.platform_tools import abuse_on, done, press
from tests.world import World
from worker import acting

# Mastodon lets nobody hide what others wrote.
HIDING = sorted(set(STAND_INS) - {"mastodon"})
IN_EFFECT = {ActionState.VERIFIED, ActionState.ACCEPTED}


@pytest.fixture(params=HIDING)
def connected(
    request: pytest.FixtureRequest, sqlite_world: World, tmp_path: Path
) -> Iterator[Connected]:
    with STAND_INS[request.param]() as server:
        yield Connected(sqlite_world, tmp_path, request.param, server)


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[Connected]:
    with FacebookStandIn() as server:
        yield Connected(sqlite_world, tmp_path, "facebook_page", server)


def test_the_stand_ins_that_hide_are_those_whose_connectors_do(
    sqlite_world: World, tmp_path: Path
) -> None:
    hiding = set()
    for name, stand_in in STAND_INS.items():
        with stand_in() as server:
            connected = Connected(sqlite_world, tmp_path, name, server)
            if ActionKind.HIDE in connected.shop.connector(connected.account()).supports:
                hiding.add(name)
    assert sorted(hiding) == HIDING


def test_a_comment_is_hidden_seen_to_be_hidden_and_shown_again(connected: Connected) -> None:
    native_id = abuse_on(connected)
    assert not connected.server.is_hidden(native_id)
    hide = press(connected, native_id)
    assert done(connected, hide).state in IN_EFFECT
    assert connected.server.is_hidden(native_id)
    assert attempts(connected, hide) == ["ok"]
    show = take_back(connected, hide)
    assert done(connected, show).state in IN_EFFECT
    assert not connected.server.is_hidden(native_id)
    connected.require_whole()


def test_a_hide_whose_answer_is_lost_is_looked_at_and_not_done_twice(connected: Connected) -> None:
    native_id = abuse_on(connected)
    hide = press(connected, native_id)
    connected.server.faults = FaultScript(1, {Fault.CUT_AFTER: 1.0})
    connected.work()
    connected.server.faults = FaultScript()
    state = done(connected, hide, 6).state
    if connected.shop.connector(connected.account()).can_read_back(ActionKind.HIDE):
        assert state in IN_EFFECT
    else:
        assert state is ActionState.NEEDS_PERSON
    assert connected.server.is_hidden(native_id)
    # Bluesky reads what is there before it writes, so the answer to that may be what was lost.
    assert attempts(connected, hide) in (["unknown"], ["unknown", "ok"])


def test_a_comment_that_is_gone_when_it_is_to_be_hidden_makes_that_moot(
    connected: Connected,
) -> None:
    native_id = abuse_on(connected)
    connected.server.remove(native_id)
    hide = done(connected, press(connected, native_id))
    assert (hide.state, hide.says) == (ActionState.MOOT, acting.GONE)


def test_a_comment_that_goes_between_hiding_and_looking_makes_it_moot_or_is_for_a_person(
    connected: Connected,
) -> None:
    native_id = abuse_on(connected)
    hide = press(connected, native_id)
    connected.work()
    connected.server.remove(native_id)
    assert done(connected, hide).state in {ActionState.MOOT, *IN_EFFECT}


def test_a_hide_is_followed_by_the_poll_that_keeps_how_the_comment_stands(page: Connected) -> None:
    native_id = abuse_on(page)
    assert done(page, press(page, native_id)).state is ActionState.VERIFIED
    page.sweep()
    assert page.item(native_id).standing == "hidden"


def test_one_comment_that_nobody_may_hide_is_refused_alone(page: Connected) -> None:
    refused, other = abuse_on(page), abuse_on(page, "Another useless clown")
    assert isinstance(page.server, FacebookStandIn)
    thing = page.server.things[refused]
    assert isinstance(thing, Comment)
    thing.can_hide = False
    hides = [press(page, native_id) for native_id in (refused, other)]
    first, second = (done(page, hide) for hide in hides)
    assert first.state is ActionState.REFUSED
    assert first.says.endswith(".")
    assert second.state is ActionState.VERIFIED
    assert page.account().missing == []


def test_a_deletion_is_verified_and_the_item_is_gone_by_the_person_who_asked(
    page: Connected,
) -> None:
    native_id = abuse_on(page)
    deletion = done(page, press(page, native_id, ActionKind.DELETE))
    assert deletion.state is ActionState.VERIFIED
    assert page.item(native_id).gone_by == f"user:{deletion.requested_by}"
    page.require_whole()
