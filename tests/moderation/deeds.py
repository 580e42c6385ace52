"""Short ways to do what reviewers do, and to let many people do it at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from threading import Barrier, Thread
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import actions, review
from moderation.access import Actor, Role
from moderation.evidence import additions
from moderation.evidence.sealing import Sealed
from moderation.model import ActionKind
from moderation.review import Finding
from moderation.store import Store
from moderation.tables import (
    AdditionKind,
    AuditBodyRow,
    DecisionOutcome,
    DecisionRow,
    EvidenceAdditionRow,
    ItemRow,
    PlatformActionRow,
)
from moderation.taxonomy import Abuse, HouseRule, NotAbuse, Severity, TargetType
from tests.world import NOW, REASON, World

Result = TypeVar("Result")

ABUSE = Finding(
    DecisionOutcome.ABUSE,
    REASON,
    category=Abuse.PERSONAL_ABUSE,
    severity=Severity.S2,
    target_type=TargetType.NAMED_STAFF,
    target_staff_id="NM-1",
)
NOT_ABUSE = Finding(DecisionOutcome.NOT_ABUSE, "", not_abuse=NotAbuse.CRITICISM)
HOUSE_RULE = Finding(DecisionOutcome.HOUSE_RULE, REASON, house_rule=HouseRule.SPAM)

_FORMS = count(1)


def form() -> str:
    """Return a fresh form id."""
    return f"form-number-{next(_FORMS):06d}"


def decide(
    world: World, session: Session, item: ItemRow, finding: Finding = ABUSE, **given: Any
) -> DecisionRow:
    """Decide about an item as a comms moderator who has just opened it."""
    return review.decide(
        session,
        item.id,
        finding,
        revision=given.get("revision", item.revision),
        form_id=given.get("form_id") or form(),
        actor=given.get("actor") or world.actor(Role.COMMS_MODERATOR),
        now=given.get("now", NOW),
    )


def captured_abuse(world: World, session: Session) -> ItemRow:
    """Make an item that was found to be abuse and whose evidence is captured."""
    item = world.item(session)
    decide(world, session, item)
    world.capture(session, item)
    return item


def request(
    world: World,
    session: Session,
    item: ItemRow,
    kind: ActionKind = ActionKind.HIDE,
    *,
    actor: Actor | None = None,
    form_id: str = "",
    now: datetime = NOW,
) -> PlatformActionRow:
    """Ask for an action as a comms moderator, unless another actor is given."""
    return actions.request(
        session,
        item.id,
        kind,
        reason=REASON,
        form_id=form_id or form(),
        actor=actor or world.actor(Role.COMMS_MODERATOR),
        now=now,
    )


def add_own_evidence(
    session: Session, item: ItemRow, actor: Actor, now: datetime = NOW
) -> EvidenceAdditionRow:
    """Add a phone log to the item's evidence, its seal being invented."""
    file = additions.brought(
        AdditionKind.CALL_LOG,
        f"one call about item {item.id}\n".encode(),
        "calls.txt",
        obtained_at=None,
        obtained_how="I saved it.",
        now=now,
    )
    sealed = Sealed(manifest_sha256="a" * 64, size=10, path="a" * 64)
    return additions.add(session, item.id, file, sealed, form_id=form(), actor=actor, now=now)


def verbs(store: Store) -> list[str]:
    """Return what the lines of the audit chain say was done, oldest first."""
    with store.reading() as session:
        return list(session.scalars(select(AuditBodyRow.verb).order_by(AuditBodyRow.seq)))


@contextmanager
def cut_off(store: Store) -> Iterator[Session]:
    """Give a session whose work is interrupted before its commit, as by a process that ends."""
    with suppress(KeyboardInterrupt), store.transaction() as session:
        yield session
        raise KeyboardInterrupt


def at_once(work: Sequence[Callable[[], Result]]) -> list[Result | Exception]:
    """Start every piece of work at the same moment and return what each gave or raised."""
    gate = Barrier(len(work))
    results: list[Any] = [None] * len(work)

    def run(place: int) -> None:
        gate.wait()
        try:
            results[place] = work[place]()
        except Exception as err:  # noqa: BLE001  What one thread met is the test's to judge.
            results[place] = err

    threads = [Thread(target=run, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
