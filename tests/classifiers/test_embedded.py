"""The model that ships: what it scores, what it refuses to score, and what it needs to load."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from classifiers.embedded import EmbeddedModel
from classifiers.features import ROWS
from classifiers.linear_model import LinearModel
from classifiers.weights_file import FOLDER, MANIFEST, Weights, read_manifest
from moderation.errors import SettingsError
from moderation.model import Signal
from moderation.taxonomy import LABELS


@pytest.fixture(scope="module")
def model() -> EmbeddedModel:
    return EmbeddedModel()


def toxicity(signal: Signal) -> float:
    assert signal.scores is not None
    return signal.scores["toxicity"]


@pytest.mark.parametrize(
    "text",
    [
        "You are a stupid useless idiot and I hate you",
        "What an absolute wanker",
        "shut up you fat ugly bitch",
        "Fuck off the lot of you, scum",
        "you're a w4nk3r and a m0r0n",
    ],
)
def test_abuse_scores_above_a_half(model: EmbeddedModel, text: str) -> None:
    assert toxicity(model.score([text])[0]) > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Thank you to the crew who came so quickly last night",
        "What time does the open day start on Saturday?",
        "You took 40 minutes and my garage burned. I want to know why.",
        "Closing that station was the wrong decision and the Chief should explain it",
        "As a gay man I felt very welcome at the station visit",
        "The Muslim community centre next door raised money for the charity",
        "Is there a fire on Mill Street? I can see smoke",
    ],
)
def test_civil_words_score_below_a_half(model: EmbeddedModel, text: str) -> None:
    assert toxicity(model.score([text])[0]) < 0.5


def test_an_empty_text_scores_nothing_at_all(model: EmbeddedModel) -> None:
    for signal in model.score(["", "   \n"]):
        assert signal.scores == dict.fromkeys(LABELS, 0.0)
        assert signal.unscored == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\U0001f921\U0001f921", "Only emoji or symbols"),
        ("!!! ???", "Only emoji or symbols"),
        ("x" * 20_001, "Too long"),
        ("Diolch yn fawr i'r criw am ddod mor gyflym neithiwr", "Welsh"),
        ("Dzi\u0119kuj\u0119 bardzo za szybk\u0105 pomoc wczoraj", "Polish"),
        ("آپ لوگوں کا بہت شکریہ", "Urdu"),
    ],
    ids=["emoji", "symbols", "long", "welsh", "polish", "urdu"],
)
def test_what_the_model_cannot_read_is_unscored_and_says_why(
    model: EmbeddedModel, text: str, says: str
) -> None:
    signal = model.score([text])[0]
    assert signal.scores is None
    assert says in signal.unscored


def test_the_order_of_a_mixed_batch_is_kept(model: EmbeddedModel) -> None:
    texts = ["", "\U0001f921", "you stupid idiot", "Thanks", "x" * 20_001, "you stupid idiot"]
    signals = model.score(texts)
    assert [signal.scores is None for signal in signals] == [False, True, False, False, True, False]
    assert signals[2] == signals[5]


def test_words_are_those_of_the_text_and_only_for_high_scores(model: EmbeddedModel) -> None:
    high, low = model.score(["Well, you IDIOT, thank you.", "Thank you for the visit"])
    assert high.words[0] == "IDIOT"
    assert low.words == ()


def test_a_text_scores_the_same_alone_and_in_a_batch(model: EmbeddedModel) -> None:
    texts = ["you stupid idiot", "a " * 900, "word", "Thank you all so much " * 40, "no"]
    together = model.score(texts)
    assert [model.score([text])[0] for text in texts] == together


def test_sums_of_packed_bytes_equal_sums_done_plainly() -> None:
    rng = np.random.default_rng(5)
    table = rng.integers(-127, 128, size=(ROWS, len(LABELS))).astype(np.int8)
    ones = np.ones(len(LABELS))
    linear = LinearModel(Weights(table, ones, ones, 1.0))
    text = "the same few words " * 500
    halves = [linear.pull([part], 3)[0] for part in ("ab", "cd", "ab cd")]
    whole = linear.pull([text, "ab"], 3)
    assert whole[1] == halves[0]
    single = linear.pull(["the same few words"], 3)[0]
    again = linear.pull(["the same few words the same few words"], 3)[0]
    seam = again - 2 * single
    assert whole[0] == pytest.approx(500 * single + 499 * seam)


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    return folder


def test_missing_weights_are_told_in_one_line_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"(?s)^[^\n]*reinstall[^\n]*$"):
        EmbeddedModel(tmp_path)


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / read_manifest(folder).file
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    with pytest.raises(SettingsError, match="were altered"):
        EmbeddedModel(folder).load()


def test_deleted_weights_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / read_manifest(folder).file).unlink()
    with pytest.raises(SettingsError, match="are missing"):
        EmbeddedModel(folder).score(["hello"])


@pytest.mark.parametrize("key", ["features_version", "folding_version", "labels"])
def test_weights_made_for_other_code_are_refused(tmp_path: Path, key: str) -> None:
    folder = copied(tmp_path)
    told = json.loads((folder / MANIFEST).read_text())
    told[key] = "0"
    (folder / MANIFEST).write_text(json.dumps(told))
    with pytest.raises(SettingsError, match="made for other code"):
        EmbeddedModel(folder)


def test_the_weights_stay_under_eight_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8_000_000


def test_scoring_needs_no_training_library() -> None:
    program = (
        "import sys; from classifiers.registry import load\n"
        "[one.score(['you are an idiot']) for one in load()]\n"
        "heavy = {'torch', 'sklearn', 'scipy', 'pandas', 'pyarrow'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr


def test_the_model_card_and_the_notice_name_every_data_set() -> None:
    told = json.loads((FOLDER / MANIFEST).read_text())
    sets = [re.sub(r"\.parquet$", "", name) for name in told["trained_on_sha256"]]
    card = (FOLDER / "MODEL_CARD.md").read_text()
    notice = (FOLDER.parents[1] / "NOTICE").read_text()
    assert sets
    for name in sets:
        assert name in card
        assert name in notice
