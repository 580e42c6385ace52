"""Capture, then take down: one press, and the commit that captures makes the action."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from moderation import review
from moderation.access import Actor, Role, system
from moderation.errors import Conflict, NotAllowed
from moderation.evidence import capture
from moderation.lifecycle import ActionState, EvidenceState
from moderation.model import ActionKind
from moderation.tables import ActionOnCaptureRow, ItemRow, JobRow, PlatformActionRow
from tests.moderation.deeds import NOT_ABUSE, at_once, cut_off, decide, form, verbs
from tests.moderation.waiting import (
    LATER,
    SEALED,
    act_jobs,
    ask,
    asked,
    captured,
    evidence_of,
    made,
    uncaptured_abuse,
)
from tests.world import CLEAR, NOW, REASON, World

TAKES_DOWN = [ActionKind.HIDE, ActionKind.DELETE, ActionKind.REPORT, ActionKind.BLOCK]


@pytest.fixture
def item(world: World) -> ItemRow:
    """An item found to be abuse whose evidence is wanted and not captured yet."""
    return uncaptured_abuse(world)


@pytest.mark.parametrize("kind", TAKES_DOWN)
def test_one_press_wants_the_capture_and_the_commit_that_captures_makes_the_action(
    world: World, item: ItemRow, kind: ActionKind
) -> None:
    waiting = ask(world, item, kind, role=Role.COMMS_LEAD)
    assert isinstance(waiting, ActionOnCaptureRow)
    assert (made(world), act_jobs(world)) == ([], [])
    captured(world, item)
    [action] = made(world)
    [settled] = asked(world)
    assert (settled.settled_at, settled.action_id, settled.says) == (LATER, action.id, "")
    assert (action.kind, action.form_id, action.reason) == (kind, waiting.form_id, REASON)
    assert action.requested_by == world.actor(Role.COMMS_LEAD).user_id
    if kind is ActionKind.BLOCK:
        assert (action.state, act_jobs(world)) == (ActionState.PROPOSED, [])
    else:
        assert (action.state, act_jobs(world)) == (ActionState.PLANNED, [str(action.id)])
    said = verbs(world.store)
    assert "action_on_capture.ask" in said
    assert {"evidence.seal", "platform_action.request", "action_on_capture.make"} <= set(said)


def test_an_item_that_nobody_wanted_evidence_of_gets_its_capture_with_the_press(
    world: World,
) -> None:
    with world.store.transaction() as session:
        item = world.item(session, "Nice one", CLEAR)
        lead = world.actor(Role.COMMS_LEAD)
        review.reopen(session, item.id, reason=REASON, revision=item.revision, actor=lead, now=NOW)
        decide(world, session, item)
        assert evidence_of(session, item) is None
    ask(world, item)
    with world.store.reading() as session:
        row = evidence_of(session, item)
        assert row.state is EvidenceState.WANTED
        jobs = session.scalars(select(JobRow.ref).where(JobRow.kind == "capture")).all()
    assert str(row.id) in jobs


def test_a_capture_that_is_cut_off_before_its_commit_makes_no_action(
    world: World, item: ItemRow
) -> None:
    ask(world, item)
    with cut_off(world.store) as session:
        row = evidence_of(session, item)
        capture.captured(session, row.id, SEALED, LATER, system("capture", item.org_id))
    assert (made(world), asked(world)[0].settled_at) == ([], None)
    captured(world, item)
    assert len(made(world)) == 1


def test_evidence_that_is_captured_already_makes_it_a_plain_request(
    world: World, item: ItemRow
) -> None:
    captured(world, item)
    assert isinstance(ask(world, item), PlatformActionRow)
    assert (len(made(world)), asked(world)) == (1, [])


def test_a_double_click_is_one_wish_and_one_action_even_across_the_capture(
    world: World, item: ItemRow
) -> None:
    form_id = form()
    first = ask(world, item, form_id=form_id)
    assert ask(world, item, form_id=form_id).id == first.id
    captured(world, item)
    assert ask(world, item, form_id=form_id).id == first.id
    assert (len(asked(world)), len(made(world))) == (1, 1)


def test_presses_and_the_capture_at_one_moment_make_one_action_and_lose_none(
    world: World, item: ItemRow
) -> None:
    people = [world.actor(Role.COMMS_MODERATOR), world.actor(Role.COMMS_LEAD)]

    def press(actor: Actor) -> Any:
        return ask(world, item, actor=actor)

    results = at_once([partial(captured, world, item), *(partial(press, one) for one in people)])
    refused = [one for one in results if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [Conflict]
    assert len(made(world)) == 1


def test_a_second_person_who_asks_for_the_same_is_told(world: World, item: ItemRow) -> None:
    ask(world, item)
    with pytest.raises(Conflict, match="as soon as the evidence is captured"):
        ask(world, item, role=Role.COMMS_LEAD)
    assert len(asked(world)) == 1


def test_nothing_is_asked_that_nobody_decided_or_that_is_not_abuse(world: World) -> None:
    with world.store.transaction() as session:
        undecided, fine = world.item(session), world.item(session)
        decide(world, session, fine, NOT_ABUSE)
    for item, says in ((undecided, "Decide first"), (fine, "it stays up")):
        with pytest.raises(Conflict, match=says):
            ask(world, item)
    assert asked(world) == []


@pytest.mark.parametrize("role", [Role.HR_ADVISER, Role.HR_LEAD, Role.SAFEGUARDING_LEAD])
def test_who_may_not_hide_may_not_ask_for_it_on_capture(
    world: World, item: ItemRow, role: Role
) -> None:
    with pytest.raises(NotAllowed):
        ask(world, item, role=role)
    with pytest.raises(NotAllowed):
        ask(world, item, ActionKind.DELETE)
