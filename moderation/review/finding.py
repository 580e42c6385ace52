"""What a person found and why, and what each outcome needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.errors import InvalidInput
from moderation.tables import (
    DecisionOutcome,
    StaffRow,
)
from moderation.taxonomy import (
    Abuse,
    HouseRule,
    NotAbuse,
    Severity,
    TargetType,
)

MIN_REASON: Final = 15


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person found, and why. Which fields are needed depends on the outcome.

    ask_no_more asks, for what is not abuse, not to be asked again about the author's same words.
    """

    outcome: DecisionOutcome
    reason: str
    category: Abuse | None = None
    not_abuse: NotAbuse | None = None
    house_rule: HouseRule | None = None
    severity: Severity = Severity.S0
    target_type: TargetType | None = None
    target_staff_id: str | None = None
    ask_no_more: bool = False


def require_reason(reason: str) -> None:
    """Raise InvalidInput for a reason that says too little."""
    if len(reason.strip()) < MIN_REASON:
        msg = (
            f"Give a reason of at least {MIN_REASON} characters. The author may ask to read it, "
            "so write it as you would say it to them."
        )
        raise InvalidInput(msg)


def require_complete(session: Session, org_id: str, finding: Finding) -> None:
    """Refuse a finding that lacks what its outcome needs."""
    missing = {
        DecisionOutcome.ABUSE: _abuse_lacks,
        DecisionOutcome.NOT_ABUSE: _not_abuse_lacks,
        DecisionOutcome.HOUSE_RULE: _house_rule_lacks,
    }[finding.outcome](finding)
    if missing:
        raise InvalidInput(missing)
    if finding.outcome is not DecisionOutcome.NOT_ABUSE:
        require_reason(finding.reason)
    if finding.target_staff_id is not None:
        _require_staff(session, org_id, finding.target_staff_id)


def _abuse_lacks(finding: Finding) -> str:
    if finding.category is None:
        return "Choose what kind of abuse it is."
    if finding.severity is Severity.S0:
        return "Choose how severe it is: low, moderate, high or critical."
    if finding.target_type is None:
        return "Choose at whom it is aimed."
    if finding.target_type is TargetType.NAMED_STAFF and finding.target_staff_id is None:
        return "Choose the member of staff at whom it is aimed."
    return ""


def _not_abuse_lacks(finding: Finding) -> str:
    if finding.not_abuse is None:
        return "Choose what it is instead: criticism, a complaint, a question ..."
    return ""


def _house_rule_lacks(finding: Finding) -> str:
    if finding.house_rule is None:
        return "Choose which house rule it is about."
    return ""


def _require_staff(session: Session, org_id: str, staff_id: str) -> None:
    known = session.scalar(
        select(StaffRow.id).where(StaffRow.org_id == org_id, StaffRow.staff_id == staff_id)
    )
    if known is None:
        msg = "That member of staff is not in the directory. Choose somebody from the list."
        raise InvalidInput(msg)
