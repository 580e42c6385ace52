"""Where the files of a vault lie: what every kind of storage promises, and the words it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

NAME: Final = re.compile(r"[0-9a-f]{64}")
ALTERED: Final = "altered"
NOT_OURS: Final = "not a name that the vault gives"
GONE: Final = (
    "The kept file {name} cannot be read ({why}). Restore the vault from its backup; until then "
    "this evidence cannot be shown or packed."
)


@dataclass(frozen=True, slots=True)
class Look:
    """What one file turned out to be: its size in bytes, and what is wrong with it, if anything."""

    size: int
    why: str = ""


class Shelves(Protocol):
    """Where the files of a vault lie; a shelf holds the files whose names begin with its own.

    A file is whole or absent at every moment, whichever process dies. What storage refuses is a
    StoreError of one line.
    """

    def keep(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep files under their names; all are durable when this returns.

        One that is there and whole stays as it is, and counts as put in now.
        """

    def read(self, name: str) -> bytes:
        """Return the bytes under a name, whatever they are. Raises EvidenceMissing."""

    def has(self, name: str) -> bool:
        """Say whether there is a file of that name."""

    def shelves(self) -> list[str]:
        """Return the names of the shelves, in order."""

    def on(self, shelf: str) -> list[str]:
        """Return what lies on a shelf, in order; not all of it need be files of ours."""

    def look(self, shelf: str, name: str) -> Look:
        """Read one thing on a shelf from its first byte to its last."""

    def remove(self, name: str, older_than: timedelta) -> bool:
        """Remove a file unless it was put in more lately than that; say whether it is gone."""

    def tidy(self, older_than: timedelta) -> None:
        """Clear away what processes that died have left half done."""


def is_ours(shelf: str, name: str) -> bool:
    """Say whether the vault could have put a file of that name on that shelf."""
    return NAME.fullmatch(name) is not None and name[:2] == shelf
