"""At the command line the chain is checked from within and against what was kept outside."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.store import Store
from moderation.tables import AuditCheckpointRow, Lane
from tests.moderation.locks import unlocked
from tests.moderation.rewriting import LINES, cut_the_tail, write_anew
from tests.worker.commands.shell import Shell
from tests.world import NOW, ORG
from worker import checkpointing
from worker.runner import Runner
from worker.workshop import Workshop

NAME = f"checkpoint-{LINES:012d}.txt"


@contextmanager
def opened(shell: Shell) -> Iterator[Store]:
    store = Store.open(shell.settings.database_url)
    yield store
    store.close()


@pytest.fixture
def chained(shell: Shell) -> Shell:
    """A shell whose chain has lines, and a checkpoint in the folder."""
    shell.says("migrate")
    with opened(shell) as store:
        for n in range(LINES):
            with store.transaction() as session:
                audit.append(session, "item.view", f"item:{n}", actor=system("test", ORG), at=NOW)
        shop = Workshop(shell.settings, store)
        checkpointing.take_due(shop)
        assert Runner(shop, "test").run_next(Lane.STAMP)
    return shell


@pytest.fixture
def outside(chained: Shell, tmp_path: Path) -> Path:
    """The checkpoint as somebody outside keeps it; the folder of the house is empty then."""
    kept = tmp_path / "kept"
    shutil.move(chained.settings.checkpoints_dir, kept)
    return kept / NAME


def harm(shell: Shell, *harms: Callable[[Session], None]) -> None:
    with opened(shell) as store, unlocked(store) as session:
        for one in harms:
            one(session)


def forget(session: Session) -> None:
    session.execute(delete(AuditCheckpointRow))


@pytest.mark.parametrize("command", [("audit", "verify"), ("verify-audit",)])
def test_a_whole_chain_is_said_to_be(chained: Shell, command: tuple[str, ...]) -> None:
    assert chained.says(*command) == (
        f"The audit chain is whole: {LINES} lines.\nEvery checkpoint agrees with it: 2.\n"
    )


def test_a_chain_agrees_with_the_checkpoint_that_was_kept(chained: Shell, outside: Path) -> None:
    said = chained.says("audit", "verify", "--against", str(outside))
    assert "Every checkpoint agrees with it: 2." in said


@pytest.mark.parametrize(
    ("harming", "says"),
    [
        (cut_the_tail, f"{NAME} was taken at line {LINES}, which the chain no longer has."),
        (write_anew, f"{NAME} was taken of another chain: line {LINES} was another one then."),
    ],
)
def test_only_what_was_kept_outside_finds_harm_that_leaves_no_trace_within(
    chained: Shell, outside: Path, harming: Callable[[Session], None], says: str
) -> None:
    harm(chained, harming, forget)
    assert "whole" in chained.says("audit", "verify")
    done = chained.run("audit", "verify", "--against", str(outside))
    assert done.exit_code == 1
    assert says in done.output


def test_a_broken_line_is_named(chained: Shell) -> None:
    def edit(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE audit_body SET body = '{}' WHERE seq = 2")

    harm(chained, edit)
    done = chained.run("audit", "verify")
    assert done.exit_code == 1
    assert "breaks at line 2: the body of the line was changed." in done.output


def test_a_checkpoint_without_its_signature_or_not_there_is_refused(
    chained: Shell, outside: Path
) -> None:
    outside.with_name(f"{NAME}.sig").unlink()
    done = chained.run("audit", "verify", "--against", str(outside))
    assert done.exit_code == 1
    assert f"{NAME} has no signature beside it" in done.output
    missing = str(outside.with_name("missing.txt"))
    assert "cannot be read" in chained.refusal("audit", "verify", "--against", missing)
