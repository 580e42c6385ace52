"""How complete the evidence of a version is: six things that others will ask for, held or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

PARTS: Final = ("picture", "address", "time", "author", "text", "thread")
_PICTURES: Final = ("image/", "video/")


class Held(StrEnum):
    """Whether the evidence has one thing."""

    HELD = "held"
    IN_PART = "in_part"
    BROUGHT = "brought"
    NOT_HELD = "not_held"
    NOT_YET = "not_yet"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that evidence should hold; why says in words what is missing, where that is known.

    A picture that the record lacks may be brought by a person: then added names the addition.
    """

    code: str
    held: Held
    why: str = ""
    added: str = ""

    @property
    def is_there(self) -> bool:
        """Say whether somebody who asks for it gets it."""
        return self.held in {Held.HELD, Held.IN_PART, Held.BROUGHT}


def parts_of(
    meter: Mapping[str, Any], *, captured: bool, pictures: Iterable[tuple[str, str]] = ()
) -> tuple[Part, ...]:
    """Return the six parts in the order in which people check them.

    meter is an evidence record's own: true for what it holds, and for the rest the reason in words
    or false. pictures are (reference, media type) of what people added.
    """
    shots = [ref for ref, media_type in pictures if media_type.startswith(_PICTURES)]
    return tuple(
        _part(code, meter, captured=captured, added=shots[0] if shots else "") for code in PARTS
    )


def _part(code: str, meter: Mapping[str, Any], *, captured: bool, added: str) -> Part:
    said = meter.get(code)
    if captured and said is True:
        return Part(code, Held.HELD)
    if code == "picture" and added:
        return Part(code, Held.BROUGHT, added=added)
    if not captured:
        return Part(code, Held.NOT_YET)
    if code not in meter:
        return Part(code, Held.NOT_SAID)
    # Of a thread there is always something, be it that nothing was there; only its whole may lack.
    held = Held.IN_PART if code == "thread" else Held.NOT_HELD
    return Part(code, held, why=said if isinstance(said, str) else "")
