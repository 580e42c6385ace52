"""Checkpoints: where the audit chain ended, signed and sent outside, so that a cut tail shows."""

from moderation.checkpoints.checking import Checked, Outside, check, public_keys
from moderation.checkpoints.results import Found, note_result, result
from moderation.checkpoints.taking import (
    FILE_KIND,
    MAIL_KIND,
    latest,
    note,
    note_mailed,
    note_written,
    promise_file,
    take,
)

__all__ = [
    "FILE_KIND",
    "MAIL_KIND",
    "Checked",
    "Found",
    "Outside",
    "check",
    "latest",
    "note",
    "note_mailed",
    "note_result",
    "note_written",
    "promise_file",
    "public_keys",
    "result",
    "take",
]
