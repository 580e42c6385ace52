"""Compare a batch with what is stored, and keep the patterns that it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from moderation.patterns.contacts import KINDLY, Contact, Patterns
from moderation.patterns.course import Pair, course, earlier
from moderation.patterns.mobbing import mobbing
from moderation.patterns.several import several
from moderation.patterns.shared_words import shared_words
from moderation.policy import Policy


def find(session: Session, org_id: str, batch: Sequence[Contact], policy: Policy) -> Patterns:
    """Compare a batch with what is stored, and keep the patterns found.

    Costs two queries for the batch, four for each person in it, and two for each pattern found.
    """
    found = Patterns()
    pairs: dict[Pair, list[Contact]] = defaultdict(list)
    targets: dict[str, list[Contact]] = defaultdict(list)
    unkind: dict[str, list[Contact]] = defaultdict(list)
    for contact in batch:
        if contact.author_ref and contact.not_abuse not in KINDLY:
            pairs[contact.author_ref, contact.target_staff_id].append(contact)
            unkind[contact.target_staff_id].append(contact)
        if contact.abusive:
            targets[contact.target_staff_id].append(contact)
    stored = earlier(session, org_id, pairs, policy)
    for pair, contacts in sorted(pairs.items()):
        fresh = {contact.item_id: contact for contact in contacts}
        # An edited item stands in the record already; it is one contact all the same.
        everything = {contact.item_id: contact for contact in stored[pair]} | fresh
        course(session, org_id, pair, everything.values(), fresh.keys(), policy, found)
    several(session, org_id, batch, policy, found)
    for staff_id, contacts in sorted(targets.items()):
        mobbing(session, org_id, staff_id, contacts, policy, found)
    for staff_id, contacts in sorted(unkind.items()):
        shared_words(session, org_id, staff_id, contacts, policy, found)
    return found
