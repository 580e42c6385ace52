"""A check says whose access this is and what it lacks; nothing ever tells a secret."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.contract import (
    AuthLost,
    ConnectorError,
    NotDone,
    Permanent,
    PermissionMissing,
    Throttled,
    Transient,
)
from connectors.registry import connect
from connectors.wire import is_stand_in
from connectors.youtube.errors import SCOPE
from moderation.errors import SettingsError
from moderation.model import ActionKind
from tests.connectors.youtube.helping import CANARIES, Channel, ids
from tests.standins.faults import Fault, FaultScript
from tests.standins.means import means
from tests.standins.youtube_world import CHANNEL, OTHER_CHANNEL, READ_ONLY


def test_a_check_names_the_channel(channel: Channel) -> None:
    checked = channel.tube.check()
    assert (checked.native_id, checked.name) == (CHANNEL, "Northmoor Fire and Rescue")
    assert (checked.expires_at, checked.missing) == (None, ())


def test_a_check_of_another_channels_access_says_whose_it_is(channel: Channel) -> None:
    channel.server.access.channel = OTHER_CHANNEL
    with pytest.raises(Permanent, match=rf"another channel \(Southmoor.*{OTHER_CHANNEL}\).*again"):
        channel.tube.check()


def test_a_check_of_an_account_without_a_channel_says_so(channel: Channel) -> None:
    channel.server.access.channel = ""
    with pytest.raises(Permanent, match="has no YouTube channel"):
        channel.tube.check()


def test_a_check_names_a_scope_that_was_not_given(channel: Channel) -> None:
    channel.server.access.scope = READ_ONLY
    assert channel.tube.check().missing == (SCOPE,)
    with pytest.raises(PermissionMissing) as told:
        channel.tube.poll("comments", None)
    assert told.value.names == (SCOPE,)


def test_a_check_finds_that_the_owners_rights_are_missing(channel: Channel) -> None:
    channel.server.access.is_owner = False
    assert channel.tube.check().missing == (SCOPE,)
    assert channel.tube.poll("comments", None).records == ()
    with pytest.raises(PermissionMissing):
        channel.tube.poll("held", None)


def test_a_check_tells_when_the_access_ends_by_itself(channel: Channel) -> None:
    channel.server.access.ends_in = 7 * 86400
    ends = channel.tube.check().expires_at
    assert ends is not None
    assert abs(ends - channel.server.clock.now() - timedelta(days=7)) < timedelta(minutes=1)


def test_access_that_was_taken_back_is_lost(channel: Channel) -> None:
    ref = channel.ref(channel.write())
    channel.server.lose_access()
    for call in (
        channel.tube.check,
        lambda: channel.tube.poll("comments", None),
        lambda: channel.tube.fetch(ref),
        lambda: channel.tube.act(ref, ActionKind.HIDE),
        lambda: channel.tube.read_back(ref, ActionKind.HIDE),
    ):
        with pytest.raises(AuthLost, match="new refresh token"):
            call()


def test_a_wrong_client_is_told_apart_from_a_lost_grant(channel: Channel) -> None:
    channel.secrets["client_secret"] = "another"
    with pytest.raises(AuthLost, match="client id"):
        channel.tube.check()


def test_a_switched_off_api_is_said_to_be_so(channel: Channel) -> None:
    channel.server.is_switched_off = True
    with pytest.raises(Permanent, match="switched off"):
        channel.tube.check()


def test_the_token_is_asked_for_once_an_hour(channel: Channel) -> None:
    for _ in range(5):
        channel.poll()
    assert len(channel.server.calls("POST", "/token")) == 1


def test_an_access_token_that_ended_early_is_renewed_within_the_call(channel: Channel) -> None:
    written = [channel.write()]
    channel.poll()
    channel.server.clock.advance(3600)
    assert ids(channel.poll()) == written
    assert len(channel.server.calls("POST", "/token")) == 2


def test_a_refresh_token_that_google_replaced_is_kept(channel: Channel) -> None:
    channel.server.access.next_refresh_token = "1//canary-next"
    channel.tube.check()
    assert channel.secrets["refresh_token"] == "1//canary-next"
    channel.tube.check()


def test_a_renewed_secret_is_taken_up_without_a_restart(channel: Channel) -> None:
    channel.poll()
    channel.server.lose_access()
    with pytest.raises(AuthLost):
        channel.poll()
    channel.server.access.is_revoked = False
    channel.server.access.refresh_token = "1//canary-renewed"
    channel.secrets.put("refresh_token", "1//canary-renewed")
    channel.poll()


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault.RATE_LIMITED, Throttled), (Fault.HTML_200, NotDone), (Fault.TRUNCATED, NotDone)],
    ids=lambda one: str(one),
)
def test_a_sign_in_that_fails_has_done_nothing(
    channel: Channel, fault: Fault, error: type[Exception]
) -> None:
    ref = channel.ref(channel.write())
    fresh = channel.again()
    spent = channel.meter.spent
    channel.server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(error):
        fresh.act(ref, ActionKind.HIDE)
    assert channel.meter.spent == spent


def test_a_busy_sign_in_is_tried_by_the_library_and_then_left(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _s: None)
    channel.server.faults = FaultScript(1, {Fault.SERVER_ERROR: 1.0})
    with pytest.raises(NotDone):
        channel.tube.poll("comments", None)
    assert channel.asked() == []


def test_several_threads_may_poll_at_once(channel: Channel) -> None:
    written = {channel.write() for _ in range(30)}
    brought: list[set[str]] = []
    polling = [
        threading.Thread(
            target=lambda: brought.append(set(ids(channel.tube.poll("comments", None))))
        )
        for _ in range(8)
    ]
    for thread in polling:
        thread.start()
    for thread in polling:
        thread.join()
    assert brought == [written] * 8


def test_no_secret_and_no_word_of_a_comment_is_told(
    channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ref = channel.ref(channel.write("canary words of a comment"))
    told: list[str] = [repr(channel.tube), repr(channel.tube.__dict__)]
    for fault in Fault:
        if fault in {Fault.HANG_AFTER, Fault.HANG_BEFORE}:
            continue
        tube = channel.again()
        tube.check()
        channel.server.faults = FaultScript(1, {fault: 1.0})
        for call in (
            lambda tube=tube: tube.poll("comments", None),
            lambda tube=tube: tube.act(ref, ActionKind.HIDE),
        ):
            try:
                call()
            except ConnectorError as err:
                told += [str(err), repr(err), repr(err.__context__), repr(err.__cause__)]
        channel.server.faults = FaultScript()
    channel.server.access.is_owner = False
    with pytest.raises(PermissionMissing):
        channel.tube.act(ref, ActionKind.HIDE)
    channel.server.lose_access()
    with pytest.raises(AuthLost) as lost:
        channel.tube.check()
    told += [str(lost.value), caplog.text]
    assert len(told) > 20
    assert not [one for one in told if any(word in one for word in CANARIES)]


def test_no_secret_stands_in_a_cursor_or_in_the_bytes_that_are_kept(channel: Channel) -> None:
    channel.write()
    kept = [page.cursor + page.raw.decode() for page in channel.poll()]
    assert not [one for one in kept if any(word in one for word in CANARIES)]


@pytest.mark.parametrize("given", ["", "northmoor", "UC123", "UC" + "x" * 23, "@northmoor"])
def test_what_is_no_channels_id_is_refused_at_once(channel: Channel, given: str) -> None:
    with pytest.raises(SettingsError, match="channel_id"):
        connect(
            "youtube",
            {**channel.server.settings(), "channel_id": given},
            means(channel.folder, **channel.server.secrets()),
        )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "http://youtube.example"),
        ("token_url", "http://google.example"),
        ("daily_units", "many"),
        ("timeout_s", "0"),
        ("settle_s", "-1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(channel: Channel, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        channel.again(**{name: value})


def test_a_stand_in_is_known_as_one(channel: Channel) -> None:
    assert is_stand_in(channel.server.settings())


def test_making_a_connector_asks_nothing(channel: Channel, tmp_path: Path) -> None:
    assert channel.again() is not None
    assert channel.server.journal == []
    assert list(tmp_path.iterdir()) == []


def test_another_address_is_not_called(channel: Channel) -> None:
    tube = channel.again(token_url="http://127.0.0.1:9")
    with pytest.raises(Transient):
        tube.poll("comments", None)
    assert channel.server.journal == []
