"""Each thing that is kept has one class and one clock, and what is needed has no end yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from moderation.policy_parts import Retention
from moderation.retention.classes import (
    NEED_TWO,
    CaseFacts,
    Found,
    ItemFacts,
    Klass,
    Stay,
    Verdict,
    goes_with_case,
    longest,
    of_case,
    of_item,
)
from moderation.taxonomy import Severity
from tests.world import NOW

PERIODS = Retention()
SEEN, DECIDED = NOW, NOW + timedelta(days=2)
ITEM = ItemFacts(seen_at=SEEN)
ABUSE = replace(ITEM, found=Found.ABUSE, severity=Severity.S2, decided_at=DECIDED, wanted_at=SEEN)
CLOSED = CaseFacts(closed_at=NOW + timedelta(days=100))


def after(days: float, start: datetime = NOW) -> datetime:
    return start + timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "klass", "due"),
    [
        pytest.param(ITEM, Klass.NOT_FLAGGED, after(30), id="seen, and nobody asked"),
        pytest.param(
            replace(ITEM, wanted_at=after(5)),
            Klass.NOT_ABUSE,
            after(35),
            id="captured for somebody, and nobody decided",
        ),
        pytest.param(
            replace(ABUSE, found=Found.NOT_ABUSE),
            Klass.NOT_ABUSE,
            after(30, DECIDED),
            id="no abuse",
        ),
        pytest.param(
            replace(ABUSE, severity=Severity.S1), Klass.SLIGHT, after(90, DECIDED), id="slight"
        ),
        pytest.param(
            replace(ABUSE, found=Found.HOUSE_RULE),
            Klass.SLIGHT,
            after(90, DECIDED),
            id="a house rule",
        ),
        pytest.param(ABUSE, Klass.NO_CASE, after(365, DECIDED), id="abuse, no case"),
        pytest.param(
            replace(ABUSE, last_occasion=after(50)),
            Klass.NO_CASE,
            after(415),
            id="abuse, and its author came again",
        ),
        pytest.param(
            replace(ABUSE, last_occasion=after(1)),
            Klass.NO_CASE,
            after(365, DECIDED),
            id="abuse, and its author came before",
        ),
        pytest.param(
            replace(ABUSE, cases=(CLOSED,)), Klass.CASE, after(465), id="in a case that is closed"
        ),
        pytest.param(
            replace(ABUSE, cases=(CLOSED, replace(CLOSED, internal=True, closed_at=after(200)))),
            Klass.INTERNAL_CASE,
            after(565),
            id="in two cases: the later end counts",
        ),
        pytest.param(
            replace(ABUSE, unblocked_at=after(600)),
            Klass.BLOCK,
            after(690),
            id="a block was lifted late",
        ),
        pytest.param(
            replace(ABUSE, unblocked_at=after(10)),
            Klass.NO_CASE,
            after(365, DECIDED),
            id="a block was lifted early",
        ),
    ],
)
def test_an_item_has_this_class_and_goes_then(
    facts: ItemFacts, klass: Klass, due: datetime
) -> None:
    verdict = of_item(facts, PERIODS)
    assert (verdict.klass, verdict.due_at, verdict.stays) == (klass, due, None)
    assert not verdict.is_due(due - timedelta(seconds=1))
    assert verdict.is_due(due)


@pytest.mark.parametrize(
    ("more", "stays"),
    [
        ({"waits": True}, Stay.WAITS),
        ({"busy": True}, Stay.BUSY),
        ({"held": True}, Stay.HELD),
        ({"held": True, "police": True}, Stay.HELD),
        ({"blocked": True}, Stay.BLOCKED),
        ({"cases": (replace(CLOSED, closed_at=None),)}, Stay.OPEN_CASE),
        ({"cases": (CLOSED, replace(CLOSED, closed_at=None))}, Stay.OPEN_CASE),
        ({"cases": (replace(CLOSED, held=True),)}, Stay.HELD),
        ({"cases": (replace(CLOSED, busy=True),)}, Stay.BUSY),
        ({"cases": (replace(CLOSED, safeguarding=True),)}, Stay.UNTIL_SAID),
    ],
    ids=str,
)
@pytest.mark.parametrize("facts", [ITEM, ABUSE, replace(ABUSE, found=Found.NOT_ABUSE)])
def test_what_is_needed_stays_however_long_it_is_there(
    facts: ItemFacts, more: dict[str, Any], stays: Stay
) -> None:
    verdict = of_item(replace(facts, **more), PERIODS)
    assert (verdict.stays, verdict.due_at, verdict.media_due_at) == (stays, None, None)
    assert not verdict.is_due(after(100_000))


def test_a_matter_of_the_police_has_its_own_class_until_they_release_it() -> None:
    assert of_item(replace(ABUSE, held=True, police=True), PERIODS).klass is Klass.POLICE
    assert of_case(replace(CLOSED, held=True, police=True), PERIODS).klass is Klass.POLICE


@pytest.mark.parametrize(
    ("more", "klass", "days"),
    [
        ({}, Klass.CASE, 365),
        ({"claim": True}, Klass.CASE, 2192),
        ({"internal": True}, Klass.INTERNAL_CASE, 365),
        ({"internal": True, "claim": True}, Klass.INTERNAL_CASE, 365),
    ],
    ids=str,
)
def test_a_case_is_kept_from_its_close(more: dict[str, Any], klass: Klass, days: int) -> None:
    verdict = of_case(replace(CLOSED, **more), PERIODS)
    assert (verdict.klass, verdict.due_at) == (klass, after(100 + days))
    assert klass in NEED_TWO


def test_safeguarding_stays_until_people_say_so_or_the_policy_names_a_period() -> None:
    case = replace(CLOSED, safeguarding=True)
    endless = of_case(case, PERIODS)
    assert (endless.klass, endless.stays) == (Klass.SAFEGUARDING, Stay.UNTIL_SAID)
    assert endless.may_go(NOW)
    assert not endless.is_due(after(100_000))
    assert of_case(case, replace(PERIODS, safeguarding=3_650)).due_at == after(3_750)


def test_media_goes_before_the_words_only_where_it_is_no_abuse() -> None:
    benign = of_item(replace(ABUSE, found=Found.NOT_ABUSE), PERIODS)
    assert benign.media_due_at == after(7, DECIDED)
    assert of_item(ABUSE, PERIODS).media_due_at is None
    hasty = of_item(replace(ABUSE, found=Found.NOT_ABUSE), replace(PERIODS, not_abuse=3))
    assert hasty.media_due_at == hasty.due_at


def test_an_item_goes_with_its_case_unless_something_else_keeps_it() -> None:
    late = after(5_000)
    assert goes_with_case(ABUSE, PERIODS, after(101)), "its own clock no longer counts"
    assert goes_with_case(replace(ABUSE, cases=(CLOSED,)), PERIODS, late)
    assert not goes_with_case(replace(ABUSE, cases=(CLOSED,)), PERIODS, after(101))
    for name in ("held", "waits", "busy", "blocked", "police"):
        more: dict[str, Any] = {name: True}
        assert not goes_with_case(replace(ABUSE, **more), PERIODS, late)
    assert not goes_with_case(replace(ABUSE, unblocked_at=after(4_990)), PERIODS, late)
    other = replace(CLOSED, safeguarding=True)
    assert not goes_with_case(replace(ABUSE, cases=(other,)), PERIODS, late)


def test_what_has_no_end_keeps_longer_than_any_day() -> None:
    day = Verdict(Klass.CASE, after(10_000))
    endless = Verdict(Klass.CASE, stays=Stay.HELD)
    assert longest((day, endless)) is endless
    assert longest((day, Verdict(Klass.BLOCK, after(1)))) is day
