"""What a handler works with: the store, the settings and the parts, put together once a process."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from connectors.contract import Connector
from connectors.registry import connect
from moderation import organisations
from moderation.accounts.sealing import SealingKeys
from moderation.evidence.care.index import Index
from moderation.evidence.keeping import vault_of
from moderation.evidence.seal import SigningKey
from moderation.evidence.vault import Vault
from moderation.policy import Policy
from moderation.settings import Settings
from moderation.staffing import load_staff
from moderation.store import Store
from moderation.tables import AccountRow
from moderation.targets import Directory
from moderation.tuning import in_force
from worker.detection import Detection
from worker.mail import Post
from worker.means import means_for
from worker.time_authorities import TimeAuthority
from worker.warm_pages import WarmPages

# A new staff directory, and a new setting of a lead, is used after at most this long, in every
# process.
DIRECTORY_AGE: Final = timedelta(seconds=15)


class Workshop:
    """The parts of one process, each made when it is first needed: a mail lane loads no model."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        store.authorities = tuple(one.name for one in settings.authorities)
        chosen = settings.live_pages
        self.warm_pages = WarmPages(chosen) if chosen is not None else None
        self._lock = threading.Lock()
        self._connectors: dict[tuple[int, str, str], Connector] = {}
        self._authorities: dict[str, TimeAuthority] = {}
        self._directories: dict[str, tuple[datetime, Directory]] = {}
        self._policies: dict[str, tuple[datetime, Policy]] = {}

    def now(self) -> datetime:
        """Return the database's clock."""
        return self.store.now()

    @property
    def org_id(self) -> str:
        """Return the organisation that a command without --org means."""
        with self.store.reading() as session:
            return organisations.only(session, None, self.settings.org)

    @cached_property
    def policy(self) -> Policy:
        """Return the thresholds and rules of the house."""
        return Policy.load(self.settings.policy_path)

    @cached_property
    def vault(self) -> Vault:
        """Return the sealed bytes."""
        return vault_of(self.settings)

    @cached_property
    def vault_index(self) -> Index:
        """Return the notebook of which seals name which files of the vault."""
        return Index(self.settings.data_dir / "vault-index.db")

    @cached_property
    def key(self) -> SigningKey:
        """Return the organisation's signing key, made on first use."""
        return SigningKey.of(self.settings.keys_dir)

    def time_authority(self, name: str) -> TimeAuthority | None:
        """Return a time-stamp authority, None where none is set up so. Raises SettingsError."""
        with self._lock:
            for one in self.settings.authorities:
                if one.name == name and name not in self._authorities:
                    self._authorities[name] = TimeAuthority(one)
            return self._authorities.get(name)

    @cached_property
    def post(self) -> Post:
        """Return what sends letters."""
        return Post(self.settings)

    @cached_property
    def detection(self) -> Detection:
        """Return the detectors behind the policy; the first use loads the model that ships."""
        from worker import detectors

        loaded = detectors.load(self.settings, self.policy)
        return Detection(loaded, self.policy, self.directory, self.policy_of)

    def load_models(self) -> None:
        """Load what a worker needs before it takes any work.

        Raises SettingsError or StoreError with one line while everything is still as it was: a
        missing model must not turn every waiting comment into one that could not be read.
        """
        self.detection.start()

    def try_models(self) -> None:
        """Load the models and let go of their processes: whoever reads starts its own.

        Raises as load_models does.
        """
        self.load_models()
        self.detection.close()

    def end_browser(self) -> None:
        """End the browser that pictures live pages, if one runs; a page starts one again."""
        if self.warm_pages is not None:
            self.warm_pages.close()

    def directory(self, org_id: str) -> Directory:
        """Return the index over the organisation's staff, at most DIRECTORY_AGE old."""
        now = self.now()
        held = self._directories.get(org_id)
        if held is not None and now - held[0] < DIRECTORY_AGE:
            return held[1]
        with self.store.reading() as session:
            made = Directory(load_staff(session, org_id))
        self._directories[org_id] = (now, made)
        return made

    def policy_of(self, org_id: str) -> Policy:
        """Return the policy as the organisation's leads have set it, at most DIRECTORY_AGE old."""
        now = self.now()
        held = self._policies.get(org_id)
        if held is not None and now - held[0] < DIRECTORY_AGE:
            return held[1]
        with self.store.reading() as session:
            made = in_force.policy_of(session, org_id, self.policy)
        self._policies[org_id] = (now, made)
        return made

    @property
    def sealing_keys(self) -> SealingKeys:
        """Return the keys of accounts' secrets, read anew: they may have been rotated."""
        return SealingKeys.of(self.settings.secrets_key_path)

    def connector(self, account: AccountRow) -> Connector:
        """Return the connector of an account; changed settings or secrets make a new one."""
        given = (sorted(account.settings.items()), account.secrets_at)
        key = (account.id, account.connector, repr(given))
        with self._lock:
            if key not in self._connectors:
                self._connectors[key] = self.new_connector(account)
            return self._connectors[key]

    def new_connector(self, account: AccountRow) -> Connector:
        """Make the connector of an account. Raises SettingsError."""
        means = means_for(account, self.store, self.settings, lambda: self.sealing_keys)
        return connect(account.connector, account.settings, means)
