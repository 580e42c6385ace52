"""Which models and rules failed to read, since when and on how many items, and which work again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from moderation.access import Actor, Right
from moderation.combining import model_name
from moderation.model import Failure, Signal
from moderation.store import insert_for
from moderation.tables import DetectorHealthRow as Row

# One that works again stays on the page for so long: somebody may ask what those items are.
REMEMBERED: Final = timedelta(days=7)


def note(session: Session, signals: Iterable[Signal], *, now: datetime) -> None:
    """Keep what a page's signals say of their detectors, in the transaction that keeps the page.

    One that failed on any text of the page is failing; one that read them all works.
    """
    items: Counter[str] = Counter()
    failures: dict[str, Failure] = {}
    worked = set()
    for signal in signals:
        name = model_name(signal.model)
        if signal.failure is not None:
            items[name] += 1
            failures[name] = signal.failure
        elif not signal.unscored:
            worked.add(name)
    # In one order everywhere, so that two workers cannot wait for each other's rows.
    for name in sorted(items):
        _failed(session, name, failures[name], items[name], now)
    again = worked - items.keys()
    if again:
        session.execute(
            update(Row)
            .where(Row.name.in_(sorted(again)), Row.worked_at.is_(None))
            .values(worked_at=now)
            .execution_options(synchronize_session=False)
        )


def _failed(session: Session, name: str, failure: Failure, items: int, now: datetime) -> None:
    new = {"failure": failure, "failed_at": now, "worked_at": None}
    insert = insert_for(session, Row).values(name=name, failing_since=now, items=items, **new)
    goes_on, begun = Row.worked_at.is_(None), insert.excluded
    so_far = {
        "failing_since": case((goes_on, Row.failing_since), else_=begun["failing_since"]),
        "items": case((goes_on, Row.items + begun["items"]), else_=begun["items"]),
    }
    session.execute(insert.on_conflict_do_update(index_elements=[Row.name], set_=new | so_far))


def failing(session: Session) -> list[Row]:
    """Return the detectors that fail now, by name; for the doctor, who is nobody in particular."""
    query = select(Row).where(Row.worked_at.is_(None)).order_by(Row.name)
    return list(session.scalars(query))


def shown(session: Session, *, actor: Actor, now: datetime) -> list[Row]:
    """Return the detectors that fail, longest first, then those that lately work again."""
    actor.require(Right.SEE_HEALTH)
    recovered = session.scalars(
        select(Row).where(Row.worked_at > now - REMEMBERED).order_by(Row.worked_at.desc())
    ).all()
    longest_first = sorted(failing(session), key=lambda row: row.failing_since)
    return [*longest_first, *recovered]
