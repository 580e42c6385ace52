"""Readers of what a form sent: each returns a value of its type or says what to correct."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from moderation.errors import InvalidInput

E = TypeVar("E", bound=StrEnum)

REASON_MINIMUM: Final = 15
TEXT_MAXIMUM: Final = 2000

# Line feeds and tabs may stand in a text; nothing else that cannot be seen may be sent by a form.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FORM_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_form_id() -> str:
    """Return a fresh name for one sending of a form, so that a double click is one act."""
    return secrets.token_urlsafe(18)


def form_id(form: Mapping[str, str]) -> str:
    """Return the hidden name of this sending."""
    value = form.get("form_id", "")
    if not _FORM_ID.fullmatch(value):
        msg = "This form has lost its number. Open the page again and send it once more."
        raise InvalidInput(msg)
    return value


def revision(form: Mapping[str, str]) -> int:
    """Return the hidden revision that the page was made from."""
    return integer(form, "revision", minimum=0)


def text(
    form: Mapping[str, str],
    name: str,
    *,
    minimum: int = 0,
    maximum: int = TEXT_MAXIMUM,
    label: str = "",
) -> str:
    """Return a text without spaces around it, with line feeds as they are kept.

    minimum and maximum count characters. label is what the page calls the field.
    """
    value = form.get(name, "").replace("\r\n", "\n").strip()
    called = _called(name, label)
    if _UNSEEN.search(value):
        msg = f"{called} holds a character that cannot be kept. Type it again."
        raise InvalidInput(msg)
    if len(value) < minimum:
        msg = _too_short(called, minimum)
        raise InvalidInput(msg)
    if len(value) > maximum:
        msg = f"{called} is {len(value)} characters long; {maximum} is the most. Shorten it."
        raise InvalidInput(msg)
    return value


def reason(form: Mapping[str, str], *, minimum: int = REASON_MINIMUM) -> str:
    """Return the reason that goes into the record."""
    return text(form, "reason", minimum=minimum)


def choice(form: Mapping[str, str], name: str, kind: type[E], *, label: str = "") -> E:
    """Return the member of kind that was chosen."""
    found = maybe_choice(form, name, kind, label=label)
    if found is None:
        msg = f"Choose an answer for “{_called(name, label)}”."
        raise InvalidInput(msg)
    return found


def maybe_choice(form: Mapping[str, str], name: str, kind: type[E], *, label: str = "") -> E | None:
    """Return the member of kind that was chosen, or None when nothing was."""
    value = form.get(name, "")
    if not value:
        return None
    if value not in {member.value for member in kind}:
        msg = f"“{_called(name, label)}” has no such answer. Choose one from the list."
        raise InvalidInput(msg)
    return kind(value)


def integer(
    form: Mapping[str, str],
    name: str,
    *,
    minimum: int = 1,
    maximum: int = 2**63 - 1,
    label: str = "",
) -> int:
    """Return a whole number between minimum and maximum."""
    value = form.get(name, "").strip()
    if not re.fullmatch(r"[0-9]{1,19}", value, re.ASCII):
        msg = f"{_called(name, label)} must be a whole number."
        raise InvalidInput(msg)
    number = int(value)
    if not minimum <= number <= maximum:
        msg = f"{_called(name, label)} must be between {minimum} and {maximum}."
        raise InvalidInput(msg)
    return number


def maybe_integer(form: Mapping[str, str], name: str, *, label: str = "") -> int | None:
    """Return a whole number, or None when the field is empty."""
    return integer(form, name, label=label) if form.get(name, "").strip() else None


def checked(form: Mapping[str, str], name: str) -> bool:
    """Say whether a box was ticked."""
    return form.get(name, "") == "yes"


def day(form: Mapping[str, str], name: str, *, label: str = "") -> date:
    """Return the date of a date input: the fields name-day, name-month and name-year."""
    found = maybe_day(form, name, label=label)
    if found is None:
        msg = f"Enter a date for “{_called(name, label)}”."
        raise InvalidInput(msg)
    return found


def maybe_day(form: Mapping[str, str], name: str, *, label: str = "") -> date | None:
    """Return the date of a date input, or None when its three fields are empty."""
    parts = [form.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    called = _called(name, label)
    if not all(re.fullmatch(r"[0-9]{1,4}", part, re.ASCII) for part in parts):
        msg = f"“{called}” needs a day, a month and a year in numbers, for example 20 11 2026."
        raise InvalidInput(msg)
    year, month, day_ = map(int, parts)
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day_ <= _days_in(year, month)):
        msg = f"“{called}” is not a real date. Write for example 20 11 2026."
        raise InvalidInput(msg)
    return date(year, month, day_)


def _days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def _called(name: str, label: str) -> str:
    words = label or name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _too_short(called: str, minimum: int) -> str:
    if minimum == 1:
        return f"{called} is empty. Fill it in."
    return f"{called} is too short. Write at least {minimum} characters."
