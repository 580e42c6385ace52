"""Models of the organisation's own beside what ships: chosen, started, combined and let go."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from classifiers import transformers_model
from classifiers.optional.optional_model import OptionalModel
from classifiers.registry import DEFAULT
from moderation.errors import SettingsError
from moderation.hearing import hear
from moderation.model import Failure
from moderation.policy import SHIPPED, Policy
from moderation.policy_parts import Combine, Combining
from moderation.proposing import Outcome, Subject
from moderation.settings import Settings
from moderation.targets import Directory
from tests.classifiers.optional import tiny
from tests.processes import COMMAND, ROOT, environment, refused, watchroom
from worker import detectors
from worker.detection import Detection

POLICY = Policy.load()
POLISH = "Nie wiem, co to jest, ale jest bardzo"
TEXTS = ["you are a useless fool", "thank the crew", POLISH]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two models and the file that names them."""
    made = tmp_path_factory.mktemp("models")
    first = tiny.folder_of(made / "first")
    second = tiny.checkpoint_of(made / "second", "XLMRoberta")
    (made / "models.toml").write_text(
        f'[first]\nkind = "transformers"\npath = "first"\nsha256 = "{first.sha256}"\n'
        'activation = "sigmoid"\ntimeout_s = 2\n'
        f'[second]\nkind = "detoxify"\npath = "second/tiny.ckpt"\nconfig = "second/base"\n'
        f'sha256 = "{second.sha256}"\nlanguages = ["English", "Polish"]\ntimeout_s = 2\n'
    )
    return made


def chosen(folder: Path, *names: str) -> Settings:
    return Settings(
        data_dir=folder,
        database_url="sqlite://",
        models_path=folder / "models.toml",
        detectors=names,
    )


@pytest.fixture
def pair(folder: Path) -> Iterator[list[OptionalModel]]:
    """Both models, started."""
    loaded = detectors.load(chosen(folder, "first", "second"), POLICY)
    with detectors.started(loaded) as ready:
        yield [one for one in ready if isinstance(one, OptionalModel)]


def policy_of(how: Combining, **weights: float) -> Policy:
    return replace(POLICY, combine=Combine(how, weights))


def read(pair: Sequence[OptionalModel], policy: Policy, texts: Sequence[str]) -> list[Outcome]:
    found = Detection(pair, policy, lambda _: Directory()).read([Subject(text) for text in texts])
    return [one.proposal.outcome for one in found]


def test_what_ships_and_what_is_added_are_chosen_by_name_in_that_order(folder: Path) -> None:
    every = detectors.load(chosen(folder), POLICY)
    assert [one.model.partition("@")[0] for one in every[-2:]] == ["first", "second"]
    assert len(every) == len(DEFAULT) + 2
    some = detectors.load(chosen(folder, "second", "rules.threats"), POLICY)
    assert [one.model.partition("@")[0] for one in some] == ["second", "rules.threats"]
    with pytest.raises(SettingsError, match=r"Unknown classifier third: choose from .*second"):
        detectors.load(chosen(folder, "third"), POLICY)


def test_a_policy_that_weighs_a_model_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"weighs models that there are not: secnod\."):
        detectors.load(chosen(folder, "first"), policy_of(Combining.MEAN, secnod=0.5, second=1.0))


def test_two_models_read_at_once_and_the_policy_puts_them_together(
    pair: list[OptionalModel], folder: Path
) -> None:
    detection = Detection(pair, POLICY, lambda _: Directory())
    findings = detection.read([Subject(text) for text in TEXTS])
    first = transformers_model.load(tiny.folder_of(folder / "again")).read(TEXTS[:2])
    for finding, scores in zip(findings[:2], first, strict=True):
        one, two = finding.signals
        assert one.scores == pytest.approx(scores, abs=1e-4)
        assert one.scores is not None
        assert two.scores is not None
        for how, expected in (
            (Combining.MAX, max(one.scores["threat"], two.scores["threat"])),
            (Combining.MEAN, (one.scores["threat"] + 3 * two.scores["threat"]) / 4),
            (Combining.FIRST, one.scores["threat"]),
        ):
            weights = {"first": 1 / 3, "second": 1.0} if how is Combining.MEAN else {}
            together = hear(finding.signals, Combine(how, weights)).scores
            assert together is not None
            assert together["threat"] == pytest.approx(expected)


def test_a_model_of_another_language_has_a_text_scored_that_the_others_cannot_read(
    pair: list[OptionalModel],
) -> None:
    both = Detection(pair, POLICY, lambda _: Directory()).read([Subject(POLISH)])[0]
    assert [one.scores is None for one in both.signals] == [True, False]
    assert both.proposal.outcome is not Outcome.UNSCORED
    alone = Detection(pair[:1], POLICY, lambda _: Directory()).read([Subject(POLISH)])[0]
    assert alone.proposal.outcome is Outcome.UNSCORED


def test_one_that_hangs_sends_its_texts_to_people_and_the_other_goes_on(
    pair: list[OptionalModel],
) -> None:
    policy = policy_of(Combining.MAX)
    # Nothing is aimed at anybody here, so what both read is clear or flagged, never unscored.
    assert Outcome.UNSCORED not in read(pair, policy, TEXTS)
    assert pair[0].pid is not None
    os.kill(pair[0].pid, signal.SIGSTOP)
    found = Detection(pair, policy, lambda _: Directory()).read([Subject(text) for text in TEXTS])
    assert [[one.failure for one in finding.signals] for finding in found] == [
        [Failure.TIMED_OUT, None],
        [Failure.TIMED_OUT, None],
        [None, None],
    ]
    for finding in found[:2]:
        assert finding.signals[1].scores is not None
        assert finding.proposal.outcome is not Outcome.CLEAR
    assert found[2].proposal.outcome is not Outcome.UNSCORED


def test_all_that_is_wrong_with_the_models_is_told_before_any_work(
    folder: Path, tmp_path: Path
) -> None:
    wrong = (folder / "models.toml").read_text()
    for sha256 in {line for line in wrong.splitlines() if line.startswith("sha256")}:
        wrong = wrong.replace(sha256, f'sha256 = "{"0" * 64}"')
    (folder / "wrong.toml").write_text(wrong)
    models = folder / "wrong.toml"
    said = refused(
        watchroom(
            *("classify", "--directory", STAFF),
            DATA_DIR=tmp_path,
            MODELS=models,
            DETECTORS="first",
        )
    )
    assert "The model first: The weights" in said
    watchroom("migrate", DATA_DIR=tmp_path)
    done = watchroom("doctor", DATA_DIR=tmp_path, MODELS=models, DETECTORS="first,second")
    assert "MEND Model: The model first: The weights" in done.stdout
    assert "The model second: The weights" in done.stdout


STAFF = ROOT / "tests" / "data" / "examples_staff.csv"


def test_the_command_line_reads_with_them_and_leaves_no_process(
    folder: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [*COMMAND, "classify", "--directory", str(STAFF)],
        input="".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(TEXTS)),
        cwd=ROOT,
        env=environment(
            {
                "DATA_DIR": tmp_path,
                "MODELS": folder / "models.toml",
                "DETECTORS": "first,second",
                "LOG_LEVEL": "error",
            }
        ),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == [0, 1, 2]
    assert all(0 <= score <= 1 for line in lines for score in line["labels"].values())
    assert not _still_reading()


def _still_reading() -> list[Path]:
    """Return the processes of models that outlived the command that started them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        parent = (path.parent / "stat").read_text().rpartition(")")[2].split()[1]
        if b"classifiers.optional.child" in words and parent == "1":
            found.append(path.parent)
    return found


def test_a_policy_file_of_ones_own_weighs_them(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "policy.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace('how = "max"', 'how = "mean"')
    own.write_text(text.replace("embedded = 1.0", "first = 0.5\nsecond = 0"), encoding="utf-8")
    policy = Policy.load(own)
    assert policy.combine == Combine(Combining.MEAN, {"first": 0.5, "second": 0.0})
    assert len(detectors.load(chosen(folder, "first"), policy)) == 1
