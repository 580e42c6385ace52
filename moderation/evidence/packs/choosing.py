"""What a pack is asked to be of, within what the person who asks may see and may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from moderation.errors import EvidenceMissing, InvalidInput, NotAllowed
from moderation.evidence.contents import Contents, contents, is_operator
from moderation.evidence.packs.persons import person_named
from moderation.evidence.packs.shape import Kind, Subject
from moderation.evidence.packs.standards_board import Quarter
from moderation.tables import PackKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from moderation.access import Actor, Right


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a pack is of. about is its name in the audit chain, empty for a person, who has none."""

    about: str
    contents: Contents | None = None


class WhichPlatform(InvalidInput):
    """The items stand on several platforms, and nobody said which one the pack is for."""


def choose(
    session: Session,
    kind: Kind,
    subject: str,
    actor: Actor,
    as_of: datetime,
    details: Mapping[str, object],
) -> Chosen:
    """Return what a pack of this would be of, as it stood at a time.

    Raises NotAllowed when the role may not ask for such a pack, NotFound when the subject is not
    there or not the actor's to see, InvalidInput when it names nothing that this kind can be of,
    and EvidenceMissing when nothing of it is captured yet.
    """
    sort = _sort(kind, subject)
    require(kind.rights[sort], actor)
    if sort is Subject.QUARTER:
        return Chosen(f"quarter:{Quarter.named(subject).name}")
    if sort is Subject.PERSON:
        person_named(session, subject, actor)
        return Chosen("")
    found = contents(session, subject, actor, as_of)
    if kind.name is PackKind.PLATFORM:
        found = _of_platform(found, str(details.get("platform") or ""))
    return Chosen(found.about, found)


def require(right: Right, actor: Actor) -> None:
    """Raise NotAllowed unless the role carries the right; the command line carries all."""
    if not is_operator(actor):
        actor.require(right)


def _sort(kind: Kind, subject: str) -> Subject:
    """Return what sort of thing is named, or the one sort that this kind can be of."""
    sorts = tuple(kind.rights)
    if len(sorts) == 1:
        if sorts[0] is Subject.CASE and not subject.strip().upper().startswith("C-"):
            raise InvalidInput(_CASE_ALONE)
        return sorts[0]
    return Subject.CASE if subject.strip().upper().startswith("C-") else Subject.ITEM


_CASE_ALONE: Final = "A pack of this kind is of a case. Name one, such as C-7KQ2M9D4."
_SEVERAL: Final = (
    "These items stand on several platforms: {}. Say which one the pack is for, for each of them "
    "gets no more than its own."
)
_NONE_THERE: Final = "Nothing of this that is captured stands on {}."


def _of_platform(found: Contents, wanted: str) -> Contents:
    """Return the items of one platform alone: nobody else's are its business."""
    there = sorted({one.account.platform for one in (*found.captured, *found.missing)})
    if not wanted and len(there) > 1:
        raise WhichPlatform(_SEVERAL.format(", ".join(there)))
    one = wanted.strip().lower() or there[0]
    captured = tuple(x for x in found.captured if x.account.platform == one)
    if not captured:
        raise EvidenceMissing(_NONE_THERE.format(one))
    missing = tuple(x for x in found.missing if x.account.platform == one)
    return replace(found, captured=captured, missing=missing, additions=())


def may(kind: Kind, sort: Subject, actor: Actor) -> bool:
    """Say whether a role may have packs of a kind about this sort of thing."""
    try:
        require(kind.rights[sort], actor)
    except (KeyError, NotAllowed):
        return False
    return True
