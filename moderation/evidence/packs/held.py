"""Everything that the record holds about one person, in order, before anybody is taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from moderation.access import Actor
from moderation.evidence.packs.occasions import chunks
from moderation.evidence.packs.persons import Person, cases_of, items_of, records_of
from moderation.evidence.packs.words import both_clocks, day_of, platform, say, severity, standing
from moderation.lifecycle import DisclosureState
from moderation.tables import (
    AccountRow,
    CaseItemRow,
    CaseRow,
    DecisionRow,
    DisclosureRow,
    ItemRow,
    ItemVersionRow,
    PlatformActionRow,
    ProposalRow,
    SignalRow,
    SupportRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_HANDED: Final = (DisclosureState.HANDED_OVER,)


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One item: its texts by version, plain facts, and what machines and people made of it.

    authored are the facts that say who wrote it: the author's own data and nobody else's.
    """

    id: int
    day: str
    texts: tuple[str, ...]
    authored: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    judged: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held about a person."""

    person: Person
    items: tuple[HeldItem, ...]
    cases: tuple[Mapping[str, str], ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    own_names: tuple[str, ...]


def held_about(session: Session, person: Person, actor: Actor, now: datetime) -> Held:
    """Read all that is held about a person; actor is who answers, from whom cases may be kept."""
    items = items_of(session, person, actor.org_id)
    cases = cases_of(session, person, actor)
    ids = [item.id for item, _ in items]
    shelf = _Shelf(session, ids)
    return Held(
        person=person,
        items=tuple(_item(shelf, item, account) for item, account in items),
        cases=tuple(_case(session, case) for case in cases),
        sources=tuple(sorted({platform(account.platform) for _, account in items})),
        recipients=_recipients(session, actor.org_id, ids, cases, now),
        own_names=_own_names(person, [item for item, _ in items]),
    )


class _Shelf:
    """Rows about many items, by item."""

    def __init__(self, session: Session, ids: Sequence[int]) -> None:
        self._session, self._ids = session, ids
        self.versions = self._by_item(ItemVersionRow, ItemVersionRow.seq)
        self.signals = self._by_item(SignalRow, SignalRow.detector)
        self.proposals = self._by_item(ProposalRow, ProposalRow.version_seq)
        self.decisions = self._by_item(DecisionRow, DecisionRow.id)
        self.actions = self._by_item(PlatformActionRow, PlatformActionRow.id)
        self.records = records_of(session, ids)

    def _by_item(self, table: Any, order: Any) -> Mapping[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for some in chunks(self._ids):
            rows = self._session.scalars(
                select(table).where(table.item_id.in_(some)).order_by(table.item_id, order)
            )
            for row in rows:
                found[row.item_id].append(row)
        return found


def _own_names(person: Person, items: Iterable[ItemRow]) -> tuple[str, ...]:
    """Return the names of the person themselves, which stay in what is given to them."""
    if not person.is_author:
        return tuple(name for name in (person.name, person.staff_id or "") if name)
    shown = {name for item in items for name in (item.author_handle, item.author_name) if name}
    return tuple(sorted({*shown, *person.ids}))


def _item(shelf: _Shelf, item: ItemRow, account: AccountRow) -> HeldItem:
    versions = shelf.versions[item.id]
    return HeldItem(
        id=item.id,
        day=day_of(item.occurred_at),
        texts=tuple(row.body for row in versions if row.body is not None),
        authored=(
            ("Web address", item.url or "none"),
            ("Id at the platform", item.native_id),
            ("Author as shown", f"{item.author_handle} {item.author_name}".strip() or "none"),
            ("Author's id at the platform", item.author_ref or "none"),
        ),
        facts=(
            ("Where", f"{platform(account.platform)}, account {account.name}"),
            ("Posted", both_clocks(item.posted_at)),
            ("First seen", both_clocks(item.seen_at)),
            ("Versions kept", str(len(versions))),
            ("Sealed as evidence", _sealed(shelf, item)),
        ),
        judged=(
            ("Read by machines as", _read(shelf.signals[item.id])),
            ("Proposed by the machine", _proposed(shelf.proposals[item.id])),
            ("Decided by people", _decided(shelf.decisions[item.id])),
            ("Done on the platform", _done(shelf.actions[item.id])),
        ),
    )


def _sealed(shelf: _Shelf, item: ItemRow) -> str:
    return (
        "; ".join(
            f"{row.ref}, {both_clocks(row.captured_at, 'not captured')}"
            for row in shelf.records.get(item.id, ())
        )
        or "no"
    )


def _read(rows: Sequence[SignalRow]) -> str:
    """Say what each detector found, so that it can be understood without the software."""
    return "; ".join(filter(None, map(_reading, rows))) or "nothing found"


def _reading(row: SignalRow) -> str:
    if row.unscored:
        return f"{row.detector} could not read it"
    found = [str(hit.get("says") or hit.get("rule")) for hit in row.hits if isinstance(hit, dict)]
    weighed = [f"{say(name).lower()} {value:.2f}" for name, value in (row.scores or {}).items()]
    said = ", ".join([*found, *weighed])
    return f"{row.detector} ({said})" if said else ""


def _proposed(rows: Sequence[ProposalRow]) -> str:
    if not rows:
        return "nothing"
    row = rows[-1]
    of = say(row.category or row.not_abuse)
    return f"{say(row.outcome)}: {of}, {severity(row.severity)}. {' '.join(row.reasons)}"


def _decided(rows: Sequence[DecisionRow]) -> str:
    return (
        "; ".join(
            f"{day_of(row.at)}: {say(row.category or row.not_abuse or row.house_rule)}, "
            f"because: {row.reason}"
            for row in rows
        )
        or "nothing yet"
    )


def _done(rows: Sequence[PlatformActionRow]) -> str:
    return (
        "; ".join(
            f"{say(row.kind)} ({standing(row.state)}), {both_clocks(row.requested_at)}, "
            f"because: {row.reason}"
            for row in rows
        )
        or "nothing"
    )


def _case(session: Session, case: CaseRow) -> dict[str, str]:
    """Tell a person their own part of a case: where it stands and what they were offered."""
    support = session.scalars(
        select(SupportRow).where(SupportRow.case_id == case.id).order_by(SupportRow.id)
    )
    return {
        "Reference": case.ref,
        "Opened": day_of(case.opened_at),
        "Where it stands": say(case.state),
        "What you said to a report to the police": say(case.police_consent),
        "Contact with you": case.contact_note or "not recorded",
        "Support": "; ".join(f"{say(r.code)}: {say(r.status).lower()}. {r.note}" for r in support)
        or "nothing recorded",
    }


def _recipients(
    session: Session, org_id: str, ids: Sequence[int], cases: Sequence[CaseRow], now: datetime
) -> tuple[str, ...]:
    """Return the kinds of recipients who were handed a pack that holds this person's data."""
    of_items = {f"item:{one}" for one in ids}
    of_cases = {f"case:{case.id}" for case in cases}
    for some in chunks(ids):
        of_cases |= {
            f"case:{one}"
            for one in session.scalars(
                select(CaseItemRow.case_id).where(CaseItemRow.item_id.in_(some)).distinct()
            )
        }
    rows = session.execute(
        select(DisclosureRow.kind, DisclosureRow.about, DisclosureRow.handed_at).where(
            DisclosureRow.org_id == org_id,
            DisclosureRow.state.in_(_HANDED),
            DisclosureRow.handed_at <= now,
        )
    )
    about = of_items | of_cases
    return tuple(sorted({say(row.kind).lower() for row in rows if row.about in about}))
