"""Commands that hand something out: summary, pack and verify."""

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


@click.command("pack")
@click.argument("case_or_item")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def pack(case_or_item: str, output: Path) -> None:
    """Write the evidence of a case (C-...), an item (item:12) or a record (EV-...) to FILE.zip."""
    from worker import opening, packing

    shop = opening.workshop()
    click.echo(packing.write_pack(shop, case_or_item, output))


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--fingerprint", default=None, help="The published fingerprint of the signing key.")
def verify(file: Path, fingerprint: str | None) -> None:
    """Check an evidence file; needs no database and no settings. Exit 1 when it is refused."""
    from worker.verifying import verify_pack

    verdict = verify_pack(file, fingerprint)
    click.echo(verdict.says)
    if not verdict.ok:
        sys.exit(1)


COMMANDS: Final = {"summary": summary, "pack": pack, "verify": verify}
