"""The commands that check the audit chain, in the record and against what lies outside it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from moderation.errors import InvalidInput
from worker import opening

if TYPE_CHECKING:
    from moderation.checkpoints import Checked, Outside


@click.group("audit")
def audit_group() -> None:
    """Check the audit chain."""


@audit_group.command("verify")
@click.option(
    "--against",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A checkpoint that was kept outside; its signature lies beside it.",
)
def verify(files: tuple[Path, ...]) -> None:
    """Check every line and every checkpoint; exit 1 and what is wrong when something is.

    What can be seen from inside is checked always: lines that were changed, removed or put in
    another order. A tail that was cut off, or a chain written anew, shows against a checkpoint
    that was kept where nobody could change it.
    """
    from worker.chain_check import checked_now

    outside = [_read(path) for path in files]
    chosen = opening.settings()
    checked = checked_now(opening.store(chosen), chosen, outside)
    for line in said(checked):
        click.echo(line)
    if not checked.is_whole:
        sys.exit(1)


def said(checked: Checked) -> list[str]:
    """Return what a check found, a line for each thing."""
    verdict = checked.verdict
    if not verdict.broken_at:
        lines = [f"The audit chain is whole: {verdict.entries} lines."]
    else:
        lines = [
            f"The audit chain breaks at line {verdict.broken_at}: {verdict.why}.",
            f"The {verdict.entries} lines before it are whole.",
        ]
    if not checked.faults:
        return [*lines, f"Every checkpoint agrees with it: {checked.checkpoints}."]
    return [*lines, *(f"It does not agree with its checkpoints: {one}." for one in checked.faults)]


def _read(path: Path) -> Outside:
    from worker import checkpoint_files

    try:
        return checkpoint_files.read(path)
    except OSError as err:
        msg = f"{path} cannot be read ({err.strerror})."
        raise InvalidInput(msg) from err


COMMANDS: Final = {"audit": audit_group, "verify-audit": verify}
