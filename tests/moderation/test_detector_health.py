"""Which detectors fail is kept with the pages they failed on, and that they work again too."""

from __future__ import annotations

import pytest

from moderation import detector_health
from moderation.access import Role
from moderation.errors import NotAllowed
from moderation.model import Failure, Signal
from moderation.store import Store
from moderation.tables import DetectorHealthRow
from tests.world import NOW, World, hours

READ = Signal("toxic@1", {"toxicity": 0.1})
NOT_FOR_IT = Signal("toxic@1", unscored="Written in Polish")
RULE = Signal("rules.threats@1")


def failed(failure: Failure = Failure.TIMED_OUT, model: str = "toxic@1") -> Signal:
    return Signal(model, unscored="It took too long", failure=failure)


def note(store: Store, *signals: Signal, after: float = 0) -> None:
    with store.transaction() as session:
        detector_health.note(session, signals, now=NOW + hours(after))


def rows(store: Store) -> dict[str, DetectorHealthRow]:
    with store.reading() as session:
        return {row.name: row for row in session.query(DetectorHealthRow)}


def test_nothing_is_kept_of_what_reads(store: Store) -> None:
    note(store, READ, NOT_FOR_IT, RULE)
    assert rows(store) == {}


def test_a_failure_is_counted_from_its_beginning_with_its_latest_kind(store: Store) -> None:
    note(store, failed(), failed(), READ)
    note(store, failed(Failure.STOPPED), RULE, after=1)
    row = rows(store)["toxic"]
    assert (row.failing_since, row.failed_at) == (NOW, NOW + hours(1))
    assert (row.items, row.failure, row.worked_at) == (3, Failure.STOPPED, None)


def test_a_detector_that_reads_a_whole_page_again_works(store: Store) -> None:
    note(store, failed(), failed(model="other@2"))
    note(store, NOT_FOR_IT, after=1)
    assert rows(store)["toxic"].worked_at is None, "a text that is not for it shows nothing"
    note(store, READ, after=2)
    assert rows(store)["toxic"].worked_at == NOW + hours(2)
    assert rows(store)["other"].worked_at is None
    note(store, READ, after=3)
    assert rows(store)["toxic"].worked_at == NOW + hours(2), "since when, not when last"


def test_a_rule_that_broke_works_again_though_it_never_scores(store: Store) -> None:
    note(store, failed(Failure.BROKE, "rules.threats@1"))
    note(store, RULE, after=1)
    assert rows(store)["rules.threats"].worked_at == NOW + hours(1)


def test_failing_anew_is_a_new_beginning(store: Store) -> None:
    note(store, failed(), failed())
    note(store, READ, after=1)
    note(store, failed(Failure.BAD_ANSWER), after=2)
    row = rows(store)["toxic"]
    assert (row.failing_since, row.items, row.worked_at) == (NOW + hours(2), 1, None)


def test_other_weights_are_the_same_model(store: Store) -> None:
    note(store, failed(model="toxic@1"))
    note(store, Signal("toxic@2", {"toxicity": 0.1}), after=1)
    assert rows(store)["toxic"].worked_at is not None


def test_what_fails_is_shown_first_and_what_works_again_for_a_week(world: World) -> None:
    administrator = world.actor(Role.ADMINISTRATOR)
    note(world.store, failed(), failed(model="b@1"))
    note(world.store, failed(model="a@1"), after=1)
    note(world.store, READ, after=2)

    def shown(after: float) -> list[str]:
        with world.store.reading() as session:
            now = NOW + hours(after)
            return [
                row.name for row in detector_health.shown(session, actor=administrator, now=now)
            ]

    assert shown(3) == ["b", "a", "toxic"]
    assert shown(8 * 24) == ["b", "a"]
    with world.store.reading() as session:
        assert [row.name for row in detector_health.failing(session)] == ["a", "b"]


def test_only_whoever_may_see_the_health_sees_it(world: World) -> None:
    with world.store.reading() as session, pytest.raises(NotAllowed):
        detector_health.shown(session, actor=world.actor(Role.HR_LEAD), now=NOW)
