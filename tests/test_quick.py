"""A run of several processes names every test left out; its files stand where there is room."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import quick
from tests.processes import ROOT

LEFT_OUT = """
import pytest

def test_that_runs():
    pass

def test_that_is_left_out():
    pytest.skip("there is a reason")

@pytest.mark.xfail
def test_that_may_fail():
    assert False
"""
WHOLE_FILE = 'import pytest\n\npytest.importorskip("no_such_library")\n'


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No place chosen yet; what a test chooses is forgotten after it."""
    monkeypatch.setenv("TMPDIR", "")  # Known to be changed, so it is put back.
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(tempfile, "tempdir", None)
    return monkeypatch


def test_files_stand_in_memory_where_there_is_room(
    chosen: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen.setattr(quick, "ENOUGH_BYTES", 1)
    quick.keep_files_in_memory(tmp_path)
    assert tempfile.gettempdir() == str(tmp_path)


def test_files_stay_on_disk_where_memory_is_small_or_a_place_is_named(
    chosen: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen.setattr(quick, "ENOUGH_BYTES", 2**60)
    quick.keep_files_in_memory(tmp_path)
    quick.keep_files_in_memory(tmp_path / "missing")
    assert "TMPDIR" not in os.environ
    chosen.setattr(quick, "ENOUGH_BYTES", 1)
    chosen.setenv("TMPDIR", "/elsewhere")
    quick.keep_files_in_memory(tmp_path)
    assert os.environ["TMPDIR"] == "/elsewhere"


def test_every_test_that_was_left_out_is_named_and_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(LEFT_OUT)
    (tmp_path / "test_whole.py").write_text(WHOLE_FILE)
    options = ("--no-skips", "--numprocesses", "2", "--dist", "loadfile")
    plugins = ("-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "/dev/null")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options, "--rootdir", tmp_path, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    named = sorted(line for line in done.stdout.splitlines() if line.startswith("NOT RUN"))
    assert named == [
        "NOT RUN test_some.py::test_that_is_left_out",
        "NOT RUN test_some.py::test_that_may_fail",
        "NOT RUN test_whole.py",
    ]
    assert done.returncode == 1
