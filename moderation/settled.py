"""Words that a person has settled: the same ones, by the same author, are not asked about again."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import Conflict, InvalidInput
from moderation.plain_words import same_words
from moderation.scope import see_item
from moderation.tables import (
    DecisionRow,
    ItemRow,
    ItemVersionRow,
    ProposalRow,
    SettledTextRow,
    SignalRow,
)
from moderation.taxonomy import Abuse
from moderation.versions import living_version

KEPT_FOR: Final = timedelta(days=30)
THREATS: Final = frozenset({Abuse.THREAT_SERIOUS, Abuse.MENACE})
THREAT_RULES: Final = "threat."


def words_sha256(text: str) -> str:
    """Return the hash that is the same for texts that say the same; empty where none has words."""
    words = same_words(text)
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def why_not(session: Session, item: ItemRow) -> str:
    """Return why people have to be asked again about the item's words; empty where they need not.

    What must be checked first, and what may be a threat, is asked about every time.
    """
    if item.author_ref is None or item.post_id is None:
        return "It is not known who wrote it, or under which post."
    seq = living_version(session, item.id)
    if not words_sha256(_body(session, item.id, seq)):
        return "It has no words."
    proposal = session.get(ProposalRow, (item.id, seq))
    if proposal is None:
        return "It has not been read yet."
    if item.urgent or proposal.check_first:
        return "What has to be checked first is asked about every time."
    named = {Abuse(code) for code in proposal.categories}
    if THREATS & named or item.category in THREATS or _has_threat(session, item.id, seq):
        return "What may be a threat is asked about every time."
    return ""


def settle(
    session: Session, item: ItemRow, decision: DecisionRow, *, actor: Actor, now: datetime
) -> None:
    """Keep that the same words by the same author under the same post are settled for 30 days.

    Raises InvalidInput where they have to be asked about every time.
    """
    wrong = why_not(session, item)
    if wrong or item.author_ref is None or item.post_id is None:
        msg = f"People will be asked about these words again. {wrong}"
        raise InvalidInput(msg)
    row = SettledTextRow(
        org_id=item.org_id,
        item_id=item.id,
        decision_id=decision.id,
        post_id=item.post_id,
        author_ref=item.author_ref,
        words_sha256=words_sha256(_body(session, item.id, decision.version_seq)),
        settled_by=actor.user_id,
        settled_at=now,
        until=now + KEPT_FOR,
    )
    session.add(row)
    audit.append(session, "item.settle_words", f"item:{item.id}", actor=actor, at=now)


def settled(session: Session, item: ItemRow, now: datetime) -> SettledTextRow | None:
    """Return what settles the item's words now, on this item or on one like it, or None."""
    if item.author_ref is None or item.post_id is None:
        return None
    words = words_sha256(_body(session, item.id, living_version(session, item.id)))
    rows = session.scalars(
        select(SettledTextRow)
        .where(
            live(item.org_id, now),
            SettledTextRow.author_ref == item.author_ref,
            SettledTextRow.post_id == item.post_id,
            SettledTextRow.words_sha256 == words,
        )
        .order_by(SettledTextRow.until.desc())
        .limit(1)
    )
    return rows.first()


def live(org_id: str, now: datetime) -> ColumnElement[bool]:
    """Say that words are settled now in an organisation."""
    return and_(
        SettledTextRow.org_id == org_id,
        SettledTextRow.ended_at.is_(None),
        SettledTextRow.until > now,
    )


def ask_again(session: Session, item_id: int, *, actor: Actor, now: datetime) -> None:
    """Have people asked again about the item's words. Raises Conflict where they are already."""
    actor.require(Right.DECIDE)
    item = see_item(session, actor, item_id, lock=True)
    if not unsettle(session, item, actor=actor, now=now):
        msg = "People are asked about these words already."
        raise Conflict(msg)


def unsettle(session: Session, item: ItemRow, *, actor: Actor, now: datetime) -> bool:
    """End what settles the item's words, if anything does; say whether something did."""
    ended = False
    while (row := settled(session, item, now)) is not None:
        row.ended_by, row.ended_at = actor.user_id, now
        session.flush()
        ended = True
    if ended:
        audit.append(session, "item.ask_again", f"item:{item.id}", actor=actor, at=now)
    return ended


def _body(session: Session, item_id: int, seq: int) -> str:
    body = session.scalar(
        select(ItemVersionRow.body).where(
            ItemVersionRow.item_id == item_id, ItemVersionRow.seq == seq
        )
    )
    return body or ""


def _has_threat(session: Session, item_id: int, seq: int) -> bool:
    said = session.scalars(
        select(SignalRow.hits).where(SignalRow.item_id == item_id, SignalRow.version_seq == seq)
    )
    return any(hit[0].startswith(THREAT_RULES) for hits in said for hit in hits)
