"""Alerts to people: one row and one job per recipient, promised with the fact they tell of."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit, jobs
from moderation.access import Actor, Role, system
from moderation.errors import InvalidInput
from moderation.lifecycle import AlertState
from moderation.reporting.recipients import ROLES, recipients_for
from moderation.store import insert_for
from moderation.tables import AlertRow

__all__ = ["promise_spooled", "raise_alert", "recipients_for"]

# What a mail may hold of a matter is a reference and a path; anything else is refused here, so
# that no text and no name can slip in by either.
_REF: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_-]{0,39}")
_PATH: Final = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_./-]*)?")
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,189}")


def raise_alert(
    session: Session,
    rule: str,
    about: str,
    *,
    ref: str,
    link_path: str,
    org_id: str,
    now: datetime,
    recipients: Sequence[str] | None = None,
    extra: Sequence[str] = (),
    also: Sequence[Role] = (),
    actor: Actor | None = None,
    kind: str = "alert",
) -> list[AlertRow]:
    """Promise one message to each recipient; the caller commits it with the fact it tells of.

    about is "item:12", "case:7" or the like. ref is what the mail shows (letters, digits, - and
    _), link_path the path of the page below the settings' base address. Without recipients, the
    rule's own are taken (recipients_for), with extra addresses and also roles.

    Returns the rows that this call made. A second call for the same rule, matter and recipient
    makes none. Where nobody at all can be told, the audit chain says so.

    Raises InvalidInput for an unknown rule, or for a reference, path or address that could carry
    more than it should.
    """
    _check(rule, ref, link_path)
    if recipients is None:
        recipients = recipients_for(session, org_id, rule, about=about, extra=extra, also=also)
    for address in recipients:
        _check_address(address)
    by = actor or system("alerts", org_id)
    rows = []
    for address in recipients:
        row = _insert(session, rule, about, ref, link_path, address, org_id, now)
        if row is not None:
            jobs.promise(session, kind, str(row.id), f"alert:{row.id}", at=now)
            rows.append(row)
    if rows or not recipients:
        verb = "alert.raise" if recipients else "alert.nobody_to_tell"
        detail = {"rule": rule, "alerts": [row.id for row in rows]}
        audit.append(session, verb, about, actor=by, at=now, detail=detail)
    return rows


def _insert(
    session: Session,
    rule: str,
    about: str,
    ref: str,
    link: str,
    address: str,
    org_id: str,
    now: datetime,
) -> AlertRow | None:
    """Return the new row, or None where this rule told this recipient of this matter before."""
    made = session.scalar(
        insert_for(session, AlertRow)
        .values(
            org_id=org_id,
            rule=rule,
            about=about,
            ref=ref,
            link=link,
            recipient=address,
            message_id=f"<alert.{secrets.token_hex(16)}@watchroom.internal>",
            state=AlertState.WANTED,
            created_at=now,
            last_error="",
        )
        .on_conflict_do_nothing(index_elements=["rule", "about", "recipient"])
        .returning(AlertRow.id)
    )
    return None if made is None else session.scalar(select(AlertRow).where(AlertRow.id == made))


def promise_spooled(session: Session, now: datetime) -> int:
    """Promise that letters written to the spool folder are sent now that mail is set up.

    Returns how many jobs this made. A second call on the same day makes none: a letter whose
    sending failed for good is tried again the next day, or when a person replays its job.
    """
    made = 0
    waiting = session.execute(
        select(AlertRow.id, AlertRow.rule).where(AlertRow.state == AlertState.SPOOLED)
    )
    for alert_id, rule in waiting.all():
        kind = "summary_mail" if rule.startswith("WEEK") else "alert"
        dedupe = f"alert:{alert_id}:spooled:{now.date().isoformat()}"
        made += jobs.promise(session, kind, str(alert_id), dedupe, at=now) is not None
    return made


def _check(rule: str, ref: str, link_path: str) -> None:
    if rule not in ROLES:
        msg = f"There is no alert rule {rule!r}; the rules are {', '.join(ROLES)}."
        raise InvalidInput(msg)
    if not _REF.fullmatch(ref):
        msg = "The reference of an alert may hold only letters, digits, hyphens and underscores."
        raise InvalidInput(msg)
    if not _PATH.fullmatch(link_path):
        msg = "The link of an alert is a path on this site, such as /items/12, and nothing else."
        raise InvalidInput(msg)


def _check_address(address: str) -> None:
    if not _ADDRESS.fullmatch(address):
        msg = "An address to be told is not a mail address. Check the accounts and the settings."
        raise InvalidInput(msg)
