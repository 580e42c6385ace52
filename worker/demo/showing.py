"""What the demo prints at the start, and the comments that arrive while somebody watches."""

from __future__ import annotations

import json
import threading
from typing import Final

from sqlalchemy import select

from moderation import jobs
from moderation.tables import AccountRow, OrganisationRow, UserRow
from worker.demo import material
from worker.demo.feeds import append, feed_path, live_path
from worker.workshop import Workshop

LIVE_EVERY_S: Final = 25.0


def start_live_feed(shop: Workshop, stop: threading.Event) -> threading.Thread:
    """Let the comments that were kept back arrive one by one; ends at once without a demo."""
    thread = threading.Thread(target=_feed, args=(shop, stop), name="demo-feed")
    thread.start()
    return thread


def _feed(shop: Workshop, stop: threading.Event) -> None:
    path = live_path(shop.settings.data_dir)
    while path.exists() and not stop.wait(LIVE_EVERY_S):
        left = path.read_text(encoding="utf-8").splitlines()
        if not left:
            path.unlink()
            return
        line = json.loads(left[0])
        record = {**line["record"], "created_at": shop.now().isoformat()}
        append(feed_path(shop.settings.data_dir, line["account"]), record)
        path.write_text("\n".join(left[1:]), encoding="utf-8")
        _poll_now(shop, line["account"])


def _poll_now(shop: Workshop, key: str) -> None:
    """Have the account read at once, as a platform that calls would."""
    now = shop.now()
    with shop.store.transaction() as session:
        account_id = session.scalars(
            select(AccountRow.id).where(AccountRow.org_id == material.ORG, AccountRow.key == key)
        ).one()
        dedupe = f"poll:{account_id}:live:{now.isoformat()}"
        jobs.promise(session, "poll", str(account_id), dedupe, at=now)


def welcome(shop: Workshop) -> str:
    """Return the address, and for a demo who can sign in and what to try first."""
    with shop.store.reading() as session:
        demo = session.scalar(select(OrganisationRow.id).where(OrganisationRow.demo.is_(True)))
        anybody = session.scalar(select(UserRow.id).limit(1))
    address = f"\nWatchroom is ready: {shop.settings.base_url}\n"
    if demo is None:
        return address if anybody else address + _NOBODY
    return address + sign_ins() + _TRY


_NOBODY: Final = "Nobody can sign in yet. Add the first person with `watchroom users add`.\n"


def sign_ins() -> str:
    """Return who can sign in to the invented organisation, and with which password."""
    width = max(len(material.email(name)) for _, name, _ in material.PEOPLE)
    people = "\n".join(
        f"  {material.email(name):{width}}  {role.value.replace('_', ' ')}"
        for role, name, _ in material.PEOPLE
    )
    return _SIGN_INS.format(people=people, password=material.PASSWORD)


_SIGN_INS: Final = """
Everything in it is invented. Sign in as one of these, all with the password: {password}

{people}
"""

_TRY: Final = """
Try first:
  1. Sign in as moderator@northmoor.example. What cannot wait stands on top of the queue.
  2. Open an item, press r to reveal it, and read why it was flagged. Press ? for all keys.
  3. Decide, hide it, and watch the action go from queued to seen on the platform.
  4. Sign in as hr.lead@northmoor.example and open Cases: comms cannot see what is there.
  5. Open Weekly summary. More comments arrive while you watch.

Ctrl-C stops it; starting again carries on.
"""
