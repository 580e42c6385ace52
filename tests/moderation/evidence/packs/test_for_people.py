"""The packs for HR and for the person affected: names where they belong, and never the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.access import Role
from moderation.errors import InvalidInput, NotFound
from moderation.tables import CaseNoteRow, PackKind, SupportRow
from tests.moderation.evidence.making import House, names, read
from tests.moderation.evidence.packs.reading import everything, rows, told, words
from tests.world import NOW, Author

AUTHOR = Author("a-77", "@thorn", "Thorn")


def _case(house: House) -> str:
    item = house.item("You useless clown", author=AUTHOR)
    house.evidence(item)
    ref = house.case(
        item,
        members=(house.world.actor(Role.HR_ADVISER),),
        affected_staff_id="NM-1",
        police_consent="undecided",
        conflict_check="Nobody is related",
        safeguarding_answer="No. Adults alone.",
    )
    with house.world.store.transaction() as session:
        session.add(
            SupportRow(
                case_id=1,
                code="counselling",
                status="accepted",
                note="She sleeps badly",
                changed_by="user:3",
                changed_at=NOW,
            )
        )
        session.add(
            CaseNoteRow(
                case_id=1,
                kind="note",
                body="Rang her on Monday",
                author_id=house.world.actor(Role.HR_ADVISER).user_id,
                form_id="note-000001",
                at=NOW,
            )
        )
    return ref


def test_hr_gets_names_wishes_welfare_and_links(sqlite_house: House, tmp_path: Path) -> None:
    ref = _case(sqlite_house)
    member = sqlite_house.world.actor(Role.HR_ADVISER)
    sqlite_house.pack(ref, tmp_path / "p.zip", member, PackKind.HR)
    said = words(tmp_path / "p.zip", "data/case.pdf")
    for part in (
        "Dana Price",
        "She sleeps badly",
        "Rang her on Monday",
        "Undecided",
        "Nobody is related",
        "No. Adults alone.",
        "An HR summary that stays with HR",
        "You useless clown",
    ):
        assert part in said, part
    (row,) = rows(tmp_path / "p.zip", "data/occasions.csv")
    assert row["link"] == "http://127.0.0.1:8080/items/1"


def test_hr_gets_no_material_and_no_reading_of_a_machine(
    sqlite_house: House, tmp_path: Path
) -> None:
    ref = _case(sqlite_house)
    member = sqlite_house.world.actor(Role.HR_ADVISER)
    sqlite_house.pack(ref, tmp_path / "p.zip", member, PackKind.HR)
    assert not [name for name in names(tmp_path / "p.zip") if name.startswith("data/items")]
    whole = everything(tmp_path / "p.zip")
    assert b"toxicity" not in whole
    assert b"detectors" not in whole


def test_a_case_is_for_its_members_and_nothing_else_is_a_case(sqlite_house: House) -> None:
    ref = _case(sqlite_house)
    with pytest.raises(NotFound):
        sqlite_house.ask(ref, sqlite_house.world.actor(Role.HR_LEAD), kind=PackKind.HR)
    with pytest.raises(InvalidInput, match="is of a case"):
        sqlite_house.ask("item:1", sqlite_house.world.actor(Role.HR_LEAD), kind=PackKind.HR)


@pytest.fixture
def kit(sqlite_house: House, tmp_path: Path) -> Path:
    item = sqlite_house.item("You useless clown", author=AUTHOR)
    sqlite_house.evidence(item)
    actor = sqlite_house.world.actor(Role.COMMS_MODERATOR)
    sqlite_house.pack(
        str(item.id),
        tmp_path / "p.zip",
        actor,
        PackKind.PERSON_AFFECTED,
        details={"supporter": "Ann from Welfare"},
    )
    return tmp_path / "p.zip"


def test_the_person_affected_learns_how_to_report_and_who_can_help(kit: Path) -> None:
    said = words(kit, "data/kit.pdf")
    for part in (
        "On Facebook",
        "Press the three dots beside it, then Report.",
        "Samaritans, at any hour: 116 123.",
        "Ann from Welfare",
        "You can report to the police yourself",
        "Facebook's rules on: Bullying and harassment",
    ):
        assert part in said, part


def test_the_words_stand_last_so_that_nobody_has_to_read_them(kit: Path) -> None:
    said = words(kit, "data/kit.pdf")
    assert "The first pages hold no abusive words" in said
    assert said.index("Samaritans") < said.index("You useless clown")


def test_the_kit_holds_the_captures_and_nothing_that_is_not_theirs(kit: Path) -> None:
    assert read(kit, "data/items/0001/text.txt") == b"You useless clown"
    assert told(kit, "data/items.json")["items"][0]["words"] == "You useless clown"
    whole = everything(kit)
    for kept in (b"toxicity", b"detectors", b"target_staff_id", b'"thread": {'):
        assert kept not in whole, kept
    assert not [name for name in names(kit) if "audit" in name]
