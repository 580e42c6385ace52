"""Commands that let go of things and look after the vault: retention and vault."""

from __future__ import annotations

import sys
from typing import Final

import click


@click.group("retention")
def retention() -> None:
    """List what is due, approve the end of a case, or run the day's erasures now."""


@retention.command("list")
def list_due() -> None:
    """Show what the next run would let go of and what waits for two people; changes nothing."""
    from worker import opening, retaining

    for line in retaining.say_due(opening.workshop()):
        click.echo(line)


@retention.command("approve")
@click.argument("number", type=int)
@click.option("--by", "email", required=True, help="The address of the person who approves.")
def approve(number: int, email: str) -> None:
    """Approve a proposal; the second of two different people sets it off."""
    from worker import opening, retaining

    click.echo(retaining.approve_as(opening.workshop(), number, email))


@retention.command("run")
def run() -> None:
    """Erase now what goes by itself, and propose the cases that are due."""
    from worker import opening, retaining

    click.echo(retaining.run_now(opening.workshop()))


@click.group("vault")
def vault() -> None:
    """Look after the sealed files of the evidence."""


@vault.command("check")
def check() -> None:
    """Read every file again and find orphans both ways; exit 1 when a person has to look."""
    from worker import opening, retaining

    found = retaining.check_now(opening.workshop())
    for line in retaining.say_check(found):
        click.echo(line)
    if not found.is_well:
        sys.exit(1)


COMMANDS: Final = {"retention": retention, "vault": vault}
