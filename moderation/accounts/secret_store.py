"""Accounts' secrets in the record: sealed, one row each, and re-sealed under a new key."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.accounts.sealing import SealingKeys
from moderation.store import Store, insert_for
from moderation.tables import AccountSecretRow

LONGEST: Final = 20_000


def put(
    session: Session, keys: SealingKeys, account_id: int, name: str, value: str, *, now: datetime
) -> None:
    """Keep a secret of an account in place of an earlier one of that name."""
    values = {
        "key_id": keys.current,
        "sealed": keys.seal(value, _about(account_id, name)),
        "changed_at": now,
    }
    session.execute(
        insert_for(session, AccountSecretRow)
        .values(account_id=account_id, name=name, **values)
        .on_conflict_do_update(index_elements=["account_id", "name"], set_=values)
    )


def get(session: Session, keys: SealingKeys, account_id: int, name: str) -> str:
    """Return a secret, empty when there is none. Raises SettingsError when it does not open."""
    row = session.execute(
        select(AccountSecretRow.key_id, AccountSecretRow.sealed).where(
            AccountSecretRow.account_id == account_id, AccountSecretRow.name == name
        )
    ).one_or_none()
    return keys.open(row.key_id, row.sealed, _about(account_id, name)) if row else ""


def rotate(store: Store, keys: SealingKeys) -> int:
    """Seal every secret under a new key and let go of the old ones; return how many there were.

    It may be ended at any moment: until the last secret is sealed anew the file holds both keys,
    and the next call goes on where this one stopped.
    """
    with store.reading() as session:
        begun = _sealed_with_another(session, keys)
    if not begun:
        keys = keys.with_new_key()
    done = 0
    while _reseal_one(store, keys):
        done += 1
    keys.without_old_keys()
    return done


def _sealed_with_another(session: Session, keys: SealingKeys) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(AccountSecretRow)
            .where(AccountSecretRow.key_id != keys.current)
        )
        or 0
    )


def _reseal_one(store: Store, keys: SealingKeys) -> bool:
    with store.transaction() as session:
        row = session.scalar(
            select(AccountSecretRow)
            .where(AccountSecretRow.key_id != keys.current)
            .limit(1)
            .with_for_update()
        )
        if row is None:
            return False
        about = _about(row.account_id, row.name)
        row.sealed = keys.seal(keys.open(row.key_id, row.sealed, about), about)
        row.key_id = keys.current
        return True


def _about(account_id: int, name: str) -> str:
    """Return what a secret is bound to: moved to another account's row, it does not open."""
    return f"account:{account_id}:{name}"
