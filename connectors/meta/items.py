"""Acts on one object of the Graph API and reads the effect back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from connectors.contract import Gone, Malformed, Permanent, PermissionMissing
from connectors.meta.graph import Graph, part, path_of, surely_gone
from connectors.slices import OTHER_SHAPE, Slice
from connectors.wire import Exchange

NOT_SUPPORTED: Final = "{} does not let a program do this."
NO_WRITING: Final = (
    "The access token may read this item, but not act on it. Make a new one with the permission {}."
)
NOT_DONE: Final = "The platform answered that it did not do this."


@dataclass(frozen=True, slots=True)
class Items:
    """Objects of one account.

    hide_with is the parameter that hides and hidden_in the field that says so, which differ between
    the platforms. reads and acts are the permissions that these need. witness reads another object
    of the same account.
    """

    graph: Graph
    hide_with: str
    hidden_in: str
    reads: str
    acts: str
    witness: Callable[[], object]

    def look(self, native_id: str, fields: str) -> Exchange:
        """Return the answer to a read of one object. Raises Gone when it surely is."""
        try:
            return self.graph.get(path_of(native_id), fields=fields)
        except Gone:
            raise surely_gone(self.witness, self.reads) from None

    def hide(self, native_id: str, *, hidden: bool) -> None:
        """Hide an object, or show it again."""
        form = {self.hide_with: "true" if hidden else "false"}
        self._write(native_id, lambda path: self.graph.post(path, **form))

    def delete(self, native_id: str) -> None:
        """Delete an object; one that is gone already is as it should be."""
        try:
            self._write(native_id, self.graph.delete)
        except Gone:
            return

    def is_hidden(self, native_id: str) -> bool | None:
        """Return whether an object is hidden; None where the platform does not say."""
        told = part(self.look(native_id, f"id,{self.hidden_in}").json())
        hidden = told.get(self.hidden_in)
        return hidden if isinstance(hidden, bool) else None

    def is_gone(self, native_id: str) -> bool:
        """Return whether an object no longer exists."""
        try:
            self.look(native_id, "id")
        except Gone:
            return True
        return False

    def _write(self, native_id: str, call: Callable[[str], Exchange]) -> None:
        try:
            done(call(path_of(native_id)))
        except Gone:
            # "Not there" is also what the platform says where a token may read but not act.
            self.look(native_id, "id")
            raise PermissionMissing(NO_WRITING.format(self.acts), names=(self.acts,)) from None


def done(exchange: Exchange) -> None:
    """Return when an answer says that it was done. Raises Malformed when it says nothing."""
    success = part(exchange.json()).get("success")
    if success is False:
        raise Permanent(NOT_DONE)
    if success is not True:
        raise Malformed(OTHER_SHAPE)


def found(piece: Slice | None) -> Slice:
    """Return a piece of an answer. Raises Malformed when it is not there."""
    if piece is None:
        raise Malformed(OTHER_SHAPE)
    return piece
