"""The database's own locks: every door past the code to an act without evidence is shut."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation.access import Role
from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.tables import ItemRow, PlatformActionRow
from tests.moderation.deeds import add_own_evidence, captured_abuse, decide, form, request
from tests.world import NOW, REASON, World

NOTHING_FIRST = "nothing is taken down before its evidence is captured"
SEALED = "sealed evidence is never changed"
TURNED = "an action is never turned into another"
KINDS = ("hide", "delete", "report", "block")
INSERT = """INSERT INTO platform_action (org_id, item_id, decision_id, evidence_id, kind,
    generation, state, reason, requested_by, requested_at, reference, says, form_id)
    SELECT i.org_id, i.id, (SELECT max(d.id) FROM decision d WHERE d.item_id = i.id), {evidence},
    :kind, 7, 'planned', 'r', 1, 1, '', '', 'form-by-hand-000001' FROM item i WHERE i.id = :item"""
ITS_OWN = "(SELECT e.id FROM evidence_record e WHERE e.item_id = i.id)"
NEIGHBOURS = "(SELECT e.id FROM evidence_record e WHERE e.item_id <> i.id AND e.state = 'captured')"
OTHER_ACTS = (
    "UPDATE platform_action SET kind = 'delete'",
    "UPDATE platform_action SET evidence_id = NULL",
    "UPDATE platform_action SET evidence_id = (SELECT min(e.id) FROM evidence_record e "
    "WHERE e.state = 'wanted')",
    "UPDATE platform_action SET item_id = (SELECT max(i.id) FROM item i)",
    "UPDATE platform_action SET decision_id = decision_id + 1",
)
OTHER_SEALS = (
    "UPDATE evidence_record SET state = 'wanted' WHERE state = 'captured'",
    "UPDATE evidence_record SET state = 'failed' WHERE state = 'captured'",
    "UPDATE evidence_record SET sha256 = 'b' WHERE state = 'captured'",
    "UPDATE evidence_record SET sha256 = NULL WHERE state = 'captured'",
    "UPDATE evidence_record SET size = 1 WHERE state = 'captured'",
    "UPDATE evidence_record SET path = 'elsewhere' WHERE state = 'captured'",
    "UPDATE evidence_record SET captured_at = captured_at + 1 WHERE state = 'captured'",
    "UPDATE evidence_record SET item_id = item_id + 1 WHERE state = 'captured'",
    "UPDATE evidence_record SET version_seq = version_seq + 1 WHERE state = 'captured'",
    "UPDATE evidence_record SET ref = 'EV-0000-000000' WHERE state = 'captured'",
)
OTHER_ADDITIONS = (
    "UPDATE evidence_addition SET file_sha256 = 'b'",
    "UPDATE evidence_addition SET sha256 = 'b'",
    "UPDATE evidence_addition SET added_by = 'user:2'",
    "UPDATE evidence_addition SET item_id = item_id + 1",
)


def run(world: World, statement: str, **values: Any) -> None:
    with world.store.transaction() as session:
        session.execute(text(statement), values)


def refused(world: World, statement: str, says: str, **values: Any) -> None:
    with pytest.raises(DBAPIError, match=says):
        run(world, statement, **values)


@pytest.fixture
def wanted(world: World) -> ItemRow:
    """An item found to be abuse, its evidence wanted; a neighbour's is captured."""
    with world.store.transaction() as session:
        world.capture(session, world.item(session, "another one"))
        item = world.item(session)
        decide(world, session, item)
        return item


@pytest.fixture
def acted(world: World) -> PlatformActionRow:
    """A hide that rests on captured evidence."""
    with world.store.transaction() as session:
        return request(world, session, captured_abuse(world, session))


@pytest.mark.parametrize("evidence", [ITS_OWN, NEIGHBOURS, "999999", "NULL"])
def test_no_statement_inserts_an_act_without_captured_evidence_of_that_item(
    world: World, wanted: ItemRow, evidence: str
) -> None:
    for kind in KINDS:
        statement = INSERT.format(evidence=evidence)
        refused(world, statement, NOTHING_FIRST, kind=kind, item=wanted.id)


def test_evidence_that_was_erased_carries_no_new_act(world: World) -> None:
    with world.store.transaction() as session:
        item = captured_abuse(world, session)
    run(world, "UPDATE evidence_record SET erased_at = 1")
    refused(world, INSERT.format(evidence=ITS_OWN), NOTHING_FIRST, kind="hide", item=item.id)


def test_wanted_evidence_is_not_called_captured_without_its_seal(
    world: World, wanted: ItemRow
) -> None:
    statement = "UPDATE evidence_record SET state = 'captured' WHERE state = 'wanted'"
    refused(world, statement, "captured_is_complete")


def test_a_row_that_may_stand_without_evidence_is_not_turned_into_one_that_may_not(
    world: World, wanted: ItemRow
) -> None:
    run(world, INSERT.format(evidence="NULL"), kind="unhide", item=wanted.id)
    refused(world, "UPDATE platform_action SET kind = 'delete'", TURNED)


def test_an_act_is_not_moved_to_other_evidence_kind_item_or_decision(
    world: World, acted: PlatformActionRow
) -> None:
    with world.store.transaction() as session:
        world.item(session, "one whose evidence is wanted")
    for statement in OTHER_ACTS:
        refused(world, statement, TURNED)


def test_captured_evidence_is_not_uncaptured_moved_or_altered(
    world: World, acted: PlatformActionRow
) -> None:
    for statement in OTHER_SEALS:
        refused(world, statement, SEALED)


def test_evidence_is_never_deleted_captured_or_not(world: World, wanted: ItemRow) -> None:
    for statement in (
        "DELETE FROM evidence_record WHERE state = 'captured'",
        "DELETE FROM evidence_record WHERE state = 'wanted'",
    ):
        refused(world, statement, "evidence is never removed")


def test_an_addition_is_neither_altered_nor_deleted(world: World, wanted: ItemRow) -> None:
    with world.store.transaction() as session:
        add_own_evidence(session, wanted, world.actor(Role.COMMS_MODERATOR))
    for statement in OTHER_ADDITIONS:
        refused(world, statement, SEALED)
    refused(world, "DELETE FROM evidence_addition", "evidence is never removed")


def test_the_session_is_no_back_door_either(world: World, wanted: ItemRow) -> None:
    def sneak(session: Session) -> None:
        session.add(
            PlatformActionRow(
                org_id=wanted.org_id, item_id=wanted.id, decision_id=1, evidence_id=None,
                kind=ActionKind.UNHIDE, generation=1, state=ActionState.PLANNED, reason=REASON,
                requested_by=1, requested_at=NOW, form_id=form(),
            )
        )  # fmt: skip
        session.flush()
        session.execute(text("UPDATE platform_action SET kind = 'hide'"))

    with (
        pytest.raises(DBAPIError, match=TURNED),
        world.store.transaction() as session,
    ):
        sneak(session)
