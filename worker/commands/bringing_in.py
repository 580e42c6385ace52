"""Commands that bring things in: import, classify and staff."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from sqlalchemy.orm import Session

from moderation import accounts as accounts_of
from moderation import directory, staffing
from moderation.access import Actor
from moderation.errors import NotFound
from moderation.policy import Policy
from moderation.tables import AccountRow
from worker import opening
from worker.commands.operator import operator_of

_FILE: Final = click.Path(path_type=Path)


@click.command("import")
@click.argument("file", type=_FILE)
@click.option("--account", "key", required=True, help="The account it belongs to; made if new.")
@click.option("--format", "fmt", type=click.Choice(["jsonl", "csv"]), default=None)
@click.option("--platform", default="import", show_default=True, help="For a new account.")
@click.option("--org", default=None, help="Needed only when there are several organisations.")
@click.option(
    "--wait/--no-wait", default=True, help="Read the comments now, or leave it to the workers."
)
def import_comments(
    file: Path, key: str, fmt: str | None, platform: str, org: str | None, wait: bool
) -> None:
    """Take comments from FILE (JSON Lines or CSV) into an account.

    Columns: id, text, created_at, author, parent, post, url; only id and text are needed. The same
    file again changes nothing.
    """
    from connectors.files import Format, open_file
    from worker import importing
    from worker.reading_all import helpers_for, read_all

    form = Format(fmt) if fmt else None
    open_file(file, form)
    shop = opening.workshop(migrate=True)
    if wait:
        shop.load_models()
    with shop.store.transaction() as session:
        operator = operator_of(session, org, shop.settings.org, shop.now())
        account = _account(session, key, platform, operator, shop.now())
    # Each helper would load models of the organisation's own once more: they have their threads.
    shares = wait and shop.settings.models_path is None
    with helpers_for(file) if shares else nullcontext():
        with importing.progress_bar(sys.stderr, "Importing") as progress:
            imported = importing.import_file(
                shop.store, shop.vault, account, file, form, actor=operator, progress=progress
            )
        if wait:
            read_all(shop, sys.stderr)
    for line in importing.report(imported):
        click.echo(line)


def _account(
    session: Session, key: str, platform: str, operator: Actor, now: datetime
) -> AccountRow:
    try:
        return accounts_of.find(session, key, actor=operator)
    except NotFound:
        settings = {"platform": platform}
        # Nothing is there to poll, so it is asked once a day.
        new = accounts_of.NewAccount(key, platform, key, "import", settings, 86_400)
        return accounts_of.add(session, new, actor=operator, now=now)


@click.command("classify")
@click.option("--directory", "staff_file", required=True, type=_FILE, help="The staff directory.")
@click.option("--org", default="", help="The organisation of lines that name none.")
def classify(staff_file: Path, org: str) -> None:
    """Read JSON lines from standard input and write what Watchroom proposes for each.

    A line needs id and text, and may have post, author_id, org, platform and created_at.
    """
    from worker import detectors
    from worker.classify_lines import classify_lines

    chosen = opening.settings()
    members = directory.load(staff_file)
    policy = Policy.load(chosen.policy_path)
    with detectors.started(detectors.load(chosen, policy)) as ready:
        status = classify_lines(
            sys.stdin.buffer,
            sys.stdout,
            sys.stderr,
            members=members,
            org=org,
            policy=policy,
            detectors=ready,
        )
    sys.exit(status)


@click.group("staff")
def staff() -> None:
    """Import the staff directory."""


@staff.command("import")
@click.argument("file", type=_FILE)
@click.option("--org", default=None, help="Needed only when there are several organisations.")
def import_staff(file: Path, org: str | None) -> None:
    """Make FILE the organisation's staff directory.

    Columns: staff_id, full_name, known_as, role, station_or_department, public_role, org. People
    whom it no longer names stay in the record as leavers.
    """
    members = directory.load(file)
    chosen = opening.settings()
    store = opening.store(chosen, migrate=True)
    codes = {member.org for member in members if member.org}
    # The first directory names the organisation, so that nobody has to say it twice.
    default = codes.pop() if len(codes) == 1 else chosen.org
    with store.transaction() as session:
        operator = operator_of(session, org, default, store.now())
        changes = staffing.replace(session, members, actor=operator, now=store.now())
    click.echo(
        f"{changes.total} people: {len(changes.new)} new, {len(changes.changed)} changed, "
        f"{changes.unchanged} as before; {len(changes.left)} have left."
    )
    if changes.elsewhere:
        click.echo(f"{changes.elsewhere} lines belong to other organisations and were left out.")


COMMANDS: Final = {
    "import": import_comments,
    "classify": classify,
    "staff": staff,
}
