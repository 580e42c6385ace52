"""The codes of the record in the words that a stranger to Watchroom reads in a pack."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from moderation.evidence.notation import utc
from moderation.lifecycle import ActionState
from moderation.when import london, london_day

_PLATFORM: Final = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "youtube": "YouTube",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "manual": "A contact that staff logged",
}
# Codes that read wrongly when their underscores become spaces.
_SAID: Final = {
    "threat_serious": "Serious threat",
    "harassment_course": "Repeated harassment",
    "virtual_mobbing": "Pile-on",
    "doxing": "Private details published",
    "impersonation_account": "Impersonation",
    "humiliation_media": "Humiliating picture or clip",
    "malicious_falsehood": "Harmful falsehood",
    "unhide": "Shown again",
    "hide": "Hidden from the public",
    "delete": "Removed from the platform",
    "report": "Reported to the platform",
    "block": "Author blocked",
    "unblock": "Author no longer blocked",
    "temp_volunteer_secondee_epw": "Temporary staff, volunteer, secondee or early-career worker",
    "ict_help": "Help from the ICT team",
    "not_asked": "Not asked yet",
}
_DONE: Final[dict[str, str]] = {
    ActionState.PLANNED: "asked for",
    ActionState.SENT: "sent, not yet confirmed",
    ActionState.VERIFIED: "done, and seen to be done",
    ActionState.ACCEPTED: "taken on by the platform",
    ActionState.MOOT: "no longer needed",
    ActionState.NEEDS_PERSON: "waits for a person",
}
SEVERITY: Final = ("Not abuse", "Low", "Moderate", "High", "Critical")


def platform(code: str) -> str:
    """Return what a platform calls itself."""
    return _PLATFORM.get(code, code)


def say(code: str | None) -> str:
    """Return a code as words: its own where it has some, else its underscores as spaces."""
    if not code:
        return "Not said"
    return _SAID.get(code) or code.replace("_", " ").capitalize()


def standing(state: ActionState) -> str:
    """Return where an action on the platform stands."""
    return _DONE.get(state) or say(state).lower()


def severity(level: int) -> str:
    """Return a severity in words."""
    return SEVERITY[min(max(level, 0), len(SEVERITY) - 1)]


def both_clocks(at: datetime | None, otherwise: str = "not known") -> str:
    """Return a moment as clocks in London showed it and, in brackets, in UTC."""
    if at is None:
        return otherwise
    return f"{london_day(at)} at {london(at):%H:%M:%S %Z} ({utc(at)})"


def day_of(at: datetime | None) -> str:
    """Return a day in London's calendar as "20/11/2026"."""
    return f"{london(at):%d/%m/%Y}" if at else "not known"


def clock_of(at: datetime | None) -> str:
    """Return the time of day in London with its zone as "14:05 GMT"."""
    return f"{london(at):%H:%M %Z}" if at else "not known"


def defanged(address: str) -> str:
    """Return a web address that nothing makes a link of."""
    return address.replace("http", "hxxp", 1).replace("://", "[:]//", 1) if address else ""


def plural(count: int, one: str, many: str = "") -> str:
    """Return "1 record" or "3 records"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
