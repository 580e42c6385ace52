"""A block waits for another lead, and what was done can be undone where there is a way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import actions, audit
from moderation.access import Actor, Role, system
from moderation.errors import Conflict, IllegalTransition, NotAllowed
from moderation.lifecycle import ActionEvent, ActionState
from moderation.model import ActionKind
from moderation.tables import ItemRow, JobRow, PlatformActionRow
from tests.moderation.deeds import NOT_ABUSE, at_once, captured_abuse, decide, form, request, verbs
from tests.world import NOW, REASON, World, comment, proposal


def do(world: World, work: Callable[[Session], Any]) -> Any:
    with world.store.transaction() as session:
        return work(session)


def action_of(world: World, action_id: int) -> PlatformActionRow:
    with world.store.reading() as session:
        query = select(PlatformActionRow).where(PlatformActionRow.id == action_id)
        return session.scalars(query).one()


def act_jobs(world: World) -> list[str]:
    with world.store.reading() as session:
        return list(session.scalars(select(JobRow.ref).where(JobRow.kind == "act")))


@pytest.fixture
def item(world: World) -> ItemRow:
    """An item found to be abuse, with its evidence captured."""
    with world.store.transaction() as session:
        return captured_abuse(world, session)


@pytest.fixture
def second_lead(world: World) -> Actor:
    """Another comms lead."""
    with world.store.transaction() as session:
        row = world.add_user(session, Role.COMMS_LEAD)
    return Actor(row.name, row.org_id, row.role, row.id)


def proposed_block(world: World, item: ItemRow, role: Role = Role.COMMS_MODERATOR) -> int:
    actor = world.actor(role)
    made: int = do(world, lambda s: request(world, s, item, ActionKind.BLOCK, actor=actor).id)
    return made


def approve(world: World, action_id: int, actor: Actor) -> None:
    do(world, lambda s: actions.approve(s, action_id, actor=actor, now=NOW))


def test_a_block_is_proposed_and_no_job_carries_it_before_its_approval(
    world: World, item: ItemRow
) -> None:
    block = proposed_block(world, item)
    assert action_of(world, block).state is ActionState.PROPOSED
    assert act_jobs(world) == []
    lead = world.actor(Role.COMMS_LEAD)
    approve(world, block, lead)
    row = action_of(world, block)
    assert (row.state, row.approved_by) == (ActionState.PLANNED, lead.user_id)
    assert act_jobs(world) == [str(block)]
    assert verbs(world.store)[-1] == "platform_action.approve"


def test_nobody_approves_their_own_block(world: World, item: ItemRow, second_lead: Actor) -> None:
    block = proposed_block(world, item, Role.COMMS_LEAD)
    with pytest.raises(NotAllowed, match="another lead"):
        approve(world, block, world.actor(Role.COMMS_LEAD))
    assert (action_of(world, block).state, act_jobs(world)) == (ActionState.PROPOSED, [])
    approve(world, block, second_lead)
    assert action_of(world, block).state is ActionState.PLANNED


def test_only_a_lead_approves_a_block(world: World, item: ItemRow) -> None:
    block = proposed_block(world, item)
    for role in set(Role) - {Role.COMMS_LEAD}:
        with pytest.raises(NotAllowed):
            approve(world, block, world.actor(role))
    assert action_of(world, block).state is ActionState.PROPOSED


def test_a_block_is_approved_once_by_whoever_is_first(
    world: World, item: ItemRow, second_lead: Actor
) -> None:
    block = proposed_block(world, item)
    leads = [world.actor(Role.COMMS_LEAD), second_lead]
    results = at_once([partial(approve, world, block, lead) for lead in leads])
    assert [type(result) for result in results if result] == [IllegalTransition]
    assert act_jobs(world) == [str(block)]


def test_a_block_of_what_was_since_decided_to_be_no_abuse_is_not_approved(
    world: World, item: ItemRow
) -> None:
    block = proposed_block(world, item)
    do(world, lambda s: decide(world, s, s.scalars(select(ItemRow)).one(), NOT_ABUSE))
    with pytest.raises(Conflict, match="it stays up"):
        approve(world, block, world.actor(Role.COMMS_LEAD))
    assert (action_of(world, block).state, act_jobs(world)) == (ActionState.PROPOSED, [])


def test_a_block_of_words_edited_since_is_not_approved(world: World, item: ItemRow) -> None:
    block = proposed_block(world, item)
    with world.store.transaction() as session:
        world.ingest(session, comment(item.native_id, "Sorry, I was wrong"))
        world.triage(session, proposal())
    with pytest.raises(Conflict, match="edited after the decision"):
        approve(world, block, world.actor(Role.COMMS_LEAD))


def test_a_proposal_is_withdrawn_by_who_made_it_or_by_a_lead(world: World, item: ItemRow) -> None:
    def withdraw(block: int, role: Role) -> None:
        actor = world.actor(role)
        do(world, lambda s: actions.withdraw(s, block, reason=REASON, actor=actor, now=NOW))

    for role in (Role.COMMS_MODERATOR, Role.COMMS_LEAD):
        block = proposed_block(world, item)
        with pytest.raises(NotAllowed):
            withdraw(block, Role.HR_LEAD)
        withdraw(block, role)
        assert action_of(world, block).state is ActionState.WITHDRAWN
        with pytest.raises(IllegalTransition):
            approve(world, block, world.actor(Role.COMMS_LEAD))
    assert act_jobs(world) == []


def test_what_is_on_its_way_to_the_platform_is_not_withdrawn(world: World, item: ItemRow) -> None:
    hide = do(world, lambda s: request(world, s, item))
    moderator = world.actor(Role.COMMS_MODERATOR)
    with pytest.raises(IllegalTransition):
        do(
            world,
            lambda s: actions.withdraw(s, hide.id, reason=REASON, actor=moderator, now=NOW),
        )


def in_effect(world: World, item: ItemRow, kind: ActionKind) -> int:
    """Make an action that the platform was seen to have done."""
    if kind is ActionKind.BLOCK:
        action_id = proposed_block(world, item)
        approve(world, action_id, world.actor(Role.COMMS_LEAD))
    else:
        lead = world.actor(Role.COMMS_LEAD)
        action_id = do(world, lambda s: request(world, s, item, kind, actor=lead).id)

    def carry_out(session: Session) -> None:
        row = session.scalars(
            select(PlatformActionRow).where(PlatformActionRow.id == action_id)
        ).one()
        audit.move(session, row, ActionEvent.VERIFY, actor=system("act", row.org_id), at=NOW)
        row.verified_at = NOW

    do(world, carry_out)
    return action_id


def undo(world: World, action_id: int, form_id: str = "", role: Role = Role.COMMS_LEAD) -> Any:
    given: dict[str, Any] = {"reason": REASON, "form_id": form_id or form(), "now": NOW}
    return do(world, lambda s: actions.undo(s, action_id, actor=world.actor(role), **given))


@pytest.mark.parametrize(
    ("kind", "inverse"),
    [(ActionKind.HIDE, ActionKind.UNHIDE), (ActionKind.BLOCK, ActionKind.UNBLOCK)],
)
def test_undoing_makes_the_inverse_with_its_own_job(
    world: World, item: ItemRow, kind: ActionKind, inverse: ActionKind
) -> None:
    done = in_effect(world, item, kind)
    made = undo(world, done)
    assert (made.kind, made.state, made.item_id) == (inverse, ActionState.PLANNED, item.id)
    assert made.decision_id == action_of(world, done).decision_id
    assert act_jobs(world) == [str(done), str(made.id)]


def test_what_was_decided_to_be_no_abuse_after_all_can_be_shown_again(
    world: World, item: ItemRow
) -> None:
    done = in_effect(world, item, ActionKind.HIDE)
    do(world, lambda s: decide(world, s, s.scalars(select(ItemRow)).one(), NOT_ABUSE))
    assert undo(world, done).kind is ActionKind.UNHIDE


@pytest.mark.parametrize("kind", [ActionKind.DELETE, ActionKind.REPORT])
def test_what_has_no_way_back_says_so(world: World, item: ItemRow, kind: ActionKind) -> None:
    done = in_effect(world, item, kind)
    with pytest.raises(Conflict, match="cannot be undone"):
        undo(world, done)


def test_what_is_not_in_effect_is_not_undone(world: World, item: ItemRow) -> None:
    hide = do(world, lambda s: request(world, s, item))
    with pytest.raises(Conflict, match="not in effect"):
        undo(world, hide.id)


def test_a_moderator_undoes_a_hide_and_not_a_block(world: World, item: ItemRow) -> None:
    assert undo(world, in_effect(world, item, ActionKind.HIDE), role=Role.COMMS_MODERATOR)
    with pytest.raises(NotAllowed):
        undo(world, in_effect(world, item, ActionKind.BLOCK), role=Role.COMMS_MODERATOR)


def test_a_double_click_on_undo_is_one_inverse(world: World, item: ItemRow) -> None:
    done, form_id = in_effect(world, item, ActionKind.HIDE), form()
    made = at_once([lambda: undo(world, done, form_id).id] * 4)
    assert len(set(made)) == 1
    assert undo(world, done, form_id).id == made[0]
    with pytest.raises(Conflict, match="under way"):
        undo(world, done)


def test_a_second_hide_after_an_undo_is_the_next_of_its_kind(world: World, item: ItemRow) -> None:
    done = in_effect(world, item, ActionKind.HIDE)
    undo(world, done)
    again = do(world, lambda s: request(world, s, item))
    assert (again.kind, again.generation) == (ActionKind.HIDE, 2)
