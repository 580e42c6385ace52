"""What machines read and people decided, apart from the record; and what was done, within it."""

from __future__ import annotations

from typing import Any, Final

from moderation.evidence.facts import Facts
from moderation.evidence.notation import OURS, moment
from moderation.tables import DecisionRow, PlatformActionRow, ProposalRow, SignalRow

NOT_EVIDENCE: Final = (
    "A machine's reading helps people to find an item. It is no evidence of an offence and no "
    "finding about anybody."
)


def handling(facts: Facts) -> dict[str, Any]:
    """Return readings and decisions; the readings say what they are not."""
    return {
        "evidence_id": facts.evidence.ref,
        "machine_reading": {
            "says": NOT_EVIDENCE,
            "proposal": None if facts.proposal is None else _proposal(facts.proposal),
            "detectors": [_signal(row) for row in facts.signals],
        },
        "decisions_before": [_decision(row) for row in facts.decisions],
    }


def done_before(facts: Facts) -> list[dict[str, Any]]:
    """Return the actions on the platform that were asked for before the capture."""
    return [_action(row) for row in facts.actions]


def _proposal(row: ProposalRow) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "severity": row.severity,
        "category": row.category,
        "not_abuse": row.not_abuse,
        "target_type": row.target_type,
        "target_staff_id": row.target_staff_id,
        "check_first": row.check_first,
        "reasons": row.reasons,
        "likelihood": row.likelihood,
        "policy_revision": row.policy_revision,
        "model_sha256": row.model_sha256,
        "at": moment(row.at, OURS),
    }


def _signal(row: SignalRow) -> dict[str, Any]:
    return {
        "detector": row.detector,
        "scores": row.scores,
        "codes": row.codes,
        "read_as": row.read_as,
        "read_by": row.read_by or None,
        "rules": row.hits,
        "not_scored_because": row.unscored or None,
    }


def _decision(row: DecisionRow) -> dict[str, Any]:
    return {
        "of_version": row.version_seq,
        "outcome": row.outcome,
        "category": row.category,
        "not_abuse": row.not_abuse,
        "house_rule": row.house_rule,
        "severity": row.severity,
        "target_type": row.target_type,
        "target_staff_id": row.target_staff_id,
        "by": f"user:{row.decided_by}",
        "at": moment(row.at, OURS),
    }


def _action(row: PlatformActionRow) -> dict[str, Any]:
    return {
        "action": row.kind,
        "state": row.state,
        "requested_by": f"user:{row.requested_by}",
        "requested": moment(row.requested_at, OURS),
        "sent": moment(row.first_sent_at, OURS),
        "verified": moment(row.verified_at, OURS),
    }
