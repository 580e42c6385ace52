"""A page is read at once, then item by item, and what could not be read goes to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation import jobs
from moderation.jobs import FencedError
from moderation.lifecycle import ItemState
from moderation.model import Signal
from moderation.proposing import Outcome, Subject
from moderation.tables import ItemRow, JobState, Lane, ProposalRow
from tests.replayed import Calm, Replayed
from tests.world import World
from worker import classifying
from worker.detection import Detection, Finding

TEXTS = ("one", "two", "bad", "four")


class Brittle(Detection):
    """Detectors that break as a whole on a batch with the word in it, as no plug-in's fault may."""

    broken = True

    def read(self, subjects: Sequence[Subject]) -> list[Finding]:
        if self.broken and any("bad" in subject.text for subject in subjects):
            raise MemoryError
        return super().read(subjects)


class Insulted(Calm):
    """Finds an insult in every text."""

    def score(self, texts: Sequence[str]) -> list[Signal]:
        return [
            replace(one, scores={**(one.scores or {}), "insult": 0.99, "toxicity": 0.99})
            for one in super().score(texts)
        ]


@pytest.fixture
def replayed(world: World, tmp_path: Path) -> Replayed:
    """A page of four comments, taken in and not read yet."""
    made = Replayed(world, tmp_path)
    made.shop.detectors = [Calm()]
    for number, text in enumerate(TEXTS):
        made.say(f"c-{number}", text)
    made.promise_poll()
    made.work(Lane.INGEST)
    return made


def test_a_picture_reaches_a_person_with_and_without_words(replayed: Replayed) -> None:
    replayed.say("c-picture", "", media=["https://cdn.example.org/1.jpg"])
    replayed.say("c-both", "lovely day", media=["https://cdn.example.org/2.jpg"])
    replayed.say("c-empty", "")
    replayed.promise_poll("later")
    replayed.work(Lane.INGEST)
    replayed.work(Lane.CLASSIFY)
    found = outcomes(replayed)
    assert [found[name] for name in ("c-picture", "c-both", "c-empty")] == ["unscored"] * 3
    assert found["c-0"] == "clear"


def brittle(replayed: Replayed) -> Brittle:
    made = Brittle([Calm()], replayed.shop.policy, replayed.shop.directory)
    replayed.shop.__dict__["detection"] = made
    return made


def outcomes(replayed: Replayed) -> dict[str, str]:
    """Return what was proposed about each comment, by its id."""
    with replayed.store.reading() as session:
        rows = session.execute(
            select(ItemRow.native_id, ProposalRow.outcome)
            .join(ProposalRow, ProposalRow.item_id == ItemRow.id)
            .order_by(ItemRow.id)
        )
        return {row.native_id: Outcome(row.outcome).value for row in rows}


def reasons(replayed: Replayed, native_id: str) -> list[str]:
    with replayed.store.reading() as session:
        found = session.scalars(
            select(ProposalRow.reasons)
            .join(ItemRow, ItemRow.id == ProposalRow.item_id)
            .where(ItemRow.native_id == native_id)
        ).one()
    return list(found)


def test_a_page_is_read_with_its_model_and_its_job_is_done(replayed: Replayed) -> None:
    replayed.work(Lane.CLASSIFY)
    assert set(outcomes(replayed).values()) == {"clear"}
    assert replayed.job("classify").state is JobState.DONE
    with replayed.store.reading() as session:
        hashes = set(session.scalars(select(ProposalRow.model_sha256)))
    assert hashes == {replayed.shop.detection.sha256}
    replayed.require_whole()


def test_what_is_flagged_waits_for_a_person_with_its_capture_promised(replayed: Replayed) -> None:
    replayed.shop.detectors = [Insulted()]
    replayed.work(Lane.CLASSIFY)
    assert {item.state for item in replayed.items()} == {ItemState.REVIEW}
    assert len(replayed.jobs("capture")) == len(TEXTS)
    replayed.require_whole()


def test_a_second_run_after_a_lost_answer_changes_nothing(replayed: Replayed) -> None:
    held = replayed.claim("classify")
    classifying.classify(replayed.shop, held)
    before = [item.revision for item in replayed.items()]
    with pytest.raises(FencedError):
        classifying.classify(replayed.shop, held)
    assert [item.revision for item in replayed.items()] == before
    assert len(outcomes(replayed)) == len(TEXTS)


def test_a_worker_that_lost_its_lease_records_nothing(replayed: Replayed) -> None:
    held = replayed.claim("classify")
    with pytest.raises(FencedError):
        classifying.classify(replayed.shop, replace(held, fence=held.fence - 1))
    assert outcomes(replayed) == {}


def test_a_page_that_fails_as_a_whole_is_read_item_by_item_and_kept_as_far_as_it_came(
    replayed: Replayed,
) -> None:
    brittle(replayed)
    replayed.runner.run_next(Lane.CLASSIFY)
    assert outcomes(replayed) == {}
    replayed.later()
    replayed.runner.run_next(Lane.CLASSIFY)
    assert outcomes(replayed) == {"c-0": "clear", "c-1": "clear"}
    bad = replayed.item("c-2")
    assert replayed.job("classify").note == f"{bad.id}:{bad.version}"


def test_the_item_that_took_its_reader_down_is_put_before_a_person_and_the_rest_is_read(
    replayed: Replayed,
) -> None:
    brittle(replayed)
    for _ in range(3):
        replayed.runner.run_next(Lane.CLASSIFY)
        replayed.later(3600)
    assert outcomes(replayed) == {
        "c-0": "clear",
        "c-1": "clear",
        "c-2": "unscored",
        "c-3": "clear",
    }
    assert classifying.KILLED_ITS_READER in reasons(replayed, "c-2")
    assert replayed.item("c-2").state is ItemState.REVIEW
    assert replayed.job("classify").state is JobState.DONE
    replayed.require_whole()


def test_a_fault_that_passes_leaves_no_item_unscored(replayed: Replayed) -> None:
    detection = brittle(replayed)
    replayed.runner.run_next(Lane.CLASSIFY)
    detection.broken = False
    replayed.later(3600)
    replayed.work(Lane.CLASSIFY)
    assert set(outcomes(replayed).values()) == {"clear"}


def test_a_page_that_can_never_be_read_goes_to_people_and_none_of_it_is_clear(
    replayed: Replayed,
) -> None:
    held = replayed.claim("classify")
    with replayed.store.transaction() as session:
        jobs.bury(session, held, error="MemoryError")
    replayed.shop.detectors = []
    classifying.when_dead(replayed.shop, dead_job(replayed))
    assert set(outcomes(replayed).values()) == {"unscored"}
    assert {item.state for item in replayed.items()} == {ItemState.REVIEW}
    assert classifying.NOT_READ in reasons(replayed, "c-0")
    replayed.require_whole()
    classifying.when_dead(replayed.shop, dead_job(replayed))
    assert len(outcomes(replayed)) == len(TEXTS)


def dead_job(replayed: Replayed) -> jobs.Claim:
    """Return the dead job as the sweep finds it."""
    with replayed.store.reading() as session:
        [held] = jobs.untold(session)
    return held


def test_with_no_detector_at_all_nothing_is_clear(replayed: Replayed) -> None:
    replayed.shop.detectors = []
    replayed.work(Lane.CLASSIFY)
    assert set(outcomes(replayed).values()) == {"unscored"}
    replayed.require_whole()
