"""The commands that give an account its access: add and reconnect. No secret is an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from moderation import accounts as accounts_of
from moderation.errors import InvalidInput
from worker import opening
from worker.commands.operator import operator_of

if TYPE_CHECKING:
    from connectors.contract import Kind

FIRST_BACKFILL: Final = timedelta(days=28)
_ORG: Final = click.option(
    "--org", default=None, help="Needed only when there are several organisations."
)
_SECRET: Final = click.option(
    "--secret", "asked", multiple=True, help="A secret that is optional: asked for at the prompt."
)
_SECRET_FILE: Final = click.option(
    "--secret-file", "files", multiple=True, help="A secret from a file: name=path."
)
_UNCHECKED: Final = click.option(
    "--no-check", "unchecked", is_flag=True, help="Do not ask the platform whether it works."
)


@click.command("add")
@click.argument("key")
@click.option("--connector", required=True, help="What reads it: see `watchroom accounts kinds`.")
@click.option("--platform", default=None, help="For example facebook; the connector's own if left.")
@click.option("--name", required=True, help="As your colleagues know it.")
@click.option("--set", "pairs", multiple=True, help="A setting of the connector: name=value.")
@_SECRET
@_SECRET_FILE
@click.option("--every", default=60, show_default=True, help="Seconds between two polls.")
@click.option("--since", default=None, help="Read back to this date: 2026-01-31. Else 28 days.")
@_UNCHECKED
@_ORG
def add_account(
    key: str,
    connector: str,
    platform: str | None,
    name: str,
    pairs: tuple[str, ...],
    asked: tuple[str, ...],
    files: tuple[str, ...],
    every: int,
    since: str | None,
    unchecked: bool,
    org: str | None,
) -> None:
    """Add the account KEY (a short name such as main-page); its first poll is due at once.

    Its secrets are asked for at the prompt, or read from files, and kept sealed.
    """
    from connectors.registry import kind_of
    from worker import connecting

    kind = kind_of(connector)
    told = platform or kind.platform or connector
    settings: dict[str, Any] = _pairs(pairs, "--set")
    if "platform" in kind.settings:
        settings.setdefault("platform", told)
    secrets = connecting.GivenSecrets(_given(kind, asked, files))
    found = connecting.try_out(connector, settings, secrets, ask=not unchecked)
    shop = opening.workshop(migrate=True)
    now = shop.now()
    back_to = a_date(since) if since else now - FIRST_BACKFILL
    with shop.store.transaction() as session:
        operator = operator_of(session, org, shop.settings.org, now)
        new = accounts_of.NewAccount(key, told, name, connector, settings, every)
        connecting.add(session, new, secrets, found, shop.sealing_keys, actor=operator, now=now)
        if kind.secrets:
            accounts_of.backfill(session, key, back_to, actor=operator, now=now)
    if found is not None and found.name:
        click.echo(f"The platform knows it as {found.name}.")
    if found is not None and found.missing:
        click.echo(f"Permissions that are missing: {', '.join(found.missing)}.")
    click.echo(f"The account {key} is added. It is read while `watchroom run` runs.")


@click.command("reconnect")
@click.argument("key")
@_SECRET
@_SECRET_FILE
@_UNCHECKED
@_ORG
def reconnect(
    key: str, asked: tuple[str, ...], files: tuple[str, ...], unchecked: bool, org: str | None
) -> None:
    """Give an account its access again; it is read on from where it was left.

    Secrets that are not given anew stay as they are.
    """
    from connectors.registry import kind_of
    from worker import connecting
    from worker.means import SealedSecrets

    shop = opening.workshop()
    with shop.store.reading() as session:
        operator = operator_of(session, org, shop.settings.org, shop.now())
        row = accounts_of.find(session, key, actor=operator)
    kept = SealedSecrets(shop.store, lambda: shop.sealing_keys, row.id)
    secrets = connecting.GivenSecrets(_given(kind_of(row.connector), asked, files), kept)
    found = connecting.try_out(row.connector, row.settings, secrets, ask=not unchecked)
    now = shop.now()
    with shop.store.transaction() as session:
        row = accounts_of.reconnect(session, key, actor=operator, now=now)
        connecting.keep(session, row, secrets, found, shop.sealing_keys, now=now)
    click.echo(f"{key} is connected again and read on from where it was left.")


def _pairs(pairs: tuple[str, ...], option: str) -> dict[str, str]:
    made = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise InvalidInput(f"{option} takes name=value, not {pair}.")
        made[name] = value
    return made


def _given(kind: Kind, asked: tuple[str, ...], files: tuple[str, ...]) -> dict[str, str]:
    """Read an account's secrets from files and from the prompt; none is ever an argument."""
    paths = _pairs(files, "--secret-file")
    strangers = sorted({*asked, *paths} - set(kind.secrets))
    if strangers:
        raise InvalidInput(f"This connector has no secret {', '.join(strangers)}.")
    values = {name: _from_file(name, path) for name, path in paths.items()}
    for name, option in kind.secrets.items():
        if name not in values and (option.needed or name in asked):
            values[name] = click.prompt(name, hide_input=True).strip()
    return values


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as err:
        raise InvalidInput(f"The file for {name}, {path}, cannot be read as text.") from err


def a_date(given: str) -> datetime:
    """Return a date of the command line as its midnight in UTC. Raises InvalidInput."""
    try:
        return datetime.combine(date.fromisoformat(given), time(), UTC)
    except ValueError as err:
        raise InvalidInput(f"A date is written 2026-01-31, not {given}.") from err
