"""Asks the Graph API who an access token belongs to, and which permissions it lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from connectors.contract import Malformed, Permanent, PermissionMissing
from connectors.meta.errors import BadParameter
from connectors.meta.graph import Graph, listing, part
from connectors.slices import OTHER_SHAPE

# Unconfirmed: whether a Page's own token may ask for its permissions. Where it may not, reading is
# tried instead, and a permission to act shows only when somebody acts.
PERMISSIONS_OF_ME: Final = "me/permissions"
GRANTED: Final = "granted"

ANOTHER: Final = (
    "This access belongs to another account ({} {}). Make an access token for the {} that the "
    "setting {} names, or correct the setting."
)
NAME_SHOWN: Final = 80


class Access:
    """One access token. needed are the permissions that it should have; probe reads with it."""

    def __init__(self, graph: Graph, needed: tuple[str, ...], probe: Callable[[], object]) -> None:
        self._graph = graph
        self._needed = needed
        self._probe = probe

    def me(self) -> tuple[str, str]:
        """Return the id and the name of whoever the token belongs to."""
        told = part(self._graph.get("me", fields="id,name").json())
        native_id, name = told.get("id"), told.get("name")
        if not isinstance(native_id, str) or not native_id:
            raise Malformed(OTHER_SHAPE)
        return native_id, name if isinstance(name, str) and name else native_id

    def missing(self) -> tuple[str, ...]:
        """Return the permissions that the token lacks, as far as the platform lets us see."""
        try:
            granted = self._granted()
        except (BadParameter, PermissionMissing):
            return self._missed_by_reading()
        return tuple(name for name in self._needed if name not in granted)

    def _granted(self) -> set[str]:
        told = [part(piece) for piece in listing(self._graph.get(PERMISSIONS_OF_ME)).pieces]
        return {str(one.get("permission")) for one in told if one.get("status") == GRANTED}

    def _missed_by_reading(self) -> tuple[str, ...]:
        try:
            self._probe()
        except PermissionMissing as err:
            return tuple(name for name in self._needed if name in err.names) or self._needed
        return ()


def whose(native_id: str, name: str, setting: str, what: str) -> Permanent:
    """Return the error for an access that belongs to another account."""
    return Permanent(ANOTHER.format(name[:NAME_SHOWN], native_id, what, setting))
