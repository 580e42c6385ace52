"""Lays the table rows of texts out as a sparse matrix, exactly as the running model weighs them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from classifiers.features import NO_ROW, ROWS, Group, groups

WORD_WEIGHT = 1.0
_BATCH = 2_000


def matrix(texts: Sequence[str]) -> Any:
    """Return one line per reading and one column per table row (a scipy CSR matrix)."""
    blocks = []
    for begin in range(0, len(texts), _BATCH):
        batch = texts[begin : begin + _BATCH]
        chars, words = groups(batch)
        blocks.append(_block(chars, len(batch), 1.0) + _block(words, len(batch), WORD_WEIGHT))
    return sp.vstack(blocks, format="csr")


def _block(group: Group, texts: int, weight: float) -> Any:
    lines, columns = group.rows.shape
    owner = np.repeat(np.arange(texts), np.diff(np.append(group.starts, columns)))
    present = group.rows != NO_ROW
    line = np.concatenate([owner[present[kind]] for kind in range(lines)])
    column = np.concatenate([group.rows[kind][present[kind]] for kind in range(lines)])
    counts = np.maximum(np.bincount(line, minlength=texts), 1)
    values = (weight / np.sqrt(counts))[line].astype(np.float32)
    return sp.csr_matrix((values, (line, column.astype(np.int32))), shape=(texts, ROWS))
