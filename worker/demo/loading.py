"""Loads the demo by living through it: the clock is moved over three weeks, and every part works.

Nothing is written past the ordinary doors: comments come in by the replay connector, are read by
the detectors and decided by the invented staff. What the pages show is what the product does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import accounts, audit, directory, migrations, people, staffing
from moderation.access import Actor, Role, system
from moderation.tables import AccountRow, AuditBodyRow, OrganisationRow
from moderation.when import london
from worker.demo import material
from worker.demo.feeds import append, feed_path, live_path
from worker.demo.story import STEP, PastShop, Story
from worker.workshop import Workshop

# The story reads each account twice a day, and more often where something happens.
POLL_EVERY_S: Final = 21_600
# Comments of the last hours are kept back, to arrive while somebody is watching.
LIVE: Final = 12
# The line of the audit chain that says that the story was told to its end.
LOADED: Final = "demo.loaded"
Say = Callable[[str], None]


def may_load(shop: Workshop) -> bool:
    """Say whether there is nothing here but a demo that was cut off, or nothing at all.

    Demo data never joins anybody's own, and nothing of anybody's own is ever cleared away.
    """
    ours = {account["key"] for account in material.accounts()}
    with shop.store.reading() as session:
        invented = session.scalars(select(OrganisationRow.demo)).all()
        keys = set(session.scalars(select(AccountRow.key)))
        loaded = session.scalar(
            select(AuditBodyRow.seq).where(AuditBodyRow.verb == LOADED).limit(1)
        )
    return all(invented) and keys <= ours and loaded is None


def load(shop: Workshop, *, say: Say) -> None:
    """Make the invented organisation and live through its three weeks; starts from nothing."""
    say("Loading the demo: an invented fire and rescue service. This takes a few seconds.")
    data_dir = shop.settings.data_dir
    _clear(shop)
    now = shop.now()
    today = london(now).date()
    lines = list(material.feed(today))
    past = PastShop(shop, min(line.at for line in lines) - STEP)
    feeds = _set_up(past)
    Story(past, today, feeds, lines[:-LIVE]).live(until=now)
    past.store.close()
    for line in lines[-LIVE:]:
        append(live_path(data_dir), {"account": line.account, "record": line.record})
    with shop.store.transaction() as session:
        actor = system("demo", material.ORG)
        audit.append(session, LOADED, f"organisation:{material.ORG}", actor=actor, at=now)
    say(f"Loaded {len(lines) - LIVE} lines; {LIVE} more arrive while you watch.")


def _clear(shop: Workshop) -> None:
    """Take away what a demo that was cut off has left."""
    with shop.store.reading() as session:
        cut_off = session.scalar(select(OrganisationRow.id).limit(1)) is not None
    if cut_off:
        migrations.rebuild(shop.store)
    for folder in (shop.settings.data_dir / "demo", shop.settings.connectors_dir):
        shutil.rmtree(folder, ignore_errors=True)


def set_up_organisation(session: Session, *, now: datetime) -> Actor:
    """Make the invented organisation with its people and its staff; return who set it up."""
    session.add(OrganisationRow(id=material.ORG, name=material.NAME, demo=True, created_at=now))
    session.flush()
    operator = Actor("demo", material.ORG, Role.ADMINISTRATOR)
    for role, name, full_name in material.PEOPLE:
        new = people.NewUser(material.email(name), full_name, role, material.PASSWORD)
        people.add(session, new, actor=operator, now=now)
    staff = directory.load(material.HERE / "staff.csv")
    staffing.replace(session, staff, actor=operator, now=now)
    return operator


def _set_up(shop: PastShop) -> dict[str, Path]:
    """Make organisation, people, staff directory and accounts; return each account's feed."""
    folder = shop.settings.data_dir / "demo"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    feeds = {}
    with shop.store.transaction() as session:
        operator = set_up_organisation(session, now=shop.at)
        for account in material.accounts():
            key = account["key"]
            feeds[key] = feed_path(shop.settings.data_dir, key)
            feeds[key].touch()
            accounts.add(
                session,
                accounts.NewAccount(
                    key=key,
                    platform=account["platform"],
                    name=account["name"],
                    connector="replay",
                    settings={"path": str(feeds[key]), "platform": account["platform"]},
                    poll_every_s=POLL_EVERY_S,
                ),
                actor=operator,
                now=shop.at,
            )
    return feeds
