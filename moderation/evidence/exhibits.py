"""The list of exhibits as CSV."""

from __future__ import annotations

from typing import Final

from moderation.evidence.contents import Contents, Exhibit
from moderation.evidence.notation import moment, utc
from moderation.evidence.tabling import table

COLUMNS: Final = (
    "folder",
    "evidence",
    "state",
    "item",
    "version",
    "platform",
    "account",
    "item_id_at_platform",
    "address",
    "author_id",
    "author_as_shown",
    "posted_utc",
    "first_seen_utc",
    "captured_utc",
    "captured_europe_london",
    "captured_bytes",
    "manifest_sha256",
    "note",
)

_ERASED: Final = "erased when its time to be kept ran out"
_NOT_BY_THEN: Final = "not captured when this pack was asked for"


def as_csv(chosen: Contents) -> bytes:
    """Return the captured exhibits in order of their folders, then what is not captured.

    It is UTF-8 with every cell quoted; the exact texts stand in the records.
    """
    rows = [
        *({**_row(one), **_kept(one, n)} for n, one in enumerate(chosen.captured, start=1)),
        *({**_row(one), "state": _absent(one)} for one in chosen.missing),
    ]
    return table(COLUMNS, rows)


def folder_of(number: int) -> str:
    """Return where the files of an exhibit stand, seen from the payload's folder."""
    return f"items/{number:04d}"


def _row(exhibit: Exhibit) -> dict[str, object]:
    item, record = exhibit.item, exhibit.record
    row: dict[str, object] = {
        "item": item.id,
        "platform": exhibit.account.platform,
        "account": exhibit.account.name,
        "item_id_at_platform": item.native_id,
        "address": item.url,
        "author_id": item.author_ref,
        "author_as_shown": item.author_name or item.author_handle,
        "posted_utc": utc(item.posted_at) if item.posted_at else None,
        "first_seen_utc": utc(item.seen_at),
    }
    return row if record is None else row | {"evidence": record.ref, "version": record.version_seq}


def _kept(exhibit: Exhibit, number: int) -> dict[str, object]:
    record = exhibit.record
    if record is None:
        return {}
    captured = moment(record.captured_at, "our clock") or {}
    return {
        "folder": folder_of(number),
        "state": "captured",
        "captured_utc": captured.get("utc"),
        "captured_europe_london": captured.get("europe_london"),
        "captured_bytes": record.size,
        "manifest_sha256": record.sha256,
        "note": record.note,
    }


def _absent(exhibit: Exhibit) -> str:
    """Return why a record is not in the pack, in words that no later event changes."""
    record = exhibit.record
    if record is None:
        return "never captured"
    return _ERASED if record.erased_at is not None else _NOT_BY_THEN
