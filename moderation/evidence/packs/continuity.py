"""The continuity log: each act on each exhibit, by whom in what role, and the hand-over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from moderation.evidence.packs.shape import Matter
from moderation.evidence.packs.words import plural
from moderation.evidence.printing.parts import (
    Heading,
    Paragraph,
    Part,
    SignatureLines,
    Table,
)
from moderation.evidence.tabling import table

COLUMNS: Final = ("line", "at_utc", "act", "of", "by")
# A printed log longer than this helps nobody; the file beside it holds every line.
_PRINTED: Final = 50
_ACT: Final = {
    "evidence_record.capture": "captured",
    "evidence_record.fail": "a capture failed",
    "evidence_record.want": "asked for again after a failure",
    "evidence.seal": "sealed and signed",
    "evidence_addition.add": "a file was added",
    "evidence.stamp": "stamped with its time by an authority",
    "platform_action.ask": "an action on the platform was asked for",
    "platform_action.send": "the action was sent to the platform",
    "platform_action.verify": "the action was seen to be done",
}


def continuity_csv(matter: Matter) -> bytes:
    """Return every act as CSV."""
    return table(COLUMNS, list(_acts(matter)))


def continuity_parts(matter: Matter) -> Iterator[Part]:
    """Tell each act, and give lines for whoever takes the pack over."""
    acts = list(_acts(matter))
    yield Heading("Continuity")
    yield Paragraph(
        f"{plural(len(acts), 'act')} on these exhibits, as the audit chain of the organisation "
        "holds them. People stand here by their number in its records; the organisation says who "
        "they are when a court needs to know."
        + (" The file continuity.csv holds those not shown." if len(acts) > _PRINTED else "")
    )
    if acts:
        yield Table(
            caption="Acts",
            columns=("Line", "When (UTC)", "What", "Of", "By"),
            rows=tuple(tuple(str(act[name]) for name in COLUMNS) for act in acts[:_PRINTED]),
        )
    yield Heading("Hand-over", level=2)
    yield Paragraph(f"Pack {matter.asked.ref}, made for {matter.asked.recipient}.")
    yield SignatureLines(
        ("Handed over by", "To (name, collar number)", "Reference", "How, and when", "Signature")
    )


def _acts(matter: Matter) -> Iterator[Mapping[str, Any]]:
    bodies = matter.trail.bodies if matter.trail else {}
    for seq, body in bodies.items():
        said = json.loads(body)
        yield {
            "line": seq,
            "at_utc": said["at"],
            "act": _ACT.get(said["verb"], said["verb"].replace("_", " ").replace(".", ": ")),
            "of": said["object"].replace("_", " "),
            "by": said["actor"].replace(":", " "),
        }
