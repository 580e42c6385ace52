"""An action is sent once, seen to have happened, or put before a person: never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from moderation.access import Role
from moderation.lifecycle import ActionState, EvidenceState
from moderation.model import ActionKind, ItemRef
from moderation.tables import AccountRow, EvidenceRow, JobState, UserRow
from tests.moderation.deeds import NOT_ABUSE, decide
from tests.moderation.locks import unlocked
from tests.replayed import SETTLE_S, Calm, Replayed
from tests.worker.acting_tools import (
    action_of,
    ask,
    attempts,
    carry_through,
    item_of,
    take_back,
)
from tests.world import NOW, ORG, World
from worker import act_task, acting

HIDE, DELETE, REPORT = ActionKind.HIDE, ActionKind.DELETE, ActionKind.REPORT


@pytest.fixture
def replayed(world: World, tmp_path: Path) -> Replayed:
    made = Replayed(world, tmp_path)
    made.shop.detectors = [Calm()]
    return made


def fault(error: str = "transient", when: str = "before", **more: Any) -> list[dict[str, Any]]:
    return [{"call": "act", "error": error, "when": when, "retry_after": 1, **more}]


def test_a_hide_is_sent_once_and_verified_after_the_settle_window(replayed: Replayed) -> None:
    action_id = ask(replayed)
    replayed.work()
    assert action_of(replayed, action_id).state is ActionState.SENT
    replayed.later(SETTLE_S - 1)
    replayed.work()
    assert action_of(replayed, action_id).state is ActionState.SENT
    replayed.later(2)
    replayed.work()
    action = action_of(replayed, action_id)
    assert action.state is ActionState.VERIFIED
    assert action.first_sent_at == NOW
    assert action.verified_at == replayed.shop.at
    assert replayed.acts() == [HIDE]
    assert attempts(replayed, action_id) == ["ok"]
    assert replayed.job("act").state is JobState.DONE
    replayed.require_whole()


def test_a_platform_whose_reads_lag_longer_is_waited_for_longer(replayed: Replayed) -> None:
    action_id = ask(replayed, settle_s=60)
    replayed.work()
    replayed.later(59)
    replayed.work()
    assert action_of(replayed, action_id).state is ActionState.SENT
    replayed.later(2)
    replayed.work()
    assert action_of(replayed, action_id).state is ActionState.VERIFIED


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_answer_that_is_lost_ends_in_one_effect(replayed: Replayed, when: str) -> None:
    action_id = ask(replayed, faults=fault(when=when))
    replayed.work()
    assert attempts(replayed, action_id) == ["unknown"]
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.VERIFIED
    assert replayed.acts() == [HIDE]
    assert attempts(replayed, action_id) == (["unknown", "ok"] if when == "before" else ["unknown"])
    replayed.require_whole()


def test_a_platform_that_never_answers_is_tried_a_few_times_and_then_left_to_a_person(
    replayed: Replayed,
) -> None:
    action_id = ask(replayed, faults=fault(times=99))
    carry_through(replayed)
    action = action_of(replayed, action_id)
    assert (action.state, action.says) == (ActionState.NEEDS_PERSON, acting.UNKNOWN)
    assert attempts(replayed, action_id) == ["unknown"] * acting.MAX_SENDS
    assert replayed.acts() == []


@pytest.mark.parametrize(
    ("error", "state"),
    [
        ("permanent", ActionState.REFUSED),
        ("auth_lost", ActionState.NEEDS_PERSON),
        ("gone", ActionState.MOOT),
    ],
)
def test_a_refusal_ends_the_action_and_says_why(
    replayed: Replayed, error: str, state: ActionState
) -> None:
    action_id = ask(replayed, faults=fault(error))
    carry_through(replayed, rounds=2)
    action = action_of(replayed, action_id)
    assert action.state is state
    assert action.says
    assert attempts(replayed, action_id) == ["rejected"]
    assert replayed.job("act").state is JobState.DONE


def test_a_report_cannot_be_seen_so_it_counts_as_accepted(replayed: Replayed) -> None:
    action_id = ask(replayed, REPORT)
    carry_through(replayed, rounds=2)
    assert action_of(replayed, action_id).state is ActionState.ACCEPTED
    assert replayed.acts() == [REPORT]


def test_a_report_whose_answer_is_lost_is_never_sent_again(replayed: Replayed) -> None:
    action_id = ask(replayed, REPORT, faults=fault(when="after"))
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.NEEDS_PERSON
    assert replayed.acts() == [REPORT]


def test_a_hide_that_was_accepted_but_does_not_show_is_left_to_a_person(
    replayed: Replayed,
) -> None:
    action_id = ask(replayed)
    replayed.work()
    with replayed.store.reading() as session:
        connector = replayed.shop.connector(session.get_one(AccountRow, replayed.account_id))
    connector.act(ItemRef(item_of(replayed, action_id).native_id), ActionKind.UNHIDE)
    carry_through(replayed)
    action = action_of(replayed, action_id)
    assert (action.state, action.says) == (ActionState.NEEDS_PERSON, acting.STILL_THERE)
    assert replayed.acts() == [HIDE, ActionKind.UNHIDE]


def test_a_comment_that_its_author_deletes_meanwhile_makes_the_action_moot(
    replayed: Replayed,
) -> None:
    action_id = ask(replayed)
    replayed.work()
    replayed.say(item_of(replayed, action_id).native_id, "", change="deleted")
    carry_through(replayed, rounds=2)
    action = action_of(replayed, action_id)
    assert (action.state, action.says) == (ActionState.MOOT, acting.GONE)


def test_a_read_back_that_stumbles_is_asked_again(replayed: Replayed) -> None:
    action_id = ask(replayed, faults=[{"call": "read_back", "retry_after": 1}])
    carry_through(replayed)
    assert action_of(replayed, action_id).state is ActionState.VERIFIED
    assert replayed.acts() == [HIDE]


def test_a_right_that_ended_meanwhile_stops_the_action(replayed: Replayed) -> None:
    action_id = ask(replayed)
    user = replayed.world.users[ORG, Role.COMMS_MODERATOR]
    with replayed.store.transaction() as session:
        session.execute(update(UserRow).where(UserRow.id == user.id).values(active=False))
    carry_through(replayed, rounds=1)
    action = action_of(replayed, action_id)
    assert (action.state, action.says) == (ActionState.REFUSED, act_task.RIGHTS_ENDED)
    assert replayed.acts() == []


def test_a_decision_that_it_is_no_abuse_stops_the_action(replayed: Replayed) -> None:
    action_id = ask(replayed)
    with replayed.store.transaction() as session:
        decide(replayed.world, session, item_of(replayed, action_id), NOT_ABUSE)
    carry_through(replayed, rounds=1)
    action = action_of(replayed, action_id)
    assert (action.state, action.says) == (ActionState.REFUSED, act_task.DECIDED_OTHERWISE)
    assert replayed.acts() == []


def test_evidence_that_is_not_captured_any_more_stops_the_action(replayed: Replayed) -> None:
    action_id = ask(replayed)
    # The database itself refuses this, so it takes somebody who may change the database.
    with unlocked(replayed.store) as session:
        session.execute(update(EvidenceRow).values(state=EvidenceState.FAILED))
    carry_through(replayed, rounds=1)
    action = action_of(replayed, action_id)
    assert (action.state, action.says) == (ActionState.REFUSED, act_task.NO_EVIDENCE)
    assert replayed.acts() == []


def test_a_verified_delete_marks_the_item_gone_by_the_person_who_asked(
    replayed: Replayed,
) -> None:
    action_id = ask(replayed, DELETE)
    carry_through(replayed, rounds=2)
    lead = replayed.world.users[ORG, Role.COMMS_LEAD]
    assert action_of(replayed, action_id).state is ActionState.VERIFIED
    assert item_of(replayed, action_id).gone_by == f"user:{lead.id}"
    replayed.require_whole()


def test_a_hide_is_taken_back_by_an_unhide_that_is_verified_too(replayed: Replayed) -> None:
    action_id = ask(replayed)
    carry_through(replayed, rounds=2)
    opposite = take_back(replayed, action_id)
    carry_through(replayed, rounds=2)
    assert action_of(replayed, opposite).state is ActionState.VERIFIED
    assert replayed.acts() == [HIDE, ActionKind.UNHIDE]
    replayed.require_whole()


def test_an_account_filled_from_files_refuses_and_says_what_to_do(replayed: Replayed) -> None:
    action_id = ask(replayed)
    with replayed.store.transaction() as session:
        account = session.get_one(AccountRow, replayed.account_id)
        account.connector, account.settings = "import", {}
    carry_through(replayed, rounds=1)
    action = action_of(replayed, action_id)
    assert action.state is ActionState.REFUSED
    assert "by hand" in action.says


def test_an_action_that_cannot_be_carried_through_is_handed_to_a_person(
    replayed: Replayed,
) -> None:
    action_id = ask(replayed, nonsense=True)
    for _ in range(20):
        replayed.work()
        replayed.later(3600)
    assert replayed.job("act").state is JobState.DEAD
    assert action_of(replayed, action_id).state is ActionState.NEEDS_PERSON
    replayed.require_whole()
