"""Texts that stop careless printers: the same thousand each time, for every test that prints."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Final

SEED: Final = 20261120
COUNT: Final = 1000

MARKUP: Final = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '#eval("x") #read("/etc/hostname") #import "@preview/x:1.0.0"',
    "$x$ *bold* _it_ `raw` @ref <label> // comment /* x */ \\ \\u{202e} #sys.inputs",
    '"}]} #panic() {"data": "\\ud800"} \\N{NULL} %s %n {0} ${x} {{ x }} {% x %}',
    "= Heading\n== Heading\n- list\n+ list\n/ term: list\n|| a ~ b -- c --- d ...",
    "]]></x><!--&lt;&#x202e;&nbsp;&#0;--> &amp;lt;",
    "https://example.org/?a=b&c=d#e javascript:alert(1) HTTPS://EXAMPLE.ORG file:///etc/passwd",
)
TRICKS: Final = (
    "\u202ereversed\u202c",
    "\u2067\u2066\u2068never closed",
    "\u202a" * 70 + "deep" + "\u202c" * 3,
    "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh",
    "x\u061c\u200e\u200f\u2028y\u2029z\x85\x0b\x0c",
    "\U000e0068\U000e0069\U000e0064\U000e0065 hidden in tags",
    "smile\U0001f600" + "".join(chr(0xE0100 + n) for n in range(40)),
    "H" + "\u0301\u0335\u20dd" * 90 + "ello",
    "p\u0430yp\u0430l \u0440\u0430\u0443\u0440\u0430l \uff48\uff45\uff4c\uff4c\uff4f",
    "\u3164\u115f\u1160\u2800\uffa0 blank",
    "\r\n\r\r\n\n\t\t \u00a0\u2003\u3000",
)
BROKEN: Final = (
    "\x00", "\x07\x1b[31m", "\x7f", "\x9b", "\ue000\uf8ff", "\U000f0000\U0010fffd", "\ufffe\uffff",
    "\ufdd0\ufdef", "\U0001fffe\U0010ffff", "\ud800", "\udfff\ud800", "\ufffd\ufff9\ufffa\ufffb",
)  # fmt: skip
PICTURES: Final = (
    "\U0001f9d1\U0001f3fd\u200d\U0001f692", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", "1\ufe0f\u20e3",
    "\U0001f1ec\U0001f1e7\U0001f1e6", "\u2764\ufe0f\u200d\U0001f525", "\U0001f3fb\U0001f3ff",
    "\u200d\ufe0f\u20e3",
)  # fmt: skip


def hostile_texts(count: int = COUNT, seed: int = SEED) -> list[str]:
    """Return as many texts; a longer list starts with the shorter one."""
    chance = random.Random(seed)  # noqa: S311  # The same texts each time; nothing is secret.
    return list(islice(_texts(chance), count))


def _texts(chance: random.Random) -> Iterator[str]:
    """First every trick by itself and every script; then mixtures without end."""
    yield from (*MARKUP, *TRICKS, *BROKEN, *PICTURES)
    yield from (
        "",
        " ",
        "\n",
        "x" * 100_000,
        "\U0001f525" * 20_000,
        "word " * 20_000,
        "\n" * 30_000,
    )
    yield from (f"{name.title()}: {_sample(chance, letters)}" for name, letters in scripts())
    kinds: tuple[Callable[[random.Random], str], ...] = (
        _mixture, _noise, _sprinkled, _long_words, _lines
    )  # fmt: skip
    while True:
        for kind in kinds:
            yield kind(chance)


@cache
def scripts() -> tuple[tuple[str, str], ...]:
    """Return every script that has letters, by the first word of their names, and its letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for letter in map(chr, range(sys.maxunicode + 1)):
        if letter.isalpha():
            found[unicodedata.name(letter, "UNNAMED").partition(" ")[0]].append(letter)
    return tuple((name, "".join(letters)) for name, letters in sorted(found.items()))


def _sample(chance: random.Random, letters: str) -> str:
    return " ".join("".join(chance.choices(letters, k=chance.randint(1, 12))) for _ in range(6))


def _mixture(chance: random.Random) -> str:
    pieces = (*MARKUP, *TRICKS, *BROKEN, *PICTURES)
    return chance.choice(("", " ", "\n")).join(chance.choices(pieces, k=chance.randint(2, 8)))


def _noise(chance: random.Random) -> str:
    highest = chance.choice((0x100, 0x3000, 0x10000, sys.maxunicode + 1))
    return "".join(chr(chance.randrange(highest)) for _ in range(chance.randint(1, 200)))


def _sprinkled(chance: random.Random) -> str:
    _, letters = chance.choice(scripts())
    words = _sample(chance, letters).split(" ")
    return "".join(f"{word}{chance.choice((*TRICKS, *BROKEN, *PICTURES))}" for word in words)


def _long_words(chance: random.Random) -> str:
    _, letters = chance.choice(scripts())
    return "".join(chance.choices(letters, k=chance.randint(100, 1000)))


def _lines(chance: random.Random) -> str:
    return "\n".join(_noise(chance)[:30] for _ in range(chance.randint(2, 30)))
