"""The health page names the models and rules that fail, and says when they work again."""

from __future__ import annotations

from moderation import detector_health
from moderation.model import Failure, Signal
from review_ui.upkeep import FAILURES
from tests.review_ui.world import World

READ = Signal("toxic@1", {"toxicity": 0.1})


def note(world: World, *signals: Signal) -> None:
    with world.store.transaction() as session:
        detector_health.note(session, signals, now=world.store.now())


def failed(failure: Failure) -> Signal:
    return Signal("toxic@1", unscored="It failed", failure=failure)


def test_every_failure_has_its_words() -> None:
    assert set(FAILURES) == set(Failure)


def test_a_model_that_fails_is_shown_until_it_works_again(world: World) -> None:
    page = world.browser("adam")
    assert "All of them read." in page.get("/health").text
    note(world, *[failed(Failure.TIMED_OUT)] * 3)
    shown = page.get("/health").text
    assert "toxic" in shown
    assert "It took too long" in shown
    assert "Failing" in shown
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">3</td>' in shown
    note(world, READ)
    shown = page.get("/health").text
    assert "Works again" in shown
    assert "Failing" not in shown
