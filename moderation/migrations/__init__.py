"""Bring a database to the present shape, and say whether it has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from moderation.errors import StoreError
from moderation.store import Store

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0008"
_HERE: Final = Path(__file__).parent


def config(store: Store) -> Config:
    """Return Alembic's settings for this store; Alembic is imported only when it is needed."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_HERE))
    made.attributes["engine"] = store.write_engine
    return made


def current(store: Store) -> str | None:
    """Return the revision that the database stands at; None for an empty database."""
    with store.read_engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(store: Store) -> bool:
    """Bring the database to the present shape; False when it was there already.

    Each revision is one transaction, so that a run that was cut off is repeated as a whole.
    """
    before = current(store)
    if before == HEAD:
        return False
    from alembic import command
    from alembic.script import ScriptDirectory

    made = config(store)
    known = {script.revision for script in ScriptDirectory.from_config(made).walk_revisions()}
    if before is not None and before not in known:
        raise StoreError(_NEWER.format(before=before, head=HEAD))
    command.upgrade(made, "head")
    return True


def rebuild(store: Store) -> None:
    """Throw every row away and make the present shape anew; for data that can be made again."""
    from alembic import command

    made = config(store)
    command.downgrade(made, "base")
    command.upgrade(made, "head")


def require_current(store: Store) -> None:
    """Raise StoreError with one line that says what to do when the shape is another."""
    before = current(store)
    if before == HEAD:
        return
    if before is None:
        msg = "The database is empty. Run `watchroom migrate` first."
    elif before > HEAD:
        msg = _NEWER.format(before=before, head=HEAD)
    else:
        msg = f"The database is at revision {before}, not {HEAD}. Run `watchroom migrate`."
    raise StoreError(msg)


_NEWER: Final = (
    "The database is at revision {before}, which this version of Watchroom does not know (it knows "
    "up to {head}). It was used by a newer version: install that one again, or restore a backup."
)
