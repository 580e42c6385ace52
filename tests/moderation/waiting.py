"""Short ways to ask for actions on capture, and to let the capture end one way or the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import invariants, review
from moderation.access import Role, system
from moderation.evidence import capture
from moderation.evidence.sealing import Sealed
from moderation.model import ActionKind
from moderation.tables import (
    ActionOnCaptureRow,
    EvidenceRow,
    ItemRow,
    JobRow,
    PlatformActionRow,
)
from tests.moderation.deeds import decide, form
from tests.world import NOW, REASON, World, hours

SEALED = Sealed(manifest_sha256="a" * 64, size=10, path="a" * 64)
LATER = NOW + hours(1)


def uncaptured_abuse(world: World) -> ItemRow:
    """Make an item found to be abuse whose evidence is wanted and not captured yet."""
    with world.store.transaction() as session:
        row = world.item(session)
        decide(world, session, row)
        return row


def do(world: World, work: Callable[[Session], Any]) -> Any:
    with world.store.transaction() as session:
        return work(session)


def ask(
    world: World,
    item: ItemRow,
    kind: ActionKind = ActionKind.HIDE,
    *,
    role: Role = Role.COMMS_MODERATOR,
    **given: Any,
) -> Any:
    given = {"form_id": form(), "actor": world.actor(role), **given}
    return do(
        world,
        lambda s: review.capture_then(s, item.id, kind, reason=REASON, now=NOW, **given),
    )


def evidence_of(session: Session, item: ItemRow) -> EvidenceRow:
    return session.scalars(
        select(EvidenceRow).where(EvidenceRow.item_id == item.id).order_by(EvidenceRow.id)
    ).first()  # type: ignore[return-value]


def captured(world: World, item: ItemRow) -> None:
    """Capture the item's evidence as the capture job does."""

    def work(session: Session) -> None:
        row = evidence_of(session, item)
        capture.captured(session, row.id, SEALED, LATER, system("capture", item.org_id))

    do(world, work)


def fail(world: World, item: ItemRow) -> None:
    do(world, lambda s: capture.failed(s, evidence_of(s, item).id, "The disk is full.", LATER))


def asked(world: World) -> list[ActionOnCaptureRow]:
    with world.store.reading() as session:
        return list(session.scalars(select(ActionOnCaptureRow).order_by(ActionOnCaptureRow.id)))


def made(world: World) -> list[PlatformActionRow]:
    with world.store.reading() as session:
        assert list(invariants.broken(session)) == []
        return list(session.scalars(select(PlatformActionRow).order_by(PlatformActionRow.id)))


def act_jobs(world: World) -> list[str]:
    with world.store.reading() as session:
        return list(session.scalars(select(JobRow.ref).where(JobRow.kind == "act")))
