"""The stamp job has its stamp in the end, whatever the authority does in between."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation.evidence import stamps
from moderation.evidence.stamps import Anchors, Stamp, check
from moderation.settings import Settings
from moderation.tables import EvidenceRow, JobRow, JobState, Lane, Stamped
from tests.moderation.evidence.making import House
from tests.replayed import SteppedShop
from tests.standins.faults import HANGS, Fault, FaultScript
from tests.standins.stamp_authority import SHORT, StampAuthority, Trick
from tests.world import World
from worker import stamping, time_authorities
from worker.runner import Runner
from worker.time_authorities import TimeAuthority


@dataclass
class Bench:
    """A house whose seals are stamped, and the worker that has them stamped."""

    house: House
    office: StampAuthority

    def __post_init__(self) -> None:
        settings = replace(self.house.settings, authorities=(self.office.authority(),))
        self.set_up(settings)

    def set_up(self, settings: Settings) -> None:
        self.shop = SteppedShop(settings, self.house.world.store)

    def seal(self) -> EvidenceRow:
        return self.house.evidence(self.house.item())

    def run(self) -> int:
        """Run what is due in the lane of stamps; return how many jobs that was."""
        runner, count = Runner(self.shop, "test"), 0
        while runner.run_next(Lane.STAMP):
            count += 1
        return count

    def later(self, seconds: float) -> None:
        self.shop.at += timedelta(seconds=seconds)

    def stamp(self, row: EvidenceRow) -> Stamp:
        with self.shop.store.reading() as session:
            [found] = stamps.of(session, Stamped.EVIDENCE, row.id)
        return found

    def jobs(self) -> list[JobRow]:
        with self.shop.store.reading() as session:
            return list(session.scalars(select(JobRow).where(JobRow.kind == stamps.KIND)))

    def manifest(self, row: EvidenceRow) -> bytes:
        assert row.sha256 is not None
        return self.house.vault.get(row.sha256)


@pytest.fixture
def house(world: World, tmp_path: Path) -> House:
    return House(world, Settings(data_dir=tmp_path / "data", database_url=""))


@pytest.fixture
def sqlite_house(sqlite_world: World, tmp_path: Path) -> House:
    return House(sqlite_world, Settings(data_dir=tmp_path / "data", database_url=""))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[StampAuthority]:
    with StampAuthority(tmp_path) as server:
        yield server


@pytest.fixture
def bench(house: House, office: StampAuthority) -> Bench:
    return Bench(house, office)


@pytest.fixture
def sqlite_bench(sqlite_house: House, office: StampAuthority) -> Bench:
    return Bench(sqlite_house, office)


def test_a_seal_is_stamped_and_the_whole_answer_kept(bench: Bench) -> None:
    row = bench.seal()
    assert bench.stamp(row).state == "wanted"
    assert bench.run() == 1
    stamp = bench.stamp(row)
    assert (stamp.authority, stamp.state, stamp.why) == ("time-office", "had", "")
    assert stamp.token_sha256 is not None
    answer = bench.house.vault.get(stamp.token_sha256)
    token = check(answer, bench.manifest(row), Anchors.of(bench.office.authority()))
    assert (token.stamped_at, token.serial) == (stamp.stamped_at, stamp.serial)
    [asked] = bench.office.calls("POST")
    assert hashlib.sha256(bench.manifest(row)).digest() in asked.body
    assert [job.state for job in bench.jobs()] == [JobState.DONE]


def test_a_second_run_after_a_lost_answer_asks_nobody(bench: Bench) -> None:
    row = bench.seal()
    bench.run()
    had = bench.stamp(row)
    with bench.shop.store.transaction() as session:
        [job] = session.scalars(select(JobRow).where(JobRow.kind == stamps.KIND))
        job.state, job.done_at = JobState.READY, None
    assert bench.run() == 1
    assert bench.stamp(row) == had
    assert len(bench.office.calls("POST")) == 1


@pytest.mark.parametrize(
    ("trick", "why"),
    [
        (Trick.OTHER_NONCE, "The time stamp answers another question."),
        (Trick.OTHER_MESSAGE, "The time stamp is over something else."),
        (Trick.REFUSAL, "The authority did not grant the time stamp (status 2)."),
        (Trick.TOO_MUCH, time_authorities.TOO_MUCH),
        (Trick.ELSEWHERE, time_authorities.TOO_MUCH),
    ],
)
def test_an_answer_that_is_no_stamp_of_ours_is_refused_and_asked_for_again(
    sqlite_bench: Bench, trick: Trick, why: str
) -> None:
    bench = sqlite_bench
    row = bench.seal()
    bench.office.trick = trick
    assert bench.run() == 1
    stamp = bench.stamp(row)
    assert (stamp.state, stamp.token_sha256, stamp.why) == ("wanted", None, why)
    bench.office.trick = None
    forget_away(bench)
    bench.later(stamping.FIRST_PAUSE_S)
    assert bench.run() == 1
    assert bench.stamp(row).state == "had"


def forget_away(bench: Bench) -> None:
    """Start the worker anew, which forgets that an authority was away."""
    shop = SteppedShop(bench.shop.settings, bench.shop.store)
    shop.at = bench.shop.at
    bench.shop = shop


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault.SERVER_ERROR, time_authorities.WRONG_STATUS.format(500)),
        (Fault.BAD_GATEWAY, time_authorities.WRONG_STATUS.format(502)),
        (Fault.HTML_200, "The answer is no time stamp."),
        (Fault.CUT_AFTER, time_authorities.TOO_SLOW),
        (Fault.TRUNCATED, "The answer is no time stamp."),
        (Fault.HANG_BEFORE, time_authorities.TOO_SLOW),
    ],
)
def test_an_authority_that_fails_is_asked_again_later(
    sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch, fault: Fault, why: str
) -> None:
    bench = sqlite_bench
    row = bench.seal()
    limits = SHORT if fault in HANGS else time_authorities.LIMITS
    asked = TimeAuthority(bench.office.authority(), limits)
    monkeypatch.setattr(bench.shop, "time_authority", lambda _name: asked)
    bench.office.faults = FaultScript(shares={fault: 1.0})
    assert bench.run() == 1
    assert (bench.stamp(row).state, bench.stamp(row).why) == ("wanted", why)
    assert [job.attempts for job in bench.jobs()] == [0]


def test_pauses_grow_to_an_hour_and_no_try_is_the_last(sqlite_bench: Bench) -> None:
    bench = sqlite_bench
    row = bench.seal()
    bench.office.trick = Trick.OTHER_NONCE
    waited = []
    for _ in range(12):
        assert bench.run() == 1
        [job] = bench.jobs()
        assert (job.state, job.attempts) == (JobState.READY, 0)
        pause = (job.run_after - bench.shop.at).total_seconds()
        waited.append(pause)
        bench.later(pause - 1)
        assert bench.run() == 0
        bench.later(1)
    assert waited == [30, 60, 120, 240, 480, 960, 1920, *[3600] * 5]
    bench.office.trick = None
    assert bench.run() == 1
    assert bench.stamp(row).state == "had"


def test_while_an_authority_is_away_each_stamp_does_not_wait_for_it_in_turn(
    sqlite_bench: Bench,
) -> None:
    bench = sqlite_bench
    rows = [bench.seal() for _ in range(4)]
    bench.office.faults = FaultScript(shares={Fault.SERVER_ERROR: 1.0})
    assert bench.run() == 4
    assert len(bench.office.calls("POST")) == 1
    assert {bench.stamp(row).why for row in rows} == {time_authorities.WRONG_STATUS.format(500)}


def test_of_two_authorities_one_that_fails_keeps_the_other_not_back(
    sqlite_house: House, office: StampAuthority, tmp_path: Path
) -> None:
    bench = Bench(sqlite_house, office)
    with StampAuthority(tmp_path, "second") as second:
        both = (office.authority(), second.authority())
        bench.set_up(replace(bench.shop.settings, authorities=both))
        second.trick = Trick.OTHER_MESSAGE
        row = bench.seal()
        bench.run()
        with bench.shop.store.reading() as session:
            found = stamps.of(session, Stamped.EVIDENCE, row.id)
        assert [(one.authority, one.state) for one in found] == [
            ("second", "wanted"),
            ("time-office", "had"),
        ]


def test_an_authority_that_is_no_longer_set_up_is_said_so_and_waited_for(
    sqlite_bench: Bench,
) -> None:
    bench = sqlite_bench
    row = bench.seal()
    chosen = bench.shop.settings
    bench.set_up(replace(chosen, authorities=()))
    assert bench.run() == 1
    assert bench.stamp(row).why == stamping.NOT_SET_UP
    bench.set_up(chosen)
    bench.later(stamping.LONGEST_PAUSE_S)
    assert bench.run() == 1
    assert bench.stamp(row).state == "had"


def test_a_certificate_file_that_went_bad_is_said_and_mended_without_a_restart(
    sqlite_bench: Bench,
) -> None:
    bench = sqlite_bench
    row = bench.seal()
    pem = bench.office.ca.read_bytes()
    bench.office.ca.write_bytes(b"")
    assert bench.run() == 1
    assert "is not a readable PEM file" in bench.stamp(row).why
    bench.office.ca.write_bytes(pem)
    bench.later(stamping.FIRST_PAUSE_S)
    assert bench.run() == 1
    assert bench.stamp(row).state == "had"


def test_what_was_sealed_before_an_authority_was_set_up_is_stamped_once_it_is(
    house: House, office: StampAuthority
) -> None:
    bench = Bench(house, office)
    chosen = bench.shop.settings
    bench.set_up(replace(chosen, authorities=()))
    row = bench.seal()
    bench.set_up(chosen)
    assert bench.run() == 0
    for _ in range(2):
        stamping.promise_missing(bench.shop)
    assert bench.run() == 1
    assert bench.stamp(row).state == "had"
