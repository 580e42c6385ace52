"""How sure it is at whom a text is aimed: a word for people, not a number."""

from __future__ import annotations

from enum import StrEnum


class Confidence(StrEnum):
    """Sure: the words leave no other. Likely: as a rule right. Unsure: one reading of several."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"
