"""Let go of files of the vault that nothing names any more, and of no other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from moderation.errors import StoreError
from moderation.evidence.care import naming
from moderation.evidence.care.index import Index
from moderation.evidence.vault import GRACE, Vault
from moderation.store import Store

_UNREADABLE: Final = (
    "A seal of the vault cannot be read, so nobody knows which files it names, and none is "
    "removed. Restore the vault from its backup, then do it again."
)


def unnamed(store: Store, vault: Vault, index: Index, names: Iterable[str]) -> list[str]:
    """Return those of the names that no seal and no row names now, in order.

    Raises StoreError while a seal cannot be read: what it names might be taken for unnamed.
    """
    wanted = set(names)
    with store.reading() as session:
        index.refresh(session, vault)
        if index.unreadable():
            raise StoreError(_UNREADABLE)
        wanted -= index.used(wanted)
        wanted -= naming.named(session, wanted)
    return sorted(wanted)


def release(
    store: Store,
    vault: Vault,
    index: Index,
    names: Iterable[str],
    older_than: timedelta = GRACE,
) -> list[str]:
    """Remove those of the files that nothing names any more, and return their names.

    What was put in more lately than older_than stays for the nightly check to remove. Stopped
    anywhere and called again, it goes on.
    """
    return [
        name
        for name in unnamed(store, vault, index, names)
        if vault.has(name) and vault.remove(name, older_than)
    ]
