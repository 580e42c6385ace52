"""Commands that hand something out: a summary, and whether a pack is as it was made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click


@click.command("summary")
@click.option("--week", required=True, help="An ISO week such as 2026-W47.")
@click.option("--json", "as_json", is_flag=True, help="Print the value instead of tables.")
@click.option("--wide", is_flag=True, help="The edition for leaders: small numbers are withheld.")
def summary(week: str, as_json: bool, wide: bool) -> None:
    """Print the summary of one week; a week that is not over yet is shown so far."""
    from worker import opening, summarising

    shop = opening.workshop()
    click.echo(summarising.show(shop, week, as_json=as_json, wide=wide), nl=False)


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--fingerprint", default=None, help="The published fingerprint of the signing key.")
@click.option(
    "--authority",
    "authorities",
    multiple=True,
    help="The published fingerprint of a time-stamp authority; as often as there are any.",
)
def verify(file: Path, fingerprint: str | None, authorities: tuple[str, ...]) -> None:
    """Check an evidence file; needs no database and no settings. Exit 1 when it is refused."""
    from worker.verifying import verify_pack

    verdict = verify_pack(file, fingerprint, authorities)
    click.echo(verdict.says)
    if not verdict.ok:
        sys.exit(1)


COMMANDS: Final = {"summary": summary, "verify": verify}
