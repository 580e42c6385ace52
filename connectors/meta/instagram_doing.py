"""Says what can be done about one item on Instagram, and how where a person has to do it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from connectors.meta.instagram_records import Sort, post_link, sort_of, told_of
from moderation.model import ActionKind, Capability, How, ItemRef

# Unconfirmed: that a comment's author goes on seeing it; that nobody can answer it is documented.
HIDDEN_MEANS: Final = "Nobody can answer a hidden comment; its author may still see it."
FINAL: Final = "This is final: it cannot be undone."
NO_REPORTS: Final = "Instagram takes no reports from programs, so a person has to send it."
NO_BLOCKS: Final = "Instagram lets no program block or restrict anybody, so a person has to do it."
ELSEWHERE: Final = "It stands under somebody else's post, so it is not ours to hide or delete."

NOTES: Final[Mapping[ActionKind, str]] = {
    ActionKind.HIDE: HIDDEN_MEANS,
    ActionKind.DELETE: FINAL,
    ActionKind.REPORT: NO_REPORTS,
    ActionKind.BLOCK: NO_BLOCKS,
    ActionKind.UNBLOCK: NO_BLOCKS,
}

LINK_INSTAGRAM_AUTHOR: Final = "https://www.instagram.com/{username}/"

_USERNAME: Final = re.compile(r"[A-Za-z0-9._]{1,30}", re.ASCII)
_COMMENT_LINK: Final = re.compile(
    r"https://www\.instagram\.com/p/[A-Za-z0-9_-]{5,40}/c/[0-9]{1,40}/", re.ASCII
)
_FIND: Final = "Open the post on Instagram, signed in as the account, and find the item."
_REPORT: Final = (
    _FIND,
    "On a phone, swipe left on the comment and press “!”; in a browser, press “…” beside it.",
    "Press “Report”, choose the reason that fits and send it.",
)
_PROFILE: Final = "Open the author's profile, signed in as the account."
_BY_COMMENT: Final = "Press the author's name beside it to open their profile."
_BLOCK: Final = ("Press “…” at the top.", "Press “Block”, or “Restrict”, and confirm.")
_UNBLOCK: Final = ("Press “Unblock” and confirm.",)


def capability(ref: ItemRef, action: ActionKind) -> Capability:
    """Say what can be done about one item, from what is held of it."""
    if action is ActionKind.REPORT:
        return Capability(How.BY_HAND, NO_REPORTS, link_of(ref), _REPORT)
    if action in {ActionKind.BLOCK, ActionKind.UNBLOCK}:
        return _about_author(ref, _BLOCK if action is ActionKind.BLOCK else _UNBLOCK)
    if sort_of(ref) is not Sort.COMMENT:
        return Capability(How.NO, ELSEWHERE)
    return Capability(How.API, NOTES.get(action, ""))


def _about_author(ref: ItemRef, steps: tuple[str, ...]) -> Capability:
    name = _username(told_of(ref))
    if name:
        link = LINK_INSTAGRAM_AUTHOR.format(username=name)
        return Capability(How.BY_HAND, NO_BLOCKS, link, (_PROFILE, *steps))
    return Capability(How.BY_HAND, NO_BLOCKS, link_of(ref), (_FIND, _BY_COMMENT, *steps))


def _username(told: Mapping[str, Any]) -> str:
    who = told.get("from")
    name = told.get("username") or (who.get("username") if isinstance(who, dict) else "")
    return name if isinstance(name, str) and _USERNAME.fullmatch(name) else ""


def link_of(ref: ItemRef) -> str:
    """Return where an item can be seen, when that surely leads to Instagram."""
    return ref.url if _COMMENT_LINK.fullmatch(ref.url) else post_link(ref.url)
