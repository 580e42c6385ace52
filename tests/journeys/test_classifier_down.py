"""A detector that fails on one comment, in whatever way, harms that comment alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select

from moderation.lifecycle import ItemState
from moderation.model import Signal
from moderation.proposing import Outcome
from moderation.store import Store
from moderation.tables import ItemRow, JobState, Lane, ProposalRow
from tests.dying import die, in_a_child
from tests.replayed import Calm, Replayed, SteppedShop, give_lease_back
from worker import classifying, detection
from worker.runner import Runner

BAD = "bad"


class Faulty(Calm):
    """Finds every comment harmless, and does something of its own at the bad one."""

    model = "faulty@1"

    def __init__(self, fault: Callable[[], Signal]) -> None:
        self._fault = fault

    def score(self, texts: Sequence[str]) -> list[Signal]:
        calm = super().score(texts)
        return [
            self._fault() if text == BAD else one for text, one in zip(texts, calm, strict=True)
        ]


def raise_out_of_memory() -> Signal:
    raise MemoryError


def not_a_number() -> Signal:
    return Signal("faulty@1", {"insult": math.nan})


def kill_the_process() -> Signal:
    die()
    raise AssertionError("dead by now")


def bring_in(replayed: Replayed) -> None:
    for number in range(6):
        replayed.say(f"c-{number}", BAD if number == 3 else "Nice one")
    replayed.promise_poll()
    replayed.work(Lane.INGEST)


def outcomes(replayed: Replayed) -> dict[str, Outcome]:
    with replayed.store.reading() as session:
        rows = session.execute(
            select(ItemRow.native_id, ProposalRow.outcome).join(
                ProposalRow, ProposalRow.item_id == ItemRow.id
            )
        )
        return {row.native_id: Outcome(row.outcome) for row in rows}


def require_bad_alone(replayed: Replayed, why: str) -> None:
    """Fail unless the bad comment waits for a person, unscored, and the rest is clear."""
    assert outcomes(replayed) == {
        f"c-{n}": Outcome.UNSCORED if n == 3 else Outcome.CLEAR for n in range(6)
    }
    assert replayed.item("c-3").state is ItemState.REVIEW
    with replayed.store.reading() as session:
        reasons = session.scalars(
            select(ProposalRow.reasons).where(ProposalRow.item_id == replayed.item("c-3").id)
        ).one()
    assert any(why in reason for reason in reasons)
    assert replayed.job("classify").state is JobState.DONE
    replayed.require_whole()


@pytest.mark.parametrize("fault", [raise_out_of_memory, not_a_number])
def test_a_detector_that_fails_on_one_comment_leaves_that_one_to_a_person(
    replayed: Replayed, fault: Callable[[], Signal]
) -> None:
    replayed.shop.detectors = [Faulty(fault)]
    bring_in(replayed)
    replayed.work(Lane.CLASSIFY)
    require_bad_alone(replayed, detection.FAILED)


def test_a_comment_that_kills_its_reader_is_found_and_left_to_a_person(
    replayed: Replayed,
) -> None:
    bring_in(replayed)

    def work() -> None:
        shop = SteppedShop(replayed.settings, Store.open(replayed.settings.database_url))
        shop.at = replayed.shop.at
        shop.detectors = [Faulty(kill_the_process)]
        Runner(shop, "dying").run_next(Lane.CLASSIFY)

    deaths = 0
    while in_a_child(work):
        deaths += 1
        give_lease_back(replayed)
    # Once with the whole page, and once more by itself.
    assert deaths == 2
    require_bad_alone(replayed, classifying.KILLED_ITS_READER)
