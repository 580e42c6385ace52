"""Names the numbers that the embedded model gives: Detoxify's labels, then codes of the house."""

from __future__ import annotations

from moderation.taxonomy import (
    LABELS,
    URGENT_CHECK_FIRST,
    Abuse,
    CheckFirst,
    NotAbuse,
    TargetType,
)

# abuse: anything of B.1 at all. serious: S2 or above. grave: S3 or above. urgent: anything that
# cannot wait, whichever of the codes for it.
SHARED = ("abuse", "serious", "grave", "urgent")
CODES = (
    *SHARED,
    *(f"abuse.{code}" for code in Abuse),
    *(f"not_abuse.{code}" for code in NotAbuse),
    *(f"check.{code}" for code in CheckFirst),
    *(f"target.{code}" for code in TargetType),
)
# All that says that something cannot wait.
CALLS = ("urgent", *(f"check.{code}" for code in URGENT_CHECK_FIRST))
OUTPUTS = (*LABELS, *CODES)
# What the linear model is trained for; screen says whether the encoder need be asked at all.
LINEAR_OUTPUTS = (
    "toxicity",
    "threat",
    "insult",
    "identity_attack",
    "sexual_explicit",
    "abuse",
    "screen",
)
PLACE = {name: place for place, name in enumerate(OUTPUTS)}
