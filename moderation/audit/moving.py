"""move(), the only door to a state: moving and writing the line that says so cannot be parted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import update
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.audit.chain import append
from moderation.lifecycle import Event, State, next_state
from moderation.tables import ItemRow


class Stateful(Protocol):
    """A row with a lifecycle."""

    __tablename__: str
    id: Any
    state: Any


def move(
    session: Session, row: Stateful, event_: Event, *, actor: Actor, at: datetime, reason: str = ""
) -> None:
    """Move a row along one edge and write the line that says so, in the caller's transaction.

    Raises IllegalTransition and changes nothing when the lifecycle has no such edge.
    """
    before: State = row.state
    row.state = next_state(row.__tablename__, before, event_)
    session.flush()
    append(
        session,
        f"{row.__tablename__}.{event_.value}",
        f"{row.__tablename__}:{row.id}",
        actor=actor,
        at=at,
        reason=reason,
        detail={"before": before.value, "after": row.state.value},
    )


def move_items(
    session: Session,
    changes: Iterable[tuple[Event, Mapping[str, Any]]],
    before: State,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Move many items that stand in one state, with one line for the batch.

    Each change is (event, columns); columns hold "id" and what else is set on that item, the same
    names for all. An item that has left the state meanwhile keeps what it has: the caller holds
    the rows' lock or is the only one to move items out of that state.
    """
    rows = []
    moved: dict[str, list[int]] = {}
    for event_, columns in changes:
        after = next_state("item", before, event_)
        rows.append({**columns, "state": after})
        moved.setdefault(after.value, []).append(columns["id"])
    if not rows:
        return
    session.execute(update(ItemRow), rows)
    append(
        session,
        "item.batch",
        "items",
        actor=actor,
        at=at,
        reason=reason,
        detail={"before": before.value, "after": moved},
    )
