"""Open settings, store and logs for a process, with one plain line for each way it can fail."""

from __future__ import annotations

import errno
import logging
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import OperationalError

from moderation import migrations
from moderation.errors import SettingsError, StoreError
from moderation.settings import Settings
from moderation.store import Store

if TYPE_CHECKING:
    from worker.workshop import Workshop

LOG_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"
FULL: Final = "The disk is full, so nothing more was stored. Make room, then do it again."
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def settings() -> Settings:
    """Read the settings from the environment."""
    return Settings.from_env(os.environ)


def start_logs(level: str) -> None:
    """Write logs to standard error; they hold ids and codes, never a text or a name."""
    logging.basicConfig(level=level.upper(), format=LOG_FORMAT)
    logging.captureWarnings(capture=True)
    # Its steps are for whoever writes a migration, not for whoever starts Watchroom.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def prepare_folders(chosen: Settings) -> None:
    """Make the data folder, readable by its owner alone."""
    try:
        chosen.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as err:
        msg = (
            f"The data folder {chosen.data_dir} cannot be made ({err.strerror}). Set "
            "WATCHROOM_DATA_DIR to a folder that this user may write to."
        )
        raise SettingsError(msg) from err
    if not os.access(chosen.data_dir, os.W_OK):
        msg = f"The data folder {chosen.data_dir} cannot be written to. Check its owner and rights."
        raise SettingsError(msg)


def store(chosen: Settings, *, migrate: bool = False, any_shape: bool = False) -> Store:
    """Open the store; migrate it first where asked, else require its present shape.

    Raises StoreError with one line that says what to do.
    """
    prepare_folders(chosen)
    opened = Store.open(chosen.database_url)
    with ExitStack() as undo:
        undo.callback(opened.close)
        opened.check()
        try:
            if migrate:
                migrations.upgrade(opened)
            elif not any_shape:
                migrations.require_current(opened)
        except OperationalError as err:
            raise StoreError(explain(err)) from err
        undo.pop_all()
    return opened


def explained(err: Exception) -> str | None:
    """Return one line for what disk and database refuse in the middle of a command, else None."""
    if isinstance(err, OperationalError):
        return explain(err)
    if isinstance(err, OSError) and err.errno in _FULL:
        return FULL
    return None


def explain(err: OperationalError) -> str:
    """Return what went wrong at the database in one line, without the statement or its values."""
    said = str(err.orig).splitlines()[0] if err.orig else type(err).__name__
    if "disk is full" in said or "disk I/O" in said:
        return FULL
    if "readonly" in said:
        return "The database file cannot be written to. Check its owner and rights."
    if "locked" in said:
        return "Another process keeps the database busy. Wait until it is done, then do it again."
    return f"The database refused: {said}. What was under way was not stored."


def workshop(*, migrate: bool = False) -> Workshop:
    """Open everything that a command which works needs."""
    # Policy, targets and mail cost a command that only reads a table 0.2 s.
    from worker.workshop import Workshop

    chosen = settings()
    start_logs(chosen.log_level)
    return Workshop(chosen, store(chosen, migrate=migrate))
