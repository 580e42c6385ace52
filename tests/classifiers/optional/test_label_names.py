"""Which output speaks under which of our labels, by its own name or by the settings."""

from __future__ import annotations

import pytest

from classifiers.optional.label_names import outputs_by_label
from moderation.errors import SettingsError
from moderation.taxonomy import LABELS


def test_names_of_detoxify_and_of_its_checkpoints_are_known_in_our_order() -> None:
    found = outputs_by_label(
        ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"), {}
    )
    assert list(found.items()) == [
        ("toxicity", (0,)),
        ("severe_toxicity", (1,)),
        ("obscene", (2,)),
        ("threat", (3,)),
        ("insult", (4,)),
        ("identity_attack", (5,)),
    ]
    assert list(outputs_by_label(LABELS[::-1], {})) == list(LABELS)


@pytest.mark.parametrize("name", ["Toxic", "TOXICITY", " toxic "])
def test_a_usual_name_may_be_written_otherwise(name: str) -> None:
    assert outputs_by_label(("fine", name), {}) == {"toxicity": (1,)}
    assert outputs_by_label(("Severe-Toxic", "identity hate"), {}) == {
        "severe_toxicity": (0,),
        "identity_attack": (1,),
    }


def test_a_mapping_is_the_whole_of_it() -> None:
    labels = ("toxic", "hate", "racism", "neither")
    chosen = {"hate": "identity_attack", "racism": "identity_attack"}
    assert outputs_by_label(labels, chosen) == {"identity_attack": (1, 2)}


@pytest.mark.parametrize("chosen", [{}, {"LABEL_9": "toxicity"}])
def test_a_model_without_a_label_that_we_know_is_refused_with_its_labels(
    chosen: dict[str, str],
) -> None:
    with pytest.raises(SettingsError, match="LABEL_0, LABEL_1"):
        outputs_by_label(("LABEL_0", "LABEL_1"), chosen)
