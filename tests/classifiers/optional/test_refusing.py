"""What is not loaded: code in a checkpoint, other weights, other classes, other files; and why."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from classifiers import detoxify_model, transformers_model
from classifiers.optional.model_settings import ModelSettings
from moderation.errors import SettingsError
from tests.classifiers.optional import tiny


class Evil:
    """Makes a folder when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._mark),)


def checkpoint(folder: Path, holds: object, *, zipped: bool = True) -> ModelSettings:
    """Write any object as a checkpoint whose hash the settings know."""
    settings = tiny.checkpoint_of(folder)
    torch.save(holds, settings.path, _use_new_zipfile_serialization=zipped)
    return replace(settings, sha256=tiny.sha256(settings.path))


def refusal(load: Callable[[ModelSettings], object], settings: ModelSettings) -> str:
    with pytest.raises(SettingsError) as refused:
        load(settings)
    return str(refused.value)


def changed_config(settings: ModelSettings, **changed: Any) -> ModelSettings:
    """Change a folder's config.json."""
    path = settings.path / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    return settings


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "older form"])
@pytest.mark.parametrize("where", ["whole", "config", "state_dict"])
def test_a_checkpoint_that_holds_code_is_refused_and_the_code_never_runs(
    tmp_path: Path, where: str, zipped: bool
) -> None:
    mark = tmp_path / "owned"
    whole = torch.load(tiny.checkpoint_of(tmp_path).path, weights_only=True)
    holds = Evil(mark) if where == "whole" else whole | {where: Evil(mark)}
    settings = checkpoint(tmp_path, holds, zipped=zipped)
    assert "holds more than weights" in refusal(detoxify_model.load, settings)
    assert not mark.exists()


def test_the_code_of_that_checkpoint_would_have_run_with_an_unsafe_loader(tmp_path: Path) -> None:
    mark = tmp_path / "owned"
    settings = checkpoint(tmp_path, Evil(mark))
    torch.load(settings.path, weights_only=False)
    assert mark.is_dir()


@pytest.mark.parametrize("holds", [[1], {"a": 1}, {"config": {}, "state_dict": {}}, b"x"])
def test_a_checkpoint_of_another_kind_is_refused(tmp_path: Path, holds: object) -> None:
    said = refusal(detoxify_model.load, checkpoint(tmp_path, holds))
    assert "no Detoxify checkpoint" in said or "no table of weights" in said


def test_a_checkpoint_without_its_base_model_is_refused(tmp_path: Path) -> None:
    settings = replace(tiny.checkpoint_of(tmp_path), config=None)
    assert "needs config" in refusal(detoxify_model.load, settings)


def test_more_labels_than_outputs_are_refused(tmp_path: Path) -> None:
    settings = tiny.checkpoint_of(tmp_path, outputs=2)
    assert "6 labels for 2 outputs" in refusal(detoxify_model.load, settings)


def test_other_weights_than_those_of_the_settings_are_refused_with_their_hash(
    tmp_path: Path,
) -> None:
    for load, settings, weights in (
        (detoxify_model.load, tiny.checkpoint_of(tmp_path / "a"), ""),
        (transformers_model.load, tiny.folder_of(tmp_path / "b"), "model.safetensors"),
    ):
        said = refusal(load, replace(settings, sha256="0" * 64))
        assert "not the ones of the settings" in said
        assert tiny.sha256(settings.path / weights if weights else settings.path) in said


def test_a_hash_is_checked_before_anything_is_read(tmp_path: Path) -> None:
    mark = tmp_path / "owned"
    settings = replace(checkpoint(tmp_path, Evil(mark)), sha256="0" * 64)
    assert "not the ones of the settings" in refusal(detoxify_model.load, settings)


def test_files_that_are_not_there_are_named_and_nothing_is_looked_up(tmp_path: Path) -> None:
    nowhere = tmp_path / "bert-base-uncased"
    folder = replace(tiny.folder_of(tmp_path / "a"), path=nowhere)
    assert refusal(transformers_model.load, folder) == f"There is no folder {nowhere}."
    point = tiny.checkpoint_of(tmp_path / "b")
    assert str(nowhere) in refusal(detoxify_model.load, replace(point, path=nowhere))
    assert str(nowhere / "config.json") in refusal(
        detoxify_model.load, replace(point, config=nowhere)
    )


def test_a_folder_with_weights_in_another_format_says_what_to_do(tmp_path: Path) -> None:
    settings = tiny.folder_of(tmp_path)
    (tmp_path / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    assert "save the model again" in refusal(transformers_model.load, settings)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    settings = tiny.folder_of(tmp_path)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    damaged = replace(settings, sha256=tiny.sha256(weights))
    assert "no whole safetensors file" in refusal(transformers_model.load, damaged)


@pytest.mark.parametrize("name", ["GPT2ForSequenceClassification", "BertModel", "os", None])
def test_a_class_that_is_not_on_the_list_is_refused(tmp_path: Path, name: str | None) -> None:
    settings = changed_config(tiny.folder_of(tmp_path), architectures=[name])
    said = refusal(transformers_model.load, settings)
    assert f"class {name}, which is not allowed" in said
    assert "BertForSequenceClassification" in said


def test_a_tokenizer_of_a_class_that_is_not_on_the_list_is_refused(tmp_path: Path) -> None:
    settings = tiny.folder_of(tmp_path)
    (tmp_path / "tokenizer_config.json").write_text('{"tokenizer_class": "EvilTokenizer"}')
    assert "class EvilTokenizer, which is not allowed" in refusal(transformers_model.load, settings)


def test_code_that_a_folder_brings_is_not_imported(tmp_path: Path) -> None:
    settings = tiny.folder_of(tmp_path)
    mark = tmp_path / "owned"
    (tmp_path / "evil.py").write_text(f"import os\nos.mkdir({str(mark)!r})\n")
    names = {"AutoConfig": "evil.C", "AutoModelForSequenceClassification": "evil.M"}
    changed_config(settings, auto_map=names, attn_implementation="somebody/their-kernels")
    tokenizer = {
        "tokenizer_class": "BertTokenizer",
        "auto_map": {"AutoTokenizer": ["evil.T", None]},
    }
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    assert transformers_model.load(settings).read(["you fool"])[0]
    assert not mark.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda state: state.pop("classifier.bias"), "they lack classifier.bias"),
        (lambda state: state.update(extra=torch.ones(1)), "they have too many: extra"),
        (
            lambda state: state.update({"classifier.bias": torch.ones(9)}),
            "they have another shape: classifier.bias",
        ),
        (
            lambda state: [state.pop(name) for name in list(state) if "layer.1" in name],
            "and 11 more",
        ),
        (lambda state: state.update({"classifier.bias": "text"}), "another shape"),
    ],
    ids=["missing", "extra", "shape", "many", "no tensor"],
)
def test_weights_that_do_not_fit_are_named(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    state = dict(tiny.model_of("Bert").state_dict())
    change(state)
    assert said in refusal(detoxify_model.load, tiny.checkpoint_of(tmp_path, state=state))


def test_a_configuration_of_another_model_is_refused(tmp_path: Path) -> None:
    settings = changed_config(tiny.folder_of(tmp_path), model_type="roberta")
    assert "describes a model of the type roberta" in refusal(transformers_model.load, settings)


def test_a_tokenizer_that_is_missing_or_of_another_model_is_refused(tmp_path: Path) -> None:
    settings = tiny.folder_of(tmp_path)
    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nyou\n")
    assert "do not belong together" in refusal(transformers_model.load, settings)
    (tmp_path / "vocab.txt").unlink()
    assert "holds no tokenizer" in refusal(transformers_model.load, settings)
    (tmp_path / "tokenizer.json").write_text("{}")
    assert "cannot be used" in refusal(transformers_model.load, settings)


def test_labels_that_nobody_knows_are_listed(tmp_path: Path) -> None:
    settings = tiny.folder_of(tmp_path, labels=("LABEL_0", "LABEL_1"))
    said = refusal(transformers_model.load, settings)
    assert "It has: LABEL_0, LABEL_1." in said
    named = refusal(transformers_model.load, replace(settings, labels={"LABEL_7": "toxicity"}))
    assert named == "labels names LABEL_7, but the model has: LABEL_0, LABEL_1."


def test_a_model_that_was_made_for_something_else_is_refused(tmp_path: Path) -> None:
    settings = replace(tiny.folder_of(tmp_path, problem_type="regression"), activation="")
    assert "made for regression" in refusal(transformers_model.load, settings)
    one = tiny.folder_of(tmp_path / "one", labels=("toxic",))
    said = refusal(transformers_model.load, replace(one, activation="softmax"))
    assert "always 1" in said
