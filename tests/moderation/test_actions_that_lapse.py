"""What waits for a capture and is not made: rights that ended, failures, second thoughts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation import actions, review
from moderation.access import Actor, Role
from moderation.actions import on_capture
from moderation.errors import Conflict, EvidenceMissing, NotAllowed, NotFound
from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.tables import ItemRow, PlatformActionRow, UserRow
from tests.moderation.deeds import NOT_ABUSE, add_own_evidence, decide, form, request, verbs
from tests.moderation.waiting import (
    LATER,
    act_jobs,
    ask,
    asked,
    captured,
    do,
    fail,
    made,
    uncaptured_abuse,
)
from tests.world import NOW, OTHER_ORG, REASON, World, comment, proposal


@pytest.fixture
def item(world: World) -> ItemRow:
    """An item found to be abuse whose evidence is wanted and not captured yet."""
    return uncaptured_abuse(world)


def _leaves(session: Session, item: ItemRow, person: int) -> None:
    session.execute(update(UserRow).where(UserRow.id == person).values(active=False))


def _changes_role(session: Session, item: ItemRow, person: int) -> None:
    session.execute(update(UserRow).where(UserRow.id == person).values(role=Role.HR_ADVISER))


def _may_not_see(session: Session, item: ItemRow, person: int) -> None:
    session.execute(update(ItemRow).where(ItemRow.id == item.id).values(restricted=True))


LAPSES = {
    "no longer works": _leaves,
    "does not allow": _changes_role,
    "not yours to see": _may_not_see,
}


@pytest.mark.parametrize("says", LAPSES)
def test_what_the_person_may_no_longer_ask_for_is_settled_in_words(
    world: World, item: ItemRow, says: str
) -> None:
    waiting = ask(world, item)
    do(world, lambda s: LAPSES[says](s, item, waiting.requested_by))
    captured(world, item)
    [settled] = asked(world)
    assert (settled.settled_at, settled.action_id) == (LATER, None)
    assert says in settled.says
    with world.store.reading() as session:
        assert session.scalars(select(PlatformActionRow)).all() == []
    assert verbs(world.store)[-1] == "action_on_capture.lapse"


def test_a_decision_that_fell_meanwhile_leaves_it_up(world: World, item: ItemRow) -> None:
    ask(world, item)
    with world.store.transaction() as session:
        decide(world, session, session.get_one(ItemRow, item.id), NOT_ABUSE)
    captured(world, item)
    assert "it stays up" in asked(world)[0].says
    assert made(world) == []


def test_words_that_were_edited_meanwhile_are_looked_at_first(world: World, item: ItemRow) -> None:
    ask(world, item)
    with world.store.transaction() as session:
        world.ingest(session, comment(item.native_id, "milder words"))
        world.triage(session, proposal())
    captured(world, item)
    assert "edited after" in asked(world)[0].says
    assert made(world) == []


def test_a_wish_about_old_words_does_not_take_down_the_new_ones(
    world: World, item: ItemRow
) -> None:
    ask(world, item)
    with world.store.transaction() as session:
        world.ingest(session, comment(item.native_id, "milder words"))
        world.triage(session, proposal())
        row = session.get_one(ItemRow, item.id)
        decide(world, session, row)
        world.capture(session, row)
    captured(world, item)
    assert "edited after" in asked(world)[0].says
    assert made(world) == []


def test_what_waits_can_be_taken_back_before_the_capture_and_not_after(
    world: World, item: ItemRow
) -> None:
    first = ask(world, item)
    moderator = world.actor(Role.COMMS_MODERATOR)
    do(world, lambda s: on_capture.withdraw(s, first.id, actor=moderator, now=NOW))
    captured(world, item)
    assert made(world) == []
    assert asked(world)[0].says == on_capture.TAKEN_BACK
    with pytest.raises(Conflict, match="settled already"):
        do(world, lambda s: on_capture.withdraw(s, first.id, actor=moderator, now=NOW))
    assert verbs(world.store).count("action_on_capture.withdraw") == 1


def test_only_who_asked_or_a_lead_takes_it_back(world: World, item: ItemRow) -> None:
    waiting = ask(world, item, role=Role.COMMS_LEAD)
    moderator, lead = world.actor(Role.COMMS_MODERATOR), world.actor(Role.COMMS_LEAD)
    far = world.actor(Role.COMMS_LEAD, OTHER_ORG)

    def take_back(actor: Actor) -> None:
        do(world, lambda s: on_capture.withdraw(s, waiting.id, actor=actor, now=NOW))

    for actor, error in ((moderator, NotAllowed), (far, NotFound)):
        with pytest.raises(error):
            take_back(actor)
    take_back(lead)


def test_a_capture_that_failed_leaves_it_waiting_and_a_second_try_makes_it(
    world: World, item: ItemRow
) -> None:
    ask(world, item)
    fail(world, item)
    assert (asked(world)[0].settled_at, made(world)) == (None, [])
    lead = world.actor(Role.COMMS_LEAD)
    do(world, lambda s: review.want_capture(s, item.id, actor=lead, now=LATER))
    captured(world, item)
    assert len(made(world)) == 1


def test_it_is_done_by_hand_only_after_a_failed_capture_and_with_own_evidence(
    world: World, item: ItemRow
) -> None:
    waiting = ask(world, item)
    moderator = world.actor(Role.COMMS_MODERATOR)

    def by_hand(session: Session) -> Any:
        return on_capture.done_by_hand(
            session, waiting.id, reason="It is gone.", actor=moderator, now=LATER, reference="R-7"
        )

    with pytest.raises(Conflict, match="still under way"):
        do(world, by_hand)
    fail(world, item)
    with pytest.raises(EvidenceMissing, match="your own evidence first"):
        do(world, by_hand)
    do(world, lambda s: add_own_evidence(s, item, moderator, LATER))
    do(world, by_hand)
    [settled] = asked(world)
    assert (settled.settled_at, settled.done_by) == (LATER, moderator.user_id)
    assert "It is gone. (R-7)" in settled.says
    assert verbs(world.store)[-1] == "action_on_capture.do_by_hand"
    with pytest.raises(EvidenceMissing):
        do(world, lambda s: request(world, s, item))
    assert made(world) == []


def test_a_plain_request_stays_refused_while_the_capture_is_wanted(
    world: World, item: ItemRow
) -> None:
    ask(world, item)
    with pytest.raises(EvidenceMissing):
        do(world, lambda s: actions.request(
            s, item.id, ActionKind.HIDE, reason=REASON, form_id=form(),
            actor=world.actor(Role.COMMS_MODERATOR), now=NOW,
        ))  # fmt: skip
    assert made(world) == []


def test_a_hide_that_a_person_does_by_hand_waits_for_them_after_the_capture(
    world: World, item: ItemRow
) -> None:
    ask(world, item, by_hand="Hide it in the app.")
    captured(world, item)
    [action] = made(world)
    assert (action.state, action.says) == (ActionState.NEEDS_PERSON, "Hide it in the app.")
    assert act_jobs(world) == []
