"""Who may pack what; the same answer for what is missing and for what is another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.access import Actor, Role, system
from moderation.errors import NotAllowed, NotFound
from moderation.evidence.contents import operator
from moderation.tables import ItemRow
from tests.moderation.evidence.making import House
from tests.world import ORG, OTHER_ORG


def _refused(house: House, what: str, actor: Actor, error: type[Exception]) -> None:
    with pytest.raises(error):
        house.pack(what, house.settings.data_dir / "p.zip", actor)


def test_a_case_is_packed_by_its_members_alone(house: House, tmp_path: Path) -> None:
    item = house.item()
    house.evidence(item)
    member = house.world.actor(Role.HR_ADVISER)
    ref = house.case(item, members=(member,))
    assert house.pack(ref, tmp_path / "p.zip", member).records == 1
    _refused(house, ref, house.world.actor(Role.HR_LEAD), NotFound)
    for role in (Role.COMMS_LEAD, Role.ADMINISTRATOR, Role.AUDITOR):
        _refused(house, ref, house.world.actor(role), NotAllowed)


def test_a_contact_that_staff_logged_is_packed_by_members_of_its_case(
    house: House, tmp_path: Path
) -> None:
    item = house.item()
    row = house.evidence(item)
    with house.world.store.transaction() as session:
        session.get_one(ItemRow, item.id).restricted = True
    member = house.world.actor(Role.HR_ADVISER)
    house.case(item, members=(member,))
    assert house.pack(row.ref, tmp_path / "p.zip", member).records == 1
    for what in (str(item.id), row.ref):
        _refused(house, what, house.world.actor(Role.COMMS_LEAD), NotFound)


def test_another_organisations_evidence_is_not_found(house: House) -> None:
    item = house.item()
    row = house.evidence(item)
    ref = house.case(item)
    stranger = house.world.actor(Role.HR_LEAD, OTHER_ORG)
    for what in (str(item.id), row.ref, ref):
        _refused(house, what, stranger, NotFound)


def test_a_role_without_the_right_to_capture_may_not_pack(house: House) -> None:
    item = house.item()
    house.evidence(item)
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.BOARD_MEMBER):
        _refused(house, str(item.id), house.world.actor(role), NotAllowed)


def test_the_command_line_packs_within_its_own_organisation(house: House, tmp_path: Path) -> None:
    item = house.item(org_id=OTHER_ORG)
    row = house.evidence(item)
    for what in (str(item.id), row.ref, house.case(item)):
        _refused(house, what, operator(ORG), NotFound)
        assert house.pack(what, tmp_path / "p.zip", operator(OTHER_ORG)).records == 1


def test_another_part_of_the_system_is_no_operator(house: House) -> None:
    item = house.item()
    house.evidence(item)
    _refused(house, str(item.id), system("triage", ORG), NotAllowed)
    _refused(house, house.case(item), system("triage", ORG), NotAllowed)
