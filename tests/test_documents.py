"""The documents tell the truth: links lead somewhere, commands exist, examples run."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[1]
PLACES = (
    "*.md",
    "docs/**/*.md",
    *(f"{room}/**/*.md" for room in ("worker", "classifiers", "tests")),
)
DOCUMENTS = sorted(path for place in PLACES for path in ROOT.glob(place))
LINK = re.compile(r"\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```[^\n]*\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def anchors(text: str) -> set[str]:
    """Return the names that headings have as link targets on code hosts."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", FENCE.sub("", text), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def broken_links(document: Path) -> list[str]:
    """Return the links inside the repository that lead nowhere."""
    broken = []
    for link in LINK.findall(FENCE.sub("", document.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (document.parent / path).resolve() if path else document
        missing = not target.exists()
        if missing or (
            anchor and target.suffix == ".md" and anchor not in anchors(target.read_text())
        ):
            broken.append(link)
    return broken


def commands_in(document: Path, program: str) -> set[str]:
    """Return the first words after the program's name wherever the document shows it in code."""
    shown = "\n".join(block or inline for block, inline in CODE.findall(document.read_text()))
    return set(re.findall(rf"(?:^|[\s/$]){program} ([a-z][a-z-]*)\b", shown, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    assert broken_links(document) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_example_gives_what_it_shows(document: Path) -> None:
    assert doctest.testfile(str(document), module_relative=False).failed == 0


def test_every_make_target_in_the_documents_exists() -> None:
    named = {name for document in DOCUMENTS for name in commands_in(document, "make")}
    assert named <= TARGETS


def test_every_watchroom_command_in_the_documents_exists() -> None:
    watchroom = Path(sys.executable).with_name("watchroom")
    for name in sorted({name for path in DOCUMENTS for name in commands_in(path, "watchroom")}):
        result = subprocess.run(
            [watchroom, name, "--help"], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, f"watchroom {name}: {result.stderr}"


def test_a_document_that_lies_is_found(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text(
        "# One heading\n[a](#one-heading) [b](#none) [c](missing.md) [d](https://example.org)\n"
        "Run `make nothing-such`.\n```sh\n$ watchroom frobnicate now\n```\n"
    )
    assert broken_links(document) == ["#none", "missing.md"]
    assert commands_in(document, "make") == {"nothing-such"}
    assert commands_in(document, "watchroom") == {"frobnicate"}
