"""Which alerts a proposal or a new pattern sets off by itself, before any person has looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Role
from moderation.policy import Policy
from moderation.policy_parts import Alert
from moderation.proposing import Proposal
from moderation.reporting.alerts import raise_alert
from moderation.tables import ItemRow, PatternItemRow, PatternRow
from moderation.taxonomy import CheckFirst, Severity


@dataclass(frozen=True, slots=True)
class Flagged:
    """One item and what the machine proposes about it."""

    item_id: int
    proposal: Proposal


def sound(
    session: Session,
    org_id: str,
    flagged: Iterable[Flagged],
    patterns: Sequence[PatternRow],
    policy: Policy,
    *,
    hr_mailbox: Sequence[str] = (),
    now: datetime,
) -> None:
    """Promise the alerts that the policy sets off; the same item alerts once per rule."""
    for one in flagged:
        for alert in _alerts(one.proposal, policy):
            raise_alert(
                session,
                alert.id,
                f"item:{one.item_id}",
                ref=f"I-{one.item_id}",
                link_path=f"/items/{one.item_id}",
                org_id=org_id,
                now=now,
                extra=hr_mailbox if alert.severity is not None else (),
                also=_also(one.proposal, alert),
            )
    if not any(alert.stage == "pattern" for alert in policy.alerts):
        return
    for pattern in patterns:
        item_id = _latest_item(session, pattern.id)
        if item_id is not None:
            raise_alert(
                session,
                "AL4",
                f"pattern:{pattern.id}",
                ref=f"P-{pattern.id}",
                link_path=f"/items/{item_id}",
                org_id=org_id,
                now=now,
            )


def _alerts(proposal: Proposal, policy: Policy) -> tuple[Alert, ...]:
    """Return the alerts of one proposal; severity counts only where abuse is proposed."""
    return policy.alerts_for(
        "proposed",
        severity=proposal.severity if proposal.category is not None else Severity.S0,
        target=proposal.target.type,
        check_first=frozenset(proposal.check_first),
        not_abuse=proposal.not_abuse,
    )


def _also(proposal: Proposal, alert: Alert) -> tuple[Role, ...]:
    """Tell the people who watch the page as well when somebody needs rescuing."""
    emergency = CheckFirst.EMERGENCY_REPORT in proposal.check_first
    return (Role.COMMS_LEAD,) if emergency and alert.check_first else ()


def _latest_item(session: Session, pattern_id: int) -> int | None:
    """Return the newest item of the pattern that the people told may see, to lead them to."""
    return session.scalar(
        select(ItemRow.id)
        .join(PatternItemRow, PatternItemRow.item_id == ItemRow.id)
        .where(PatternItemRow.pattern_id == pattern_id, ItemRow.restricted.is_(False))
        .order_by(ItemRow.id.desc())
        .limit(1)
    )
