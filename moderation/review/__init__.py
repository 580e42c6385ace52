"""What a reviewer does with an item: look, claim, decide, dismiss, reopen, ask for evidence."""

from moderation.review.at_once import capture_then
from moderation.review.claiming import CLAIM_LEASE, claim, release
from moderation.review.deciding import decide, dismiss, look, reopen, want_capture
from moderation.review.finding import MIN_REASON, Finding

__all__ = [
    "CLAIM_LEASE",
    "MIN_REASON",
    "Finding",
    "capture_then",
    "claim",
    "decide",
    "dismiss",
    "look",
    "release",
    "reopen",
    "want_capture",
]
