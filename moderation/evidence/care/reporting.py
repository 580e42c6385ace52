"""What came of the last check of the vault: kept as a line of the chain, told where it is bad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Role, system
from moderation.evidence.care.checking import Check
from moderation.reporting.alerts import raise_alert
from moderation.tables import OrganisationRow

VERB: Final = "vault.check"
LATE_AFTER: Final = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Report:
    """One check that came to its end: when, over how much, and what it found, counts and names."""

    at: datetime
    files: int
    size: int
    removed: int
    counts: dict[str, int]
    names: dict[str, list[str]]

    @property
    def is_well(self) -> bool:
        """Say whether nothing was found that a person has to look at."""
        return not any(self.counts.values())

    def is_late(self, now: datetime) -> bool:
        """Say whether the next check should have ended by now."""
        return now - self.at > LATE_AFTER


def keep(session: Session, check: Check, *, now: datetime) -> None:
    """Write a line about a check for every organisation here, and tell people of what is wrong."""
    detail: dict[str, Any] = {
        "began": check.began,
        "files": check.files,
        "bytes": check.size,
        "orphans_removed": check.removed,
        "counts": check.counts,
        "names": check.names,
    }
    for org_id in session.scalars(select(OrganisationRow.id)).all():
        actor = system("vault", org_id)
        audit.append(session, VERB, "vault", actor=actor, at=now, detail=detail)
        if not check.is_well:
            raise_alert(
                session,
                "AL10",
                f"vault:{now:%Y%m%d}",
                ref=f"VAULT-{now:%Y%m%d}",
                link_path="/health",
                org_id=org_id,
                now=now,
                also=(Role.AUDITOR,),
            )


def latest(session: Session, org_id: str) -> Report | None:
    """Return the last check that came to its end, or None where there was none yet."""
    last = audit.last_detail(session, org_id, VERB)
    if last is None:
        return None
    at, detail = last
    return Report(
        at=at,
        files=detail["files"],
        size=detail["bytes"],
        removed=detail["orphans_removed"],
        counts=detail["counts"],
        names=detail["names"],
    )
