"""The command that makes a pack for somebody and writes it to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from moderation.errors import InvalidInput

if TYPE_CHECKING:
    from worker.pack_command import Show

_KINDS: Final = (
    "evidence",
    "police",
    "platform",
    "hr",
    "standards-board",
    "person-affected",
    "subject-access",
)
_IN_THE_HOUSE: Final = ("whoever works at the command line", "kept in the house")


@click.command("pack")
@click.argument("subject")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "kind", type=click.Choice(_KINDS), default="evidence", show_default=True)
@click.option("--to", "recipient", default="", help="Who gets it: a name and an office.")
@click.option("--authority", default="", help="On what authority they get it.")
@click.option(
    "--consent",
    type=click.Choice(("given", "overridden", "not-needed")),
    default="not-needed",
    show_default=True,
    help="What the person affected said; overridden is for a risk to life.",
)
@click.option("--consent-note", default="", help="When and how consent was given, or why not.")
@click.option(
    "--detail",
    "details",
    multiple=True,
    metavar="NAME=TEXT",
    help='What only this kind needs, such as maker="Jo Smith" for the police.',
)
def pack(
    subject: str,
    output: Path,
    kind: str,
    recipient: str,
    authority: str,
    consent: str,
    consent_note: str,
    details: tuple[str, ...],
) -> None:
    """Write the pack of SUBJECT to FILE.zip and put it on the register of packs.

    SUBJECT is a case (C-7KQ2M9D4), an item (item:12) or a record (EV-2026-000123); for a standards
    board a quarter (2026-Q4), for a subject access request a person (author:@handle, author-id:123,
    staff:NM-1 or case:C-7KQ2M9D4).
    """
    from moderation.evidence.packs.register import Request
    from moderation.tables import PackKind
    from worker import opening, pack_command

    is_plain = kind == "evidence"
    asked = Request(
        kind=PackKind(kind.replace("-", "_")),
        subject=subject,
        recipient=recipient or (_IN_THE_HOUSE[0] if is_plain else ""),
        authority=authority or (_IN_THE_HOUSE[1] if is_plain else ""),
        consent=consent.replace("-", "_"),
        consent_note=consent_note,
        details=dict(map(_detail, details)),
    )
    shop = opening.workshop()
    with _bar() as show:
        said = pack_command.write_pack(shop, asked, output, show)
    click.echo(said)


def _detail(given: str) -> tuple[str, str]:
    name, is_there, text = given.partition("=")
    if not is_there:
        raise InvalidInput(f'--detail {given}: write NAME=TEXT, such as maker="Jo Smith".')
    return name.strip(), text


@contextmanager
def _bar() -> Iterator[Show]:
    """Show on a terminal how many records are in; a pipe gets nothing of it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Packing"), BarColumn(), MofNCompleteColumn())
    screen = Console(stderr=True)
    # A pipe would still get the empty line that the bar leaves behind.
    hidden = not screen.is_terminal
    with Progress(*columns, console=screen, transient=True, disable=hidden) as bar:
        task = bar.add_task("records", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


COMMANDS: Final = {"pack": pack}
