"""Turns the fields of one labelled comment into what is true of it, or says what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from moderation.taxonomy import (
    URGENT_CHECK_FIRST,
    Abuse,
    CheckFirst,
    NotAbuse,
    Severity,
    TargetType,
)
from worker.lines import Line, line_of

# Only the distances between comments count, so any day will do as the day of the post.
_POSTED: Final = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTES: Final = re.compile(r"-?\d{1,7}(?:\.0)?")
_TRUTHS: Final = {"true": True, "1": True, "1.0": True, "yes": True} | {
    "false": False,
    "0": False,
    "0.0": False,
    "no": False,
}
_QUOTED: Final = 40

_Code = TypeVar("_Code", bound=StrEnum)


class Group(StrEnum):
    """What comments are put together by, so that figures can be told apart."""

    TAG = "tag"
    SECTOR = "sector"
    ORGANISATION = "organisation"
    PLATFORM = "platform"
    WRITER = "writer"


_FIELD: Final = {
    Group.TAG: "reasons",
    Group.SECTOR: "sector",
    Group.ORGANISATION: "org",
    Group.PLATFORM: "platform",
    Group.WRITER: "writer",
}


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled comment: how it is read, and what is true of it.

    abusive says whether it is abuse, wanted whether a person should see it, as abuse or as urgent.
    kind_told says whether the label names what kind of abuse, or of not-abuse, it is. What the
    label does not tell is None, or empty.
    """

    line: Line
    abusive: bool
    wanted: bool
    kind_told: bool = False
    categories: tuple[Abuse, ...] = ()
    not_abuse: NotAbuse | None = None
    severity: Severity | None = None
    target: TargetType | None = None
    staff_id: str = ""
    check_first: frozenset[CheckFirst] | None = None
    pair: str = ""
    groups: Mapping[Group, tuple[str, ...]] = field(default_factory=dict)


def example(values: Mapping[str, Any], number: int, org: str) -> Example:
    """Return the labelled comment of line number. Raises ValueError that says what is wrong."""
    if values.get("id") in (None, ""):
        values = {**values, "id": number}
    line = line_of(values, org)
    if line.wrong:
        raise ValueError(line.wrong)
    minutes = _minutes(values.get("minutes_after_post"))
    if minutes is not None:
        line = replace(line, at=_POSTED + timedelta(minutes=minutes))
    categories, not_abuse = _categories(values), _code(NotAbuse, values, "not_abuse")
    if categories and not_abuse:
        raise ValueError("category and not_abuse contradict each other")
    abusive = _is_abusive(values, categories, not_abuse)
    checks = _checks(values)
    flagged = _truth(values, "flagged")
    urgent = bool(URGENT_CHECK_FIRST & (checks or frozenset()))
    return Example(
        line=line,
        abusive=abusive,
        wanted=abusive or (urgent if flagged is None else flagged),
        kind_told=bool(categories or not_abuse) or (not abusive and _names_category(values)),
        categories=categories,
        not_abuse=not_abuse,
        severity=_severity(values),
        target=_code(TargetType, values, "target_type"),
        staff_id=_text(values, "target_staff_id"),
        check_first=checks,
        pair=_text(values, "pair"),
        groups={group: named for group in Group if (named := _list(values, _FIELD[group]))},
    )


def _is_abusive(
    values: Mapping[str, Any], categories: tuple[Abuse, ...], not_abuse: NotAbuse | None
) -> bool:
    """Return whether the label says abuse: by its kind, else by toxic, else by flagged alone."""
    toxic, flagged = _truth(values, "toxic"), _truth(values, "flagged")
    if categories or not_abuse:
        return bool(categories)
    if toxic is not None:
        return toxic
    if _names_category(values):
        return False
    if flagged is None:
        raise ValueError("no label: give category, not_abuse, flagged or toxic")
    return flagged


def _names_category(values: Mapping[str, Any]) -> bool:
    """Return whether there is a field for the category, so that an empty one says "none"."""
    return "category" in values or "categories" in values


def _categories(values: Mapping[str, Any]) -> tuple[Abuse, ...]:
    told = [*_list(values, "category"), *_list(values, "categories")]
    return tuple(dict.fromkeys(_known(Abuse, one, "category") for one in told))


def _checks(values: Mapping[str, Any]) -> frozenset[CheckFirst] | None:
    if values.get("check_first") is None:
        return None
    return frozenset(_known(CheckFirst, one, "check_first") for one in _list(values, "check_first"))


def _severity(values: Mapping[str, Any]) -> Severity | None:
    told = _text(values, "severity")
    if told and told not in Severity.__members__:
        raise ValueError(f"severity {_shown(told)} is not one of S0 to S4")
    return Severity[told] if told else None


def _code(kind: type[_Code], values: Mapping[str, Any], name: str) -> _Code | None:
    told = _text(values, name)
    return _known(kind, told, name) if told else None


def _known(kind: type[_Code], told: str, name: str) -> _Code:
    if told not in set(kind):
        raise ValueError(f"{name} {_shown(told)} is not known")
    return kind(told)


def _truth(values: Mapping[str, Any], name: str) -> bool | None:
    told = values.get(name)
    if told in (None, ""):
        return None
    if (truth := _TRUTHS.get(str(told).strip().lower())) is None:
        raise ValueError(f"{name} must be 0 or 1, not {_shown(told)}")
    return truth


def _minutes(told: object) -> int | None:
    if told in (None, ""):
        return None
    if not _MINUTES.fullmatch(str(told)):
        raise ValueError("minutes_after_post must be a whole number")
    return int(float(str(told)))


def _text(values: Mapping[str, Any], name: str) -> str:
    told = values.get(name)
    if told is None:
        return ""
    if isinstance(told, str | int) and not isinstance(told, bool):
        return str(told).strip()
    raise ValueError(f"{name} must be a text")


def _list(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a list as JSON has it, or as a CSV cell has it, split at semicolons."""
    told = values.get(name)
    if isinstance(told, str):
        return _without_empty(told.split(";"))
    if told is None:
        return ()
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise ValueError(f"{name} must be a list of texts")
    return _without_empty(told)


def _without_empty(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(one.strip() for one in parts if one.strip())


def _shown(told: object) -> str:
    """Return a value from a stranger's file so that no sign in it can steer a terminal."""
    return json.dumps(str(told)[:_QUOTED])
