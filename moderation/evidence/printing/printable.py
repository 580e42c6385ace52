"""Other people's text made fit to be drawn: nothing in it hides, and nothing in it stops a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final

from moderation.evidence.printing.marks import code, hides, stands_for_nothing

Draws = Callable[[str], bool]
"""Says of one character whether a font can draw it."""

CAP: Final = 20_000
"""Characters that a document prints of one text; the rest stands in text.txt."""

MORE: Final = "[continued in text.txt]"
_TAB: Final = "    "
_MOST_LINES: Final = 2_000
_MOST_STACKED: Final = 4

# A long word may be broken behind every so many letters, by a space that takes no room. Without
# it the word would run over the edge of the page, and a PDF refuses one of 32,768 letters.
_BREAK: Final = "\u200b"
_RUN: Final = 40
_RUN_IN_A_LINE: Final = 24

_SYMBOL: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_TONE: Final = "[\U0001f3fb-\U0001f3ff]?"
_TAGS: Final = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in place) for place in ("gbeng", "gbsct", "gbwls")
)
# What is one thing to a reader: a line's end, and a fire-fighter, who is a person, a joiner and a
# fire engine.
_AS_ONE: Final = re.compile(
    f"\r\n|\U0001f3f4(?:{_TAGS})\U000e007f"
    "|[0-9#*]\ufe0f?\u20e3"
    f"|{_SYMBOL}[\ufe0e\ufe0f]?{_TONE}(?:\u200d{_SYMBOL}\ufe0f?{_TONE}){{0,8}}"
)
_LINK: Final = re.compile(r"(?i)\b(h)tt(ps?)://")


def reveal(text: str) -> str:
    """Return a text with every character that hides, turns or controls spelt out, as [U+202E].

    For people, beside the text and never in place of it. The joiners and tags within an emoji stay:
    they are part of one picture. So does the end of a line, in each of its two ways.
    """
    return "".join(_spelt(letter) if hidden else letter for letter, hidden in _letters(text))


def hidden_in(text: str) -> str:
    """Return the characters that reveal() spells out, in order."""
    return "".join(letter for letter, hidden in _letters(text) if hidden)


def piled_in(text: str) -> int:
    """Return how many signs are piled upon one letter at most; nought for what is ordinary."""
    piles = (sum(1 for _ in run) for is_sign, run in groupby(text, _is_piled) if is_sign)
    most = max(piles, default=0)
    return most if most > _MOST_STACKED else 0


def printable(text: str, draws: Draws, *, cap: int = CAP, run: int = _RUN) -> str:
    """Return reveal(), and of the rest only what can be printed; what is longer ends in MORE.

    What no font draws is spelt out as well, signs piled upon one letter are counted behind the
    fourth, and endless words may be broken. What comes out can be set in any paragraph.
    """
    shown = (
        _spelt(letter) if hidden or not (letter in "\n\t" or draws(letter)) else letter
        for letter, hidden in _letters(_unix(text[:cap]))
    )
    kept, is_cut = _cut(shown, cap, _MOST_LINES)
    return _finished(_unpiled(kept), is_cut or len(text) > cap, run)


def displayed(text: str, draws: Draws, *, cap: int, lines: int) -> str:
    """Return a text as a screen would show it, tricks and all: to be set in a box of its own.

    Only what cannot be drawn at all is spelt out: controls, halves of pairs, private characters,
    and what no font has.
    """
    shown = (letter if _shows(letter, draws) else _spelt(letter) for letter in _unix(text[:cap]))
    kept, is_cut = _cut(shown, cap, lines)
    return _finished(kept, is_cut or len(text) > cap, _RUN)


def one_line(text: str, draws: Draws, *, cap: int = 300) -> str:
    """Return a name or an address as a single paragraph; line breaks in it are spelt out."""
    line = re.sub(r"[\n\t]", lambda found: _spelt(found[0]), text[:cap])
    return printable(line + ("..." if len(text) > cap else ""), draws, run=_RUN_IN_A_LINE)


def defanged(text: str) -> str:
    """Return a text in which no link can be followed by a click: hxxps[:]//example.org."""
    return _LINK.sub(lambda link: f"{'H' if link[1] == 'H' else 'h'}xx{link[2]}[:]//", text)


def is_plain(letter: str) -> bool:
    """Say whether a character is ASCII that every font has: the narrowest Draws."""
    return " " <= letter <= "~"


def runs_to_the_left(text: str) -> bool:
    """Say whether any of a text is written from right to left, and so could move its neighbours."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text)


def runs_from_the_right(text: str) -> bool:
    """Say whether a screen would start this text at the right: its first letter decides."""
    strong = (unicodedata.bidirectional(letter) for letter in text[:1000])
    return next((side for side in strong if side in {"L", "R", "AL"}), "L") != "L"


def _letters(text: str) -> Iterator[tuple[str, bool]]:
    """Walk over a text: each character, and whether it hides there."""
    at = 0
    for symbol in _AS_ONE.finditer(text):
        yield from ((letter, hides(letter)) for letter in text[at : symbol.start()])
        yield from ((letter, False) for letter in symbol[0])
        at = symbol.end()
    yield from ((letter, hides(letter)) for letter in text[at:])


def _spelt(letter: str) -> str:
    return f"[{code(letter)}]"


def _shows(letter: str, draws: Draws) -> bool:
    if letter in "\n\t":
        return True
    category = unicodedata.category(letter)
    if category in {"Cc", "Cs", "Co", "Zl", "Zp"} or stands_for_nothing(letter):
        return False
    return draws(letter) or category == "Cf"


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def _cut(pieces: Iterable[str], cap: int, lines: int) -> tuple[str, bool]:
    """Join pieces up to a number of characters and of lines; say whether some were left."""
    kept: list[str] = []
    for piece in pieces:
        cap -= len(piece)
        lines -= piece == "\n"
        if cap < 0 or not lines:
            return "".join(kept), True
        kept.append(piece)
    return "".join(kept), False


def _unpiled(text: str) -> str:
    """Count the signs piled upon one letter where they would run over the lines around it."""
    pieces = []
    for is_sign, run in groupby(text, _is_piled):
        letters = "".join(run)
        if is_sign and len(letters) > _MOST_STACKED:
            more = len(letters) - _MOST_STACKED
            letters = f"{letters[:_MOST_STACKED]}[{more} more signs on this letter]"
        pieces.append(letters)
    return "".join(pieces)


def _is_piled(letter: str) -> bool:
    return letter > "~" and unicodedata.category(letter) in {"Mn", "Me"}


def _finished(text: str, is_cut: bool, run: int) -> str:
    parts = re.split(r"(\s+)", text.replace("\t", _TAB))
    broken = "".join(_breakable(part, run) if len(part) > run else part for part in parts)
    return f"{broken}\n{MORE}" if is_cut else broken


def _breakable(word: str, run: int) -> str:
    """Return a long word with places at which a line may end, none of them inside a sign."""
    pieces, since = [], 0
    for letter in word:
        since += 1
        if since > run and unicodedata.category(letter)[0] in "LNP":
            pieces.append(_BREAK)
            since = 1
        pieces.append(letter)
    return "".join(pieces)
