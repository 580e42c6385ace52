"""Read a long form as a whole, so that one answer names everything that is to be corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from moderation.errors import InvalidInput

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field; the name is that of its first control on the page."""

    field: str
    says: str


@dataclass(slots=True)
class Sheet:
    """Collects what is wrong while a form is read; nothing is wrong while faults is empty."""

    faults: list[Fault] = field(default_factory=list)

    def read(self, name: str, reader: Callable[[], T], instead: T) -> T:
        """Return what reader gives, or instead, with the fault noted under the field's name."""
        try:
            return reader()
        except InvalidInput as err:
            self.faults.append(Fault(name, str(err)))
            return instead

    def wrong(self, name: str, says: str) -> None:
        """Note a fault that the fields have only together."""
        self.faults.append(Fault(name, says))

    def by_field(self) -> dict[str, str]:
        """Return the sentence for each field that is to be corrected."""
        return {fault.field: fault.says for fault in self.faults}
