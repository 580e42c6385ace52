"""The pictures and videos of an item as they came at the capture, and those that did not come."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from moderation.evidence.notation import moment
from moderation.evidence.pictures import Kind, Measure
from moderation.tables import EvidenceMediaRow

_ORIGINAL: Final = "media/{:03}-original.{}"
_AVATAR: Final = "author/avatar-original.{}"


@dataclass(frozen=True, slots=True)
class Medium:
    """One picture or video. url is as the platform delivered it.

    data is empty where it was not kept, and skipped then says why in words. kind is what its bytes
    are and told_type what the platform said of them. png is a safe picture of it, empty where none
    could be drawn, and not_shown then says why.
    """

    url: str
    skipped: str = ""
    final_url: str = ""
    data: bytes = field(default=b"", repr=False)
    kind: Kind | None = None
    told_type: str = ""
    remote: str = ""
    measure: Measure | None = None
    fetched_at: datetime | None = None
    png: bytes = field(default=b"", repr=False)
    not_shown: str = ""

    @property
    def is_kept(self) -> bool:
        """Say whether we have it."""
        return bool(self.data)


def files(media: Sequence[Medium], avatar: Medium | None) -> dict[str, bytes]:
    """Return the originals by the names under which they are sealed, which are ours alone."""
    kept = {_name(number, one): one.data for number, one in enumerate(media, 1) if one.is_kept}
    if avatar is not None and avatar.is_kept:
        kept[_avatar_name(avatar)] = avatar.data
    return kept


def as_record(media: Sequence[Medium]) -> list[dict[str, Any]]:
    """Return what an evidence record says of an item's media."""
    return [
        {**_facts(one), "file": _name(number, one) if one.is_kept else None}
        for number, one in enumerate(media, 1)
    ]


def avatar_as_record(avatar: Medium | None) -> dict[str, Any] | None:
    """Return what an evidence record says of the picture of an item's author."""
    if avatar is None:
        return None
    return {**_facts(avatar), "file": _avatar_name(avatar) if avatar.is_kept else None}


def as_rows(evidence_id: int, media: Sequence[Medium]) -> list[EvidenceMediaRow]:
    """Return the rows of an evidence record's media."""
    return [
        EvidenceMediaRow(
            evidence_id=evidence_id,
            n=number,
            url=one.url,
            final_url=one.final_url,
            sha256=hashlib.sha256(one.data).hexdigest() if one.is_kept else None,
            size=len(one.data) if one.is_kept else None,
            media_type=one.kind.media_type if one.kind else "",
            width=one.measure.width if one.measure else None,
            height=one.measure.height if one.measure else None,
            fetched_at=one.fetched_at,
            skipped=one.skipped,
        )
        for number, one in enumerate(media, 1)
    ]


def _facts(one: Medium) -> dict[str, Any]:
    return {
        "url_as_received": one.url,
        "final_url": one.final_url or None,
        "fetched": moment(one.fetched_at, "our clock"),
        "fetched_from": one.remote or None,
        "bytes": len(one.data) if one.is_kept else None,
        "sha256": hashlib.sha256(one.data).hexdigest() if one.is_kept else None,
        "type_by_its_bytes": one.kind.media_type if one.kind else None,
        "type_as_the_platform_says": one.told_type or None,
        "width": one.measure.width if one.measure else None,
        "height": one.measure.height if one.measure else None,
        "frames": one.measure.frames if one.measure else None,
        "skipped_because": one.skipped or None,
        "not_on_the_card_because": one.not_shown or None,
    }


def _name(number: int, one: Medium) -> str:
    return _ORIGINAL.format(number, _ending(one))


def _avatar_name(one: Medium) -> str:
    return _AVATAR.format(_ending(one))


def _ending(one: Medium) -> str:
    return one.kind.ending if one.kind else "bin"
