"""Take a page in, once: items, versions, quarantine, cursor and the jobs that follow."""

from moderation.ingest.admitting import Taken, admit, cursor_of
from moderation.ingest.faults import fault
from moderation.ingest.storing import text_sha256

__all__ = ["Taken", "admit", "cursor_of", "fault", "text_sha256"]
