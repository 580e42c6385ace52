"""Says what can be done about a post on Mastodon, and why the rest cannot."""

from __future__ import annotations

from typing import Final

from moderation.model import ActionKind, Capability, How, ItemRef

NO_HIDING: Final = (
    "Mastodon cannot hide what somebody else wrote. Report it to the moderators, or block its "
    "author."
)
NO_DELETING: Final = (
    "Mastodon lets only the author and the moderators delete a post. Report it to the moderators."
)
NO_AUTHOR: Final = "It is not known who wrote this, and Mastodon asks for the author."
NO_ID: Final = "This is no id that Mastodon gives."
OTHER_ACCOUNT: Final = (
    "This access belongs to another account ({} instead of {}). Sign in to the instance as the "
    "right account, make an access token there and give it to Watchroom."
)
BY_HAND: Final = "The author is not known here, so the report has to be made on the instance."
STEPS: Final = (
    "Open the post while you are signed in as the account.",
    "Press “…” below the post.",
    "Press “Report” and follow the questions.",
)
NOTES: Final = {
    ActionKind.REPORT: (
        "It goes to the moderators of your instance and of the author's. Report before the author "
        "deletes the post: afterwards no report is taken. Mastodon does not say what became of it."
    ),
    ActionKind.BLOCK: (
        "It may take a moment. From then on the account neither sees nor is told what this author "
        "writes, and Watchroom no longer finds it either."
    ),
    ActionKind.UNBLOCK: "Anybody who followed the other before the block has to follow anew.",
}

_NEVER: Final = {
    ActionKind.HIDE: NO_HIDING,
    ActionKind.UNHIDE: NO_HIDING,
    ActionKind.DELETE: NO_DELETING,
}


def note_on(action: ActionKind) -> str:
    """Return what a person should know before pressing the button."""
    return NOTES.get(action, "")


def capability_of(ref: ItemRef, action: ActionKind, *, has_author: bool) -> Capability:
    """Return whether an action on a post goes by call, by hand or not at all."""
    if action in _NEVER:
        return Capability(How.NO, _NEVER[action])
    if has_author:
        return Capability(How.API, note_on(action))
    if action is ActionKind.REPORT and ref.url.startswith("https://"):
        return Capability(How.BY_HAND, BY_HAND, ref.url, STEPS)
    return Capability(How.NO, NO_AUTHOR)
