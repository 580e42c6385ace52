"""A person decides, once, about the words that person has seen, and says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import invariants, review
from moderation.access import Role
from moderation.errors import (
    Conflict,
    IllegalTransition,
    InvalidInput,
    NotAllowed,
    NotFound,
)
from moderation.lifecycle import ItemState
from moderation.ranking import queue_rank
from moderation.review import Finding
from moderation.tables import DecisionRow, ItemClaimRow, ItemRow, StaffRow
from moderation.taxonomy import NotAbuse, Severity
from tests.moderation.deeds import (
    ABUSE,
    HOUSE_RULE,
    NOT_ABUSE,
    at_once,
    decide,
    form,
    verbs,
)
from tests.world import NOW, OTHER_ORG, REASON, World, comment, hours

LATER = NOW + hours(1)


def stored(world: World) -> ItemRow:
    with world.store.reading() as session:
        return session.scalars(select(ItemRow)).one()


def decisions(world: World) -> list[DecisionRow]:
    with world.store.reading() as session:
        return list(session.scalars(select(DecisionRow).order_by(DecisionRow.id)))


@pytest.fixture
def item(world: World) -> ItemRow:
    """One item in the queue."""
    with world.store.transaction() as session:
        return world.item(session)


def do(world: World, work: Callable[[Session], Any]) -> Any:
    with world.store.transaction() as session:
        return work(session)


def test_abuse_is_in_hand_and_keeps_what_the_person_found(world: World, item: ItemRow) -> None:
    found = replace(ABUSE, severity=Severity.S3, target_staff_id="NM-2")
    do(world, lambda s: decide(world, s, item, found))
    row, decision = stored(world), decisions(world)[0]
    assert (row.state, row.severity, row.target_staff_id) == (ItemState.IN_HAND, 3, "NM-2")
    assert (row.queue_rank, row.decided_at) == (queue_rank(Severity.S3, urgent=False), NOW)
    assert (decision.outcome, decision.reason, decision.version_seq) == (ABUSE.outcome, REASON, 1)
    assert decision.decided_by == world.actor(Role.COMMS_MODERATOR).user_id
    assert row.revision > item.revision


def test_not_abuse_closes_the_item_and_it_leaves_the_queue(world: World, item: ItemRow) -> None:
    moderator = world.actor(Role.COMMS_MODERATOR)
    do(world, lambda s: review.claim(s, item.id, actor=moderator, now=NOW))
    do(world, lambda s: decide(world, s, item, NOT_ABUSE))
    row = stored(world)
    assert (row.state, row.queue_rank, row.category) == (ItemState.CLOSED, None, None)
    with world.store.reading() as session:
        assert session.scalars(select(ItemClaimRow)).all() == []
        assert list(invariants.broken(session)) == []


def test_a_house_rule_matter_stays_in_hand_and_counts_as_no_abuse(
    world: World, item: ItemRow
) -> None:
    do(world, lambda s: decide(world, s, item, HOUSE_RULE))
    row = stored(world)
    assert (row.state, row.category, row.severity) == (ItemState.IN_HAND, None, 0)


@pytest.mark.parametrize(
    ("finding", "says"),
    [
        (replace(ABUSE, category=None), "what kind of abuse"),
        (replace(ABUSE, severity=Severity.S0), "how severe"),
        (replace(ABUSE, target_type=None), "at whom it is aimed"),
        (replace(ABUSE, target_staff_id=None), "the member of staff"),
        (replace(ABUSE, target_staff_id="SM-9"), "not in the directory"),
        (replace(ABUSE, reason="   too short   "), "at least 15 characters"),
        (replace(NOT_ABUSE, not_abuse=None), "what it is instead"),
        (replace(HOUSE_RULE, house_rule=None), "which house rule"),
        (replace(HOUSE_RULE, reason=""), "at least 15 characters"),
    ],
)
def test_a_finding_that_lacks_what_it_needs_is_refused_and_nothing_is_kept(
    world: World, item: ItemRow, finding: Finding, says: str
) -> None:
    with world.store.transaction() as session:
        session.add(
            StaffRow(
                org_id=OTHER_ORG, staff_id="SM-9", full_name="Kit Lowe", aliases=[], role="",
                station="", public_role=False, more={},
            )
        )  # fmt: skip
    with pytest.raises(InvalidInput, match=says):
        do(world, lambda s: decide(world, s, item, finding))
    assert decisions(world) == []
    assert (stored(world).state, stored(world).revision) == (item.state, item.revision)


def test_not_abuse_needs_no_reason(world: World, item: ItemRow) -> None:
    found = Finding(NOT_ABUSE.outcome, "", not_abuse=NotAbuse.QUESTION)
    do(world, lambda s: decide(world, s, item, found))
    assert decisions(world)[0].not_abuse is NotAbuse.QUESTION


def test_a_double_click_is_one_decision(world: World, item: ItemRow) -> None:
    form_id = form()
    made = [do(world, lambda s: decide(world, s, item, form_id=form_id)).id for _ in range(2)]
    assert made == [decisions(world)[0].id] * 2
    assert len(decisions(world)) == 1
    assert verbs(world.store).count("item.decide") == 1


def test_a_double_click_that_arrives_at_once_is_one_decision(world: World, item: ItemRow) -> None:
    form_id = form()

    def press() -> int:
        with world.store.transaction() as session:
            return decide(world, session, item, form_id=form_id).id

    assert at_once([press] * 6) == [decisions(world)[0].id] * 6
    assert len(decisions(world)) == 1


def test_two_reviewers_at_once_make_one_decision_and_the_other_is_told(
    world: World, item: ItemRow
) -> None:
    def as_role(role: Role, finding: Finding) -> Callable[[], int]:
        return lambda: (
            do(world, lambda s: decide(world, s, item, finding, actor=world.actor(role))).id
        )

    results = at_once([as_role(Role.COMMS_MODERATOR, ABUSE), as_role(Role.COMMS_LEAD, NOT_ABUSE)])
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(err) for err in refused] == [Conflict]
    assert "changed after you opened it" in str(refused[0])
    assert len(decisions(world)) == 1


def test_a_page_opened_before_the_words_changed_is_refused(world: World, item: ItemRow) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment(item.native_id, "Sorry, I was wrong"))
    with pytest.raises(Conflict, match="nothing was saved"):
        do(world, lambda s: decide(world, s, item))
    assert decisions(world) == []


def test_an_item_that_waits_to_be_read_again_cannot_be_decided(world: World, item: ItemRow) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment(item.native_id, "Sorry, I was wrong"))
    with pytest.raises(IllegalTransition):
        do(world, lambda s: decide(world, s, stored(world)))


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_decide_changes_nothing(world: World, item: ItemRow, role: Role) -> None:
    given: dict[str, Any] = {"actor": world.actor(role), "now": NOW}
    tries: list[Callable[[Session], object]] = [
        lambda s: decide(world, s, item, **given),
        lambda s: review.claim(s, item.id, **given),
        lambda s: review.dismiss(s, item.id, reason=REASON, revision=item.revision, **given),
        lambda s: review.reopen(s, item.id, reason=REASON, revision=item.revision, **given),
        lambda s: review.want_capture(s, item.id, **given),
    ]
    before = verbs(world.store)
    for attempt in tries:
        with pytest.raises(NotAllowed):
            do(world, attempt)
    assert verbs(world.store) == before


def test_anothers_item_is_as_missing(world: World, item: ItemRow) -> None:
    far: dict[str, Any] = {"actor": world.actor(Role.COMMS_LEAD, OTHER_ORG), "now": NOW}
    tries: list[Callable[[Session], object]] = [
        lambda s: review.look(s, item.id, **far),
        lambda s: decide(world, s, item, **far),
        lambda s: review.claim(s, item.id, **far),
        lambda s: review.release(s, item.id, **far),
        lambda s: review.dismiss(s, item.id, reason=REASON, revision=item.revision, **far),
        lambda s: review.reopen(s, item.id, reason=REASON, revision=item.revision, **far),
        lambda s: review.want_capture(s, item.id, **far),
    ]
    for attempt in tries:
        with pytest.raises(NotFound):
            do(world, attempt)
    assert stored(world).state is ItemState.REVIEW


def test_the_first_look_of_a_reviewer_is_kept_and_no_later_one(world: World, item: ItemRow) -> None:
    auditor = replace(world.actor(Role.AUDITOR), look_reason=REASON)
    for actor, at, seen in (
        (auditor, NOW, None),
        (world.actor(Role.COMMS_LEAD), LATER, LATER),
        (world.actor(Role.COMMS_MODERATOR), LATER + hours(1), LATER),
    ):
        look = partial(review.look, item_id=item.id, actor=actor, now=at)
        do(world, look)
        assert stored(world).first_look_at == seen
