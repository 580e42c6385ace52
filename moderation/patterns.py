"""Course of conduct and mobbing: what only several items together show, found batch by batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from moderation.policy import Policy
from moderation.tables import ItemRow, PatternItemRow, PatternKind, PatternRow, ProposalRow
from moderation.taxonomy import NotAbuse

# These say nothing against the person named, so they are no occasion of anything.
_KINDLY = frozenset({NotAbuse.THANKS, NotAbuse.QUESTION, NotAbuse.COUNTER_SPEECH})
# The author as the platform names them, and the member of staff.
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contact:
    """One item aimed at one member of staff, as triage is about to record it."""

    item_id: int
    at: datetime
    target_staff_id: str
    author_ref: str | None
    abusive: bool
    not_abuse: NotAbuse | None = None


@dataclass(slots=True)
class Found:
    """What the patterns say of one item: zero where there is none."""

    occasions: int = 0
    days: int = 0
    authors: int = 0


@dataclass(slots=True)
class Patterns:
    """What a batch showed: per item what to add, and which patterns are new."""

    items: dict[int, Found] = field(default_factory=lambda: defaultdict(Found))
    started: list[PatternRow] = field(default_factory=list)


def occasions(times: Iterable[datetime], gap: timedelta) -> list[datetime]:
    """Return the start of each occasion, oldest first; a burst in one sitting is one."""
    starts: list[datetime] = []
    last: datetime | None = None
    for at in sorted(times):
        if last is None or at - last >= gap:
            starts.append(at)
        last = at
    return starts


def find(session: Session, org_id: str, batch: Sequence[Contact], policy: Policy) -> Patterns:
    """Compare a batch with what is stored, and keep the patterns found.

    Costs one query for the batch, one for each person in it, and two for each pattern found.
    """
    found = Patterns()
    pairs: dict[_Pair, list[Contact]] = defaultdict(list)
    targets: dict[str, list[Contact]] = defaultdict(list)
    for contact in batch:
        if contact.author_ref and contact.not_abuse not in _KINDLY:
            pairs[contact.author_ref, contact.target_staff_id].append(contact)
        if contact.abusive:
            targets[contact.target_staff_id].append(contact)
    stored = _earlier(session, org_id, pairs, policy)
    for pair, contacts in sorted(pairs.items()):
        _course(session, org_id, pair, [*stored[pair], *contacts], contacts, policy, found)
    for staff_id, contacts in sorted(targets.items()):
        _mobbing(session, org_id, staff_id, contacts, policy, found)
    return found


def _course(
    session: Session,
    org_id: str,
    pair: _Pair,
    everything: Sequence[Contact],
    fresh: Sequence[Contact],
    policy: Policy,
    found: Patterns,
) -> None:
    rule = policy.course_of_conduct
    author_ref, staff_id = pair
    window = timedelta(days=rule.window_days)
    newest = max(contact.at for contact in fresh)
    within = [contact for contact in everything if contact.at >= newest - window]
    gap = timedelta(minutes=rule.burst_gap_minutes)
    abusive = occasions((c.at for c in within if c.abusive), gap)
    starts = occasions((c.at for c in within), gap)
    if len(abusive) < rule.occasions and len(starts) < rule.contacts:
        return
    days = (starts[-1] - starts[0]).days + 1
    _keep(
        session,
        PatternRow(
            org_id=org_id,
            kind=PatternKind.COURSE_OF_CONDUCT,
            target_staff_id=staff_id,
            author_ref=author_ref,
            first_at=starts[0],
            last_at=newest,
            occasions=len(starts),
            authors=1,
            says=f"{len(starts)} occasions in {days} days",
        ),
        [contact.item_id for contact in within],
        window,
        found,
    )
    for contact in fresh:
        found.items[contact.item_id].occasions = len(starts)
        found.items[contact.item_id].days = days


def _earlier(
    session: Session, org_id: str, pairs: Mapping[_Pair, Sequence[Contact]], policy: Policy
) -> Mapping[_Pair, list[Contact]]:
    """Return what is stored of these authors against these people, in one query for the batch."""
    stored: dict[_Pair, list[Contact]] = defaultdict(list)
    if not pairs:
        return stored
    oldest = min(contact.at for contacts in pairs.values() for contact in contacts)
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
            ItemRow.occurred_at >= oldest - timedelta(days=policy.course_of_conduct.window_days),
        )
    )
    for row in rows:
        if row.abusive or row.not_abuse not in _KINDLY:
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


def _mobbing(
    session: Session,
    org_id: str,
    staff_id: str,
    fresh: Sequence[Contact],
    policy: Policy,
    found: Patterns,
) -> None:
    rule = policy.mobbing
    window = timedelta(hours=rule.window_hours)
    newest = max(contact.at for contact in fresh)
    stored = session.execute(
        select(ItemRow.id, ItemRow.author_ref, ItemRow.occurred_at).where(
            ItemRow.org_id == org_id,
            ItemRow.target_staff_id == staff_id,
            ItemRow.occurred_at > newest - window,
            ItemRow.occurred_at <= newest,
            ItemRow.category.is_not(None),
        )
    ).all()
    recent = [c for c in fresh if c.at > newest - window]
    authors = {row.author_ref for row in stored} | {c.author_ref for c in recent}
    known = len(authors - {None})
    if known < rule.distinct_authors:
        return
    first = min([row.occurred_at for row in stored] + [c.at for c in recent])
    _keep(
        session,
        PatternRow(
            org_id=org_id,
            kind=PatternKind.MOBBING,
            target_staff_id=staff_id,
            author_ref=None,
            first_at=first,
            last_at=newest,
            occasions=len(stored) + len(recent),
            authors=known,
            says=f"{known} people in {rule.window_hours} hours",
        ),
        [row.id for row in stored] + [c.item_id for c in recent],
        window,
        found,
    )
    for contact in recent:
        found.items[contact.item_id].authors = known


def _keep(
    session: Session,
    seen: PatternRow,
    item_ids: Sequence[int],
    window: timedelta,
    found: Patterns,
) -> None:
    """Join the pattern that this one continues, or start it, and link its items once."""
    running = session.scalar(
        select(PatternRow)
        .where(
            PatternRow.org_id == seen.org_id,
            PatternRow.kind == seen.kind,
            PatternRow.target_staff_id == seen.target_staff_id,
            PatternRow.author_ref.is_not_distinct_from(seen.author_ref),
            PatternRow.last_at >= seen.first_at - window,
            PatternRow.first_at <= seen.last_at + window,
        )
        .order_by(PatternRow.last_at.desc())
        .limit(1)
    )
    if running is None:
        session.add(seen)
        found.started.append(seen)
        running = seen
    session.flush()
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.execute(
        dialect.insert(PatternItemRow).on_conflict_do_nothing(),
        [{"pattern_id": running.id, "item_id": item_id} for item_id in item_ids],
    )
    if running is not seen:
        _extend(session, running, seen)


def _extend(session: Session, running: PatternRow, seen: PatternRow) -> None:
    running.first_at = min(running.first_at, seen.first_at)
    running.last_at = max(running.last_at, seen.last_at)
    if running.kind is PatternKind.COURSE_OF_CONDUCT:
        running.occasions, running.says = seen.occasions, seen.says
        return
    members = session.execute(
        select(func.count(), func.count(ItemRow.author_ref.distinct()))
        .select_from(PatternItemRow)
        .join(ItemRow, ItemRow.id == PatternItemRow.item_id)
        .where(PatternItemRow.pattern_id == running.id)
    ).one()
    running.occasions, running.authors = members[0], members[1]
    running.says = f"{members[1]} people since {running.first_at:%d %B %Y}"
