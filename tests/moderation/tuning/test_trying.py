"""A setting tried on the past: what moves, what people had found, and what no figure moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from moderation.access import Role
from moderation.errors import NotAllowed
from moderation.lifecycle import CaseState, ItemState
from moderation.reporting.week import Week
from moderation.tables import CaseItemRow, CaseMemberRow, CaseRow, DecisionOutcome, ItemRow
from moderation.taxonomy import Abuse, PerpetratorType
from moderation.tuning import stored
from moderation.tuning.setting import Aim, Choice
from tests.moderation.deeds import ABUSE, HOUSE_RULE, NOT_ABUSE, decide
from tests.moderation.tuning.past import item, said, try_out
from tests.world import CLEAR, NOW, OTHER_ORG, POLICY, World, hours

MORE, LESS = Choice(flag_from=0.30).over(POLICY), Choice(flag_from=0.80).over(POLICY)


def test_a_higher_figure_flags_fewer_and_says_which_were_right_and_wrong(world: World) -> None:
    with world.store.transaction() as session:
        item(world, session, "you are all useless", said(0.95))
        missed = item(world, session, "Dana Price is a waste of space", said(0.70))
        spared = item(world, session, "Dana Price has got to go", said(0.60))
        item(world, session, "what a lovely day", said(0.01))
        decide(world, session, missed, ABUSE)
        decide(world, session, spared, NOT_ABUSE)
    trial = try_out(world, LESS)
    whole = trial.whole
    assert (trial.read, whole.now, whole.tried) == (4, 3, 1)
    assert (whole.more, whole.fewer, whole.unknown) == (0, 2, 0)
    assert (whole.right_now, whole.missed_now, whole.wrong_now) == (1, 0, 1)
    assert (whole.right, whole.missed, whole.wrong) == (0, 1, 0)
    assert [(one.item_id, one.found, one.text) for one in trial.fewer] == [
        (spared.id, DecisionOutcome.NOT_ABUSE, "Dana Price has got to go"),
        (missed.id, DecisionOutcome.ABUSE, "Dana Price is a waste of space"),
    ]
    assert not trial.more


def test_a_lower_figure_flags_more_and_says_how_many_nobody_has_seen(world: World) -> None:
    with world.store.transaction() as session:
        item(world, session, "you are all useless", said(0.95))
        new = item(world, session, "not your finest hour", said(0.40))
        assert new.state is ItemState.CLEAR
    trial = try_out(world, MORE)
    assert (trial.whole.now, trial.whole.tried, trial.whole.unknown) == (1, 2, 1)
    assert [one.item_id for one in trial.more] == [new.id]


def test_the_past_is_compared_with_the_setting_of_now_and_not_with_that_of_then(
    world: World,
) -> None:
    with world.store.transaction() as session:
        then = item(world, session, "not your finest hour", said(0.40), policy=MORE)
        assert then.state is ItemState.REVIEW
    assert try_out(world, POLICY).whole.now == 0
    assert try_out(world, POLICY, as_now=MORE).whole.fewer == 1


def test_rules_check_first_and_what_no_model_read_stay_whatever_the_figure(world: World) -> None:
    with world.store.transaction() as session:
        item(world, session, "I know where you live", said(0.6, "threat.explicit"))
        item(world, session, "help, fire", said(0.06, "check.emergency_report"))
        item(world, session, "Diolch", said(None))
    trial = try_out(world, Choice(flag_from=0.99).over(POLICY))
    assert (trial.whole.now, trial.whole.tried, trial.not_scored) == (2, 2, 1)
    assert (trial.whole.more, trial.whole.fewer, trial.without_shares) == (0, 0, 1)


def test_what_was_not_scored_is_not_missed_even_if_it_was_abuse(world: World) -> None:
    with world.store.transaction() as session:
        decide(world, session, item(world, session, "Diolch", said(None)), ABUSE)
    whole = try_out(world, LESS).whole
    assert (whole.right, whole.missed, whole.missed_now) == (0, 0, 0)


def test_an_item_of_a_pattern_stays_before_people(world: World) -> None:
    with world.store.transaction() as session:
        for n in range(6):
            item(world, session, f"Dana Price is a joke {n}", said(0.7), at=NOW + hours(n / 10))
    trial = try_out(world, LESS)
    assert trial.whole.now == 6
    assert trial.whole.fewer < 6


def test_a_figure_for_staff_moves_only_what_is_aimed_at_staff(world: World) -> None:
    with world.store.transaction() as session:
        item(world, session, "Dana Price is a waste of space", said(0.40))
        item(world, session, "this council is a waste of money", said(0.40))
    trial = try_out(world, Choice(flag_at={Aim.STAFF: 0.30}).over(POLICY))
    assert [one.text for one in trial.more] == ["Dana Price is a waste of space"]


def test_house_rule_matters_are_neither_right_nor_wrong(world: World) -> None:
    with world.store.transaction() as session:
        decide(world, session, item(world, session, "buy ladders", said(0.9)), HOUSE_RULE)
    whole = try_out(world, POLICY).whole
    assert (whole.right, whole.wrong, whole.missed, whole.unknown) == (0, 0, 0, 0)


def test_a_decision_about_earlier_words_says_nothing_of_these(world: World) -> None:
    with world.store.transaction() as session:
        first = item(world, session, "you are useless", said(0.9), native_id="e")
        decide(world, session, first, ABUSE)
        item(world, session, "you are so useless", said(0.9), native_id="e")
    whole = try_out(world, POLICY).whole
    assert (whole.now, whole.right) == (1, 0)


def test_the_same_items_stand_by_category_and_by_week(world: World) -> None:
    with world.store.transaction() as session:
        old = NOW - timedelta(days=21)
        first = item(world, session, "Dana Price is a waste of space", said(0.7), at=old)
        decide(world, session, first, ABUSE, now=old)
        item(world, session, "Sam Okafor should go", said(0.6))
        item(world, session, "long ago", said(0.9), at=NOW - timedelta(days=91))
    trial = try_out(world, LESS)
    assert [week for week, _ in trial.weeks()] == [Week.of(NOW), Week.of(old)]
    assert [tally.missed for _, tally in trial.weeks()] == [0, 1]
    ((category, tally),) = trial.categories()
    assert (category, tally.now, tally.tried, tally.missed) == (Abuse.PERSONAL_ABUSE, 2, 0, 1)


def test_nothing_of_another_organisation_or_of_a_case_alone_is_tried(world: World) -> None:
    with world.store.transaction() as session:
        item(world, session, "theirs", said(0.9), org_id=OTHER_ORG)
        kept = item(world, session, "a call that staff logged", said(0.9))
        kept.restricted = True
        _put_in_case(world, session, kept)
    for role in (Role.COMMS_LEAD, Role.HR_LEAD):
        trial = try_out(world, LESS, role=role)
        assert (trial.read, trial.whole.now) == (0, 0)
    with pytest.raises(NotAllowed):
        try_out(world, LESS, role=Role.BOARD_MEMBER)


def _put_in_case(world: World, session: Session, row: ItemRow) -> None:
    """Let the HR lead see the item as a member of a case that holds it."""
    case = CaseRow(
        ref="C-1",
        org_id=row.org_id,
        state=CaseState.OPEN,
        source="manual",
        severity=2,
        perpetrator_type=PerpetratorType.UNKNOWN,
        opened_by="user:1",
        opened_at=NOW,
    )
    session.add(case)
    session.flush()
    hr = world.actor(Role.HR_LEAD).user_id
    session.add(CaseMemberRow(case_id=case.id, user_id=hr, added_by="user:1", added_at=NOW))
    session.add(CaseItemRow(case_id=case.id, item_id=row.id, added_at=NOW))


def test_batches_are_short_and_every_item_is_in_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.store.transaction() as session:
        for n in range(7):
            item(world, session, f"useless {n}", said(0.9), at=NOW + hours(n // 3))
    monkeypatch.setattr(stored, "BATCH", 2)
    assert try_out(world, POLICY).whole.now == 7


def test_twenty_examples_are_shown_and_they_are_the_newest(sqlite_world: World) -> None:
    with sqlite_world.store.transaction() as session:
        for n in range(23):
            item(sqlite_world, session, f"useless {n}", said(0.7), at=NOW + timedelta(seconds=n))
    trial = try_out(sqlite_world, LESS)
    assert (trial.whole.fewer, len(trial.fewer), trial.fewer[0].text) == (23, 20, "useless 22")


def test_items_read_by_labels_alone_move_with_no_figure(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, "You are a useless clown")
        world.item(session, "Nice one", CLEAR)
    trial = try_out(world, Choice(flag_from=0.06).over(POLICY))
    assert (trial.read, trial.without_shares) == (2, 2)


def test_an_auditor_who_gave_no_reason_sees_nothing_of_the_past(world: World) -> None:
    with world.store.transaction() as session:
        item(world, session, "you are all useless", said(0.7))
    trial = try_out(world, LESS, role=Role.AUDITOR)
    assert (trial.read, trial.whole.now, len(trial.fewer)) == (0, 0, 0)
