"""The codes of evidence in British English: records, additions, packs, holds, what is missing."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from moderation.evidence.completeness import Held
from moderation.lifecycle import DisclosureState, EvidenceState
from moderation.tables import AdditionKind, HoldReason, PackKind

EVIDENCE_STATE: Final[dict[StrEnum, str]] = {
    EvidenceState.WANTED: "Being captured",
    EvidenceState.CAPTURED: "Captured",
    EvidenceState.FAILED: "Capture failed",
}

ADDITION: Final[dict[StrEnum, str]] = {
    AdditionKind.SCREENSHOT: "Screenshot, photo or screen recording",
    AdditionKind.LIVE_PAGE: "The live page",
    AdditionKind.MAIL: "E-mail",
    AdditionKind.CALL_LOG: "Phone log or voicemail",
    AdditionKind.FILE: "Another file",
}

HELD: Final[dict[StrEnum, str]] = {
    Held.HELD: "Held",
    Held.IN_PART: "Held in part",
    Held.BROUGHT: "Added by a person",
    Held.NOT_HELD: "Not held",
    Held.NOT_YET: "Not captured yet",
    Held.NOT_SAID: "Not recorded at the time",
}

PACK: Final[dict[StrEnum, str]] = {
    PackKind.EVIDENCE: "Evidence as it is kept",
    PackKind.POLICE: "For the police",
    PackKind.PLATFORM: "For the platform",
    PackKind.HR: "For HR",
    PackKind.STANDARDS_BOARD: "For the standards board",
    PackKind.PERSON_AFFECTED: "For the person affected",
    PackKind.SUBJECT_ACCESS: "For a subject access request",
}

DISCLOSURE_STATE: Final[dict[StrEnum, str]] = {
    DisclosureState.ASKED: "Being made",
    DisclosureState.MADE: "Ready, not handed over",
    DisclosureState.FAILED: "Could not be made",
    DisclosureState.HANDED_OVER: "Handed over",
    DisclosureState.WITHDRAWN: "Withdrawn",
}

HOLD: Final[dict[StrEnum, str]] = {
    HoldReason.SERIOUS: "Serious: kept by itself",
    HoldReason.POLICE: "With the police",
    HoldReason.CLAIM: "Claim or tribunal",
    HoldReason.INQUEST: "Inquest",
    HoldReason.OMBUDSMAN: "Ombudsman",
    HoldReason.INFORMATION_REQUEST: "Request for information",
    HoldReason.OTHER: "Another reason",
}

ALL: Final = (EVIDENCE_STATE, ADDITION, HELD, PACK, DISCLOSURE_STATE, HOLD)

# The parts of the meter, in the order of moderation.evidence.completeness.
PARTS: Final = {
    "picture": "Picture",
    "address": "Address",
    "time": "Time",
    "author": "Author",
    "text": "Text",
    "thread": "Thread around it",
}
