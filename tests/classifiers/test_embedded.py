"""The model that ships: what it scores, what it refuses to score, and what it needs to load."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from classifiers.embedded import EmbeddedModel
from classifiers.features import NO_ROW, ROWS, groups
from classifiers.linear_model import LinearModel
from classifiers.normaliser import NORMALISER_VERSION
from classifiers.outputs import CODES, LINEAR_OUTPUTS
from classifiers.strange_words import is_strange
from classifiers.weights_file import FILES, FOLDER, MANIFEST, Weights
from moderation.errors import SettingsError
from moderation.model import Signal
from moderation.taxonomy import LABELS, URGENT_CHECK_FIRST


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
        ("!!! ???", "Only symbols"),
        ("\u2014 \u00a7 \u2014", "Only symbols"),
        ("x" * 20_001, "Too long"),
        ("https://example.org/a/b?c=d", "Only a link"),
        ("wiem gdzie mieszkasz", "not known"),
        ("Diolch yn fawr i'r criw am ddod mor gyflym neithiwr", "Welsh"),
        ("Dzi\u0119kuj\u0119 bardzo za szybk\u0105 pomoc wczoraj", "Polish"),
        ("آپ لوگوں کا بہت شکریہ", "Urdu"),
    ],
    ids=["marks", "signs", "long", "link", "strange", "welsh", "polish", "urdu"],
)
def test_what_the_model_cannot_read_is_unscored_and_says_why(
    model: EmbeddedModel, text: str, says: str
) -> None:
    signal = model.score([text])[0]
    assert signal.scores is None
    assert says in signal.unscored


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("thievin glaikit numpties", "abuse"),
        ("gna ctb 2nite. dnt wnt saving jst wntd sum1 2 kno. srry", "urgent"),
    ],
)
def test_strange_words_in_which_the_model_hears_something_are_scored(
    model: EmbeddedModel, text: str, code: str
) -> None:
    assert is_strange(text)
    assert model.score([text])[0].codes[code] > 0.5


@pytest.mark.parametrize("text", ["wiem gdzie mieszkasz", "main tumhe maar dunga"])
def test_strange_words_are_never_scored_below_what_is_flagged(
    model: EmbeddedModel, text: str
) -> None:
    signal = model.score([text])[0]
    assert signal.scores is None or max(signal.codes["abuse"], signal.codes["urgent"]) >= 0.6


@pytest.mark.parametrize("text", ["Not today", "Home now x", "Nice one 1", "Tomorrow everyone"])
def test_in_three_words_the_model_hears_no_call_for_help(model: EmbeddedModel, text: str) -> None:
    codes = model.score([text])[0].codes
    assert {codes[f"check.{code}"] for code in URGENT_CHECK_FIRST} | {codes["urgent"]} == {0.0}


def test_in_more_words_it_does(model: EmbeddedModel) -> None:
    assert model.score(["he has taken all his tablets, please hurry"])[0].codes["urgent"] > 0.5


def test_the_order_of_a_mixed_batch_is_kept(model: EmbeddedModel) -> None:
    texts = ["", "???", "you stupid idiot", "Thanks", "x" * 20_001, "you stupid idiot"]
    signals = model.score(texts)
    assert [signal.scores is None for signal in signals] == [False, True, False, False, True, False]
    assert signals[2] == signals[5]


def test_words_are_those_of_the_text_and_only_for_high_scores(model: EmbeddedModel) -> None:
    high, low = model.score(["Well, you are an IDIOT and a liar.", "Thank you for the visit"])
    assert high.words[0] == "IDIOT"
    assert low.words == ()


def test_a_text_scores_the_same_alone_and_in_a_batch(model: EmbeddedModel) -> None:
    texts = ["you stupid idiot", "a " * 900, "word", "Thank you all so much " * 40, "no"]
    together = model.score(texts)
    assert [model.score([text])[0] for text in texts] == together


def test_texts_that_fill_many_batches_keep_their_places(model: EmbeddedModel) -> None:
    filling = "Thank you all so much for the open day. " * 200
    texts = [f"{filling} {number}" for number in range(9)]
    texts[1::4] = ["you stupid idiot", "we know where you live"]
    together = model.score(texts)
    assert [model.score([text])[0] for text in texts] == together
    assert len({signal.read_as for signal in together}) == len(texts)


def test_sums_of_packed_bytes_equal_sums_done_plainly() -> None:
    rng = np.random.default_rng(5)
    table = rng.integers(-127, 128, size=(ROWS, len(LINEAR_OUTPUTS))).astype(np.int8)
    ones = np.ones(len(LINEAR_OUTPUTS))
    linear = LinearModel(Weights(table, ones, np.zeros(len(LINEAR_OUTPUTS)), 1.0))
    text = "the same few words"
    once, twice = linear.logits([text])[0], linear.logits([f"{text} {text}"])[0]
    long = linear.logits([f"{text} " * 500, "ab"])[0]
    for place in range(len(LINEAR_OUTPUTS)):
        assert once[place] == pytest.approx(_plainly(table[:, place], text))
        assert twice[place] == pytest.approx(_plainly(table[:, place], f"{text} {text}"))
        assert long[place] == pytest.approx(_plainly(table[:, place], f"{text} " * 500))


def _plainly(column: np.ndarray, text: str) -> float:
    """Sum the rows of one text one by one."""
    total = 0.0
    for group in groups([text]):
        rows = group.rows[group.rows != NO_ROW]
        total += float(column[rows].astype(np.int64).sum()) / max(len(rows), 1) ** 0.5
    return total


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    return folder


def test_missing_weights_are_told_in_one_line_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"(?s)^[^\n]*reinstall[^\n]*$"):
        EmbeddedModel(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_altered_weights_are_refused(tmp_path: Path, name: str) -> None:
    file = copied(tmp_path) / name
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    with pytest.raises(SettingsError, match="were altered"):
        EmbeddedModel(file.parent).load()


@pytest.mark.parametrize("name", FILES)
def test_deleted_weights_are_refused(tmp_path: Path, name: str) -> None:
    folder = copied(tmp_path)
    (folder / name).unlink()
    with pytest.raises(SettingsError, match="are missing"):
        EmbeddedModel(folder).score(["hello"])


@pytest.mark.parametrize(
    "key", ["features_version", "normaliser_version", "outputs", "linear_outputs"]
)
def test_weights_made_for_other_code_are_refused(tmp_path: Path, key: str) -> None:
    folder = copied(tmp_path)
    told = json.loads((folder / MANIFEST).read_text())
    told[key] = ["0"]
    (folder / MANIFEST).write_text(json.dumps(told))
    with pytest.raises(SettingsError, match="made for other code"):
        EmbeddedModel(folder)


def test_a_mix_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    told = json.loads((folder / MANIFEST).read_text())
    told["mix"]["offset"] = [float("nan"), *told["mix"]["offset"][1:]]
    (folder / MANIFEST).write_text(json.dumps(told))
    with pytest.raises(SettingsError, match="unreadable"):
        EmbeddedModel(folder)


def test_the_weights_stay_under_thirty_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 30_000_000


def test_every_code_of_the_house_is_spoken(model: EmbeddedModel) -> None:
    signal = model.score(["You took 40 minutes and my garage burned. I want to know why."])[0]
    assert tuple(signal.codes) == CODES
    assert all(0.0 <= share <= 1.0 for share in signal.codes.values())


def test_the_reading_that_was_scored_is_kept_with_its_version(model: EmbeddedModel) -> None:
    signal = model.score(["You W4NK3R \U0001f921"])[0]
    assert signal.read_as == "you wanker clown"
    assert signal.read_by == NORMALISER_VERSION


def test_scoring_needs_no_training_library() -> None:
    program = (
        "import sys; from classifiers.registry import load\n"
        "[one.score(['you are an idiot']) for one in load()]\n"
        "heavy = {'torch', 'transformers', 'sklearn', 'scipy', 'pandas', 'pyarrow', 'onnx'}\n"
        "heavy &= set(sys.modules)\n"
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
    sets = [
        name.removesuffix(".parquet") for name in told["trained_on_sha256"] if "jsonl" not in name
    ]
    card = (FOLDER / "MODEL_CARD.md").read_text()
    notice = (FOLDER.parents[1] / "NOTICE").read_text()
    assert sets
    for name in sets:
        assert name in card
        assert name in notice
