"""The commands that keep accounts: add, list, check, pause, resume, reconnect and backfill."""

from __future__ import annotations

from typing import Final

import click

from moderation import accounts as accounts_of
from worker import opening
from worker.commands import access
from worker.commands.access import a_date
from worker.commands.operator import acting

_ORG: Final = click.option(
    "--org", default=None, help="Needed only when there are several organisations."
)


@click.group("accounts", invoke_without_command=True)
@click.pass_context
def accounts(ctx: click.Context) -> None:
    """List the accounts that are read, add, check, pause, resume and reconnect them."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_accounts)


@accounts.command("list")
def list_accounts() -> None:
    """List the accounts with their health."""
    from worker.account_lines import lines

    store = opening.store(opening.settings())
    with store.reading() as session:
        told = lines(session, now=store.now())
    if not told:
        click.echo("There is no account yet. `watchroom accounts add` makes one.")
    for line in told:
        click.echo(line)


@accounts.command("kinds")
@click.argument("connector", required=False)
def kinds(connector: str | None) -> None:
    """List the connectors, or what one of them needs: settings, secrets and permissions."""
    from connectors.registry import CONNECTORS, kind_of

    if connector is None:
        for name in sorted(CONNECTORS):
            click.echo(name)
        return
    kind = kind_of(connector)
    for title, options in (("Settings", kind.settings), ("Secrets", kind.secrets)):
        click.echo(f"{title}:")
        for name, option in sorted(options.items()):
            needed = " (needed)" if option.needed else ""
            click.echo(f"  {name}{needed}: {option.says}")
    click.echo("Permissions at the platform:")
    for name, says in kind.permissions.items():
        click.echo(f"  {name}: {says}")
    if kind.page:
        click.echo(f"How to set it up there: docs/platforms/{kind.page}")


@accounts.command("check")
@click.argument("key", required=False)
@_ORG
def check(key: str | None, org: str | None) -> None:
    """Ask the platform of KEY, or of every account, who we are there and what we may do.

    Ends with 1 when something stands against reading an account.
    """
    from worker import checking
    from worker.account_lines import rows

    shop = opening.workshop()
    with shop.store.reading() as session:
        found = rows(session, key, org)
    wrong = 0
    for row in found:
        says = checking.look_now(shop, row)
        wrong += bool(says)
        click.echo(f"{row.key}: {says or 'well'}")
    if wrong:
        raise SystemExit(1)


@accounts.command("pause")
@click.argument("key")
@click.option("--reason", required=True)
@_ORG
def pause(key: str, reason: str, org: str | None) -> None:
    """Stop reading an account; nothing that it holds is lost."""
    with acting(org) as (session, operator, now):
        accounts_of.pause(session, key, reason=reason, actor=operator, now=now)
    click.echo(f"{key} is paused.")


@accounts.command("resume")
@click.argument("key")
@_ORG
def resume(key: str, org: str | None) -> None:
    """Read an account again from where it was left."""
    with acting(org) as (session, operator, now):
        accounts_of.resume(session, key, actor=operator, now=now)
    click.echo(f"{key} is being read again.")


@accounts.command("backfill")
@click.argument("key")
@click.option("--since", required=True, help="Back to this date: 2026-01-31.")
@_ORG
def backfill(key: str, since: str, org: str | None) -> None:
    """Read everything of an account back to a date; `accounts list` says how far it has come."""
    with acting(org) as (session, operator, now):
        accounts_of.backfill(session, key, a_date(since), actor=operator, now=now)
    click.echo(f"{key} is read back to {since} while `watchroom run` runs.")


@accounts.command("live")
@click.argument("key")
@click.argument("days", type=int)
@_ORG
def live(key: str, days: int, org: str | None) -> None:
    """Set for how many DAYS after it was made a post is read again whole."""
    with acting(org) as (session, operator, now):
        accounts_of.live_for(session, key, days, actor=operator, now=now)
    click.echo(f"Posts of {key} are read again for {days} days.")


@accounts.command("rotate-key")
def rotate_key() -> None:
    """Seal every account's secrets under a new key; ended half-way, it goes on the next time."""
    from moderation.accounts import secret_store

    shop = opening.workshop()
    count = secret_store.rotate(shop.store, shop.sealing_keys)
    click.echo(f"{count} secrets are sealed under a new key; the old one is gone.")


accounts.add_command(access.add_account)
accounts.add_command(access.reconnect)

COMMANDS: Final = {"accounts": accounts}
