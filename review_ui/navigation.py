"""The menu: what a role can open, and nothing that it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from moderation.access import Right
from moderation.queries import disclosures
from review_ui.shell import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    href: str
    text: str
    current: bool


_ITEMS: Final = (Right.SEE_ITEMS, Right.SEE_ITEMS_WITH_REASON)

# Address, words, and the rights of which one is enough.
_MENU: Final[tuple[tuple[str, str, tuple[Right, ...]], ...]] = (
    ("/audit", "Audit", (Right.SEE_AUDIT,)),
    ("/queue", "Queue", _ITEMS),
    ("/cases", "Cases", (Right.WORK_CASE,)),
    ("/packs", "Packs", disclosures.READERS),
    ("/contacts/new", "Log a contact", (Right.LOG_CONTACT,)),
    ("/summary", "Weekly summary", (Right.SEE_SUMMARY, Right.SEE_WIDE_SUMMARY)),
    ("/flagging", "Flagging", (Right.SEE_TUNING,)),
    ("/retention", "Retention", (Right.SEE_RETENTION,)),
    ("/quarantine", "Quarantine", (Right.SEE_QUARANTINE,)),
    ("/accounts", "Accounts", (Right.SEE_ACCOUNTS,)),
    ("/health", "Health", (Right.SEE_HEALTH,)),
    ("/staff", "Staff directory", (Right.MANAGE_STAFF,)),
    ("/users", "People", (Right.MANAGE_USERS,)),
    ("/help", "Help", ()),
)


def entries(person: Person | None, path: str) -> list[Entry]:
    """Return the menu of a person; nothing for nobody."""
    if person is None:
        return []
    return [
        Entry(href, text, current=_within(path, href))
        for href, text, rights in _MENU
        if not rights or any(person.actor.may(right) for right in rights)
    ]


def _within(path: str, href: str) -> bool:
    """Say whether a page belongs to an entry of the menu."""
    if href == "/queue" and path.startswith("/items/"):
        return True
    return path == href or path.startswith(f"{href}/")


def home(person: Person) -> str:
    """Return where a person's work starts: the first entry of the menu."""
    return entries(person, "/")[0].href
