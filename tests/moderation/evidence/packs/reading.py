"""Read what a pack holds: its texts, its tables, and the words of its PDF files."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pikepdf

from tests.moderation.evidence.making import read
from tests.moderation.evidence.printing.reading import pages


def rows(path: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(read(path, name).decode())))


def told(path: Path, name: str) -> Any:
    """Return what a JSON file says."""
    return json.loads(read(path, name))


def words(path: Path, name: str) -> str:
    """Return the words of a PDF, on one line."""
    return " ".join(" ".join(pages(read(path, name))).split())


def attached(path: Path, name: str) -> dict[str, bytes]:
    """Return the files inside a PDF by name."""
    with pikepdf.open(io.BytesIO(read(path, name))) as opened:
        return {key: file.get_file().read_bytes() for key, file in opened.attachments.items()}


def everything(path: Path) -> bytes:
    """Return all that a pack says: its files, and what stands and lies in its PDF files."""
    with zipfile.ZipFile(path) as archive:
        whole = [archive.read(name) for name in archive.namelist()]
        documents = [n.partition("/")[2] for n in archive.namelist() if n.endswith(".pdf")]
    for name in documents:
        whole.append(words(path, name).encode())
        whole += attached(path, name).values()
    return b"\n".join(whole)
