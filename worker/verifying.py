"""What stands behind `watchroom verify`: it needs no database, no settings and no model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from moderation.evidence.notation import utc
from moderation.evidence.verify import Checked, check


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to tell a person who had a pack checked."""

    ok: bool
    says: str


def verify_pack(
    path: Path, fingerprint: str | None = None, authorities: Collection[str] = ()
) -> Verdict:
    """Check a pack without database and settings.

    Raises InvalidInput when path is no zip or fingerprint is none.
    """
    checked = check(path, fingerprint, authorities)
    said = _praise(checked, compared=fingerprint is not None, known=bool(authorities))
    if checked.faults:
        said = [f"REFUSED: {fault}" for fault in checked.faults]
    return Verdict(checked.is_whole, "\n".join(said))


def _praise(checked: Checked, *, compared: bool, known: bool) -> list[str]:
    lines = [
        f"{checked.name} is as it was sealed (files: {checked.files}, records: "
        f"{checked.records}, audit lines: {checked.lines}, time stamps: {len(checked.stamps)}).",
        f"Signed with the key {checked.fingerprint}",
        *(f"Some records were sealed with an earlier key, {k}" for k in checked.earlier_keys),
        *(f"{one.over} existed on {utc(one.at)}, says {one.authority}" for one in checked.stamps),
        *(f"Authority {name} has the fingerprint {found}" for name, found in checked.authorities),
    ]
    if not compared:
        lines.append(
            "Compare the key with the fingerprint that the organisation published: a forger can "
            "put another key here."
        )
    if checked.authorities and not known:
        lines.append(
            "Compare the authorities too: whoever holds the key could name one of their own."
        )
    return lines
