"""What was found of an item's earlier words, so that an edit takes nothing from people's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moderation.proposing import Outcome, Proposal
from moderation.tables import DecisionOutcome, DecisionRow, ProposalRow
from moderation.taxonomy import Abuse, Severity
from moderation.triage.unread import Reading

EDITED_SINCE: Final = "The words were edited after somebody decided that it was abuse."
EDITED_AWAY: Final = "The words before the edit were flagged, and nobody has looked at them yet."


@dataclass(frozen=True, slots=True)
class Earlier:
    """Items last decided as abuse, and what the unseen flagged words of others were."""

    decided: frozenset[int] = frozenset()
    flagged: dict[int, tuple[Severity, Abuse | None]] = field(default_factory=dict)

    def of(self, item_id: int, proposal: Proposal) -> Proposal:
        """Return the proposal of the latest words, put before a person where it would be clear."""
        if proposal.outcome is not Outcome.CLEAR:
            return proposal
        if item_id in self.decided:
            reasons = (EDITED_SINCE, *proposal.reasons)
            return replace(proposal, outcome=Outcome.FLAG, reasons=reasons)
        if item_id in self.flagged:
            severity, category = self.flagged[item_id]
            return replace(
                proposal,
                outcome=Outcome.FLAG,
                severity=severity,
                category=category,
                categories=(category,) if category else (),
                not_abuse=None,
                reasons=(EDITED_AWAY, *proposal.reasons),
            )
        return proposal


def earlier_of(session: Session, readings: Sequence[Reading]) -> Earlier:
    """Look up what is known of the edited items of a batch; two queries where there are any."""
    edited = [r.unread.item_id for r in readings if r.unread.version_seq > 1]
    if not edited:
        return Earlier()
    decisions = session.execute(
        select(DecisionRow.item_id, DecisionRow.outcome)
        .where(DecisionRow.item_id.in_(edited))
        .order_by(DecisionRow.at, DecisionRow.id)
    )
    last = {row.item_id: row.outcome for row in decisions}
    abuse = frozenset(one for one, found in last.items() if found is DecisionOutcome.ABUSE)
    seen_by_somebody = exists().where(
        DecisionRow.item_id == ProposalRow.item_id,
        DecisionRow.version_seq >= ProposalRow.version_seq,
    )
    stored = session.execute(
        select(ProposalRow.item_id, ProposalRow.severity, ProposalRow.category).where(
            ProposalRow.item_id.in_(edited),
            ProposalRow.outcome == Outcome.FLAG.value,
            ~seen_by_somebody,
        )
    )
    flagged: dict[int, tuple[Severity, Abuse | None]] = {}
    for row in stored:
        _keep_worst(flagged, row.item_id, Severity(row.severity), row.category)
    for reading in readings:
        proposal = reading.proposal
        if not reading.unread.is_latest and proposal.outcome is Outcome.FLAG:
            _keep_worst(flagged, reading.unread.item_id, proposal.severity, proposal.category)
    return Earlier(abuse, flagged)


def _keep_worst(
    flagged: dict[int, tuple[Severity, Abuse | None]],
    item_id: int,
    severity: Severity,
    category: Abuse | None,
) -> None:
    if item_id not in flagged or severity > flagged[item_id][0]:
        flagged[item_id] = (severity, category)
