"""The doctor names each part that is not well and how to mend it, and never falls over one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from moderation import jobs
from moderation.errors import SettingsError
from moderation.settings import Settings
from moderation.tables import AccountRow, AccountStatus, UserRow
from tests.processes import watchroom
from tests.replayed import Replayed
from tests.servers import MailServer, free_port
from tests.world import World
from worker import caring, doctor
from worker.doctor import Finding, examine
from worker.workshop import Workshop

PARTS = [
    *("Settings", "Database", "Disk", "Model", "Reading", "Policy", "Mail", "Accounts", "People"),
    *("Time stamps", "Audit chain", "Vault", "Work"),
]


@pytest.fixture
def replayed(world: World, tmp_path: Path) -> Replayed:
    return Replayed(world, tmp_path)


def found(replayed: Replayed, what: str, **changed: object) -> Finding:
    """Return what the doctor says of one part."""
    settings = replace(replayed.settings, **changed)  # type: ignore[arg-type]
    [finding] = [finding for finding in examine(settings) if finding.what == what]
    return finding


def test_a_sound_installation_is_well_in_every_part(replayed: Replayed) -> None:
    findings = examine(replayed.settings)
    assert [finding.what for finding in findings] == PARTS
    assert all(finding.ok for finding in findings), findings
    assert "not configured" in found(replayed, "Mail").says


def test_a_quick_look_is_at_settings_and_database_alone(replayed: Replayed) -> None:
    assert [one.what for one in examine(replayed.settings, quick=True)] == PARTS[:2]


def test_a_database_without_its_shape_ends_the_examination_with_what_to_do(
    database_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=database_url)
    last = examine(settings)[-1]
    assert (last.what, last.ok) == ("Database", False)
    assert "watchroom migrate" in last.says


def test_a_mail_server_is_tried_without_a_letter(
    replayed: Replayed, smtp_server: MailServer
) -> None:
    mail = {"smtp_host": smtp_server.host, "smtp_security": "none"}
    assert found(replayed, "Mail", smtp_port=smtp_server.port, **mail).ok
    assert smtp_server.letters == []
    away = found(replayed, "Mail", smtp_port=free_port(), **mail)
    assert (away.ok, away.says) == (False, "could not be looked at (ConnectionRefusedError)")


def test_an_account_whose_access_ended_is_named_with_the_way_back(replayed: Replayed) -> None:
    with replayed.store.transaction() as session:
        session.execute(
            update(AccountRow)
            .where(AccountRow.id == replayed.account_id)
            .values(status=AccountStatus.AUTH_LOST)
        )
    accounts = found(replayed, "Accounts")
    assert (accounts.ok, accounts.says) == (False, "access has ended: page")
    assert "watchroom accounts resume" in accounts.mend


def test_a_record_that_nobody_can_sign_in_to_is_named(replayed: Replayed) -> None:
    with replayed.store.transaction() as session:
        session.execute(update(UserRow).values(active=False))
    assert found(replayed, "People").mend == "Run `watchroom users add`."


def test_work_that_could_not_be_done_is_counted(replayed: Replayed) -> None:
    replayed.promise_poll()
    held = replayed.claim("poll")
    with replayed.store.transaction() as session:
        jobs.bury(session, held, error="ValueError")
    work = found(replayed, "Work")
    assert (work.ok, work.says) == (False, "1 jobs could not be done")


def test_a_disk_that_is_nearly_full_is_named(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "ROOM_NEEDED", 2**62)
    assert "Make room" in found(replayed, "Disk").mend


def test_a_part_that_cannot_be_looked_at_is_a_finding_and_not_a_crash(
    replayed: Replayed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_shop: Workshop) -> Finding:
        raise SettingsError("The weights were altered.")

    monkeypatch.setattr(doctor, "_PARTS", (("Model", refuse), ("Disk", doctor._room)))
    model, disk = examine(replayed.settings)[-2:]
    assert (model.ok, model.says) == (False, "The weights were altered.")
    assert disk.ok


def test_the_command_shows_each_part_and_ends_with_1_where_one_is_not_well(
    tmp_path: Path,
) -> None:
    watchroom("migrate", DATA_DIR=tmp_path)
    ill = watchroom("doctor", DATA_DIR=tmp_path)
    assert ill.returncode == 1
    assert "MEND People: 0 can sign in\n     Run `watchroom users add`.\n" in ill.stdout
    assert watchroom("doctor", "--quick", DATA_DIR=tmp_path).returncode == 0


def test_a_vault_that_lost_a_file_is_named_until_a_check_finds_it_whole(
    replayed: Replayed,
) -> None:
    assert "not checked yet" in found(replayed, "Vault").says
    replayed.shop.vault.put(b"sealed")
    caring.check_now(replayed.shop)
    assert found(replayed, "Vault").ok
    for path in replayed.settings.vault_dir.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"altered")
    caring.check_now(replayed.shop)
    told = found(replayed, "Vault")
    assert (told.ok, "1 altered" in told.says) == (False, True)
