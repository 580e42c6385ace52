"""A file is taken in once, whatever happens on the way, and every record of it is accounted for."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connectors import reasons
from connectors.files import Format
from moderation import invariants
from moderation.access import system
from moderation.errors import InvalidInput
from moderation.evidence.vault import Vault
from moderation.store import Store
from moderation.tables import (
    FeedCursorRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    JobRow,
    QuarantineRow,
)
from tests.world import ORG, World
from worker.importing import Imported, import_file, progress_bar, report

ROOT = Path(__file__).parents[2]
MANY = 20_000
HUGE_ID = json.dumps({"id": 2**63, "text": "a"})


def lines(*numbers: int, text: str = "text") -> str:
    return "".join(json.dumps({"id": f"c-{n}", "text": f"{text} {n}"}) + "\n" for n in numbers)


@pytest.fixture
def take(world: World, tmp_path: Path) -> Callable[..., Imported]:
    """Import a text as a file."""
    vault = Vault(tmp_path / "vault")

    def run(text: str, name: str = "feed.jsonl") -> Imported:
        path = tmp_path / name
        path.write_text(text)
        return import_file(
            world.store, vault, world.accounts[ORG], path, actor=system("command-line", ORG)
        )

    return run


def count(store: Store, table: type) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def whole(store: Store) -> bool:
    with store.reading() as session:
        return not list(invariants.broken(session))


def told(imported: Imported) -> tuple[int, int, int, int]:
    return imported.new, imported.seen_before, imported.changed, imported.quarantined


def test_every_record_is_new_seen_changed_or_quarantined(
    take: Callable[..., Imported], world: World
) -> None:
    assert told(take(lines(*range(600)) + "{poison\n")) == (600, 0, 0, 1)
    second = take(lines(1) + lines(2, text="other") + lines(601) + "{poison\n" + HUGE_ID + "\n")
    assert told(second) == (1, 2, 1, 1)
    assert dict(second.reasons) == {reasons.NOT_JSON: 1, reasons.ID_TOO_LARGE: 1}
    assert second.records == 5
    assert count(world.store, ItemRow) == 601
    assert count(world.store, QuarantineRow) == 2
    assert whole(world.store)


def test_the_same_file_again_stores_nothing_and_counts_all_as_seen(
    take: Callable[..., Imported], world: World
) -> None:
    text = lines(*range(700)) + lines(3, text="edited") + "{poison\n"
    take(text)
    before = {table: count(world.store, table) for table in (ItemVersionRow, IngestPageRow, JobRow)}
    again = take(text, name="a copy.jsonl")
    assert told(again) == (0, 702, 0, 0)
    assert before == {table: count(world.store, table) for table in before}


def test_a_csv_and_its_copy_in_json_lines_are_the_same_comments(
    take: Callable[..., Imported],
) -> None:
    assert told(take("id,text\nc-1,text 1\n", name="c.csv")) == (1, 0, 0, 0)
    assert told(take(lines(1))) == (0, 1, 0, 0)


def test_every_page_is_sealed_as_it_was_read(
    take: Callable[..., Imported], world: World, tmp_path: Path
) -> None:
    text = "id,text\n" + "".join(f"{n},text {n}\n" for n in range(900))
    take(text, name="c.csv")
    vault = Vault(tmp_path / "vault")
    with world.store.reading() as session:
        sealed = session.scalars(select(IngestPageRow.raw_sha256).order_by(IngestPageRow.page_no))
        assert b"".join(vault.get(name) for name in sealed) == text.encode()


@pytest.mark.parametrize(
    ("name", "text"),
    [("c.csv", "number,text\n1,a\n"), ("c.jsonl", ""), ("c.jsonl", "[1, 2]\n"), ("c.odd", "x")],
    ids=["no id column", "empty", "a list", "unknown ending"],
)
def test_a_file_that_is_wrong_as_a_whole_leaves_no_trace(
    take: Callable[..., Imported], world: World, tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(InvalidInput):
        take(text, name=name)
    assert count(world.store, FeedCursorRow) == 0
    assert not (tmp_path / "vault").exists()


def test_progress_ends_with_the_size_of_the_file(world: World, tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(lines(*range(1_200)))
    steps: list[tuple[int, int]] = []
    import_file(
        world.store,
        Vault(tmp_path / "vault"),
        world.accounts[ORG],
        path,
        Format.JSONL,
        actor=system("command-line", ORG),
        progress=lambda done, size: steps.append((done, size)),
    )
    size = path.stat().st_size
    assert steps[0] == (0, size)
    assert steps[-1] == (size, size)
    assert steps == sorted(steps)


IMPORT = """
import sys
from pathlib import Path
from sqlalchemy import select
from moderation.access import system
from moderation.evidence.vault import Vault
from moderation.store import Store
from moderation.tables import AccountRow
from worker.importing import import_file

url, file, vault, org = sys.argv[1:]
store = Store.open(url)
with store.reading() as session:
    account = session.scalars(select(AccountRow).where(AccountRow.org_id == org)).one()

def tell(done, size):
    sys.stdout.write(f"{done}\\n")
    sys.stdout.flush()

import_file(store, Vault(Path(vault)), account, Path(file), actor=system("command-line", org),
            progress=tell)
"""


def test_an_import_killed_again_and_again_loses_nothing_and_doubles_nothing(
    world: World, tmp_path: Path, take: Callable[..., Imported]
) -> None:
    text = lines(*range(MANY)) + "{poison\n"
    path = tmp_path / "feed.jsonl"
    path.write_text(text)
    url = world.store.write_engine.url.render_as_string(hide_password=False)
    killed = 0
    for pages_before_the_kill in (3, 8, 5):
        with subprocess.Popen(
            [sys.executable, "-c", IMPORT, url, str(path), str(tmp_path / "vault"), ORG],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as process:
            assert process.stdout is not None
            for _ in range(pages_before_the_kill):
                process.stdout.readline()
            process.kill()
        killed += process.returncode == -signal.SIGKILL
    assert killed == 3
    between = count(world.store, ItemRow)
    assert 0 < between < MANY
    finished = take(text)
    assert told(finished) == (MANY - between, between, 0, 1)
    assert count(world.store, ItemRow) == count(world.store, ItemVersionRow) == MANY
    assert count(world.store, QuarantineRow) == 1
    assert whole(world.store)


def test_the_report_names_counts_and_reasons() -> None:
    imported = Imported(new=19_990, seen_before=6, quarantined=3, undated=2)
    imported.reasons.update([reasons.NOT_UTF8, reasons.NOT_UTF8, reasons.NO_ID, reasons.NO_ID])
    said = report(imported)
    assert said[0] == "New             19,990"
    assert f"                     2  {reasons.NOT_UTF8}" in said
    assert "In all          19,999" in said
    assert said[-1].startswith("2 have no time")
    assert any(line.startswith("1 of these") for line in said)


def test_no_bar_is_drawn_where_nobody_watches() -> None:
    out = io.StringIO()
    with progress_bar(out, "feed.jsonl") as tell:
        tell(1, 2)
    assert out.getvalue() == ""


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal() -> None:
    out = Terminal()
    with progress_bar(out, "feed.jsonl") as tell:
        tell(2_000, 2_000)
    assert "feed.jsonl" in out.getvalue()
