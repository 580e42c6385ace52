"""The users command: who may sign in."""

from __future__ import annotations

from typing import Final

import click
from sqlalchemy import select

from moderation import organisations, people
from moderation.access import Actor, Role
from moderation.tables import UserRow
from worker import opening

OPERATOR: Final = "command-line"


@click.group("users")
def users() -> None:
    """Add and list the people who sign in."""


@users.command("add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--org", default=None, help="The organisation; needed only when there are several.")
@click.option("--password", default=None, help="Left out, it is asked for and not shown.")
def add(email: str, name: str, role: str, org: str | None, password: str | None) -> None:
    """Add a person. The first one makes the organisation of WATCHROOM_ORG."""
    chosen = opening.settings()
    store = opening.store(chosen, migrate=True)
    plain = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    now = store.now()
    with store.transaction() as session:
        org_id = organisations.only(session, org, chosen.org)
        organisations.ensure(session, org_id, now=now)
        operator = Actor(OPERATOR, org_id, Role.ADMINISTRATOR)
        new = people.NewUser(email=email, name=name, role=Role(role), password=plain)
        people.add(session, new, actor=operator, now=now)
    click.echo(f"{email} can sign in as {role.replace('_', ' ')}.")


@users.command("list")
def list_users() -> None:
    """List the people of every organisation here."""
    store = opening.store(opening.settings())
    with store.reading() as session:
        rows = session.scalars(select(UserRow).order_by(UserRow.org_id, UserRow.email)).all()
    for row in rows:
        state = "" if row.active else "  (shut out)"
        click.echo(f"{row.org_id}  {row.email}  {row.role.value}{state}")


COMMANDS: Final = {"users": users}
