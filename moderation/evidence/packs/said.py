"""What a person typed about a pack, checked before it is kept."""

from __future__ import annotations

from typing import Final

from moderation.errors import InvalidInput

MAX_TEXT: Final = 2000


def said(text: str, what: str, most: int = MAX_TEXT) -> str:
    """Return a text without its outer spaces. Raises InvalidInput that names what is missing."""
    kept = text.strip()
    if not kept:
        raise InvalidInput(f"{what} is empty. Say it in a few words.")
    if len(kept) > most:
        raise InvalidInput(f"{what} is longer than {most:,} characters. Shorten it.")
    if "\0" in kept:
        raise InvalidInput(f"{what} holds a character that cannot be stored. Type it again.")
    return kept
