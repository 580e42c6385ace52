"""The pack for a platform tells what breaks which rule where, and nothing about our people."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.access import Role
from moderation.errors import EvidenceMissing, InvalidInput, NotAllowed
from moderation.evidence.contents import operator
from moderation.evidence.packs.clauses import choices, clause, in_words
from moderation.tables import AccountRow, AccountStatus, PackKind
from moderation.taxonomy import Abuse
from tests.moderation.evidence.making import House, names, read
from tests.moderation.evidence.packs.reading import everything, rows, words
from tests.moderation.evidence.packs.rich import add_file
from tests.world import NOW, ORG, Author

AUTHOR = Author("a-77", "@thorn", "Thorn")


@pytest.fixture
def made(sqlite_house: House, tmp_path: Path) -> Path:
    item = sqlite_house.item(
        "You useless clown", native_id="c-9", author=AUTHOR, url="https://facebook.example/c-9"
    )
    sqlite_house.evidence(item)
    add_file(sqlite_house, item)
    lead = sqlite_house.world.actor(Role.COMMS_LEAD)
    sqlite_house.pack(str(item.id), tmp_path / "p.zip", lead, PackKind.PLATFORM)
    return tmp_path / "p.zip"


def test_it_names_address_id_rule_and_words(made: Path) -> None:
    said = words(made, "data/report.pdf")
    assert "hxxps[:]//facebook.example/c-9" in said
    assert "Facebook's rules on: Bullying and harassment" in said
    assert "You useless clown" in said
    assert "a member of our staff, who is named in it" in said
    assert "Please keep this item" in said
    (row,) = rows(made, "data/report.csv")
    assert row["address"] == "https://facebook.example/c-9"
    assert row["author_id"] == "a-77"


def test_the_text_can_be_pasted_into_a_form(made: Path) -> None:
    said = read(made, "data/report.txt").decode()
    assert "Item 1: https://facebook.example/c-9\nId: c-9\n" in said
    assert "Words: You useless clown\n" in said


def test_nobody_of_ours_is_in_it(made: Path) -> None:
    whole = everything(made)
    for kept in (b"NM-1", b"Dana Price", b"detectors", b"toxicity", b"user:", b'"thread": {'):
        assert kept not in whole, kept
    there = names(made)
    assert not [name for name in there if "audit" in name or "additions" in name]
    assert "data/items/0001/raw-at-ingest.body" in there
    assert "data/items/0001/card.png" in there


def test_the_clause_and_the_words_can_be_chosen(sqlite_house: House, tmp_path: Path) -> None:
    item = sqlite_house.item("A long text. You clown. More of it.")
    sqlite_house.evidence(item)
    lead = sqlite_house.world.actor(Role.COMMS_MODERATOR)
    chosen = {"clause": "Rule 4.2, as of today", "words": "You clown."}
    sqlite_house.pack(str(item.id), tmp_path / "p.zip", lead, PackKind.PLATFORM, details=chosen)
    said = words(tmp_path / "p.zip", "data/report.pdf")
    assert "Rule 4.2, as of today" in said
    assert "You clown." in said
    assert "More of it" not in said


def test_a_platform_gets_no_more_than_its_own(sqlite_house: House, tmp_path: Path) -> None:
    on_facebook = sqlite_house.item("Words on Facebook")
    world = sqlite_house.world
    facebook = world.accounts[ORG]
    with world.store.transaction() as session:
        other = AccountRow(
            org_id=ORG, key="x", platform="x", name="Our X", connector="import", settings={},
            status=AccountStatus.OK, created_at=NOW,
        )  # fmt: skip
        session.add(other)
        session.flush()
    world.accounts[ORG] = other
    on_x = sqlite_house.item("Words on X")
    world.accounts[ORG] = facebook
    for item in (on_facebook, on_x):
        sqlite_house.evidence(item)
    ref = sqlite_house.case(on_facebook, on_x)
    with pytest.raises(InvalidInput, match="several platforms: facebook, x"):
        sqlite_house.ask(ref, operator(ORG), kind=PackKind.PLATFORM)
    with pytest.raises(EvidenceMissing, match="stands on youtube"):
        sqlite_house.ask(
            ref, operator(ORG), kind=PackKind.PLATFORM, details={"platform": "youtube"}
        )
    sqlite_house.pack(ref, tmp_path / "p.zip", None, PackKind.PLATFORM, details={"platform": "x"})
    whole = everything(tmp_path / "p.zip")
    assert b"Words on X" in whole
    assert b"Words on Facebook" not in whole


def test_only_comms_report_an_item(sqlite_house: House) -> None:
    item = sqlite_house.item()
    sqlite_house.evidence(item)
    for role in (Role.HR_LEAD, Role.SAFEGUARDING_LEAD, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            sqlite_house.ask(str(item.id), sqlite_house.world.actor(role), kind=PackKind.PLATFORM)


@pytest.mark.parametrize(
    "platform", ["facebook", "instagram", "x", "youtube", "bluesky", "mastodon"]
)
def test_each_platform_has_a_clause_for_each_matter(platform: str) -> None:
    for category in (*Abuse, None):
        assert clause(platform, category) in choices(platform)
        assert in_words(platform, category)
