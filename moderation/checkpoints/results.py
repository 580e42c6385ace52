"""The result of each nightly check of the chain: an audit line itself, shown on the health page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.checkpoints.checking import Checked
from moderation.reporting.alerts import raise_alert
from moderation.tables import OrganisationRow

VERB: Final = "audit.check"
_ABOUT: Final = "audit"


@dataclass(frozen=True, slots=True)
class Found:
    """What the last check found. Whole, broken_at is 0 and faults too, which counts checkpoints."""

    at: datetime
    lines: int
    checkpoints: int
    broken_at: int
    faults: int

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was found to be wrong."""
        return not (self.broken_at or self.faults)


def note_result(session: Session, checked: Checked, now: datetime) -> None:
    """Write each organisation's line about a check, and tell its administrators of a fault."""
    verdict = checked.verdict
    for org_id in session.scalars(select(OrganisationRow.id).order_by(OrganisationRow.id)).all():
        audit.append(
            session,
            VERB,
            _ABOUT,
            actor=system("audit", org_id),
            at=now,
            outcome="ok" if checked.is_whole else "error",
            detail={
                "lines": verdict.entries,
                "broken_at": verdict.broken_at,
                "checkpoints": checked.checkpoints,
                "faults": len(checked.faults),
            },
        )
        if not checked.is_whole:
            raise_alert(
                session,
                "AL10",
                f"audit:{now:%Y-%m-%d}",
                ref=f"AUDIT-{now:%Y-%m-%d}",
                link_path="/health",
                org_id=org_id,
                now=now,
            )


def result(session: Session, org_id: str) -> Found | None:
    """Return what the last check found; None before the first."""
    last = audit.last_detail(session, org_id, VERB)
    if last is None:
        return None
    at, detail = last
    return Found(at, detail["lines"], detail["checkpoints"], detail["broken_at"], detail["faults"])
