"""Says what can be done about a post on Bluesky, and what a person should know before doing it."""

from __future__ import annotations

from typing import Final

from connectors.bluesky.reading import author_of, held, link_to, place_of
from connectors.fields import inner
from moderation.model import ActionKind, Capability, How, ItemRef

HIDING: Final = (
    "Others no longer see it in the conversation unless they ask for hidden replies. Its author "
    "sees it as before, and some apps still show it."
)
DETACHING: Final = (
    "The quote stays, but it no longer shows your post. Its author's own words remain visible."
)
NOTES: Final[dict[ActionKind, str]] = {
    ActionKind.HIDE: HIDING,
    ActionKind.UNHIDE: "Everybody sees it in the conversation again.",
    ActionKind.REPORT: (
        "It goes to Bluesky's moderators and cannot be taken back. Bluesky does not say what "
        "became of a report."
    ),
    ActionKind.BLOCK: (
        "Blocks on Bluesky are public: anybody can see that your account blocks this author. What "
        "the author wrote before stays visible to others."
    ),
    ActionKind.UNBLOCK: "The author can see and answer your account's posts again.",
}
NOT_OUR_CONVERSATION: Final = (
    "Only replies to posts of your own account, and quotes of them, can be hidden; this stands in "
    "somebody else's conversation. You can report it or block its author."
)
NO_DELETING: Final = (
    "Bluesky lets only the author delete a post. You can hide it under your own posts, or report "
    "it."
)
NO_AUTHOR: Final = "The address of the post does not say who wrote it, so nobody can be blocked."
NO_POST: Final = "This is no address of a Bluesky post, so nothing can be done about it."


def capability(ref: ItemRef, action: ActionKind) -> Capability:
    """Say what can be done about one item, from what is held of it alone."""
    if not link_to(ref.native_id):
        return Capability(How.NO, NO_POST)
    if action is ActionKind.DELETE:
        return Capability(How.NO, NO_DELETING)
    if action in {ActionKind.HIDE, ActionKind.UNHIDE}:
        return _hiding(ref, action)
    if action in {ActionKind.BLOCK, ActionKind.UNBLOCK} and not author_of(ref):
        return Capability(How.NO, NO_AUTHOR)
    return Capability(How.API, NOTES[action])


def _hiding(ref: ItemRef, action: ActionKind) -> Capability:
    """Say whether an item can be hidden: its root, or what it quotes, has to be our own post.

    post_id names a post of ours. Where the item's own bytes are not at hand, whether that is the
    root is seen when it is done.
    """
    if not ref.post_id:
        return Capability(How.NO, NOT_OUR_CONVERSATION)
    place = place_of(inner(held(ref), "record"))
    if not ref.raw or place.root == ref.post_id:
        return Capability(How.API, NOTES[action])
    if place.quoted == ref.post_id:
        return Capability(How.API, DETACHING if action is ActionKind.HIDE else NOTES[action])
    return Capability(How.NO, NOT_OUR_CONVERSATION)
