"""A real server that goes away, cuts connections or lets a session run out loses nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import time

import pytest

from connectors.contract import COMMENTS, AuthLost, ConnectorError, Transient
from moderation.model import ActionKind, ItemRef
from tests.bluesky_real.people import Network, Watched, comments, wait, walk
from tests.bluesky_real.proxy import Proxy

pytestmark = pytest.mark.bluesky

# What the network's package signs its sessions with (JWT_SECRET of @atproto/dev-env).
SIGNED_WITH = b"jwt-secret"


def run_out(token: str) -> str:
    """Return the same access token as it is once its time has passed."""
    head, claims, _ = token.split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    told |= {"iat": int(time.time()) - 7300, "exp": int(time.time()) - 100}
    claims = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    mac = hmac.new(SIGNED_WITH, f"{head}.{claims}".encode(), hashlib.sha256).digest()
    return f"{head}.{claims}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def change_session(account: Watched, **tokens: str) -> None:
    """Change the kept session."""
    held = json.loads(account.secrets["session"])
    account.secrets["session"] = json.dumps({**held, **tokens})


def session(account: Watched) -> dict[str, str]:
    """Return the kept session."""
    held: dict[str, str] = json.loads(account.secrets["session"])
    return held


def test_a_session_that_ran_out_is_renewed_without_signing_in(network: Network) -> None:
    account = Watched(network)
    account.connector.check()
    with Proxy(network.info["pds"]) as proxy:
        connector = account.connect(service=proxy.url)
        change_session(account, access=run_out(session(account)["access"]))
        before = session(account)
        connector.poll(COMMENTS.name, None)
        after = session(account)
        assert {before["access"], before["refresh"]}.isdisjoint(after.values())
        assert proxy.passed == [
            "GET app.bsky.notification.listNotifications",
            "POST com.atproto.server.refreshSession",
            "GET app.bsky.notification.listNotifications",
        ]


def test_a_session_that_was_ended_is_begun_again_with_the_app_password(network: Network) -> None:
    account = Watched(network)
    account.connector.check()
    change_session(account, access="nonsense", refresh="nonsense")
    assert account.connector.check().name == account.handle
    assert session(account)["refresh"] != "nonsense"


def test_a_revoked_app_password_ends_the_access(network: Network) -> None:
    account = Watched(network)
    account.connector.check()
    body = {"name": "watchroom"}
    network.do("pds", "com.atproto.server.revokeAppPassword", body, account.token)
    change_session(account, access=run_out(session(account)["access"]))
    with pytest.raises(AuthLost, match="app password"):
        account.connector.poll(COMMENTS.name, None)


def test_while_the_servers_stand_still_a_poll_fails_and_afterwards_nothing_is_missing(
    network: Network,
) -> None:
    account, author = Watched(network), network.person("author")
    root = account.posted("A notice.")
    _, cursor = walk(account.connector, COMMENTS.name, None)
    before = author.answer(root, "Before.")
    impatient = account.connect(timeout_s=1)
    os.kill(network.info["pid"], signal.SIGSTOP)
    try:
        with pytest.raises(Transient):
            impatient.poll(COMMENTS.name, cursor)
        with pytest.raises(ConnectorError):
            impatient.act(ItemRef(before.uri, post_id=root.uri), ActionKind.HIDE)
    finally:
        os.kill(network.info["pid"], signal.SIGCONT)
    after = author.answer(root, "After.")
    wanted = {before.uri, after.uri}
    wait(lambda: wanted <= set(comments(walk(impatient, COMMENTS.name, cursor)[0])))


def test_a_hide_whose_answer_never_came_is_read_back_and_not_done_twice(network: Network) -> None:
    account, author = Watched(network), network.person("author")
    root = account.posted("A notice.")
    answers = [author.answer(root, text) for text in ("One.", "Two.")]
    wait(lambda: all(network.is_shown(one.uri) for one in answers))
    refs = [account.ref(one) for one in answers]
    with Proxy(network.info["pds"]) as proxy:
        connector = account.connect(service=proxy.url)
        for ref, name in zip(refs, ("repo.createRecord", "repo.putRecord"), strict=True):
            proxy.cut_after, proxy.cut_before = "", name
            with pytest.raises(Transient):
                connector.act(ref, ActionKind.HIDE)
            assert connector.read_back(ref, ActionKind.HIDE) is False
            proxy.cut_after, proxy.cut_before = name, ""
            with pytest.raises(Transient):
                connector.act(ref, ActionKind.HIDE)
            proxy.cut_after = ""
            wait(lambda ref=ref: connector.read_back(ref, ActionKind.HIDE))  # type: ignore[misc]
            writes = len([one for one in proxy.passed if one.startswith("POST")])
            connector.act(ref, ActionKind.HIDE)
            assert len([one for one in proxy.passed if one.startswith("POST")]) == writes


def test_a_report_whose_answer_never_came_is_one_report(network: Network) -> None:
    account, author = Watched(network), network.person("author")
    root = account.posted("A notice.")
    answer = author.answer(root, "You liars.")
    wait(lambda: network.is_shown(answer.uri))
    ref = account.ref(answer)
    with Proxy(network.info["pds"]) as proxy:
        connector = account.connect(service=proxy.url)
        proxy.cut_after = "createReport"
        with pytest.raises(Transient):
            connector.act(ref, ActionKind.REPORT)
        assert proxy.passed.count("POST com.atproto.moderation.createReport") == 1
