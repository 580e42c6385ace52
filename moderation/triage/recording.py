"""Record what was said and proposed, and put what needs a person before people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from moderation import audit, detector_health, patterns
from moderation.access import Actor
from moderation.evidence.wanting import want_many
from moderation.lifecycle import ItemEvent, ItemState
from moderation.model import Signal
from moderation.policy import Policy
from moderation.proposing import Outcome, Proposal
from moderation.ranking import queue_rank
from moderation.tables import (
    ProposalRow,
    SignalRow,
)
from moderation.taxonomy import URGENT_CHECK_FIRST, Severity
from moderation.triage.alarming import alarm
from moderation.triage.earlier import Earlier, earlier_of
from moderation.triage.settling import settle
from moderation.triage.unread import Reading, Unread
from moderation.with_patterns import (
    with_course_of_conduct,
    with_mobbing,
    with_several,
    with_shared_words,
)

# Codes below this share are not kept: a record has some forty of them.
_WEIGHTY = 0.05
# A setting that is tried on the past asks for this one, however small.
_ABUSE = "abuse"


def record(
    session: Session,
    readings: Sequence[Reading],
    policy: Policy,
    *,
    actor: Actor,
    now: datetime,
    hr_mailbox: Sequence[str] = (),
) -> None:
    """Keep signals and proposals, and move each item to where people find it.

    What is flagged gets its evidence record and capture job in this transaction, what is serious
    its alerts. Readings must be of one organisation and each of a version without a proposal.
    """
    if not readings:
        return
    org_id = readings[0].unread.org_id
    readings = settle(session, readings, now=now)
    found = patterns.find(session, org_id, _contacts(readings), policy)
    earlier = earlier_of(session, readings)
    final = [_finished(reading, found, earlier, policy) for reading in readings]
    _insert(session, final, now)
    said = [signal for reading in readings for signal in reading.signals]
    detector_health.note(session, said, now=now)
    _move(session, final, actor=actor, now=now)
    # Overtaken versions too: words that were edited away are the ones worth keeping.
    flagged = [
        (reading.unread.item_id, reading.unread.version_seq)
        for reading in final
        if reading.proposal.outcome is Outcome.FLAG
    ]
    want_many(session, flagged, requested_by=actor.ref, now=now)
    alarm(session, org_id, final, found, policy, hr_mailbox=hr_mailbox, now=now)


def _contacts(readings: Iterable[Reading]) -> list[patterns.Contact]:
    return [
        patterns.Contact(
            item_id=reading.unread.item_id,
            at=reading.unread.occurred_at,
            target_staff_id=reading.proposal.target.staff_id,
            author_ref=reading.unread.author_ref,
            abusive=reading.proposal.category is not None,
            not_abuse=reading.proposal.not_abuse,
            marks=patterns.marks(reading.unread.text, reading.unread.post),
        )
        for reading in readings
        if reading.proposal.target.staff_id is not None and reading.unread.is_latest
    ]


def _finished(
    reading: Reading, found: patterns.Patterns, earlier: Earlier, policy: Policy
) -> Reading:
    """Add what only the record knows: patterns, and what the words before an edit were."""
    proposal = reading.proposal
    pattern = found.items.get(reading.unread.item_id)
    if pattern is not None and pattern.occasions:
        proposal = with_course_of_conduct(proposal, pattern.occasions, pattern.days, policy)
    if pattern is not None and pattern.authors:
        proposal = with_mobbing(proposal, pattern.authors, policy)
    if pattern is not None and pattern.sharing:
        proposal = with_shared_words(proposal, pattern.sharing, pattern.shared_words, policy)
    if pattern is not None and pattern.people:
        proposal = with_several(proposal, pattern.people, policy)
    if reading.unread.is_latest:
        proposal = earlier.of(reading.unread.item_id, proposal)
    return reading if proposal is reading.proposal else replace(reading, proposal=proposal)


def _insert(session: Session, readings: Sequence[Reading], now: datetime) -> None:
    signals = [
        _signal(reading.unread, signal)
        for reading in readings
        for signal in reading.signals
        if signal.scores is not None or signal.hits or signal.unscored
    ]
    if signals:
        session.execute(insert(SignalRow), signals)
    session.execute(insert(ProposalRow), [_proposal(reading, now) for reading in readings])


def _signal(unread: Unread, signal: Signal) -> dict[str, Any]:
    return {
        "item_id": unread.item_id,
        "version_seq": unread.version_seq,
        "detector": signal.model,
        "scores": None
        if signal.scores is None
        else {label: round(float(score), 4) for label, score in signal.scores.items()},
        "hits": [[hit.rule, hit.says, hit.start, hit.end] for hit in signal.hits],
        "words": list(signal.words),
        "unscored": signal.unscored,
        "codes": _weighty(signal.codes) or None,
        "read_as": signal.read_as if signal.read_as != unread.text.lower() else None,
        "read_by": signal.read_by,
    }


def _weighty(codes: Mapping[str, float]) -> dict[str, float]:
    return {
        code: round(float(share), 3)
        for code, share in codes.items()
        if share >= _WEIGHTY or code == _ABUSE
    }


def _proposal(reading: Reading, now: datetime) -> dict[str, Any]:
    proposal = reading.proposal
    return {
        "item_id": reading.unread.item_id,
        "version_seq": reading.unread.version_seq,
        "outcome": proposal.outcome.value,
        "severity": int(proposal.severity),
        "category": proposal.category,
        "categories": [category.value for category in proposal.categories],
        "not_abuse": proposal.not_abuse,
        "target_type": proposal.target.type,
        "target_staff_id": proposal.target.staff_id,
        "target_why": proposal.target.why,
        "target_confidence": proposal.target.confidence.value,
        "target_words": list(proposal.target.words),
        "check_first": [code.value for code in proposal.check_first],
        "reasons": list(proposal.reasons),
        "likelihood": proposal.likelihood,
        "policy_revision": proposal.policy_revision,
        "model_sha256": reading.model_sha256,
        "at": now,
    }


def is_urgent(proposal: Proposal) -> bool:
    """Say whether a person must look before anything else."""
    return not URGENT_CHECK_FIRST.isdisjoint(proposal.check_first)


def _move(session: Session, readings: Sequence[Reading], *, actor: Actor, now: datetime) -> None:
    changes = [
        (
            ItemEvent.CLEAR if reading.proposal.outcome is Outcome.CLEAR else ItemEvent.FLAG,
            _columns(reading),
        )
        for reading in readings
        if reading.unread.is_latest and reading.unread.state is ItemState.NEW
    ]
    audit.move_items(session, changes, ItemState.NEW, actor=actor, at=now, reason="triage")


def _columns(reading: Reading) -> dict[str, Any]:
    proposal, unread = reading.proposal, reading.unread
    waits = proposal.outcome is not Outcome.CLEAR
    urgent = is_urgent(proposal)
    return {
        "id": unread.item_id,
        "revision": unread.revision + 1,
        "outcome": proposal.outcome.value,
        "severity": int(proposal.severity),
        "category": proposal.category,
        "urgent": urgent,
        "target_type": proposal.target.type,
        "target_staff_id": proposal.target.staff_id,
        "queue_rank": queue_rank(
            Severity(proposal.severity), urgent, unscored=proposal.outcome is Outcome.UNSCORED
        )
        if waits
        else None,
        "waiting_since": unread.seen_at if waits else None,
    }
