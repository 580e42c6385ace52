"""What makes a run quick and changes nothing that a test sees: files in memory, templates kept."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

MEMORY = Path("/dev/shm")  # noqa: S108  # Folders in it are made with random names.
ENOUGH_BYTES = 4 * 2**30
"""Databases, data folders and their copies, over all processes of a run; it is seldom a tenth."""


def keep_files_in_memory(memory: Path = MEMORY) -> None:
    """Put this run's temporary files in memory where there is room, unless TMPDIR names a place.

    A disk takes a third of a second for each fresh PostgreSQL database, memory a fortieth.
    """
    if "TMPDIR" not in os.environ and _has_room(memory):
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None  # It is chosen again when next asked for.


def _has_room(folder: Path) -> bool:
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    found = os.statvfs(folder)
    runs_programs = not found.f_flag & os.ST_NOEXEC
    return runs_programs and found.f_bavail * found.f_frsize >= ENOUGH_BYTES


def keep_templates(folder: Path) -> None:
    """Compile each template once in a run, though almost every test of a page makes its own app."""
    kept = FileSystemBytecodeCache(str(folder))
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": kept}


def slowest_first(items: list[pytest.Item]) -> None:
    """Put the folders whose tests wait for real processes first, so that no run ends in them."""
    slow = ("tests/faults/", "tests/journeys/", "tests/browser/")
    items.sort(key=lambda item: not item.nodeid.startswith(slow))
