"""Runs the encoder that ships: tokens in, a logit for each output and each word's pull out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

WINDOW_TOKENS = 254
_STEP_TOKENS = 206
_MOST_WINDOWS = 32
_FIRST, _LAST = 101, 102
# Joins that onnxruntime makes of several nodes by itself and that take longer than those did.
_SLOWER = ["SkipLayerNormFusion"]

Logits = NDArray[np.float32]
# Takes what is said of one window halfway up; says whether that is the last word on it.
IsOver = Callable[[Logits], bool]


@dataclass(frozen=True, slots=True)
class Read:
    """One text as the encoder read it.

    logits has one line for each window of the text, in order, and one column for each output;
    halfway has what was said of them halfway up, which is the last word where it was over there.
    """

    logits: Logits
    halfway: Logits
    _encoded: Encoding
    _pulls: NDArray[np.float64]

    def pulls(self) -> tuple[tuple[int, int, float], ...]:
        """Return the words of the text as stretches, with how much each pulled towards abuse.

        Worked out on demand: only the few texts that are shown to somebody need it.
        """
        words: dict[int | None, list[tuple[int, int, float]]] = {}
        encoded = self._encoded
        for word, (start, end), pull in zip(
            encoded.word_ids, encoded.offsets, self._pulls, strict=True
        ):
            words.setdefault(word, []).append((start, end, float(pull)))
        return tuple(
            (pieces[0][0], pieces[-1][1], sum(pull for _, _, pull in pieces))
            for pieces in words.values()
        )


class Encoder:
    """Two sessions over the weights, lower and upper; reading is safe from several threads.

    Each window is run by itself: bytes are scaled over all that is run together, so that a text
    would otherwise score differently in another company. Several threads keep several cores busy.
    """

    def __init__(
        self, lower: bytes, upper: bytes, tokenizer: bytes, *, is_over: IsOver, threads: int
    ) -> None:
        self._lower, self._upper = _session(lower), _session(upper)
        self._is_over = is_over
        self._tokenizer = Tokenizer.from_buffer(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="encoder")

    def read(self, texts: Sequence[str]) -> Iterator[Read]:
        """Yield one reading per text, in order; a text is read in windows that overlap.

        The reading begins with the call, not with the first answer that is asked for.
        """
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return self._pool.map(self._read_one, encoded)

    def _read_one(self, encoded: Encoding) -> Read:
        ids = np.array(encoded.ids, dtype=np.int64)
        logits, halfway, pulls = [], [], np.zeros(len(ids))
        for begin, end in _windows(len(ids)):
            window = np.concatenate(([_FIRST], ids[begin:end], [_LAST]))[None]
            found, pulled, hidden = self._lower.run(None, {"input_ids": window})
            halfway.append(found[0])
            if not self._is_over(found[0]):
                found, pulled = self._upper.run(None, {"hidden": hidden})
            logits.append(found[0])
            pulls[begin:end] = np.maximum(pulls[begin:end], pulled[0, 1:-1])
        return Read(np.stack(logits), np.stack(halfway), encoded, pulls)


def _session(weights: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Spare memory is given back after a long text instead of being kept for the next.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(
        weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )


def _windows(tokens: int) -> Iterator[tuple[int, int]]:
    """Yield where each window begins and ends; an empty text has one empty window."""
    begin = 0
    for _ in range(_MOST_WINDOWS):
        yield begin, min(begin + WINDOW_TOKENS, tokens)
        if begin + WINDOW_TOKENS >= tokens:
            return
        begin += _STEP_TOKENS
