"""What follows a decision: close, reopen, ask for evidence; and leases while people look."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import invariants, review
from moderation.access import Actor, Role
from moderation.errors import ClaimedByOther, Conflict, IllegalTransition, InvalidInput
from moderation.lifecycle import EvidenceState, ItemState
from moderation.tables import AuditBodyRow, EvidenceRow, ItemClaimRow, ItemRow, JobRow
from tests.moderation.deeds import HOUSE_RULE, NOT_ABUSE, at_once, decide, verbs
from tests.world import CLEAR, NOW, REASON, World, deleted, hours

LATER = NOW + hours(1)


@pytest.fixture
def item(world: World) -> ItemRow:
    """One item in the queue."""
    with world.store.transaction() as session:
        return world.item(session)


def stored(world: World) -> ItemRow:
    with world.store.reading() as session:
        return session.scalars(select(ItemRow)).one()


def do(world: World, work: Callable[[Session], Any]) -> Any:
    with world.store.transaction() as session:
        return work(session)


def dismiss(world: World, **given: Any) -> None:
    row = stored(world)
    wanted: dict[str, Any] = {"reason": REASON, "revision": row.revision, "now": NOW} | given
    wanted.setdefault("actor", world.actor(Role.COMMS_MODERATOR))
    do(world, lambda s: review.dismiss(s, row.id, **wanted))


def reopen(world: World, **given: Any) -> None:
    row = stored(world)
    wanted: dict[str, Any] = {"reason": REASON, "revision": row.revision, "now": LATER} | given
    do(world, lambda s: review.reopen(s, row.id, actor=world.actor(Role.COMMS_LEAD), **wanted))


def claim(
    world: World, item: ItemRow, actor: Actor, *, now: Any = NOW, take_over: bool = False
) -> ItemClaimRow:
    with world.store.transaction() as session:
        return review.claim(session, item.id, actor=actor, now=now, take_over=take_over)


def test_an_item_in_hand_is_closed_and_leaves_the_queue(world: World, item: ItemRow) -> None:
    do(world, lambda s: decide(world, s, item))
    dismiss(world)
    row = stored(world)
    assert (row.state, row.queue_rank) == (ItemState.CLOSED, None)


def test_nobody_closes_what_nobody_decided(world: World, item: ItemRow) -> None:
    with pytest.raises(Conflict, match="Nobody has decided"):
        dismiss(world)
    assert stored(world).state is ItemState.REVIEW


def test_a_close_from_an_old_page_is_refused(world: World, item: ItemRow) -> None:
    do(world, lambda s: decide(world, s, item))
    with pytest.raises(Conflict, match="nothing was saved"):
        dismiss(world, revision=item.revision)
    assert stored(world).state is ItemState.IN_HAND


def test_what_somebody_else_holds_is_not_closed_under_them(world: World, item: ItemRow) -> None:
    do(world, lambda s: decide(world, s, item))
    claim(world, item, world.actor(Role.COMMS_LEAD))
    with pytest.raises(ClaimedByOther):
        dismiss(world)
    assert stored(world).state is ItemState.IN_HAND


@pytest.mark.parametrize("finding", [NOT_ABUSE, HOUSE_RULE])
def test_a_closed_item_can_be_opened_again_and_decided_otherwise(
    world: World, item: ItemRow, finding: Any
) -> None:
    do(world, lambda s: decide(world, s, item, finding))
    if stored(world).state is not ItemState.CLOSED:
        dismiss(world)
    reopen(world)
    row = stored(world)
    assert (row.state, row.waiting_since) == (ItemState.REVIEW, LATER)
    assert row.queue_rank is not None
    do(world, lambda s: decide(world, s, stored(world)))
    assert stored(world).state is ItemState.IN_HAND


def test_what_the_machine_cleared_can_be_put_before_people(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, "Nice one", CLEAR)
    reopen(world)
    assert stored(world).state is ItemState.REVIEW
    with world.store.reading() as session:
        assert list(invariants.broken(session)) == []


def test_reopening_needs_a_reason_a_fresh_page_and_a_closed_item(
    world: World, item: ItemRow
) -> None:
    with pytest.raises(IllegalTransition):
        reopen(world)
    do(world, lambda s: decide(world, s, item, NOT_ABUSE))
    with pytest.raises(InvalidInput, match="15 characters"):
        reopen(world, reason="no")
    with pytest.raises(Conflict, match="nothing was saved"):
        reopen(world, revision=item.revision)
    assert stored(world).state is ItemState.CLOSED


def test_asking_for_evidence_twice_is_one_record_and_one_job(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session, "Nice one", CLEAR)
    lead: dict[str, Any] = {"actor": world.actor(Role.COMMS_LEAD), "now": NOW}
    rows = [do(world, lambda s: review.want_capture(s, item.id, **lead)) for _ in range(2)]
    assert rows[0].id == rows[1].id
    assert rows[0].state is EvidenceState.WANTED
    with world.store.reading() as session:
        kinds = session.scalars(select(JobRow.ref).where(JobRow.kind == "capture")).all()
        assert kinds == [str(rows[0].id)]


def test_evidence_of_a_deleted_item_is_of_the_words_it_had(world: World, item: ItemRow) -> None:
    with world.store.transaction() as session:
        world.ingest(session, deleted(item.native_id))
        lead = world.actor(Role.COMMS_LEAD)
        assert review.want_capture(session, item.id, actor=lead, now=NOW).version_seq == 1
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(EvidenceRow)) == 1


def test_a_second_reviewer_is_told_who_holds_the_item_and_until_when(
    world: World, item: ItemRow
) -> None:
    lead, moderator = world.actor(Role.COMMS_LEAD), world.actor(Role.COMMS_MODERATOR)
    claim(world, item, lead)
    says = f"{lead.name} is looking at this item until 14:15 GMT"
    with pytest.raises(ClaimedByOther, match=says):
        claim(world, item, moderator)
    with pytest.raises(ClaimedByOther, match=says):
        do(world, lambda s: decide(world, s, item, actor=moderator))


def test_of_a_hundred_claims_at_once_one_wins_and_the_others_are_told_who(
    world: World, item: ItemRow
) -> None:
    with world.store.transaction() as session:
        people = [
            world.add_user(session, Role.COMMS_MODERATOR, name=f"Reviewer {n}") for n in range(100)
        ]
    actors = [Actor(row.name, row.org_id, row.role, row.id) for row in people]
    results = at_once([partial(claim, world, item, actor) for actor in actors])
    won = [result for result in results if isinstance(result, ItemClaimRow)]
    lost = [str(result) for result in results if isinstance(result, ClaimedByOther)]
    assert (len(won), len(lost)) == (1, 99)
    holder = next(actor for actor in actors if actor.user_id == won[0].user_id)
    assert {says.partition(" is looking")[0] for says in lost} == {holder.name}
    assert verbs(world.store).count("item.claim") == 1


def test_a_claim_of_ones_own_is_made_longer_without_a_second_line(
    world: World, item: ItemRow
) -> None:
    lead = world.actor(Role.COMMS_LEAD)
    first = claim(world, item, lead)
    second = claim(world, item, lead, now=NOW + review.CLAIM_LEASE / 2)
    assert (second.taken_at, second.until) == (first.taken_at, first.until + review.CLAIM_LEASE / 2)
    assert verbs(world.store).count("item.claim") == 1


def test_taking_over_is_kept_with_who_was_taken_over(world: World, item: ItemRow) -> None:
    lead, moderator = world.actor(Role.COMMS_LEAD), world.actor(Role.COMMS_MODERATOR)
    claim(world, item, moderator)
    assert claim(world, item, lead, take_over=True).user_id == lead.user_id
    with world.store.reading() as session:
        last = session.scalars(
            select(AuditBodyRow)
            .where(AuditBodyRow.verb == "item.claim")
            .order_by(AuditBodyRow.seq.desc())
        ).first()
        assert last is not None
        assert last.actor == lead.ref
        assert json.loads(last.body or "")["detail"] == {"from": moderator.user_id}
    with pytest.raises(ClaimedByOther, match=lead.name):
        do(world, lambda s: decide(world, s, item, actor=moderator))


def test_a_lease_that_ran_out_binds_nobody(world: World, item: ItemRow) -> None:
    lead, moderator = world.actor(Role.COMMS_LEAD), world.actor(Role.COMMS_MODERATOR)
    claim(world, item, moderator)
    over = NOW + review.CLAIM_LEASE
    assert claim(world, item, lead, now=over).user_id == lead.user_id
    with pytest.raises(ClaimedByOther):
        do(world, lambda s: decide(world, s, item, actor=moderator, now=over))
    do(world, lambda s: decide(world, s, item, actor=lead, now=over))


def test_only_the_holder_gives_a_lease_back(world: World, item: ItemRow) -> None:
    lead, moderator = world.actor(Role.COMMS_LEAD), world.actor(Role.COMMS_MODERATOR)
    claim(world, item, lead)
    for actor in (moderator, lead, lead):
        do(world, partial(review.release, item_id=item.id, actor=actor, now=NOW))
        with world.store.reading() as session:
            left = session.scalars(select(ItemClaimRow.user_id)).all()
        assert left == ([lead.user_id] if actor is moderator else [])
    assert verbs(world.store).count("item.release") == 1
