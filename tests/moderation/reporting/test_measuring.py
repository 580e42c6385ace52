"""How right the machine was in a week: by category, with shares only where there are enough."""

from __future__ import annotations

import pytest

from moderation.access import Role
from moderation.lifecycle import ItemState
from moderation.reporting.figures import Figures
from moderation.reporting.precision import Measured, Precision, precision
from moderation.reporting.wording import flagged_says, left_says, measured_says
from moderation.review import reopen
from moderation.taxonomy import Abuse
from tests.moderation.reporting.test_summary import (
    ABUSE,
    CRITICISM,
    MONDAY,
    WEEK,
    decide,
    figures_of,
    hours,
)
from tests.world import CLEAR, REASON, UNSCORED, World, proposal


def test_what_was_flagged_counts_under_the_category_that_the_machine_gave(world: World) -> None:
    with world.store.transaction() as session:
        for n, (kind, found) in enumerate(
            [
                (Abuse.MENACE, ABUSE),
                (Abuse.MENACE, CRITICISM),
                (Abuse.DOXING, ABUSE),
                (None, CRITICISM),
            ]
        ):
            item = world.item(session, f"words {n}", proposal(kind), now=MONDAY)
            decide(session, world, item, found, MONDAY + hours(1))
        unread = world.item(session, "Diolch", UNSCORED, now=MONDAY)
        decide(session, world, unread, ABUSE, MONDAY + hours(1))
        world.item(session, "nobody decided", now=MONDAY)
    figures = figures_of(world)
    assert (figures.flagged_decided, figures.flagged_confirmed) == (4, 2)
    assert figures.tables["flagged_decided"] == {"category": {"menace": 2, "doxing": 1, "none": 1}}
    assert figures.tables["flagged_confirmed"] == {"category": {"menace": 1, "doxing": 1}}
    assert Figures.from_json(figures.as_json()) == figures
    measured = precision(figures)
    assert measured.by_category == (
        Measured(2, 1, "menace"),
        Measured(1, 1, "doxing"),
        Measured(1, 0, "none"),
    )


def test_what_was_left_alone_and_found_by_hand_is_counted_apart(world: World) -> None:
    with world.store.transaction() as session:
        for n, found in enumerate((ABUSE, CRITICISM)):
            item = world.item(session, f"mild {n}", CLEAR, now=MONDAY)
            assert item.state is ItemState.CLEAR
            reopen(
                session,
                item.id,
                reason=REASON,
                revision=item.revision,
                actor=world.actor(Role.COMMS_LEAD),
                now=MONDAY,
            )
            decide(session, world, item, found, MONDAY + hours(1))
    figures = figures_of(world)
    assert (figures.flagged_decided, figures.left_decided, figures.left_abuse) == (0, 2, 1)
    assert figures.tables["left_abuse"] == {"category": {"personal_abuse": 1}}


def test_a_proposal_made_after_the_decision_says_nothing_of_it(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session, "words", CLEAR, now=MONDAY, native_id="c")
        reopen(
            session,
            item.id,
            reason=REASON,
            revision=item.revision,
            actor=world.actor(Role.COMMS_LEAD),
            now=MONDAY,
        )
        decide(session, world, item, ABUSE, MONDAY + hours(1))
        world.item(session, "other words", now=MONDAY + hours(2), native_id="c")
    figures = figures_of(world)
    assert (figures.flagged_decided, figures.left_abuse) == (0, 1)


def test_a_week_that_was_made_before_is_shown_as_far_as_it_goes() -> None:
    old = {
        "week": str(WEEK), "org_id": "n", "org_name": "N", "begins": "", "ends": "", "made_at": "",
        "flagged_decided": 8, "flagged_confirmed": 6,
        "accounts": {}, "times": {}, "actions": [], "gaps": [], "coverage_unknown": [],
    }  # fmt: skip
    measured = precision(Figures.from_json(old))
    assert measured == Precision(Measured(8, 6), (), None)


@pytest.mark.parametrize(
    ("measured", "says"),
    [
        (Measured(19, 18), "18 of 19"),
        (Measured(20, 13), "13 of 20 (65%)"),
        (Measured(1500, 1500), "1,500 of 1,500 (100%)"),
    ],
)
def test_a_share_is_given_from_twenty_decisions_on(measured: Measured, says: str) -> None:
    assert measured_says(measured) == says


def test_the_sentences_own_up_to_what_is_not_known() -> None:
    assert flagged_says(Measured(0, 0)) == "Nobody decided about a flagged item this week."
    assert "1 of 3 was abuse" in flagged_says(Measured(3, 1))
    assert "does not show what it misses" in left_says(Measured(0, 0))
    assert "2 of 5 were abuse" in left_says(Measured(5, 2))
