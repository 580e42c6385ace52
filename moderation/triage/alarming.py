"""What is serious and new wakes people by itself; history wakes nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import patterns
from moderation.cases.opening import open_automatically
from moderation.policy import Policy
from moderation.reporting import alarms
from moderation.tables import ItemRow, PatternKind
from moderation.taxonomy import Severity
from moderation.triage.unread import Reading


def alarm(
    session: Session,
    org_id: str,
    readings: Sequence[Reading],
    found: patterns.Patterns,
    policy: Policy,
    *,
    hr_mailbox: Sequence[str],
    now: datetime,
) -> None:
    """Tell people and open a case for what is serious and new; history wakes nobody.

    A contact that staff logged belongs to a case from the start, whose members were told then.
    """
    since = now - timedelta(hours=policy.alert_max_age_hours)
    fresh = [
        r
        for r in readings
        if r.unread.is_latest and r.unread.occurred_at >= since and not r.unread.restricted
    ]
    # One author at several people is for whoever looks at the items; it wakes nobody.
    started = [
        pattern
        for pattern in found.started
        if pattern.last_at >= since and pattern.kind is not PatternKind.GROUP_COURSE_POSSIBLE
    ]
    flagged = [alarms.Flagged(r.unread.item_id, r.proposal) for r in fresh]
    alarms.sound(session, org_id, flagged, started, policy, hr_mailbox=hr_mailbox, now=now)
    critical = [
        r.unread.item_id
        for r in fresh
        if r.proposal.category is not None and r.proposal.severity is Severity.S4
    ]
    for item in session.scalars(select(ItemRow).where(ItemRow.id.in_(critical))).all():
        open_automatically(session, item, now=now)
