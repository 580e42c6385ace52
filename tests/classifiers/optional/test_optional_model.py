"""A model in its own process: its texts always come back, and so does it."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classifiers import transformers_model
from classifiers.optional import child, memory
from classifiers.optional.model_settings import ModelSettings
from classifiers.optional.optional_model import LONGEST_PAUSE_S, PAUSE_S, SAYS, OptionalModel
from classifiers.optional.process import ModelProcess
from moderation.errors import SettingsError
from moderation.model import Failure, Signal
from moderation.taxonomy import LABELS
from tests.classifiers.optional import tiny
from tests.dying import in_a_child

TEXTS = ["you are a useless fool", "thank the crew", "i will find where you live"]


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> ModelSettings:
    """A folder with a small BERT."""
    return tiny.folder_of(tmp_path_factory.mktemp("model"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model(settings: ModelSettings, clock: Clock) -> Iterator[OptionalModel]:
    made = OptionalModel(settings, clock)
    yield made
    made.close()


@pytest.fixture
def hurried(settings: ModelSettings, clock: Clock) -> Iterator[OptionalModel]:
    """The same model, which has to answer within a second: for tests in which it does not."""
    made = OptionalModel(replace(settings, timeout_s=1), clock)
    yield made
    made.close()


def pid_of(model: OptionalModel) -> int:
    assert model.pid is not None
    return model.pid


def hang(model: OptionalModel) -> None:
    """Stop the model's process, so that it lives on and never answers."""
    os.kill(pid_of(model), signal.SIGSTOP)


def is_gone(pid: int) -> bool:
    """Say whether a process has ended, or is about to be buried by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_until_gone(pid: int, within_s: float = 10.0) -> bool:
    until = time.monotonic() + within_s
    while not is_gone(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return is_gone(pid)


def failures(signals: list[Signal]) -> list[Failure | None]:
    return [one.failure for one in signals]


def test_scores_come_back_in_order_as_the_model_gives_them(
    model: OptionalModel, settings: ModelSettings
) -> None:
    model.start()
    texts = [*TEXTS, "", "\U0001f921", "fool " * 5_000, "Nie wiem, co to jest, ale jest bardzo"]
    signals = model.score(texts)
    plain = transformers_model.load(settings).read(TEXTS)
    for one, scores in zip(signals[: len(TEXTS)], plain, strict=True):
        assert one.scores == pytest.approx(scores, abs=1e-4)
    assert signals[3].scores == dict.fromkeys(LABELS, 0.0)
    assert [one.unscored for one in signals[4:]] == [
        "Only emoji or symbols: nothing for the model to read",
        "Too long for the model tiny",
        "Written in Polish: the model tiny does not read that",
    ]
    assert {one.model for one in signals} == {f"tiny@{settings.sha256[:12]}"}
    assert failures(signals) == [None] * 7
    assert model.score([]) == []


def test_a_model_of_another_language_reads_that_and_no_english(settings: ModelSettings) -> None:
    polish = OptionalModel(replace(settings, languages=("Polish", "Russian")))
    signals = polish.score(["Nie wiem, co to jest, ale jest bardzo", "Ты дурак", *TEXTS[:1]])
    assert [one.scores is not None for one in signals] == [True, True, False]
    assert signals[2].unscored == "Written in English: the model tiny does not read that"
    polish.close()


def test_links_alone_and_words_that_nobody_knows_are_for_a_person(
    model: OptionalModel, settings: ModelSettings
) -> None:
    link, strange = "https://example.org/a", "wiem gdzie mieszkasz"
    assert [one.unscored for one in model.score([link, strange])] == [
        "Only a link: the model tiny does not see what it leads to",
        "Most of its words are not known: the model tiny may not read that language",
    ]
    everything = OptionalModel(replace(settings, languages=("any",)))
    assert [one.scores is not None for one in everything.score([link, strange])] == [False, True]
    everything.close()


def test_a_hang_is_cut_off_and_the_model_comes_back_after_longer_and_longer_pauses(
    hurried: OptionalModel, clock: Clock
) -> None:
    before = hurried.score(TEXTS)
    for times, pause in enumerate((PAUSE_S, 2 * PAUSE_S)):
        hung = pid_of(hurried)
        hang(hurried)
        started = time.monotonic()
        signals = hurried.score(TEXTS)
        assert time.monotonic() - started < 5, "one time limit, not one for each text"
        assert failures(signals) == [Failure.TIMED_OUT] * 3
        assert signals[0].unscored == SAYS[Failure.TIMED_OUT].format(name="tiny")
        assert is_gone(hung)
        clock.at += pause - 0.1
        started = time.monotonic()
        assert failures(hurried.score(TEXTS)) == [Failure.TIMED_OUT] * 3
        assert time.monotonic() - started < 0.5, "nothing is started in a pause"
        clock.at += 0.2
        if times == 0:
            hurried._running(60)
    assert hurried.score(TEXTS) == before
    assert hurried._pause_s == 0, "what works again starts from the shortest pause"


def test_a_pause_never_grows_beyond_its_limit(model: OptionalModel) -> None:
    for _ in range(20):
        model._paused(Failure.STOPPED, [])
    assert model._wait_until - 100.0 == LONGEST_PAUSE_S


def test_a_batch_that_is_too_big_to_be_sent_to_a_hung_process_is_cut_off_too(
    settings: ModelSettings,
) -> None:
    any_length = ModelProcess(settings, 60)
    os.kill(any_length.pid, signal.SIGSTOP)
    with pytest.raises(Exception, match="timed_out"):
        any_length.ask(["fool " * 1_000_000], 1)
    assert is_gone(any_length.pid)


def test_a_process_that_was_killed_at_rest_is_started_again_and_no_text_is_lost(
    model: OptionalModel,
) -> None:
    before = model.score(TEXTS)
    killed = pid_of(model)
    os.kill(killed, signal.SIGKILL)
    assert wait_until_gone(killed)
    assert model.score(TEXTS) == before
    assert pid_of(model) != killed


def test_a_process_that_is_killed_over_a_batch_loses_that_batch_alone(
    settings: ModelSettings, clock: Clock
) -> None:
    model = OptionalModel(settings, clock)
    before = model.score(TEXTS)
    hang(model)
    killer = threading.Timer(0.5, os.kill, (pid_of(model), signal.SIGKILL))
    killer.start()
    assert failures(model.score(TEXTS)) == [Failure.STOPPED] * 3
    killer.join()
    clock.at += PAUSE_S
    assert model.score(TEXTS) == before
    model.close()


def test_a_model_whose_numbers_are_none_scores_nothing(tmp_path: Path) -> None:
    model = OptionalModel(tiny.with_nan(tiny.folder_of(tmp_path)))
    model.start()
    signals = model.score([*TEXTS, ""])
    assert failures(signals) == [*[Failure.BAD_ANSWER] * 3, None]
    assert all(one.scores is None for one in signals[:3])
    model.close()


def test_weights_that_change_under_a_running_model_stop_it_and_nothing_else(tmp_path: Path) -> None:
    model = OptionalModel(tiny.folder_of(tmp_path))
    model.start()
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    assert failures(model.score(TEXTS)) == [None] * 3
    os.kill(pid_of(model), signal.SIGKILL)
    assert wait_until_gone(pid_of(model))
    assert failures(model.score(TEXTS)) == [Failure.NOT_STARTED] * 3
    model.close()


def test_a_start_says_what_is_wrong_and_with_which_model(settings: ModelSettings) -> None:
    for wrong, said in (
        (replace(settings, sha256="0" * 64), "The model tiny: The weights"),
        (replace(settings, path=Path("/nowhere")), "The model tiny: There is no folder /nowhere."),
        (replace(settings, memory_mb=120), "The model tiny could not be loaded: out of memory."),
    ):
        with pytest.raises(SettingsError, match=said):
            OptionalModel(wrong).start()


@pytest.mark.parametrize(
    ("err", "failure"),
    [
        (MemoryError(), Failure.OUT_OF_MEMORY),
        (
            RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 1"),
            Failure.OUT_OF_MEMORY,
        ),
        (RuntimeError("shapes"), Failure.BROKE),
        (ValueError("a text that must not be told"), Failure.BROKE),
    ],
)
def test_what_breaks_over_a_batch_is_told_as_a_kind_and_never_in_its_own_words(
    settings: ModelSettings, err: Exception, failure: Failure
) -> None:
    class Breaking:
        """Breaks as the case says."""

        def __init__(self) -> None:
            self.settings = settings

        def read(self, _texts: list[str]) -> Any:
            raise err

    assert child._scored(Breaking(), ["x"]) == {"failed": failure.value}  # type: ignore[arg-type]


def test_a_model_that_runs_out_of_memory_says_so_and_reads_again_when_there_is_some(
    tmp_path: Path,
) -> None:
    wide = tiny.folder_of(
        tmp_path, hidden_size=256, intermediate_size=4096, max_position_embeddings=512
    )
    model = OptionalModel(wide)
    before = model.score(TEXTS)
    long = ["thank the crew " * 500]
    status = Path(f"/proc/{pid_of(model)}/status").read_text()
    held = int(re.findall(r"VmData:\s+(\d+)", status)[0]) * 1024
    unlimited = resource.prlimit(pid_of(model), resource.RLIMIT_DATA)
    resource.prlimit(pid_of(model), resource.RLIMIT_DATA, (held + (4 << 20), unlimited[1]))
    assert failures(model.score(long)) == [Failure.OUT_OF_MEMORY]
    resource.prlimit(pid_of(model), resource.RLIMIT_DATA, unlimited)
    assert failures(model.score(long)) == [None]
    assert model.score(TEXTS) == before
    model.close()


def test_a_limit_of_memory_holds_and_shows_as_such() -> None:
    script = (
        "import sys, torch\n"
        "from classifiers.optional import memory\n"
        "memory.limit(500)\n"
        "for take in (lambda: torch.zeros(10**9), lambda: bytearray(10**9)):\n"
        "    try:\n"
        "        take()\n"
        "    except Exception as err:\n"
        "        assert memory.ran_out(err), err\n"
        "    else:\n"
        "        sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert not memory.ran_out(ValueError("out of memory"))


def test_a_text_that_breaks_a_batch_is_found_and_the_others_are_scored(
    model: OptionalModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Picky:
        """Stands for a child whose model breaks over one text."""

        is_alive, pid = True, 0

        def ask(self, texts: list[str], _limit_s: int) -> list[dict[str, float]]:
            if "bad" in texts:
                raise child_failed()
            return [{"toxicity": 0.5} for _ in texts]

    monkeypatch.setattr(model, "_running", lambda _limit_s: Picky())
    assert failures(model.score(["fine", "bad", "good"])) == [None, Failure.BROKE, None]


def child_failed() -> Exception:
    from classifiers.optional.process import Failed

    return Failed(Failure.BROKE, over=False)


def test_the_child_knows_no_setting_of_ours_and_says_nothing(
    model: OptionalModel, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WATCHROOM_DATABASE_URL", "postgresql://u:hunter2@h/watchroom")
    model.score(["you are a useless fool", "\ud800"])
    environ = Path(f"/proc/{pid_of(model)}/environ").read_bytes()
    assert b"WATCHROOM" not in environ
    assert b"hunter2" not in environ
    assert b"HF_HUB_OFFLINE=1" in environ
    assert capfd.readouterr() == ("", "")


def test_the_child_cannot_open_a_connection() -> None:
    script = (
        "import socket, sys, urllib.request\n"
        "from classifiers.optional import child\n"
        "sys.addaudithook(child._refuse_network)\n"
        "mine, theirs = socket.socketpair()\n"
        "mine.sendall(b'x')\n"
        "assert theirs.recv(1) == b'x'\n"
        "for reach in (lambda: socket.create_connection(('127.0.0.1', 9), 1),\n"
        "              lambda: socket.getaddrinfo('huggingface.co', 443)):\n"
        "    try:\n"
        "        reach()\n"
        "    except PermissionError:\n"
        "        continue\n"
        "    sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_child_ends_when_its_parent_dies(settings: ModelSettings) -> None:
    script = (
        "import json, os, sys\n"
        "from classifiers.optional.model_settings import ModelSettings\n"
        "from classifiers.optional.optional_model import OptionalModel\n"
        "model = OptionalModel(ModelSettings.from_json(json.load(sys.stdin)))\n"
        "model.start()\n"
        "os.write(1, str(model.pid).encode())\n"
        "os._exit(0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(settings.as_json()).encode(),
        capture_output=True,
        check=True,
    )
    assert wait_until_gone(int(done.stdout))


def test_a_process_that_was_forked_off_starts_its_own_and_leaves_ours_alone(
    model: OptionalModel,
) -> None:
    before = model.score(TEXTS)
    ours = pid_of(model)

    def read() -> None:
        assert model.score(TEXTS) == before
        assert pid_of(model) != ours
        model.close()

    assert not in_a_child(read)
    assert not is_gone(ours)
    assert model.score(TEXTS) == before
    assert pid_of(model) == ours
