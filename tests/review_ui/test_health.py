"""The health page names the models and rules that fail, and says when they work again."""

from __future__ import annotations

from moderation import detector_health
from moderation.evidence.care.checking import Check
from moderation.evidence.care.reporting import keep
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


def test_the_nightly_check_of_the_sealed_files_is_shown_with_what_is_wrong(world: World) -> None:
    lead = world.browser("adam")
    assert "have not been checked yet" in lead.get("/health").text
    check, now = Check(began="2026-11-20T02:00:00+00:00", files=1_234), world.store.now()
    with world.store.transaction() as session:
        keep(session, check, now=now)
    said = lead.get("/health").text
    assert "1,234 files were read again" in said
    assert "Whole" in said
    check.note("missing", "ab/abcd")
    with world.store.transaction() as session:
        keep(session, check, now=now)
    said = lead.get("/health").text
    assert "Needs a person" in said
    assert "ab/abcd" in said
