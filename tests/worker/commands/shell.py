"""The command line over a data folder of its own, inside the test's process, where prompts work."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import select

from moderation import jobs
from moderation.errors import ModerationError
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import AccountRow, FeedCursorRow, ItemRow, Lane
from tests.standins.base import StandIn
from worker import cli
from worker.runner import Runner
from worker.workshop import Workshop

TOKEN = "EAAGnobodyKnowsThisToken"
APP_SECRET = "nobody-knows-this-secret"


class Shell:
    """A person at the command line, and the worker that works what they asked for."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.secrets = folder / "secrets"
        self.secrets.mkdir()
        self.environment = {"WATCHROOM_DATA_DIR": str(self.data), "WATCHROOM_LOG_LEVEL": "error"}
        self.settings = Settings.from_env(self.environment)
        self.output = ""

    def run(self, *words: str, typed: str = "") -> Result:
        """Run one command; what it says is kept in output as well."""
        done = CliRunner().invoke(cli.watchroom, words, input=typed, env=self.environment)
        logging.captureWarnings(capture=False)
        self.output += done.output
        return done

    def says(self, *words: str, typed: str = "") -> str:
        """Run a command that works, and return what it says."""
        done = self.run(*words, typed=typed)
        if done.exception is not None:
            raise done.exception
        return done.output

    def refusal(self, *words: str, typed: str = "") -> str:
        """Run a command that is refused, and return the sentence."""
        done = self.run(*words, typed=typed)
        assert isinstance(done.exception, ModerationError), done.output
        return str(done.exception)

    def secret_file(self, name: str, value: str) -> str:
        """Return the option that gives a secret by its file."""
        path = self.secrets / name
        path.write_text(value + "\n", encoding="utf-8")
        return f"--secret-file={name}={path}"

    def secret_files(self, server: StandIn) -> list[str]:
        """Return the options with all secrets that a stand-in takes."""
        return [self.secret_file(name, value) for name, value in server.secrets().items() if value]

    def adding(
        self, connector: str, server: StandIn, key: str = "page", **changed: Any
    ) -> list[str]:
        """Return the words that add an account on a stand-in, without its secrets."""
        words = ["accounts", "add", key, f"--connector={connector}", "--name=Our account"]
        return [*words, *pairs({**server.settings(), **changed})]

    def store(self) -> Store:
        """Open the record beside the command line; the caller closes it."""
        return Store.open(self.settings.database_url)

    def accounts(self) -> list[AccountRow]:
        """Return every account."""
        with closing(self.store()) as store, store.reading() as session:
            return list(session.scalars(select(AccountRow).order_by(AccountRow.id)))

    def cursor(self, feed: str) -> FeedCursorRow:
        """Return where a feed of the only account stands."""
        [account] = self.accounts()
        with closing(self.store()) as store, store.reading() as session:
            return session.get_one(FeedCursorRow, (account.id, feed))

    def texts(self) -> set[str]:
        """Return the native ids that have been taken in."""
        with closing(self.store()) as store, store.reading() as session:
            return set(session.scalars(select(ItemRow.native_id)))

    def work(self, kind: str, feed: str = "") -> None:
        """Promise one job of the only account, and work the lane that reads until it is empty."""
        [account] = self.accounts()
        ref = f"{account.id}:{feed}" if feed else str(account.id)
        with closing(self.store()) as store:
            now = store.now()
            with store.transaction() as session:
                jobs.promise(session, kind, ref, f"{kind}:{ref}:{now.timestamp()}", at=now)
            runner = Runner(Workshop(self.settings, store), "test")
            while runner.run_next(Lane.INGEST):
                pass

    def kept_bytes(self) -> bytes:
        """Return all bytes of the database and of what lies beside it, without the key."""
        files = [path for path in self.data.rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in files if "keys" not in path.parts)


def pairs(settings: Mapping[str, Any]) -> list[str]:
    """Return settings as options of the command line."""
    return [f"--set={name}={value}" for name, value in settings.items()]
