"""An added model that hangs: its comments go to people, nothing waits, the health page tells."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from classifiers.optional.optional_model import PAUSE_S, OptionalModel
from moderation.lifecycle import ItemState
from moderation.model import Failure
from moderation.tables import DetectorHealthRow, JobState, ProposalRow
from tests.classifiers.optional import tiny
from tests.replayed import Calm, Replayed


class Clock:
    """Seconds that pass when the test says so."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model(tmp_path: Path, clock: Clock) -> Iterator[OptionalModel]:
    # It knows obscene words alone, for which the policy flags nothing.
    chosen = tiny.folder_of(tmp_path / "model", labels=("obscene", "neither"))
    made = OptionalModel(replace(chosen, timeout_s=1), clock)
    made.start()
    yield made
    made.close()


def health(replayed: Replayed) -> DetectorHealthRow | None:
    with replayed.store.reading() as session:
        return session.scalars(select(DetectorHealthRow)).one_or_none()


def test_a_model_that_hangs_keeps_nothing_back_and_is_told_of_until_it_works(
    replayed: Replayed, model: OptionalModel, clock: Clock
) -> None:
    replayed.shop.detectors = [Calm(), model]
    replayed.say("before")
    replayed.poll()
    assert replayed.item("before").state is ItemState.CLEAR
    assert health(replayed) is None

    assert model.pid is not None
    os.kill(model.pid, signal.SIGSTOP)
    since = replayed.shop.at
    for number in range(4):
        replayed.say(f"during-{number}")
    replayed.later()
    replayed.poll()
    assert {replayed.item(f"during-{n}").state for n in range(4)} == {ItemState.REVIEW}
    assert replayed.job("classify").state is JobState.DONE
    with replayed.store.reading() as session:
        reasons = session.scalars(
            select(ProposalRow.reasons).where(ProposalRow.item_id == replayed.item("during-0").id)
        ).one()
    assert reasons == ["The model tiny took too long, so this text could not be scored"]
    row = health(replayed)
    assert row is not None
    assert (row.name, row.failure, row.items) == ("tiny", Failure.TIMED_OUT, 4)
    assert row.failing_since > since
    assert row.worked_at is None

    clock.at += PAUSE_S
    replayed.say("after")
    replayed.later()
    replayed.poll()
    assert replayed.item("after").state is ItemState.CLEAR
    row = health(replayed)
    assert row is not None
    assert row.worked_at == replayed.shop.at
    assert replayed.item("during-0").state is ItemState.REVIEW
    replayed.require_whole()
