"""The pack for the police tells what they need, and nothing that is not theirs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.access import Actor, Role
from moderation.errors import InvalidInput, NotAllowed
from moderation.evidence.packs.telling import in_six_months
from moderation.tables import DisclosureRow, PackKind, SupportRow
from moderation.targets import Target
from moderation.taxonomy import TargetType
from tests.moderation.evidence.making import House, names, read
from tests.moderation.evidence.packs.reading import attached, everything, rows, told, words
from tests.moderation.evidence.packs.rich import POLICE
from tests.moderation.evidence.printing.reading import claims
from tests.world import NOW, Author, hours, proposal

AUTHOR = Author("a-77", "@thorn", "Thorn")
DAYS = timedelta(days=1)


def _two(house: House) -> tuple[str, Actor]:
    """A case of two items by one author, five days apart."""
    first = house.item("You will regret this, Price", author=AUTHOR, now=NOW)
    house.evidence(first)
    second = house.item("I know your watch", author=AUTHOR, now=NOW + 5 * DAYS + hours(2))
    house.evidence(second, now=NOW + 6 * DAYS)
    member = house.world.actor(Role.HR_LEAD)
    ref = house.case(
        first, second, members=(member,), police_consent="yes", affected_staff_id="NM-1"
    )
    return ref, member


@pytest.fixture
def made(sqlite_house: House, tmp_path: Path) -> Path:
    ref, member = _two(sqlite_house)
    with sqlite_house.world.store.transaction() as session:
        session.add(
            SupportRow(
                case_id=1,
                code="counselling",
                status="accepted",
                note="She sleeps badly",
                changed_by="user:4",
                changed_at=NOW,
            )
        )
    sqlite_house.pack(ref, tmp_path / "p.zip", member, **POLICE)
    return tmp_path / "p.zip"


def test_the_statement_is_a_draft_that_produces_each_exhibit(made: Path) -> None:
    said = words(made, "data/statement.pdf")
    assert "DRAFT FOR REVIEW" in said
    assert "Criminal Justice Act 1967, section 9" in said
    assert "liable to prosecution if I have wilfully stated in it anything" in said
    assert "I am Jo Smith, Communications officer, at Northmoor." in said
    assert "I do not know who operates this account" in said
    for exhibit, row in zip(("JS/1", "JS/2"), rows(made, "data/exhibits.csv"), strict=True):
        assert f"{row['evidence']} as exhibit {exhibit}" in said
    assert "You will regret this, Price" in said
    assert "I know your watch" in said


def test_every_occasion_stands_in_order_of_time_with_its_gap(made: Path) -> None:
    said = words(made, "data/summary.pdf")
    assert "2 items by 1 account, between 20/11/2026 and 25/11/2026" in said
    assert "5 d 2 h 0 min later" in said
    occasions = told(made, "data/timeline.json")["occasions"]
    assert [one["words"] for one in occasions] == [
        "You will regret this, Price",
        "I know your watch",
    ]
    assert [one["exhibit"] for one in occasions] == ["JS/1", "JS/2"]
    assert [one["exhibit"] for one in rows(made, "data/timeline.csv")] == ["JS/1", "JS/2"]


def test_a_time_limit_is_arithmetic_and_no_advice(made: Path) -> None:
    said = words(made, "data/summary.pdf")
    assert "not legal advice" in said
    assert "the first item here (20 November 2026) is 20 May 2027" in said
    assert "the latest (25 November 2026) is 25 May 2027" in said


@pytest.mark.parametrize(
    ("day", "later"),
    [((2026, 8, 31), (2027, 2, 28)), ((2027, 8, 31), (2028, 2, 29)), ((2026, 1, 1), (2026, 7, 1))],
)
def test_six_months_later_is_a_day_that_there_is(
    day: tuple[int, int, int], later: tuple[int, int, int]
) -> None:
    at = NOW.replace(year=day[0], month=day[1], day=day[2])
    assert (in_six_months(at).timetuple())[:3] == later


def test_who_agreed_who_is_affected_and_who_handled_it_is_told(made: Path) -> None:
    said = words(made, "data/summary.pdf")
    assert "The person affected agrees to this report." in said
    assert "Person affected: Dana Price" in said
    acts = rows(made, "data/continuity.csv")
    assert {"captured", "sealed and signed"} <= {act["act"] for act in acts}
    assert {act["by"] for act in acts} == {"system capture"}
    assert "To (name, collar number)" in said


def test_no_reading_of_a_machine_no_welfare_and_no_reason_leaves_the_house(made: Path) -> None:
    whole = everything(made)
    for kept in (
        b"detectors",
        b"toxicity",
        b"likelihood",
        b"She sleeps badly",
        b"An HR summary that stays with HR",
        b"target_staff_id",
        b"NM-1",
    ):
        assert kept not in whole, kept


def test_other_staff_are_not_named(sqlite_house: House, tmp_path: Path) -> None:
    mine = sqlite_house.item("You will regret this", author=AUTHOR)
    other = Target(TargetType.NAMED_STAFF, staff_id="NM-2", why="It names him.")
    also = sqlite_house.item("And you too", made=proposal(target=other), author=AUTHOR)
    for item in (mine, also):
        sqlite_house.evidence(item)
    member = sqlite_house.world.actor(Role.HR_LEAD)
    ref = sqlite_house.case(
        mine, also, members=(member,), police_consent="yes", affected_staff_id="NM-1"
    )
    sqlite_house.pack(ref, tmp_path / "p.zip", member, **POLICE)
    whole = everything(tmp_path / "p.zip")
    assert b"Dana Price" in whole
    assert b"Okafor" not in whole
    assert b"NM-2" not in whole


def test_the_record_comes_whole_and_what_stays_in_the_house_is_named(made: Path) -> None:
    record = json.loads(read(made, "data/items/0001/record.json"))
    assert record["times"]
    assert "thread" in record
    withheld = read(made, "data/items/0001/withheld.txt").decode()
    sealed = read(made, "data/items/0001/seal/manifest-sha256.txt").decode()
    assert withheld.endswith("  handling.json\n")
    assert withheld in sealed
    assert "data/items/0001/handling.json" not in names(made)


def test_the_pdf_files_keep_their_standards_and_carry_the_record_inside(made: Path) -> None:
    for name in ("data/statement.pdf", "data/summary.pdf"):
        assert claims(read(made, name)) == {"PDF/UA-1", "PDF/A-3a"}
    inside = attached(made, "data/statement.pdf")
    assert set(inside) == {"timeline.json", "record-0001.json", "record-0002.json"}
    assert inside["record-0001.json"] == read(made, "data/items/0001/record.json")


def test_the_next_statement_of_the_same_maker_goes_on_counting(
    sqlite_house: House, tmp_path: Path
) -> None:
    ref, member = _two(sqlite_house)
    sqlite_house.pack(ref, tmp_path / "1.zip", member, **POLICE)
    sqlite_house.pack(ref, tmp_path / "2.zip", member, **POLICE)
    other = {**POLICE, "details": {"maker": "Ann O'Neil"}}
    sqlite_house.pack(ref, tmp_path / "3.zip", member, **other)
    found = [
        [one["exhibit"] for one in told(tmp_path / f"{n}.zip", "data/timeline.json")["occasions"]]
        for n in (1, 2, 3)
    ]
    assert found == [["JS/1", "JS/2"], ["JS/3", "JS/4"], ["AO/1", "AO/2"]]


class TestConsent:
    """Refused unless the person affected agreed, or somebody answers for a risk to life."""

    def _ask(self, house: House, role: Role, case: dict[str, str], **more: str) -> DisclosureRow:
        item = house.item()
        house.evidence(item)
        member = house.world.actor(role)
        ref = house.case(item, members=(member,), **case)
        return house.ask(ref, member, **{**POLICE, **more})

    @pytest.mark.parametrize("said", ["not_asked", "no", "undecided"])
    def test_without_it_on_the_case_there_is_no_pack(self, sqlite_house: House, said: str) -> None:
        with pytest.raises(InvalidInput, match="does not say that the person affected agrees"):
            self._ask(sqlite_house, Role.HR_LEAD, {"police_consent": said})

    def test_it_cannot_be_left_unsaid(self, sqlite_house: House) -> None:
        with pytest.raises(InvalidInput, match="has to agree"):
            self._ask(sqlite_house, Role.HR_LEAD, {"police_consent": "yes"}, consent="not_needed")

    def test_a_risk_to_life_overrides_it_with_a_reason(self, sqlite_house: House) -> None:
        with pytest.raises(InvalidInput, match="at least 15 characters"):
            self._ask(sqlite_house, Role.HR_LEAD, {}, consent="overridden", consent_note="Risk.")
        row = self._ask_again(sqlite_house)
        assert (row.consent, row.consent_note) == (
            "overridden",
            "He named her street and the hour.",
        )

    def _ask_again(self, house: House) -> DisclosureRow:
        member = house.world.actor(Role.HR_LEAD)
        told = {"consent": "overridden", "consent_note": "He named her street and the hour."}
        return house.ask("C-7KQ2M9D4", member, **{**POLICE, **told})

    def test_an_adviser_may_not_override_it(self, sqlite_house: House) -> None:
        why = {"consent": "overridden", "consent_note": "He named her street and the hour."}
        with pytest.raises(NotAllowed):
            self._ask(sqlite_house, Role.HR_ADVISER, {}, **why)

    def test_for_an_item_alone_it_says_when_and_how(self, sqlite_house: House) -> None:
        item = sqlite_house.item()
        sqlite_house.evidence(item)
        lead = sqlite_house.world.actor(Role.HR_LEAD)
        with pytest.raises(InvalidInput, match="When and how consent was given"):
            sqlite_house.ask(str(item.id), lead, **{**POLICE, "consent_note": " "})
        assert sqlite_house.ask(str(item.id), lead, **POLICE).consent == "given"

    def test_where_nobody_in_particular_is_hit_nobody_has_to_agree(
        self, sqlite_house: House
    ) -> None:
        item = sqlite_house.item(made=proposal(target=Target(TargetType.SERVICE)))
        sqlite_house.evidence(item)
        lead = sqlite_house.world.actor(Role.HR_LEAD)
        row = sqlite_house.ask(
            str(item.id), lead, **{**POLICE, "consent": "not_needed", "consent_note": ""}
        )
        assert row.consent == "not_needed"


def test_comms_ask_for_no_police_pack(sqlite_house: House) -> None:
    item = sqlite_house.item()
    sqlite_house.evidence(item)
    for role in (Role.COMMS_MODERATOR, Role.COMMS_LEAD, Role.BOARD_MEMBER, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            sqlite_house.ask(str(item.id), sqlite_house.world.actor(role), **POLICE)


def test_a_statement_has_a_maker(sqlite_house: House) -> None:
    item = sqlite_house.item()
    sqlite_house.evidence(item)
    lead = sqlite_house.world.actor(Role.HR_LEAD)
    with pytest.raises(InvalidInput, match="maker"):
        sqlite_house.ask(str(item.id), lead, **{**POLICE, "details": {}})
    with pytest.raises(InvalidInput, match="nothing called rank"):
        sqlite_house.ask(str(item.id), lead, **{**POLICE, "details": {"rank": "x"}})


def test_the_register_remembers_kind_and_consent(sqlite_house: House) -> None:
    ref, member = _two(sqlite_house)
    row = sqlite_house.ask(ref, member, **POLICE)
    assert (row.kind, row.consent, row.case_id) == (PackKind.POLICE, "given", 1)
    assert row.details["initials"] == "JS"
