"""What a platform pushes to an account on its stand-in, and what became of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from moderation.accounts import deliveries
from moderation.tables import (
    IngestPageRow,
    QuarantineRow,
    VersionKind,
)
from tests.connected import Connected
from tests.standins.graph import GraphStandIn
from tests.standins.graph_deliveries import Delivery, delivery
from tests.worker.rereading_tools import SelectivePage, versions

APP_SECRET = "a secret of the app"
HIDDEN_WORDS = "Ask @northmoor.fire about it."


def graph_of(connected: Connected) -> GraphStandIn:
    assert isinstance(connected.server, GraphStandIn)
    return connected.server


def platform_of(page: Connected) -> SelectivePage:
    assert isinstance(page.server, SelectivePage)
    return page.server


def push(connected: Connected, pushed: Delivery | bytes) -> None:
    """Let a delivery come in and be read."""
    body = pushed if isinstance(pushed, bytes) else pushed.body
    connected.later(1)
    with connected.store.transaction() as session:
        deliveries.receive(session, connected.account_id, body, now=connected.shop.now())
    connected.work()


def tell(connected: Connected, *told: tuple[str, str], **more: Any) -> None:
    push(connected, graph_of(connected).delivery(*told, **more))


def body_of(connected: Connected, *changes: Any, account_id: str = "") -> bytes:
    server = graph_of(connected)
    about = account_id or server.subscribed()
    at = int(server.clock.now().timestamp())
    return delivery(server.pushes, about, changes, at, APP_SECRET).body


def told_comment(native_id: str, **more: Any) -> dict[str, Any]:
    value = {"item": "comment", "verb": "add", "comment_id": native_id, "post_id": "1_1", **more}
    return {"field": "feed", "value": value}


def kinds(connected: Connected, native_id: str) -> list[VersionKind]:
    return [version.kind for version in versions(connected, native_id)]


def pages(connected: Connected) -> int:
    with connected.store.reading() as session:
        return len(session.scalars(select(IngestPageRow.id)).all())


def quarantined(connected: Connected) -> list[bytes]:
    with connected.store.reading() as session:
        return list(session.scalars(select(QuarantineRow.raw).order_by(QuarantineRow.id)))
