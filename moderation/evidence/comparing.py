"""Two versions of a text side by side: which words went and which came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

# Finding what is common costs at worst the product of both lengths, so a hostile pair of texts
# could keep a page busy for seconds. A comment of 2,000 words is longer than platforms take.
MOST_PIECES: Final = 2_000
# Texts that say the same few words again and again have so many equal pairs that it costs more.
MOST_PAIRS: Final = 400_000
# A word or a sign, each with the gap behind it.
_PIECE: Final = re.compile(r"^\s+|\w+\s*|[^\w\s]\s*")


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together and share their lot."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Both texts in runs, each of which join up to exactly the text that they came from.

    by_word is false where that would be too much work: then what differs is marked as one run.
    """

    before: tuple[Run, ...]
    after: tuple[Run, ...]
    by_word: bool = True

    @property
    def differ(self) -> bool:
        """Say whether there is any difference to see."""
        return any(run.change is not Change.SAME for run in (*self.before, *self.after))


# A change, and the pieces that it concerns in each text.
_Pair = tuple[Change, Sequence[str], Sequence[str]]


def compare(before: str, after: str) -> Compared:
    """Return both texts with what went from the first and what came in the second."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    start = _common(zip(old, new, strict=False))
    rest = min(len(old), len(new)) - start
    end = min(_common(zip(reversed(old), reversed(new), strict=False)), rest)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    by_word = _is_little_work(middle_old, middle_new)
    inner = _by_word if by_word else _as_one
    pairs = [
        (Change.SAME, old[:start], new[:start]),
        *inner(middle_old, middle_new),
        (Change.SAME, old[len(old) - end :], new[len(new) - end :]),
    ]
    return Compared(
        before=tuple(
            _runs((change, words) for change, words, _ in pairs if change is not Change.NEW)
        ),
        after=tuple(
            _runs((change, words) for change, _, words in pairs if change is not Change.GONE)
        ),
        by_word=by_word,
    )


def _common(pairs: Iterator[tuple[str, str]]) -> int:
    """Return how many pieces are alike before the first that is not."""
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _is_little_work(old: Sequence[str], new: Sequence[str]) -> bool:
    if max(len(old), len(new)) > MOST_PIECES:
        return False
    there = Counter(new)
    return sum(times * there[piece] for piece, times in Counter(old).items()) <= MOST_PAIRS


def _by_word(old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        gone, came = old[from_old:to_old], new[from_new:to_new]
        if tag == "equal":
            yield Change.SAME, gone, came
        else:
            yield Change.GONE, gone, ()
            yield Change.NEW, (), came


def _as_one(old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    yield Change.GONE, old, ()
    yield Change.NEW, (), new


def _runs(pieces: Iterator[tuple[Change, Sequence[str]]]) -> Iterator[Run]:
    """Yield runs with words in them, each as long as its lot does not change."""
    held: list[str] = []
    lot = Change.SAME
    for change, words in pieces:
        if words and change is not lot:
            if held:
                yield Run(lot, "".join(held))
            held, lot = [], change
        held.extend(words)
    if held:
        yield Run(lot, "".join(held))
