"""One author against several members of staff: for a person to look at, never a finding by itself.

The Protection from Harassment Act 1997 s.1(1A) speaks of two or more persons, but asks for an
intent that no machine can see; so the pattern is noted and nothing is made more serious for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from moderation.patterns.contacts import Contact, Patterns, stretches
from moderation.patterns.keeping import keep
from moderation.patterns.stored_abuse import abuse_around
from moderation.policy import Policy
from moderation.tables import ItemRow, PatternKind, PatternRow

# Stands where other patterns name their one member of staff.
SEVERAL = ""


def several(
    session: Session, org_id: str, batch: Sequence[Contact], policy: Policy, found: Patterns
) -> None:
    """Keep the patterns of authors whose abuse went to several members of staff in one window."""
    new = {one.item_id: one for one in batch if one.abusive and one.author_ref}
    if not new:
        return
    window = timedelta(days=policy.course_of_conduct.window_days)
    theirs = ItemRow.author_ref.in_({one.author_ref for one in new.values()})
    stored = abuse_around(session, org_id, theirs, new.values(), window)
    by_author: dict[str, list[Contact]] = defaultdict(list)
    for one in ({contact.item_id: contact for contact in stored} | new).values():
        by_author[one.author_ref or ""].append(one)
    for author_ref, contacts in sorted(by_author.items()):
        for stretch in stretches(contacts, window):
            _keep(session, org_id, author_ref, stretch, new.keys(), policy, found)


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
