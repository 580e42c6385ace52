"""Every page there is: one line per blueprint, and the pages that need nobody signed in."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

from review_ui import (
    accounts,
    action_acts,
    additions,
    audit_log,
    case_moves,
    case_work,
    cases,
    contacts,
    evidence_files,
    fine_words,
    flagging,
    health,
    help_page,
    holds,
    home,
    hooks,
    item,
    item_acts,
    packs,
    preferences,
    quarantine,
    queue,
    retention,
    sign_in,
    staff,
    summary,
    upkeep,
    users,
    waiting_acts,
)

PAGES: Final[tuple[Blueprint, ...]] = (
    health.pages,
    sign_in.pages,
    home.pages,
    queue.pages,
    item.pages,
    item_acts.pages,
    action_acts.pages,
    waiting_acts.pages,
    additions.pages,
    evidence_files.pages,
    holds.pages,
    cases.pages,
    case_work.pages,
    case_moves.pages,
    contacts.pages,
    packs.pages,
    accounts.pages,
    quarantine.pages,
    staff.pages,
    summary.pages,
    flagging.pages,
    fine_words.pages,
    retention.pages,
    upkeep.pages,
    preferences.pages,
    users.pages,
    audit_log.pages,
    help_page.pages,
    hooks.pages,
)

# Everything else asks for a signed-in person before its view runs.
OPEN_TO_ALL: Final = frozenset(
    {
        "static",
        "health.show",
        "hooks.receive",
        "hooks.verify",
        "sign_in.show",
        "sign_in.submit",
    }
)
