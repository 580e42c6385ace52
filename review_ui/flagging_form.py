"""Read the choice of how much to flag from an address or a form, and say one in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from moderation.errors import InvalidInput
from moderation.policy import Policy
from moderation.tuning.setting import LEAST, MOST, Aim, Choice

# What "flag more" and "flag less" mean.
STEP: Final = 0.15
_SHARE: Final = re.compile(r"0?[.,][0-9]{1,2}", re.ASCII)


class Level(StrEnum):
    """How much to flag, against now; for an aim, against what holds for all."""

    MORE = "more"
    AS_NOW = "as_now"
    LESS = "less"
    OWN = "own"
    EXACT = "exact"


LEVELS: Final = {
    Level.MORE: "Flag more",
    Level.AS_NOW: "As now",
    Level.LESS: "Flag less",
    Level.OWN: "As the policy says",
    Level.EXACT: "An exact figure",
}
AIMS: Final = {
    Aim.STAFF: "Aimed at staff, named or not",
    Aim.SERVICE: "Aimed at the service or at nobody",
    Aim.OTHERS: "Aimed at anybody else",
}

AIM_LEVELS: Final = (
    ("", "The same"),
    (Level.MORE.value, "Flag more"),
    (Level.LESS.value, "Flag less"),
    (Level.EXACT.value, "An exact figure"),
)


def from_query(query: Mapping[str, str], before: Choice, policy: Policy) -> Choice:
    """Return the choice that an address asks for; before is the one in force."""
    level = Level(_one_of(query, "level", LEVELS) or Level.AS_NOW)
    if level is Level.AS_NOW and query.get("exact", "").strip():
        level = Level.EXACT
    general = _general(query, level, before, policy)
    middle = policy.sureness.flag_from if general is None else general
    at = {aim: _at(query, aim, middle, before) for aim in Aim}
    return Choice(general, {aim: share for aim, share in at.items() if share is not None})


def from_form(form: Mapping[str, str]) -> Choice:
    """Return the choice that the page carried along to be put in force."""
    at = {aim: share(form, aim.value, AIMS[aim]) for aim in Aim if form.get(aim.value)}
    general = share(form, "flag_from", "The figure") if form.get("flag_from") else None
    return Choice(general, at)


def fields(choice: Choice) -> dict[str, str]:
    """Return a choice as the hidden fields of a form, for from_form."""
    at = {aim.value: f"{share:.2f}" for aim, share in choice.flag_at.items()}
    return {"flag_from": "" if choice.flag_from is None else f"{choice.flag_from:.2f}", **at}


def query_of(choice: Choice) -> dict[str, str]:
    """Return a choice as the arguments of an address, for from_query."""
    query = {"level": Level.OWN.value}
    if choice.flag_from is not None:
        query = {"level": Level.EXACT.value, "exact": f"{choice.flag_from:.2f}"}
    for aim, share in choice.flag_at.items():
        query |= {aim.value: Level.EXACT.value, f"{aim.value}_exact": f"{share:.2f}"}
    return query


def says(choice: Choice, policy: Policy) -> list[str]:
    """Return a choice in words, what holds for all first."""
    own = policy.sureness.flag_from
    general = own if choice.flag_from is None else choice.flag_from
    lines = [f"Flags from {general:.2f} on: {_compared(general, own)}."]
    return lines + [
        f"{AIMS[aim]}: from {share:.2f} on."
        for aim, share in sorted(choice.flag_at.items(), key=lambda pair: list(Aim).index(pair[0]))
    ]


def share(form: Mapping[str, str], name: str, label: str) -> float:
    """Return a figure between the least and the most that a setting may have."""
    value = form.get(name, "").strip()
    number = float(value.replace(",", ".")) if _SHARE.fullmatch(value) else 0.0
    if not LEAST <= number <= MOST:
        msg = f"{label} must be between {LEAST:.2f} and {MOST:.2f}, for example 0.40."
        raise InvalidInput(msg)
    return number


def _compared(general: float, own: float) -> str:
    if general == own:
        return "as the policy says"
    return f"{'more' if general < own else 'less'} than the policy, which says {own:.2f}"


def _general(
    query: Mapping[str, str], level: Level, before: Choice, policy: Policy
) -> float | None:
    now = policy.sureness.flag_from if before.flag_from is None else before.flag_from
    if level is Level.EXACT:
        return share(query, "exact", "The exact figure")
    if level is Level.OWN:
        return None
    return before.flag_from if level is Level.AS_NOW else _step(level, now)


def _at(query: Mapping[str, str], aim: Aim, middle: float, before: Choice) -> float | None:
    """Return the figure for one aim, None where it has none of its own."""
    level, exact = _one_of(query, aim.value, LEVELS), f"{aim.value}_exact"
    if level == Level.EXACT:
        return share(query, exact, AIMS[aim])
    if query.get(exact, "").strip():
        msg = f"{AIMS[aim]}: choose “{LEVELS[Level.EXACT]}” too, or empty the field of the figure."
        raise InvalidInput(msg)
    if level == Level.AS_NOW:
        return before.flag_at.get(aim)
    return _step(Level(level), middle) if level in (Level.MORE, Level.LESS) else None


def _step(level: Level, middle: float) -> float:
    moved = middle - STEP if level is Level.MORE else middle + STEP
    return round(min(MOST, max(LEAST, moved)), 2)


def _one_of(query: Mapping[str, str], name: str, known: Mapping[Level, str]) -> str:
    value = query.get(name, "")
    if value and value not in known:
        msg = "There is no such choice. Choose one from the list."
        raise InvalidInput(msg)
    return value
