"""Says what can be done about a YouTube comment, with which call or by whose hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from connectors.contract import Permanent
from connectors.fields import id_of, inner
from connectors.youtube.lookup import read_raw, sought
from connectors.youtube.records import (
    COMMENT_ID,
    HELD,
    LINK_COMMENT,
    PUBLISHED,
    REJECTED,
    SPAM,
    link,
)
from moderation.model import ActionKind, Capability, How, ItemRef

# Unconfirmed: where YouTube Studio shows a channel's comments, and its settings.
LINK_STUDIO: Final = "https://studio.youtube.com/channel/{channel}/comments/inbox"

# Each action's moderation status, and whether its author is banned with it.
CALLS: Final[Mapping[ActionKind, tuple[str, bool]]] = {
    ActionKind.HIDE: (HELD, False),
    ActionKind.UNHIDE: (PUBLISHED, False),
    ActionKind.DELETE: (REJECTED, False),
    ActionKind.BLOCK: (REJECTED, True),
}
UNDO: Final = {ActionKind.HIDE: ActionKind.UNHIDE, ActionKind.UNHIDE: ActionKind.HIDE}

NOTES: Final = {
    ActionKind.HIDE: (
        "It goes back among the comments that are held for review in YouTube Studio, and the "
        "public no longer sees it."
    ),
    ActionKind.UNHIDE: "The public sees it again.",
    ActionKind.DELETE: (
        "This is final: it cannot be undone. YouTube calls it rejecting; the replies below it go "
        "too."
    ),
    ActionKind.BLOCK: (
        "This is final: the comment is rejected, and so is whatever its author writes on your "
        "channel from now on. Watchroom cannot lift it; a person can, in YouTube Studio."
    ),
    ActionKind.REPORT: "YouTube takes reports of comments from people only.",
    ActionKind.UNBLOCK: "YouTube lets only a person lift this, in YouTube Studio.",
}
HELD_ALREADY: Final = "YouTube held it for review already, so the public does not see it."
REJECTED_ALREADY: Final = "This comment was rejected. That is final: it cannot be undone."
OUR_OWN: Final = "Your own channel wrote this, so there is nobody to block."
NO_AUTHOR: Final = (
    "YouTube does not say who wrote this, so Watchroom cannot block the author. A person can try "
    "in YouTube Studio."
)
NOT_AN_ID: Final = "This is not the id of a YouTube comment."
NOT_OFFERED: Final = "YouTube takes this action from people only."

# Unconfirmed: what these buttons are called.
_REPORT_STEPS: Final = (
    "Open the link, signed in to YouTube. The comment stands first below the video.",
    "Press the three dots beside the comment.",
    "Press Report and choose the reason.",
)
_BLOCK_STEPS: Final = (
    "Open the link, signed in as the channel.",
    "Find the comment and press the three dots beside it.",
    "Press Hide user from channel.",
)
_UNBLOCK_STEPS: Final = (
    "Open the link, signed in as the channel.",
    "Press Settings, then Community.",
    "Take the author out of the list of hidden users and press Save.",
)


def capability(channel_id: str, ref: ItemRef, action: ActionKind) -> Capability:
    """Say what can be done about one comment, from what its reference holds alone."""
    if action is ActionKind.REPORT:
        return _report(channel_id, ref)
    if action is ActionKind.UNBLOCK:
        return Capability(How.BY_HAND, NOTES[action], _studio(channel_id), _UNBLOCK_STEPS)
    snippet = inner(read_raw(ref), "snippet")
    if not COMMENT_ID.fullmatch(ref.native_id):
        return Capability(How.NO, NOT_AN_ID)
    if snippet.get("moderationStatus") == REJECTED:
        return Capability(How.NO, REJECTED_ALREADY)
    if action is ActionKind.BLOCK:
        return _block(channel_id, author_id(ref, snippet))
    is_held = snippet.get("moderationStatus") in {HELD, SPAM}
    if action is ActionKind.HIDE and is_held:
        return Capability(How.API, HELD_ALREADY)
    return Capability(How.API, NOTES[action])


def moderation(channel_id: str, ref: ItemRef, action: ActionKind) -> tuple[str, bool]:
    """Return the call's moderation status and whether to ban. Raises Permanent where there is none.

    YouTube reads a comma as the end of an id, so nothing is sent that does not look like one.
    """
    if action not in CALLS:
        raise Permanent(NOT_OFFERED)
    if not COMMENT_ID.fullmatch(ref.native_id):
        raise Permanent(NOT_AN_ID)
    if action is ActionKind.BLOCK:
        told = _block(channel_id, author_id(ref, inner(read_raw(ref), "snippet")))
        if told.how is not How.API:
            raise Permanent(told.says)
    return CALLS[action]


def author_id(ref: ItemRef, snippet: Mapping[str, Any]) -> str:
    """Return the author's channel; empty where YouTube withheld it."""
    return ref.author_id or id_of(inner(snippet, "authorChannelId"), "value")


def _block(channel_id: str, author: str) -> Capability:
    if not author:
        return Capability(How.BY_HAND, NO_AUTHOR, _studio(channel_id), _BLOCK_STEPS)
    if author == channel_id:
        return Capability(How.NO, OUR_OWN)
    return Capability(How.API, NOTES[ActionKind.BLOCK])


def _report(channel_id: str, ref: ItemRef) -> Capability:
    at = link(LINK_COMMENT, sought(ref).video, ref.native_id) if ref.native_id else ""
    return Capability(
        How.BY_HAND, NOTES[ActionKind.REPORT], at or _studio(channel_id), _REPORT_STEPS
    )


def _studio(channel_id: str) -> str:
    return LINK_STUDIO.format(channel=channel_id)
