"""A worker that dies at any step of an action leaves one effect, seen or put before a person."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from moderation import jobs
from moderation.lifecycle import ActionState
from moderation.model import ActionKind
from moderation.tables import Lane
from tests.dying_worker import READING_BACK, SENDING, Dying, call, commit, crash, sent_at
from tests.replayed import SETTLE_S, Replayed
from tests.worker.acting_tools import action_of, ask, carry_through
from worker.runner import attend_dead

HIDE, REPORT = ActionKind.HIDE, ActionKind.REPORT
LOST_ANSWERS = {"applied": "after", "not applied": "before"}


def require_one_effect(replayed: Replayed, action_id: int, kind: ActionKind = HIDE) -> None:
    """Fail unless the platform saw it once, and no call came before the last one had settled."""
    assert replayed.acts() == [kind]
    times = sent_at(replayed, action_id)
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert all(gap >= timedelta(seconds=SETTLE_S) for gap in gaps)
    replayed.require_whole()


@pytest.mark.parametrize("answer", LOST_ANSWERS.values(), ids=LOST_ANSWERS.keys())
@pytest.mark.parametrize("dying", SENDING.values(), ids=SENDING.keys())
def test_a_crash_while_sending_ends_in_one_effect_that_was_seen(
    replayed: Replayed, dying: Dying, answer: str
) -> None:
    """The platform's first answer is lost as well, with the action applied or not."""
    lost = {"call": "act", "when": answer, "retry_after": 1}
    action_id = ask(replayed, faults=[lost])
    crash(replayed, dying)
    before = len(sent_at(replayed, action_id))
    replayed.later(SETTLE_S - 1)
    replayed.work(Lane.ACT)
    # What was sent, or may have been, is not sent again inside the settle window.
    assert len(sent_at(replayed, action_id)) == max(before, 1)
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.VERIFIED
    require_one_effect(replayed, action_id)


@pytest.mark.parametrize("dying", READING_BACK.values(), ids=READING_BACK.keys())
def test_a_crash_while_reading_back_ends_in_one_effect_that_was_seen(
    replayed: Replayed, dying: Dying
) -> None:
    action_id = ask(replayed)
    replayed.work(Lane.ACT)
    replayed.later()
    crash(replayed, dying)
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.VERIFIED
    assert len(sent_at(replayed, action_id)) == 1
    require_one_effect(replayed, action_id)


@pytest.mark.parametrize("before", [True, False], ids=["not applied", "applied"])
def test_a_report_that_may_have_been_made_is_left_to_a_person_and_never_made_again(
    replayed: Replayed, before: bool
) -> None:
    action_id = ask(replayed, REPORT)
    crash(replayed, call("act", before=before))
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.NEEDS_PERSON
    assert replayed.acts() == ([] if before else [REPORT])
    assert len(sent_at(replayed, action_id)) == 1
    replayed.require_whole()


def test_a_worker_that_dies_at_every_try_leaves_the_action_to_a_person(
    replayed: Replayed,
) -> None:
    action_id = ask(replayed)
    tries = replayed.job("act").max_attempts
    for _ in range(tries):
        crash(replayed, commit(2, before=True))
    with replayed.store.transaction() as session:
        jobs.bury_expired(session, now=replayed.shop.at)
    assert attend_dead(replayed.shop) == 1
    assert action_of(replayed, action_id).state is ActionState.NEEDS_PERSON
    assert replayed.acts() == []
    replayed.require_whole()
