"""Tells from the first bytes of a file that it is not what was meant, before anything is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from moderation.errors import InvalidInput

_NO_TEXT_FILES: Final = (
    (b"PK\x03\x04", "is a spreadsheet or an archive. In a spreadsheet: Save as, then “CSV UTF-8”."),
    (b"\xd0\xcf\x11\xe0", "is an old spreadsheet. Open it: Save as, then “CSV UTF-8”."),
    (b"\x1f\x8b", "is compressed. Unpack it first (gunzip)."),
    (b"%PDF", "is a PDF. Ask for the export as CSV or JSON Lines."),
    (b"SQLite format 3\x00", "is a database. Export its comments as CSV or JSON Lines."),
)
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_SAVE_AS_UTF8: Final = (
    "is written in UTF-16. Save it as UTF-8 (in a spreadsheet: Save as, then “CSV UTF-8”)."
)
_SAMPLE: Final = 20


def check_text(path: Path, head: bytes) -> None:
    """Raise InvalidInput when a file that begins with head is empty or holds no UTF-8 text."""
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InvalidInput(f"{path} is empty. Check that the export has finished.")
    for mark, says in _NO_TEXT_FILES:
        if head.startswith(mark):
            raise InvalidInput(f"{path} {says}")
    zeros = head.count(0)
    # English in UTF-16 is nearly half zeros. A few are poison in one record, not another encoding.
    if head.startswith(_UTF16_MARKS) or 0.2 < zeros / len(head) < 0.6:
        raise InvalidInput(f"{path} {_SAVE_AS_UTF8}")
    controls = sum(head.count(code) for code in range(9))
    if controls / len(head) > 0.1:
        raise InvalidInput(f"{path} is not a text file. Give CSV or JSON Lines.")
    if b"\r" in head and b"\n" not in head and len(head.split(b"\r", 2)) > 2:
        raise InvalidInput(f"{path} ends its lines in an old way. Save it again as “CSV UTF-8”.")


def check_json_lines(path: Path, head: bytes) -> None:
    """Raise InvalidInput when none of the first lines is a JSON object; head is without a BOM.

    One readable line is enough: what is wrong with the others concerns only them.
    """
    *complete, last = head.split(b"\n")
    sample = [line for line in complete if line.strip()][:_SAMPLE] or [last]
    if any(_is_object(line) for line in sample) or (not complete and len(head) >= 65_536):
        return
    if head.lstrip().startswith(b"["):
        says = (
            "is one JSON list. JSON Lines has one object on each line: "
            "jq -c '.[]' FILE > FILE.jsonl makes it so."
        )
    elif head.lstrip().startswith(b"{"):
        says = (
            "has no complete JSON object on any of its first lines. JSON Lines has one object on "
            "each line: jq -c . FILE > FILE.jsonl makes it so."
        )
    else:
        says = "is not JSON Lines. If it is CSV, give --format csv."
    raise InvalidInput(f"{path} {says}")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
