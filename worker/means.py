"""What a connector is given by the worker: its folder, its sealed secrets and its meter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from connectors.contract import Means, Meter, QuotaSpent, Tariff
from connectors.options import number
from connectors.registry import kind_of
from moderation.accounts import secret_store, usage
from moderation.accounts.sealing import SealingKeys
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import AccountRow

CEILING: Final = "The account's own ceiling of {ceiling:,.10g} {unit} is reached until {ends}."


class SealedSecrets:
    """An account's secrets in the record; a renewed one is committed before it is used."""

    def __init__(self, store: Store, keys: Callable[[], SealingKeys], account_id: int) -> None:
        self._store = store
        self._keys = keys
        self._account_id = account_id

    def get(self, name: str) -> str:
        """Return a secret; empty when there is none."""
        with self._store.reading() as session:
            return secret_store.get(session, self._keys(), self._account_id, name)

    def put(self, name: str, value: str) -> None:
        """Keep a secret that the platform renewed."""
        now = self._store.now()
        with self._store.transaction() as session:
            secret_store.put(session, self._keys(), self._account_id, name, value, now=now)


class Unmetered:
    """The meter of a platform that counts nothing."""

    def require(self, amount: float, *, act: bool = False) -> None:
        """Allow every call."""

    def spend(self, amount: float) -> None:
        """Count nothing."""


class AccountMeter:
    """Counts an account's calls in the record, against its ceiling for the running period."""

    def __init__(self, store: Store, account_id: int, tariff: Tariff, ceiling: float) -> None:
        self._store = store
        self._account_id = account_id
        self._tariff = tariff
        self._ceiling = ceiling

    def require(self, amount: float, *, act: bool = False) -> None:
        """Raise QuotaSpent when a call would pass the ceiling, or the part of it for reading."""
        now = self._store.now()
        period = self._tariff.period(now)
        with self._store.reading() as session:
            spent = usage.spent(session, self._account_id, period.key)
        share = 1.0 if act else 1.0 - self._tariff.reserve
        if spent + amount > self._ceiling * share:
            says = CEILING.format(
                ceiling=self._ceiling,
                unit=self._tariff.unit,
                ends=f"{period.ends:%d %B, %H:%M} UTC",
            )
            raise QuotaSpent(says, retry_after=(period.ends - now).total_seconds())

    def spend(self, amount: float) -> None:
        """Count a call that was made."""
        now = self._store.now()
        period = self._tariff.period(now)
        with self._store.transaction() as session:
            usage.spend(
                session, self._account_id, period.key, amount, ceiling=self._ceiling, now=now
            )


def means_for(
    account: AccountRow, store: Store, settings: Settings, keys: Callable[[], SealingKeys]
) -> Means:
    """Return what the connector of an account is given. Raises SettingsError."""
    folder = settings.connectors_dir / str(account.id)
    secrets = SealedSecrets(store, keys, account.id)
    tariff = kind_of(account.connector).tariff
    meter: Meter = Unmetered()
    if tariff is not None:
        ceiling = number(account.settings, tariff.setting, tariff.ceiling)
        meter = AccountMeter(store, account.id, tariff, ceiling)
    return Means(folder, secrets, meter)
