"""Says what can be done about one post on X: by us, by hand and where, or not at all, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from connectors.reasons import Poison
from connectors.slices import Slice
from connectors.x.records import (
    LINK_AUTHOR,
    history,
    is_elsewhere,
    is_id,
    is_under_ours,
    link_to,
    newest,
    referenced,
)
from moderation.model import ActionKind, Capability, How, ItemRef

NOTE_HIDE: Final = (
    "Others no longer see it below the post, but anyone can still open it under “View hidden "
    "replies”. Its author is not told."
)
NOTE_UNHIDE: Final = "Others see it below the post again."
MAYBE: Final = "X refuses it where another account started the conversation."

NO_POST: Final = "Its id is not one of X's, so it cannot be found there."
NOT_A_REPLY: Final = (
    "X hides only replies, and this is none. It can be reported, or its author blocked."
)
NOT_OURS: Final = "X hides replies only in conversations that the account itself started."
OUR_OWN: Final = "It is the account's own, and X does not hide an account's own replies."
NO_DELETE: Final = "X lets nobody delete what another account wrote."
REPORT_BY_HAND: Final = "X takes reports only from a person."
BLOCK_BY_HAND: Final = "X lets only a person block an account."

REPORT_STEPS: Final = (
    "Sign in to X as the account.",
    "Open the post.",
    "Press “…” at its top, then “Report post”.",
    "Choose the rule that it breaks, and send the report.",
)
BLOCK_STEPS: Final = (
    "Sign in to X as the account.",
    "Open the author's profile.",
    "Press “…” beside the name, then “Block”.",
)
UNBLOCK_STEPS: Final = (*BLOCK_STEPS[:2], "Press “Blocked”, then “Unblock”.")

HIDING: Final = frozenset({ActionKind.HIDE, ActionKind.UNHIDE})


def note_of(action: ActionKind) -> str:
    """Return what a person should know before pressing the button; empty when nothing."""
    return {ActionKind.HIDE: NOTE_HIDE, ActionKind.UNHIDE: NOTE_UNHIDE}.get(action, "")


def ability(ref: ItemRef, action: ActionKind, account_id: str) -> Capability:
    """Say what can be done about this post, from what ref holds alone."""
    if not is_id(ref.native_id):
        return Capability(How.NO, NO_POST)
    if action in HIDING:
        return _hiding(ref, action, account_id)
    if action is ActionKind.DELETE:
        return Capability(How.NO, NO_DELETE)
    if action is ActionKind.REPORT:
        link = link_to(current_id(ref))
        return Capability(How.BY_HAND, REPORT_BY_HAND, link, REPORT_STEPS)
    return _blocking(ref, action)


def current_id(ref: ItemRef) -> str:
    """Return the id under which a post stands now as far as we know: an edit gives a new one."""
    return newest([ref.native_id, *_versions(ref)])


def _versions(ref: ItemRef) -> list[str]:
    ids = history(_post(ref))
    return ids if ref.native_id in ids else []


def _hiding(ref: ItemRef, action: ActionKind, account_id: str) -> Capability:
    post = _post(ref)
    if ref.author_id == account_id:
        return Capability(How.NO, OUR_OWN)
    if post and "replied_to" not in referenced(post):
        return Capability(How.NO, NOT_A_REPLY)
    if is_elsewhere(post, account_id):
        return Capability(How.NO, NOT_OURS)
    sure = is_under_ours(post, account_id)
    return Capability(How.API, note_of(action) if sure else f"{note_of(action)} {MAYBE}")


def _blocking(ref: ItemRef, action: ActionKind) -> Capability:
    steps = BLOCK_STEPS if action is ActionKind.BLOCK else UNBLOCK_STEPS
    known = is_id(ref.author_id)
    # From the post, a person gets to its author.
    link = LINK_AUTHOR.format(id=ref.author_id) if known else link_to(current_id(ref))
    return Capability(How.BY_HAND, BLOCK_BY_HAND, link, steps)


def _post(ref: ItemRef) -> Mapping[str, Any]:
    """Return what we hold of the post, empty where it is not at hand."""
    try:
        return Slice(ref.raw).read()
    except Poison:
        return {}
