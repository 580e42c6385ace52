"""Reads values out of a settings table and gathers every fault, so that all are told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, TypeVar

from moderation.taxonomy import Severity

E = TypeVar("E", bound=Enum)


class Table:
    """One table of a settings file; `where` is its name for messages, faults is shared by all.

    Each reader returns a usable value even where it notes a fault, so that reading goes on.
    """

    def __init__(self, values: object, where: str, faults: list[str]) -> None:
        self.where = where
        self.faults = faults
        self.values: Mapping[str, Any] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            faults.append(f"{where or 'the file'} must be a table")

    def knows(self, allowed: Iterable[str]) -> None:
        """Note every key that is not allowed here."""
        names = sorted(allowed)
        for key in self.values:
            if key not in names:
                self.faults.append(f"{self._key(key)} is unknown; allowed: {', '.join(names)}")

    def table(self, key: str) -> Table:
        """Return the table under a key."""
        if key not in self.values:
            self.faults.append(f"{self._key(key)} is missing")
            return Table({}, self._key(key), self.faults)
        return Table(self.values[key], self._key(key), self.faults)

    def optional(self, key: str) -> Table:
        """Return the table under a key, an empty one where it is absent."""
        return Table(self.values.get(key, {}), self._key(key), self.faults)

    def tables(self, key: str) -> list[Table]:
        """Return the tables of a list, numbered from 1 in messages; none is no fault."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.faults.append(f"{self._key(key)} must be written as [[{key}]]")
            return []
        return [
            Table(one, f"{self._key(key)} {number}", self.faults)
            for number, one in enumerate(value, 1)
        ]

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text that is not empty, or the default where the key is absent."""
        value = self._value(key, default)
        if isinstance(value, str) and (value.strip() or value == default):
            return value.strip()
        self._fault(key, "must be a text that is not empty")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; an absent key is an empty list."""
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(one.strip() for one in value)
        self._fault(key, "must be a list of texts")
        return ()

    def share(self, key: str, *, default: float | None = None) -> float:
        """Return a number from 0 to 1."""
        value = self._value(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self._fault(key, "must be a number from 0 to 1")
        return 1.0

    def count(self, key: str, *, at_least: int = 0, default: int | None = None) -> int:
        """Return a whole number that is at_least or more."""
        value = self._value(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= at_least:
            return value
        self._fault(key, f"must be a whole number, {at_least} or more")
        return at_least

    def truth(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self._value(key, default)
        if isinstance(value, bool):
            return value
        self._fault(key, "must be true or false")
        return default

    def code(self, key: str, codes: type[E]) -> E:
        """Return one code of a list; the first stands in for one that is unknown."""
        found = self.codes_of(key, [self._value(key, None)], codes)
        return found[0] if found else next(iter(codes))

    def codes(self, key: str, codes: type[E]) -> tuple[E, ...]:
        """Return a list of codes; an absent key is an empty list."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self._fault(key, "must be a list")
            return ()
        return self.codes_of(key, value, codes)

    def codes_of(self, key: str, values: Iterable[object], codes: type[E]) -> tuple[E, ...]:
        """Return those of values that are codes, and note the others."""
        allowed = {str(one.value): one for one in codes}
        found = []
        for value in values:
            one = allowed.get(value) if isinstance(value, str) else None
            if one is not None:
                found.append(one)
            elif value is not None:
                self._fault(key, f"names {value!r}; allowed: {', '.join(allowed)}")
        return tuple(found)

    def one_of(self, key: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        """Return one of the allowed texts."""
        names = list(allowed)
        value = self._value(key, default)
        if isinstance(value, str) and (value in names or value == default):
            return value
        if value is not None:
            self._fault(key, f"is {value!r}; allowed: {', '.join(names)}")
        return names[0] if names else ""

    def severity(self, key: str, *, default: Severity | None = None) -> Severity:
        """Return a severity written S0 to S4."""
        value = self._value(key, default)
        if isinstance(value, Severity):
            return value
        if isinstance(value, str) and value in Severity.__members__:
            return Severity[value]
        if value is not None:
            self._fault(key, f"is {value!r}; allowed: {', '.join(Severity.__members__)}")
        return Severity.S0

    def _value(self, key: str, default: object) -> Any:
        if key in self.values:
            return self.values[key]
        if default is None:
            self._fault(key, "is missing")
        return default

    def _fault(self, key: str, wrong: str) -> None:
        text = f"{self._key(key)} {wrong}"
        if text not in self.faults and f"{self._key(key)} is missing" not in self.faults:
            self.faults.append(text)

    def _key(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key
