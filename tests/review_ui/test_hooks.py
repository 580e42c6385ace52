"""What platforms push is believed for its signature alone, kept once, and answered when kept."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from moderation.accounts import secret_store
from moderation.accounts.sealing import SealingKeys
from moderation.tables import AccountRow, DeliveryRow, JobRow
from review_ui import shell
from tests.review_ui.world import Browser, World

PATH = "/hooks/northmoor/page"
APP_SECRET = "an app secret"
WORD = "a word that we agreed on"


@pytest.fixture
def hooked(small_world: World) -> World:
    """Return a world whose page has the secrets of a hook."""
    settings = small_world.app.extensions[shell.KEY].settings
    keys = SealingKeys.of(settings.secrets_key_path)
    now = small_world.store.now()
    with small_world.store.transaction() as session:
        row = session.scalars(select(AccountRow).where(AccountRow.org_id == "northmoor")).one()
        for name, value in (("app_secret", APP_SECRET), ("verify_token", WORD)):
            secret_store.put(session, keys, row.id, name, value, now=now)
    return small_world


def body_of(world: World, *, hours_ago: float = 0.0, text: str = "Useless äöå") -> bytes:
    at = (world.store.now() - timedelta(hours=hours_ago)).timestamp()
    # Meta sends and signs the escaped form.
    return json.dumps({"object": "page", "entry": [{"id": "1", "time": at, "t": text}]}).encode()


def post(browser: Browser, body: bytes, secret: str = APP_SECRET, path: str = PATH) -> Any:
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": signature}
    return browser.client.post(path, data=body, headers=headers, content_type="application/json")


def kept(world: World) -> list[bytes]:
    with world.store.reading() as session:
        return list(session.scalars(select(DeliveryRow.raw).order_by(DeliveryRow.id)))


def test_a_signed_delivery_is_kept_as_it_came_with_a_job_to_read_it(hooked: World) -> None:
    body = body_of(hooked)
    assert post(hooked.browser(), body).status_code == 200
    assert kept(hooked) == [body]
    with hooked.store.reading() as session:
        assert session.scalars(select(JobRow.kind)).all() == ["deliver"]


def test_a_delivery_sent_ten_times_is_kept_once_and_answered_each_time(hooked: World) -> None:
    body, browser = body_of(hooked), hooked.browser()
    assert {post(browser, body).status_code for _ in range(10)} == {200}
    assert kept(hooked) == [body]


def test_a_delivery_that_is_a_day_late_is_kept(hooked: World) -> None:
    assert post(hooked.browser(), body_of(hooked, hours_ago=24)).status_code == 200


@pytest.mark.parametrize(
    "secret", ["another secret", ""], ids=["signed by somebody else", "signed with nothing"]
)
def test_a_signature_that_does_not_fit_is_refused_and_nothing_is_kept(
    hooked: World, secret: str
) -> None:
    assert post(hooked.browser(), body_of(hooked), secret).status_code == 401
    assert kept(hooked) == []


def test_one_changed_byte_is_refused(hooked: World) -> None:
    body = body_of(hooked)
    signature = "sha256=" + hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    answer = hooked.browser().client.post(
        PATH, data=body + b" ", headers={"X-Hub-Signature-256": signature}
    )
    assert answer.status_code == 401


def test_a_delivery_older_than_any_platform_tries_is_refused(hooked: World) -> None:
    assert post(hooked.browser(), body_of(hooked, hours_ago=49)).status_code == 401
    assert kept(hooked) == []


def test_an_account_without_a_hook_and_one_that_is_not_there_answer_alike(hooked: World) -> None:
    browser, body = hooked.browser(), body_of(hooked)
    answers = [
        post(browser, body, path=path)
        for path in ("/hooks/southmoor/page", "/hooks/northmoor/none", "/hooks/none/none")
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}


def test_a_body_that_is_too_large_is_refused_before_it_is_read(hooked: World) -> None:
    assert post(hooked.browser(), b" " * 1_000_001).status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b'{"entry":7}'])
def test_a_signed_body_that_makes_no_sense_is_kept_for_the_job_to_say_so(
    hooked: World, body: bytes
) -> None:
    assert post(hooked.browser(), body).status_code == 200
    assert kept(hooked) == [body]


def test_the_challenge_is_answered_for_the_agreed_word_alone(hooked: World) -> None:
    browser = hooked.browser()
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": WORD}
    answer = browser.client.get(PATH, query_string=asked)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    for changed in ({"hub.verify_token": "guess"}, {"hub.mode": "other"}, {"hub.verify_token": ""}):
        assert browser.client.get(PATH, query_string={**asked, **changed}).status_code == 403


def test_a_challenge_is_answered_as_plain_text(hooked: World) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "<script>", "hub.verify_token": WORD}
    answer = hooked.browser().client.get(PATH, query_string=asked)
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
