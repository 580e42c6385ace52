"""Who a person at the command line acts as, and the transaction that they act in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from moderation import organisations
from moderation.access import Actor, Role
from worker import opening

OPERATOR: Final = "command-line"


def operator_of(session: Session, org: str | None, default: str, now: datetime) -> Actor:
    """Return who a shell user acts as; a first command makes the organisation."""
    org_id = organisations.only(session, org, default)
    organisations.ensure(session, org_id, now=now)
    return Actor(OPERATOR, org_id, Role.ADMINISTRATOR)


@contextmanager
def acting(org: str | None) -> Iterator[tuple[Session, Actor, datetime]]:
    """Give a transaction on the installation's record, who acts in it, and its time."""
    chosen = opening.settings()
    store = opening.store(chosen)
    now = store.now()
    with store.transaction() as session:
        yield session, operator_of(session, org, chosen.org, now), now
