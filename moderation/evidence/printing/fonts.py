"""The fonts that lie beside this module, and which characters they can draw."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

FOLDER: Final = Path(__file__).parent / "fonts"
_TABLE: Final = "coverage.json"

# The compiler brings two families of its own. They stand in where ours are missing.
BUILT_IN: Final = ("Libertinus Serif",)
MONOSPACED: Final = "DejaVu Sans Mono"
_ASCII: Final = frozenset(range(0x20, 0x7F))
# The joiner and the selectors have no glyph of their own: they choose one for their neighbours.
_NOT_DRAWN: Final = frozenset({0x200D, 0xFE0E, 0xFE0F})


@dataclass(frozen=True)
class Fonts:
    """Fonts ready for the compiler. families is the order in which a character is looked for.

    covered holds the code points that at least one of them draws.
    """

    families: tuple[str, ...]
    covered: frozenset[int]
    loaded: typst.Fonts

    def draws(self, letter: str) -> bool:
        """Say whether one of the fonts has this character."""
        return ord(letter) in self.covered


@cache
def installed(folder: Path = FOLDER) -> Fonts:
    """Return the fonts of a folder that the build made, read once for each process.

    A file that is missing is left out, with its characters; without any file, the built-in font
    still draws ASCII. Fonts of the machine are never looked at, so that a card and a document are
    the same bytes wherever they are made.
    """
    covered = set(_ASCII)
    families: dict[str, None] = {}
    for face in _table(folder):
        if (folder / face["file"]).is_file():
            families[face["family"]] = None
            for first, last in face["covers"]:
                covered.update(range(first, last + 1))
    if families:
        covered |= _NOT_DRAWN
    loaded = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[folder] if families else [],
    )
    return Fonts((*families, *BUILT_IN), frozenset(covered), loaded)


def _table(folder: Path) -> list[dict[str, Any]]:
    table = folder / _TABLE
    faces: list[dict[str, Any]] = json.loads(table.read_text()) if table.is_file() else []
    return faces
