"""Checks the whole audit chain and every checkpoint of it, those in the folder and others too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from moderation import audit, checkpoints
from moderation.checkpoints import Checked, Outside
from moderation.settings import Settings
from moderation.store import Store
from worker import checkpoint_files

AT_ONCE: Final = 100_000


def checked_now(
    store: Store,
    settings: Settings,
    outside: Iterable[Outside] = (),
    between: Callable[[], object] = lambda: None,
) -> Checked:
    """Check the chain line by line, then against the checkpoints; what is added meanwhile, too.

    between() is called after each hundred thousand lines. Raises OSError when the file of a
    checkpoint cannot be read.
    """
    verdict = audit.START
    while not verdict.is_done:
        with store.reading() as session:
            verdict = audit.verify(session, verdict, AT_ONCE)
        between()
    keys = checkpoints.public_keys(settings.keys_dir)
    lying = [*checkpoint_files.read_all(settings.checkpoints_dir), *outside]
    with store.reading() as session:
        return checkpoints.check(session, verdict, keys, lying)
