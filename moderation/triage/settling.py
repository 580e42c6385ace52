"""What people have settled stays settled: the same words are not put before them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import settled
from moderation.ingest import text_sha256
from moderation.proposing import Likelihood, Outcome, Proposal
from moderation.tables import DecisionOutcome, DecisionRow, ItemVersionRow, SettledTextRow
from moderation.taxonomy import NotAbuse, Severity
from moderation.triage.unread import Reading

UNCHANGED: Final = "Somebody decided that these very words are not abuse."
SAME_WORDS: Final = (
    "Somebody decided that the same words by the same author under this post are not abuse, and "
    "asked not to be asked again."
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a person said of words before, and how we know that these are the same."""

    kind: NotAbuse | None
    why: str


def settle(session: Session, readings: Sequence[Reading], *, now: datetime) -> list[Reading]:
    """Return the readings, with those clear whose words a person has found not to be abuse."""
    before = _decided_before(session, readings)
    same = _same_words(session, readings, now)
    return [
        _cleared(one, said)
        if (said := before.get(_version(one)) or same.get(_version(one)))
        else one
        for one in readings
    ]


def _version(reading: Reading) -> tuple[int, int]:
    return reading.unread.item_id, reading.unread.version_seq


def _cleared(reading: Reading, said: _Said) -> Reading:
    if reading.proposal.outcome is Outcome.CLEAR:
        return reading
    calm: Proposal = replace(
        reading.proposal,
        outcome=Outcome.CLEAR,
        category=None,
        categories=(),
        not_abuse=said.kind,
        severity=Severity.S0,
        reasons=(said.why,),
        likelihood=Likelihood.UNLIKELY,
    )
    return replace(reading, proposal=calm)


def _decided_before(session: Session, readings: Sequence[Reading]) -> dict[tuple[int, int], _Said]:
    """Return the versions whose words were the last that a person decided about on their item.

    They are words that came back: restored on the platform, or edited and edited back.
    """
    changed = {one.unread.item_id for one in readings if one.unread.version_seq > 1}
    if not changed:
        return {}
    rows = session.execute(
        select(
            DecisionRow.item_id, DecisionRow.outcome, DecisionRow.not_abuse, ItemVersionRow.sha256
        )
        .join(
            ItemVersionRow,
            (ItemVersionRow.item_id == DecisionRow.item_id)
            & (ItemVersionRow.seq == DecisionRow.version_seq),
        )
        .where(DecisionRow.item_id.in_(changed))
        .order_by(DecisionRow.at, DecisionRow.id)
    )
    last = {row.item_id: row for row in rows}
    return {
        _version(one): _Said(row.not_abuse, UNCHANGED)
        for one in readings
        if (row := last.get(one.unread.item_id)) is not None
        and row.outcome is DecisionOutcome.NOT_ABUSE
        and row.sha256 == text_sha256(one.unread.text)
    }


def _same_words(
    session: Session, readings: Sequence[Reading], now: datetime
) -> dict[tuple[int, int], _Said]:
    asked = [one for one in readings if _may_be_settled(one)]
    if not asked:
        return {}
    rows = session.execute(
        select(
            SettledTextRow.author_ref,
            SettledTextRow.post_id,
            SettledTextRow.words_sha256,
            DecisionRow.not_abuse,
        )
        .join(DecisionRow, DecisionRow.id == SettledTextRow.decision_id)
        .where(
            settled.live(asked[0].unread.org_id, now),
            SettledTextRow.author_ref.in_({one.unread.author_ref for one in asked}),
        )
    )
    known = {tuple(row[:3]): row.not_abuse for row in rows}
    if not known:
        return {}
    found = {}
    for one in asked:
        unread = one.unread
        key = (unread.author_ref, unread.post_id, settled.words_sha256(unread.text))
        if key in known:
            found[_version(one)] = _Said(known[key], SAME_WORDS)
    return found


def _may_be_settled(reading: Reading) -> bool:
    """Return whether the reading is such that the same words need not be asked about again."""
    proposal, unread = reading.proposal, reading.unread
    if unread.author_ref is None or unread.post_id is None or proposal.check_first:
        return False
    # The same words beside another picture are another thing.
    if unread.pictures:
        return False
    if proposal.outcome is Outcome.CLEAR or not settled.THREATS.isdisjoint(proposal.categories):
        return False
    rules = (hit.rule for signal in reading.signals for hit in signal.hits)
    return not any(rule.startswith(settled.THREAT_RULES) for rule in rules)
