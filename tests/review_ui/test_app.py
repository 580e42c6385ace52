"""The app as a whole: errors and their answers, hosts, limits, headers, health."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from moderation import errors
from moderation.errors import ModerationError, StoreError
from moderation.policy import Policy
from moderation.store import Store
from review_ui import failures
from review_ui.app import create_app
from tests.review_ui.world import PASSWORD, World, address, build, fill, settings


def _tree(kind: type[ModerationError]) -> Iterator[type[ModerationError]]:
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child
        yield from _tree(child)


def test_every_error_has_a_status() -> None:
    assert set(failures.STATUS) == set(_tree(ModerationError))


def test_an_error_that_is_not_listed_answers_like_the_one_it_descends_from() -> None:
    class Busy(errors.ClaimedByOther):
        """A child of a child."""

    assert failures.status_of(Busy("later")) == 409


@pytest.mark.parametrize(("path", "status"), [("/nothing-here", 404), ("/items/999999", 404)])
def test_what_is_not_there_is_said_in_a_page_of_the_layout(
    small_world: World, path: str, status: int
) -> None:
    answer = small_world.browser("lee").get(path)
    assert answer.status_code == status
    assert "Skip to main content" in answer.text


def test_an_unknown_path_tells_nobody_signed_in_as_little_as_the_sign_in_page_does(
    small_world: World,
) -> None:
    answer = small_world.browser().get("/nothing-here")
    assert answer.status_code == 404
    assert "Queue" not in answer.text


def test_a_wrong_method_is_refused_and_the_right_ones_are_named(small_world: World) -> None:
    item_id = small_world.item()
    answer = small_world.browser("lee").get(f"/items/{item_id}/claim")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_refused_form_gives_back_what_was_written(small_world: World) -> None:
    item_id = small_world.item()
    written = "a reason that took somebody ten minutes to write"
    answer = small_world.browser("lee").post(
        f"/items/{item_id}/decide", {"outcome": "abuse", "reason": written, "revision": "1"}
    )
    assert answer.status_code == 400
    assert written in answer.text
    assert f'href="/items/{item_id}"' in answer.text


def test_a_refused_sign_in_never_shows_the_password(small_world: World) -> None:
    browser = small_world.browser()
    for _ in range(7):
        answer = browser.sign_in("dana", "my secret words that are wrong")
    assert answer.status_code == 429
    assert "my secret words" not in answer.text


def test_an_unforeseen_failure_shows_no_inside(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = small_world.browser("lee")

    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("inside knowledge")

    monkeypatch.setattr("review_ui.queue.reader.counts", break_down)
    answer = browser.get("/queue")
    assert answer.status_code == 500
    assert "inside knowledge" not in answer.text
    assert "Something went wrong" in answer.text


def test_a_record_that_is_away_is_said_to_be_away(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = small_world.browser("lee")

    def lose(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", None, Exception("gone"))

    monkeypatch.setattr("review_ui.queue.reader.counts", lose)
    assert browser.get("/queue").status_code == 503
    monkeypatch.setattr("review_ui.sessions.signing_in.find", lose)
    assert browser.get("/queue").status_code == 503


def test_health_says_ok_and_needs_nobody(small_world: World) -> None:
    answer = small_world.browser().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_health_says_when_the_record_is_away(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose() -> None:
        raise StoreError("The database does not answer.")

    monkeypatch.setattr(small_world.store, "check", lose)
    assert small_world.browser().get("/healthz").status_code == 503


def test_another_host_name_is_refused(small_world: World) -> None:
    answer = small_world.browser().get("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_forwarded_host_changes_no_address(sqlite_store: Store, tmp_path: Path) -> None:
    world = build(sqlite_store, tmp_path, base_url="https://watchroom.example.org")
    answer = world.browser().get(
        "/queue",
        headers={"Host": "watchroom.example.org", "X-Forwarded-Host": "evil.example"},
    )
    assert answer.status_code == 303
    assert "evil" not in answer.headers["Location"]


def test_a_form_that_is_too_large_is_refused(small_world: World) -> None:
    answer = small_world.browser("lee").client.post("/preferences", data={"x": "y" * 3_000_000})
    assert answer.status_code == 413


def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(small_world: World) -> None:
    browser = small_world.browser("lee")
    for path in ("/queue", "/preferences", "/help", "/nothing-here"):
        assert browser.get(path).headers["Cache-Control"] == "no-store"


def test_the_form_key_is_made_once_and_shared_by_processes(
    sqlite_store: Store, tmp_path: Path
) -> None:
    fill(sqlite_store)
    apps = [create_app(sqlite_store, settings(tmp_path), Policy.load()) for _ in range(2)]
    assert apps[0].secret_key == apps[1].secret_key
    assert (tmp_path / "keys" / "web.key").stat().st_mode & 0o077 == 0
    assert len(list((tmp_path / "keys").iterdir())) == 1


def test_over_https_the_cookie_is_bound_to_the_host(sqlite_store: Store, tmp_path: Path) -> None:
    world = build(sqlite_store, tmp_path, base_url="https://watchroom.example.org")
    client = world.app.test_client()
    base = "https://watchroom.example.org"
    page = client.get("/sign-in", base_url=base)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post(
        "/sign-in",
        base_url=base,
        data={"csrf_token": token, "email": address("dana"), "password": PASSWORD},
    )
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-watchroom=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
