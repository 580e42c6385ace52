"""One author against several members of staff: for a person to look at, never a finding by itself.

The Protection from Harassment Act 1997 s.1(1A) speaks of two or more persons, but asks for an
intent that no machine can see; so the pattern is noted and nothing is made more serious for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.patterns.contacts import Contact, Patterns, stretches
from moderation.patterns.keeping import keep
from moderation.policy import Policy
from moderation.tables import ItemRow, PatternKind, PatternRow

# Stands where other patterns name their one member of staff.
SEVERAL = ""


def several(
    session: Session, org_id: str, batch: Sequence[Contact], policy: Policy, found: Patterns
) -> None:
    """Keep the patterns of authors whose abuse went to several members of staff in one window."""
    fresh: dict[str, list[Contact]] = defaultdict(list)
    for contact in batch:
        if contact.abusive and contact.author_ref:
            fresh[contact.author_ref].append(contact)
    if not fresh:
        return
    window = timedelta(days=policy.course_of_conduct.window_days)
    stored = _abuse_by(session, org_id, fresh, window)
    for author_ref, contacts in sorted(fresh.items()):
        new = {contact.item_id: contact for contact in contacts}
        everything = {contact.item_id: contact for contact in stored[author_ref]} | new
        for stretch in stretches(everything.values(), window):
            _keep(session, org_id, author_ref, stretch, new.keys(), policy, found)


def _abuse_by(
    session: Session, org_id: str, fresh: dict[str, list[Contact]], window: timedelta
) -> dict[str, list[Contact]]:
    """Return what is stored of abuse by these authors around the batch, in one query."""
    times = [contact.at for contacts in fresh.values() for contact in contacts]
    rows = session.execute(
        select(ItemRow.id, ItemRow.occurred_at, ItemRow.author_ref, ItemRow.target_staff_id).where(
            ItemRow.org_id == org_id,
            ItemRow.author_ref.in_(fresh),
            ItemRow.target_staff_id.is_not(None),
            ItemRow.category.is_not(None),
            ItemRow.occurred_at.between(min(times) - window, max(times) + window),
        )
    )
    stored: dict[str, list[Contact]] = defaultdict(list)
    for row in rows:
        stored[row.author_ref].append(
            Contact(row.id, row.occurred_at, row.target_staff_id, row.author_ref, abusive=True)
        )
    return stored


def _keep(
    session: Session,
    org_id: str,
    author_ref: str,
    stretch: Sequence[Contact],
    new: Collection[int],
    policy: Policy,
    found: Patterns,
) -> None:
    people = {contact.target_staff_id for contact in stretch}
    fresh = [contact.item_id for contact in stretch if contact.item_id in new]
    if len(people) < policy.course_of_conduct.people or not fresh:
        return
    days = (stretch[-1].at - stretch[0].at).days + 1
    seen = PatternRow(
        org_id=org_id,
        kind=PatternKind.GROUP_COURSE_POSSIBLE,
        target_staff_id=SEVERAL,
        author_ref=author_ref,
        first_at=stretch[0].at,
        last_at=stretch[-1].at,
        occasions=len(stretch),
        authors=1,
        says=f"{len(people)} members of staff in {days} {'day' if days == 1 else 'days'}",
    )
    window = timedelta(days=policy.course_of_conduct.window_days)
    keep(session, seen, [contact.item_id for contact in stretch], window, found)
    for item_id in fresh:
        found.items[item_id].people = max(found.items[item_id].people, len(people))
