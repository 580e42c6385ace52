"""Connect an account: try its access out, keep it sealed, and take reading up where it stopped."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from connectors.contract import Checked, ConnectorError, Means, Secrets
from connectors.registry import connect
from moderation import accounts
from moderation.access import Actor
from moderation.accounts import NewAccount, checking, secret_store
from moderation.accounts.checking import Found
from moderation.accounts.sealing import SealingKeys
from moderation.errors import InvalidInput
from moderation.tables import AccountRow
from worker.means import Unmetered


class GivenSecrets:
    """Secrets as a person just gave them; what the platform renews meanwhile is kept beside.

    kept are those that the account has already: what is not given anew stays as it is.
    """

    def __init__(self, values: Mapping[str, str], kept: Secrets | None = None) -> None:
        self.values = dict(values)
        self._kept = kept

    def get(self, name: str) -> str:
        """Return a secret; empty when there is none."""
        given = self.values.get(name, "")
        return given or (self._kept.get(name) if self._kept else "")

    def put(self, name: str, value: str) -> None:
        """Keep a renewed secret: it is sealed with the others."""
        self.values[name] = value


def try_out(
    connector: str, settings: Mapping[str, Any], secrets: GivenSecrets, *, ask: bool = True
) -> Found | None:
    """Make a connector and ask its platform who we are there; None when it is not to be asked.

    Raises SettingsError when something is missing, InvalidInput with the platform's reason when the
    access does not work.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = connect(connector, settings, Means(Path(folder), secrets, Unmetered()))
        if not ask:
            return None
        try:
            return found_of(made.check())
        except ConnectorError as err:
            msg = f"The platform did not let us in. {err}"
            raise InvalidInput(msg) from err


def found_of(checked: Checked) -> Found:
    """Return a check in the record's own words."""
    return Found(checked.native_id, checked.name, checked.expires_at, checked.missing)


def add(
    session: Session,
    new: NewAccount,
    secrets: GivenSecrets,
    found: Found | None,
    keys: SealingKeys,
    *,
    actor: Actor,
    now: datetime,
) -> AccountRow:
    """Add an account with its access; the caller commits both together."""
    row = accounts.add(session, new, actor=actor, now=now)
    keep(session, row, secrets, found, keys, now=now)
    return row


def keep(
    session: Session,
    row: AccountRow,
    secrets: GivenSecrets,
    found: Found | None,
    keys: SealingKeys,
    *,
    now: datetime,
) -> None:
    """Seal an account's secrets and keep what its check found. Raises Conflict as a check does."""
    for name, value in secrets.values.items():
        secret_store.put(session, keys, row.id, name, value, now=now)
    if secrets.values:
        row.secrets_at = now
    if found is not None:
        checking.note(session, row.id, found, now=now)
