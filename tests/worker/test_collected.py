"""How bytes came is kept with them on every platform, and no secret is anywhere in what is kept."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from moderation.accounts import secret_store
from moderation.evidence import capture
from moderation.evidence.care import naming
from moderation.evidence.sealing import listing
from moderation.model import Collected
from moderation.tables import (
    AccountRow,
    AccountSecretRow,
    EvidenceMediaRow,
    EvidenceRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
)
from tests.connected import STAND_INS, Connected
from tests.connectors.evil import certificate
from tests.replayed import Replayed
from tests.standins.pictures import engine
from tests.world import World, comment, page
from worker import polling


@pytest.fixture(params=sorted(STAND_INS))
def connected(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Iterator[Connected]:
    with STAND_INS[request.param]() as server:
        yield Connected(world, tmp_path, request.param, server)


def _captured(connected: Replayed, native_id: str) -> dict[str, bytes]:
    """Capture an item and return its sealed files."""
    now = connected.shop.now()
    with connected.store.transaction() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.native_id == native_id)).one()
        row = capture.want(session, item.id, item.version, "user:1", now)
    connected.work()
    with connected.store.reading() as session:
        kept = session.get_one(EvidenceRow, row.id)
    assert kept.path is not None
    assert kept.sha256 is not None
    names = listing(connected.shop.vault, kept.path, kept.sha256).files
    return {name: connected.shop.vault.get(sha256) for name, sha256 in names.items()}


def _secrets(connected: Connected) -> set[str]:
    """Return every secret of the account: as given, and as its platform renewed it."""
    with connected.store.reading() as session:
        names = session.scalars(select(AccountSecretRow.name)).all()
        keys = connected.shop.sealing_keys
        held = [secret_store.get(session, keys, connected.account_id, name) for name in names]
    parts = [*connected.server.secrets().values()]
    for value in held:
        try:
            told = json.loads(value)
        except ValueError:
            told = value
        parts += told.values() if isinstance(told, dict) else [str(told)]
    return {part for part in parts if len(part) >= 8 and not part.startswith("did:")}


def _kept(connected: Connected) -> bytes:
    """Return all that is kept of pages and evidence, in the record and in the vault."""
    vault = [
        path.read_bytes() for path in connected.settings.vault_dir.rglob("*") if path.is_file()
    ]
    with connected.store.reading() as session:
        rows: list[Any] = [row.collected for row in session.scalars(select(IngestPageRow))]
        rows += [(row.note, row.meter) for row in session.scalars(select(EvidenceRow))]
        rows += [(row.url, row.final_url) for row in session.scalars(select(EvidenceMediaRow))]
        rows += [row.raw.decode("latin-1") for row in session.scalars(select(ItemVersionRow))]
    return b"\n".join([*vault, json.dumps(rows).encode()])


def test_a_page_and_a_capture_say_how_they_came_and_give_no_secret_away(
    connected: Connected,
) -> None:
    native_id = connected.server.comment(connected.server.post(), "You are useless")
    connected.poll_feeds()
    files = _captured(connected, native_id)
    with connected.store.reading() as session:
        came = session.scalars(
            select(IngestPageRow).join(ItemVersionRow, ItemVersionRow.page_id == IngestPageRow.id)
        ).first()
    assert came is not None
    last = came.collected["answers"][-1]
    assert (last["status"], last["http"]) == (200, "HTTP/1.1")
    assert last["client"].count(",") == 2
    assert last["remote"] == connected.server.url.removeprefix("http://")
    record = json.loads(files["record.json"])
    asked = record["collection"]["answers_at_capture"][-1]
    assert asked["status"] == 200
    assert record["times"]["answered_at_capture"]["source"].startswith("the clock of the platform")
    assert files["request-at-capture.txt"].startswith(
        f"{asked['method']} http://127.0.0.1".encode()
    )
    assert b"HTTP/1.1 200" in files["headers-at-capture.txt"]
    assert files["headers-at-ingest.txt"]
    kept = _kept(connected)
    secrets = {*_secrets(connected), "Bearer ", "OAuth oauth_", "Cookie: "}
    assert len(secrets) > 3
    assert not [secret for secret in secrets if secret.encode() in kept]


def test_an_item_that_is_gone_keeps_the_answer_that_said_so(connected: Connected) -> None:
    native_id = connected.server.comment(connected.server.post(), "You are useless")
    connected.poll_feeds()
    connected.server.remove(native_id)
    connected.later(1)
    files = _captured(connected, native_id)
    record = json.loads(files["record.json"])
    assert record["content"]["text"] == "You are useless"
    assert "The bytes taken at ingest are the record" in record["collection"]["note"]
    assert record["collection"]["answers_at_capture"]
    assert files["headers-at-capture.txt"]


@pytest.mark.parametrize("name", ["facebook_page", "mastodon"])
def test_the_pictures_of_an_item_are_sealed_as_they_came(
    name: str, world: World, tmp_path: Path
) -> None:
    with STAND_INS[name]() as server:
        connected = Connected(world, tmp_path, name, server)
        native_id = _write_with_picture(server, server.show(), server.show("missing.png"))
        del server.pictures["/media/missing.png"]
        connected.poll_feeds()
        files = _captured(connected, native_id)
    assert files["media/001-original.png"] == engine()
    record = json.loads(files["record.json"])
    assert record["media"][0]["file"] == "media/001-original.png"
    assert record["media"][0]["type_by_its_bytes"] == "image/png"
    with connected.store.reading() as session:
        rows = session.scalars(select(EvidenceMediaRow).order_by(EvidenceMediaRow.n)).all()
        meter = session.scalars(select(EvidenceRow)).one().meter
    assert (rows[0].width, rows[0].height, rows[0].skipped) == (320, 200, "")
    assert connected.shop.vault.get(str(rows[0].sha256)) == engine()
    if name == "mastodon":
        assert rows[1].sha256 is None
        assert rows[1].skipped == "The platform did not give it (status 404)."
        assert "1 of its 2 pictures" in meter["picture"]
    else:
        assert meter["picture"] is True


def _write_with_picture(server: Any, *urls: str) -> str:
    post = server.post()
    if server.platform == "mastodon":
        return str(server.comment(post, "Look", pictures=tuple((url, "") for url in urls)))
    native_id = str(server.comment(post, "Look"))
    server.things[native_id].more["picture"] = urls[0]
    return native_id


def test_a_certificate_is_kept_once_in_the_vault_and_sealed_with_the_item(
    world: World, tmp_path: Path
) -> None:
    replayed = Replayed(world, tmp_path)
    pem = certificate(tmp_path).read_text().partition("-----BEGIN PRIV")[0]
    der = ssl.PEM_cert_to_DER_cert(pem)
    how = Collected("GET", "https://a/", 200, replayed.shop.now(), certificate=der, tls="TLSv1.3")
    with replayed.store.reading() as session:
        account = session.get_one(AccountRow, replayed.account_id)
    for native_id in ("c1", "c2"):
        came = replace(page(comment(native_id, "You are useless")), collected=(how,))
        polling.take_in(replayed.shop, account, "comments", came)
    with replayed.store.reading() as session:
        names = session.scalars(select(IngestPageRow.certificate_sha256)).all()
        named = naming.named(session, [str(name) for name in names])
    assert names[0] == names[1]
    assert named == set(names)
    sealed = _captured(replayed, "c1")["certificate-at-ingest.pem"]
    assert ssl.PEM_cert_to_DER_cert(sealed.decode()) == der
    assert replayed.shop.vault.get(str(names[0])) == sealed
