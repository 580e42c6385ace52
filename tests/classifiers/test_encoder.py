"""The encoder that ships ends halfway up where all is harmless, window by window."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from classifiers.encoder import Encoder, IsOver
from classifiers.weights_file import FOLDER, LOWER, TOKENIZER, UPPER, read_manifest

MIX = read_manifest().mix
HARMLESS = "thank you all for a lovely open day, the children talked of nothing else for a week"
ABUSE = "you stupid fat useless idiot"

Made = Callable[[IsOver], Encoder]


@pytest.fixture(scope="module")
def made() -> Made:
    lower, upper, tokenizer = ((FOLDER / name).read_bytes() for name in (LOWER, UPPER, TOKENIZER))
    return lambda is_over: Encoder(lower, upper, tokenizer, is_over=is_over, threads=1)


def test_the_last_word_is_said_halfway_where_it_is_over_there(made: Made) -> None:
    (ended,) = made(lambda _: True).read([ABUSE])
    (whole,) = made(lambda _: False).read([ABUSE])
    assert np.array_equal(ended.logits, ended.halfway)
    assert np.array_equal(ended.halfway, whole.halfway)
    assert not np.allclose(whole.logits, whole.halfway)


def test_abuse_is_read_to_its_end_and_plain_thanks_are_not(made: Made) -> None:
    thanks, abuse = made(MIX.is_over).read([HARMLESS, ABUSE])
    assert np.array_equal(thanks.logits, thanks.halfway)
    assert not np.array_equal(abuse.logits, abuse.halfway)


def test_a_long_comment_is_read_as_one(made: Made) -> None:
    (read,) = made(MIX.is_over).read([f"{HARMLESS}. " * 10 + ABUSE])
    assert len(read.logits) == 1


def test_each_window_of_a_long_text_ends_by_itself(made: Made) -> None:
    (read,) = made(MIX.is_over).read([f"{HARMLESS}. " * 16 + f"{ABUSE}. " * 20])
    ended = (read.logits == read.halfway).all(axis=1)
    assert ended[0]
    assert not ended[-1]


@pytest.mark.parametrize("ends_halfway", [True, False])
def test_every_word_has_its_pull_wherever_the_reading_ended(made: Made, ends_halfway: bool) -> None:
    (read,) = made(lambda _: ends_halfway).read([ABUSE])
    assert [ABUSE[start:end] for start, end, _ in read.pulls()] == ABUSE.split()
    assert all(pull != 0.0 for _, _, pull in read.pulls())
