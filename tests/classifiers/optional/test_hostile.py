"""Hostile texts to an added model: one answer for each, in bounded time, and never an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.optional.languages import ANY_LANGUAGE
from classifiers.optional.optional_model import OptionalModel
from tests.classifiers.optional import tiny
from tests.classifiers.test_contract import HOSTILE


@pytest.fixture(scope="module", params=["Bert", "Roberta", "XLMRoberta", "Albert"])
def model(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OptionalModel]:
    chosen = tiny.folder_of(tmp_path_factory.mktemp("model"), request.param)
    made = OptionalModel(replace(chosen, languages=(ANY_LANGUAGE,)))
    yield made
    made.close()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_gets_one_signal_and_no_error(model: OptionalModel, text: str) -> None:
    before, signal, after = model.score(["thank the crew", text, "thank the crew"])
    assert before == after
    assert before.scores is not None
    assert signal.failure is None
    assert (signal.scores is None) is bool(signal.unscored)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(max_size=200), max_size=6))
def test_any_batch_gets_as_many_signals_in_its_order(
    model: OptionalModel, texts: list[str]
) -> None:
    signals = model.score(texts)
    assert len(signals) == len(texts)
    for text, signal in zip(texts, signals, strict=True):
        assert signal.failure is None
        [alone] = model.score([text])
        assert alone.scores == (
            None if signal.scores is None else pytest.approx(signal.scores, abs=2e-4)
        )
