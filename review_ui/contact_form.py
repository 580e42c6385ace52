"""Read the form of a logged contact and of a new case into what the use cases take."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

from werkzeug.datastructures import MultiDict

from moderation.cases.opening import Opening
from moderation.contacts import CHANNELS, Contact, Wish, checked
from moderation.errors import InvalidInput
from moderation.model import ItemKind
from moderation.taxonomy import Severity
from moderation.when import LONDON
from review_ui import forms
from review_ui.sheet import Sheet

Form = MultiDict[str, str]
FindStaff = Callable[[str], str | None]

_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", re.ASCII)
_LONGEST_WORDS: Final = 20_000
# Nobody is involved and nobody else looks after the case.
_NOBODY: Final[tuple[frozenset[int], int | None]] = (frozenset(), None)


def read_contact(form: Form, find_staff: FindStaff, now: datetime) -> tuple[Contact | None, Sheet]:
    """Return the contact, or None with what is to be corrected."""
    sheet = Sheet()
    kind = sheet.read("kind", lambda: _channel(form), ItemKind.PHONE_CALL)
    danger = sheet.read("danger", lambda: _yes_or_no(form, "danger"), instead=True)
    staff_id = sheet.read("staff", lambda: find_staff(form.get("staff", "")), None)
    on = sheet.read("on-day", lambda: _day(form), now.date())
    clock = sheet.read("clock", lambda: _clock(form), (0, 0))
    words = sheet.read("words", lambda: _words(form), "")
    wish = sheet.read("wish", lambda: _wish(form), None)
    people = sheet.read("independent", lambda: _people(form), _NOBODY)
    if sheet.faults or wish is None:
        return None, sheet
    contact = Contact(
        kind=kind,
        happened_at=_moment(on, clock),
        words=words,
        wish=wish,
        staff_id=staff_id,
        person=form.get("person", "").strip()[:200],
        shown=form.get("shown", "").strip()[:200],
        withheld=forms.checked(form, "withheld"),
        danger=danger,
        circumstances=form.get("circumstances", "").strip()[: forms.TEXT_MAXIMUM],
        conflicted=people[0],
        independent_id=people[1],
    )
    kept = sheet.read("staff", lambda: checked(contact, now=now), None)
    return kept, sheet


def read_opening(form: Form, find_staff: FindStaff) -> tuple[Opening | None, Sheet]:
    """Return what the opener of a case says, or None with what is to be corrected."""
    sheet = Sheet()
    staff_id = sheet.read("staff", lambda: find_staff(form.get("staff", "")), None)
    reason = sheet.read("reason", lambda: forms.reason(form), "")
    safeguarding = sheet.read(
        "safeguarding", lambda: _yes_or_no(form, "safeguarding"), instead=False
    )
    severity = sheet.read("severity", lambda: read_severity(form), None)
    people = sheet.read("independent", lambda: _people(form), _NOBODY)
    if sheet.faults:
        return None, sheet
    opening = Opening(
        reason=reason,
        affected_staff_id=staff_id,
        affected_person=form.get("person", "").strip()[:200],
        severity=severity,
        safeguarding=safeguarding,
        conflicted=people[0],
        independent_id=people[1],
        another=forms.checked(form, "another"),
    )
    return opening, sheet


def read_severity(form: Form) -> Severity | None:
    """Return the severity that was chosen, or None. Raises InvalidInput for an unknown one."""
    number = form.get("severity", "")
    if not number:
        return None
    if number not in {str(int(level)) for level in Severity}:
        raise InvalidInput("Choose a severity from the list.")
    return Severity(int(number))


def _channel(form: Form) -> ItemKind:
    chosen = form.get("kind", "")
    if chosen not in {channel.value for channel in CHANNELS}:
        raise InvalidInput("Choose how they made contact.")
    return ItemKind(chosen)


def _wish(form: Form) -> Wish:
    chosen = form.get("wish", "")
    if chosen not in {wish.value for wish in Wish}:
        raise InvalidInput("Choose what you would like to follow from this.")
    return Wish(chosen)


def _day(form: Form) -> date:
    on = forms.maybe_day(form, "on", label="the day of the contact")
    if on is None:
        raise InvalidInput("Enter the day of the contact.")
    return on


def _yes_or_no(form: Form, name: str) -> bool:
    answer = form.get(name, "")
    if answer not in {"yes", "no"}:
        raise InvalidInput("Choose yes or no. If you are not sure, choose yes.")
    return answer == "yes"


def _clock(form: Form) -> tuple[int, int]:
    found = _CLOCK.fullmatch(form.get("clock", "").strip())
    if found is None:
        raise InvalidInput("Write the time in hours and minutes, for example 14:30.")
    return int(found[1]), int(found[2])


def _words(form: Form) -> str:
    return forms.text(
        form, "words", minimum=3, maximum=_LONGEST_WORDS, label="What was said or written"
    )


def _people(form: Form) -> tuple[frozenset[int], int | None]:
    """Return who is named as involved and who is wanted as independent contact, by user id."""
    ids = form.getlist("conflicted")
    if not all(re.fullmatch(r"[0-9]{1,18}", value, re.ASCII) for value in ids):
        raise InvalidInput("Choose people from the list.")
    wanted = forms.maybe_integer(form, "independent", label="Independent contact")
    return frozenset(map(int, ids)), wanted


def _moment(on: date, clock: tuple[int, int]) -> datetime:
    """Return the moment that a clock in the United Kingdom showed."""
    local = datetime(on.year, on.month, on.day, *clock, tzinfo=LONDON)
    return local.astimezone(UTC)
