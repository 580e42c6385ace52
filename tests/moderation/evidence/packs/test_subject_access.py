"""A person gets all that is held about them, and nothing that is somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import holds, review
from moderation.access import Actor, Role
from moderation.errors import InvalidInput, NotAllowed, NotFound
from moderation.evidence.contents import operator
from moderation.evidence.packs import register
from moderation.evidence.packs.redacting import ACCOUNT, CONTACT, STAFF, USER, Redactor
from moderation.review import Finding
from moderation.tables import (
    CaseMemberRow,
    DecisionOutcome,
    HoldReason,
    ItemRow,
    LegalHoldRow,
    PackKind,
    SupportRow,
)
from moderation.taxonomy import Abuse, Severity, TargetType
from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.reading import everything, rows, told, words
from tests.world import NOW, ORG, OTHER_ORG, Author

THORN = Author("a-77", "@thorn", "Thorn")
OTHER = Author("a-88", "@other", "Somebody Else")


def _asked(house: House, target: Path, subject: str, actor: Actor | None = None) -> Path:
    house.pack(subject, target, actor or house.world.actor(Role.AUDITOR), PackKind.SUBJECT_ACCESS)
    return target


def _decide(house: House, item: ItemRow, reason: str) -> None:
    finding = Finding(
        outcome=DecisionOutcome.ABUSE,
        category=Abuse.PERSONAL_ABUSE,
        severity=Severity.S2,
        target_type=TargetType.NAMED_STAFF,
        target_staff_id="NM-1",
        reason=reason,
    )
    with house.world.store.transaction() as session:
        row = session.get_one(ItemRow, item.id)
        review.decide(
            session,
            row.id,
            finding,
            revision=row.revision,
            form_id=f"decide-{item.id:08d}",
            actor=house.world.actor(Role.COMMS_MODERATOR),
            now=NOW,
        )


def _held(house: House) -> set[tuple[int | None, int | None, HoldReason]]:
    with house.world.store.reading() as session:
        rows = session.execute(
            select(LegalHoldRow.item_id, LegalHoldRow.case_id, LegalHoldRow.reason).where(
                holds.live()
            )
        )
        return {tuple(row) for row in rows}  # type: ignore[misc]


def _ask(house: House, subject: str, kind: PackKind, actor: Actor, form_id: str) -> None:
    asked = register.Request(kind, subject, "The person who asked", "Request of 1 October 2026")
    with house.world.store.transaction() as session:
        register.ask(session, asked, form_id=form_id, actor=actor, now=NOW)


def test_what_somebody_asked_for_is_held_until_a_person_lets_go(sqlite_house: House) -> None:
    mine = sqlite_house.item("Dana Price is a clown", author=THORN)
    sqlite_house.item("Words of somebody else", author=OTHER)
    auditor = sqlite_house.world.actor(Role.AUDITOR)
    for form_id in ("form-0001", "form-0001", "form-0002"):
        _ask(sqlite_house, "author:thorn", PackKind.SUBJECT_ACCESS, auditor, form_id)
    assert _held(sqlite_house) == {(mine.id, None, HoldReason.INFORMATION_REQUEST)}


def test_what_is_kept_about_a_person_affected_is_held_with_their_case(sqlite_house: House) -> None:
    item = sqlite_house.item("Dana Price is a clown", author=THORN)
    member = sqlite_house.world.actor(Role.HR_LEAD)
    ref = sqlite_house.case(item, members=(member,))
    auditor = sqlite_house.world.actor(Role.AUDITOR)
    _ask(sqlite_house, f"case:{ref}", PackKind.SUBJECT_ACCESS, auditor, "form-0001")
    held = _held(sqlite_house)
    assert {reason for *_, reason in held} == {HoldReason.INFORMATION_REQUEST}
    assert {item_id for item_id, *_ in held} == {None, item.id}


def test_what_the_police_are_given_is_held_and_what_a_platform_is_given_is_not(
    sqlite_house: House,
) -> None:
    items = [sqlite_house.item(words, author=THORN) for words in ("You clown", "You fool")]
    for item in items:
        sqlite_house.evidence(item)
    lead = sqlite_house.world.actor(Role.COMMS_LEAD)
    hr_lead = sqlite_house.world.actor(Role.HR_LEAD)
    _ask(sqlite_house, f"item:{items[0].id}", PackKind.PLATFORM, lead, "form-0001")
    assert not _held(sqlite_house)
    police = register.Request(
        PackKind.POLICE,
        f"item:{items[1].id}",
        "Northshire Police",
        "DC 4411",
        details={"maker": "Jo March"},
        consent="overridden",
        consent_note="There is a risk to life.",
    )
    with sqlite_house.world.store.transaction() as session:
        register.ask(session, police, form_id="form-0003", actor=hr_lead, now=NOW)
    assert _held(sqlite_house) == {(items[1].id, None, HoldReason.POLICE)}


@pytest.fixture
def authored(sqlite_house: House, tmp_path: Path) -> Path:
    mine = sqlite_house.item("Dana Price is a clown, says @mate", author=THORN)
    sqlite_house.evidence(mine)
    _decide(sqlite_house, mine, "An insult at Dana Price, as Sam Okafor told comms_lead 2.")
    sqlite_house.item("Words of somebody else", author=OTHER)
    return _asked(sqlite_house, tmp_path / "p.zip", "author:thorn")


def test_an_author_gets_their_own_words_as_they_wrote_them(authored: Path) -> None:
    (held,) = told(authored, "data/held.json")["held"]
    assert held["words"] == ["Dana Price is a clown, says @mate"]
    assert "Words of somebody else" not in everything(authored).decode(errors="replace")


def test_captures_categories_decisions_and_reasons_are_theirs_too(authored: Path) -> None:
    said = words(authored, "data/held.pdf")
    (held,) = told(authored, "data/held.json")["held"]
    assert held["Sealed as evidence"].startswith("EV-2026-000001, 20 November 2026 at 14:05:00 GMT")
    assert "Personal abuse, because: An insult at [a member of staff]" in said


def test_a_machines_reading_is_given_and_explained(authored: Path) -> None:
    said = words(authored, "data/held.pdf")
    assert "The number is no measure of the author, and no decision" in said
    assert "test@1 (toxicity 0.50, insult 0.50)" in said
    assert "Likely" not in said


def test_staff_and_users_are_taken_out_and_the_place_is_listed(authored: Path) -> None:
    (held,) = told(authored, "data/held.json")["held"]
    reason = held["Decided by people"]
    assert "Dana" not in reason
    assert "Okafor" not in reason
    review = rows(authored, "data/review.csv")
    assert {row["taken_out"] for row in review} == {STAFF, USER}
    assert {row["place"] for row in review} == {"item 1, decided by people"}
    assert b"Okafor" not in everything(authored)


def test_a_member_of_staff_gets_what_is_aimed_at_them_without_its_authors(
    sqlite_house: House, tmp_path: Path
) -> None:
    item = sqlite_house.item("Dana Price and Sam Okafor, ring 07700 900123", author=THORN)
    sqlite_house.case(
        item, affected_staff_id="NM-1", contact_note="Spoke to Dana Price with Sam Okafor"
    )
    with sqlite_house.world.store.transaction() as session:
        session.add(
            SupportRow(
                case_id=1,
                code="counselling",
                status="accepted",
                note="Offered by Sam Okafor",
                changed_by="user:3",
                changed_at=NOW,
            )
        )
    made = _asked(sqlite_house, tmp_path / "p.zip", "staff:NM-1")
    said = words(made, "data/held.pdf")
    assert "Dana Price and [a member of staff], ring [an address or a number]" in said
    assert "Counselling: accepted. Offered by [a member of staff]" in said
    whole = everything(made)
    for kept in (b"Okafor", b"07700", b"horn", b"a-77", b"An HR summary that stays with HR"):
        assert kept not in whole, kept


def test_a_case_leads_to_the_person_whom_it_is_about(sqlite_house: House, tmp_path: Path) -> None:
    item, other = sqlite_house.item("One"), sqlite_house.item("Another")
    ref = sqlite_house.case(item, affected_staff_id="NM-1")
    held = told(_asked(sqlite_house, tmp_path / "p.zip", f"case:{ref}"), "data/held.json")["held"]
    assert [one["words"] for one in held] == [["One"], []]
    assert other.id != item.id


def test_an_id_finds_every_name_that_it_had(sqlite_house: House, tmp_path: Path) -> None:
    sqlite_house.item("Under the first name", author=THORN)
    sqlite_house.item("Under the second", author=Author("a-77", "@rose", "Rose"))
    for subject in ("author-id:a-77", "author:@ROSE"):
        made = _asked(sqlite_house, tmp_path / "p.zip", subject)
        held = told(made, "data/held.json")["held"]
        assert {one["words"][0] for one in held} == {"Under the first name", "Under the second"}


def test_who_was_given_it_is_told_by_kind_alone(sqlite_house: House, tmp_path: Path) -> None:
    from moderation.evidence.packs import register

    item = sqlite_house.item(author=THORN)
    sqlite_house.evidence(item)
    asked = sqlite_house.ask(str(item.id), operator(ORG))
    sqlite_house.make()
    with sqlite_house.world.store.transaction() as session:
        register.hand_over(
            session, asked.ref, to="Sgt Kim Bell", how="By hand", actor=operator(ORG), now=NOW
        )
    said = words(_asked(sqlite_house, tmp_path / "p.zip", "author:@thorn"), "data/held.pdf")
    assert "Who got it besides us: evidence." in said
    assert "Kim Bell" not in said


@pytest.mark.parametrize("subject", ["", "thorn", "author:", "person:x", "staff"])
def test_who_is_not_named_is_asked_for(sqlite_house: House, subject: str) -> None:
    with pytest.raises(InvalidInput):
        sqlite_house.ask(
            subject, sqlite_house.world.actor(Role.AUDITOR), kind=PackKind.SUBJECT_ACCESS
        )


@pytest.mark.parametrize(
    "subject", ["author:@nobody", "author-id:0", "staff:NM-9", "case:C-00000000"]
)
def test_about_whom_nothing_is_held_is_not_found(sqlite_house: House, subject: str) -> None:
    with pytest.raises(NotFound):
        sqlite_house.ask(
            subject, sqlite_house.world.actor(Role.AUDITOR), kind=PackKind.SUBJECT_ACCESS
        )


def test_nothing_of_another_organisation_is_found(sqlite_house: House) -> None:
    sqlite_house.item(author=THORN)
    stranger = sqlite_house.world.actor(Role.AUDITOR, OTHER_ORG)
    with pytest.raises(NotFound):
        sqlite_house.ask("author:@thorn", stranger, kind=PackKind.SUBJECT_ACCESS)


def test_only_whoever_answers_for_data_protection_makes_one(sqlite_house: House) -> None:
    sqlite_house.item(author=THORN)
    for role in set(Role) - {Role.AUDITOR}:
        with pytest.raises(NotAllowed):
            sqlite_house.ask(
                "author:@thorn", sqlite_house.world.actor(role), kind=PackKind.SUBJECT_ACCESS
            )


def test_a_case_that_is_kept_from_whoever_answers_is_not_in_it(
    sqlite_house: House, tmp_path: Path
) -> None:
    item = sqlite_house.item()
    ref = sqlite_house.case(item, affected_staff_id="NM-1")
    auditor = sqlite_house.world.actor(Role.AUDITOR)
    with sqlite_house.world.store.transaction() as session:
        session.add(
            CaseMemberRow(
                case_id=1, user_id=auditor.user_id, barred=True, added_by="user:4", added_at=NOW
            )
        )
    made = _asked(sqlite_house, tmp_path / "p.zip", "staff:NM-1")
    assert ref not in everything(made).decode(errors="replace")
    with pytest.raises(NotFound):
        sqlite_house.ask(f"case:{ref}", auditor, kind=PackKind.SUBJECT_ACCESS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Dana Price and Sam", f"Dana Price and [{STAFF}]"),
        ("SAM OKAFOR, okafor's dog", f"[{STAFF}], [{STAFF}]'s dog"),
        ("Sample, Samuel", "Sample, Samuel"),
        ("see @mate and @thorn", f"see [{ACCOUNT}] and @thorn"),
        ("a.b@x.example.org or +44 7700 900123", f"[{CONTACT}] or [{CONTACT}]"),
        ("asked Kim Lead", f"asked [{USER}]"),
        ("", ""),
    ],
)
def test_what_is_taken_out_of_a_text(text: str, left: str) -> None:
    names = {"Sam Okafor": STAFF, "Sam": STAFF, "Okafor": STAFF, "Kim Lead": USER}
    cut = Redactor(names, frozenset({"dana price", "@thorn"}))
    assert cut.clean("here", text) == left
