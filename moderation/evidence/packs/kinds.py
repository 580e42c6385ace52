"""The kinds of packs there are, each in a module of its own."""

from __future__ import annotations

from typing import Final

from moderation.evidence.packs import (
    evidence,
    hr,
    person_affected,
    platform,
    police,
    standards_board,
    subject_access,
)
from moderation.evidence.packs.shape import Kind
from moderation.tables import PackKind

KINDS: Final[dict[PackKind, Kind]] = {
    one.KIND.name: one.KIND
    for one in (evidence, police, platform, hr, standards_board, person_affected, subject_access)
}
