"""Two people at one item at the same moment: one of them decides, and the other is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import actions, review
from moderation.access import Actor, Role
from moderation.cases.opening import Opening, open_case
from moderation.errors import ClaimedByOther, Conflict
from moderation.model import ActionKind
from moderation.tables import (
    AlertRow,
    CaseRow,
    DecisionRow,
    EvidenceRow,
    ItemRow,
    PlatformActionRow,
)
from tests.moderation.deeds import ABUSE, HOUSE_RULE, Result, at_once, captured_abuse, decide
from tests.replayed import Replayed
from tests.world import NOW, REASON

Deed = Callable[[Session, Actor], Result]


@pytest.fixture
def people(replayed: Replayed) -> list[Actor]:
    """Two moderators."""
    world = replayed.world
    with replayed.store.transaction() as session:
        row = world.add_user(session, Role.COMMS_MODERATOR, name="Lee Okafor")
    return [
        world.actor(Role.COMMS_MODERATOR),
        Actor(row.name, row.org_id, row.role, row.id),
    ]


@pytest.fixture
def item(replayed: Replayed) -> ItemRow:
    with replayed.store.transaction() as session:
        return replayed.world.item(session)


def both(
    replayed: Replayed, people: Sequence[Actor], deed: Deed[Result]
) -> list[Result | Exception]:
    """Let both people do the same at the same moment, each in a transaction of their own."""

    def done_by(person: Actor) -> Result:
        with replayed.store.transaction() as session:
            return deed(session, person)

    return at_once([lambda person=person: done_by(person) for person in people])  # type: ignore[misc]


def count(replayed: Replayed, table: type) -> int:
    with replayed.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def failures(results: Sequence[object]) -> list[type]:
    return [type(result) for result in results if isinstance(result, Exception)]


def test_of_two_who_claim_at_once_one_holds_it_and_the_other_learns_who(
    replayed: Replayed, people: list[Actor], item: ItemRow
) -> None:
    results = both(
        replayed, people, lambda session, who: review.claim(session, item.id, actor=who, now=NOW)
    )
    [refused] = [result for result in results if isinstance(result, ClaimedByOther)]
    holder = people[1 if results[0] is refused else 0]
    assert holder.name in str(refused)
    assert len(results) == 2


def test_of_two_who_decide_at_once_one_decides_and_the_other_is_shown_the_newer_state(
    replayed: Replayed, people: list[Actor], item: ItemRow
) -> None:
    findings = dict(zip((person.user_id for person in people), (ABUSE, HOUSE_RULE), strict=True))
    results = both(
        replayed,
        people,
        lambda session, who: decide(
            replayed.world,
            session,
            item,
            findings[who.user_id],
            actor=who,
            revision=item.revision,
            form_id=f"form-of-{who.user_id}",
        ),
    )
    assert failures(results) == [Conflict]
    assert count(replayed, DecisionRow) == 1
    [made] = [result for result in results if not isinstance(result, Exception)]
    assert replayed.items()[0].category == findings[made.decided_by].category
    replayed.require_whole()


def test_a_double_click_on_a_decision_is_one_decision(
    replayed: Replayed, people: list[Actor], item: ItemRow
) -> None:
    results = both(
        replayed,
        people[:1] * 2,
        lambda session, who: (
            decide(
                replayed.world, session, item, actor=who, revision=item.revision, form_id="clicked"
            ).id
        ),
    )
    assert failures(results) == []
    assert len(set(results)) == 1
    assert count(replayed, DecisionRow) == 1


def test_two_who_hide_at_once_ask_the_platform_once(
    replayed: Replayed, people: list[Actor]
) -> None:
    with replayed.store.transaction() as session:
        item = captured_abuse(replayed.world, session)
    replayed.say(item.native_id)
    results = both(
        replayed,
        people,
        lambda session, who: actions.request(
            session,
            item.id,
            ActionKind.HIDE,
            reason=REASON,
            form_id=f"hide-of-{who.user_id}",
            actor=who,
            now=NOW,
        ),
    )
    assert failures(results) == [Conflict]
    assert count(replayed, PlatformActionRow) == 1
    replayed.work()
    assert replayed.acts() == [ActionKind.HIDE]
    replayed.require_whole()


def test_a_double_click_on_hide_is_one_action(replayed: Replayed, people: list[Actor]) -> None:
    with replayed.store.transaction() as session:
        item = captured_abuse(replayed.world, session)
    results = both(
        replayed,
        people[:1] * 2,
        lambda session, who: (
            actions.request(
                session,
                item.id,
                ActionKind.HIDE,
                reason=REASON,
                form_id="clicked",
                actor=who,
                now=NOW,
            ).id
        ),
    )
    assert failures(results) == []
    assert len(set(results)) == count(replayed, PlatformActionRow) == 1


def test_two_who_want_evidence_at_once_get_one_record(
    replayed: Replayed, people: list[Actor], item: ItemRow
) -> None:
    results = both(
        replayed,
        people,
        lambda session, who: review.want_capture(session, item.id, actor=who, now=NOW).id,
    )
    assert failures(results) == []
    assert len(set(results)) == count(replayed, EvidenceRow) == 1
    assert len(replayed.jobs("capture")) == 1


def test_two_who_bring_an_item_to_hr_at_once_open_one_case_and_send_one_set_of_letters(
    replayed: Replayed, people: list[Actor], item: ItemRow
) -> None:
    results = both(
        replayed,
        people,
        lambda session, who: (
            open_case(
                session,
                item.id,
                Opening(f"{REASON} Seen by {who.user_id}."),
                form_id=f"case-of-{who.user_id}",
                actor=who,
                now=NOW,
            ).id
        ),
    )
    assert failures(results) == []
    assert len(set(results)) == count(replayed, CaseRow) == 1
    with replayed.store.reading() as session:
        told = session.scalars(select(AlertRow.recipient).where(AlertRow.rule == "CASE")).all()
    assert len(told) == len(set(told))
    assert told
    replayed.require_whole()
