"""What stands behind `watchroom retention` and `watchroom vault`: lines for whoever has a shell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from moderation.access import Actor
from moderation.errors import NotFound
from moderation.evidence.care.checking import Check
from moderation.retention import proposals
from moderation.retention.classes import Klass, Stay
from moderation.retention.outlook import look_ahead
from moderation.tables import CaseRow, ErasureRow, UserRow
from worker import caring
from worker.erasing import rules_of, run_day
from worker.workshop import Workshop

_CLASSES: Final = {
    Klass.NOT_FLAGGED: "seen and not flagged",
    Klass.NOT_ABUSE: "flagged or captured, and no abuse",
    Klass.SLIGHT: "slight abuse or a house rule",
    Klass.NO_CASE: "abuse without a case",
    Klass.CASE: "cases about people from outside",
    Klass.INTERNAL_CASE: "cases about people who work here",
    Klass.POLICE: "with the police",
    Klass.SAFEGUARDING: "safeguarding",
    Klass.AUDIT: "audit lines",
    Klass.BLOCK: "what a block rests on",
}
_STAYS: Final = {
    Stay.WAITS: "waits for a person",
    Stay.BUSY: "evidence, an action or a pack is under way",
    Stay.OPEN_CASE: "in an open case",
    Stay.HELD: "under a hold",
    Stay.BLOCKED: "a block rests on it",
    Stay.UNTIL_SAID: "kept until people propose its end",
}


def say_due(shop: Workshop) -> Iterator[str]:
    """Yield what the next run would let go of, and what waits for two people; nothing changes."""
    org_id, rules = shop.org_id, rules_of(shop)
    with shop.store.reading() as session:
        seen = look_ahead(session, org_id, rules.periods, shop.now())
        waiting = session.execute(
            select(ErasureRow, CaseRow.ref)
            .join(CaseRow, proposals.of_case())
            .where(ErasureRow.org_id == org_id, proposals.OPEN)
            .order_by(ErasureRow.id)
        ).all()
    yield f"Policy of revision {rules.revision}, organisation {org_id}."
    yield "Goes with the next run: " + (
        ", ".join(f"{n} items of {_named(one)}" for one, n in sorted(seen.due.items())) or "nothing"
    )
    if seen.media:
        yield f"Pictures and videos go before the words of {seen.media} items."
    for klass, number in sorted(seen.not_yet.items()):
        yield f"Not yet due: {number} items of {_named(klass)}"
    for stay, number in sorted(seen.stays.items()):
        yield f"Stays: {number} items, {_STAYS[stay]}"
    proposed = {ref for _, ref in waiting}
    for ref, klass in sorted(seen.cases.items()):
        if ref not in proposed:
            yield f"Will be proposed: case {ref}, {_named(klass)}"
    for row, ref in waiting:
        said = "nobody has approved it" if row.first_by is None else f"approved by {row.first_by}"
        if row.second_by is not None:
            said += f" and {row.second_by}"
        yield f"Proposal {row.id}: case {ref}, {row.klass}, {said}"


def approve_as(shop: Workshop, number: int, email: str) -> str:
    """Approve a proposal as the person with that address, and return what to tell.

    Raises NotFound, NotAllowed or Conflict, as the page does.
    """
    with shop.store.transaction() as session:
        row = session.scalar(
            select(UserRow).where(UserRow.email == email.strip(), UserRow.active.is_(True))
        )
        if row is None:
            raise NotFound("Nobody with that address signs in here.")
        actor = Actor(row.name, row.org_id, row.role, row.id)
        done = proposals.approve(session, number, rules_of(shop), actor=actor, now=shop.now())
        both = done.second_by is not None
    return (
        f"Proposal {number} is approved by two people: it goes with the next work of the worker."
        if both
        else f"Proposal {number} is approved. A second person has to approve it too."
    )


def run_now(shop: Workshop) -> str:
    """Do today's run at once and return what to tell."""
    made = run_day(shop, shop.org_id)
    shop.store.let_go()
    return f"Done. Tombstones made: {made}. `watchroom retention list` says what is left."


def say_check(check: Check) -> Iterator[str]:
    """Yield what a check of the vault found, the first names of each kind of fault with it."""
    yield f"{check.files} files, {check.size} bytes read again; {check.removed} orphans removed."
    for kind, number in sorted(check.counts.items()):
        yield f"{number} {kind}:"
        yield from (f"  {name}" for name in check.names[kind])
    if check.is_well:
        yield "Every file is whole and named, and everything that is named is there."


def check_now(shop: Workshop) -> Check:
    """Check the whole vault now."""
    return caring.check_now(shop)


def _named(klass: Klass) -> str:
    return f"{klass.value} ({_CLASSES[klass]})"
