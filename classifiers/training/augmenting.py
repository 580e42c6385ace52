"""Roughens texts for training: slips of the key and letters left out, as people type."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_LONG_ENOUGH = 4
_WORDS_TOUCHED = 0.12
_NEIGHBOURS = (
    "a:sq b:vn c:xv d:sf e:wr f:dg g:fh h:gj i:uo j:hk k:jl l:ko m:n n:bm o:ip p:ol q:wa r:et s:ad"
    " t:ry u:yi v:cb w:qe x:zc y:tu z:xs"
)
_BESIDE = dict(pair.split(":") for pair in _NEIGHBOURS.split())


def roughened(texts: Sequence[str], share: float, random: np.random.Generator) -> list[str]:
    """Return the texts, a share of them with slips in about one long word in eight."""
    return [_roughen(text, random) if random.random() < share else text for text in texts]


def _roughen(text: str, random: np.random.Generator) -> str:
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) >= _LONG_ENOUGH and random.random() < _WORDS_TOUCHED:
            words[place] = _slip(word, random)
    return " ".join(words)


def _slip(word: str, random: np.random.Generator) -> str:
    at = int(random.integers(1, len(word) - 1))
    kind = int(random.integers(4))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    beside = _BESIDE.get(word[at])
    return (
        word[:at] + (beside[int(random.integers(len(beside)))] if beside else "") + word[at + 1 :]
    )
