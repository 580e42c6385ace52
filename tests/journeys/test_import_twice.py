"""The same file imported again, whole or grown or under another name, stores nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from moderation.store import Store
from moderation.tables import ItemRow, ItemVersionRow, ProposalRow, QuarantineRow
from tests.processes import watchroom

TEXTS = 120


def lines(*numbers: int) -> str:
    return "".join(json.dumps({"id": f"c-{n}", "text": f"Nice one {n}"}) + "\n" for n in numbers)


def told(output: str) -> dict[str, int]:
    """Return the closing count by its names."""
    names = ("New", "Seen before", "Changed", "Quarantined", "In all")
    return {
        name: int(line.removeprefix(name).replace(",", ""))
        for line in output.splitlines()
        for name in names
        if line.startswith(name)
    }


def counts(url: str) -> dict[str, int]:
    store = Store.open(url)
    with store.reading() as session:
        made = {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in (ItemRow, ItemVersionRow, ProposalRow, QuarantineRow)
        }
    store.close()
    return made


def test_a_file_that_comes_again_changes_nothing(database_url: str, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"DATA_DIR": tmp_path / "data", "DATABASE_URL": database_url}
    feed = tmp_path / "feed.jsonl"
    feed.write_text(lines(*range(TEXTS)) + "{poison\n")

    def bring_in(path: Path) -> dict[str, int]:
        done = watchroom("import", path, "--account=page", **settings)
        assert done.returncode == 0, done.stderr
        return told(done.stdout)

    first = bring_in(feed)
    assert first == {
        "New": TEXTS,
        "Seen before": 0,
        "Changed": 0,
        "Quarantined": 1,
        "In all": TEXTS + 1,
    }
    stored = counts(database_url)
    assert stored == {
        "item": TEXTS,
        "item_version": TEXTS,
        "proposal": TEXTS,
        "quarantine": 1,
    }
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(feed.read_bytes())
    again = bring_in(copy)
    assert (again["New"], again["Seen before"]) == (0, TEXTS + 1)
    assert counts(database_url) == stored
    feed.write_text(lines(*range(TEXTS + 5)))
    assert bring_in(feed) == {
        "New": 5,
        "Seen before": TEXTS,
        "Changed": 0,
        "Quarantined": 0,
        "In all": TEXTS + 5,
    }
    assert "invariants hold" in watchroom("invariants", **settings).stdout
