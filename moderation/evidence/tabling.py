"""CSV in which no cell can start a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_SKIPPED: Final = " \t\r\n\0\x0b\x0c'\"\u00a0\u200b\ufeff"
_BREAKS: Final = ("\t", "\r", "\n", "\0")
_STARTS: Final = frozenset("=+-@")


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as CSV in UTF-8, every cell quoted; a column that a row lacks stays empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(row.get(column)) for column in columns])
    return out.getvalue().encode("utf-8", "backslashreplace")


def guarded(value: object) -> str:
    """Return a cell that a spreadsheet shows as text: what could start a formula gets a quote.

    Spaces, quotes and invisible characters in front do not hide a formula, nor do its full-width
    forms, which some spreadsheets read like the plain ones.
    """
    text = "" if value is None else str(value)
    first = unicodedata.normalize("NFKC", text.lstrip(_SKIPPED)[:1])
    risky = text.startswith(_BREAKS) or first[:1] in _STARTS
    return f"'{text}" if risky else text
