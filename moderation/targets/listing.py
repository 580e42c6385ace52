"""Makes sets of words out of running text, so that long lists stay easy to read and to extend."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """Return the words of a text, as a set."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """Return the phrases of a text, which commas part, each with single spaces."""
    return frozenset(" ".join(part.split()) for part in text.split(",") if part.strip())
