"""The week's figures say what happened in it, and a week is made once whatever comes between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from moderation import review
from moderation.access import Actor, Role
from moderation.errors import InvalidInput, NotAllowed, NotFound
from moderation.lifecycle import ActionState, CaseState
from moderation.model import ActionKind, Author
from moderation.reporting import summary
from moderation.reporting.figures import Figures, Spread
from moderation.reporting.week import Week
from moderation.review import Finding
from moderation.tables import (
    AccountRow,
    AlertRow,
    CaseRow,
    DecisionOutcome,
    ItemRow,
    JobRow,
    JobState,
    Lane,
    PatternKind,
    PatternRow,
    PlatformActionRow,
    SummaryRow,
)
from moderation.taxonomy import Abuse, NotAbuse, PerpetratorType, Severity, TargetType
from tests.world import CLEAR, ORG, OTHER_ORG, POLICY, REASON, UNSCORED, World, proposal

WEEK = Week.named("2026-W47")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
_FORMS = count(1)

ABUSE = Finding(
    DecisionOutcome.ABUSE,
    REASON,
    category=Abuse.PERSONAL_ABUSE,
    severity=Severity.S2,
    target_type=TargetType.STAFF_GROUP,
)
CRITICISM = Finding(DecisionOutcome.NOT_ABUSE, REASON, not_abuse=NotAbuse.CRITICISM)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def decide(
    session: Session, world: World, item: ItemRow, finding: Finding, at: datetime, **more: Any
) -> None:
    """Let the comms lead look and decide."""
    actor = more.get("actor") or world.actor(Role.COMMS_LEAD)
    review.look(session, item.id, actor=actor, now=at - timedelta(minutes=10))
    session.flush()
    session.refresh(item)
    review.decide(
        session,
        item.id,
        finding,
        revision=item.revision,
        form_id=f"form-{next(_FORMS)}-aaaaaaaaaaaa",
        actor=actor,
        now=at,
    )
    session.flush()


def figures_of(world: World, week: Week = WEEK, now: datetime = AFTER) -> Figures:
    with world.store.reading() as session:
        return summary.compute(session, ORG, week, POLICY, now=now)


def test_an_empty_week_is_all_zeros_and_says_whose_it_is(world: World) -> None:
    figures = figures_of(world)
    assert (figures.read, figures.flagged, figures.abuse, figures.waiting) == (0, 0, 0, 0)
    assert (figures.org_name, figures.week, figures.so_far) == ("Northmoor", "2026-W47", False)
    assert (figures.flagged_decided, figures.left_decided) == (0, 0)


def test_what_was_read_is_flagged_unscored_or_clear_and_each_counts_once(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, now=MONDAY)
        world.item(session, "Bloody brilliant", CLEAR, now=MONDAY)
        world.item(session, "Dziękuję bardzo", UNSCORED, now=MONDAY + hours(30))
        world.item(session, "the week before", now=WEEK.starts - hours(0.01))
        world.item(session, "the week after", now=WEEK.ends)
        world.item(session, "another's", org_id=OTHER_ORG, now=MONDAY)
    figures = figures_of(world)
    assert (figures.read, figures.flagged, figures.not_scored) == (3, 1, 1)
    assert figures.still_to_score == 0
    assert figures.tables["read"]["day"] == {"2026-11-16": 2, "2026-11-17": 1}
    assert figures.tables["flagged"]["severity"] == {"S2": 1}
    assert figures.tables["flagged"]["category"] == {"personal_abuse": 1}
    assert figures.tables["flagged"]["target"] == {"named_staff": 1}


def test_every_table_adds_up_to_the_figure_of_its_name(world: World) -> None:
    with world.store.transaction() as session:
        for n in range(12):
            made = proposal(severity=Severity(1 + n % 4), category=list(Abuse)[n % 5])
            item = world.item(session, f"clown {n}", made, now=MONDAY + hours(11 * n))
            if n % 3:
                decide(session, world, item, ABUSE, MONDAY + hours(11 * n + 1))
    figures = figures_of(world)
    assert (figures.read, figures.flagged, figures.abuse) == (12, 12, 8)
    for name, tables in figures.tables.items():
        for cells in tables.values():
            assert sum(cells.values()) == figures.headline(name)


def test_an_evening_in_summer_belongs_to_the_day_that_london_has(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, now=datetime(2026, 7, 21, 23, 30, tzinfo=UTC))
    figures = figures_of(world, Week.named("2026-W30"))
    assert figures.tables["read"]["day"] == {"2026-07-22": 1}


def test_the_hour_that_comes_twice_counts_on_its_sunday(world: World) -> None:
    with world.store.transaction() as session:
        for minutes in (0, 60, 119):
            at = datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=minutes)
            world.item(session, f"at {minutes}", now=at)
        world.item(session, "late", now=datetime(2026, 10, 25, 23, 59, tzinfo=UTC))
    figures = figures_of(world, Week.named("2026-W43"))
    assert figures.tables["read"]["day"] == {"2026-10-25": 4}
    assert figures_of(world, Week.named("2026-W44")).read == 0


def test_findings_count_in_the_week_in_which_they_were_made_and_the_last_one_counts(
    world: World,
) -> None:
    with world.store.transaction() as session:
        late = world.item(session, "late", now=WEEK.starts - hours(5))
        decide(session, world, late, ABUSE, MONDAY)
        changed = world.item(session, "changed", now=MONDAY)
        decide(session, world, changed, ABUSE, MONDAY + hours(1))
        decide(session, world, changed, CRITICISM, MONDAY + hours(2))
        clear = world.item(session, "clear", UNSCORED, now=MONDAY)
        decide(session, world, clear, ABUSE, MONDAY + hours(3))
    figures = figures_of(world)
    assert (figures.abuse, figures.not_abuse, figures.house_rule) == (2, 1, 0)
    assert (figures.flagged_confirmed, figures.flagged_decided) == (1, 2)


def test_words_edited_away_stay_flagged(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, "You clown", now=MONDAY, native_id="c-9")
        world.item(session, "You star", CLEAR, now=MONDAY + hours(1), native_id="c-9")
    figures = figures_of(world)
    assert (figures.read, figures.flagged) == (1, 1)


def test_times_run_from_the_reading_to_the_look_the_decision_and_the_effect(world: World) -> None:
    with world.store.transaction() as session:
        for n in range(1, 11):
            item = world.item(session, f"n {n}", now=MONDAY)
            evidence = world.capture(session, item, now=MONDAY)
            decide(session, world, item, ABUSE, MONDAY + hours(n))
            decision_id = 1
            session.add(
                PlatformActionRow(
                    org_id=ORG,
                    item_id=item.id,
                    decision_id=decision_id,
                    evidence_id=evidence.id,
                    kind=ActionKind.HIDE,
                    generation=1,
                    state=ActionState.VERIFIED if n > 2 else ActionState.REFUSED,
                    reason=REASON,
                    requested_by=world.users[ORG, Role.COMMS_LEAD].id,
                    requested_at=MONDAY + hours(n),
                    verified_at=MONDAY + hours(n + 1) if n > 2 else None,
                    form_id=f"act-{n}",
                )
            )
            session.flush()
    figures = figures_of(world)
    assert figures.times["first_look"] == Spread(10, int(5.5 * 3600) - 600, 9 * 3600 - 600)
    assert figures.times["decision"] == Spread(10, int(5.5 * 3600), 9 * 3600)
    assert figures.times["action"] == Spread(8, int(7.5 * 3600), 11 * 3600)
    assert [(a.kind, a.state, a.count) for a in figures.actions] == [
        ("hide", "refused", 2),
        ("hide", "verified", 8),
    ]


def test_what_waited_at_the_weeks_end_is_counted_back_when_it_was_decided_since(
    world: World,
) -> None:
    with world.store.transaction() as session:
        world.item(session, "still waiting", now=MONDAY)
        since = world.item(session, "decided on the Monday after", now=MONDAY)
        before = world.item(session, "decided in time", now=MONDAY)
        world.item(session, "came after", now=WEEK.ends + hours(1))
        decide(session, world, before, ABUSE, MONDAY + hours(1))
        decide(session, world, since, CRITICISM, WEEK.ends + hours(2))
    figures = figures_of(world, now=WEEK.ends + hours(9))
    assert (figures.waiting, figures.in_hand) == (2, 1)


def test_an_author_who_comes_back_is_a_count_and_nothing_else(world: World) -> None:
    writers = [Author("u-1", "@one", "Terry Vance"), Author("u-2", "@two", "Kim Hollis")]
    with world.store.transaction() as session:
        earlier = world.item(session, "first", now=MONDAY - hours(24 * 30), author=writers[0])
        decide(session, world, earlier, ABUSE, MONDAY - hours(24 * 29))
        for n, author in enumerate(writers):
            item = world.item(session, f"again {n}", now=MONDAY, author=author)
            decide(session, world, item, ABUSE, MONDAY + hours(1))
    figures = figures_of(world)
    assert (figures.authors, figures.repeat_authors) == (2, 1)
    kept = str(figures.as_json())
    assert not any(name in kept for name in ("u-1", "@one", "Terry", "Kim", "NM-1", "Dana"))


def test_patterns_and_cases_are_counts(world: World) -> None:
    with world.store.transaction() as session:
        session.add(
            PatternRow(
                org_id=ORG,
                kind=PatternKind.MOBBING,
                target_staff_id="NM-1",
                first_at=MONDAY,
                last_at=MONDAY,
                occasions=1,
                authors=7,
                says="Seven authors",
            )
        )
        for n, (opened, closed) in enumerate(
            [(MONDAY, None), (MONDAY - hours(300), MONDAY), (MONDAY - hours(400), None)]
        ):
            session.add(
                CaseRow(
                    ref=f"C-AAAAAAA{n}",
                    org_id=ORG,
                    state=CaseState.OPEN,
                    source="item",
                    severity=2,
                    perpetrator_type=PerpetratorType.UNKNOWN,
                    opened_by="system:test",
                    opened_at=opened,
                    closed_at=closed,
                )
            )
    figures = figures_of(world)
    assert figures.patterns == {"mobbing": 1}
    assert (figures.cases_opened, figures.cases_closed, figures.cases_open) == (1, 1, 2)


def test_themes_count_what_was_proposed_or_found_to_be_criticism(world: World) -> None:
    criticism = proposal(
        None, outcome=CLEAR.outcome, severity=Severity.S0, not_abuse=NotAbuse.CRITICISM
    )
    with world.store.transaction() as session:
        world.item(session, "You took ages and nobody came", criticism, now=MONDAY)
        found = world.item(session, "We waited, you clowns", now=MONDAY)
        decide(session, world, found, CRITICISM, MONDAY + hours(1))
        lost = world.item(session, "closing stations again", criticism, now=MONDAY)
        session.refresh(lost)
        review.reopen(
            session,
            lost.id,
            reason=REASON,
            revision=lost.revision,
            actor=world.actor(Role.COMMS_LEAD),
            now=MONDAY,
        )
        decide(session, world, lost, ABUSE, MONDAY + hours(1))
        world.item(session, "late, said kindly", CLEAR, now=MONDAY)
    figures = figures_of(world)
    assert figures.criticism == 2
    assert figures.themes["Response times"] == 2
    assert figures.themes["Closures and cuts"] == 0


def test_contacts_that_staff_logged_are_no_items_of_the_week(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session, now=MONDAY)
        session.execute(update(ItemRow).where(ItemRow.id == item.id).values(restricted=True))
    figures = figures_of(world)
    assert (figures.read, figures.flagged, figures.waiting) == (0, 0, 0)


def poll_jobs(session: Session, account: AccountRow, *times: datetime) -> None:
    """Record polls as the worker leaves them."""
    for at in times:
        session.add(
            JobRow(
                lane=Lane.INGEST,
                kind="poll",
                ref=str(account.id),
                dedupe=f"poll:{account.id}:{at.timestamp()}",
                state=JobState.DONE,
                run_after=at,
                created_at=at,
                done_at=at,
            )
        )


def test_an_account_that_was_not_read_for_seven_hours_is_owned_up_to(world: World) -> None:
    tuesday = MONDAY + hours(24)
    with world.store.transaction() as session:
        account = session.get_one(AccountRow, world.accounts[ORG].id)
        account.polled_at, account.created_at = AFTER, MONDAY - hours(24 * 60)
        at = WEEK.starts
        while at < WEEK.ends:
            if not tuesday < at < tuesday + hours(7):
                poll_jobs(session, account, at)
            at += hours(0.5)
    figures = figures_of(world)
    [gap] = figures.gaps
    assert (gap.account, gap.begins) == (str(world.accounts[ORG].id), tuesday.isoformat())
    assert gap.ends == (tuesday + hours(7)).isoformat()
    assert figures.coverage_unknown == ()


def test_an_account_that_only_takes_files_has_no_gaps(world: World) -> None:
    assert figures_of(world).gaps == ()


def test_of_a_week_long_past_it_is_said_that_its_readings_are_no_longer_known(
    world: World,
) -> None:
    with world.store.transaction() as session:
        account = session.get_one(AccountRow, world.accounts[ORG].id)
        account.polled_at, account.created_at = AFTER, MONDAY - hours(24 * 60)
    figures = figures_of(world, now=AFTER + hours(24 * 60))
    assert figures.gaps == ()
    assert figures.coverage_unknown == (str(world.accounts[ORG].id),)


def test_a_week_that_runs_is_so_far_and_is_not_kept(world: World) -> None:
    figures = figures_of(world, now=MONDAY)
    assert figures.so_far
    with pytest.raises(InvalidInput, match="still runs"), world.store.transaction() as session:
        summary.keep(session, figures, now=MONDAY)
    with pytest.raises(InvalidInput, match="not begun"):
        figures_of(world, now=WEEK.starts - hours(1))


def test_an_unknown_organisation_is_not_found(world: World) -> None:
    with world.store.reading() as session, pytest.raises(NotFound):
        summary.compute(session, "nowhere", WEEK, POLICY, now=AFTER)


def test_due_weeks_run_from_the_first_item_to_the_last_monday_at_eight(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, now=MONDAY - hours(24 * 14))
    with world.store.reading() as session:
        early = summary.due_weeks(session, ORG, WEEK.due_at - hours(0.01))
        late = summary.due_weeks(session, ORG, WEEK.due_at)
        assert summary.due_weeks(session, OTHER_ORG, WEEK.due_at) == []
    assert [str(week) for week in early] == ["2026-W45", "2026-W46"]
    assert [str(week) for week in late] == ["2026-W45", "2026-W46", "2026-W47"]


def test_each_due_week_is_promised_once_however_often_the_clock_ticks(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, now=MONDAY)
    for tick in range(3):
        with world.store.transaction() as session:
            assert summary.promise_due(session, AFTER + hours(tick)) == (0 if tick else 1)
    with world.store.reading() as session:
        jobs = session.scalars(select(JobRow).where(JobRow.kind == "summary")).all()
    assert [(job.ref, job.dedupe) for job in jobs] == [
        ("northmoor:2026-W47", "summary:northmoor:2026-W47")
    ]


def test_a_week_missed_for_a_month_is_made_later_and_a_kept_one_is_not_due_again(
    world: World,
) -> None:
    with world.store.transaction() as session:
        world.item(session, now=MONDAY)
    with world.store.transaction() as session:
        figures = summary.compute(session, ORG, WEEK, POLICY, now=AFTER + hours(24 * 30))
        assert summary.keep(session, figures, now=AFTER + hours(24 * 30))
    with world.store.reading() as session:
        due = summary.due_weeks(session, ORG, AFTER + hours(24 * 30))
        letters = session.scalars(select(AlertRow)).all()
    assert "2026-W47" not in {str(week) for week in due}
    assert len(due) == 4
    assert letters == [], "a week this old is news to nobody"


def test_a_kept_week_never_changes_and_its_letters_are_promised_once(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, now=MONDAY)
    first = figures_of(world)
    with world.store.transaction() as session:
        assert summary.keep(session, first, now=AFTER)
    with world.store.transaction() as session:
        world.item(session, "read late", now=MONDAY)
        again = summary.compute(session, ORG, WEEK, POLICY, now=AFTER + hours(1))
        assert again.read == 2
        assert not summary.keep(session, again, now=AFTER + hours(1))
    with world.store.reading() as session:
        assert summary.kept(session, ORG, WEEK) == first
        assert len(session.scalars(select(SummaryRow)).all()) == 1
        letters = session.scalars(select(AlertRow).where(AlertRow.about.like("summary:%"))).all()
        jobs = session.scalars(select(JobRow).where(JobRow.kind == "summary_mail")).all()
    roles = (Role.COMMS_LEAD, Role.HR_LEAD, Role.BOARD_MEMBER)
    assert {row.recipient for row in letters} == {world.users[ORG, role].email for role in roles}
    assert {job.ref for job in jobs} == {str(row.id) for row in letters}


def test_figures_survive_their_way_through_the_record(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session, now=MONDAY)
        decide(session, world, item, ABUSE, MONDAY + hours(1))
        figures = summary.compute(session, ORG, WEEK, POLICY, now=AFTER)
        summary.keep(session, figures, now=AFTER)
    with world.store.reading() as session:
        assert summary.kept(session, ORG, WEEK) == figures


def test_the_list_of_weeks_is_the_actors_own_and_needs_the_right(world: World) -> None:
    with world.store.transaction() as session:
        for week in ("2026-W45", "2026-W47", "2026-W46"):
            figures = summary.compute(session, ORG, Week.named(week), POLICY, now=AFTER)
            summary.keep(session, figures, now=AFTER)
    with world.store.reading() as session:
        listed = summary.kept_weeks(session, world.actor(Role.BOARD_MEMBER))
        other = summary.kept_weeks(session, world.actor(Role.BOARD_MEMBER, OTHER_ORG))
        with pytest.raises(NotAllowed):
            summary.kept_weeks(session, Actor("root", ORG, Role.ADMINISTRATOR, 1))
    assert [str(week) for week in listed] == ["2026-W47", "2026-W46", "2026-W45"]
    assert other == []
