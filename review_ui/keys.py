"""The single keys: one list for the script, the sheet and the help page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """One key and what it does, in words; where says on which pages."""

    key: str
    does: str
    where: str


SHEET: Final[tuple[Key, ...]] = (
    Key("j", "Next item", "queue and item"),
    Key("k", "Previous item", "queue and item"),
    Key("o", "Open the item (or press Enter)", "queue"),
    Key("r", "Reveal the text, or blur it again", "queue and item"),
    Key("a", "Decide: abuse", "item"),
    Key("n", "Decide: not abuse", "item"),
    Key("c", "Capture evidence", "item"),
    Key("h", "Hide", "item"),
    Key("p", "Report to the platform", "item"),
    Key("e", "Open a case", "item"),
    Key("x", "Close the item", "item"),
    Key("u", "Undo", "item"),
    Key("?", "Show or hide this list", "everywhere"),
)
