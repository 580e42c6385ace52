"""Says what can be done about one item of a Facebook Page, and how where a person has to do it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from connectors.meta.facebook_records import Sort, sort_in
from connectors.meta.graph import told_in
from moderation.model import ActionKind, Capability, How, ItemRef

HIDDEN_MEANS: Final = "Hiding leaves it visible to the author and their friends."
FINAL: Final = "This is final: it cannot be undone."
NO_REPORTS: Final = "Facebook takes no reports from programs, so a person has to send it."
NO_AUTHOR: Final = (
    "Facebook does not tell us who wrote this, so only a person can ban them, beside the item."
)
CANNOT_HIDE: Final = "Facebook says that this comment cannot be hidden."
CANNOT_REMOVE: Final = "Facebook says that this comment cannot be deleted."
ELSEWHERE: Final = "It stands on somebody else's page, so it is not ours to hide or delete."
REVIEW: Final = "Facebook lets nobody hide or delete a review; it can be reported."
OWN: Final = "This was written by the Page itself."
PERSONS: Final = "This bans the person from the Page; they are not told."

NOT_OURS: Final[Mapping[Sort, str]] = {Sort.MENTION: ELSEWHERE, Sort.REVIEW: REVIEW}
"""Sorts of items that nobody but their writer can hide or delete."""

NOTES: Final[Mapping[ActionKind, str]] = {
    ActionKind.HIDE: HIDDEN_MEANS,
    ActionKind.DELETE: FINAL,
    ActionKind.REPORT: NO_REPORTS,
    ActionKind.BLOCK: PERSONS,
}

# As delivered in permalink_url; anything else is no link of Facebook's.
_LINK: Final = re.compile(
    r"https://(?:www|m|web)\.facebook\.com/[A-Za-z0-9._~/?&=%:+,-]{1,1000}", re.ASCII
)
_FIND: Final = "Open the item on Facebook, signed in as the Page."
_REPORT: Final = (
    _FIND,
    "Press “…” beside it.",
    "Press “Report”, or “Find support or report”.",
    "Choose the reason that fits and send it.",
)
_BAN: Final = (_FIND, "Press “…” beside the author's name.", "Press “Ban” and confirm.")
_UNBAN: Final = (
    "Open the Page's settings on Facebook.",
    "Open “Blocking” or “Banned people”.",
    "Choose the person and press “Unban”.",
)


def link_of(url: str) -> str:
    """Return a delivered address when it surely leads to Facebook, else nothing."""
    return url if _LINK.fullmatch(url) else ""


def capability(ref: ItemRef, action: ActionKind, page_id: str) -> Capability:
    """Say what can be done about one item, from what is held of it."""
    told = told_in(ref.raw)
    if action is ActionKind.REPORT:
        return Capability(How.BY_HAND, NO_REPORTS, link_of(ref.url), _REPORT)
    if action in {ActionKind.BLOCK, ActionKind.UNBLOCK}:
        return _about_author(ref, action, page_id)
    why = _refused(told, action)
    return Capability(How.NO, why) if why else Capability(How.API, NOTES.get(action, ""))


def _about_author(ref: ItemRef, action: ActionKind, page_id: str) -> Capability:
    if ref.author_id == page_id:
        return Capability(How.NO, OWN)
    if ref.author_id:
        return Capability(How.API, NOTES.get(action, ""))
    steps = _BAN if action is ActionKind.BLOCK else _UNBAN
    return Capability(How.BY_HAND, NO_AUTHOR, link_of(ref.url), steps)


def _refused(told: Mapping[str, Any], action: ActionKind) -> str:
    """Return why an item cannot be hidden, shown or deleted; empty when it can."""
    return forbidden(told, action) or NOT_OURS.get(sort_in(told), "")


def forbidden(told: Mapping[str, Any], action: ActionKind) -> str:
    """Return what Facebook itself says against it; empty when it says nothing."""
    if action is ActionKind.HIDE and told.get("can_hide") is False:
        return CANNOT_HIDE
    if action is ActionKind.DELETE and told.get("can_remove") is False:
        return CANNOT_REMOVE
    return ""
