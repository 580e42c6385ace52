"""Retention in the pages: holds where they belong, two people for a case, and what went."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation import holds
from moderation.access import system
from moderation.cases.opening import Opening, open_case
from moderation.lifecycle import CaseState
from moderation.policy_parts import Retention
from moderation.retention import proposals
from moderation.retention.erasing import Rules
from moderation.tables import CaseRow, ErasureRow, JobRow, LegalHoldRow
from tests.moderation.locks import unlocked
from tests.review_ui.world import HOME, World

WHY = "The coroner has asked for it in writing."
REASON = "Aimed at a firefighter by name, twice."


def begin(world: World, who: str, path: str, **more: str) -> int:
    browser = world.browser(who)
    form = {"form_id": world.form_id(), "why": "inquest", "reason": WHY, **more}
    return browser.post(path, form).status_code


def a_case(world: World) -> str:
    item_id = world.item()
    now = world.store.now()
    with world.store.transaction() as session:
        case = open_case(
            session,
            item_id,
            Opening(REASON),
            form_id=world.form_id(),
            actor=world.actor("hugh"),
            now=now,
        )
        return case.ref


def proposed(world: World) -> tuple[str, int]:
    """Return the reference of a closed case and the number of the proposal to erase it."""
    ref, now = a_case(world), world.store.now()
    with unlocked(world.store) as session:
        case = session.scalars(select(CaseRow)).one()
        case.state, case.closed_at = CaseState.CLOSED, now - timedelta(days=400)
    with world.store.transaction() as session:
        rules = Rules(Retention(), "1")
        [row] = proposals.propose(session, HOME, rules, actor=system("retention", HOME), now=now)
        return ref, row.id


def test_a_hold_begins_on_the_items_page_and_ends_there(world: World) -> None:
    item_id = world.item()
    assert begin(world, "asha", f"/items/{item_id}/hold") == 303
    with world.store.reading() as session:
        assert holds.held_items(session, [item_id])
        hold_id = session.scalars(select(LegalHoldRow.id)).one()
    said = world.browser("asha").get(f"/items/{item_id}").text
    assert "Nothing of it is erased while a hold is on it" in said
    assert WHY in said
    assert "End the hold" not in said, "an adviser begins a hold and does not end it"
    lead = world.browser("hugh")
    assert "End the hold" in lead.get(f"/items/{item_id}").text
    answer = lead.post(f"/holds/{hold_id}/end", {"reason": WHY, "item": str(item_id)})
    assert answer.headers["Location"] == f"/items/{item_id}"
    with world.store.reading() as session:
        assert not holds.held_items(session, [item_id])


def test_who_may_begin_none_sees_the_hold_and_no_button(world: World) -> None:
    item_id = world.item()
    assert begin(world, "hugh", f"/items/{item_id}/hold") == 303
    said = world.browser("dana").get(f"/items/{item_id}").text
    assert "Inquest" in said
    assert "Put it on hold" not in said
    assert begin(world, "dana", f"/items/{item_id}/hold") == 403


def test_a_hold_needs_its_reason(world: World) -> None:
    item_id = world.item()
    assert begin(world, "hugh", f"/items/{item_id}/hold", reason="because") == 400
    assert begin(world, "hugh", f"/items/{item_id}/hold", why="") == 400


def test_a_hold_on_a_case_is_shown_to_its_members_alone(world: World) -> None:
    ref = a_case(world)
    assert begin(world, "hugh", f"/cases/{ref}/hold") == 303
    assert WHY in world.browser("hugh").get(f"/cases/{ref}").text
    with world.store.reading() as session:
        item_id = session.scalars(select(LegalHoldRow)).one().case_id
    assert item_id is not None
    assert WHY not in world.browser("dana").get("/items/1").text


def test_two_people_approve_the_end_of_a_case(world: World) -> None:
    ref, number = proposed(world)
    first, second = world.browser("hugh"), world.browser("ina")
    assert ref in first.get("/retention").text
    assert first.post(f"/retention/{number}/approve").status_code == 303
    assert "You have approved it. A second person has to." in first.get("/retention").text
    assert first.post(f"/retention/{number}/approve").status_code == 409
    assert second.post(f"/retention/{number}/approve").status_code == 303
    row = world.read(ErasureRow, number)
    assert (row.first_by, row.second_by) == (
        f"user:{world.user_id('hugh')}",
        f"user:{world.user_id('ina')}",
    )
    with world.store.reading() as session:
        assert session.scalars(select(JobRow.ref).where(JobRow.kind == "erase")).all() == [
            f"erasure:{number}"
        ]


def test_a_case_is_kept_with_a_hold(world: World) -> None:
    ref, number = proposed(world)
    lead = world.browser("hugh")
    assert lead.post(f"/retention/{number}/keep", {"reason": WHY}).status_code == 303
    assert f"Case {ref}:" not in lead.get("/retention").text
    assert world.read(ErasureRow, number).why == WHY


def test_the_certificate_is_a_text_to_keep(world: World) -> None:
    _, number = proposed(world)
    with unlocked(world.store) as session:
        row = session.get_one(ErasureRow, number)
        row.done_at, row.first_by, row.second_by = world.store.now(), "user:1", "user:2"
        row.erased = [{"item": 1, "version": 1, "sha256": "a" * 64, "files": ["b" * 64]}]
    lead = world.browser("hugh")
    assert f"/retention/{number}/certificate" in lead.get("/retention").text
    answer = lead.get(f"/retention/{number}/certificate")
    assert answer.mimetype == "text/plain"
    assert f"erasure-{number}.txt" in answer.headers["Content-Disposition"]
    assert "a" * 64 in answer.text
    assert "b" * 64 in answer.text


@pytest.mark.parametrize("reason", ["", "short"])
def test_nothing_is_kept_without_a_reason(small_world: World, reason: str) -> None:
    _, number = proposed(small_world)
    answer = small_world.browser("hugh").post(f"/retention/{number}/keep", {"reason": reason})
    assert answer.status_code == 400
