"""Want evidence of many versions at once, as triage does for a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from moderation import jobs
from moderation.evidence.capture import KIND, dedupe, insert_wanted


def want_many(
    session: Session,
    versions: Sequence[tuple[int, int]],
    *,
    requested_by: str,
    now: datetime,
) -> None:
    """Make an evidence record and its capture job for each (item id, version) that has none.

    A capture that failed stays failed: only a person asks for it again.
    """
    ids = insert_wanted(session, versions, requested_by, now)
    if ids:
        jobs.promise_many(session, KIND, [(str(one), dedupe(one)) for one in ids], at=now)
