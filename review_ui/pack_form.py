"""Read the form that asks for a pack, with everything that is to be corrected in one answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.errors import EvidenceMissing, InvalidInput, NotAllowed, NotFound
from moderation.evidence.packs.choosing import Chosen, WhichPlatform, choose
from moderation.evidence.packs.consent import checked_consent
from moderation.evidence.packs.register import Request
from moderation.evidence.packs.shape import Detail, Kind
from review_ui import forms, pack_words
from review_ui.sheet import Sheet

Form = Mapping[str, str]

LONGEST_SUBJECT: Final = 80
# A detail that may be longer than this gets a field of several lines.
ONE_LINE: Final = 200
_PLATFORM: Final = "platform"


def field_of(name: str) -> str:
    """Return the name that a detail of a kind has on the form."""
    return f"detail-{name}"


def read_request(
    session: Session, kind: Kind, form: Form, actor: Actor, now: datetime
) -> tuple[Request | None, Sheet]:
    """Return what is asked for, or None with what is to be corrected. Nothing is kept."""
    sheet = Sheet()
    subject = _said(sheet, form, "subject", "“What is the pack of?”", LONGEST_SUBJECT)
    chosen = _chosen(session, kind, form, actor, now, sheet) if subject else None
    recipient = _said(sheet, form, "recipient", "“Who is it for?”")
    authority = _said(sheet, form, "authority", "“On what authority is it given?”")
    note = _said(sheet, form, "consent_note", "What you say about agreement", needed=False)
    consent = form.get("consent", "")
    if chosen is not None:
        sheet.read("consent", lambda: checked_consent(kind, consent, note, chosen, actor), ("", ""))
    details = {name: _detail(sheet, form, name, one) for name, one in kind.details.items()}
    if sheet.faults:
        return None, sheet
    asked = Request(kind.name, subject, recipient, authority, consent, note, details)
    return asked, sheet


def _chosen(
    session: Session, kind: Kind, form: Form, actor: Actor, now: datetime, sheet: Sheet
) -> Chosen | None:
    """Return what the pack would be of; what stands in the way is noted under the field."""
    details = {_PLATFORM: form.get(field_of(_PLATFORM), "")}
    try:
        return choose(session, kind, form.get("subject", ""), actor, now, details)
    except WhichPlatform as err:
        sheet.wrong(field_of(_PLATFORM), str(err))
    except (InvalidInput, NotFound, NotAllowed, EvidenceMissing) as err:
        sheet.wrong("subject", str(err))
    return None


def _detail(sheet: Sheet, form: Form, name: str, detail: Detail) -> str:
    label = f"“{pack_words.DETAIL[name][0]}”"
    return _said(sheet, form, field_of(name), label, detail.most, needed=detail.needed)


def _said(
    sheet: Sheet,
    form: Form,
    name: str,
    label: str,
    most: int = forms.TEXT_MAXIMUM,
    *,
    needed: bool = True,
) -> str:
    def read() -> str:
        return forms.text(form, name, minimum=int(needed), maximum=most, label=label)

    return sheet.read(name, read, "")
