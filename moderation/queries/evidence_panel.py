"""The evidence of an item as its page shows it: records, additions, stamps, what is pending."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.errors import NotFound
from moderation.evidence import live_page
from moderation.evidence.completeness import Part, parts_of
from moderation.lifecycle import ActionState, EvidenceState, ItemState
from moderation.queries.item_page import ItemPage
from moderation.scope import see_item, visible_items
from moderation.tables import (
    ActionOnCaptureRow,
    AdditionKind,
    EvidenceAdditionRow,
    EvidenceMediaRow,
    EvidenceRow,
    ItemRow,
    PlatformActionRow,
    Stamped,
    TimeStampRow,
)

# What the worker is about to change by itself.
_UNDER_WAY = (ActionState.PLANNED, ActionState.SENT)


@dataclass(frozen=True, slots=True)
class Record:
    """One evidence record with its media and its stamps, wanted and had.

    no_page says in words why its live page could not be pictured, where that was given up.
    """

    row: EvidenceRow
    media: tuple[EvidenceMediaRow, ...]
    stamps: tuple[TimeStampRow, ...]
    no_page: str = ""

    @property
    def is_captured(self) -> bool:
        """Say whether its files are there to be read."""
        return self.row.state is EvidenceState.CAPTURED and self.row.erased_at is None

    @property
    def has_card(self) -> bool:
        """Say whether a picture was drawn of it; records from before there were cards have none."""
        return self.is_captured and bool(self.row.meter)


@dataclass(frozen=True, slots=True)
class Addition:
    """One file that somebody added, with its stamps."""

    row: EvidenceAdditionRow
    stamps: tuple[TimeStampRow, ...]


@dataclass(frozen=True, slots=True)
class EvidencePanel:
    """What is kept of an item, and what is still to come.

    parts are of the words that stand now. mark changes with everything that the page shows and
    the worker may change; pending says that such a change is about to come.
    """

    records: tuple[Record, ...]
    additions: tuple[Addition, ...]
    parts: tuple[Part, ...]
    mark: str
    pending: bool

    @property
    def held(self) -> int:
        """Return how many of the parts are there."""
        return sum(part.is_there for part in self.parts)

    @property
    def stamps_wanted(self) -> tuple[TimeStampRow, ...]:
        """Return the stamps that are still asked for."""
        every: tuple[Record | Addition, ...] = (*self.records, *self.additions)
        return tuple(row for one in every for row in one.stamps if row.token_sha256 is None)


def evidence_panel(session: Session, actor: Actor, page: ItemPage) -> EvidencePanel:
    """Return the evidence of an item whose page was read for the same actor."""
    ids = [row.id for row in page.evidence]
    stamps = _stamps(session, ids, [row.id for row in page.additions])
    media: dict[int, list[EvidenceMediaRow]] = defaultdict(list)
    for row in session.scalars(
        select(EvidenceMediaRow)
        .where(EvidenceMediaRow.evidence_id.in_(ids))
        .order_by(EvidenceMediaRow.evidence_id, EvidenceMediaRow.n)
    ):
        media[row.evidence_id].append(row)
    pages = live_page.standings(session, ids)
    records = tuple(
        Record(
            row,
            tuple(media[row.id]),
            tuple(stamps[Stamped.EVIDENCE, row.id]),
            pages[row.id].why if row.id in pages else "",
        )
        for row in page.evidence
    )
    additions = tuple(
        Addition(row, tuple(stamps[Stamped.ADDITION, row.id])) for row in page.additions
    )
    now = page.capture
    return EvidencePanel(
        records=records,
        additions=additions,
        parts=parts_of(
            now.meter or {} if now else {},
            captured=now is not None and now.state is EvidenceState.CAPTURED,
            pictures=[
                (row.ref, row.media_type)
                for row in page.additions
                if row.kind is not AdditionKind.LIVE_PAGE
            ],
        ),
        mark=mark(session, actor, page.item.id),
        pending=any(one.is_under_way for one in pages.values())
        or _is_pending(page, [row for rows in stamps.values() for row in rows]),
    )


def mark(session: Session, actor: Actor, item_id: int) -> str:
    """Return a short text that is another one as soon as there is something new to see.

    NotFound for an item that is not the actor's to see.
    """
    item = see_item(session, actor, item_id)
    of_item = EvidenceRow.item_id == item.id
    evidence, added = EvidenceRow.id, EvidenceAdditionRow.id
    queries: tuple[Any, ...] = (
        select(evidence, EvidenceRow.state, EvidenceRow.erased_at).where(of_item),
        select(PlatformActionRow.id, PlatformActionRow.state).where(
            PlatformActionRow.item_id == item.id
        ),
        select(ActionOnCaptureRow.id, ActionOnCaptureRow.settled_at)
        .join(EvidenceRow, evidence == ActionOnCaptureRow.evidence_id)
        .where(of_item),
        select(added, EvidenceAdditionRow.erased_at).where(EvidenceAdditionRow.item_id == item.id),
        _stamps_of(
            select(evidence).where(of_item),
            select(added).where(EvidenceAdditionRow.item_id == item.id),
        ).with_only_columns(TimeStampRow.id, TimeStampRow.token_sha256),
    )
    seen: list[Sequence[Row[Any]]] = [
        session.execute(query.order_by(*query.selected_columns[:1])).all() for query in queries
    ]
    pages = live_page.standings(session, [row.id for row in seen[0]])
    said = repr((item.revision, item.version, item.state, item.standing, item.gone_at, seen, pages))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def see_evidence(session: Session, evidence_id: int, *, actor: Actor) -> EvidenceRow:
    """Return a record of an item that the actor may see, whose files are there; else NotFound."""
    row = session.scalar(
        select(EvidenceRow)
        .join(ItemRow, ItemRow.id == EvidenceRow.item_id)
        .where(
            EvidenceRow.id == evidence_id,
            EvidenceRow.state == EvidenceState.CAPTURED,
            EvidenceRow.erased_at.is_(None),
            visible_items(actor),
        )
    )
    if row is None:
        msg = "There is no such evidence, or it is not yours to see."
        raise NotFound(msg)
    return row


def _stamps(
    session: Session, evidence: Sequence[int], additions: Sequence[int]
) -> dict[tuple[Stamped, int], list[TimeStampRow]]:
    found: dict[tuple[Stamped, int], list[TimeStampRow]] = defaultdict(list)
    for row in session.scalars(_stamps_of(evidence, additions).order_by(TimeStampRow.id)):
        found[row.subject, row.subject_id].append(row)
    return found


def _stamps_of(evidence: Any, additions: Any) -> Select[TimeStampRow]:
    """Select the stamps of these records and additions; each is a list of ids or a SELECT."""
    subject, subject_id = TimeStampRow.subject, TimeStampRow.subject_id
    return select(TimeStampRow).where(
        ((subject == Stamped.EVIDENCE) & subject_id.in_(evidence))
        | ((subject == Stamped.ADDITION) & subject_id.in_(additions))
    )


def _is_pending(page: ItemPage, stamps: Sequence[TimeStampRow]) -> bool:
    return (
        page.item.state is ItemState.NEW
        or any(row.state is EvidenceState.WANTED for row in page.evidence)
        or any(row.state in _UNDER_WAY for row in page.actions)
        or any(row.token_sha256 is None for row in stamps)
    )
