"""The languages that a model may be said to read, by the names that people see."""

from __future__ import annotations

from typing import Final

from classifiers.language import names_given

ENGLISH: Final = "English"
ANY_LANGUAGE: Final = "any"


def is_read(found: str | None, chosen: tuple[str, ...]) -> bool:
    """Return whether a model of the chosen languages reads what was found in a text.

    What is in no other language for certain, None, is taken for English. A script that languages
    share, "Persian or Kurdish", counts for each of them.
    """
    if ANY_LANGUAGE in chosen:
        return True
    return any(part in chosen for part in (found or ENGLISH).split(" or "))


def known() -> list[str]:
    """Return every name that a model's languages may hold, in order."""
    parts = {part for name in names_given() for part in name.split(" or ")}
    languages = {part for part in parts if part[0].isupper()}
    return sorted(languages | {ENGLISH, ANY_LANGUAGE})
