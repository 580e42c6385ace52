"""What the next daily run would let go of, counted by class without changing anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from moderation.policy_parts import Retention
from moderation.retention import due
from moderation.retention.classes import NEED_TWO, Klass, Stay, Verdict


@dataclass(slots=True)
class Outlook:
    """Items counted: due by class, media due before its words, and why the rest stays.

    cases are due with their refs. whole is false where only the oldest items were looked at.
    """

    due: Counter[Klass] = field(default_factory=Counter)
    media: int = 0
    not_yet: Counter[Klass] = field(default_factory=Counter)
    stays: Counter[Stay] = field(default_factory=Counter)
    cases: dict[str, Klass] = field(default_factory=dict)
    whole: bool = True


def look_ahead(
    session: Session, org_id: str, periods: Retention, now: datetime, *, batches: int | None = None
) -> Outlook:
    """Return what a run would do now; batches bounds how many items are looked at, oldest first."""
    seen = Outlook()
    after, number = 0, 0
    while (batch := due.kept_items(session, org_id, periods, after=after)) is not None:
        if number == batches:
            seen.whole = False
            break
        for verdict in batch.verdicts.values():
            _count(seen, verdict, now)
        after, number = batch.last, number + 1
    for case, verdict in due.due_cases(session, org_id, periods, now):
        seen.cases[case.ref] = verdict.klass
    return seen


def _count(seen: Outlook, verdict: Verdict, now: datetime) -> None:
    if verdict.stays is not None:
        seen.stays[verdict.stays] += 1
    elif verdict.klass in NEED_TWO or not verdict.is_due(now):
        seen.not_yet[verdict.klass] += 1
        seen.media += verdict.media_due_at is not None and verdict.media_due_at <= now
    else:
        seen.due[verdict.klass] += 1
