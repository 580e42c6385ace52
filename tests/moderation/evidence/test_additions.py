"""A person's own file: kept as it came, sealed by itself, with who, when and how; never twice."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from moderation.access import Actor, Role
from moderation.errors import Conflict, InvalidInput, NotAllowed, NotFound
from moderation.evidence import additions
from moderation.evidence.additions import ADDITION, MOST, Brought
from moderation.evidence.seal import verify
from moderation.evidence.sealing import listing, seal_files
from moderation.queries.addition_page import subject_of
from moderation.tables import (
    AdditionKind,
    AuditBodyRow,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    Stamped,
    TimeStampRow,
)
from tests.moderation.deeds import at_once, form, verbs
from tests.moderation.evidence.files_to_bring import CALLS, MAIL, PNG
from tests.moderation.evidence.making import House
from tests.world import CLEAR, NOW, OTHER_ORG, hours

HOW = "I took it on my work phone."
EARLIER = NOW - hours(1)


def brought(
    data: bytes = PNG,
    kind: AdditionKind = AdditionKind.SCREENSHOT,
    name: str = "shot.png",
    obtained_at: datetime | None = EARLIER,
) -> Brought:
    return additions.brought(kind, data, name, obtained_at=obtained_at, obtained_how=HOW, now=NOW)


def add(
    house: House,
    item: ItemRow,
    file: Brought | None = None,
    *,
    actor: Actor | None = None,
    form_id: str = "",
) -> EvidenceAdditionRow:
    """Seal a file and keep it, as the page does."""
    who, file = actor or house.world.actor(Role.COMMS_MODERATOR), file or brought()
    with house.world.store.reading() as session:
        subject, account = subject_of(session, item.id, actor=who)
    made = additions.files(file, subject, account, actor=who, now=NOW)
    sealed = seal_files(made, house.vault, house.key)
    with house.world.store.transaction() as session:
        return additions.add(
            session, item.id, file, sealed, form_id=form_id or form(), actor=who, now=NOW
        )


def rows(house: House) -> list[EvidenceAdditionRow]:
    with house.world.store.reading() as session:
        return list(session.scalars(select(EvidenceAdditionRow).order_by(EvidenceAdditionRow.id)))


def test_a_file_is_sealed_as_it_came_with_where_it_is_from(house: House) -> None:
    item = house.item()
    row = add(house, item, brought(name="../../<b>shot</b>.png"))
    found = listing(house.vault, row.path, row.sha256)
    files = {name: house.vault.get(sha256) for name, sha256 in found.files.items()}
    assert set(files) == {ADDITION, "original.png"}
    assert files["original.png"] == PNG
    assert row.file_sha256 == hashlib.sha256(PNG).hexdigest() == found.files["original.png"]
    manifest, signature, key = (house.vault.get(found.seal[name]) for name in sorted(found.seal))
    assert verify(key, manifest, signature)
    said = json.loads(files[ADDITION])
    assert said["file"]["name_as_given"] == "b>.png"
    assert said["file"]["sha256"] == row.file_sha256
    assert said["obtained"]["how"] == HOW
    assert said["obtained"]["when"]["source"] == "the person who added it"
    assert said["added"]["by"] == house.world.actor(Role.COMMS_MODERATOR).ref
    assert (said["item"]["item"], said["org_id"]) == (item.id, item.org_id)


def test_its_reference_counts_on_from_the_items_evidence(house: House) -> None:
    item = house.item()
    first = add(house, item)
    second = add(house, item, brought(MAIL, AdditionKind.MAIL, "m.eml"))
    with house.world.store.reading() as session:
        evidence = session.scalars(select(EvidenceRow.ref)).one()
    assert [first.ref, second.ref] == [f"{evidence}/1", f"{evidence}/2"]


def test_its_custody_begins_with_a_line_that_names_no_file_and_no_word_of_it(house: House) -> None:
    row = add(house, house.item(), brought(name="secret-name.png"))
    assert verbs(house.world.store)[-1] == "evidence_addition.add"
    with house.world.store.reading() as session:
        line = session.scalars(
            select(AuditBodyRow.body).where(AuditBodyRow.object == f"evidence_addition:{row.id}")
        ).one()
    assert line is not None
    assert json.loads(line)["detail"]["file_sha256"] == row.file_sha256
    assert "secret-name" not in line
    assert HOW not in line


def test_its_seal_is_stamped_like_any_other(sqlite_house: House) -> None:
    sqlite_house.world.store.authorities = ("stamps.example",)
    row = add(sqlite_house, sqlite_house.item())
    with sqlite_house.world.store.reading() as session:
        stamp = session.scalars(
            select(TimeStampRow).where(TimeStampRow.subject == Stamped.ADDITION)
        ).one()
    assert (stamp.subject_id, stamp.sha256) == (row.id, row.sha256)


def test_adding_to_what_nobody_wanted_evidence_of_wants_its_capture_too(house: House) -> None:
    item = house.item("Nice one", made=CLEAR)
    row = add(house, item)
    with house.world.store.reading() as session:
        evidence = session.scalars(select(EvidenceRow)).one()
    assert (evidence.item_id, row.ref) == (item.id, f"{evidence.ref}/1")


def test_a_double_click_is_one_addition_and_two_people_get_two_numbers(house: House) -> None:
    item, form_id = house.item(), form()
    presses = [partial(add, house, item, form_id=form_id)] * 3
    assert len({one.id for one in at_once(presses) if isinstance(one, EvidenceAdditionRow)}) == 1
    others = [
        partial(add, house, item, brought(f"call {n}\n".encode(), AdditionKind.CALL_LOG, "a.txt"))
        for n in range(3)
    ]
    at_once(others)
    assert [row.ref.rpartition("/")[2] for row in rows(house)] == ["1", "2", "3", "4"]


def test_the_very_same_file_is_not_added_again(sqlite_house: House) -> None:
    item = sqlite_house.item()
    first = add(sqlite_house, item)
    with pytest.raises(Conflict, match=f"added already, as {first.ref}"):
        add(sqlite_house, item)
    assert add(sqlite_house, sqlite_house.item("Another clown")).ref != first.ref


def test_one_item_takes_no_more_than_its_most(sqlite_house: House) -> None:
    item = sqlite_house.item()
    for number in range(MOST):
        data = f"call {number}\n".encode()
        add(sqlite_house, item, brought(data, AdditionKind.CALL_LOG, "a.txt"))
    with pytest.raises(Conflict, match="the most"):
        add(sqlite_house, item)


@pytest.mark.parametrize(
    ("kind", "data", "fits"),
    [
        (AdditionKind.SCREENSHOT, PNG, True),
        (AdditionKind.SCREENSHOT, MAIL, False),
        (AdditionKind.MAIL, MAIL, True),
        (AdditionKind.MAIL, CALLS, False),
        (AdditionKind.CALL_LOG, CALLS, True),
        (AdditionKind.CALL_LOG, b"OggS\x00\x02", True),
        (AdditionKind.CALL_LOG, MAIL, False),
        (AdditionKind.FILE, CALLS, True),
        (AdditionKind.FILE, b"", False),
    ],
)
def test_a_file_has_to_be_what_it_is_said_to_be(
    kind: AdditionKind, data: bytes, fits: bool
) -> None:
    if fits:
        assert brought(data, kind).kind is kind
    else:
        with pytest.raises(InvalidInput):
            brought(data, kind)


def test_it_cannot_have_been_got_in_the_future() -> None:
    with pytest.raises(InvalidInput, match="future"):
        brought(obtained_at=NOW + hours(1))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("shot.png", "shot.png"),
        ("C:\\Users\\me\\shot.png", "shot.png"),
        ("/etc/passwd", "passwd"),
        ("", ""),
        ("a\x00b\n.png", "a\\x00b\\x0a.png"),
        ("a\ud800.png", "a\\ud800.png"),
        ("threat\u202egnp.eml", "threat\u202egnp.eml"),
        ("x" * 400, "x" * 255),
    ],
)
def test_a_hostile_name_is_kept_as_a_text_that_everything_can_hold(given: str, kept: str) -> None:
    assert additions.shown_name(given) == kept


def test_a_hostile_name_goes_into_the_record_and_comes_back(house: House) -> None:
    row = add(house, house.item(), brought(name="a\x00\ud800\u202e<script>.png"))
    assert rows(house)[0].name == row.name == "a\\x00\\ud800\u202e<script>.png"


def test_who_may_not_see_the_item_or_not_capture_adds_nothing(house: House) -> None:
    item = house.item()
    far = house.world.actor(Role.COMMS_LEAD, OTHER_ORG)
    tries: list[tuple[Actor, type[Exception]]] = [
        (far, NotFound),
        (house.world.actor(Role.BOARD_MEMBER), NotFound),
        (Actor("ina", item.org_id, Role.AUDITOR, 1, "looking into it"), NotAllowed),
    ]
    for actor, error in tries:
        with pytest.raises(error):
            add(house, item, actor=actor)
    assert rows(house) == []


def test_an_addition_is_read_by_those_who_see_its_item_alone(house: House) -> None:
    row = add(house, house.item())

    def see(actor: Actor) -> Any:
        with house.world.store.reading() as session:
            return additions.see_addition(session, row.id, actor=actor).id

    assert see(house.world.actor(Role.HR_LEAD)) == row.id
    for actor in (
        house.world.actor(Role.BOARD_MEMBER),
        house.world.actor(Role.COMMS_LEAD, OTHER_ORG),
    ):
        with pytest.raises(NotFound):
            see(actor)


def test_adding_does_not_touch_the_sealed_record(house: House) -> None:
    item = house.item()
    before = house.evidence(item)
    add(house, item)
    with house.world.store.reading() as session:
        after = session.get_one(EvidenceRow, before.id)
    assert (after.sha256, after.path, after.state) == (before.sha256, before.path, before.state)
