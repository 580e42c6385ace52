"""What accounts' calls cost in a period, and the warnings before the ceiling is reached."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.accounts.reading import tell
from moderation.store import insert_for
from moderation.tables import AccountRow, AccountUsageRow

WARN_AT: Final = (70, 90)
"""Shares of the ceiling, in per cent, at which people are told, each once a period."""


def spent(session: Session, account_id: int, period: str) -> float:
    """Return what the account's calls have cost in the period so far."""
    row = session.get(AccountUsageRow, (account_id, period))
    return row.spent if row else 0.0


def spend(
    session: Session,
    account_id: int,
    period: str,
    amount: float,
    *,
    ceiling: float,
    now: datetime,
) -> float:
    """Add to what the period has cost and return the sum; tell the administrators in time."""
    made = insert_for(session, AccountUsageRow).values(
        account_id=account_id, period=period, spent=amount, warned=0
    )
    session.execute(
        made.on_conflict_do_update(
            index_elements=["account_id", "period"],
            set_={"spent": AccountUsageRow.spent + amount},
        )
    )
    row = session.scalars(
        select(AccountUsageRow).where(
            AccountUsageRow.account_id == account_id, AccountUsageRow.period == period
        )
    ).one()
    share = 100 * row.spent / ceiling if ceiling > 0 else 100.0
    reached = max((mark for mark in WARN_AT if share >= mark), default=0)
    if reached > row.warned:
        row.warned = reached
        account = session.scalars(select(AccountRow).where(AccountRow.id == account_id)).one()
        tell(session, account, f"usage:{account_id}:{period}:{reached}", now)
    return row.spent
