"""Erase items and cases: texts in one commit with their tombstone, files after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import Actor
from moderation.policy_parts import Retention
from moderation.retention import due, facts, texts
from moderation.retention.classes import Klass, Verdict, goes_with_case
from moderation.retention.files import Files, media_of, withdraw_packs
from moderation.tables import CaseRow, ErasureRow, ItemRow, ItemVersionRow


@dataclass(frozen=True, slots=True)
class Gone:
    """What one commit let go of: names of files in the vault, and paths of packs."""

    erasures: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The periods with the revision of the policy that holds them."""

    periods: Retention
    revision: str


def erase_due(
    session: Session,
    org_id: str,
    item_ids: Sequence[int],
    files: Files,
    rules: Rules,
    *,
    actor: Actor,
    now: datetime,
) -> Gone:
    """Erase those of the items that go by themselves now, with one tombstone for each class.

    The rules are asked again under the items' lock. files were read before; the caller removes
    what this returns once it is committed.
    """
    locked = _lock(session, org_id, item_ids)
    judged = due.verdicts(session, locked, rules.periods)
    going = {one: verdict for one, verdict in judged.items() if due.goes_by_itself(verdict, now)}
    made: list[int] = []
    for klass in sorted({verdict.klass for verdict in going.values()}):
        mine = {one: verdict for one, verdict in going.items() if verdict.klass is klass}
        row = _row(session, org_id, klass, "items", _earliest(mine), rules, now)
        _bury(session, row, sorted(mine), files, actor, now)
        made.append(row.id)
    packs = withdraw_packs(session, sorted(going), None)
    texts.empty_items(session, sorted(going), now)
    return Gone(tuple(made), tuple(files.of(going)), tuple(packs))


def erase_case(
    session: Session,
    row: ErasureRow,
    case: CaseRow,
    files: Files,
    rules: Rules,
    *,
    actor: Actor,
    now: datetime,
) -> Gone:
    """Erase an approved case and those of its items that nothing else keeps.

    The caller has locked case and row, and asked the rules about the case again.
    """
    items = _lock(session, case.org_id, due.items_of(session, case.id))
    other = facts.of_items(session, items, without_case=case.id)
    going = sorted(one for one, found in other.items() if goes_with_case(found, rules.periods, now))
    about: dict[str, Any] = {
        "case": case.ref,
        "source": case.source,
        "opened": case.opened_at.isoformat(),
        "closed": case.closed_at.isoformat() if case.closed_at else None,
        "outcome": case.outcome,
    }
    _bury(session, row, going, files, actor, now, about)
    packs = withdraw_packs(session, going, case.id)
    texts.empty_items(session, going, now)
    texts.empty_case(session, case.id, now)
    return Gone((row.id,), tuple(files.of(going)), tuple(packs))


def erase_media(
    session: Session,
    org_id: str,
    item_ids: Sequence[int],
    rules: Rules,
    *,
    actor: Actor,
    now: datetime,
) -> Gone:
    """Let go of pictures and videos that may go before the words they came with."""
    locked = _lock(session, org_id, item_ids)
    judged = due.verdicts(session, locked, rules.periods)
    ready = {one: verdict for one, verdict in judged.items() if media_is_due(verdict, now)}
    kept = media_of(session, sorted(ready))
    going = {one: verdict for one, verdict in ready.items() if kept.get(one)}
    if not going:
        return Gone()
    row = _row(session, org_id, Klass.NOT_ABUSE, "media", _earliest(going, media=True), rules, now)
    row.erased = [{"item": one, "media": sorted(kept[one])} for one in sorted(going)]
    _settle(session, row, len(going), actor, now)
    texts.empty_media(session, sorted(going), now)
    return Gone((row.id,), tuple(sorted({name for one in going for name in kept[one]})))


def media_is_due(verdict: Verdict, now: datetime) -> bool:
    """Say whether pictures and videos may go now; with the words themselves they go anyway."""
    return verdict.media_due_at is not None and verdict.media_due_at <= now


def _lock(session: Session, org_id: str, item_ids: Iterable[int]) -> list[int]:
    """Lock the items, so that no hold, decision or case comes between the rules and the end."""
    query = (
        select(ItemRow.id)
        .where(ItemRow.org_id == org_id, ItemRow.id.in_(sorted(item_ids)))
        .order_by(ItemRow.id)
        .with_for_update()
    )
    return list(session.scalars(query))


def _row(
    session: Session,
    org_id: str,
    klass: Klass,
    about: str,
    due_at: datetime,
    rules: Rules,
    now: datetime,
) -> ErasureRow:
    row = ErasureRow(
        org_id=org_id,
        klass=klass.value,
        about=about,
        due_at=due_at,
        proposed_at=now,
        policy_revision=rules.revision,
        erased=[],
    )
    session.add(row)
    session.flush()
    return row


def _bury(
    session: Session,
    row: ErasureRow,
    item_ids: Sequence[int],
    files: Files,
    actor: Actor,
    now: datetime,
    *first: dict[str, Any],
) -> None:
    """Write the tombstone: which versions, their hashes and those of their files."""
    versions = session.execute(
        select(ItemVersionRow.item_id, ItemVersionRow.seq, ItemVersionRow.sha256)
        .where(ItemVersionRow.item_id.in_(item_ids), ItemVersionRow.erased_at.is_(None))
        .order_by(ItemVersionRow.item_id, ItemVersionRow.seq)
    ).all()
    latest = {version.item_id: version.seq for version in versions}
    row.erased = [
        *first,
        *(
            {
                "item": version.item_id,
                "version": version.seq,
                "sha256": version.sha256,
                # The files of an item are told once, beside its last version.
                "files": files.of([version.item_id])
                if version.seq == latest[version.item_id]
                else [],
            }
            for version in versions
        ),
    ]
    _settle(session, row, len(item_ids), actor, now)


def _settle(session: Session, row: ErasureRow, items: int, actor: Actor, now: datetime) -> None:
    row.done_at = now
    session.flush()
    audit.append(
        session,
        "retention.erase",
        f"erasure:{row.id}",
        actor=actor,
        at=now,
        detail={"class": row.klass, "about": row.about, "items": items},
    )


def _earliest(going: Mapping[int, Verdict], *, media: bool = False) -> datetime:
    times = [verdict.media_due_at if media else verdict.due_at for verdict in going.values()]
    return min(at for at in times if at is not None)
