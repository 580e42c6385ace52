"""Whether letters leave the house: what pages and the doctor say about mail."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.lifecycle import AlertState
from moderation.settings import Settings
from moderation.tables import AlertRow


@dataclass(frozen=True, slots=True)
class MailState:
    """How mail stands. spooled letters wait in the spool folder, failed ones need a person."""

    is_configured: bool
    waiting: int
    spooled: int
    failed: int

    @property
    def says(self) -> str:
        """Return one or two sentences for people, empty when all is well."""
        parts = []
        if not self.is_configured:
            parts.append(f"Mail is not configured: {_waits(self.spooled)} in the spool folder.")
        elif self.spooled:
            parts.append(f"{_waits(self.spooled)} in the spool folder and will be sent now.")
        if self.failed:
            what = "1 letter" if self.failed == 1 else f"{self.failed:,} letters"
            parts.append(f"{what} could not be delivered: check the addresses.")
        return " ".join(parts)


def mail_state(settings: Settings, session: Session, org_id: str | None = None) -> MailState:
    """Return how mail stands, for one organisation or for all."""
    query = select(AlertRow.state, func.count()).group_by(AlertRow.state)
    if org_id is not None:
        query = query.where(AlertRow.org_id == org_id)
    counts: dict[AlertState, int] = dict(session.execute(query).all())
    return MailState(
        is_configured=bool(settings.smtp_host),
        waiting=counts.get(AlertState.WANTED, 0),
        spooled=counts.get(AlertState.SPOOLED, 0),
        failed=counts.get(AlertState.FAILED, 0),
    )


def _waits(letters: int) -> str:
    if letters == 0:
        return "new letters will wait"
    return "1 letter waits" if letters == 1 else f"{letters:,} letters wait"
