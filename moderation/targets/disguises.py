"""Finds names that are spelt to slip past: “Ch1ef Hugh3s”, “B*nks”, “B a n k s”, “P.u.g.h”."""

from __future__ import annotations

import re
from string import ascii_lowercase

from moderation.targets.cues import is_title
from moderation.targets.index import Directory
from moderation.targets.reading import Words, cut, fold

# Cheap to look for, and in few texts: a sign or digit among letters, or letters set apart.
_MAYBE = re.compile(
    r"[0-9@$!|*€£](?:(?<=[^\W\d_].)(?=[^\W\d_])|(?<![\w@].)(?=[^\W\d_]{3}))"
    r"|[ .\-_*]\w[ .\-_*]\w(?!\w)"
)
_TOKEN = re.compile(r"(?<![\w@#/.])(?=[^\W\d_]*[0-9@$!|*€£])[\w@$!|*€£]{3,24}(?!\w)")
_APART = re.compile(r"(?<![\w'])\w(?:[ .\-_*]\w(?!\w)){2,39}")
_SIGNS = re.compile(r"[0-9@$!|*€£]")
_LEET = str.maketrans("0134578@$|€£", "oleastbaslel")
_AS_I = str.maketrans("1!|", "iii")
_LEAST = 3


def uncovered(words: Words, directory: Directory) -> Words:
    """Return the words with disguised names and titles in plain letters, as far as ours."""
    if not directory.people or not _MAYBE.search(words.text):
        return words
    written: dict[str, str] = {}

    def token(match: re.Match[str]) -> str:
        return _kept(match[0], _plain(match[0], directory), written)

    def apart(match: re.Match[str]) -> str:
        return _joined(match[0], directory, written)

    text = _APART.sub(apart, _TOKEN.sub(token, words.text))
    return cut(text, written) if written else words


def _kept(was: str, plain: str, written: dict[str, str]) -> str:
    if not plain:
        return was
    name = plain.title() if was[0].isupper() or not was[0].isalpha() else plain
    written[name] = was
    return name


def _plain(token: str, directory: Directory) -> str:
    """Return the name or title that a token stands for, or nothing."""
    if not _SIGNS.search(token) or sum(letter.isalpha() for letter in token) < 2:
        return ""
    low = token.lower()
    if "*" in low:
        return _unmasked(low, directory)
    for plain in (low.translate(_AS_I).translate(_LEET), low.translate(_LEET)):
        if _is_ours(plain, directory):
            return plain
    return ""


def _unmasked(low: str, directory: Directory) -> str:
    """Return the one name that has any letter where one star stands."""
    if low.count("*") != 1 or low[0] == "*":
        return ""
    fitting = [
        plain
        for plain in (low.replace("*", letter) for letter in ascii_lowercase)
        if _is_named(plain, directory)
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _joined(run: str, directory: Directory, written: dict[str, str]) -> str:
    """Return letters set apart with the longest name among them written in one piece."""
    letters = "".join(sign for sign in run if sign.isalnum())
    plain = fold(letters).translate(_LEET)
    if len(plain) != len(letters):
        return run
    for size in range(len(plain), _LEAST - 1, -1):
        for start in range(len(plain) - size + 1):
            if _is_named(plain[start : start + size], directory):
                end = start + size
                name = letters[start] + plain[start + 1 : end]
                written[name] = run[2 * start : 2 * end - 1]
                return f"{run[: 2 * start]}{name}{run[2 * end - 1 :]}"
    return run


def _is_ours(plain: str, directory: Directory) -> bool:
    return is_title(plain) or _is_named(plain, directory)


def _is_named(plain: str, directory: Directory) -> bool:
    entry = directory.entry(plain)
    return entry is not None and bool(entry.last or entry.first or entry.nickname or entry.handle)
