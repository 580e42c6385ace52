"""The capture job seals what was seen, waits a little for a platform, and never for ever."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from moderation import audit, jobs
from moderation.evidence import capture
from moderation.evidence.sealing import listing
from moderation.evidence.vault import Vault
from moderation.jobs import Claim, FencedError
from moderation.lifecycle import EvidenceState
from moderation.settings import Settings
from moderation.tables import AccountRow, AuditBodyRow, EvidenceRow, ItemRow, JobRow, JobState
from tests.world import CLEAR, NOW, ORG, World
from worker import capturing
from worker.errors import TryLater
from worker.runner import Runner
from worker.workshop import Workshop

TEXT = "You are a useless clown"


class Desk:
    """One item on a replayed account, whose capture is wanted."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.feed = folder / "feed.jsonl"
        self.settings = Settings(data_dir=folder / "data", database_url="")
        self.shop = Workshop(self.settings, world.store)
        self.say(id="c1", text=TEXT)
        with world.store.transaction() as session:
            self.item = world.item(session, TEXT, CLEAR, native_id="c1")
        self.connect("replay", path=str(self.feed))
        with world.store.transaction() as session:
            row = capture.want(session, self.item.id, 1, "user:1", NOW)
        self.evidence_id = row.id

    def say(self, **line: str) -> None:
        with self.feed.open("a") as feed:
            feed.write(json.dumps(line) + "\n")

    def connect(self, connector: str, **settings: Any) -> None:
        with self.world.store.transaction() as session:
            account = session.get_one(AccountRow, self.world.accounts[ORG].id)
            account.connector, account.settings = connector, settings

    def fail_fetch(self, **fault: Any) -> None:
        self.connect("replay", path=str(self.feed), faults=[{"call": "fetch", **fault}])

    def held(self, attempts: int = 1) -> Claim:
        with self.world.store.transaction() as session:
            job_id = session.scalars(
                select(JobRow.id).where(JobRow.dedupe == f"capture:{self.evidence_id}")
            ).one()
            claim = jobs.claim(session, job_id, owner="test", now=NOW)
        assert claim is not None
        return replace(claim, attempts=attempts)

    def row(self) -> EvidenceRow:
        with self.world.store.reading() as session:
            return session.get_one(EvidenceRow, self.evidence_id)

    def job(self) -> JobRow:
        with self.world.store.reading() as session:
            return session.scalars(
                select(JobRow).where(JobRow.dedupe == f"capture:{self.evidence_id}")
            ).one()

    def files(self) -> dict[str, bytes]:
        row = self.row()
        assert row.path is not None
        assert row.sha256 is not None
        found = listing(self.shop.vault, row.path, row.sha256)
        return {name: self.shop.vault.get(sha256) for name, sha256 in found.files.items()}


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return Desk(world, tmp_path)


def test_a_capture_seals_the_fresh_bytes_and_finishes_its_job(desk: Desk) -> None:
    capturing.capture(desk.shop, desk.held())
    row = desk.row()
    assert (row.state, row.note) == (EvidenceState.CAPTURED, "")
    assert desk.job().state is JobState.DONE
    files = desk.files()
    assert json.loads(files["raw-at-capture.body"])["text"] == TEXT
    assert "capture-note.txt" not in files
    with desk.world.store.reading() as session:
        assert audit.verify(session).broken_at == 0
        verbs = session.scalars(
            select(AuditBodyRow.verb)
            .where(AuditBodyRow.object == f"evidence_record:{row.id}")
            .order_by(AuditBodyRow.seq)
        ).all()
    assert verbs == ["evidence_record.capture", "evidence.seal"]


def test_words_edited_since_are_kept_beside_the_first(desk: Desk) -> None:
    desk.say(id="c1", text="I never said that")
    capturing.capture(desk.shop, desk.held())
    files = desk.files()
    assert files["text.txt"].decode() == TEXT
    assert files["text-at-capture.txt"] == b"I never said that"


def test_what_is_no_character_is_sealed_as_it_came_and_shown_by_its_sign(desk: Desk) -> None:
    desk.say(id="c1", text="a\0b\ud83d")
    capturing.capture(desk.shop, desk.held())
    files = desk.files()
    assert files["text-at-capture.txt"].decode() == "a\ufffdb\ufffd"
    assert json.loads(files["raw-at-capture.body"])["text"] == "a\0b\ud83d"


def test_an_item_that_is_gone_is_sealed_from_the_bytes_taken_at_ingest(desk: Desk) -> None:
    desk.say(id="c1", text="", change="deleted")
    capturing.capture(desk.shop, desk.held())
    row = desk.row()
    assert row.state is EvidenceState.CAPTURED
    assert row.note == capturing.GONE.format(why="")
    files = desk.files()
    assert files["text.txt"].decode() == TEXT
    assert "The bytes taken at ingest are the record" in files["capture-note.txt"].decode()
    assert "raw-at-capture.body" not in files


@pytest.mark.parametrize("error", ["permanent", "auth_lost"])
def test_a_platform_that_refuses_does_not_stop_the_capture(desk: Desk, error: str) -> None:
    desk.fail_fetch(error=error)
    capturing.capture(desk.shop, desk.held())
    assert desk.row().state is EvidenceState.CAPTURED
    assert "did not give the item again" in desk.row().note


@pytest.mark.parametrize(("connector", "settings"), [("import", {}), ("manual", {})])
def test_an_account_without_a_platform_is_captured_at_once(
    desk: Desk, connector: str, settings: dict[str, Any]
) -> None:
    desk.connect(connector, **settings)
    capturing.capture(desk.shop, desk.held())
    assert desk.row().state is EvidenceState.CAPTURED
    assert desk.files()["capture-note.txt"]


def test_a_platform_that_stumbles_twice_is_asked_twice_and_the_third_try_seals(desk: Desk) -> None:
    desk.fail_fetch(error="transient", times=99, retry_after=5)
    held = desk.held()
    for attempts in (1, 2):
        with pytest.raises(TryLater) as later:
            capturing.capture(desk.shop, replace(held, attempts=attempts))
        assert later.value.retry_after_s == 5
        assert later.value.counts
        assert desk.row().state is EvidenceState.WANTED
    capturing.capture(desk.shop, replace(held, attempts=3))
    assert desk.row().state is EvidenceState.CAPTURED
    assert "did not give the item again" in desk.files()["capture-note.txt"].decode()


def test_a_platform_that_asks_for_a_long_pause_is_not_waited_for(desk: Desk) -> None:
    desk.fail_fetch(error="transient", retry_after=900)
    capturing.capture(desk.shop, desk.held())
    assert desk.row().state is EvidenceState.CAPTURED


def test_a_stumble_that_passes_ends_in_a_fresh_look(desk: Desk) -> None:
    desk.fail_fetch(error="transient", times=1, retry_after=0)
    held = desk.held()
    with pytest.raises(TryLater):
        capturing.capture(desk.shop, held)
    capturing.capture(desk.shop, replace(held, attempts=2))
    assert "raw-at-capture.body" in desk.files()


def test_a_second_run_after_a_lost_answer_changes_nothing(desk: Desk) -> None:
    held = desk.held()
    capturing.capture(desk.shop, held)
    before = desk.row().sha256
    with pytest.raises(FencedError):
        capturing.capture(desk.shop, held)
    assert desk.row().sha256 == before


def test_a_worker_that_lost_its_lease_records_nothing(desk: Desk) -> None:
    held = desk.held()
    with pytest.raises(FencedError):
        capturing.capture(desk.shop, replace(held, fence=held.fence - 1))
    assert desk.row().state is EvidenceState.WANTED


def test_a_vault_that_takes_nothing_leaves_the_record_wanted(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "vault").write_text("a file stands in the way")
    with pytest.raises(TryLater, match="cannot be written"):
        capturing.capture(desk.shop, desk.held())
    assert desk.row().state is EvidenceState.WANTED


def test_what_stood_in_the_way_of_a_capture_is_said_when_it_is_given_up(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "vault").write_text("a file stands in the way")
    with desk.world.store.transaction() as session:
        job = session.get_one(JobRow, desk.job().id)
        job.run_after, job.max_attempts = desk.shop.now(), 1
    Runner(desk.shop, "test").run(desk.job().id)
    assert desk.row().state is EvidenceState.FAILED
    assert "cannot be written" in desk.row().note


def test_a_capture_that_is_given_up_is_shown_as_failed(desk: Desk) -> None:
    held = desk.held()
    capturing.when_dead(desk.shop, held)
    assert desk.row().state is EvidenceState.FAILED
    assert desk.row().note == capturing.FAILED
    capturing.when_dead(desk.shop, held)
    assert desk.row().state is EvidenceState.FAILED


def test_the_runner_carries_a_capture_through(world: World, tmp_path: Path) -> None:
    desk = Desk(world, tmp_path)
    with world.store.transaction() as session:
        job = session.get_one(JobRow, desk.job().id)
        job.run_after = desk.shop.now()
    assert Runner(desk.shop, "test").run(desk.job().id)
    assert desk.row().state is EvidenceState.CAPTURED
    with world.store.reading() as session:
        assert session.get_one(ItemRow, desk.item.id).version == 1
    assert list(Vault(desk.settings.vault_dir).rehash()) == []
