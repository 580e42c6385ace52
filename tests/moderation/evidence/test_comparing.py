"""Two versions side by side: both texts come back whole, and what differs is marked."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from moderation.evidence.comparing import MOST_PIECES, Change, Compared, Run, compare


def _said(runs: tuple[Run, ...], change: Change) -> list[str]:
    return [run.text for run in runs if run.change is change]


def _joined(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def test_a_word_that_was_exchanged_is_gone_on_one_side_and_new_on_the_other() -> None:
    found = compare("You are a useless clown, Mara", "You are a lovely clown, Mara")
    assert _said(found.before, Change.GONE) == ["useless "]
    assert _said(found.after, Change.NEW) == ["lovely "]
    assert found.differ


def test_a_word_that_was_added_is_gone_nowhere() -> None:
    found = compare("Nice one", "Not a nice one")
    assert _said(found.after, Change.NEW) == ["Not a nice "]
    assert _said(compare("a b", "a b c").before, Change.GONE) == ["b"]
    assert _said(compare("a b. ", "a b. c").before, Change.GONE) == []


def test_the_same_words_differ_nowhere() -> None:
    for text in ("", "one", "one two\nthree"):
        assert not compare(text, text).differ
    assert compare("", "new") == Compared((), (Run(Change.NEW, "new"),))


def test_a_character_that_cannot_be_seen_is_a_difference() -> None:
    assert compare("pay pal", "pay\u200b pal").differ
    assert compare("paypal", "p\u0430ypal").differ


@given(st.text(), st.text())
def test_both_texts_come_back_whole_and_no_run_is_empty_or_split(before: str, after: str) -> None:
    found = compare(before, after)
    assert (_joined(found.before), _joined(found.after)) == (before, after)
    for runs in (found.before, found.after):
        assert all(run.text for run in runs)
        assert all(one.change is not two.change for one, two in pairwise(runs))
    assert not _said(found.before, Change.NEW)
    assert not _said(found.after, Change.GONE)


def test_what_is_common_at_both_ends_is_found_in_texts_of_any_length() -> None:
    long = "word " * 50_000
    found = compare(f"{long}one {long}", f"{long}two {long}")
    assert _said(found.before, Change.GONE) == ["one "]
    assert found.by_word


def test_texts_made_to_keep_a_page_busy_are_marked_as_one_piece() -> None:
    numbers = " ".join(map(str, range(100_000)))
    began = time.perf_counter()
    for before, after in (
        (numbers, " ".join(f"-{n}" for n in range(100_000))),
        ("a b " * 3_000, "b b a " * 2_000),
        (" ".join(map(str, range(MOST_PIECES + 2))), "x"),
    ):
        found = compare(before, after)
        assert not found.by_word
        assert (_joined(found.before), _joined(found.after)) == (before, after)
    assert time.perf_counter() - began < 5
