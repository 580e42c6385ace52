"""How well an account is read, in words for the accounts page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from moderation.accounts.health import AccountHealth, Health
from review_ui import times

# The word of each state and the colour of its tag.
HEALTH: Final[dict[Health, tuple[str, str]]] = {
    Health.READING: ("Being read", "green"),
    Health.NOT_READ_YET: ("Not read yet", "blue"),
    Health.LATE: ("Late", "yellow"),
    Health.FAILING: ("Failing", "orange"),
    Health.LACKING: ("Lacks a permission", "orange"),
    Health.RESTING: ("Waiting for the platform", "yellow"),
    Health.PAUSED: ("Paused", "grey"),
    Health.ACCESS_LOST: ("Access lost", "red"),
}
_PLATFORMS: Final = {
    "bluesky": "Bluesky",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "manual": "Contacts that staff log",
    "mastodon": "Mastodon",
    "x": "X",
    "youtube": "YouTube",
}
_CONNECTORS: Final = {
    "import": "Filled from files and by hand",
    "replay": "Follows a file",
    "bluesky": "Through its programming interface",
    "facebook_page": "Through its programming interface",
    "instagram": "Through its programming interface",
    "mastodon": "Through its programming interface",
    "x": "Through its programming interface",
    "youtube": "Through its programming interface",
}
_ON_DEMAND: Final = "import"
_FOR_A_PERSON: Final = frozenset({Health.ACCESS_LOST, Health.FAILING, Health.LACKING, Health.LATE})
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_EXPIRES_SOON: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shown:
    """One account in words.

    every and read_at are empty for an account that is not polled. stopped says whether it takes a
    person to read it again, pausable whether there is anything to stop. lost says that its access
    has to be given again. lacks pairs a missing permission with what it is for; facts are further
    lines of a name and what it is.
    """

    key: str
    name: str
    platform: str
    connector: str
    state: str
    colour: str
    says: str
    read_at: datetime | None
    brought_at: datetime | None
    every: str
    quarantined: int
    stopped: bool
    pausable: bool
    lost: bool = False
    stand_in: bool = False
    lacks: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


Purposes = Mapping[str, Mapping[str, str]]
"""For each connector, what each permission is for."""


def shown(found: Sequence[AccountHealth], purposes: Purposes, now: datetime) -> list[Shown]:
    """Return the accounts in words, those that need a person first."""
    return [_shown(one, purposes, now) for one in sorted(found, key=_worst_first)]


def _worst_first(one: AccountHealth) -> int:
    """Return the place of an account; those in one state stay in the order of their names."""
    return 0 if one.health in _FOR_A_PERSON else 1


def _shown(one: AccountHealth, purposes: Purposes, now: datetime) -> Shown:
    stopped = one.health in {Health.PAUSED, Health.ACCESS_LOST}
    if one.connector == _ON_DEMAND and not stopped:
        return _shown_on_demand(one)
    state, colour = HEALTH[one.health]
    return Shown(
        key=one.key,
        name=one.name,
        platform=_platform(one.platform),
        connector=_CONNECTORS.get(one.connector, one.connector),
        state=state,
        colour=colour,
        says=_says(one, now),
        read_at=one.read_at,
        brought_at=one.brought_at,
        every=_every(one.poll_every_s),
        quarantined=one.quarantined,
        stopped=stopped,
        pausable=not stopped,
        lost=one.health is Health.ACCESS_LOST,
        stand_in=_is_stand_in(one),
        lacks=_lacks(one, purposes),
        facts=tuple(_facts(one, now)),
    )


def _every(seconds: int) -> str:
    """Return how far apart two polls lie, to stand behind "every"."""
    if seconds < 60:
        return f"{seconds} seconds"
    return times.span(timedelta(seconds=seconds)).removeprefix("1 ")


def _lacks(one: AccountHealth, purposes: Purposes) -> tuple[tuple[str, str], ...]:
    """Return each permission that is missing, with what it is for."""
    if not one.missing:
        return ()
    told = purposes[one.connector]
    return tuple((name, told.get(name, "")) for name in one.missing)


def _facts(one: AccountHealth, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield what is known of an account beyond how well it is read."""
    if one.native_name:
        yield "On the platform", one.native_name
    if one.checked_at is not None:
        yield (
            "Access checked",
            f"{times.when(one.checked_at)} ({times.waited(one.checked_at, now)} ago)",
        )
    if one.expires_at is not None:
        yield "Access ends", times.when(one.expires_at)
    if one.back_to is not None and not one.back_done:
        come = f"so far back to {times.day_words(one.reached)}" if one.reached else "not begun yet"
        yield "Earlier comments", f"Being read back to {times.day_words(one.back_to)}; {come}"
    elif one.back_to is not None:
        yield "Earlier comments", f"Read back to {times.day_words(one.back_to)}"
    if one.swept_at is not None:
        yield (
            "Read again whole",
            f"{times.when(one.swept_at)} ({times.waited(one.swept_at, now)} ago)",
        )
    if one.spent is not None:
        title, form = _COST.get(one.platform, ("Used in this period", ",.2f"))
        yield title, format(one.spent, form)


# What a platform counts, and how the number is written.
_COST: Final = {
    "x": ("Cost this month, in US dollars", ",.2f"),
    "youtube": ("Units used today", ",.0f"),
}


def _is_stand_in(one: AccountHealth) -> bool:
    """Say whether an account's settings lead to a stand-in on this machine."""
    addresses = [str(value) for name, value in one.settings.items() if name.endswith("_url")]
    return any(urlsplit(address).hostname in _LOOPBACK for address in addresses)


def _shown_on_demand(one: AccountHealth) -> Shown:
    """Return an account that takes in what people bring: it is always ready, and never late."""
    return Shown(
        key=one.key,
        name=one.name,
        platform=_platform(one.platform),
        connector=_CONNECTORS[_ON_DEMAND],
        state="Ready",
        colour="green",
        says="",
        read_at=None,
        brought_at=one.brought_at,
        every="",
        quarantined=one.quarantined,
        stopped=False,
        pausable=False,
    )


def _platform(name: str) -> str:
    return _PLATFORMS.get(name, name.capitalize())


def _says(one: AccountHealth, now: datetime) -> str:
    """Return what a person should know or do about an account; nothing when all is well."""
    if one.health is Health.ACCESS_LOST:
        return (
            f"{_sentence(one.why)}Renew the access on the platform, then give it here with the "
            "command below, or resume the account if only the platform had to be told. Nothing is "
            "lost: reading goes on where it was left."
        )
    if one.health is Health.PAUSED:
        return f"Paused: {_sentence(one.why)}Nothing is read until somebody resumes it.".strip()
    if one.health is Health.FAILING:
        times_failed = "The last try" if one.failures == 1 else f"The last {one.failures} tries"
        return f"{times_failed} failed. {_sentence(one.why)}It is tried again by itself."
    if one.health is Health.LACKING:
        return "Its access lacks a permission. What needs it is not done; the rest goes on."
    if one.health is Health.RESTING and one.rest_until is not None:
        return f"{_sentence(one.why)}It is read again from {times.clock(one.rest_until)}."
    if one.expires_at is not None and one.expires_at - now <= _EXPIRES_SOON:
        return f"Its access ends on {times.when(one.expires_at)}. Renew it before then."
    if one.health is Health.LATE:
        return (
            f"Not read for {times.waited(one.read_at, now)}. Check that the worker runs."
            if one.read_at
            else "Never read since it was added. Check that the worker runs."
        )
    return ""


def _sentence(why: str) -> str:
    """Return a reason as a sentence with a space behind it, or nothing."""
    said = why.strip()
    if not said:
        return ""
    return f"{said} " if said.endswith((".", "!", "?")) else f"{said}. "
