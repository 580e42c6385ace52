"""Accounts' secrets in the record: sealed, one row each, and re-sealed under a new key.

Whoever seals holds a lock until the secret is committed, and reads the key file after taking it: so
a key goes only when nothing is sealed with it any more, and nothing is about to be.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ScalarResult, func, select
from sqlalchemy.orm import Session

from moderation.accounts.sealing import SealingKeys
from moderation.store import Store, insert_for
from moderation.tables import AccountSecretRow

LONGEST: Final = 20_000
# Any number that nothing else in the database uses for an advisory lock.
_LOCK: Final = 7_240_117


def put(
    session: Session, keys: SealingKeys, account_id: int, name: str, value: str, *, now: datetime
) -> None:
    """Keep a secret of an account in place of an earlier one of that name.

    It is sealed with the key that is current now, whatever was when keys were read.
    """
    _hold(session, alone=False)
    keys = keys.fresh()
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
    if row is None:
        return ""
    # The key may have been made since keys were read.
    keys = keys if keys.holds(row.key_id) else keys.fresh()
    return keys.open(row.key_id, row.sealed, _about(account_id, name))


def rotate(store: Store, keys: SealingKeys) -> int:
    """Seal every secret under a new key and let go of the old ones; return how many there were.

    It may be ended at any moment: until the last secret is sealed anew the file holds both keys,
    and the next call goes on where this one stopped.
    """
    _begin(store, keys)
    done = 0
    while _reseal_one(store, keys):
        done += 1
    return done


def _begin(store: Store, keys: SealingKeys) -> None:
    """Make a new key, unless a rotation is under way already."""
    with store.transaction() as session:
        _hold(session, alone=True)
        keys = keys.fresh()
        if _sealed_with_another(session, keys).first() is None:
            keys.with_new_key()


def _reseal_one(store: Store, keys: SealingKeys) -> bool:
    """Seal one secret anew; where none is left let go of the old keys, and return False."""
    with store.transaction() as session:
        _hold(session, alone=True)
        keys = keys.fresh()
        row = _sealed_with_another(session, keys).first()
        if row is None:
            keys.without_old_keys()
            return False
        about = _about(row.account_id, row.name)
        row.sealed = keys.seal(keys.open(row.key_id, row.sealed, about), about)
        row.key_id = keys.current
        return True


def _sealed_with_another(session: Session, keys: SealingKeys) -> ScalarResult[AccountSecretRow]:
    return session.scalars(
        select(AccountSecretRow).where(AccountSecretRow.key_id != keys.current).limit(1)
    )


def _hold(session: Session, *, alone: bool) -> None:
    """Hold the lock of whoever seals until the transaction ends; alone keeps all others out.

    SQLite has one writer at a time, which is the same.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
        session.execute(select(lock(_LOCK)))


def _about(account_id: int, name: str) -> str:
    """Return what a secret is bound to: moved to another account's row, it does not open."""
    return f"account:{account_id}:{name}"
