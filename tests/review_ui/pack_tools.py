"""Short ways to capture evidence and to make packs as the worker does, for tests of pages."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.access import system
from moderation.evidence import capture, record
from moderation.evidence.facts import gather
from moderation.evidence.keeping import vault_of
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import seal_files
from moderation.evidence.sight import Sight
from moderation.settings import Settings
from moderation.tables import DisclosureRow, ItemRow, Lane
from review_ui import shell
from tests.review_ui.world import Browser, World
from worker.runner import Runner
from worker.workshop import Workshop

REF = re.compile(r"D-[0-9]{4}-[0-9]{4}")
CASE = re.compile(r"C-[0-9A-Z]{8}")
AUTHORITY = "Her letter of 20 November"


def settings_of(world: World) -> Settings:
    """Return the settings that the pages run with."""
    found: Settings = world.app.extensions[shell.KEY].settings
    return found


def captured(world: World, **chosen: Any) -> int:
    """Store an item and capture its evidence as the capture job does; return the item's id."""
    item_id = world.item(**chosen)
    kept, now = settings_of(world), world.store.now()
    with world.store.transaction() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.id == item_id)).one()
        row = capture.want(session, item_id, item.version, "user:1", now)
        actor = system("capture", item.org_id)
        files = record.files(gather(session, row.id), Sight(), captured_by=actor.ref, now=now)
        sealed = seal_files(files, vault_of(kept), SigningKey.of(kept.keys_dir))
        capture.captured(session, row.id, sealed, now, actor)
    return item_id


def make(world: World) -> None:
    """Do what the worker does about packs."""
    runner = Runner(Workshop(settings_of(world), world.store), "test")
    while runner.run_next(Lane.SUMMARY):
        pass


def ask(world: World, browser: Browser, subject: str, **chosen: str) -> TestResponse:
    """Send the form that asks for a pack."""
    form = {
        "kind": "evidence", "subject": subject, "recipient": "Sgt Kim Bell",
        "authority": AUTHORITY, "form_id": world.form_id(), **chosen,
    }  # fmt: skip
    return browser.post("/packs/new", form)


def asked(world: World, browser: Browser, subject: str, **chosen: str) -> str:
    """Ask for a pack and return its reference."""
    answer = ask(world, browser, subject, **chosen)
    assert answer.status_code == 303, answer.text
    found = REF.search(answer.headers["Location"])
    assert found
    return found.group()


def made(world: World, browser: Browser, subject: str, **chosen: str) -> str:
    """Ask for a pack, have it made and return its reference."""
    ref = asked(world, browser, subject, **chosen)
    make(world)
    return ref


def case_of(world: World, name: str, item_id: int) -> str:
    """Open a case about an item as a person of HR; they are its member."""
    form = {
        "item": str(item_id), "reason": "She is upset and asks for help.", "safeguarding": "no",
        "form_id": world.form_id(),
    }  # fmt: skip
    answer = world.browser(name).post("/cases/new", form)
    found = CASE.search(answer.headers["Location"])
    assert found, answer.text
    return found.group()


def row_of(world: World, ref: str) -> DisclosureRow:
    """Return one line of the register as it stands now."""
    with world.store.reading() as session:
        return session.scalars(select(DisclosureRow).where(DisclosureRow.ref == ref)).one()
