"""What is wrong with an installation is said in one line, and the record stays as it was."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from classifiers import weights_file
from moderation import audit, invariants
from moderation.policy import SHIPPED
from moderation.store import Store
from tests.processes import refused, watchroom
from worker import opening
from worker.reading_all import WORTH_SHARING

MANY = 3_000
# The product's modules are imported while the folder they lie in can still be read.
AS_NOBODY = """
import os, sys
from worker.cli import COMMANDS, main, importlib
for module, _ in COMMANDS.values():
    importlib.import_module(module)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main()
"""
WITH_WEIGHTS = """
import pathlib, sys
from classifiers.embedded import EmbeddedModel
from worker.cli import main
EmbeddedModel.__init__.__defaults__ = (pathlib.Path(sys.argv.pop(1)),)
main()
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small record."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "feed.jsonl").write_text('{"id": 1, "text": "Thank you all"}\n')
    done = watchroom("import", folder / "feed.jsonl", "--account=page", DATA_DIR=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of that folder for one test."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A file to import that the record does not hold yet."""
    path = tmp_path / "second.jsonl"
    path.write_text('{"id": 2, "text": "See you there"}\n')
    return path


def record(folder: Path) -> str:
    """Return a hash over every row of the record, whatever its file looks like."""
    database = sqlite3.connect(folder / "watchroom.db")
    try:
        return hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()
    finally:
        database.close()


def whole(folder: Path) -> bool:
    """Say whether every invariant holds and the audit chain is whole."""
    store = Store.open(f"sqlite:///{folder / 'watchroom.db'}")
    with store.reading() as session:
        sound = not list(invariants.broken(session)) and not audit.verify(session).broken_at
    store.close()
    return sound


def at_most(size: int) -> Callable[[], None]:
    """Let no file grow beyond a size, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense:hush", "is not a database address"),
        ("mysql://nobody:hush@localhost/none", "SQLite or PostgreSQL"),
        ("postgresql://nobody:hush@127.0.0.1:1/none", "does not answer"),
        ("sqlite:////nowhere/at/all.db", "does not answer"),
    ],
    ids=["no address", "another engine", "nobody there", "no folder"],
)
def test_a_wrong_database_address_is_named_without_its_password(
    tmp_path: Path, address: str, says: str
) -> None:
    line = refused(watchroom("migrate", DATA_DIR=tmp_path, DATABASE_URL=address))
    assert says in line
    assert "WATCHROOM_DATABASE_URL" in line
    assert "hush" not in line


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = refused(watchroom("migrate", DATA_DIR=tmp_path / "file" / "data"))
    assert f"The data folder {tmp_path}/file/data cannot be made" in line
    assert "WATCHROOM_DATA_DIR" in line


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that everybody may read and nobody may write to."""
    made = Path(tempfile.mkdtemp(prefix="watchroom-test-"))
    made.chmod(0o555)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def test_a_folder_that_may_not_be_written_to_is_named(read_only: Path) -> None:
    done = watchroom("migrate", command=(sys.executable, "-c", AS_NOBODY), DATA_DIR=read_only)
    assert f"The data folder {read_only} cannot be written to" in refused(done)
    assert list(read_only.iterdir()) == []


@pytest.mark.parametrize("command", ["run", "web"])
def test_a_port_in_use_is_named(folder: Path, command: str) -> None:
    before = record(folder)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused(watchroom(command, DATA_DIR=folder, PORT=port))
    assert f"Port {port} on 127.0.0.1 cannot be used" in line
    assert "WATCHROOM_PORT" in line
    assert record(folder) == before


def lose_weights(weights: Path) -> None:
    (weights / weights_file.LINEAR).unlink()


def alter_weights(weights: Path) -> None:
    path = weights / weights_file.LINEAR
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def lose_manifest(weights: Path) -> None:
    (weights / weights_file.MANIFEST).unlink()


@pytest.mark.parametrize("harm", [lose_weights, alter_weights, lose_manifest])
def test_a_model_that_is_not_whole_stops_the_work_before_a_comment_is_taken_in(
    folder: Path, tmp_path: Path, second: Path, harm: Callable[[Path], None]
) -> None:
    weights = tmp_path / "weights"
    shutil.copytree(weights_file.FOLDER, weights)
    harm(weights)
    before = record(folder)
    command = (sys.executable, "-c", WITH_WEIGHTS, str(weights))
    done = watchroom("import", second, "--account=page", command=command, DATA_DIR=folder)
    assert "reinstall Watchroom" in refused(done)
    assert record(folder) == before
    assert "reinstall Watchroom" in watchroom("doctor", command=command, DATA_DIR=folder).stdout


def test_every_wrong_setting_is_named_in_a_line_of_its_own(tmp_path: Path) -> None:
    done = watchroom("migrate", DATA_DIR=tmp_path / "data", PORT="http", COLOUR="blue")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "watchroom: WATCHROOM_PORT must be a whole number from 1 to 65535.",
        "watchroom: WATCHROOM_COLOUR is not a setting of Watchroom; check the spelling.",
    ]
    assert not (tmp_path / "data").exists()


def test_a_database_of_a_newer_version_is_left_alone(folder: Path, second: Path) -> None:
    database = sqlite3.connect(folder / "watchroom.db")
    with database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = record(folder)
    line = refused(watchroom("import", second, "--account=page", DATA_DIR=folder))
    assert "used by a newer version" in line
    assert "9999" in refused(watchroom("invariants", DATA_DIR=folder))
    assert record(folder) == before


def test_an_empty_database_is_not_guessed_at(tmp_path: Path) -> None:
    assert "Run `watchroom migrate`" in refused(watchroom("invariants", DATA_DIR=tmp_path))


def test_a_policy_with_an_unknown_category_stops_the_work(
    folder: Path, tmp_path: Path, second: Path
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(SHIPPED.read_text().replace("threat", "thread"))
    before = record(folder)
    done = watchroom("import", second, "--account=page", DATA_DIR=folder, POLICY=policy)
    assert "policy" in refused(done)
    assert record(folder) == before


def test_a_staff_directory_with_an_id_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(
        "staff_id,full_name,known_as,role,station_or_department,public_role,org\n"
        "NM-1,Dana Price,,,,no,\nNM-1,Sam Okafor,,,,no,\n"
    )
    before = record(folder)
    assert "NM-1" in refused(watchroom("staff", "import", staff, DATA_DIR=folder))
    assert record(folder) == before


def test_a_disk_that_fills_up_stops_an_import_which_goes_on_when_there_is_room(
    folder: Path, tmp_path: Path
) -> None:
    feed = tmp_path / "many.jsonl"
    padding = "x" * (WORTH_SHARING // MANY)
    feed.write_text(
        "".join(
            json.dumps({"id": f"m-{n}", "text": f"Nice one {n}", "more": padding}) + "\n"
            for n in range(MANY)
        )
    )
    arguments = ("import", feed, "--account=page")
    room = (folder / "watchroom.db").stat().st_size + 1_500_000
    done = watchroom(*arguments, prepare=at_most(room), DATA_DIR=folder)
    assert opening.FULL in refused(done)
    assert whole(folder)
    again = watchroom(*arguments, DATA_DIR=folder)
    assert again.returncode == 0, again.stderr
    assert f"In all           {MANY:,}" in again.stdout
    assert whole(folder)
