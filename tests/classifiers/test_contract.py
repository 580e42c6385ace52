"""What the contract promises, held for every detector of the registry against hostile input."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.contract import Classifier
from classifiers.registry import DEFAULT, DETECTORS, load
from moderation.errors import SettingsError
from moderation.model import Signal
from moderation.taxonomy import LABELS

HOSTILE = {
    "empty": "",
    "blank": " \n\t ",
    "one megabyte": "you are a fool " * 70_000,
    "one word of a megabyte": "a" * 1_000_000,
    "a hundred thousand combining marks": "a" + "\u0301" * 100_000,
    "a ligature that unfolds": "\ufdfa" * 1_000,
    "lone surrogates": "\ud800 you \udfff are \udc00",
    "nul": "\x00kill\x00 \x00you\x00",
    "mixed scripts": "you \u0434\u0443\u0440\u0430\u043a \u4f60 \u0627\u0646\u062a \u0a24\u0a41",
    "emoji": "\U0001f921\U0001f921\U0001f468\u200d\U0001f692",
    "right to left": "\u202eyou lliw i\u202c \u200f\u061c",
    "quotes and brackets": "'\"([{<" * 3_000,
    "nearly a threat, again and again": "i'll i will going to " * 900,
    "digits": "07" * 9_000,
    "sentence ends": ".!?\n" * 4_000,
}


@cache
def detector(name: str) -> Classifier:
    return load([name])[0]


def assert_promises(one: Classifier, text: str, signal: Signal) -> None:
    assert signal.model == one.model
    for hit in signal.hits:
        assert 0 <= hit.start <= hit.end <= len(text)
        assert hit.rule
        assert hit.says
    if signal.scores is None:
        assert signal.hits or signal.unscored or one.model.startswith("rules.")
    else:
        assert tuple(signal.scores) == LABELS
        assert all(0.0 <= value <= 1.0 for value in signal.scores.values())
        assert signal.unscored == ""
    assert all(word in text or word in signal.read_as for word in signal.words)


@pytest.mark.parametrize("name", DETECTORS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_gets_one_signal_and_no_error(name: str, text: str) -> None:
    one = detector(name)
    before, signal, after = one.score(["Thank you all", text, "Thank you all"])
    assert_promises(one, text, signal)
    assert before == after


@pytest.mark.parametrize("name", DETECTORS)
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=200), max_size=6))
def test_any_batch_gets_as_many_signals_in_its_order(name: str, texts: list[str]) -> None:
    one = detector(name)
    signals = one.score(texts)
    assert len(signals) == len(texts)
    for text, signal in zip(texts, signals, strict=True):
        assert_promises(one, text, signal)
        alone = one.score([text])[0]
        assert alone.hits == signal.hits
        assert alone.unscored == signal.unscored


@pytest.mark.parametrize("name", DETECTORS)
def test_a_detector_says_which_it_is_and_carries_a_hash(name: str) -> None:
    one = detector(name)
    label, _, revision = one.model.partition("@")
    assert label
    assert revision
    assert len(bytes.fromhex(one.sha256)) == 32


@pytest.mark.parametrize("name", DETECTORS)
def test_no_texts_get_no_signals(name: str) -> None:
    assert detector(name).score([]) == []


def test_loading_nothing_in_particular_gives_the_model_and_all_rules() -> None:
    assert [one.model.partition("@")[0] for one in load()] == ["watchroom-embedded", *DEFAULT[1:]]


def test_an_unknown_name_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(SettingsError, match=r"rules\.threats"):
        load(["oracle"])
