"""The file of an organisation's own models: what it may say, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifiers.optional.model_settings import ModelSettings
from moderation.errors import SettingsError
from tests.processes import ROOT
from worker import models_file

SHA = "0123456789abcdef" * 4
WHOLE = f"""
[toxic]
kind = "detoxify"
path = "weights/toxic.ckpt"
config = "/srv/models/bert-base-uncased"
sha256 = "{SHA.upper()}"
languages = ["English", "Polish"]
activation = "sigmoid"
long_texts = "cut"
max_tokens = 256
threads = 2
batch_size = 8
timeout_s = 10
memory_mb = 2000

[hate-speech]
kind = "transformers"
path = "hate"
sha256 = "{SHA}"
labels = {{ hate = "identity_attack", LABEL_1 = "toxicity" }}
"""
LEAST = f'[m]\nkind = "transformers"\npath = "m"\nsha256 = "{SHA}"\n'


def read(tmp_path: Path, text: str) -> tuple[ModelSettings, ...]:
    path = tmp_path / "models.toml"
    path.write_text(text, encoding="utf-8")
    return models_file.read(path)


def test_no_file_is_no_model() -> None:
    assert models_file.read(None) == ()


def test_a_file_says_all_of_each_model_in_its_order(tmp_path: Path) -> None:
    toxic, hate = read(tmp_path, WHOLE)
    assert toxic == ModelSettings(
        name="toxic",
        kind="detoxify",
        path=(tmp_path / "weights/toxic.ckpt").resolve(),
        sha256=SHA,
        config=Path("/srv/models/bert-base-uncased"),
        languages=("English", "Polish"),
        activation="sigmoid",
        long_texts="cut",
        max_tokens=256,
        threads=2,
        batch_size=8,
        timeout_s=10,
        memory_mb=2000,
    )
    assert (hate.name, hate.model) == ("hate-speech", "hate-speech@0123456789ab")
    assert hate.labels == {"hate": "identity_attack", "LABEL_1": "toxicity"}
    assert (hate.languages, hate.timeout_s, hate.memory_mb) == (("English",), 30, 0)


def test_settings_travel_to_the_process_and_back(tmp_path: Path) -> None:
    for one in read(tmp_path, WHOLE):
        assert ModelSettings.from_json(one.as_json()) == one


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("threads = 0", "m.threads must be from 1 to 64"),
        ("timeout_s = 51", "m.timeout_s must be from 1 to 50"),
        ("memory_mb = 20", "m.memory_mb must be from 500"),
        ("max_tokens = 513", "m.max_tokens must be from 16 to 512"),
        ('batch_size = "many"', "m.batch_size must be a whole number"),
        ('languages = ["Klingon"]', "m.languages names 'Klingon'; allowed: Albanian"),
        ('labels = { hate = "rude" }', "m.labels.hate is 'rude'; allowed: toxicity"),
        ('activation = "tanh"', "m.activation is 'tanh'; allowed: sigmoid, softmax"),
        ('long_texts = "drop"', "m.long_texts is 'drop'; allowed: windows, cut"),
        ('config = "base"', "m.config is needed for detoxify, and for nothing else"),
        ("trust_remote_code = true", "m.trust_remote_code is unknown"),
    ],
)
def test_a_fault_names_the_key_and_what_is_allowed(tmp_path: Path, more: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read(tmp_path, LEAST + more)


@pytest.mark.parametrize("name", ["embedded", "watchroom-x", "rules", "Toxic", "a" * 41, '"a b"'])
def test_a_name_that_is_taken_or_odd_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r"name"):
        read(tmp_path, LEAST.replace("[m]", f"[{name}]"))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, '[a]\nkind = "onnx"\nsha256 = "12"\n[b]\nkind = "detoxify"\npath = "x"\n')
    told = str(refused.value)
    for one in (
        "a.kind is 'onnx'; allowed: detoxify, transformers",
        "a.path is missing",
        "a.sha256 must be 64 hexadecimal digits",
        "b.config is needed",
        "b.sha256 is missing",
    ):
        assert one in told


@pytest.mark.parametrize("text", ["a =", "a = 3", "\x00"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="models"):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        models_file.read(tmp_path / "none.toml")


def test_the_example_in_the_documents_is_a_whole_file(tmp_path: Path) -> None:
    document = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    example = document.split("```toml\n")[1].split("```")[0]
    models = read(tmp_path, example)
    assert [(one.name, one.kind) for one in models] == [
        ("multilingual", "detoxify"),
        ("hate", "transformers"),
    ]


def test_the_documents_name_every_key_with_its_default() -> None:
    document = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip(" `") for line in document.splitlines() if line[:3] == "| `"]
    assert set(rows) == set(models_file._KEYS)
