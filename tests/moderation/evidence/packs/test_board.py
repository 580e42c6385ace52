"""The pack for a standards board: figures and nameless lines, and nothing that points at one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from moderation.access import Role
from moderation.errors import InvalidInput, NotAllowed
from moderation.evidence.packs.standards_board import Quarter
from moderation.tables import PackKind
from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.reading import everything, rows, words


def _board(house: House, target: Path, quarter: str = "2026-Q4") -> Path:
    house.pack(quarter, target, house.world.actor(Role.HR_LEAD), PackKind.STANDARDS_BOARD)
    return target


def _cases(house: House, count: int) -> None:
    for number in range(count):
        item = house.item(f"Words {number} that stay here")
        house.case(
            item,
            ref=f"C-0000000{number}",
            perpetrator_type="employee",
            affected_staff_id="NM-1",
            outcome_note="Dana Price was told",
        )


@pytest.mark.parametrize(
    ("name", "begins", "ends"),
    [
        ("2026-Q1", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 31, 23, tzinfo=UTC)),
        ("2026-q2", datetime(2026, 3, 31, 23, tzinfo=UTC), datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ("2026-Q4", datetime(2026, 9, 30, 23, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_quarter_goes_by_londons_calendar(name: str, begins: datetime, ends: datetime) -> None:
    quarter = Quarter.named(name)
    assert (quarter.begins, quarter.ends) == (begins, ends)


@pytest.mark.parametrize("name", ["", "2026", "2026-Q5", "1999-Q1", "2026-Q4x"])
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        Quarter.named(name)


def test_fewer_than_five_cases_are_not_described(sqlite_house: House, tmp_path: Path) -> None:
    _cases(sqlite_house, 4)
    made = _board(sqlite_house, tmp_path / "p.zip")
    assert rows(made, "data/lines.csv") == []
    assert "There were fewer than 5, so none is described" in words(made, "data/board.pdf")


def test_five_cases_are_lines_without_a_name_a_word_or_a_day(
    sqlite_house: House, tmp_path: Path
) -> None:
    _cases(sqlite_house, 5)
    made = _board(sqlite_house, tmp_path / "p.zip")
    lines = rows(made, "data/lines.csv")
    assert len(lines) == 5
    assert {line["matter"] for line in lines} <= {"Personal abuse", "Pile-on"}
    assert {line["open_for"] for line in lines} == {"up to 4 weeks"}
    whole = everything(made)
    for kept in (b"Dana", b"NM-1", b"that stay here", b"C-00000", b"20/11/2026", b"HR summary"):
        assert kept not in whole, kept


def test_a_count_below_five_is_not_shown(sqlite_house: House, tmp_path: Path) -> None:
    _cases(sqlite_house, 3)
    made = _board(sqlite_house, tmp_path / "p.zip")
    opened = next(row for row in rows(made, "data/figures.csv") if row["what"] == "Cases opened")
    assert opened["number"] == "fewer than 5"


def test_only_the_hr_lead_makes_it(sqlite_house: House) -> None:
    for role in (Role.HR_ADVISER, Role.BOARD_MEMBER, Role.COMMS_LEAD, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            sqlite_house.ask(
                "2026-Q4", sqlite_house.world.actor(role), kind=PackKind.STANDARDS_BOARD
            )
