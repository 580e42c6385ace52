"""Both kinds of model over the shapes that people use: labels, order, long texts, no network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
import torch

from classifiers import detoxify_model, transformers_model
from classifiers.optional.model_settings import ModelSettings
from classifiers.optional.reader import MOST_WINDOWS, Reader
from moderation.taxonomy import LABELS
from tests.classifiers.optional import tiny

SIX = tuple(label for label in LABELS if label != "sexual_explicit")
TEXTS = ["you are a useless fool", "thank the crew", "i will find where you live", "so kind"]
LOADERS: dict[str, tuple[Callable[..., ModelSettings], Callable[[ModelSettings], Reader]]] = {
    "detoxify": (tiny.checkpoint_of, detoxify_model.load),
    "transformers": (tiny.folder_of, transformers_model.load),
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test of this file reach anything, whatever a library would like."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a model reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)


def reader_of(kind: str, folder: Path, family: str = "Bert") -> Reader:
    make, load = LOADERS[kind]
    return load(make(folder, family))


def plain_scores(family: str, text: str, reader: Reader) -> list[float]:
    """Return the outputs of the same weights, asked without any code of ours."""
    encoded = reader.tokenizer([text], return_tensors="pt", return_token_type_ids=False)
    with torch.inference_mode():
        scores: list[float] = tiny.model_of(family)(**encoded).logits.sigmoid()[0].tolist()
    return scores


@pytest.mark.parametrize("kind", LOADERS)
@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_each_shape_says_under_our_labels_what_its_weights_say(
    tmp_path: Path, kind: str, family: str
) -> None:
    reader = reader_of(kind, tmp_path, family)
    answers = reader.read(TEXTS)
    for text, answer in zip(TEXTS, answers, strict=True):
        assert answer is not None
        assert tuple(answer) == SIX
        # Our order is not the checkpoint's: its third label is our third, its last our last.
        assert list(answer.values()) == pytest.approx(plain_scores(family, text, reader), abs=1e-5)
    assert len({answer["toxicity"] for answer in answers if answer}) == len(TEXTS)


@pytest.mark.parametrize("kind", LOADERS)
def test_a_text_scores_alike_alone_and_among_others_in_any_order(tmp_path: Path, kind: str) -> None:
    reader = reader_of(kind, tmp_path)
    together = reader.read(TEXTS)
    backwards = reader.read(TEXTS[::-1])[::-1]
    for text, answer, turned in zip(TEXTS, together, backwards, strict=True):
        [alone] = reader.read([text])
        assert alone == pytest.approx(answer, abs=1e-5)
        assert turned == pytest.approx(answer, abs=1e-5)


@pytest.mark.parametrize("family", tiny.FAMILIES)
def test_two_thousand_words_are_cut_to_windows_that_the_model_has_room_for(
    tmp_path: Path, family: str
) -> None:
    reader = reader_of("transformers", tmp_path, family)
    # RoBERTa's 66 positions leave room for 64 tokens: one more would break its table.
    assert reader.tokens == 64
    cut = replace(reader, settings=replace(reader.settings, long_texts="cut"))
    [scores] = cut.read(["fool " * 2_000])
    assert scores is not None
    assert reader.read(["fool " * 2_000]) == [None], f"more than {MOST_WINDOWS} windows"


@pytest.mark.parametrize("family", ["Bert", "Roberta", "XLMRoberta"])
def test_a_model_of_full_length_reads_five_hundred_and_twelve_tokens_at_once(
    tmp_path: Path, family: str
) -> None:
    positions = 514 if family in tiny.POSITIONS else 512
    settings = tiny.folder_of(tmp_path, family, max_position_embeddings=positions)
    reader = transformers_model.load(settings)
    assert reader.tokens == 512
    [scores] = reader.read(["fool " * 1_000])
    assert scores is not None


def test_what_stands_at_the_end_of_a_long_text_is_read_in_a_window_of_its_own(
    tmp_path: Path,
) -> None:
    reader = reader_of("transformers", tmp_path)
    words = "thank the crew " * 40
    endings = [f"{words} you useless fool", f"{words} i will find you"]
    one, other = reader.read(endings)
    assert one != other
    cut = replace(reader, settings=replace(reader.settings, long_texts="cut"))
    first, second = cut.read(endings)
    assert first == second


@pytest.mark.parametrize("kind", LOADERS)
@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800 you \udfff", "\ufdfa" * 100, "\U0001f921"]
)
def test_an_odd_text_has_scores_like_any_other(tmp_path: Path, kind: str, text: str) -> None:
    [scores] = reader_of(kind, tmp_path).read([text])
    assert scores is not None
    assert all(0 <= score <= 1 for score in scores.values())


def test_no_texts_have_no_scores(tmp_path: Path) -> None:
    assert reader_of("transformers", tmp_path).read([]) == []


def test_a_checkpoint_may_have_outputs_that_it_does_not_name(tmp_path: Path) -> None:
    classes = ("toxicity", "severe_toxicity", "obscene", "identity_attack", "insult", "threat")
    settings = tiny.checkpoint_of(tmp_path, "Roberta", (*classes, "sexual_explicit"), outputs=16)
    [scores] = detoxify_model.load(settings).read(["you fool"])
    assert scores is not None
    assert tuple(scores) == LABELS


def test_a_checkpoint_of_the_trainer_and_of_older_libraries_is_taken(tmp_path: Path) -> None:
    state = {f"model.{name}": one for name, one in tiny.model_of("Bert").state_dict().items()}
    state["model.bert.embeddings.position_ids"] = torch.arange(64)[None]
    settings = tiny.checkpoint_of(tmp_path, "Bert", state=state)
    assert detoxify_model.load(settings).read(TEXTS) == reader_of(
        "detoxify", tmp_path / "plain"
    ).read(TEXTS)


def test_our_loader_scores_as_the_detoxify_package_does(tmp_path: Path) -> None:
    from detoxify import Detoxify

    for family in ("Bert", "Roberta", "XLMRoberta", "Albert"):
        settings = tiny.checkpoint_of(tmp_path / family, family)
        # Theirs takes the number of labels from here, where a stock file says two.
        theirs_at = tmp_path / family / "theirs"
        tiny.write_tokenizer(theirs_at, family)
        tiny.model_of(family).config.save_pretrained(theirs_at)
        theirs = Detoxify(
            checkpoint=str(settings.path), huggingface_config_path=str(theirs_at)
        ).predict(TEXTS)
        ours = detoxify_model.load(settings).read(TEXTS)
        for label in SIX:
            assert [one[label] for one in ours if one] == pytest.approx(theirs[label], abs=1e-5)


@pytest.mark.parametrize(
    ("said", "chosen", "activation"),
    [
        ("multi_label_classification", "", "sigmoid"),
        ("single_label_classification", "", "softmax"),
        (None, "", "softmax"),
        ("multi_label_classification", "softmax", "softmax"),
        ("regression", "sigmoid", "sigmoid"),
    ],
)
def test_the_configuration_says_how_outputs_become_scores_unless_the_settings_do(
    tmp_path: Path, said: str | None, chosen: str, activation: str
) -> None:
    settings = tiny.folder_of(tmp_path, problem_type=said)
    reader = transformers_model.load(replace(settings, activation=chosen))
    assert reader.activation == activation
    [scores] = reader.read(["you fool"])
    assert scores is not None
    assert (sum(scores.values()) == pytest.approx(1.0, abs=1e-5)) is (activation == "softmax")


def test_other_labels_are_mapped_and_those_left_out_are_ignored(tmp_path: Path) -> None:
    settings = tiny.folder_of(tmp_path, labels=("NONE", "LABEL_1", "hate", "racism"))
    chosen = {"LABEL_1": "toxicity", "hate": "identity_attack", "racism": "identity_attack"}
    reader = transformers_model.load(replace(settings, labels=chosen))
    [scores] = reader.read(["you fool"])
    with torch.inference_mode():
        encoded = reader.tokenizer(["you fool"], return_tensors="pt")
        outputs = tiny.model_of("Bert", 4)(**encoded).logits.sigmoid()[0].tolist()
    assert scores == pytest.approx(
        {"toxicity": outputs[1], "identity_attack": max(outputs[2:])}, abs=1e-5
    )
