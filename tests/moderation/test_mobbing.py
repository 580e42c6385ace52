"""Mobbing: many authors, one person, one day, one incident."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from moderation.model import Author
from moderation.proposing import Proposal
from moderation.tables import PatternItemRow, PatternKind, PatternRow, ProposalRow
from moderation.taxonomy import Abuse, NotAbuse, Severity
from tests.moderation.test_patterns import DANA, SAM, SERVICE, abuse, unfriendly
from tests.world import NOW, ORG, OTHER_ORG, POLICY, World, comment, hours

MANY = POLICY.mobbing.distinct_authors
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def pile_on(
    world: World,
    authors: int,
    *,
    start: datetime = NOW,
    every: timedelta = MINUTE,
    made: Proposal | None = None,
    first: int = 0,
    withheld: bool = False,
    org_id: str = ORG,
) -> None:
    """Let so many authors write once each; each is read before the next writes."""
    for n in range(authors):
        author = None if withheld else Author(f"a{first + n}", f"@a{first + n}")
        at = start + n * every
        with world.store.transaction() as session:
            world.item(session, f"{n}", made or abuse(), org_id=org_id, now=at, author=author)


def incidents(world: World) -> list[PatternRow]:
    with world.store.reading() as session:
        return list(
            session.scalars(
                select(PatternRow)
                .where(PatternRow.kind == PatternKind.MOBBING)
                .order_by(PatternRow.id)
            )
        )


def members(world: World, pattern: PatternRow) -> int:
    with world.store.reading() as session:
        query = select(func.count()).where(PatternItemRow.pattern_id == pattern.id)
        return session.scalar(query) or 0


def test_enough_authors_in_a_day_are_one_incident_that_groups_their_items(world: World) -> None:
    pile_on(world, MANY - 1)
    assert incidents(world) == []
    pile_on(world, 1, start=NOW + hours(23), first=MANY)
    incident = incidents(world)[0]
    assert (incident.target_staff_id, incident.author_ref) == ("NM-1", None)
    assert (incident.authors, incident.occasions) == (MANY, MANY)
    assert incident.says == f"{MANY} people in 24 hours"
    assert (incident.first_at, incident.last_at) == (NOW, NOW + hours(23))
    assert members(world, incident) == MANY
    with world.store.reading() as session:
        last = session.scalars(select(ProposalRow).order_by(ProposalRow.item_id.desc())).first()
    assert last is not None
    assert last.category is Abuse.VIRTUAL_MOBBING
    assert last.reasons[0] == f"Pattern: {MANY} people within 24 hours"
    assert last.severity == Severity.S3


def test_further_items_join_the_incident(world: World) -> None:
    pile_on(world, MANY + 3)
    incident, *others = incidents(world)
    assert others == []
    assert (incident.authors, incident.occasions) == (MANY + 3, MANY + 3)
    assert members(world, incident) == MANY + 3


@pytest.mark.parametrize("authors", [MANY, MANY + 2])
def test_an_incident_counts_each_item_once_though_it_was_read_in_one_page(
    world: World, authors: int
) -> None:
    with world.store.transaction() as session:
        world.ingest(
            session,
            *[comment(f"{n}", f"{n}", created_at=NOW + n * MINUTE) for n in range(authors)],
        )
        world.triage(session, abuse())
    incident = incidents(world)[0]
    assert (incident.authors, incident.occasions) == (authors, authors)
    with world.store.reading() as session:
        assert set(session.scalars(select(ProposalRow.category))) == {Abuse.VIRTUAL_MOBBING}


def test_an_edited_item_is_not_counted_a_second_time(world: World) -> None:
    pile_on(world, MANY - 1)
    with world.store.transaction() as session:
        last = world.item(session, "last", abuse(), now=NOW + hours(1), native_id="last")
        assert last.author_ref
        edited = comment("last", "edited", created_at=NOW + hours(1))
        world.ingest(session, edited, now=NOW + hours(2))
        world.triage(session, abuse(), now=NOW + hours(2))
    incident = incidents(world)[0]
    assert (incident.authors, incident.occasions) == (MANY, MANY)


def test_an_edit_alone_does_not_make_up_the_number_of_items(world: World) -> None:
    with world.store.transaction() as session:
        for n in range(MANY):
            made = abuse() if n else unfriendly()
            world.item(session, f"{n}", made, now=NOW + n * MINUTE, native_id=f"n{n}")
        edited = comment("n0", "abuse by now", created_at=NOW)
        world.ingest(session, edited, now=NOW + hours(1))
        world.triage(session, abuse(), now=NOW + hours(1))
    incident = incidents(world)[0]
    assert (incident.authors, incident.occasions) == (MANY, MANY)


def test_the_same_number_over_more_than_a_day_is_no_incident(world: World) -> None:
    pile_on(world, MANY, every=DAY / (MANY - 1) + MINUTE)
    assert incidents(world) == []
    pile_on(world, MANY, start=NOW + 9 * DAY, every=DAY / MANY, first=MANY)
    assert len(incidents(world)) == 1


def test_a_page_of_history_shows_the_incident_that_lies_in_its_middle(world: World) -> None:
    times = [NOW - 5 * DAY + n * MINUTE for n in range(MANY)]
    with world.store.transaction() as session:
        world.ingest(
            session,
            *[comment(f"{n}", f"{n}", created_at=at) for n, at in enumerate([*times, NOW])],
        )
        world.triage(session, abuse())
    incident, *others = incidents(world)
    assert others == []
    assert (incident.first_at, incident.last_at) == (times[0], times[-1])
    with world.store.reading() as session:
        categories = session.scalars(select(ProposalRow.category).order_by(ProposalRow.item_id))
        assert categories.all() == [Abuse.VIRTUAL_MOBBING] * MANY + [Abuse.PERSONAL_ABUSE]


def test_what_arrives_late_is_counted_with_what_came_after_it(world: World) -> None:
    pile_on(world, MANY - 1, start=NOW)
    pile_on(world, 1, start=NOW - hours(1), first=MANY)
    assert len(incidents(world)) == 1


def test_one_author_who_writes_often_is_no_crowd(world: World) -> None:
    for n in range(MANY + 1):
        pile_on(world, 1, start=NOW + n * MINUTE)
    assert incidents(world) == []


def test_authors_that_the_platform_withholds_make_no_crowd(world: World) -> None:
    pile_on(world, MANY + 2, withheld=True)
    assert incidents(world) == []
    pile_on(world, MANY - 1, start=NOW + hours(1))
    assert incidents(world) == []


def test_an_item_of_a_withheld_author_belongs_to_the_incident_it_falls_into(world: World) -> None:
    pile_on(world, MANY)
    pile_on(world, 1, start=NOW + hours(1), withheld=True)
    incident = incidents(world)[0]
    assert (incident.authors, incident.occasions) == (MANY, MANY + 1)


@pytest.mark.parametrize("made", [abuse(SERVICE), unfriendly(), unfriendly(NotAbuse.QUESTION)])
def test_criticism_and_words_at_the_service_are_no_mobbing(world: World, made: Proposal) -> None:
    pile_on(world, MANY + 1, made=made)
    with world.store.transaction() as session:
        at_once = [comment(f"{n}", f"{n}", created_at=NOW + n * MINUTE) for n in range(MANY + 1)]
        world.ingest(session, *at_once)
        world.triage(session, made)
    assert incidents(world) == []


def test_two_people_are_two_targets_and_two_organisations_two_records(world: World) -> None:
    pile_on(world, MANY - 1, made=abuse(DANA))
    pile_on(world, MANY - 1, made=abuse(SAM), first=20)
    pile_on(world, MANY - 1, made=abuse(DANA), first=40, org_id=OTHER_ORG)
    assert incidents(world) == []


def test_a_second_wave_weeks_later_is_an_incident_of_its_own(world: World) -> None:
    pile_on(world, MANY)
    pile_on(world, MANY, start=NOW + 20 * DAY)
    assert [incident.first_at for incident in incidents(world)] == [NOW, NOW + 20 * DAY]
