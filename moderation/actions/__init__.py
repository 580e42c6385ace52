"""Actions on a platform: request, approve, withdraw, undo, and what a person did by hand."""

from moderation.actions.asking import request, undo
from moderation.actions.following import REFERENCE_LIMIT, approve, done_by_hand, withdraw
from moderation.actions.grounds import IN_EFFECT, INVERSE, RIGHT_FOR, RUNNING, see_action

__all__ = [
    "INVERSE",
    "IN_EFFECT",
    "REFERENCE_LIMIT",
    "RIGHT_FOR",
    "RUNNING",
    "approve",
    "done_by_hand",
    "request",
    "see_action",
    "undo",
    "withdraw",
]
