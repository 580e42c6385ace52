"""The names of the commands are fixed, help costs nothing, and a command says what it did."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.processes import ROOT, refused, watchroom
from worker import cli

# Other checks call these by name, so that a change here is a change for others.
NAMES = {
    "run", "migrate", "demo", "import", "classify", "accounts", "staff", "users", "worker", "beat",
    "evaluate", "web", "summary", "pack", "verify", "audit", "verify-audit", "invariants", "doctor",
    "retention", "vault",
}  # fmt: skip
HEAVY = ("sqlalchemy", "alembic", "numpy", "flask", "celery", "kombu", "redis", "re2", "waitress")
STAFF = "staff_id,full_name,known_as,role,station_or_department,public_role,org\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the tests of this module share."""
    return tmp_path_factory.mktemp("command-line")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty record in the present shape."""
    made = tmp_path_factory.mktemp("migrated")
    assert watchroom("migrate", DATA_DIR=made).returncode == 0
    return made


def every_command() -> Iterator[tuple[str, ...]]:
    for name in cli.COMMANDS:
        command = cli.watchroom.get_command(click.Context(cli.watchroom), name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, inner) for inner in command.commands)


def test_the_commands_have_their_fixed_names() -> None:
    assert set(cli.COMMANDS) == NAMES


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_nothing_heavy(option: str) -> None:
    script = (
        "import sys\nfrom worker.cli import watchroom\n"
        f"watchroom([{option!r}], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert done.stdout


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_every_command_is_there_and_says_what_it_is_for(words: tuple[str, ...]) -> None:
    said = CliRunner().invoke(cli.watchroom, [*words, "--help"])
    assert said.exit_code == 0, said.output
    assert f"watchroom {' '.join(words)}" in said.output
    assert len(said.output.splitlines()) > 3


def test_each_module_of_commands_holds_those_of_the_table_and_no_other() -> None:
    modules = {module for module, _ in cli.COMMANDS.values()}
    held = {
        (name, module) for module in modules for name in importlib.import_module(module).COMMANDS
    }
    assert held == {(name, module) for name, (module, _) in cli.COMMANDS.items()}


def test_an_unknown_command_is_refused() -> None:
    said = CliRunner().invoke(cli.watchroom, ["explode"])
    assert said.exit_code == 2
    assert "No such command" in said.output


def test_a_first_day_at_the_command_line(folder: Path) -> None:
    def run(*arguments: object) -> str:
        done = watchroom(*arguments, DATA_DIR=folder)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    (folder / "staff.csv").write_text(f"{STAFF}NM-1,Dana Price,dprice,Officer,HQ,yes,northmoor\n")
    (folder / "feed.jsonl").write_text('{"id": 1, "text": "Thank you Dana"}\n{poison\n')
    assert "now has the present shape" in run("migrate")
    assert "already had the present shape" in run("migrate")
    assert "1 people: 1 new" in run("staff", "import", folder / "staff.csv")
    added = run(
        "users", "add", "--email=a@northmoor.example", "--name=Ada Moss", "--role=comms_lead",
        "--password=a long pass phrase",
    )  # fmt: skip
    assert "can sign in as comms lead" in added
    assert "northmoor  a@northmoor.example  comms_lead" in run("users", "list")
    assert "no account yet" in run("accounts", "list")
    brought = run("import", folder / "feed.jsonl", "--account", "page")
    assert "New                  1" in brought
    assert "Quarantined          1" in brought
    assert "northmoor  page  import  being read" in run("accounts", "list")
    run("accounts", "pause", "page", "--reason=A quiet week")
    assert "paused (A quiet week)" in run("accounts", "list")
    run("accounts", "resume", "page")
    assert "The audit chain is whole" in run("verify-audit")
    assert "invariants hold" in run("invariants")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("users", "add", "--email=x", "--name=X", "--role=auditor", "--password=abc"), "address"),
        (("accounts", "add", "k", "--platform=x", "--name=K", "--connector=none"), "replay"),
        (("accounts", "pause", "nowhere", "--reason=none"), "no account with this key"),
        (("summary", "--week=2026-47"), "2026-W47"),
        (("import", "/nowhere/feed.jsonl", "--account=page"), "/nowhere/feed.jsonl"),
        (("staff", "import", "/nowhere/staff.csv"), "/nowhere/staff.csv"),
        (("pack", "C-NONE", "-o", "/nowhere/pack.zip"), "/nowhere/pack.zip"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "says",
)
def test_what_cannot_be_done_is_refused_in_one_line(
    migrated: Path, arguments: tuple[str, ...], says: str
) -> None:
    assert says in refused(watchroom(*arguments, DATA_DIR=migrated))


def test_classify_answers_line_by_line_without_a_database(folder: Path) -> None:
    staff = folder / "classify.csv"
    staff.write_text(f"{STAFF}NM-1,Dana Price,dprice,Officer,HQ,yes,northmoor\n")
    lines = [{"id": "1", "text": "Thank you Dana"}, {"id": "2", "text": "Dana Price is a bastard"}]
    done = subprocess.run(
        [sys.executable, "-m", "worker.cli", "classify", "--directory", str(staff)],
        cwd=ROOT,
        input="".join(json.dumps(line) + "\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(answer["id"], answer["flagged"]) for answer in answers] == [("1", False), ("2", True)]
    assert answers[1]["target_staff_id"] == "NM-1"
