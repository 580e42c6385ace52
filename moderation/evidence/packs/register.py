"""The register of packs: who asked for which, on what authority, and who was given it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from moderation import audit, jobs
from moderation.access import Actor
from moderation.errors import Conflict, InvalidInput
from moderation.evidence.packs.choosing import Chosen, choose
from moderation.evidence.packs.consent import checked_consent
from moderation.evidence.packs.details import checked_details
from moderation.evidence.packs.holding import hold
from moderation.evidence.packs.kinds import KINDS
from moderation.evidence.packs.said import said
from moderation.evidence.packs.seeing import see_disclosure
from moderation.evidence.packs.shape import Kind
from moderation.lifecycle import DisclosureEvent, DisclosureState
from moderation.store import insert_for
from moderation.tables import DisclosureRow, PackKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

JOB: Final = "pack"
_FORM_ID: Final = range(8, 65)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: a pack of subject for recipient, on some authority.

    subject is what people write: C-7KQ2M9D4, item:12, EV-2026-000123, author:@handle, 2026-Q4.
    consent is what the person affected said: "given", "overridden" (a risk to life, with why in
    consent_note) or "not_needed". details are what only this kind needs to be told.
    """

    kind: PackKind
    subject: str
    recipient: str
    authority: str
    consent: str = "not_needed"
    consent_note: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


def ask(
    session: Session, request: Request, *, form_id: str, actor: Actor, now: datetime
) -> DisclosureRow:
    """Put a pack on the register and promise to make it; the caller commits.

    A kind whose pack must not lose its records holds them from then on. The same form sent twice
    is one pack. Raises NotAllowed, NotFound, InvalidInput and EvidenceMissing, each before anything
    is kept.
    """
    if len(form_id) not in _FORM_ID:
        raise InvalidInput(_NO_FORM)
    held = _asked_before(session, form_id, actor)
    if held is not None:
        return held
    kind = KINDS[request.kind]
    chosen = choose(session, kind, request.subject, actor, now, request.details)
    values = _values(session, kind, request, chosen, actor, now)
    made = session.scalar(
        insert_for(session, DisclosureRow)
        .values(**values, form_id=form_id)
        .on_conflict_do_nothing(index_elements=["form_id"])
        .returning(DisclosureRow.id)
    )
    if made is None:
        return _won_the_race(session, form_id, actor)
    row = session.scalars(select(DisclosureRow).where(DisclosureRow.id == made)).one()
    row.ref = f"D-{now:%Y}-{row.id:04d}"
    row.about = row.about or f"disclosure:{row.id}"
    hold(session, kind, row, chosen, actor)
    detail = {"disclosure": row.id, "kind": row.kind.value, "consent": row.consent}
    audit.append(session, "pack.asked", row.about, actor=actor, at=now, detail=detail)
    jobs.promise(session, JOB, str(row.id), f"{JOB}:{row.id}", at=now)
    session.flush()
    return row


_NO_FORM: Final = "The form was sent without its id. Open the page again and send it once."
_AT_ONCE: Final = "The form was sent twice at once. Open the list of packs: it holds one of them."


def _won_the_race(session: Session, form_id: str, actor: Actor) -> DisclosureRow:
    """Return what the other press of the same button put on the register."""
    held = _asked_before(session, form_id, actor)
    if held is None:
        raise Conflict(_AT_ONCE)
    return held


def _asked_before(session: Session, form_id: str, actor: Actor) -> DisclosureRow | None:
    row = session.scalar(select(DisclosureRow).where(DisclosureRow.form_id == form_id))
    if row is not None and (row.org_id, row.requested_by) != (actor.org_id, actor.ref):
        raise InvalidInput(_NO_FORM)
    return row


def _values(
    session: Session,
    kind: Kind,
    request: Request,
    chosen: Chosen,
    actor: Actor,
    now: datetime,
) -> dict[str, Any]:
    consent, note = checked_consent(kind, request.consent, request.consent_note, chosen, actor)
    found = chosen.contents
    return {
        # The number needs the id, which only the row itself brings.
        "ref": secrets.token_hex(10),
        "org_id": actor.org_id,
        "kind": kind.name,
        "about": chosen.about,
        "subject": said(request.subject, "What the pack is of", most=80),
        "case_id": found.case.id if found and found.case else None,
        "state": DisclosureState.ASKED,
        "recipient": said(request.recipient, "Who the pack is for"),
        "authority": said(request.authority, "On what authority it is given"),
        "consent": consent,
        "consent_note": note,
        "details": checked_details(session, kind, request.details, chosen, actor.org_id),
        "requested_by": actor.ref,
        "requested_at": now,
        "done": 0,
        "total": len(found.captured) if found and kind.rule else 0,
        "why": "",
        "handed_to": "",
        "handed_how": "",
        "handed_by": "",
    }


def ask_again(session: Session, ref: str, *, actor: Actor, now: datetime) -> DisclosureRow:
    """Put a pack that could not be made back to work, as things stand now.

    Raises NotFound, and IllegalTransition when it did not fail.
    """
    row = see_disclosure(session, actor, ref, lock=True)
    audit.move(session, row, DisclosureEvent.ASK, actor=actor, at=now)
    row.requested_at, row.why, row.done = now, "", 0
    jobs.promise(session, JOB, str(row.id), f"{JOB}:{row.id}:{now.timestamp():.6f}", at=now)
    return row


def hand_over(
    session: Session, ref: str, *, to: str, how: str, actor: Actor, now: datetime
) -> DisclosureRow:
    """Record who was given a pack and how. Handed over already: IllegalTransition."""
    row = see_disclosure(session, actor, ref, lock=True)
    row.handed_to, row.handed_how = said(to, "Who it was given to"), said(how, "How it was given")
    row.handed_by, row.handed_at = actor.ref, now
    audit.move(session, row, DisclosureEvent.HAND_OVER, actor=actor, at=now)
    detail = {"disclosure": row.id, "sha256": row.sha256}
    audit.append(session, "pack.handed_over", row.about, actor=actor, at=now, detail=detail)
    return row


def withdraw(
    session: Session, ref: str, *, reason: str, actor: Actor, now: datetime
) -> DisclosureRow:
    """Take back a pack that nobody was given: its file goes, its line stays, with the reason."""
    row = see_disclosure(session, actor, ref, lock=True)
    row.why = said(reason, "The reason")
    audit.move(session, row, DisclosureEvent.WITHDRAW, actor=actor, at=now)
    if row.path is not None:
        jobs.promise(session, JOB, str(row.id), f"{JOB}:{row.id}:withdrawn", at=now)
    return row
