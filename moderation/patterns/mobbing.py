"""Mobbing: many authors, one member of staff, one window; further items join the incident."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from moderation.patterns.contacts import Contact, Patterns, distinct_authors, stretches
from moderation.patterns.keeping import keep
from moderation.patterns.stored_abuse import abuse_around
from moderation.policy import Policy
from moderation.tables import ItemRow, PatternKind, PatternRow


def mobbing(
    session: Session,
    org_id: str,
    staff_id: str,
    fresh: Sequence[Contact],
    policy: Policy,
    found: Patterns,
) -> None:
    """Keep the incidents against one person to which the abuse of the batch belongs."""
    rule = policy.mobbing
    window = timedelta(hours=rule.window_hours)
    new = {contact.item_id: contact for contact in fresh}
    stored = abuse_around(session, org_id, ItemRow.target_staff_id == staff_id, fresh, window)
    everything = {contact.item_id: contact for contact in stored} | new
    crowd: dict[int, Contact] = {}
    most = 0
    for stretch in stretches(everything.values(), window):
        authors = distinct_authors(stretch)
        if authors < rule.distinct_authors or new.keys().isdisjoint(c.item_id for c in stretch):
            continue
        if crowd and stretch[0].at > max(contact.at for contact in crowd.values()):
            keep_crowd(
                session, org_id, staff_id, crowd.values(), _says(most, window), window, found
            )
            crowd, most = {}, 0
        crowd |= {contact.item_id: contact for contact in stretch}
        most = max(most, authors)
        for item_id in crowd.keys() & new.keys():
            found.items[item_id].authors = max(found.items[item_id].authors, authors)
    if crowd:
        keep_crowd(session, org_id, staff_id, crowd.values(), _says(most, window), window, found)


def _says(authors: int, window: timedelta) -> str:
    return f"{authors} people in {round(window / timedelta(hours=1))} hours"


def keep_crowd(
    session: Session,
    org_id: str,
    staff_id: str,
    crowd: Collection[Contact],
    says: str,
    window: timedelta,
    found: Patterns,
) -> None:
    """Keep what several authors wrote of one person as one incident."""
    times = [contact.at for contact in crowd]
    seen = PatternRow(
        org_id=org_id,
        kind=PatternKind.MOBBING,
        target_staff_id=staff_id,
        author_ref=None,
        first_at=min(times),
        last_at=max(times),
        occasions=len(crowd),
        authors=distinct_authors(crowd),
        says=says,
    )
    keep(session, seen, [contact.item_id for contact in crowd], window, found)
