"""Take third parties out of what one person may have, and list where, for a person to check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from moderation.tables import StaffRow, UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STAFF: Final = "a member of staff"
USER: Final = "a person who works with Watchroom"
ACCOUNT: Final = "another account"
CONTACT: Final = "an address or a number"
COLUMNS: Final = ("place", "taken_out", "times", "check")
CHECK: Final = "A list of names took these out. Read the place: a nickname is on no list."

_HANDLE: Final = re.compile(r"(?<![\w@])@[\w.-]{2,100}")
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_NUMBER: Final = re.compile(r"(?<!\d)(?:\+?44|0)(?:[ -]?\d){9,10}(?!\d)")
_SHORTEST: Final = 3


@dataclass
class Redactor:
    """Takes names out and counts what it took from where.

    names maps each name to what sort of person it is. own are the person's own names, which stay.
    """

    names: Mapping[str, str]
    own: frozenset[str] = frozenset()
    taken: dict[str, Counter[str]] = field(default_factory=dict)
    _names: re.Pattern[str] | None = None
    _folded: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = [name for name in self.names if name.casefold() not in self.own]
        self._folded = {name.casefold(): self.names[name] for name in known}
        if known:
            longest_first = sorted(known, key=len, reverse=True)
            either = "|".join(re.escape(name) for name in longest_first)
            self._names = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

    def clean(self, place: str, text: str | None) -> str:
        """Return a text without third parties; place says where it stands, for the list."""
        kept = text or ""
        for pattern, what in ((_MAIL, CONTACT), (_NUMBER, CONTACT), (_HANDLE, ACCOUNT)):
            kept = self._take(place, kept, pattern, what)
        if self._names is not None:
            kept = self._names.sub(lambda found: self._named(place, found[0]), kept)
        return kept

    def review(self) -> list[dict[str, object]]:
        """Return what was taken out, by place; it holds none of it."""
        return [
            {"place": place, "taken_out": what, "times": times, "check": CHECK}
            for place, counts in self.taken.items()
            for what, times in sorted(counts.items())
        ]

    def _take(self, place: str, text: str, pattern: re.Pattern[str], what: str) -> str:
        def instead(found: re.Match[str]) -> str:
            if found[0].casefold() in self.own:
                return found[0]
            return self.gone(place, what)

        return pattern.sub(instead, text)

    def _named(self, place: str, name: str) -> str:
        return self.gone(place, self._folded.get(name.casefold(), STAFF))

    def gone(self, place: str, what: str) -> str:
        """Count one thing as taken out and return what stands in its place."""
        self.taken.setdefault(place, Counter())[what] += 1
        return f"[{what}]"


def redactor(session: Session, org_id: str, own: Iterable[str]) -> Redactor:
    """Return what takes out everybody of the organisation but the person whose data it is."""
    names: dict[str, str] = {}
    for user in session.scalars(select(UserRow).where(UserRow.org_id == org_id)):
        names[user.name] = USER
    for staff in session.scalars(select(StaffRow).where(StaffRow.org_id == org_id)):
        for name in (staff.full_name, *staff.aliases, *staff.full_name.split()):
            names[name] = STAFF
        names[staff.staff_id] = STAFF
    mine = frozenset(
        part.casefold() for name in own if name for part in (name, *name.split()) if part
    )
    return Redactor({n: what for n, what in names.items() if len(n) >= _SHORTEST}, mine)
