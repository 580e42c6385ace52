"""What no database keeps in a text, and the sign that stands in its place."""

from __future__ import annotations

import re
from typing import Final

# The sign that browsers show in the same places.
NO_CHARACTER: Final = "\ufffd"
_UNKEPT: Final = re.compile("[\x00\ud800-\udfff]")


def kept(text: str) -> str:
    """Return the text with NO_CHARACTER for each NUL and each half of a pair; the length stays."""
    return _UNKEPT.sub(NO_CHARACTER, text)


def is_kept(text: str) -> bool:
    """Say whether a database keeps the text exactly as it is."""
    return not _UNKEPT.search(text)
