"""The smaller pages: start, preferences, people, audit, help."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from moderation.access import Role
from moderation.tables import AuditBodyRow, UserRow, WebSessionRow
from review_ui import keys
from tests.review_ui.world import BY_ROLE, PASSWORD, World

HOME = {
    Role.COMMS_MODERATOR: "/queue",
    Role.COMMS_LEAD: "/queue",
    Role.HR_ADVISER: "/queue",
    Role.HR_LEAD: "/queue",
    Role.SAFEGUARDING_LEAD: "/queue",
    Role.BOARD_MEMBER: "/cases",
    Role.AUDITOR: "/audit",
    Role.ADMINISTRATOR: "/accounts",
}


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_leads_to_where_the_roles_work_begins(
    small_world: World, role: Role
) -> None:
    answer = small_world.browser(BY_ROLE[role]).get("/")
    assert answer.headers["Location"] == HOME[role]


def test_preferences_are_kept_and_hold_from_the_next_page_on(small_world: World) -> None:
    browser = small_world.browser("dana")
    assert 'id="key-sheet"' in browser.get("/help").text
    assert browser.post("/preferences", {"blur": "yes"}).status_code == 303
    page = browser.get("/help").text
    assert 'id="key-sheet"' not in page
    assert "keys.js" not in page
    assert "They are off." in page


def test_the_help_page_names_every_key_and_whom_to_tell(small_world: World) -> None:
    page = small_world.browser("dana").get("/help").text
    for key in keys.SHEET:
        assert key.does in page
    assert "ring 999" in page


def test_every_key_of_the_sheet_is_one_that_the_script_knows() -> None:
    script = Path(keys.__file__).with_name("static").joinpath("keys.js").read_text()
    for key in keys.SHEET:
        assert f'"{key.key}"' in script or f"\n  {key.key}: " in script, key.key


def test_a_person_is_added_and_can_sign_in(small_world: World) -> None:
    admin = small_world.browser("adam")
    form = {"name": "New Person", "email": "new@example.org", "role": "hr_lead",
            "password": PASSWORD}  # fmt: skip
    assert admin.post("/users/add", form).status_code == 303
    assert "New Person" in admin.get("/users").text
    assert small_world.browser().sign_in("new").status_code == 303


def test_an_administrator_cannot_change_their_own_role(small_world: World) -> None:
    adam = small_world.user_id("adam")
    admin = small_world.browser("adam")
    assert admin.post(f"/users/{adam}/role", {"role": "hr_lead"}).status_code == 409
    assert small_world.read(UserRow, adam).role is Role.ADMINISTRATOR


def test_an_auditor_gives_a_reason_before_reading_and_both_are_kept(world: World) -> None:
    item_id = world.item()
    browser = world.browser("ina")
    asked = browser.get(f"/items/{item_id}")
    assert asked.headers["Location"].startswith("/audit/reason?next=/items/")
    assert browser.post("/audit/reason", {"reason": "too short"}).status_code == 400
    form = {"reason": "Complaint 2026/114 of 19 November", "next": f"/items/{item_id}"}
    assert browser.post("/audit/reason", form).headers["Location"] == f"/items/{item_id}"
    assert browser.get(f"/items/{item_id}").status_code == 200
    with world.store.reading() as session:
        lines = session.execute(
            select(AuditBodyRow.verb, AuditBodyRow.body).where(
                AuditBodyRow.verb.in_(("item.look_reason", "item.view"))
            )
        ).all()
    assert {line.verb for line in lines} == {"item.look_reason", "item.view"}
    assert all("Complaint 2026/114" in line.body for line in lines)


def test_the_reason_opens_items_for_half_an_hour(small_world: World) -> None:
    browser = small_world.browser("ina")
    browser.post("/audit/reason", {"reason": "looking into a complaint"})
    assert browser.get("/queue").status_code == 200
    with small_world.store.transaction() as session:
        row = session.scalars(select(WebSessionRow)).one()
        past = small_world.store.now() - timedelta(seconds=1)
        look = {**row.data["look"], "until": past.isoformat()}
        session.execute(update(WebSessionRow).values(data={**row.data, "look": look}))
    assert browser.get("/queue").status_code == 303


def test_an_auditor_reads_but_never_acts(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("ina")
    browser.post("/audit/reason", {"reason": "looking into a complaint"})
    page = browser.get(f"/items/{item_id}").text
    assert 'id="decide"' not in page
    assert browser.post(f"/items/{item_id}/claim").status_code == 403


def test_audit_lines_are_shown_without_their_content_page_by_page(world: World) -> None:
    dana = world.browser("dana")
    secret = "words that only the item page shows"
    item_id = world.item()
    for _ in range(60):
        dana.post(f"/items/{item_id}/claim")
        dana.post(f"/items/{item_id}/release")
    form = {"outcome": "not_abuse", "not_abuse": "criticism", "reason": secret, "revision": "1",
            "form_id": world.form_id()}  # fmt: skip
    dana.post(f"/items/{item_id}/decide", form)
    browser = world.browser("ina")
    page = browser.get("/audit").text
    assert "Dana Price" in page
    assert secret not in page
    assert page.count("<tr") == 51
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert browser.get(older).status_code == 200
    narrowed = browser.get("/audit?verb=item.claim").text
    assert "took the item" in narrowed
    assert "signed in</a>" not in narrowed
