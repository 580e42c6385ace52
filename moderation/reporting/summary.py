"""The weekly summary: computed from the record, kept once a week, promised to its readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor, Right, system
from moderation.errors import InvalidInput, NotFound
from moderation.policy import Policy
from moderation.reporting import counting, durations, measuring, standing
from moderation.reporting.alerts import raise_alert
from moderation.reporting.criticism import count_criticism
from moderation.reporting.figures import Account, ActionCount, Figures
from moderation.reporting.readings import coverage
from moderation.reporting.recipients import WEEK, WEEK_WIDE
from moderation.reporting.themes import Themes
from moderation.reporting.week import Week
from moderation.store import insert_for
from moderation.tables import AccountRow, ItemRow, OrganisationRow, SummaryRow

# A week that is made long after it ended is news to nobody; it stands on the page.
LETTERS_FOR: Final = timedelta(days=28)
_TOTALS: Final = (
    "read",
    "flagged",
    "not_scored",
    "still_to_score",
    "quarantined",
    "abuse",
    "not_abuse",
    "house_rule",
    "flagged_decided",
    "flagged_confirmed",
    "left_decided",
    "left_abuse",
    "waiting",
    "in_hand",
    "authors",
    "repeat_authors",
    "cases_opened",
    "cases_closed",
    "cases_open",
)
_TABLES: Final = ("read", "flagged", "abuse", "flagged_decided", "flagged_confirmed", "left_abuse")


def compute(session: Session, org_id: str, week: Week, policy: Policy, *, now: datetime) -> Figures:
    """Return the figures of a week in one read; of a running week they are "so far".

    Raises InvalidInput for a week that has not begun, NotFound for an unknown organisation.
    """
    if week.starts > now:
        msg = f"The week {week} has not begun yet."
        raise InvalidInput(msg)
    organisation = session.get(OrganisationRow, org_id)
    if organisation is None:
        msg = "There is no such organisation."
        raise NotFound(msg)
    counts = counting.Counts()
    counting.count_read(session, org_id, week, counts)
    counting.count_found(session, org_id, week, counts)
    measuring.count_measured(session, org_id, week, counts)
    standing.count_waiting(session, org_id, week, counts)
    standing.count_people_and_patterns(session, org_id, week, counts)
    standing.count_cases(session, org_id, week, counts)
    standing.count_quarantined(session, org_id, week, counts)
    accounts = _accounts(session, org_id)
    gaps, unknown = coverage(session, accounts, week, now=now)
    themes = Themes({theme.name: theme.words for theme in policy.themes})
    criticism, touched = count_criticism(session, org_id, week, themes, now=now)
    return Figures(
        week=str(week),
        org_id=org_id,
        org_name=organisation.name,
        begins=week.starts.isoformat(),
        ends=week.ends.isoformat(),
        made_at=now.isoformat(timespec="seconds"),
        so_far=now < week.ends,
        small_below=policy.small_numbers_below,
        tables=counting.tables_of(counts, _TABLES),
        accounts={str(row.id): Account(row.name, row.platform) for row in accounts},
        times=durations.times(session, org_id, week),
        actions=tuple(ActionCount(*row) for row in standing.count_actions(session, org_id, week)),
        patterns=dict(counts.tables["patterns"]["kind"]),
        criticism=criticism,
        themes=touched,
        gaps=tuple(gaps),
        coverage_unknown=tuple(unknown),
        **{name: counts.totals[name] for name in _TOTALS},
    )


def due_weeks(session: Session, org_id: str, now: datetime) -> list[Week]:
    """Return the weeks that should have a summary by now and have none, oldest first.

    They run from the organisation's first item to the last week whose Monday 8 o'clock has
    come, so that a week missed while nothing ran is made as soon as something does.
    """
    first: datetime | None = session.scalar(
        select(func.min(ItemRow.seen_at)).where(ItemRow.org_id == org_id)
    )
    if first is None:
        return []
    made = set(session.scalars(select(SummaryRow.iso_week).where(SummaryRow.org_id == org_id)))
    week, due = Week.of(first), []
    while week.due_at <= now:
        if str(week) not in made:
            due.append(week)
        week = week.plus(1)
    return due


def promise_due(session: Session, now: datetime) -> int:
    """Promise the summaries that are due in every organisation; returns how many are new.

    A second call makes none: the job is named for the organisation and the week.
    """
    made = 0
    for org_id in session.scalars(select(OrganisationRow.id).order_by(OrganisationRow.id)).all():
        for week in due_weeks(session, org_id, now):
            ref = f"{org_id}:{week}"
            made += jobs.promise(session, "summary", ref, f"summary:{ref}", at=now) is not None
    return made


def keep(session: Session, figures: Figures, *, now: datetime) -> bool:
    """Keep the summary of a full week and promise its letters; False where it was kept before.

    Raises InvalidInput for a week that still runs: a kept value never changes.
    """
    if figures.so_far:
        msg = f"The week {figures.week} still runs; its summary is made on the Monday after."
        raise InvalidInput(msg)
    made = session.scalar(
        insert_for(session, SummaryRow)
        .values(org_id=figures.org_id, iso_week=figures.week, value=figures.as_json(), made_at=now)
        .on_conflict_do_nothing(index_elements=["org_id", "iso_week"])
        .returning(SummaryRow.id)
    )
    if made is None:
        return False
    by = system("summary", figures.org_id)
    audit.append(session, "summary.make", f"summary:{figures.week}", actor=by, at=now)
    if Week.named(figures.week).due_at > now - LETTERS_FOR:
        for rule in (WEEK, WEEK_WIDE):
            _promise_letters(session, rule, figures, now)
    return True


def _promise_letters(session: Session, rule: str, figures: Figures, now: datetime) -> None:
    raise_alert(
        session,
        rule,
        f"summary:{figures.org_id}:{figures.week}",
        ref=figures.week,
        link_path=f"/summary/{figures.week}",
        org_id=figures.org_id,
        now=now,
        kind="summary_mail",
    )


def kept(session: Session, org_id: str, week: Week) -> Figures | None:
    """Return the kept summary of a week, or None where it has not been made."""
    value = session.scalar(
        select(SummaryRow.value).where(
            SummaryRow.org_id == org_id, SummaryRow.iso_week == str(week)
        )
    )
    return None if value is None else Figures.from_json(value)


def before(session: Session, org_id: str, week: Week) -> Mapping[str, Figures]:
    """Return the kept summaries of the four weeks before, by week; those that exist."""
    names = [str(week.plus(-n)) for n in range(1, 5)]
    rows = session.scalars(
        select(SummaryRow.value).where(SummaryRow.org_id == org_id, SummaryRow.iso_week.in_(names))
    )
    return {figures.week: figures for figures in map(Figures.from_json, rows)}


def kept_weeks(session: Session, actor: Actor, limit: int = 60) -> list[Week]:
    """Return the weeks of the actor's organisation that have a summary, newest first."""
    actor.require(Right.SEE_WIDE_SUMMARY)
    names = session.scalars(
        select(SummaryRow.iso_week)
        .where(SummaryRow.org_id == actor.org_id)
        .order_by(SummaryRow.iso_week.desc())
        .limit(limit)
    )
    return [Week.named(name) for name in names]


def _accounts(session: Session, org_id: str) -> Sequence[AccountRow]:
    return session.scalars(
        select(AccountRow).where(AccountRow.org_id == org_id).order_by(AccountRow.id)
    ).all()
