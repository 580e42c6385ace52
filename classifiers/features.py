"""Turns a batch of texts into table rows of hashed character and word n-grams, in numpy alone.

Characters: 2 to 5 in a row inside blanks, the blanks at both ends included. Words: single words,
pairs, and pairs with one word between. Training and scoring share this module, so a row means the
same in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEATURES_VERSION = "1"
ROW_BITS = 19
ROWS = 1 << ROW_BITS
CHAR_SIZES = (2, 3, 4, 5)
WORD_KINDS = 3
NO_ROW = 0

_SPACE = 32
_BASE = np.uint32(0x01000193)
_MIX_1 = np.uint32(0x85EBCA6B)
_MIX_2 = np.uint32(0xC2B2AE35)
_LONGEST_WORD = 64
_POWERS = np.cumprod(np.full(_LONGEST_WORD, _BASE, dtype=np.uint32), dtype=np.uint32)

Rows = NDArray[np.uint32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one sort of n-gram: one line per kind, one column per place; NO_ROW is none.

    starts holds the column at which each text begins; a text may have no column at all.
    """

    rows: Rows
    starts: Places


def groups(texts: Sequence[str]) -> tuple[Group, Group]:
    """Return the character group and the word group of a batch of readings."""
    padded = [f" {text} " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "replace"), dtype=np.uint32)
    lengths = np.fromiter((len(text) for text in padded), dtype=np.int64, count=len(padded))
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
    return Group(_char_rows(codes), starts), _word_group(codes, starts)


def _char_rows(codes: Rows) -> Rows:
    size = len(codes)
    rows = np.zeros((len(CHAR_SIZES), size), dtype=np.uint32)
    blank = codes == _SPACE
    hashed = codes.copy()
    # True where no blank stands between the first and the last character of the n-gram.
    whole = np.ones(size, dtype=bool)
    for line, length in enumerate(CHAR_SIZES):
        reach = size - length + 1
        if reach <= 0:
            break
        hashed = hashed[:reach] * _BASE + codes[length - 1 :]
        if length == CHAR_SIZES[0]:
            whole = ~(blank[:reach] & blank[1:])
        else:
            whole = whole[:reach] & ~blank[length - 2 : length - 2 + reach]
        rows[line, :reach] = np.where(whole, _to_row(hashed, length), NO_ROW)
    return rows


def _word_group(codes: Rows, starts: Places) -> Group:
    begins, hashed = _words(codes)
    text_of = np.searchsorted(starts, begins, side="right") - 1
    rows = np.zeros((WORD_KINDS, len(begins)), dtype=np.uint32)
    rows[0] = _to_row(hashed, 11)
    for apart in (1, 2):
        if len(begins) > apart:
            pair = hashed[:-apart] * _MIX_1 + hashed[apart:]
            together = text_of[:-apart] == text_of[apart:]
            rows[apart, :-apart] = np.where(together, _to_row(pair, 11 + apart), NO_ROW)
    return Group(rows, np.searchsorted(begins, starts).astype(np.int64))


def _words(codes: Rows) -> tuple[Places, Rows]:
    """Return where words begin and a hash of each; letters, digits, ' and non-ASCII make words."""
    lower = (codes >= 97) & (codes <= 122)
    digit = (codes >= 48) & (codes <= 57)
    inside = np.concatenate(([False], lower | digit | (codes == 39) | (codes > 127), [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    begins, ends = edges[0::2], edges[1::2]
    if len(begins) == 0:
        return begins.astype(np.int64), np.zeros(0, dtype=np.uint32)
    place = _places(len(codes), begins)
    weighed = codes * _POWERS[np.minimum(place, _LONGEST_WORD - 1)]
    bounds = np.stack((begins, np.minimum(ends, len(codes) - 1)), axis=1).ravel()
    return begins.astype(np.int64), np.add.reduceat(weighed, bounds, dtype=np.uint32)[0::2]


def _places(size: int, begins: NDArray[np.intp]) -> Places:
    """Return how far each code stands from the beginning of its word."""
    last = np.zeros(size, dtype=np.int64)
    last[begins] = begins
    return np.arange(size) - np.maximum.accumulate(last)


def _to_row(hashed: Rows, salt: int) -> Rows:
    mixed = hashed ^ np.uint32(salt * 0x9E3779B1 & 0xFFFFFFFF)
    mixed = (mixed ^ (mixed >> np.uint32(16))) * _MIX_1
    mixed = (mixed ^ (mixed >> np.uint32(13))) * _MIX_2
    return (mixed ^ (mixed >> np.uint32(16))) & np.uint32(ROWS - 1)
