"""What a kind of pack is: who may ask for it, what goes in, what stays out, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from moderation.access import Actor, Right
from moderation.evidence.contents import Contents
from moderation.evidence.packs.withholding import Rule
from moderation.evidence.printing.parts import Document
from moderation.evidence.stamps import Stamp
from moderation.evidence.trail import Shown, Trail
from moderation.tables import CaseRow, DisclosureRow, HoldReason, PackKind, Stamped

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Subject(StrEnum):
    """What a pack can be of."""

    CASE = "case"
    ITEM = "item"
    PERSON = "person"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that one kind of pack needs to be told besides; most is the longest it may be."""

    says: str
    needed: bool = False
    most: int = 500


@dataclass(frozen=True, slots=True)
class Parts:
    """What is written for a pack: PDF files by name, and other files by name with their bytes."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything that a kind may use to write its parts.

    contents is None where the pack is not of records. trail is None where none is shown. now is
    when the pack was asked for: nothing in it is of a later time.
    """

    asked: DisclosureRow
    actor: Actor
    organisation: str
    contents: Contents | None
    trail: Trail | None
    stamps: Mapping[tuple[Stamped, int], tuple[Stamp, ...]]
    base_url: str
    fingerprint: str

    @property
    def now(self) -> datetime:
        """Return when the pack was asked for."""
        return self.asked.requested_at

    @property
    def case(self) -> CaseRow | None:
        """Return the case that the pack is of, if it is of one."""
        return self.contents.case if self.contents else None

    def detail(self, name: str, otherwise: str = "") -> str:
        """Return what the person who asked said, or something else where they said nothing."""
        return str(self.asked.details.get(name) or otherwise)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of pack.

    rights say what it may be of, and what a role needs to ask for it; scope decides besides. rule
    says how sealed records go in, None that none do; shown which audit bodies do, None that no
    chain does; with_additions whether files that people added do. holds is why nothing of it may be
    erased from then on, None that its clock goes on. what, inside and outside are the sentences of
    its README.
    """

    name: PackKind
    title: str
    rights: Mapping[Subject, Right]
    what: str
    inside: tuple[tuple[str, str], ...]
    outside: tuple[str, ...]
    parts: Callable[[Session, Matter], Parts]
    rule: Rule | None = None
    shown: Shown | None = None
    with_additions: bool = False
    needs_consent: bool = False
    holds: HoldReason | None = None
    details: Mapping[str, Detail] = field(default_factory=dict)
