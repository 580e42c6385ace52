"""What the figures of a summary are called, and how counts, times and gaps read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from moderation.reporting.figures import AccountGap, Spread
from moderation.reporting.precision import Measured
from moderation.reporting.suppression import Cell, Shown
from moderation.reporting.week import Week
from moderation.when import london, london_day, london_time

HEADLINE: Final = {
    "read": "Items read",
    "flagged": "Flagged for a person",
    "not_scored": "Could not be scored, so a person looks",
    "abuse": "Confirmed as abuse",
    "not_abuse": "Found not to be abuse",
    "house_rule": "House-rule matters",
}
COLUMN: Final = {
    "read": "Read",
    "flagged": "Flagged",
    "abuse": "Confirmed as abuse",
    "actions": "Actions",
}
DIMENSION: Final = {
    "day": "Day",
    "severity": "Severity",
    "category": "Category",
    "target": "Aimed at",
    "account": "Account",
    "platform": "Platform",
    "action": "Action",
    "result": "Result",
}
SINGLE: Final = {
    "still_to_score": "Still to be read by the detectors",
    "waiting": "Waiting for a person at the week’s end",
    "in_hand": "Decided by the week’s end and still in hand",
    "quarantined": "Records that could not be taken in",
    "authors": "Authors of confirmed abuse",
    "repeat_authors": "Of these, with two or more in 90 days",
    "cases_opened": "Cases opened",
    "cases_closed": "Cases closed",
    "cases_open": "Cases open at the week’s end",
    "criticism": "Criticism and complaints",
}
TIME: Final = {
    "first_look": "Until a person first looked",
    "decision": "Until a person decided",
    "action": "Until an action took effect",
}
NOTHING_FOUND: Final = "Zero means that none was found in what was read."


def cell_says(cell: Cell | None, below: int = 5) -> str:
    """Return a count as people read it; None is a column that is not broken down."""
    if cell is None or cell.shown is Shown.HIDDEN:
        return "not shown"
    if cell.shown is Shown.FEW:
        return f"fewer than {below}"
    return f"about {cell.value:,}" if cell.shown is Shown.ROUNDED else f"{cell.value:,}"


def measured_says(measured: Measured) -> str:
    """Return how many were abuse, and the share where there are enough: "41 of 60 (68%)"."""
    said = f"{measured.confirmed:,} of {measured.decided:,}"
    return said if measured.percent is None else f"{said} ({measured.percent}%)"


def flagged_says(whole: Measured) -> str:
    """Return how right the machine was about what it flagged."""
    if not whole.decided:
        return "Nobody decided about a flagged item this week."
    said = f"Of the flagged items that people decided about this week, {measured_says(whole)}"
    return f"{said} {'was' if whole.confirmed == 1 else 'were'} abuse."


def left_says(left: Measured) -> str:
    """Return what people found of what the machine had left alone."""
    if not left.decided:
        return (
            "Nobody decided about an item that the machine had left alone, so this week does not "
            "show what it misses."
        )
    said = "Of those that the machine had left alone and people decided about all the same, "
    said += measured_says(left)
    return f"{said} {'was' if left.confirmed == 1 else 'were'} abuse."


def length_says(seconds: int) -> str:
    """Return a length of time in its two largest units: "2 hours 5 minutes"."""
    if seconds < 60:
        return "under a minute"
    minutes = seconds // 60
    sizes = (("day", 1440), ("hour", 60), ("minute", 1))
    parts = []
    for unit, size in sizes:
        count, minutes = divmod(minutes, size)
        if count:
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(parts[:2])


def spread_says(spread: Spread) -> str:
    """Return how long something took, for most people to understand."""
    if not spread.n:
        return "None this week."
    return (
        f"Half within {length_says(spread.median_s)}, "
        f"nine in ten within {length_says(spread.p90_s)}."
    )


def gap_says(gap: AccountGap, account: str) -> str:
    """Return the sentence that owns up to a gap."""
    begins, ends = datetime.fromisoformat(gap.begins), datetime.fromisoformat(gap.ends)
    local = london(begins)
    length = length_says(int((ends - begins).total_seconds()))
    return (
        f"{account} was not read for {length}, from {local:%A} {local.day} {local:%B}, "
        f"{london_time(begins)}."
    )


def day_says(code: str) -> str:
    """Return "Monday 16 November" for "2026-11-16"."""
    day = date.fromisoformat(code)
    return f"{day:%A} {day.day} {day:%B}"


def week_says(week: Week) -> str:
    """Return "Week 47, 16 November to 22 November 2026"; both years where they differ."""
    first, last = week.days[0], week.days[-1]
    begins = f"{first.day} {first:%B}" + (f" {first.year}" if first.year != last.year else "")
    return f"Week {week.monday.isocalendar().week}, {begins} to {london_day(last)}"
