"""Writes the next migration: what the tables have and a database of the last revision has not."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from moderation.migrations import config, upgrade
from moderation.store import Store


def write(says: str) -> None:
    """Write a revision that does what is said, to be read and finished by a person.

    The comparison is made against a fresh SQLite database that all the revisions have built.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'compare.db'}")
        upgrade(store)
        command.revision(config(store), message=says, autogenerate=True)
        store.close()


if __name__ == "__main__":
    write(sys.argv[1])
