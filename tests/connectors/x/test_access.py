"""Whose access it is, how calls are signed, and the renewal of tokens that are good once."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.contract import AuthLost, Means, Permanent, PermissionMissing, Throttled, Transient
from connectors.registry import kind_of
from connectors.x.access import LOCK_FILE
from connectors.x.connector import connect
from moderation.errors import SettingsError
from moderation.model import ActionKind, Comment
from tests.connectors.x.account import comments, connected, ids, ref_of, renewable, walk
from tests.standins import x_bodies as bodies
from tests.standins.base import Answer
from tests.standins.faults import Fault, FaultScript
from tests.standins.means import CountingMeter, HeldSecrets, means
from tests.standins.x import XStandIn

HOUR = 3600


def test_calls_are_signed_for_the_real_address(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.comment(x.post(), "Nice & 100 % “odd”")
    (found,) = comments(walk(connector))
    connector.act(ref_of(found), ActionKind.HIDE)
    assert {entry.status for entry in x.journal} == {200}


@pytest.mark.parametrize("secret", ["consumer_secret", "access_token_secret", "access_token"])
def test_a_wrong_signature_is_not_accepted(secret: str, x: XStandIn, tmp_path: Path) -> None:
    secrets = HeldSecrets({**x.secrets(), secret: "wrong"})
    with pytest.raises(AuthLost):
        connected(x, tmp_path, secrets=secrets).check()


def test_an_app_s_own_token_is_told_to_be_the_wrong_one(x: XStandIn, tmp_path: Path) -> None:
    secrets = renewable(x)
    secrets["access_token"] = x.keys.app_token
    with pytest.raises(PermissionMissing):
        connected(x, tmp_path, secrets=secrets).check()


def test_an_oauth_2_token_reads_and_hides(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path, secrets=renewable(x))
    reply = x.comment(x.post(), "Nice one")
    (found,) = comments(walk(connector))
    connector.act(ref_of(found), ActionKind.HIDE)
    assert x.is_hidden(reply)
    assert x.keys.renewals == 0


def test_a_token_that_ran_out_is_renewed_and_the_call_is_made_again(
    x: XStandIn, tmp_path: Path
) -> None:
    secrets = renewable(x)
    connector = connected(x, tmp_path, secrets=secrets)
    mention = x.mention("@exampleshire")
    x.clock.advance(3 * HOUR)
    mention = x.mention("@exampleshire")
    assert mention in ids(walk(connector))
    assert (secrets["refresh_token"], secrets["access_token"]) == ("refresh-1", "bearer-1")


def test_a_renewed_token_is_renewed_again_before_it_runs_out(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path, secrets=renewable(x))
    x.clock.advance(3 * HOUR)
    connector.check()
    x.clock.advance(2 * HOUR - 200)
    x.journal.clear()
    connector.check()
    assert [entry.path for entry in x.journal] == ["/2/oauth2/token", "/2/users/me"]
    assert x.keys.renewals == 2


def test_an_app_with_a_secret_proves_itself_when_it_renews(x: XStandIn, tmp_path: Path) -> None:
    x.keys.client_secret = "client-secret"
    connector = connected(x, tmp_path, secrets=renewable(x))
    x.clock.advance(3 * HOUR)
    assert connector.check().native_id == "42"


class Watched(HeldSecrets):
    """Secrets that tell which token a call was made with before the pair was kept."""

    def __init__(self, held: dict[str, str], x: XStandIn) -> None:
        super().__init__(held)
        self.kept: list[str] = []
        self.x = x

    def put(self, name: str, value: str) -> None:
        """Note what is kept, and what X has been asked by then."""
        self.kept.append(name)
        assert self.x.journal[-1].path == "/2/oauth2/token", "a token was used before it was kept"
        super().put(name, value)


def test_a_renewed_pair_is_kept_before_it_is_used_the_refresh_token_first(
    x: XStandIn, tmp_path: Path
) -> None:
    secrets = Watched(renewable(x), x)
    connector = connected(x, tmp_path, secrets=secrets)
    x.clock.advance(3 * HOUR)
    connector.check()
    assert secrets.kept == ["refresh_token", "token_terms", "access_token"]


@pytest.mark.parametrize("kept", range(4))
def test_a_renewal_that_breaks_off_while_it_is_kept_loses_nothing_but_what_was_not_kept(
    kept: int, x: XStandIn, tmp_path: Path
) -> None:
    secrets = renewable(x)
    x.clock.advance(3 * HOUR)
    connected(x, tmp_path, secrets=secrets).check()
    new = dict(secrets)
    old = {**renewable(x), "token_terms": ""}
    x.keys.bearers.pop("bearer-0")
    names = ["refresh_token", "token_terms", "access_token"]
    torn = HeldSecrets({**old, **{name: new[name] for name in names[:kept]}})
    torn["refresh_token"] = new["refresh_token"]
    assert connected(x, tmp_path, secrets=torn).check().native_id == "42"


def test_two_threads_never_spend_the_same_refresh_token(x: XStandIn, tmp_path: Path) -> None:
    secrets = renewable(x)
    x.clock.advance(3 * HOUR)
    together = threading.Barrier(6)
    failed: list[Exception] = []

    def check() -> None:
        connector = connected(x, tmp_path, secrets=secrets, timeout_s=5)
        together.wait()
        try:
            connector.check()
        except (Transient, Permanent) as err:
            failed.append(err)

    threads = [threading.Thread(target=check) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert x.keys.renewals == 1
    assert (tmp_path / LOCK_FILE).exists()


def test_a_refresh_token_that_was_spent_elsewhere_ends_the_access(
    x: XStandIn, tmp_path: Path
) -> None:
    secrets = renewable(x)
    x.keys.refresh_token = "another"
    x.clock.advance(3 * HOUR)
    with pytest.raises(AuthLost, match=r"Connect the account again\."):
        connected(x, tmp_path, secrets=secrets).check()


@pytest.mark.parametrize(
    ("fault", "error"), [(Fault.SERVER_ERROR, Transient), (Fault.RATE_LIMITED, Throttled)]
)
def test_a_renewal_that_x_cannot_make_just_now_is_made_later(
    fault: Fault, error: type[Transient], x: XStandIn, tmp_path: Path
) -> None:
    secrets = renewable(x)
    connector = connected(x, tmp_path, secrets=secrets)
    x.clock.advance(3 * HOUR)
    connector.check()
    x.clock.advance(2 * HOUR)
    x.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(error):
        connector.check()
    x.faults = FaultScript()
    assert connector.check().native_id == "42"


def test_a_renewal_without_a_pair_keeps_what_there_is(x: XStandIn, tmp_path: Path) -> None:
    secrets = renewable(x)
    connector = connected(x, tmp_path, secrets=secrets)
    x.clock.advance(3 * HOUR)
    x.keys.renew = lambda request, now: Answer({"access_token": "x"})  # type: ignore[method-assign]
    with pytest.raises(Transient):
        connector.check()
    assert secrets["refresh_token"] == "refresh-0"


def test_a_check_names_the_permissions_that_x_did_not_grant(x: XStandIn, tmp_path: Path) -> None:
    secrets = renewable(x)
    connector = connected(x, tmp_path, secrets=secrets)
    assert connector.check().missing == ()
    x.keys.scopes = ("tweet.read", "users.read", "offline.access")
    x.clock.advance(3 * HOUR)
    assert connector.check().missing == ("tweet.moderate.write",)
    with pytest.raises(PermissionMissing):
        connector.act(ref_of(_reply(x, tmp_path)), ActionKind.HIDE)


def test_what_x_said_of_one_token_is_not_held_against_another(x: XStandIn, tmp_path: Path) -> None:
    secrets = renewable(x)
    terms = {"of": "another", "ends": 1, "scope": "tweet.read"}
    secrets["token_terms"] = json.dumps(terms)
    assert connected(x, tmp_path, secrets=secrets).check().missing == ()
    secrets["token_terms"] = "{"
    assert connected(x, tmp_path, secrets=secrets).check().missing == ()


def test_a_check_names_what_an_oauth_1_app_lacks(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    checked = connector.check()
    assert (checked.native_id, checked.missing, checked.expires_at) == ("42", (), None)
    assert checked.name == "Exampleshire Ambulance Service"
    x.keys.level = "read"
    assert connector.check().missing == ("Read and write",)


def test_another_account_s_access_is_refused_with_what_to_do(x: XStandIn, tmp_path: Path) -> None:
    x.me = ("43", "elsewhere", "Elsewhere")
    with pytest.raises(Permanent, match=r"another account \(@elsewhere, 43\).*id 42") as told:
        connected(x, tmp_path).check()
    assert type(told.value) is Permanent


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (bodies.app_refused, Permanent),
        (bodies.locked, AuthLost),
        (bodies.wrong_login, PermissionMissing),
    ],
)
def test_each_way_of_losing_access_is_told_apart(
    refused: Callable[[], Answer], error: type[Permanent], x: XStandIn, tmp_path: Path
) -> None:
    x.refusing = refused
    with pytest.raises(Permanent) as told:
        connected(x, tmp_path).poll("comments", None)
    assert type(told.value) is error


SECRETS = (
    "app-secret-of-the-stand-in",
    "token-secret-of-the-stand-in",
    "42-token-of-the-stand-in",
    "bearer-",
    "refresh-",
)


@pytest.mark.parametrize("way", ["signed", "renewed"])
def test_no_secret_and_no_text_gets_into_a_log_an_error_or_a_page(
    way: str, x: XStandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = renewable(x) if way == "renewed" else HeldSecrets(x.secrets())
    connector = connected(x, tmp_path, secrets=secrets)
    x.clock.advance(3 * HOUR)
    x.mention("canary of a text")
    pages = walk(connector)
    said = [page.cursor + page.raw.decode() for page in pages]
    x.lose_access()
    with pytest.raises(AuthLost) as told:
        connector.poll("comments", None)
    said += [caplog.text, repr(told.value), repr(connector), repr(told.value.__cause__)]
    assert not any(secret in text for text in said for secret in SECRETS)
    assert "canary of a text" not in caplog.text


def test_secrets_of_neither_way_are_refused_with_what_is_needed(
    x: XStandIn, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=r"consumer_key.*or else client_id"):
        connect(x.settings(), means(tmp_path, access_token="only"))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("account_id", "@exampleshire"),
        ("account_id", ""),
        ("spelling", "toot"),
        ("owned_reads", "perhaps"),
        ("monthly_cap_usd", "much"),
        ("reread_every_s", "-1"),
        ("base_url", "http://api.twitter.com"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    setting: str, value: str, x: XStandIn, tmp_path: Path
) -> None:
    given = Means(tmp_path, HeldSecrets(x.secrets()), CountingMeter())
    with pytest.raises(SettingsError, match=setting):
        connect({**x.settings(), setting: value}, given)


def test_every_secret_and_setting_that_is_used_is_told_of() -> None:
    kind = kind_of("x")
    assert {"consumer_key", "client_id", "token_terms"} <= set(kind.secrets)
    assert all(option.says.endswith(".") for option in kind.settings.values())
    assert kind.platform == "x"


def _reply(x: XStandIn, tmp_path: Path) -> Comment:
    x.comment(x.post(), "Nice one")
    (found,) = comments(walk(connected(x, tmp_path)))
    return found
