"""Settings, the check of an access, and that its token shows nowhere."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.contract import (
    AuthLost,
    Checked,
    ConnectorError,
    Malformed,
    NotDone,
    Permanent,
    PermissionMissing,
)
from connectors.mastodon import connector as mastodon_account
from connectors.mastodon.connector import KIND, PERMISSIONS, MastodonAccount, instance_of
from connectors.registry import connect
from moderation.errors import SettingsError
from moderation.model import ActionKind, ItemRef
from tests.connectors.mastodon.conftest import Again
from tests.connectors.mastodon.walking import SINCE, walk
from tests.standins.base import Answer, Request
from tests.standins.faults import Fault, FaultScript
from tests.standins.mastodon import MastodonStandIn
from tests.standins.mastodon_world import LOST, TOKEN
from tests.standins.means import means

CALLS: dict[str, Callable[[MastodonAccount], object]] = {
    "poll": lambda one: one.poll("comments", None),
    "reread": lambda one: one.reread(None, SINCE),
    "fetch": lambda one: one.fetch(ItemRef("5")),
    "report": lambda one: one.act(ItemRef("5", author_id="9"), ActionKind.REPORT),
    "block": lambda one: one.act(ItemRef("5", author_id="9"), ActionKind.BLOCK),
    "read_back": lambda one: one.read_back(ItemRef("5", author_id="9"), ActionKind.BLOCK),
    "check": lambda one: one.check(),
}


def test_a_check_names_the_account(connector: MastodonAccount) -> None:
    assert connector.check() == Checked("100", "brigade")


@pytest.mark.parametrize("name", ["other", "brigad", "brigade2"])
def test_the_access_of_another_account_is_refused(
    server: MastodonStandIn, tmp_path: Path, name: str
) -> None:
    settings = server.settings() | {"account": name}
    connector = mastodon_account.connect(settings, means(tmp_path, **server.secrets()))
    with pytest.raises(Permanent, match=r"another account \(brigade instead of"):
        connector.check()


@pytest.mark.parametrize("name", ["brigade", "@brigade", "Brigade@town.example", "", " brigade "])
def test_the_accounts_name_may_be_written_in_any_way(
    server: MastodonStandIn, tmp_path: Path, name: str
) -> None:
    settings = server.settings() | {"account": name}
    connector = mastodon_account.connect(settings, means(tmp_path, **server.secrets()))
    assert connector.check().native_id == "100"


@pytest.mark.parametrize(
    ("scopes", "missing"),
    [
        ({"read", "write"}, ()),
        ({"read"}, ("write:reports", "write:blocks")),
        (set(PERMISSIONS), ()),
        (set(PERMISSIONS) - {"read:follows"}, ("read:follows",)),
    ],
)
def test_a_check_names_what_the_access_lacks(
    server: MastodonStandIn, connector: MastodonAccount, scopes: set[str], missing: tuple[str, ...]
) -> None:
    server.scopes = scopes
    assert connector.check().missing == missing


def test_an_instance_that_does_not_tell_permissions_lacks_none(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    server.scopes, server.tells_scopes = {"read"}, False
    assert connector.check().missing == ()


@pytest.mark.parametrize("way", sorted(LOST))
@pytest.mark.parametrize("call", sorted(CALLS))
def test_each_end_of_an_access_is_told_by_every_call(
    server: MastodonStandIn, connector: MastodonAccount, way: str, call: str
) -> None:
    server.lose_access(way)
    with pytest.raises(AuthLost, match=r"\.$"):
        CALLS[call](connector)


def test_a_token_that_the_instance_never_gave_is_dead(
    server: MastodonStandIn, tmp_path: Path
) -> None:
    connector = mastodon_account.connect(
        server.settings(), means(tmp_path, access_token="tok-of-somebody-else")
    )
    with pytest.raises(AuthLost):
        connector.check()


def test_a_read_that_lacks_its_permission_names_it(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    server.scopes = {"read:accounts", "write"}
    with pytest.raises(PermissionMissing) as caught:
        connector.poll("comments", None)
    assert caught.value.names == ("read:notifications",)


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"id":"1"}', b'{"username":"x"}', b"null", b""])
def test_a_check_of_something_that_is_no_mastodon_says_so(
    server: MastodonStandIn,
    connector: MastodonAccount,
    monkeypatch: pytest.MonkeyPatch,
    body: bytes,
) -> None:
    answer = server.answer

    def odd(request: Request) -> Answer:
        given = answer(request)
        given.body = body
        return given

    monkeypatch.setattr(server, "answer", odd)
    with pytest.raises(Malformed):
        connector.check()


def test_an_instance_that_is_not_there_was_not_reached(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    server.stop()
    with pytest.raises(NotDone):
        connector.check()


# Settings.


@pytest.mark.parametrize(
    ("given", "instance"),
    [
        ("https://town.example", "https://town.example"),
        (" https://Town.Example/ ", "https://town.example"),
        ("https://town.example:8443", "https://town.example:8443"),
    ],
)
def test_an_instance_is_taken_as_people_write_it(given: str, instance: str) -> None:
    assert instance_of({"instance": given}) == instance


@pytest.mark.parametrize(
    "given",
    [
        "",
        "town.example",
        "http://town.example",
        "https://",
        "https://town.example/@brigade",
        "https://town.example?x=1",
        "https://user:word@town.example",
        "https://-town.example",
        "https://tówn.example",
        "https://town.example\r\nHost: evil",
        "file:///etc/passwd",
        None,
        5,
    ],
)
def test_what_is_no_address_of_an_instance_is_refused(given: object) -> None:
    with pytest.raises(SettingsError, match=r"https://mastodon\.example"):
        instance_of({"instance": given})


@pytest.mark.parametrize("missing", ["instance", "access_token"])
def test_what_is_needed_is_asked_for_by_name(
    server: MastodonStandIn, tmp_path: Path, missing: str
) -> None:
    settings = {name: value for name, value in server.settings().items() if name != missing}
    secrets = {name: value for name, value in server.secrets().items() if name != missing}
    with pytest.raises(SettingsError, match=missing):
        connect("mastodon", settings, means(tmp_path, **secrets))


def test_another_address_without_tls_is_taken_on_this_machine_alone(
    server: MastodonStandIn, tmp_path: Path
) -> None:
    settings = server.settings() | {"base_url": "http://town.example"}
    with pytest.raises(SettingsError, match="base_url"):
        mastodon_account.connect(settings, means(tmp_path, **server.secrets()))


def test_a_connector_asks_nothing_before_it_is_used(server: MastodonStandIn, again: Again) -> None:
    again()
    assert server.journal == []


def test_a_kind_tells_what_a_person_has_to_bring() -> None:
    told = [*KIND.settings.values(), *KIND.secrets.values()]
    assert all(option.says.endswith(".") for option in told)
    assert all(says.endswith(".") for says in KIND.permissions.values())
    assert (Path(__file__).parents[3] / "docs" / "platforms" / KIND.page).is_file()
    assert KIND.platform == MastodonAccount.platform


# The token.


def test_a_token_that_is_the_name_of_a_file_is_not_read_from_it(
    server: MastodonStandIn, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    connector = mastodon_account.connect(server.settings(), means(tmp_path, access_token=str(file)))
    with pytest.raises(AuthLost):
        connector.check()


@pytest.mark.parametrize("token", ["line\nbreak", "\u2603snow", "nul\0"])
def test_a_token_that_cannot_be_sent_is_not_shown(
    server: MastodonStandIn, tmp_path: Path, token: str
) -> None:
    connector = mastodon_account.connect(server.settings(), means(tmp_path, access_token=token))
    with pytest.raises(ConnectorError) as caught:
        connector.check()
    assert token not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "fault",
    [
        Fault.SERVER_ERROR,
        Fault.HTML_200,
        Fault.TRUNCATED,
        Fault.CUT_BEFORE,
        Fault.CUT_AFTER,
        Fault.RATE_LIMITED,
        None,
    ],
    ids=str,
)
@pytest.mark.parametrize("call", sorted(CALLS))
def test_the_token_is_in_no_message_traceback_or_log_line(
    server: MastodonStandIn,
    connector: MastodonAccount,
    caplog: pytest.LogCaptureFixture,
    fault: Fault | None,
    call: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults = FaultScript(1, {fault: 1.0} if fault else {})
    if fault is None:
        server.lose_access()
    with pytest.raises(ConnectorError) as caught:
        CALLS[call](connector)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + caplog.text
    assert TOKEN not in shown
    assert TOKEN not in repr(connector) + repr(vars(connector))


def test_the_token_travels_in_its_header_alone(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    server.comment(server.post(), "One")
    pages = walk(connector)
    connector.reread(None, SINCE)
    told = repr(server.journal) + repr(pages)
    assert TOKEN not in told
