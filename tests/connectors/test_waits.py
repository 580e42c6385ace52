"""A platform that fails and says how long to leave it alone is heard, whichever platform it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from connectors.bluesky import judging as bluesky
from connectors.contract import USUAL_PAUSE_S, NotDone, Transient
from connectors.mastodon import answers as mastodon
from connectors.meta import errors as meta
from connectors.wire import Exchange
from connectors.x import judging as x
from connectors.youtube import errors as youtube

NOW = datetime.now(UTC)
JUDGES: dict[str, Callable[[Exchange], object]] = {
    "bluesky": bluesky.judge,
    "facebook": lambda exchange: meta.judge(exchange, "Facebook"),
    "instagram": lambda exchange: meta.judge(exchange, "Instagram"),
    "mastodon": mastodon.judge,
    "x": lambda exchange: x.judge(exchange, NOW),
    "youtube": lambda exchange: youtube.judge(exchange, NOW),
}


def failed(**headers: str) -> Exchange:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Exchange("GET", "/comments", 503, told, b"")


@pytest.mark.parametrize("platform", JUDGES)
def test_a_failure_keeps_the_wait_that_the_platform_asks_for(platform: str) -> None:
    with pytest.raises(Transient) as told:
        JUDGES[platform](failed(Retry_After="600"))
    assert (told.value.asked_for_s, told.value.retry_after) == (600.0, 600.0)


@pytest.mark.parametrize("platform", JUDGES)
def test_a_failure_without_a_wait_asks_for_none(platform: str) -> None:
    with pytest.raises(Transient) as told:
        JUDGES[platform](failed())
    assert (told.value.asked_for_s, told.value.retry_after) == (0.0, USUAL_PAUSE_S)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("0", 1.0), ("30", 30.0), ("999999", 3_600.0), ("9" * 5_000, None), ("-5", None),
     ("soon", None), ("", None), ("1.5", None)],
)  # fmt: skip
def test_a_wait_is_taken_within_an_hour_and_nonsense_is_no_wait(
    said: str, seconds: float | None
) -> None:
    assert failed(Retry_After=said).retry_after == seconds


def test_a_wait_may_be_told_as_the_time_when_it_ends() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    assert 290 < (failed(Retry_After=later).retry_after or 0) <= 300
    past = format_datetime(datetime.now(UTC) - timedelta(minutes=5), usegmt=True)
    assert failed(Retry_After=past).retry_after == 1.0


def test_a_wait_for_nothing_that_was_done_is_kept_too() -> None:
    assert (NotDone("Later.", retry_after=5.0).asked_for_s, NotDone("Later.").asked_for_s) == (5, 0)
