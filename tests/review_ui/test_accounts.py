"""The accounts page tells the truth about each account, and lets the right people stop one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation import accounts
from moderation.access import system
from moderation.accounts import NewAccount
from moderation.accounts.health import Health
from moderation.model import Unreadable
from moderation.tables import AccountRow, AccountStatus
from review_ui.account_words import HEALTH
from tests.review_ui.test_quarantine import hold
from tests.review_ui.world import AWAY, HOME, World

WHY = "The page is being moved to another owner."


def account(world: World, org: str = HOME) -> AccountRow:
    with world.store.reading() as session:
        return session.scalars(
            select(AccountRow).where(AccountRow.org_id == org, AccountRow.key == "page")
        ).one()


def fail(world: World, why: str, times: int = 1) -> None:
    with world.store.transaction() as session:
        for _ in range(times):
            accounts.note_failure(session, account(world).id, why, now=world.store.now())


def test_every_health_has_its_word() -> None:
    assert set(HEALTH) == set(Health)


def test_an_account_that_is_read_says_when(small_world: World) -> None:
    at = small_world.store.now() - timedelta(minutes=3)
    with small_world.store.transaction() as session:
        accounts.note_polled(session, account(small_world).id, "comments", now=at)
    shown = small_world.browser("dana").get("/accounts").text
    assert "Northmoor page" in shown
    assert "Being read" in shown
    assert "(3 minutes ago)" in shown
    assert "Elsewhere page" not in shown


def test_failures_are_told_with_their_number_and_reason(small_world: World) -> None:
    fail(small_world, "The platform did not answer.", times=4)
    shown = small_world.browser("dana").get("/accounts").text
    assert "The last 4 tries failed. The platform did not answer. It is tried again" in shown


def test_lost_access_says_what_to_do(small_world: World) -> None:
    with small_world.store.transaction() as session:
        accounts.lose_access(
            session, account(small_world).id, "The token has expired", now=small_world.store.now()
        )
    shown = small_world.browser("lee").get("/accounts").text
    assert "Access lost" in shown
    assert "The token has expired. Renew the access on the platform" in shown
    assert "/accounts/page/resume" in shown


def test_an_account_that_is_not_read_for_long_is_late(small_world: World) -> None:
    with small_world.store.transaction() as session:
        at = small_world.store.now() - timedelta(hours=7)
        accounts.note_polled(session, account(small_world).id, "comments", now=at)
    shown = small_world.browser("dana").get("/accounts").text
    assert "Not read for 7 hours. Check that the worker runs." in shown


def test_an_account_filled_from_files_is_never_said_to_be_read_late(small_world: World) -> None:
    with small_world.store.transaction() as session:
        accounts.add(
            session,
            NewAccount("old", "facebook", "Old comments", "import", {}),
            actor=system("command-line", HOME),
            now=small_world.store.now() - timedelta(days=30),
        )
    shown = small_world.browser("lee").get("/accounts").text
    assert "Filled from files" in shown
    assert "Ready" in shown
    assert ">Late<" not in shown
    assert "/accounts/old/pause" not in shown


def test_what_needs_a_person_stands_first(small_world: World) -> None:
    with small_world.store.transaction() as session:
        for key, name in (("a", "An account"), ("z", "Zebra page")):
            accounts.add(
                session,
                NewAccount(key, "x", name, "replay", {}),
                actor=system("command-line", HOME),
                now=small_world.store.now(),
            )
    fail(small_world, "The platform did not answer.")
    shown = small_world.browser("dana").get("/accounts").text
    places = [shown.index(name) for name in ("Northmoor page", "An account", "Zebra page")]
    assert places == sorted(places)


def test_quarantined_records_are_counted_with_a_way_to_them(small_world: World) -> None:
    hold(small_world, Unreadable(b"{", "The line is not valid JSON."))
    assert "Could not be taken in" in small_world.browser("dana").get("/accounts").text


def test_a_lead_pauses_and_resumes_an_account(world: World) -> None:
    lead = world.browser("lee")
    assert lead.post("/accounts/page/pause", {"reason": WHY}).status_code == 303
    assert account(world).status is AccountStatus.PAUSED
    shown = lead.get("/accounts").text
    assert f"Paused: {WHY} Nothing is read until somebody resumes it." in shown
    assert lead.post("/accounts/page/resume").status_code == 303
    assert account(world).status is AccountStatus.OK
    assert account(world, AWAY).status is AccountStatus.OK


def test_a_pause_needs_a_reason(small_world: World) -> None:
    lead = small_world.browser("lee")
    assert lead.post("/accounts/page/pause", {"reason": "short"}).status_code == 400
    assert account(small_world).status is AccountStatus.OK


def test_an_account_that_does_not_exist_is_not_found(small_world: World) -> None:
    assert small_world.browser("lee").post("/accounts/none/resume").status_code == 404


@pytest.mark.parametrize("name", ["dana", "asha"])
def test_others_see_no_button_and_are_refused(small_world: World, name: str) -> None:
    browser = small_world.browser(name)
    assert "/accounts/page/pause" not in browser.get("/accounts").text
    assert browser.post("/accounts/page/pause", {"reason": WHY}).status_code == 403
    assert account(small_world).status is AccountStatus.OK


def test_an_account_without_a_name_that_is_safe_is_shown_as_text(small_world: World) -> None:
    fail(small_world, "<script>alert(1)</script>")
    shown = small_world.browser("dana").get("/accounts").text
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
