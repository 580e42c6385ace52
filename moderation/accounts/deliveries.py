"""The inbox of what platforms push to us: kept before it is answered, read by a job."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import jobs
from moderation.store import insert_for
from moderation.tables import AccountRow, DeliveryRow

LARGEST: Final = 1_000_000
# Meta tries a failed delivery again for 36 hours (its webhook documentation).
TRIED_AGAIN_FOR: Final = timedelta(hours=48)
_SCHEME: Final = "sha256="


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Say whether a body carries its sender's HMAC-SHA256, as "sha256=" and hexadecimal digits.

    The body is taken as it came, byte for byte; the comparison takes the same time either way.
    """
    if not secret or not signature.startswith(_SCHEME):
        return False
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = signature.removeprefix(_SCHEME)
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def is_stale(body: bytes, *, now: datetime) -> bool:
    """Say whether everything in a body happened longer ago than any platform tries again.

    A body whose times cannot be read is not stale: its signature fits, so a person may see it.
    """
    try:
        read = json.loads(body)
        times = [float(entry["time"]) for entry in read["entry"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    return bool(times) and max(times) < (now - TRIED_AGAIN_FOR).timestamp()


def receive(session: Session, account_id: int, body: bytes, *, now: datetime) -> int | None:
    """Keep a body and promise to read it; the same body again is kept once and gives None."""
    delivery_id: int | None = session.scalar(
        insert_for(session, DeliveryRow)
        .values(
            account_id=account_id,
            sha256=hashlib.sha256(body).hexdigest(),
            raw=body,
            received_at=now,
        )
        .on_conflict_do_nothing(index_elements=["account_id", "sha256"])
        .returning(DeliveryRow.id)
    )
    if delivery_id is not None:
        jobs.promise(session, "deliver", str(delivery_id), f"deliver:{delivery_id}", at=now)
    return delivery_id


def account_at(session: Session, org_id: str, key: str) -> int | None:
    """Return the id of the account that an address belongs to, or None.

    Whoever asks is not signed in, so the answer to an address without an account must be the same
    as to a wrong signature.
    """
    return session.scalar(
        select(AccountRow.id).where(AccountRow.org_id == org_id, AccountRow.key == key)
    )
