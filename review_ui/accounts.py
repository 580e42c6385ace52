"""The organisation's accounts: how well each is being read, and pausing and resuming one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from moderation import accounts
from moderation.access import Right
from moderation.accounts import health as account_health
from moderation.accounts.health import AccountHealth, Health
from review_ui import forms, shell, times
from review_ui.shell import needs

pages = Blueprint("accounts", __name__, url_prefix="/accounts")

# The word of each state and the colour of its tag.
HEALTH: Final[dict[Health, tuple[str, str]]] = {
    Health.READING: ("Being read", "green"),
    Health.NOT_READ_YET: ("Not read yet", "blue"),
    Health.LATE: ("Late", "yellow"),
    Health.FAILING: ("Failing", "orange"),
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
_CONNECTORS: Final = {"import": "Filled from files and by hand", "replay": "Follows a file"}
_ON_DEMAND: Final = "import"
_FOR_A_PERSON: Final = frozenset({Health.ACCESS_LOST, Health.FAILING, Health.LATE})


@dataclass(frozen=True, slots=True)
class Shown:
    """One account in words.

    every and read_at are empty for an account that is not polled. stopped says whether it takes a
    person to read it again, pausable whether there is anything to stop.
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


@pages.get("")
@needs(Right.SEE_ACCOUNTS)
def show() -> str:
    """List every account with its health."""
    with shell.reading() as session:
        found = account_health.health(session, actor=shell.actor(), now=shell.now())
    return render_template(
        "accounts.html",
        accounts=[_shown(one, shell.now()) for one in sorted(found, key=_worst_first)],
        may_manage=shell.actor().may(Right.MANAGE_ACCOUNTS),
        may_see_quarantine=shell.actor().may(Right.SEE_QUARANTINE),
    )


@pages.post("/<key>/pause")
@needs(Right.MANAGE_ACCOUNTS)
def pause(key: str) -> Response:
    """Stop reading an account, with the reason."""
    reason = forms.reason(request.form)
    with shell.transaction() as session:
        row = accounts.pause(session, key, reason=reason, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} is paused. Nothing is lost: it goes on where it was left.", "success")
    return redirect(url_for("accounts.show"), code=303)


@pages.post("/<key>/resume")
@needs(Right.MANAGE_ACCOUNTS)
def resume(key: str) -> Response:
    """Read an account again."""
    with shell.transaction() as session:
        row = accounts.resume(session, key, actor=shell.actor(), now=shell.now())
    flash(f"{row.name} will be read again within a minute.", "success")
    return redirect(url_for("accounts.show"), code=303)


def _worst_first(one: AccountHealth) -> int:
    """Return the place of an account; those in one state stay in the order of their names."""
    return 0 if one.health in _FOR_A_PERSON else 1


def _shown(one: AccountHealth, now: datetime) -> Shown:
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
        every=times.span(timedelta(seconds=one.poll_every_s)).removeprefix("1 "),
        quarantined=one.quarantined,
        stopped=stopped,
        pausable=not stopped,
    )


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
        return f"{_sentence(one.why)}Renew the access on the platform, then resume the account."
    if one.health is Health.PAUSED:
        return f"Paused: {_sentence(one.why)}Nothing is read until somebody resumes it.".strip()
    if one.health is Health.FAILING:
        times_failed = "The last try" if one.failures == 1 else f"The last {one.failures} tries"
        return f"{times_failed} failed. {_sentence(one.why)}It is tried again by itself."
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
