"""The codes of a weekly summary in the words that the pages use for them."""

from __future__ import annotations

from typing import Final

from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.reporting.counting import NO_CATEGORY
from moderation.reporting.editions import Edition
from moderation.reporting.wording import day_says
from moderation.tables import PatternKind
from moderation.taxonomy import Abuse, TargetType
from review_ui import words

_PLATFORM: Final = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "youtube": "YouTube",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "tiktok": "TikTok",
    "linkedin": "LinkedIn",
    "nextdoor": "Nextdoor",
    "google": "Google reviews",
    "manual": "Logged by staff",
}
_KINDS: Final = {
    "target": TargetType,
    "action": ActionKind,
    "result": ActionState,
    "pattern": PatternKind,
}


def code_says(edition: Edition, by: str, code: str) -> str:
    """Return what people read for a row of the table by."""
    if by == "day":
        return day_says(code)
    if by == "account":
        return edition.account_names[code]
    if by == "platform":
        return _PLATFORM.get(code, code.capitalize())
    if by == "severity":
        return words.severity(int(code.removeprefix("S")))
    if by == "category":
        return "No kind of abuse" if code == NO_CATEGORY else words.words(Abuse(code))
    return words.words(_KINDS[by](code))
