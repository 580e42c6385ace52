"""Signing in and out: one answer for every failure, and sessions that die for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from moderation import people
from moderation.tables import AuditBodyRow, SignInFailureRow, UserRow, WebSessionRow
from review_ui.sign_in import onward
from tests.review_ui.world import PASSWORD, Browser, World, address

EVIL = ["//evil.example", "/\\evil.example", "https:evil.example", "http://evil.example",
        "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "", "queue", "\\\\evil",
        "/%0a/evil.example@", " /queue"]  # fmt: skip


def _cookie(browser: Browser) -> str:
    cookie = browser.client.get_cookie("watchroom", domain="localhost")
    assert cookie is not None
    return cookie.value


def _sessions(world: World) -> list[WebSessionRow]:
    with world.store.reading() as session:
        return list(session.scalars(select(WebSessionRow)))


def test_a_person_with_the_right_password_gets_in_and_the_chain_says_so(world: World) -> None:
    browser = world.browser("dana")
    assert browser.get("/queue").status_code == 200
    with world.store.reading() as session:
        line = session.scalars(
            select(AuditBodyRow).where(AuditBodyRow.verb == "user.sign_in")
        ).one()
    assert line.actor == f"user:{world.user_id('dana')}"


def test_the_address_may_be_typed_in_capitals_with_spaces(small_world: World) -> None:
    browser = small_world.browser()
    answer = browser.post("/sign-in", {"email": " DANA@Example.org ", "password": PASSWORD})
    assert answer.status_code == 303


def test_unknown_wrong_and_closed_get_the_very_same_answer(small_world: World) -> None:
    with small_world.store.transaction() as session:
        session.execute(update(UserRow).where(UserRow.email == address("kit")).values(active=False))
    answers = []
    for name, password in (("dana", "wrong wrong wrong"), ("nobody", PASSWORD), ("kit", PASSWORD)):
        answer = small_world.browser().sign_in(name, password)
        answers.append((answer.status_code, _without_secrets(answer.text, address(name))))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 401


def _without_secrets(page: str, email: str) -> str:
    lines = [line for line in page.splitlines() if "nonce" not in line and "csrf" not in line]
    return "\n".join(lines).replace(email, "")


def test_an_unknown_address_costs_the_same_hashing_as_a_known_one(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    real = people.password_fits

    def count(password_hash: str, password: str) -> bool:
        checked.append(password_hash.rsplit("$", 2)[0])
        return real(password_hash, password)

    monkeypatch.setattr("review_ui.sign_in.people.password_fits", count)
    small_world.browser().sign_in("nobody", "wrong wrong wrong")
    small_world.browser().sign_in("dana", "wrong wrong wrong")
    assert len(checked) == 2
    assert checked[0] == checked[1]


def test_the_token_changes_at_sign_in_and_the_old_one_is_dead(small_world: World) -> None:
    browser = small_world.browser()
    browser.get("/sign-in")
    before = _cookie(browser)
    browser.sign_in("dana")
    assert _cookie(browser) != before
    assert len(_sessions(small_world)) == 1


def test_the_record_never_holds_the_cookies_token(small_world: World) -> None:
    browser = small_world.browser("dana")
    assert all(_cookie(browser) not in row.token_sha256 for row in _sessions(small_world))


def _copy(world: World, browser: Browser) -> Browser:
    copied = Browser(world.app.test_client())
    copied.client.set_cookie("watchroom", _cookie(browser), domain="localhost")
    return copied


def test_a_copied_cookie_is_dead_after_signing_out(small_world: World) -> None:
    browser = small_world.browser("dana")
    copied = _copy(small_world, browser)
    assert copied.get("/queue").status_code == 200
    assert browser.post("/sign-out").status_code == 303
    assert copied.get("/queue").status_code == 303
    assert browser.get("/queue").status_code == 303


def test_a_person_who_is_shut_out_is_out_with_the_next_request(small_world: World) -> None:
    browser = small_world.browser("dana")
    admin = small_world.browser("adam")
    admin.post(f"/users/{small_world.user_id('dana')}/deactivate")
    assert browser.get("/queue").status_code == 303
    assert small_world.browser().sign_in("dana").status_code == 401


def test_a_new_password_signs_the_person_out_everywhere(small_world: World) -> None:
    browser = small_world.browser("dana")
    admin = small_world.browser("adam")
    new = "another long sentence to use"
    admin.post(f"/users/{small_world.user_id('dana')}/password", {"password": new})
    assert browser.get("/queue").status_code == 303
    assert small_world.browser().sign_in("dana", new).status_code == 303


def _age(world: World, **columns: Any) -> None:
    with world.store.transaction() as session:
        session.execute(update(WebSessionRow).values(**columns))


def test_a_session_ends_after_half_an_hour_without_a_request(small_world: World) -> None:
    browser = small_world.browser("dana")
    now = small_world.store.now()
    _age(small_world, seen_at=now - timedelta(minutes=29))
    assert browser.get("/queue").status_code == 200
    _age(small_world, seen_at=now - timedelta(minutes=31))
    assert browser.get("/queue").status_code == 303


def test_a_session_ends_after_ten_hours_however_busy_it_was(small_world: World) -> None:
    browser = small_world.browser("dana")
    row = _sessions(small_world)[0]
    assert row.expires_at - row.created_at == timedelta(hours=10)
    _age(small_world, expires_at=small_world.store.now() - timedelta(seconds=1))
    assert browser.get("/queue").status_code == 303


def test_a_look_renews_the_session_at_most_once_a_minute(small_world: World) -> None:
    browser = small_world.browser("dana")
    browser.get("/help")
    now = small_world.store.now()
    _age(small_world, seen_at=now - timedelta(seconds=30))
    before = _sessions(small_world)[0].seen_at
    browser.get("/help")
    assert _sessions(small_world)[0].seen_at == before
    _age(small_world, seen_at=now - timedelta(seconds=90))
    browser.get("/help")
    assert _sessions(small_world)[0].seen_at > now - timedelta(seconds=10)


def test_guessing_at_one_address_is_slowed_down_even_with_the_right_password(world: World) -> None:
    browser = world.browser()
    for _ in range(5):
        assert browser.sign_in("dana", "wrong wrong wrong").status_code == 401
    assert browser.sign_in("dana").status_code == 429
    assert world.browser("lee").get("/queue").status_code == 200


def test_guessing_at_an_address_nobody_has_is_slowed_down_alike(small_world: World) -> None:
    browser = small_world.browser()
    statuses = [browser.sign_in("nobody", "wrong wrong wrong").status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_a_whole_office_behind_one_address_can_sign_in_at_nine(small_world: World) -> None:
    for _ in range(27):
        assert small_world.browser().sign_in("dana").status_code == 303


def test_a_source_that_tries_many_addresses_is_slowed_down(small_world: World) -> None:
    browser = small_world.browser()
    for number in range(25):
        assert browser.sign_in(f"person{number}", "wrong wrong wrong").status_code == 401
    assert browser.sign_in("dana").status_code == 429


def test_failures_are_forgotten_after_a_quarter_of_an_hour(small_world: World) -> None:
    browser = small_world.browser()
    for _ in range(5):
        browser.sign_in("dana", "wrong wrong wrong")
    with small_world.store.transaction() as session:
        session.execute(
            update(SignInFailureRow).values(at=small_world.store.now() - timedelta(minutes=16))
        )
    assert browser.sign_in("dana").status_code == 303


def test_no_failure_is_kept_under_a_persons_address(small_world: World) -> None:
    small_world.browser().sign_in("dana", "wrong wrong wrong")
    with small_world.store.reading() as session:
        keys = session.scalars(select(SignInFailureRow.key)).all()
    assert keys
    assert not [key for key in keys if "dana" in key or "127.0.0.1" in key]


@pytest.mark.parametrize("address_", EVIL)
def test_signing_in_never_leads_to_another_site(small_world: World, address_: str) -> None:
    answer = small_world.browser().sign_in("dana", next=address_)
    assert answer.headers["Location"] == "/"


@given(st.text(max_size=60))
def test_onward_stays_on_this_site_whatever_is_asked(asked: str) -> None:
    found = onward(asked)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert not set(found) & set("\\\r\n\t@: ")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(small_world: World) -> None:
    browser = small_world.browser()
    asked = browser.get("/queue?severity=4").headers["Location"]
    assert "next=" in asked
    assert browser.sign_in("dana", next="/queue?severity=4").headers["Location"] == (
        "/queue?severity=4"
    )


def test_looking_at_the_sign_in_page_while_signed_in_goes_on(small_world: World) -> None:
    answer = small_world.browser("dana").get("/sign-in?next=/queue")
    assert answer.headers["Location"] == "/queue"
