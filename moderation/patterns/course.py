"""Course of conduct: one author, one member of staff, separate occasions in one window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.patterns.contacts import KINDLY, Contact, Patterns, occasions, stretches
from moderation.patterns.keeping import keep
from moderation.policy import Policy
from moderation.tables import ItemRow, PatternKind, PatternRow, ProposalRow

# The author as the platform names them, and the member of staff.
Pair = tuple[str, str]


def course(
    session: Session,
    org_id: str,
    pair: Pair,
    everything: Iterable[Contact],
    fresh: Collection[int],
    policy: Policy,
    found: Patterns,
) -> None:
    """Keep the courses of conduct of one author against one person; fresh are the batch's items."""
    rule = policy.course_of_conduct
    author_ref, staff_id = pair
    window = timedelta(days=rule.window_days)
    gap = timedelta(minutes=rule.burst_gap_minutes)
    for stretch in stretches(everything, window):
        new = [contact.item_id for contact in stretch if contact.item_id in fresh]
        abusive = occasions((c.at for c in stretch if c.abusive), gap)
        starts = occasions((c.at for c in stretch), gap)
        if not new or (len(abusive) < rule.occasions and len(starts) < rule.contacts):
            continue
        days = (starts[-1] - starts[0]).days + 1
        seen = PatternRow(
            org_id=org_id,
            kind=PatternKind.COURSE_OF_CONDUCT,
            target_staff_id=staff_id,
            author_ref=author_ref,
            first_at=starts[0],
            last_at=stretch[-1].at,
            occasions=len(starts),
            authors=1,
            says=f"{len(starts)} occasions in {days} {'day' if days == 1 else 'days'}",
        )
        keep(session, seen, [contact.item_id for contact in stretch], window, found)
        for item_id in new:
            found.items[item_id].occasions = len(starts)
            found.items[item_id].days = days


def earlier(
    session: Session, org_id: str, pairs: Mapping[Pair, Sequence[Contact]], policy: Policy
) -> Mapping[Pair, list[Contact]]:
    """Return what is stored of these authors against these people, in one query for the batch."""
    stored: dict[Pair, list[Contact]] = defaultdict(list)
    if not pairs:
        return stored
    times = [contact.at for contacts in pairs.values() for contact in contacts]
    window = timedelta(days=policy.course_of_conduct.window_days)
    rows = session.execute(
        select(
            ItemRow.id,
            ItemRow.occurred_at,
            ItemRow.author_ref,
            ItemRow.target_staff_id,
            ItemRow.category.is_not(None).label("abusive"),
            ProposalRow.not_abuse,
        )
        .join(
            ProposalRow,
            (ProposalRow.item_id == ItemRow.id) & (ProposalRow.version_seq == ItemRow.version),
            isouter=True,
        )
        .where(
            ItemRow.org_id == org_id,
            ItemRow.author_ref.in_({author for author, _ in pairs}),
            ItemRow.target_staff_id.in_({person for _, person in pairs}),
            ItemRow.occurred_at.between(min(times) - window, max(times) + window),
        )
    )
    for row in rows:
        if row.abusive or row.not_abuse not in KINDLY:
            contact = Contact(
                row.id,
                row.occurred_at,
                row.target_staff_id,
                row.author_ref,
                row.abusive,
                row.not_abuse,
            )
            stored[row.author_ref, row.target_staff_id].append(contact)
    return stored
