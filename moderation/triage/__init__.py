"""Record what the detectors said and what is proposed, and put people's work before them."""

from moderation.triage.recording import record
from moderation.triage.unread import Reading, Unread, to_read

__all__ = ["Reading", "Unread", "record", "to_read"]
