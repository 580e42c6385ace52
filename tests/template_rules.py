"""The rules for page templates as functions: each reads one template and names what breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What a page must not hold, and why.
FORBIDDEN = (
    (r"\|\s*safe\b", "no |safe: let the template escape"),
    (r"\bMarkup\(", "no Markup()"),
    (r"autoescape\s+false", "autoescape stays on"),
    (r"<style\b|\sstyle\s*=", "no inline style: our policy blocks it"),
    (r"<[^>]*\son[a-z]+\s*=", "no inline handler: our policy blocks it"),
    (r"javascript:", "no javascript: address"),
    (r"<script\b(?![^>]*\bnonce=)", 'a script needs nonce="{{ csp_nonce() }}"'),
    (
        r"<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//",
        "no third party",
    ),
    (r"<form\b(?![^>]*\bmethod=)", "say the form's method"),
)
PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), says) for pattern, says in FORBIDDEN)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def faults(source: str) -> Iterator[str]:
    """Name every rule that the template breaks; its comments are not read."""
    written = COMMENT.sub("", source)
    for pattern, says in PATTERNS:
        if pattern.search(written):
            yield says
