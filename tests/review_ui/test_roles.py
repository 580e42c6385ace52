"""Every role at every page: the expected answers stand in role_routes.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from moderation.access import Role
from moderation.tables import Base
from review_ui import navigation, routes, shell
from tests.review_ui.world import BY_ROLE, World

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("role_routes.toml").read_text()
)
STATIC = "static"


def _rules(world: World) -> Iterator[tuple[str, Rule]]:
    """Return every page; signing out comes last, for it ends the browser's session."""
    for rule in sorted(
        world.app.url_map.iter_rules(),
        key=lambda rule: (rule.endpoint == "sign_in.leave", rule.rule),
    ):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint != STATIC:
                yield method, rule


def _values(world: World) -> dict[str, Any]:
    """Return real ids for the addresses: an item that every role with items may see."""
    item_id = world.item(urgent=True, severity=4)
    return {
        "item_id": item_id,
        "action_id": 999_999,
        "asked_id": 999_999,
        "hold_id": 999_999,
        "erasure_id": 999_999,
        "evidence_id": 999_999,
        "addition_id": 999_999,
        "user_id": world.user_id("kit"),
        "quarantine_id": 999_999,
        "kind": "hide",
        "ref": "C-00000000",
        "event": "start_triage",
        "key": "no-such-account",
        "job_id": 999_999,
        "word_id": 999_999,
        "week_name": "2026-W47",
        "org_id": "northmoor",
    }


def _address(world: World, rule: Rule, values: dict[str, Any]) -> str:
    wanted = {name: values[name] for name in rule.arguments}
    with world.app.test_request_context(base_url="http://127.0.0.1"):
        built: str = world.app.url_map.bind("127.0.0.1").build(rule.endpoint, wanted)
    return built


def _answer_for(row: dict[str, Any], role: Role) -> int:
    allowed = row.get("everybody") or row.get("open") or role.value in row.get("roles", ())
    if role.value in row:
        return int(row[role.value])
    return int(row["answer"]) if allowed else 403


def test_every_page_has_a_row_and_every_row_a_page(small_world: World) -> None:
    pages = {f"{method} {rule.rule}" for method, rule in _rules(small_world)}
    assert pages == set(EXPECTED)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_from_each_page_what_the_table_says(small_world: World, role: Role) -> None:
    values = _values(small_world)
    wrong = []
    browser = small_world.browser(BY_ROLE[role])
    for method, rule in _rules(small_world):
        expected = _answer_for(EXPECTED[f"{method} {rule.rule}"], role)
        path = _address(small_world, rule, values)
        answer = browser.get(path) if method == "GET" else browser.post(path)
        if answer.status_code != expected:
            wrong.append(f"{method} {rule.rule}: {answer.status_code}, not {expected}")
    assert not wrong, "\n".join(wrong)


def test_nobody_signed_in_gets_past_the_sign_in_page(small_world: World) -> None:
    values = _values(small_world)
    browser = small_world.browser()
    for method, rule in _rules(small_world):
        if EXPECTED[f"{method} {rule.rule}"].get("open"):
            continue
        path = _address(small_world, rule, values)
        answer = browser.get(path) if method == "GET" else browser.post(path)
        assert answer.status_code == 303, f"{method} {path}"
        assert answer.headers["Location"].startswith("/sign-in"), f"{method} {path}"


def test_every_unsafe_page_refuses_a_form_without_its_token(small_world: World) -> None:
    values = _values(small_world)
    browser = small_world.browser(BY_ROLE[Role.COMMS_LEAD])
    for method, rule in _rules(small_world):
        # A platform's delivery carries a signature over its bytes instead of a form's token.
        if method == "GET" or rule.endpoint == "hooks.receive":
            continue
        answer = browser.client.post(
            _address(small_world, rule, values), data={"form_id": "x" * 20}
        )
        assert answer.status_code == 400, f"{method} {rule.rule}"
        assert "Send the form again" in answer.text, f"{method} {rule.rule}"


def test_a_token_of_another_session_is_refused(small_world: World) -> None:
    item_id = small_world.item()
    stolen = small_world.browser("dana").token()
    answer = small_world.browser("lee").client.post(
        f"/items/{item_id}/claim", data={"csrf_token": stolen}
    )
    assert answer.status_code == 400


def test_reading_every_page_changes_nothing_but_what_a_look_leaves(small_world: World) -> None:
    values = _values(small_world)
    for role in Role:
        browser = small_world.browser(BY_ROLE[role])
        before = _record(small_world)
        for method, rule in _rules(small_world):
            if method == "GET" and rule.endpoint != "sign_in.show":
                browser.get(_address(small_world, rule, values))
        assert _record(small_world) == before, role


def _record(world: World) -> dict[str, list[Any]]:
    """Return every row of the record, apart from what a look or a session may change."""
    left_out = {"web_session", "audit_body", "audit_entry", "audit_head"}
    with world.store.reading() as session:
        return {
            table.name: [
                tuple(value for key, value in row.items() if key != "first_look_at")
                for row in session.execute(select(table)).mappings()
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in left_out
        }


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_of_a_role_leads_only_to_pages_it_can_open(small_world: World, role: Role) -> None:
    browser = small_world.browser(BY_ROLE[role])
    with small_world.app.test_request_context("/"):
        entries = navigation.entries(_person(small_world, BY_ROLE[role]), "/")
    assert entries
    for entry in entries:
        answer = browser.get(entry.href)
        assert answer.status_code in {200, 303}, entry.href


def _person(world: World, name: str) -> shell.Person:
    return shell.Person(world.actor(name), "", blur=True, single_keys=True, org_name="", demo=True)


def test_a_change_of_role_holds_from_the_next_request_on(small_world: World) -> None:
    browser = small_world.browser("dana")
    assert browser.get("/queue").status_code == 200
    admin = small_world.browser("adam")
    dana = small_world.user_id("dana")
    assert admin.post(f"/users/{dana}/role", {"role": "board_member"}).status_code == 303
    assert browser.get("/queue").status_code == 403


def test_the_open_pages_are_exactly_those_that_need_nobody(small_world: World) -> None:
    opened = {name for name, row in EXPECTED.items() if row.get("open")}
    endpoints = {
        f"{method} {rule.rule}"
        for method, rule in _rules(small_world)
        if rule.endpoint in routes.OPEN_TO_ALL
    }
    assert endpoints == opened
