"""Nothing is taken down without a decision and its evidence, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation import actions, audit, invariants
from moderation.access import Actor, Role, system
from moderation.errors import Conflict, EvidenceMissing, NotAllowed, NotFound
from moderation.lifecycle import ActionEvent, ActionState
from moderation.model import ActionKind
from moderation.tables import EvidenceRow, ItemRow, JobRow, PlatformActionRow
from tests.moderation.deeds import (
    HOUSE_RULE,
    NOT_ABUSE,
    at_once,
    captured_abuse,
    decide,
    form,
    request,
    verbs,
)
from tests.world import NOW, OTHER_ORG, REASON, World, comment, deleted, proposal

TAKES_DOWN = [ActionKind.HIDE, ActionKind.DELETE, ActionKind.REPORT, ActionKind.BLOCK]


def do(world: World, work: Callable[[Session], Any]) -> Any:
    with world.store.transaction() as session:
        return work(session)


def all_actions(world: World) -> list[PlatformActionRow]:
    with world.store.reading() as session:
        return list(session.scalars(select(PlatformActionRow).order_by(PlatformActionRow.id)))


def act_jobs(world: World) -> list[str]:
    with world.store.reading() as session:
        return list(session.scalars(select(JobRow.ref).where(JobRow.kind == "act")))


def refused(world: World, item: ItemRow, error: type[Exception], says: str, **given: Any) -> None:
    """Ask for an action that must be refused, and see that nothing came of it."""
    before = (verbs(world.store), len(all_actions(world)), act_jobs(world))
    with pytest.raises(error, match=says):
        do(world, lambda s: request(world, s, item, **given))
    assert (verbs(world.store), len(all_actions(world)), act_jobs(world)) == before


@pytest.fixture
def item(world: World) -> ItemRow:
    """An item found to be abuse, with its evidence captured."""
    with world.store.transaction() as session:
        return captured_abuse(world, session)


@pytest.mark.parametrize("kind", TAKES_DOWN)
def test_without_evidence_nothing_is_taken_down_and_nothing_changes(
    world: World, kind: ActionKind
) -> None:
    with world.store.transaction() as session:
        item = world.item(session)
        decide(world, session, item)
    lead = world.actor(Role.COMMS_LEAD)
    refused(world, item, EvidenceMissing, "Capture it first", kind=kind, actor=lead)


@pytest.mark.parametrize("kind", TAKES_DOWN)
def test_what_somebody_decided_is_not_abuse_stays_up(world: World, kind: ActionKind) -> None:
    with world.store.transaction() as session:
        item = captured_abuse(world, session)
        decide(world, session, item, NOT_ABUSE)
    lead = world.actor(Role.COMMS_LEAD)
    refused(world, item, Conflict, "it stays up", kind=kind, actor=lead)


def test_nothing_is_done_that_nobody_decided(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session)
        world.capture(session, item)
    refused(world, item, Conflict, "Decide first")


def test_words_edited_after_the_decision_are_decided_again_first(
    world: World, item: ItemRow
) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment(item.native_id, "milder words"))
        world.triage(session, proposal())
    refused(world, item, Conflict, "edited after the decision")
    with world.store.transaction() as session:
        row = session.scalars(select(ItemRow)).one()
        decide(world, session, row)
    refused(world, item, EvidenceMissing, "no evidence of this item")


def test_a_hide_is_planned_with_its_job_its_line_its_evidence_and_its_reason(
    world: World, item: ItemRow
) -> None:
    action = do(world, lambda s: request(world, s, item))
    assert (action.state, action.generation, action.reason) == (ActionState.PLANNED, 1, REASON)
    assert action.requested_by == world.actor(Role.COMMS_MODERATOR).user_id
    with world.store.reading() as session:
        assert session.scalars(select(EvidenceRow.id)).all() == [action.evidence_id]
        assert list(invariants.broken(session)) == []
    assert act_jobs(world) == [str(action.id)]
    assert verbs(world.store)[-1] == "platform_action.request"


def test_a_house_rule_matter_may_be_hidden(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session)
        decide(world, session, item, HOUSE_RULE)
        world.capture(session, item)
        assert request(world, session, item).state is ActionState.PLANNED


def test_what_is_gone_from_the_platform_may_still_be_reported(world: World, item: ItemRow) -> None:
    with world.store.transaction() as session:
        world.ingest(session, deleted(item.native_id))
    assert do(world, lambda s: request(world, s, item, ActionKind.REPORT)).evidence_id is not None


def test_a_double_click_is_one_action(world: World, item: ItemRow) -> None:
    form_id = form()

    def press() -> int:
        return do(world, lambda s: request(world, s, item, form_id=form_id).id)

    first = press()
    assert [press(), *at_once([press] * 4)] == [first] * 5
    assert [action.id for action in all_actions(world)] == [first]
    assert act_jobs(world) == [str(first)]


def test_two_people_who_ask_for_the_same_at_once_make_one_action(
    world: World, item: ItemRow
) -> None:
    people = [world.actor(Role.COMMS_MODERATOR), world.actor(Role.COMMS_LEAD)]

    def ask(actor: Actor) -> PlatformActionRow:
        with world.store.transaction() as session:
            return request(world, session, item, actor=actor)

    results = at_once([partial(ask, actor) for actor in people])
    says = [str(result) for result in results if isinstance(result, Conflict)]
    assert says == ["Somebody asked for this hide already; it is under way."]
    assert len(all_actions(world)) == 1


@pytest.mark.parametrize("role", Role)
def test_only_a_lead_deletes(world: World, item: ItemRow, role: Role) -> None:
    actor = world.actor(role)
    if role is Role.COMMS_LEAD:
        assert do(world, lambda s: request(world, s, item, ActionKind.DELETE, actor=actor))
    else:
        refused(world, item, NotAllowed, "does not allow", kind=ActionKind.DELETE, actor=actor)


@pytest.mark.parametrize("role", [Role.HR_ADVISER, Role.HR_LEAD, Role.SAFEGUARDING_LEAD])
def test_who_decides_elsewhere_asks_for_no_hide(world: World, item: ItemRow, role: Role) -> None:
    refused(world, item, NotAllowed, "does not allow", actor=world.actor(role))


def test_anothers_item_and_action_are_as_missing(world: World, item: ItemRow) -> None:
    far = world.actor(Role.COMMS_LEAD, OTHER_ORG)
    refused(world, item, NotFound, "no such item", actor=far)
    action = do(world, lambda s: request(world, s, item))
    tries: list[Callable[[Session], object]] = [
        lambda s: actions.approve(s, action.id, actor=far, now=NOW),
        lambda s: actions.withdraw(s, action.id, reason=REASON, actor=far, now=NOW),
        lambda s: actions.done_by_hand(s, action.id, reason=REASON, actor=far, now=NOW),
        lambda s: actions.undo(s, action.id, reason=REASON, form_id=form(), actor=far, now=NOW),
    ]
    for attempt in tries:
        with pytest.raises(NotFound, match="no such action"):
            do(world, attempt)


def uncaptured(item: ItemRow, evidence_id: int, kind: ActionKind) -> PlatformActionRow:
    return PlatformActionRow(
        org_id=item.org_id,
        item_id=item.id,
        decision_id=1,
        evidence_id=evidence_id,
        kind=kind,
        generation=1,
        state=ActionState.PLANNED,
        reason=REASON,
        requested_by=1,
        requested_at=NOW,
        form_id=form(),
    )


@pytest.mark.parametrize("kind", TAKES_DOWN)
def test_the_database_refuses_an_uncaptured_action_even_past_the_code(
    world: World, kind: ActionKind
) -> None:
    with world.store.transaction() as session:
        item = world.item(session)
        decide(world, session, item)
        neighbour = world.capture(session, world.item(session)).id
        wanted = session.scalars(select(EvidenceRow.id).where(EvidenceRow.item_id == item.id)).one()
    for evidence_id in (wanted, neighbour):
        with pytest.raises(DBAPIError, match="before its evidence is captured"):
            do(world, partial(Session.add, instance=uncaptured(item, evidence_id, kind)))
    with pytest.raises(DBAPIError):
        do(world, lambda s: s.add(uncaptured(item, None, kind)))  # type: ignore[arg-type]
    assert all_actions(world) == []


def test_what_failed_with_a_person_waiting_can_be_done_by_hand(world: World, item: ItemRow) -> None:
    action = do(world, lambda s: request(world, s, item))

    def hand_over(session: Session) -> None:
        row = session.scalars(select(PlatformActionRow)).one()
        audit.move(session, row, ActionEvent.HAND_OVER, actor=system("act", row.org_id), at=NOW)

    do(world, hand_over)
    moderator = world.actor(Role.COMMS_MODERATOR)
    given: dict[str, Any] = {"reason": REASON, "actor": moderator, "now": NOW}
    do(world, lambda s: actions.done_by_hand(s, action.id, **given))
    done = all_actions(world)[0]
    assert (done.state, done.verified_at) == (ActionState.DONE_BY_HAND, NOW)
    with pytest.raises(Conflict, match="done by hand"):
        do(world, lambda s: actions.withdraw(s, action.id, **given))
