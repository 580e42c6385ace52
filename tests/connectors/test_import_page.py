"""What docs/import.md shows is what happens."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from connectors import reasons
from connectors.files import open_file, pages
from connectors.lines import from_json
from connectors.rows import COLUMNS
from moderation.model import Author, Change, Comment, ItemKind
from worker.importing import Imported, report

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text()


def example(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def read(tmp_path: Path, language: str) -> list[Comment]:
    path = tmp_path / f"example.{language}"
    path.write_text(example(language))
    records = [record for page in pages(open_file(path)) for record in page.records]
    return [record for record in records if isinstance(record, Comment)]


def test_the_table_names_every_column_there_is() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(COLUMNS)


def test_the_json_lines_example_is_read_whole(tmp_path: Path) -> None:
    first, question, answer, edited, deleted = read(tmp_path, "jsonl")
    assert first.text == "Thank you, Green Watch!"
    assert question.author == Author("sheila_b", "sheila_b", "@sheila_b")
    assert (answer.kind, answer.parent_id) == (ItemKind.REPLY, question.native_id)
    assert answer.author == Author("77", "baz", "Baz Tranter")
    assert question.post is not None
    assert answer.post is not None
    assert question.post.text == answer.post.text
    assert (edited.native_id, edited.change) == (question.native_id, Change.PRESENT)
    assert (deleted.native_id, deleted.change) == (first.native_id, Change.DELETED)


def test_the_csv_example_is_read_whole(tmp_path: Path) -> None:
    first, second = read(tmp_path, "csv")
    assert first.text == "Late again, and nobody says why."
    assert second.text == 'They said "next week".\nThat was in May.'
    assert second.created_at is not None
    assert (second.kind, second.parent_id) == (ItemKind.REPLY, "2001")


def test_the_closing_count_looks_as_it_is_shown() -> None:
    why = Counter({reasons.NOT_UTF8: 2, reasons.NO_ID: 1})
    said = report(Imported(new=19_990, seen_before=7, quarantined=3, reasons=why))
    assert "\n".join(said).startswith(example("text").rstrip("\n"))


@pytest.mark.parametrize(
    "number",
    [
        f"{reasons.TEXT_LIMIT:,} characters",
        f"{reasons.ID_LIMIT} characters",
        f"more than {reasons.DEPTH_LIMIT} deep",
        f"more than {reasons.DIGITS_LIMIT} digits",
        "above 2 MB",
    ],
)
def test_the_limits_are_the_ones_in_force(number: str) -> None:
    assert number in PAGE


@pytest.mark.parametrize("written", ["2026-11-20T14:05:00Z", "2026-11-20 14:05"])
def test_the_times_it_names_are_read(written: str) -> None:
    assert f"`{written}`" in PAGE
    found = from_json(f'{{"id": "1", "text": "a", "created_at": "{written}"}}'.encode())
    assert isinstance(found, Comment)
    assert found.created_at is not None
