"""A course of conduct: one author, one person, separate occasions inside the window."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from moderation import invariants
from moderation.model import Author
from moderation.patterns import Contact, occasions, stretches
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal
from moderation.tables import ItemRow, PatternItemRow, PatternKind, PatternRow, ProposalRow
from moderation.targets import Target
from moderation.taxonomy import Abuse, NotAbuse, Severity, TargetType
from moderation.with_patterns import WEIGH_TOGETHER
from tests.world import CLEAR, NOW, ORG, OTHER_ORG, World, comment, hours, proposal

DAY = timedelta(days=1)
GAP = timedelta(minutes=30)
WINDOW = timedelta(days=Policy.load().course_of_conduct.window_days)
ANGRY = Author("angry", "@angry")
DANA = Target(TargetType.NAMED_STAFF, staff_id="NM-1", why="It names her.")
SAM = Target(TargetType.NAMED_STAFF, staff_id="NM-2", why="It names him.")
SERVICE = Target(TargetType.SERVICE)


def abuse(target: Target = DANA) -> Proposal:
    return proposal(severity=Severity.S1, target=target)


def unfriendly(kind: NotAbuse = NotAbuse.CRITICISM) -> Proposal:
    return proposal(None, severity=Severity.S0, target=DANA, not_abuse=kind)


def write(
    world: World,
    *times: datetime,
    made: Proposal | None = None,
    author: Author | None = ANGRY,
    org_id: str = ORG,
) -> None:
    """Let an author write at each of these times; each is read before the next is written."""
    for at in times:
        with world.store.transaction() as session:
            world.item(session, f"{at}", made or abuse(), org_id=org_id, now=at, author=author)


def write_in_one_page(
    world: World,
    *times: datetime,
    made: Proposal | None = None,
    author: Author | None = ANGRY,
) -> None:
    """Let an author write at each of these times; all of it is read at once."""
    written = [comment(f"{at}", f"{at}", author=author, created_at=at) for at in times]
    with world.store.transaction() as session:
        world.ingest(session, *written)
        world.triage(session, made or abuse(), now=NOW)


def courses(world: World) -> list[PatternRow]:
    with world.store.reading() as session:
        return list(
            session.scalars(
                select(PatternRow)
                .where(PatternRow.kind == PatternKind.COURSE_OF_CONDUCT)
                .order_by(PatternRow.id)
            )
        )


def members(world: World) -> int:
    with world.store.reading() as session:
        return session.scalar(select(func.count()).select_from(PatternItemRow)) or 0


def proposed(world: World) -> list[ProposalRow]:
    with world.store.reading() as session:
        return list(session.scalars(select(ProposalRow).order_by(ProposalRow.item_id)))


def test_a_burst_in_one_sitting_is_one_occasion() -> None:
    burst = [NOW + timedelta(minutes=29 * n) for n in range(5)]
    later = burst[-1] + GAP
    assert occasions([later, *reversed(burst)], GAP) == [NOW, later]
    assert occasions([], GAP) == []


def test_a_stretch_is_the_longest_run_within_the_window() -> None:
    contacts = [
        Contact(n, NOW + hour * hours(1), "NM-1", "angry", abusive=True)
        for n, hour in enumerate([0, 1, 24, 25, 26, 60])
    ]
    found = [[c.item_id for c in run] for run in stretches(reversed(contacts), hours(24))]
    assert found == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [5]]
    assert list(stretches([], hours(24))) == []


def test_two_occasions_are_a_course_of_conduct_with_the_reason_on_the_second(
    world: World,
) -> None:
    write(world, NOW, NOW + 2 * DAY)
    course = courses(world)[0]
    assert (course.target_staff_id, course.author_ref, course.occasions) == ("NM-1", "angry", 2)
    assert (course.first_at, course.last_at) == (NOW, NOW + 2 * DAY)
    assert course.says == "2 occasions in 3 days"
    assert members(world) == 2
    first, second = proposed(world)
    assert first.category is Abuse.PERSONAL_ABUSE
    assert second.category is Abuse.HARASSMENT_COURSE
    assert second.reasons[0] == "Pattern: 2 occasions in 3 days"
    assert second.severity == Severity.S3


def test_a_burst_is_no_course_of_conduct(world: World) -> None:
    write(world, *[NOW + timedelta(minutes=n) for n in range(5)])
    assert courses(world) == []


def test_a_further_occasion_joins_the_same_pattern(world: World) -> None:
    write(world, NOW, NOW + DAY, NOW + 5 * DAY)
    course, *others = courses(world)
    assert others == []
    assert (course.occasions, course.says) == (3, "3 occasions in 6 days")
    assert (course.last_at, members(world)) == (NOW + 5 * DAY, 3)


@pytest.mark.parametrize(
    ("gap", "found"), [(WINDOW, 1), (WINDOW + timedelta(minutes=1), 0), (timedelta(days=120), 0)]
)
def test_occasions_further_apart_than_the_window_are_none(
    world: World, gap: timedelta, found: int
) -> None:
    write(world, NOW - gap, NOW)
    assert len(courses(world)) == found


@pytest.mark.parametrize(
    ("gap", "found"), [(WINDOW, 1), (WINDOW + timedelta(minutes=1), 0), (timedelta(days=120), 0)]
)
def test_the_window_holds_within_one_page_too(world: World, gap: timedelta, found: int) -> None:
    write_in_one_page(world, NOW - gap, NOW)
    assert len(courses(world)) == found


@pytest.mark.parametrize(("gap", "found"), [(WINDOW, 1), (WINDOW + timedelta(minutes=1), 0)])
def test_what_arrives_late_is_compared_with_what_came_after_it(
    world: World, gap: timedelta, found: int
) -> None:
    write(world, NOW, NOW - gap)
    assert len(courses(world)) == found


def test_a_page_of_history_shows_the_course_that_lies_in_its_middle(world: World) -> None:
    write_in_one_page(world, NOW - 2 * WINDOW, NOW - 2 * WINDOW + DAY, NOW)
    course, *others = courses(world)
    assert others == []
    assert (course.occasions, course.last_at) == (2, NOW - 2 * WINDOW + DAY)
    categories = [kept.category for kept in proposed(world)]
    assert categories == [
        Abuse.HARASSMENT_COURSE,
        Abuse.HARASSMENT_COURSE,
        Abuse.PERSONAL_ABUSE,
    ]


def test_two_people_with_one_occasion_each_are_no_course_against_either(world: World) -> None:
    write(world, NOW)
    write(world, NOW + DAY, made=abuse(SAM))
    assert courses(world) == []


def test_the_same_person_under_another_handle_is_joined_by_a_person_alone(world: World) -> None:
    write(world, NOW)
    write(world, NOW + DAY, author=Author("angry2", "@angry"))
    assert courses(world) == []


def test_the_same_account_under_a_new_handle_is_the_same_author(world: World) -> None:
    write(world, NOW)
    write(world, NOW + DAY, author=Author("angry", "@renamed"))
    assert len(courses(world)) == 1


def test_what_is_aimed_at_the_service_never_counts(world: World) -> None:
    write(world, *[NOW + n * DAY for n in range(5)], made=abuse(SERVICE))
    assert courses(world) == []
    write(world, NOW + 6 * DAY)
    assert courses(world) == []


def test_an_author_that_the_platform_withholds_is_nobody(world: World) -> None:
    write(world, NOW, NOW + DAY, author=None)
    write_in_one_page(world, NOW + 2 * DAY, NOW + 3 * DAY, author=None)
    assert courses(world) == []


def test_two_organisations_are_never_joined(world: World) -> None:
    write(world, NOW)
    write(world, NOW + DAY, org_id=OTHER_ORG)
    assert courses(world) == []


def test_unfriendly_contacts_count_when_there_are_enough_of_them(world: World) -> None:
    write(world, *[NOW + n * DAY for n in range(3)], made=unfriendly())
    assert courses(world) == []
    write(world, NOW + 3 * DAY, made=unfriendly())
    assert courses(world)[0].occasions == 4


def test_criticism_on_a_fourth_occasion_goes_to_a_person_and_stays_criticism(
    world: World,
) -> None:
    write(world, *[NOW + n * DAY for n in range(4)], made=unfriendly())
    fourth = proposed(world)[-1]
    assert (fourth.outcome, fourth.category) == (Outcome.FLAG, None)
    assert fourth.not_abuse is NotAbuse.CRITICISM
    assert fourth.reasons[0] == f"Pattern: 4 occasions in 4 days. {WEIGH_TOGETHER}"
    assert fourth.severity == Severity.S1


@pytest.mark.parametrize("kind", [NotAbuse.THANKS, NotAbuse.QUESTION, NotAbuse.COUNTER_SPEECH])
def test_kind_words_are_no_occasion_of_anything(world: World, kind: NotAbuse) -> None:
    write(world, *[NOW + n * DAY for n in range(5)], made=unfriendly(kind))
    write(world, NOW + 6 * DAY)
    write_in_one_page(world, *[NOW + n * hours(1) for n in range(5)], made=unfriendly(kind))
    assert courses(world) == []


def test_the_same_author_starts_anew_after_a_long_silence(world: World) -> None:
    write(world, NOW, NOW + DAY)
    again = NOW + 3 * WINDOW
    write(world, again, again + DAY)
    assert [course.first_at for course in courses(world)] == [NOW, again]


def test_an_edit_is_no_occasion_of_its_own(world: World) -> None:
    write(world, NOW)
    with world.store.transaction() as session:
        item = session.scalars(select(ItemRow)).one()
        edited = comment(item.native_id, "other words", author=ANGRY, created_at=NOW)
        world.ingest(session, edited, now=NOW + hours(3))
        world.triage(session, abuse(), now=NOW + hours(3))
    assert courses(world) == []


def test_a_pattern_leaves_the_record_sound(world: World) -> None:
    write(world, NOW, NOW + DAY)
    write(world, NOW + 2 * DAY, made=CLEAR)
    with world.store.reading() as session:
        assert not [b for b in invariants.broken(session) if b.invariant.name != "I06"]
