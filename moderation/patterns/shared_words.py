"""Mobbing by shared words: several authors, one member of staff, one hashtag, link or phrase."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, aliased

from moderation.patterns.contacts import Contact, Patterns, distinct_authors, stretches
from moderation.patterns.mobbing import keep_crowd
from moderation.policy import Policy
from moderation.store import insert_for
from moderation.tables import ContactMarkRow, ItemRow

_SHOWN = 60


def shared_words(
    session: Session,
    org_id: str,
    staff_id: str,
    fresh: Sequence[Contact],
    policy: Policy,
    found: Patterns,
) -> None:
    """Keep the incidents against one person in which several authors use the same words.

    Critics share hashtags too, so it is one only where at least half of what shares the words is
    abuse. Costs three queries for one person of a batch, and two for each incident.
    """
    written = {_digest(mark): mark for contact in fresh for mark in contact.marks}
    if not written:
        return
    window = timedelta(hours=policy.mobbing.window_hours)
    _remember(session, org_id, staff_id, fresh)
    new = {contact.item_id: contact for contact in fresh}
    crowds: dict[frozenset[int], tuple[str, list[Contact]]] = {}
    for digest, stored in _sharing(session, org_id, staff_id, fresh, window, written).items():
        contacts = [new.get(contact.item_id, contact) for contact in stored]
        for stretch in stretches(contacts, window):
            members = frozenset(contact.item_id for contact in stretch)
            if _is_crowd(stretch, policy) and not new.keys().isdisjoint(members):
                # One phrase of ten words is six runs of five: the same crowd each time.
                crowds.setdefault(members, (written[digest], stretch))
    for members, (mark, crowd) in crowds.items():
        authors, words = distinct_authors(crowd), mark[:_SHOWN]
        says = f"{authors} people with the same words: {words}"
        keep_crowd(session, org_id, staff_id, crowd, says, window, found)
        for item_id in new.keys() & members:
            item = found.items[item_id]
            if authors > item.sharing:
                item.sharing, item.shared_words = authors, words


def _is_crowd(contacts: Sequence[Contact], policy: Policy) -> bool:
    abusive = sum(contact.abusive for contact in contacts)
    enough = distinct_authors(contacts) >= policy.mobbing.shared_phrase_authors
    return enough and 2 * abusive >= len(contacts)


def _remember(session: Session, org_id: str, staff_id: str, fresh: Sequence[Contact]) -> None:
    """Store the marks of the batch; those of an edited item's earlier words make way."""
    session.execute(
        delete(ContactMarkRow).where(
            ContactMarkRow.item_id.in_([contact.item_id for contact in fresh])
        )
    )
    rows = [
        {
            "item_id": contact.item_id,
            "mark": _digest(mark),
            "org_id": org_id,
            "target_staff_id": staff_id,
        }
        for contact in fresh
        for mark in contact.marks
    ]
    session.execute(insert_for(session, ContactMarkRow).on_conflict_do_nothing(), rows)


def _sharing(
    session: Session,
    org_id: str,
    staff_id: str,
    fresh: Sequence[Contact],
    window: timedelta,
    digests: Iterable[str],
) -> dict[str, list[Contact]]:
    """Return for each mark of the batch every contact with this person that has it.

    Marks come in the order in which the batch has them: hashtags and links before runs of words.
    """
    theirs, same = aliased(ContactMarkRow), ContactMarkRow
    ids, times = zip(*((contact.item_id, contact.at) for contact in fresh), strict=True)
    rows = session.execute(
        select(
            same.mark,
            ItemRow.id,
            ItemRow.occurred_at,
            ItemRow.author_ref,
            ItemRow.category.is_not(None).label("abusive"),
        )
        .join(ItemRow, ItemRow.id == same.item_id)
        .where(
            same.org_id == org_id,
            same.target_staff_id == staff_id,
            # The batch's own items are recorded after this; an old one may have been edited since.
            or_(ItemRow.target_staff_id == staff_id, ItemRow.id.in_(ids)),
            same.mark.in_(select(theirs.mark).where(theirs.item_id.in_(ids))),
            ItemRow.occurred_at.between(min(times) - window, max(times) + window),
        )
    )
    by_mark: dict[str, list[Contact]] = {digest: [] for digest in digests}
    for row in rows:
        contact = Contact(row.id, row.occurred_at, staff_id, row.author_ref, row.abusive)
        by_mark[row.mark].append(contact)
    return by_mark


def _digest(mark: str) -> str:
    """Return what stands for the words in the record, so that no second copy of them is kept."""
    return hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()[:16]
