"""The cap on a storm of alerts: what comes after twenty in an hour is told in one letter.

Nothing is lost by it: every alert keeps its row, its items stand in the queue, and a row that was
told together with others says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.lifecycle import AlertEvent, AlertState
from moderation.tables import AlertRow

CAP: Final = 20
WINDOW: Final = timedelta(hours=1)
# A storm goes on being told, but not more often than this.
PAUSE: Final = timedelta(minutes=15)
# What one letter may speak for, so that settling it stays well inside a lease.
MOST: Final = 500
# Safety, cases and weekly letters are few and never folded.
FOLDABLE: Final = frozenset({"AL1", "AL2", "AL4", "AL10"})
FOLDED: Final = "Told in one letter with others, because many alerts came within an hour."


@dataclass(frozen=True, slots=True)
class Sending:
    """The alerts that the next letter speaks for, oldest first.

    wait_s above 0 says that it is too early for another folded letter.
    """

    alerts: tuple[AlertRow, ...]
    is_folded: bool = False
    wait_s: float = 0.0


def next_letter(
    session: Session, alert_id: int, *, is_configured: bool, now: datetime
) -> Sending | None:
    """Return what to send for an alert; None when nothing is left to do.

    Each rule is capped by itself for each recipient, so that a storm of high-severity items
    cannot hold a critical one back.
    """
    alert = session.scalar(select(AlertRow).where(AlertRow.id == alert_id))
    open_states = _open_states(is_configured)
    if alert is None or alert.state not in (*open_states, AlertState.FAILED):
        return None
    if alert.rule not in FOLDABLE or _letters_sent(session, alert, now) < CAP:
        return Sending((alert,))
    since = session.scalar(
        select(func.max(_told_at())).where(_same(alert), AlertRow.last_error == FOLDED)
    )
    if since is not None and since + PAUSE > now:
        return Sending((alert,), is_folded=True, wait_s=(since + PAUSE - now).total_seconds())
    waiting = session.scalars(
        select(AlertRow)
        .where(_same(alert), AlertRow.state.in_(open_states))
        .order_by(AlertRow.id)
        .limit(MOST)
    )
    return Sending(tuple(waiting) or (alert,), is_folded=True)


def settle(
    session: Session, sending: Sending, event: AlertEvent, *, now: datetime, why: str = ""
) -> None:
    """Move every alert that the letter spoke for; one that was settled meanwhile is left alone."""
    ids = [alert.id for alert in sending.alerts]
    rows = session.scalars(
        select(AlertRow)
        .where(AlertRow.id.in_(ids))
        .order_by(AlertRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        if not _may(row, event):
            continue
        audit.move(session, row, event, actor=system("mail", row.org_id), at=now, reason=why)
        row.last_error = FOLDED if sending.is_folded else why
        if event is AlertEvent.ACCEPT:
            row.accepted_at = now


def _may(row: AlertRow, event: AlertEvent) -> bool:
    """Say whether the event changes the row; a letter spooled twice is spooled already."""
    if event is AlertEvent.ACCEPT:
        return row.state in {AlertState.WANTED, AlertState.SPOOLED, AlertState.FAILED}
    return row.state is AlertState.WANTED


def _open_states(is_configured: bool) -> tuple[AlertState, ...]:
    spooled = (AlertState.SPOOLED,) if is_configured else ()
    return (AlertState.WANTED, *spooled)


def _letters_sent(session: Session, alert: AlertRow, now: datetime) -> int:
    """Count the letters of the last hour that spoke for one alert each."""
    sent = select(func.count()).where(
        _same(alert),
        AlertRow.state.in_((AlertState.ACCEPTED, AlertState.SPOOLED, AlertState.ACKNOWLEDGED)),
        AlertRow.last_error != FOLDED,
        AlertRow.id != alert.id,
        _told_at() > now - WINDOW,
    )
    return session.execute(sent).scalar_one()


def _same(alert: AlertRow) -> ColumnElement[bool]:
    return and_(
        AlertRow.org_id == alert.org_id,
        AlertRow.rule == alert.rule,
        AlertRow.recipient == alert.recipient,
    )


def _told_at() -> ColumnElement[datetime]:
    """Return when a letter left; what lies in the spool folder has only the time it was made."""
    return func.coalesce(AlertRow.accepted_at, AlertRow.created_at)
