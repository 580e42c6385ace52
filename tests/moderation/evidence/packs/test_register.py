"""The register has one line for a form, is never shortened, and every step is in the chain."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from moderation import audit
from moderation.access import Actor, Role
from moderation.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from moderation.evidence.contents import operator
from moderation.evidence.packs import register
from moderation.lifecycle import DisclosureState
from moderation.queries import disclosures
from moderation.tables import AuditBodyRow, CaseMemberRow, DisclosureRow, JobRow, PackKind, UserRow
from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.rich import POLICE
from tests.world import NOW, ORG, OTHER_ORG, Author


def _item(house: House) -> str:
    item = house.item(author=Author("a-77", "@thorn"))
    house.evidence(item)
    return f"item:{item.id}"


def _lines(house: House, verb: str) -> list[AuditBodyRow]:
    with house.world.store.reading() as session:
        return list(session.scalars(select(AuditBodyRow).where(AuditBodyRow.verb == verb)))


def _count(house: House, table: type) -> int:
    with house.world.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_pack_has_a_number_a_recipient_and_an_authority(house: House) -> None:
    comms = house.world.actor(Role.COMMS_MODERATOR)
    row = house.asked(house.ask(_item(house), comms).ref)
    assert row.ref == "D-2026-0001"
    assert (row.recipient, row.authority) == ("Sgt Kim Bell", "Her letter")
    assert (row.requested_by, row.requested_at) == (comms.ref, NOW)
    assert (row.about, row.subject) == ("item:1", "item:1")


def test_a_form_sent_again_is_the_same_pack_and_one_job(house: House) -> None:
    what, comms = _item(house), house.world.actor(Role.COMMS_MODERATOR)
    first = house.ask(what, comms, form_id="form-0001")
    again = house.ask(what, comms, form_id="form-0001", recipient="Somebody else")
    assert (again.id, again.recipient) == (first.id, "Sgt Kim Bell")
    assert _count(house, DisclosureRow) == 1
    assert len(_lines(house, "pack.asked")) == 1
    with house.world.store.reading() as session:
        assert len(session.scalars(select(JobRow).where(JobRow.kind == "pack")).all()) == 1


def test_two_presses_at_the_same_moment_are_one_pack(house: House) -> None:
    what, comms = _item(house), house.world.actor(Role.COMMS_MODERATOR)
    found: list[int] = []
    presses = [
        threading.Thread(
            target=lambda: found.append(house.ask(what, comms, form_id="form-0001").id)
        )
        for _ in range(4)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert found == [found[0]] * 4
    assert _count(house, DisclosureRow) == 1


def test_anothers_form_is_no_way_to_their_pack(house: House) -> None:
    what = _item(house)
    house.ask(what, house.world.actor(Role.COMMS_MODERATOR), form_id="form-0001")
    with pytest.raises(InvalidInput, match="without its id"):
        house.ask(what, house.world.actor(Role.COMMS_LEAD), form_id="form-0001")
    with pytest.raises(InvalidInput, match="without its id"):
        house.ask(what, house.world.actor(Role.COMMS_LEAD), form_id="short")


@pytest.mark.parametrize("name", ["recipient", "authority"])
@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\0b"])
def test_it_needs_a_recipient_and_an_authority(sqlite_house: House, name: str, text: str) -> None:
    what = _item(sqlite_house)
    with pytest.raises(InvalidInput):
        sqlite_house.ask(what, operator(ORG), **{name: text})
    assert _count(sqlite_house, DisclosureRow) == 0


def test_each_step_is_a_line_in_the_chain_that_holds_no_name(house: House) -> None:
    lead = house.world.actor(Role.COMMS_LEAD)
    asked = house.ask(_item(house), lead)
    house.make()
    with house.world.store.transaction() as session:
        register.hand_over(
            session, asked.ref, to="Sgt Kim Bell, 4711", how="By hand", actor=lead, now=NOW
        )
    for verb in ("pack.asked", "disclosure.make", "pack.made", "pack.handed_over"):
        (line,) = _lines(house, verb)
        assert "Kim Bell" not in (line.body or "")
        assert "letter" not in (line.body or "")
    made, row = _lines(house, "pack.made")[0], house.asked(asked.ref)
    assert (made.actor, made.object) == (lead.ref, "item:1")
    assert json.loads(made.body or "")["detail"]["sha256"] == row.sha256
    assert (row.state, row.handed_to) == (DisclosureState.HANDED_OVER, "Sgt Kim Bell, 4711")
    assert (row.handed_by, row.handed_at) == (lead.ref, NOW)
    with house.world.store.reading() as session:
        assert audit.verify(session).broken_at == 0


def test_what_was_handed_over_is_not_handed_over_again_nor_withdrawn(house: House) -> None:
    lead = house.world.actor(Role.COMMS_LEAD)
    asked = house.ask(_item(house), lead)
    with pytest.raises(IllegalTransition), house.world.store.transaction() as session:
        register.hand_over(session, asked.ref, to="X", how="Y", actor=lead, now=NOW)
    house.make()
    with house.world.store.transaction() as session:
        register.hand_over(session, asked.ref, to="X", how="Y", actor=lead, now=NOW)
    for step in (
        lambda s: register.hand_over(s, asked.ref, to="Z", how="Y", actor=lead, now=NOW),
        lambda s: register.withdraw(s, asked.ref, reason="No", actor=lead, now=NOW),
        lambda s: register.ask_again(s, asked.ref, actor=lead, now=NOW),
    ):
        with pytest.raises(IllegalTransition), house.world.store.transaction() as session:
            step(session)
    assert house.asked(asked.ref).handed_to == "X"


def test_a_line_of_the_register_cannot_be_removed(house: House) -> None:
    house.ask(_item(house), operator(ORG))
    with pytest.raises(Exception, match="never shortened"):  # noqa: SIM117  two engines' errors
        with house.world.store.transaction() as session:
            session.execute(delete(DisclosureRow))


def test_who_lost_the_right_meanwhile_gets_no_pack(house: House) -> None:
    item = house.item()
    house.evidence(item)
    member = house.world.actor(Role.HR_ADVISER)
    asked = house.ask(house.case(item, members=(member,)), member)
    with house.world.store.transaction() as session:
        session.execute(delete(CaseMemberRow))
    house.make()
    row = house.asked(asked.ref)
    assert row.state is DisclosureState.FAILED
    assert "not yours to see" in row.why


def test_who_left_meanwhile_gets_no_pack(house: House) -> None:
    comms = house.world.actor(Role.COMMS_MODERATOR)
    asked = house.ask(_item(house), comms)
    with house.world.store.transaction() as session:
        session.get_one(UserRow, comms.user_id).active = False
    house.make()
    assert "no longer uses Watchroom" in house.asked(asked.ref).why


def _refs(house: House, actor: Actor) -> list[str]:
    with house.world.store.reading() as session:
        found = disclosures.list_disclosures(session, actor)
        assert found.is_last
        return [line.row.ref for line in found.lines]


def test_the_list_holds_what_a_person_may_see_newest_first(house: House) -> None:
    adviser, comms = house.world.actor(Role.HR_ADVISER), house.world.actor(Role.COMMS_LEAD)
    item = house.item(author=Author("a-77", "@thorn"))
    house.evidence(item)
    ref = house.case(item, members=(adviser,), police_consent="yes")
    of_item = house.ask(str(item.id), comms).ref
    of_case = house.ask(ref, adviser).ref
    police = house.ask(ref, adviser, **POLICE).ref
    police_item = house.ask(str(item.id), house.world.actor(Role.HR_LEAD), **POLICE).ref
    auditor = house.world.actor(Role.AUDITOR)
    access = house.ask("author:thorn", auditor, kind=PackKind.SUBJECT_ACCESS).ref
    board = house.ask("2026-Q4", house.world.actor(Role.HR_LEAD), kind=PackKind.STANDARDS_BOARD).ref
    assert _refs(house, comms) == [of_item]
    assert _refs(house, adviser) == [police_item, police, of_case, of_item]
    assert _refs(house, house.world.actor(Role.HR_LEAD)) == [board, police_item, of_item]
    assert _refs(house, auditor) == [board, access, police_item, police, of_case, of_item]
    assert _refs(house, house.world.actor(Role.ADMINISTRATOR)) == []
    assert _refs(house, house.world.actor(Role.AUDITOR, OTHER_ORG)) == []


def test_the_list_can_be_of_one_thing_and_says_who_asked(house: House) -> None:
    comms = house.world.actor(Role.COMMS_LEAD)
    first, second = _item(house), _item(house)
    for what in (first, second):
        house.ask(what, comms)
    with house.world.store.reading() as session:
        (line,) = disclosures.list_disclosures(session, comms, about=second).lines
    assert (line.row.about, line.asked_by, line.is_usable) == (second, comms.name, True)


def test_an_auditor_reads_every_line_and_fetches_no_file_of_others(house: House) -> None:
    auditor, comms = house.world.actor(Role.AUDITOR), house.world.actor(Role.COMMS_LEAD)
    asked = house.ask(_item(house), comms)
    house.make()
    with house.world.store.transaction() as session:
        line = disclosures.one_disclosure(session, auditor, asked.ref, now=NOW)
        assert (line.is_usable, line.asked_by) == (False, comms.name)
        with pytest.raises(NotFound):
            disclosures.download(session, auditor, asked.ref, now=NOW)
    assert len(_lines(house, "pack.view")) == 1


def test_whoever_may_use_a_pack_fetches_it_and_the_chain_says_so(house: House) -> None:
    comms = house.world.actor(Role.COMMS_LEAD)
    asked = house.ask(_item(house), comms)
    with house.world.store.transaction() as session, pytest.raises(Conflict, match="being made"):
        disclosures.download(session, comms, asked.ref, now=NOW)
    house.make()
    with house.world.store.transaction() as session:
        found = disclosures.download(session, comms, asked.ref, now=NOW + timedelta(hours=1))
    data = (house.settings.packs_dir / found.path).read_bytes()
    assert (found.name, found.size) == ("D-2026-0001.zip", len(data))
    (line,) = _lines(house, "pack.fetch")
    assert (line.actor, line.object) == (comms.ref, "item:1")


@pytest.mark.parametrize("role", [Role.COMMS_LEAD, Role.HR_LEAD, Role.ADMINISTRATOR])
def test_anothers_pack_is_not_found_by_any_door(house: House, role: Role) -> None:
    item = house.item()
    house.evidence(item)
    member = house.world.actor(Role.HR_ADVISER)
    asked = house.ask(house.case(item, members=(member,)), member)
    house.make()
    stranger = house.world.actor(role)
    for door in (
        lambda s: disclosures.one_disclosure(s, stranger, asked.ref, now=NOW),
        lambda s: disclosures.download(s, stranger, asked.ref, now=NOW),
        lambda s: register.hand_over(s, asked.ref, to="X", how="Y", actor=stranger, now=NOW),
        lambda s: register.withdraw(s, asked.ref, reason="X", actor=stranger, now=NOW),
        lambda s: register.ask_again(s, asked.ref, actor=stranger, now=NOW),
    ):
        with pytest.raises(NotFound), house.world.store.transaction() as session:
            door(session)
