"""One question to an authority is short, goes nowhere else, and is not put to one that is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.standins.faults import Fault, FaultScript
from tests.standins.stamp_authority import SHORT, StampAuthority, Trick
from worker.time_authorities import AWAY_S, Away, TimeAuthority


@pytest.fixture
def office(tmp_path: Path) -> Iterator[StampAuthority]:
    with StampAuthority(tmp_path) as server:
        yield server


def test_a_minute_later_an_authority_that_was_away_is_asked_again(office: StampAuthority) -> None:
    at = [0.0]
    asked = TimeAuthority(office.authority(), clock=lambda: at[0])
    office.faults = FaultScript(shares={Fault.SERVER_ERROR: 1.0})
    for _ in range(3):
        with pytest.raises(Away):
            asked.stamp(b"manifest")
    office.faults = FaultScript()
    at[0] = AWAY_S - 1
    with pytest.raises(Away):
        asked.stamp(b"manifest")
    at[0] = AWAY_S
    assert asked.stamp(b"manifest")[1].serial
    assert len(office.calls("POST")) == 2


def test_an_authority_that_is_not_there_at_all_is_away(tmp_path: Path) -> None:
    with StampAuthority(tmp_path) as closed:
        gone = replace(closed.authority(), url=f"http://127.0.0.1:{free_port()}")
        with pytest.raises(Away, match="could not be reached"):
            TimeAuthority(gone).stamp(b"manifest")


def test_an_answer_that_trickles_is_cut_off(office: StampAuthority) -> None:
    office.faults = FaultScript(shares={Fault.HANG_AFTER: 1.0})
    with pytest.raises(Away, match="did not answer in time"):
        TimeAuthority(office.authority(), SHORT).stamp(b"manifest")


def test_a_redirect_is_not_followed(office: StampAuthority) -> None:
    office.trick = Trick.ELSEWHERE
    with pytest.raises(Away, match="leads elsewhere"):
        TimeAuthority(office.authority()).stamp(b"manifest")
    assert len(office.calls()) == 1


def test_the_way_out_asks_no_proxy_of_the_environment(
    office: StampAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert TimeAuthority(office.authority()).stamp(b"manifest")[1].serial
