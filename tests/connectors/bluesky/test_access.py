"""An account's session is kept, renewed and ended as it should, and none of it is ever told."""

from __future__ import annotations

import inspect
import json
import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import atproto.exceptions  # type: ignore[import-untyped]
import atproto_client.exceptions  # type: ignore[import-untyped]
import httpx
import pydantic
import pytest

from connectors.bluesky import connector as bluesky
from connectors.bluesky.library import LIBRARY_ERRORS
from connectors.contract import (
    COMMENTS,
    AuthLost,
    ConnectorError,
    Malformed,
    Permanent,
    Throttled,
    Transient,
)
from moderation.errors import SettingsError
from moderation.model import ActionKind
from tests.connectors.bluesky.account import Account
from tests.standins.base import Answer, Request
from tests.standins.bluesky import BlueskyStandIn
from tests.standins.bluesky_protocol import HANDLE, PASSWORD
from tests.standins.faults import Fault, FaultScript, patience
from tests.standins.means import means


def asked(server: BlueskyStandIn) -> list[str]:
    """Return the methods that were called, in order."""
    return [entry.path.rpartition(".")[2] for entry in server.journal]


def test_a_restart_does_not_sign_in_again(account: Account) -> None:
    account.connect().check()
    account.connect().poll(COMMENTS.name, None)
    assert asked(account.server) == ["getSession", "listNotifications"]


def test_nothing_is_asked_before_something_is_needed(
    server: BlueskyStandIn, tmp_path: Path
) -> None:
    Account(server, tmp_path)
    assert not server.journal


def test_an_expired_session_is_renewed_and_the_call_is_made_again(account: Account) -> None:
    account.server.expire_access()
    account.connector.poll(COMMENTS.name, None)
    account.connector.poll(COMMENTS.name, None)
    assert asked(account.server) == [
        "listNotifications",
        "refreshSession",
        "listNotifications",
        "listNotifications",
    ]


def test_what_another_process_renewed_is_used(account: Account) -> None:
    other = account.connect()
    stale = account.secrets["session"]
    account.server.expire_access()
    other.check()
    renewed = account.secrets["session"]
    # This process has read the session a moment before the other one put the new one there.
    held = [stale]
    account.secrets.get = lambda name: (  # type: ignore[method-assign]
        held.pop() if held and name == "session" else dict.get(account.secrets, name, "")
    )
    account.connector.check()
    assert account.secrets["session"] == renewed
    assert asked(account.server).count("refreshSession") == 1


def test_a_token_that_another_process_has_just_used_is_no_reason_to_sign_in(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = account.server
    server.expire_access()
    refresh = server._refreshSession

    def slower(request: Request, body: Any) -> Answer:
        told = refresh(request, body).body
        kept = {"asked_as": HANDLE, "did": told["did"]}
        kept |= {"access": told["accessJwt"], "refresh": told["refreshJwt"]}
        account.secrets["session"] = json.dumps(kept)
        return Answer({"error": "ExpiredToken", "message": "Token has been revoked"}, 400)

    monkeypatch.setattr(server, "_refreshSession", slower)
    account.connector.check()
    assert asked(server) == ["getSession", "refreshSession", "getSession"]


def test_a_session_that_was_ended_is_begun_once_with_the_app_password(account: Account) -> None:
    account.server.forget_sessions()
    account.connector.check()
    assert asked(account.server) == [
        "getSession",
        "refreshSession",
        "createSession",
        "getSession",
    ]


def test_a_refused_app_password_ends_the_access(account: Account) -> None:
    account.server.lose_access()
    for call in calls(account):
        with pytest.raises(AuthLost, match="Make a new one under Settings"):
            call()
    assert PASSWORD not in account.secrets["session"]


def test_a_server_in_trouble_ends_no_session(account: Account) -> None:
    account.server.expire_access()
    kept = account.secrets["session"]
    account.server.faults = FaultScript(1, {Fault.SERVER_ERROR: 0.5})
    for _ in range(20):
        with suppress(Transient):
            account.connector.check()
    assert "createSession" not in asked(account.server)
    assert json.loads(kept)["did"] == json.loads(account.secrets["session"])["did"]


def test_too_many_sign_ins_are_waited_out(server: BlueskyStandIn, tmp_path: Path) -> None:
    account = Account(server, tmp_path)
    for _ in range(30):
        account.secrets.pop("session", None)
        account.connector.check()
    account.secrets.pop("session", None)
    with pytest.raises(Throttled):
        account.connector.check()


def test_another_handle_has_another_session(account: Account) -> None:
    other = account.connect(handle="another.example.org")
    with pytest.raises(AuthLost):
        other.check()


def test_an_access_that_is_another_accounts_is_refused_with_what_to_do(account: Account) -> None:
    account.server.session_handle = "renamed.example.org"
    with pytest.raises(Permanent, match=r"\(@renamed\.example\.org\).*enter its new handle"):
        account.connector.check()


def test_an_account_may_be_named_by_its_did(account: Account) -> None:
    checked = account.connect(handle=account.server.world.did).check()
    assert (checked.native_id, checked.name) == (account.server.world.did, HANDLE)
    assert checked.expires_at is None


def test_a_suspended_account_has_no_access(account: Account) -> None:
    account.server.session_more = {"active": False, "status": "suspended"}
    with pytest.raises(AuthLost, match="suspended"):
        account.connector.check()


def test_a_session_without_tokens_is_no_session(server: BlueskyStandIn, tmp_path: Path) -> None:
    account = Account(server, tmp_path)
    server.faults = FaultScript(1, {Fault.HTML_200: 1.0})
    with pytest.raises(Malformed):
        account.connector.check()
    assert "session" not in account.secrets


@pytest.mark.parametrize("kept", ["", "{", "[]", "5", '{"did":"x"}', "null", "\x00", "[" * 99999])
def test_a_kept_session_that_makes_no_sense_is_begun_anew(account: Account, kept: str) -> None:
    account.secrets["session"] = kept
    assert account.connector.check().name == HANDLE


def test_the_host_that_a_did_document_names_is_never_asked(account: Account) -> None:
    account.poll()
    account.reread()
    # The stand-in's document names another host; whatever was asked was asked here.
    assert len(account.server.journal) >= 2


@pytest.mark.parametrize(
    "handle", ["", "no handle", "a@b.example.org", "https://bsky.app", "did:x:y", "-a.example"]
)
def test_a_handle_that_is_none_is_refused(
    server: BlueskyStandIn, tmp_path: Path, handle: str
) -> None:
    given = means(tmp_path, **server.secrets())
    with pytest.raises(SettingsError, match="handle"):
        bluesky.connect({**server.settings(), "handle": handle}, given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("labeler", "somebody"),
        ("report_as", "murder"),
        ("service", "http://bsky.social"),
        ("appview", "ftp://127.0.0.1"),
        ("settle_s", "-1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    server: BlueskyStandIn, tmp_path: Path, name: str, value: str
) -> None:
    given = means(tmp_path, **server.secrets())
    with pytest.raises(SettingsError, match=name):
        bluesky.connect({**server.settings(), name: value}, given)


def test_a_stand_in_for_the_server_never_leads_to_the_real_network(
    server: BlueskyStandIn, tmp_path: Path
) -> None:
    post = server.post()
    answer = server.comment(post, "You are useless.")
    account = Account(server, tmp_path)
    account.connector.act(account.ref(answer), ActionKind.HIDE)
    assert account.connector.read_back(account.ref(answer), ActionKind.HIDE)


def calls(account: Account) -> list[Callable[[], object]]:
    """Return one call of each kind."""
    connector, now = account.connector, account.server.clock.now()
    return [
        connector.check,
        lambda: connector.poll("comments", None),
        lambda: connector.poll("search", None),
        lambda: connector.reread(None, now),
    ]


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault.value != "expired_cursor"])
def test_no_secret_is_in_an_error_a_page_or_a_log(
    account: Account, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account.connector = account.connect(**patience(fault))
    post = account.server.post()
    account.server.comment(post, "You are useless.")
    account.server.faults = FaultScript(1, {fault: 0.7})
    told = [repr(account.connector), repr(account.connector._access)]
    for call in calls(account) * 3:
        try:
            told.append(repr(call()))
        except ConnectorError as err:
            told += [str(err), repr(err), repr(err.__cause__), repr(err.__context__)]
    told += [record.getMessage() for record in caplog.records]
    tokens = [f"{kind}-{number}" for kind in ("access", "refresh") for number in range(1, 4)]
    for secret in (PASSWORD, *tokens):
        assert not any(secret in line for line in told)


def test_every_error_of_the_library_is_a_known_one() -> None:
    modules = (atproto.exceptions, atproto_client.exceptions, httpx, pydantic)
    for module in modules:
        for name, value in inspect.getmembers(module, inspect.isclass):
            is_error = issubclass(value, Exception) and not issubclass(value, Warning)
            if is_error and not name.startswith("Pydantic") and value not in _NEVER_RAISED:
                assert issubclass(value, LIBRARY_ERRORS), f"{module.__name__}.{name}"


# Faults of a program that reads a stream twice, which the client never does.
_NEVER_RAISED = {
    httpx.StreamError,
    httpx.StreamConsumed,
    httpx.StreamClosed,
    httpx.ResponseNotRead,
    httpx.RequestNotRead,
    httpx.CookieConflict,
}


def test_the_client_is_not_imported_before_the_first_call() -> None:
    script = "import sys, connectors.bluesky.connector; sys.exit('atproto' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
