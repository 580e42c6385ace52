"""Commands that look after an installation: migrate, invariants and doctor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from moderation import invariants, migrations
from worker import opening

if TYPE_CHECKING:
    from worker.doctor import Finding


@click.command("migrate")
def migrate() -> None:
    """Bring the database to the present shape; safe to run again."""
    chosen = opening.settings()
    opened = opening.store(chosen, any_shape=True)
    changed = migrations.upgrade(opened)
    state = "now has" if changed else "already had"
    click.echo(f"The database {state} the present shape ({migrations.HEAD}).")


@click.command("invariants")
def check_invariants() -> None:
    """Check that nothing is lost or half done; exit 1 and the rows when something is."""
    opened = opening.store(opening.settings())
    with opened.reading() as session:
        broken = list(invariants.broken(session))
    for one in broken:
        click.echo(f"{one.invariant.name} does not hold: {one.invariant.says}")
        for row in one.rows:
            click.echo("  " + ", ".join(str(value) for value in row))
    if broken:
        sys.exit(1)
    click.echo(f"All {len(invariants.load())} invariants hold.")


@click.command("doctor")
@click.option("--quick", is_flag=True, help="Only settings and database, for a health check.")
def doctor(quick: bool) -> None:
    """Check settings, database, model, mail and accounts; exit 1 when something needs mending."""
    from worker.doctor import examine

    findings = examine(opening.settings(), quick=quick)
    for finding in findings:
        _show(finding)
    if not all(finding.ok for finding in findings):
        sys.exit(1)


def _show(finding: Finding) -> None:
    mark = "MEND" if not finding.ok else "note" if finding.mend else "ok"
    click.echo(f"{mark:5}{finding.what}: {finding.says}")
    if finding.mend:
        click.echo(f"     {finding.mend}")


COMMANDS: Final = {
    "migrate": migrate,
    "invariants": check_invariants,
    "doctor": doctor,
}
