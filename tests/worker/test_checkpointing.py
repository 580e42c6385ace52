"""Checkpoints leave the house by file and by mail; at night the chain is held against them."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from moderation import audit, checkpoints
from moderation.access import system
from moderation.settings import Settings
from moderation.tables import AlertRow, AuditCheckpointRow, JobRow, JobState, Lane
from tests.moderation.locks import unlocked
from tests.moderation.rewriting import cut_the_tail
from tests.replayed import SteppedShop
from tests.servers import Fault, MailServer
from tests.standins.stamp_authority import StampAuthority, Trick
from tests.worker.mail_tools import settings_for
from tests.world import NOW, ORG, OTHER_ORG, World
from worker import chain_check, checkpointing
from worker.runner import Runner

MAILBOX = "checkpoints@archive.example"
SECRET = "a reason that stays in the house"


class Desk:
    """An installation whose chain has lines, and what works for it."""

    def __init__(self, world: World, settings: Settings) -> None:
        self.shop = SteppedShop(settings, world.store)

    def set_up(self, settings: Settings) -> None:
        at = self.shop.at
        self.shop = SteppedShop(settings, self.shop.store)
        self.shop.at = at

    def write(self, lines: int = 3) -> None:
        with self.shop.store.transaction() as session:
            for n in range(lines):
                audit.append(
                    session,
                    "item.view",
                    f"item:{n}",
                    actor=system("test", ORG),
                    at=NOW,
                    reason=SECRET,
                )

    def run(self, *lanes: Lane) -> None:
        runner = Runner(self.shop, "test")
        for lane in lanes or (Lane.STAMP, Lane.SUMMARY):
            while runner.run_next(lane):
                pass

    def take(self) -> AuditCheckpointRow:
        """Take a checkpoint and do all that it promises."""
        checkpointing.take_due(self.shop)
        self.run()
        return self.row()

    def row(self) -> AuditCheckpointRow:
        with self.shop.store.reading() as session:
            row = checkpoints.latest(session)
        assert row is not None
        return row

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}

    @property
    def folder(self) -> Path:
        return self.shop.settings.checkpoints_dir

    def job(self, kind: str) -> JobRow:
        with self.shop.store.reading() as session:
            return session.scalars(select(JobRow).where(JobRow.kind == kind)).one()

    def result(self, org_id: str = ORG) -> checkpoints.Found | None:
        with self.shop.store.reading() as session:
            return checkpoints.result(session, org_id)


def desk_of(world: World, folder: Path, server: MailServer | None = None, **more: Any) -> Desk:
    desk = Desk(world, settings_for(folder / "data", server, checkpoint_mailbox=MAILBOX, **more))
    desk.write()
    return desk


@pytest.fixture
def desk(world: World, tmp_path: Path, smtp_server: MailServer) -> Desk:
    return desk_of(world, tmp_path, smtp_server)


@pytest.fixture
def sqlite_desk(sqlite_world: World, tmp_path: Path, smtp_server: MailServer) -> Desk:
    return desk_of(sqlite_world, tmp_path, smtp_server)


def test_a_checkpoint_is_a_file_that_openssl_checks_and_holds_no_content(desk: Desk) -> None:
    row = desk.take()
    name = "checkpoint-000000000003.txt"
    assert set(desk.files()) == {name, f"{name}.sig"}
    assert desk.files()[name].decode() == row.note
    assert row.written_at is not None
    (desk.folder / "key.pem").write_bytes(desk.shop.key.public_pem)
    command = f"openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in {name} -sigfile {name}.sig"
    done = subprocess.run(command.split(), cwd=desk.folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert SECRET.encode() not in b"".join(desk.files().values())


def test_a_checkpoint_goes_out_by_mail_with_its_signature_and_nothing_of_the_chain(
    desk: Desk, smtp_server: MailServer
) -> None:
    row = desk.take()
    [sent] = smtp_server.letters
    assert sent.recipients == (MAILBOX,)
    attached = {part.get_filename(): part.get_content() for part in sent.message.iter_attachments()}
    assert attached == desk.files()
    assert attached["checkpoint-000000000003.txt"] == row.note.encode()
    body = sent.message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert row.note in text.replace("\r\n", "\n")
    assert row.fingerprint in text
    for told in (SECRET, "item:", ORG.title()):
        assert told not in text
    assert row.mailed_at is not None


def test_the_letter_is_sent_once_a_day(sqlite_desk: Desk, smtp_server: MailServer) -> None:
    desk = sqlite_desk
    for _ in range(3):
        desk.take()
        desk.write()
        desk.shop.at += timedelta(hours=1)
    assert len(smtp_server.letters) == 1
    assert len(desk.files()) == 6
    desk.shop.at += timedelta(days=1)
    desk.take()
    assert len(smtp_server.letters) == 2
    subjects = [letter.message["Subject"] for letter in smtp_server.letters]
    assert subjects[0] == "Watchroom: audit checkpoint at line 3"


def test_a_letter_waits_until_mail_is_set_up_and_then_goes(
    sqlite_world: World, tmp_path: Path, smtp_server: MailServer
) -> None:
    desk = desk_of(sqlite_world, tmp_path)
    assert desk.take().mailed_at is None
    assert (desk.job("checkpoint_mail").state, desk.job("checkpoint_mail").attempts) == (
        JobState.READY,
        0,
    )
    with_mail = settings_for(tmp_path / "data", smtp_server, checkpoint_mailbox=MAILBOX)
    desk.set_up(with_mail)
    desk.shop.at += timedelta(seconds=checkpointing.UNMAILED_S)
    desk.run()
    assert desk.row().mailed_at is not None
    assert len(smtp_server.letters) == 1


def test_a_mail_server_that_is_away_or_hangs_up_delays_the_letter(
    sqlite_desk: Desk, smtp_server: MailServer
) -> None:
    desk = sqlite_desk
    smtp_server.fault = Fault.GREYLIST
    assert desk.take().mailed_at is None
    smtp_server.fault = None
    desk.shop.at += timedelta(hours=1)
    desk.run()
    assert desk.row().mailed_at is not None


def test_with_no_mailbox_the_file_is_written_alone(
    sqlite_world: World, tmp_path: Path, smtp_server: MailServer
) -> None:
    desk = desk_of(sqlite_world, tmp_path, smtp_server)
    desk.set_up(replace(desk.shop.settings, checkpoint_mailbox=""))
    assert desk.take().written_at is not None
    assert smtp_server.letters == []


def test_the_folder_may_lie_elsewhere_and_one_that_takes_nothing_is_tried_again(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    desk = sqlite_desk
    elsewhere = tmp_path / "other-disk"
    elsewhere.write_text("a file stands in the way")
    desk.set_up(replace(desk.shop.settings, checkpoint_folder=elsewhere))
    assert desk.take().written_at is None
    assert "cannot be written" in desk.job("checkpoint_file").last_error
    elsewhere.unlink()
    desk.shop.at += timedelta(hours=1)
    desk.run()
    assert desk.row().written_at is not None
    assert {path.parent for path in elsewhere.iterdir()} == {elsewhere}


def test_the_stamp_of_a_checkpoint_joins_its_files(world: World, tmp_path: Path) -> None:
    with StampAuthority(tmp_path) as office:
        desk = desk_of(world, tmp_path)
        desk.set_up(replace(desk.shop.settings, authorities=(office.authority(),)))
        office.trick = Trick.OTHER_NONCE
        desk.take()
        name = "checkpoint-000000000003.txt"
        stamp = f"{name}.time-office.tsr"
        assert set(desk.files()) == {name, f"{name}.sig"}
        office.trick = None
        desk.shop.at += timedelta(minutes=1)
        desk.run()
        assert set(desk.files()) == {name, f"{name}.sig", stamp}
        command = f"openssl ts -verify -data {name} -in {stamp} -CAfile {office.ca}"
        done = subprocess.run(command.split(), cwd=desk.folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_checkpoint_asks_for_no_next_one(sqlite_world: World, tmp_path: Path) -> None:
    with StampAuthority(tmp_path) as office:
        desk = desk_of(sqlite_world, tmp_path)
        desk.set_up(replace(desk.shop.settings, authorities=(office.authority(),)))
        first = desk.take()
        desk.shop.at += timedelta(hours=3)
        assert desk.take().id == first.id


def night(desk: Desk, at: datetime) -> None:
    desk.shop.at = at
    checkpointing.promise_check(desk.shop)
    desk.run()


def test_the_chain_is_checked_once_a_night_and_the_result_is_a_line(desk: Desk) -> None:
    desk.take()
    night(desk, datetime(2026, 7, 20, 0, 59, tzinfo=UTC))
    assert desk.result() is None
    # Two o'clock in a London summer.
    for minutes in (1, 30, 60 * 20):
        night(desk, datetime(2026, 7, 20, 0, 59, tzinfo=UTC) + timedelta(minutes=minutes))
    found = desk.result()
    assert found == checkpoints.Found(
        datetime(2026, 7, 20, 1, 0, tzinfo=UTC), 3, 2, broken_at=0, faults=0
    )
    assert found.is_whole
    assert desk.result(OTHER_ORG) == found


def test_a_long_chain_is_checked_piece_by_piece(
    sqlite_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sqlite_desk
    desk.write(4)
    for at_once in (1, 2, 7, 8):
        monkeypatch.setattr(chain_check, "AT_ONCE", at_once)
        pauses = count()
        found = chain_check.checked_now(
            desk.shop.store, desk.shop.settings, between=partial(next, pauses)
        )
        assert found.verdict == audit.Verdict(7)
        assert next(pauses) == 7 // at_once + 1


def test_a_cut_tail_is_found_in_the_night_by_the_files_and_people_are_told(desk: Desk) -> None:
    desk.write(3)
    desk.take()
    with unlocked(desk.shop.store) as session:
        cut_the_tail(session)
        session.query(AuditCheckpointRow).delete()
    night(desk, NOW + timedelta(days=1))
    found = desk.result()
    assert found is not None
    assert not found.is_whole
    assert (found.broken_at, found.faults, found.lines) == (0, 1, 4)
    with desk.shop.store.reading() as session:
        told = session.scalars(select(AlertRow).where(AlertRow.about == "audit:2026-11-21")).all()
    assert {one.org_id for one in told} == {ORG, OTHER_ORG}
    assert {(one.rule, one.link) for one in told} == {("AL10", "/health")}


def test_a_broken_line_is_found_in_the_night(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    with unlocked(desk.shop.store) as session:
        session.connection().exec_driver_sql("UPDATE audit_body SET body = '{}' WHERE seq = 2")
    night(desk, NOW + timedelta(days=1))
    found = desk.result()
    assert found is not None
    assert (found.broken_at, found.lines) == (2, 1)
