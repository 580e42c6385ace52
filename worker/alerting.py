"""The alert job: one letter for one alert, or one for many when a storm of them has come."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from sqlalchemy.orm import Session

from moderation import jobs
from moderation.errors import NotFound
from moderation.jobs import Claim
from moderation.lifecycle import AlertEvent
from moderation.reporting import editions, summary
from moderation.reporting.alerts import raise_alert
from moderation.reporting.folding import Sending, next_letter, settle
from moderation.reporting.recipients import WEEK, WEEK_WIDE
from moderation.reporting.week import Week
from moderation.settings import Settings
from moderation.tables import AlertRow
from worker import letters
from worker.errors import GiveUp, TryLater
from worker.mail import Sent
from worker.workshop import Workshop


def send_alert(shop: Workshop, held: Claim) -> None:
    """Send the letter of an alert and note what became of it.

    Sent again after a crash, it carries the same Message-ID. A letter that the server refuses for
    good marks its alert failed before the job is given up.
    """
    now = shop.now()
    with shop.store.reading() as session:
        sending = next_letter(
            session, int(held.ref), is_configured=shop.post.is_configured, now=now
        )
        letter = _letter(session, sending, shop.settings) if sending else None
    if sending is None or letter is None:
        _finish(shop, held)
        return
    if sending.wait_s:
        raise TryLater(sending.wait_s, "more alerts are told together", counts=False)
    _send(shop, held, sending, letter)


def _send(shop: Workshop, held: Claim, sending: Sending, letter: EmailMessage) -> None:
    try:
        outcome = shop.post.send(letter)
    except GiveUp as err:
        _fail(shop, sending, str(err))
        raise
    event = AlertEvent.ACCEPT if isinstance(outcome, Sent) else AlertEvent.SPOOL
    now = shop.now()
    with shop.store.transaction() as session:
        settle(session, sending, event, now=now)
        jobs.finish(session, held, now=now)


def when_dead(shop: Workshop, held: Claim) -> None:
    """Mark the alert failed when its tries are used up, and tell the administrators of it once.

    Their letter may reach them where this one did not; a letter to them that fails in its turn
    stands on the health page and raises none.
    """
    with shop.store.reading() as session:
        alert = session.get(AlertRow, int(held.ref))
    if alert is None:
        return
    _fail(shop, Sending((alert,)), "It could not be delivered.")
    if alert.rule != "AL10":
        with shop.store.transaction() as session:
            _escalate(session, alert, held.id, shop.now())


def _escalate(session: Session, alert: AlertRow, job_id: int, now: datetime) -> None:
    raise_alert(
        session,
        "AL10",
        f"alert:{alert.id}",
        ref=f"J-{job_id}",
        link_path="/health",
        org_id=alert.org_id,
        now=now,
    )


def _fail(shop: Workshop, sending: Sending, why: str) -> None:
    with shop.store.transaction() as session:
        settle(session, sending, AlertEvent.FAIL, now=shop.now(), why=why)


def _finish(shop: Workshop, held: Claim) -> None:
    with shop.store.transaction() as session:
        jobs.finish(session, held, now=shop.now())


def _letter(session: Session, sending: Sending, settings: Settings) -> EmailMessage:
    alert = sending.alerts[0]
    if alert.rule in {WEEK, WEEK_WIDE}:
        return letters.week_letter(alert, _edition(session, alert), settings)
    if sending.is_folded:
        return letters.folded_letter(alert, len(sending.alerts), settings)
    return letters.alert_letter(alert, settings)


def _edition(session: Session, alert: AlertRow) -> editions.Edition:
    week = Week.named(alert.ref)
    figures = summary.kept(session, alert.org_id, week)
    if figures is None:
        msg = f"The summary of {week} is not kept."
        raise NotFound(msg)
    return editions.wide(figures, summary.before(session, alert.org_id, week))
