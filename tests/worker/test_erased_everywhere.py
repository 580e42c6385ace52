"""What is erased stands nowhere any more: no column of the database, no file of the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.review import Finding
from tests.moderation.deeds import ABUSE, HOUSE_RULE, NOT_ABUSE
from tests.worker.erasing_tools import Ageing
from tests.world import World

WORD = "zanzibarquartz"


@pytest.fixture
def ageing(world: World, tmp_path: Path) -> Ageing:
    return Ageing(world, tmp_path)


def test_what_nobody_flagged_is_nowhere_after_its_days(ageing: Ageing) -> None:
    author = {"id": "a1", "handle": f"@{WORD}", "name": f"{WORD.title()} Bob"}
    ageing.say("kind", f"A {WORD} of an engine!", author=author)
    ageing.poll()
    before = ageing.traces(WORD)
    assert {"item_version.body", "item_version.raw", "signal.words", "item.author_name"} < {*before}
    assert "vault" in before
    ageing.age(29)
    ageing.run_day()
    assert ageing.traces(WORD) == before
    ageing.age(2)
    ageing.run_day()
    assert ageing.traces(WORD) == []
    ageing.require_whole()


@pytest.mark.parametrize(
    ("finding", "days"),
    [
        pytest.param(NOT_ABUSE, 31, id="no abuse"),
        pytest.param(HOUSE_RULE, 91, id="a house rule"),
        pytest.param(ABUSE, 366, id="abuse without a case"),
    ],
)
def test_what_was_flagged_and_captured_is_nowhere_after_its_days(
    ageing: Ageing, finding: Finding, days: int
) -> None:
    ageing.insult("rude", WORD)
    assert ageing.evidence("rude").captured_at is not None
    ageing.settle("rude", finding)
    before = ageing.traces(WORD)
    assert {"item_version.body", "vault"} < {*before}
    ageing.age(days - 2)
    ageing.run_day()
    assert set(before) >= {*ageing.traces(WORD)} > {"item_version.body", "vault"}
    ageing.age(3)
    ageing.run_day()
    assert ageing.traces(WORD) == []
    ageing.require_whole()


def test_what_is_left_of_an_item_are_its_number_its_times_and_its_hashes(ageing: Ageing) -> None:
    ageing.insult("rude", WORD)
    ageing.settle("rude", NOT_ABUSE)
    kept, item = ageing.evidence("rude"), ageing.item("rude")
    ageing.age(31)
    ageing.run_day()
    left = ageing.evidence("rude")
    assert (left.ref, left.sha256, left.captured_at) == (kept.ref, kept.sha256, kept.captured_at)
    assert left.erased_at == ageing.shop.at
    tombstone = ageing.erasures()[0]
    assert (tombstone.klass, tombstone.done_at) == ("G1", ageing.shop.at)
    gone = tombstone.erased[0]
    assert gone["item"] == item.id
    assert kept.sha256 in gone["files"]
    assert len(gone["files"]) > 5
