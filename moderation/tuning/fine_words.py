"""Words that are fine here: names, places and jokes that a model takes for insults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from moderation import audit
from moderation.access import Actor, Right
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.plain_words import plain_words
from moderation.store import insert_for
from moderation.tables import FineWordRow, UserRow

MOST_LISTED: Final = 1_000
MOST_CHARACTERS: Final = 60
MOST_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class FineWord:
    """One entry of the list, with who put it there and, where it was taken off, who did and why."""

    id: int
    words: str
    reason: str
    added_by: str
    added_at: datetime
    removed_by: str = ""
    removed_reason: str = ""
    removed_at: datetime | None = None


def plain(typed: str) -> str:
    """Return a word or phrase as it is kept: small letters, one space between the words.

    Raises InvalidInput for what is no word, too long, or too many words.
    """
    kept = plain_words(typed)
    if not any(letter.isalpha() for letter in kept):
        msg = "Type a word or a short phrase."
        raise InvalidInput(msg)
    if len(kept.split()) > MOST_WORDS or len(kept) > MOST_CHARACTERS:
        msg = f"At most {MOST_WORDS} words and {MOST_CHARACTERS} characters. Shorten it."
        raise InvalidInput(msg)
    return kept


def listed(session: Session, org_id: str) -> frozenset[str]:
    """Return the words that are on an organisation's list now."""
    found = session.scalars(
        select(FineWordRow.words).where(
            FineWordRow.org_id == org_id, FineWordRow.removed_at.is_(None)
        )
    )
    return frozenset(found)


def entries(session: Session, *, actor: Actor, removed: bool = False) -> list[FineWord]:
    """Return the list by its words, or what was taken off, newest first; 200 of those at most."""
    actor.require(Right.SEE_TUNING)
    remover = aliased(UserRow)
    query = (
        select(FineWordRow, UserRow.name, remover.name)
        .join(UserRow, UserRow.id == FineWordRow.added_by)
        .join(remover, remover.id == FineWordRow.removed_by, isouter=True)
        .where(FineWordRow.org_id == actor.org_id)
    )
    if removed:
        off = FineWordRow.removed_at
        query = query.where(off.is_not(None)).order_by(off.desc(), FineWordRow.id).limit(200)
    else:
        query = query.where(FineWordRow.removed_at.is_(None)).order_by(FineWordRow.words)
    return [
        FineWord(
            row.id,
            row.words,
            row.reason,
            added_by,
            row.added_at,
            removed_by or "",
            row.removed_reason,
            row.removed_at,
        )
        for row, added_by, removed_by in session.execute(query)
    ]


def add(session: Session, typed: str, *, reason: str, actor: Actor, now: datetime) -> str:
    """Put a word on the list and return it as it is kept.

    Raises Conflict where it is on the list already, InvalidInput where the list is full.
    """
    actor.require(Right.TUNE)
    words = plain(typed)
    count = session.scalar(
        select(func.count()).where(
            FineWordRow.org_id == actor.org_id, FineWordRow.removed_at.is_(None)
        )
    )
    if (count or 0) >= MOST_LISTED:
        msg = f"The list is full: it holds {MOST_LISTED:,}. Take off what is no longer needed."
        raise InvalidInput(msg)
    made = session.scalar(
        insert_for(session, FineWordRow)
        .values(
            org_id=actor.org_id,
            words=words,
            reason=reason,
            added_by=actor.user_id,
            added_at=now,
            removed_reason="",
        )
        .on_conflict_do_nothing(
            index_elements=["org_id", "words"], index_where=FineWordRow.removed_at.is_(None)
        )
        .returning(FineWordRow.id)
    )
    if made is None:
        msg = f"“{words}” is on the list already."
        raise Conflict(msg)
    audit.append(session, "fine_word.add", f"fine_word:{made}", actor=actor, at=now, reason=reason)
    return words


def remove(session: Session, word_id: int, *, reason: str, actor: Actor, now: datetime) -> str:
    """Take a word off the list and return it. Raises NotFound where it is not on it."""
    actor.require(Right.TUNE)
    row = session.scalar(
        select(FineWordRow)
        .where(
            FineWordRow.id == word_id,
            FineWordRow.org_id == actor.org_id,
            FineWordRow.removed_at.is_(None),
        )
        .with_for_update()
    )
    if row is None:
        msg = "That word is not on the list; somebody may have taken it off already."
        raise NotFound(msg)
    row.removed_by, row.removed_at, row.removed_reason = actor.user_id, now, reason
    audit.append(
        session, "fine_word.remove", f"fine_word:{row.id}", actor=actor, at=now, reason=reason
    )
    return row.words
