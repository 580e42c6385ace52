"""The list of exhibits as CSV, in which no cell can start a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import Final

from moderation.evidence.contents import Contents, Exhibit
from moderation.evidence.notation import moment, utc
from moderation.lifecycle import EvidenceState

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

_WHERE_IT_STANDS: Final = {
    None: "never captured",
    EvidenceState.CAPTURED: "captured",
    EvidenceState.WANTED: "capture under way",
    EvidenceState.FAILED: "capture failed",
}
_SKIPPED: Final = " \t\r\n\0\x0b\x0c'\"\u00a0\u200b\ufeff"
_BREAKS: Final = ("\t", "\r", "\n", "\0")
_STARTS: Final = frozenset("=+-@")


def as_csv(chosen: Contents) -> bytes:
    """Return the captured exhibits in order of their folders, then what is not captured.

    It is UTF-8 with every cell quoted; the exact texts stand in the records.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, exhibit in enumerate((*chosen.captured, *chosen.missing), start=1):
        row = _row(exhibit)
        if exhibit.is_captured:
            row["folder"] = folder_of(number)
        writer.writerow([guarded(row.get(column)) for column in COLUMNS])
    return out.getvalue().encode("utf-8", "backslashreplace")


def folder_of(number: int) -> str:
    """Return where the files of an exhibit stand, seen from the payload's folder."""
    return f"items/{number:04d}"


def _row(exhibit: Exhibit) -> dict[str, object]:
    item, record = exhibit.item, exhibit.record
    row: dict[str, object] = {
        "state": _WHERE_IT_STANDS[record.state if record else None],
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
    if record is not None:
        captured = moment(record.captured_at, "our clock") or {}
        row |= {
            "evidence": record.ref,
            "version": record.version_seq,
            "captured_utc": captured.get("utc"),
            "captured_europe_london": captured.get("europe_london"),
            "captured_bytes": record.size,
            "manifest_sha256": record.sha256,
            "note": record.note,
        }
    return row


def guarded(value: object) -> str:
    """Return a cell that a spreadsheet shows as text: what could start a formula gets a quote.

    Spaces, quotes and invisible characters in front do not hide a formula, nor do its full-width
    forms, which some spreadsheets read like the plain ones.
    """
    text = "" if value is None else str(value)
    first = unicodedata.normalize("NFKC", text.lstrip(_SKIPPED)[:1])
    risky = text.startswith(_BREAKS) or first[:1] in _STARTS
    return f"'{text}" if risky else text
