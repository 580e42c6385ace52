"""Values over a socket: whole, within their time, and an end that is seen as one."""

from __future__ import annotations

import math
import socket
from collections.abc import Iterator

import pytest

from classifiers.optional import frames

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    mine, theirs = socket.socketpair()
    with mine, theirs:
        yield mine, theirs


def test_values_come_out_as_they_went_in_one_by_one(pair: Pair) -> None:
    for value in ({"texts": ["\ud800", "\x00", "\ufdfa"]}, [], None, [1.5]):
        frames.send(pair[0], value)
        assert frames.receive(pair[1], 1) == value
    frames.send(pair[0], [math.nan])
    assert math.isnan(frames.receive(pair[1])[0])


def test_an_end_that_says_nothing_runs_out_of_time(pair: Pair) -> None:
    with pytest.raises(TimeoutError):
        frames.receive(pair[1], 0.05)
    pair[0].sendall(b"\x00\x00")
    with pytest.raises(TimeoutError):
        frames.receive(pair[1], 0.05)


def test_an_end_that_closes_is_no_value(pair: Pair) -> None:
    pair[0].close()
    with pytest.raises(EOFError):
        frames.receive(pair[1], 1)


def test_what_is_no_frame_is_refused_without_waiting_for_it(pair: Pair) -> None:
    pair[0].sendall(b"\xff\xff\xff\xff")
    with pytest.raises(ValueError, match="4294967295"):
        frames.receive(pair[1], 1)
    pair[0].sendall(b"\x00\x00\x00\x01{")
    with pytest.raises(ValueError, match="Expecting"):
        frames.receive(pair[1], 1)
