"""Says the figures of a report as people read them, on the terminal and on the page."""

from __future__ import annotations

import unicodedata
from typing import Final

from moderation.taxonomy import Abuse
from review_ui.words import words
from worker.evaluating.breakdown import NOT_ABUSE, NOT_SCORED
from worker.evaluating.counting import Main
from worker.evaluating.figures import Area, Counted
from worker.evaluating.judging import Judged
from worker.evaluating.labelling import Group

MAIN: Final = {
    Main.RECALL: "Abuse that was flagged",
    Main.FALSE_FLAGS: "Flagged though nobody needs to see it",
    Main.FALSE_ABUSE: "Called abuse though it is none",
    Main.SERIOUS: "High and critical (S3, S4) proposed as moderate or graver",
    Main.URGENT: "Emergency, welfare, safeguarding, terrorism found",
    Main.RIGHT_PERSON: "Named staff resolved to the right person",
    Main.WRONG_PERSON: "Of those resolved, somebody else or nobody was meant",
    Main.PAIRS: "Pairs of like words told apart",
}
GROUP: Final = {
    Group.TAG: "Tag",
    Group.SECTOR: "Sector",
    Group.ORGANISATION: "Organisation",
    Group.PLATFORM: "Platform",
    Group.WRITER: "Writer",
}
NOTHING: Final = "none"
_BESIDE: Final = {NOT_ABUSE: "Not abuse", NOT_SCORED: "Not scored"}
_LONGEST: Final = 2000
_STRAY: Final = frozenset({"Cc", "Cs"})


def percent(share: float | None) -> str:
    """Return a share as people read it."""
    return NOTHING if share is None else f"{100 * share:.1f} %"


def counts(one: Counted) -> str:
    """Return a share with its counts."""
    return f"{percent(one.share)} ({one.hits:,} of {one.of:,})" if one.of else NOTHING


def area(found: Area | None) -> str:
    """Return an area under the ROC curve with its interval."""
    if found is None:
        return NOTHING
    return f"{found.area:.3f} (95 % interval {found.low:.3f} to {found.high:.3f})"


def taken_for(code: str) -> str:
    """Return the heading of a row or column of the confusion table."""
    return _BESIDE.get(code) or words(Abuse(code))


def label(judged: Judged) -> str:
    """Return in words what a comment is labelled as."""
    example = judged.example
    if example.categories:
        return ", ".join(words(one) for one in example.categories)
    checks = [words(one) for one in sorted(example.check_first or ())]
    kind = words(example.not_abuse) if example.not_abuse else ""
    return ", ".join(filter(None, (kind, *checks))) or ("Abuse" if example.abusive else "Not abuse")


def proposed(judged: Judged) -> str:
    """Return in words what was proposed for a comment."""
    proposal = judged.proposal
    codes = (*proposal.categories, *proposal.check_first)
    if codes:
        return ", ".join(words(one) for one in codes)
    return words(proposal.not_abuse) if proposal.not_abuse else _BESIDE[NOT_SCORED]


def likelihood(judged: Judged) -> str:
    """Return how likely the model held abuse to be."""
    if judged.share is None:
        return "The model gave no share"
    return f"The model: {100 * judged.share:.0f} in 100"


def shown(text: str) -> str:
    """Return a stranger's text as a page can hold it: cut, and without signs that steer.

    A lone surrogate cannot be written as UTF-8, and a control character is no part of HTML.
    """
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "".join(
        "\ufffd" if unicodedata.category(sign) in _STRAY and sign not in "\n\t" else sign
        for sign in cut
    )
