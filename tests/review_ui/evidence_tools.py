"""Short ways to let evidence be captured, fail or be brought, for tests of pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from moderation.access import system
from moderation.evidence import capture
from moderation.evidence.keeping import vault_of
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import seal_files
from moderation.tables import (
    ActionOnCaptureRow,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    ItemVersionRow,
    PlatformActionRow,
    VersionKind,
)
from review_ui import shell
from tests.moderation.evidence.files_to_bring import PNG
from tests.review_ui.world import Browser, World

METER: dict[str, bool | str] = {
    "picture": True,
    "address": "The platform gives no web address of it.",
    "time": True,
    "author": True,
    "text": True,
    "thread": "More stands under the same post.",
}
SEALED = {"card.png": PNG, "record.json": b'{"schema": "evidence-record/1"}\n'}
ABUSE = {
    "outcome": "abuse",
    "category": "personal_abuse",
    "severity": "2",
    "target": "named_staff",
    "staff": "Mara Northmoor (S1)",
    "reason": "Insults her by name, twice.",
}


def decided(world: World, name: str = "dana", **chosen: Any) -> int:
    """Store an item that somebody found to be abuse; nothing is captured of it."""
    item_id = world.item(**chosen)
    form = {**ABUSE, "revision": "1", "form_id": world.form_id()}
    assert world.browser(name).post(f"/items/{item_id}/decide", form).status_code == 303
    return item_id


def text_of(browser: Browser, path: str) -> str:
    """Return a page with its gaps made single."""
    return " ".join(browser.get(path).text.split())


def capture_then(world: World, browser: Browser, item_id: int, kind: str, **more: str) -> Any:
    """Press "Capture it, then ...", as the form of the page does."""
    form = {"reason": "It breaks house rule 2.", "form_id": world.form_id(), **more}
    return browser.post(f"/items/{item_id}/capture-then/{kind}", form)


def seal(world: World, item_id: int, files: dict[str, bytes] | None = None) -> EvidenceRow:
    """Capture the item's evidence as the worker does, these files being what is sealed."""
    kept = world.app.extensions[shell.KEY].settings
    sealed = seal_files(files or SEALED, vault_of(kept), SigningKey.of(kept.keys_dir))
    now = world.store.now()
    with world.store.transaction() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.id == item_id)).one()
        row = capture.want(session, item_id, item.version, "user:1", now)
        actor = system("capture", item.org_id)
        capture.captured(session, row.id, sealed, now, actor, meter=METER)
        return row


def fail(world: World, item_id: int) -> None:
    """Let the capture of an item be given up."""
    now = world.store.now()
    with world.store.transaction() as session:
        wanted = select(EvidenceRow.id).where(EvidenceRow.item_id == item_id)
        capture.failed(session, session.scalars(wanted).one(), "The evidence folder is full.", now)


def edited(world: World, item_id: int, words: str, kind: VersionKind = VersionKind.EDITED) -> None:
    """Give an item one more version."""
    with world.store.transaction() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.id == item_id)).one()
        first = session.get_one(ItemVersionRow, (item_id, 1))
        item.version += 1
        session.add(
            ItemVersionRow(
                item_id=item_id,
                seq=item.version,
                kind=kind,
                sha256=f"{item.version:064d}",
                seen_at=first.seen_at,
                page_id=first.page_id,
                body=None if kind is VersionKind.DELETED else words,
                raw=words.encode(),
            )
        )


def bring(
    world: World,
    browser: Browser,
    item_id: int,
    data: bytes = PNG,
    name: str = "shot.png",
    **chosen: str,
) -> TestResponse:
    """Send the form that adds a file."""
    form = {
        "kind": "screenshot", "how": "On my work phone.", "form_id": world.form_id(), **chosen,
    }  # fmt: skip
    return send(browser, f"/items/{item_id}/additions", form, data, name)


def send(browser: Browser, path: str, form: dict[str, str], data: bytes, name: str) -> TestResponse:
    """Send a form with a file in it; the client's own way leaves a temporary file open."""
    file = FileStorage(BytesIO(data), filename=name)
    parts = {"csrf_token": browser.token(), **form, "file": file}
    boundary, body = encode_multipart(parts)
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.client.post(path, data=body, content_type=kind)


def rows(world: World, kind: type[Any]) -> list[Any]:
    """Return all rows of a table, in order."""
    with world.store.reading() as session:
        return list(session.scalars(select(kind).order_by(kind.id)))


def waiting(world: World) -> list[ActionOnCaptureRow]:
    return rows(world, ActionOnCaptureRow)


def actions(world: World) -> list[PlatformActionRow]:
    return rows(world, PlatformActionRow)


def additions(world: World) -> list[EvidenceAdditionRow]:
    return rows(world, EvidenceAdditionRow)
