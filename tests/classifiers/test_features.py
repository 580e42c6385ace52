"""Rows of n-grams: the same text gives the same rows, wherever it stands in a batch."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifiers.features import NO_ROW, ROWS, Group, groups
from classifiers.normaliser import normalise

PLAIN = st.text(alphabet="abc xyz'\u00e9\U0001f525", max_size=30).map(normalise)


def rows_of(group: Group, place: int) -> list[int]:
    ends = np.append(group.starts, group.rows.shape[1])
    part = group.rows[:, ends[place] : ends[place + 1]]
    return sorted(part[part != NO_ROW].tolist())


@given(st.lists(PLAIN, min_size=1, max_size=5))
def test_a_text_has_the_same_rows_alone_and_among_others(texts: list[str]) -> None:
    together = groups(texts)
    for place, text in enumerate(texts):
        for many, one in zip(together, groups([text]), strict=True):
            assert rows_of(many, place) == rows_of(one, 0)


def test_an_empty_text_has_no_rows() -> None:
    for group in groups(["", "word", ""]):
        assert rows_of(group, 0) == []
        assert rows_of(group, 2) == []


def test_rows_count_the_ngrams_inside_words_and_the_words() -> None:
    chars, words = groups(["ab cd"])
    # " ab " and " cd " each hold three pairs, two triples and one four.
    assert len(rows_of(chars, 0)) == 12
    # Two single words and one pair.
    assert len(rows_of(words, 0)) == 3
    assert chars.rows.max() < ROWS
