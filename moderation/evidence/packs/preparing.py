"""Read from the record all that a pack will hold; writing it then needs no database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from sqlalchemy import select

from moderation.access import Actor
from moderation.errors import NotAllowed
from moderation.evidence import stamps
from moderation.evidence.contents import Contents, operator
from moderation.evidence.packs.choosing import choose
from moderation.evidence.packs.kinds import KINDS
from moderation.evidence.packs.occasions import chunks
from moderation.evidence.packs.shape import Kind, Matter, Parts
from moderation.evidence.stamps import Stamp
from moderation.evidence.trail import Trail, trail
from moderation.tables import DisclosureRow, EvidenceMediaRow, OrganisationRow, Stamped, UserRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Installation:
    """What of an installation goes into its packs.

    fingerprint is that of the signing key, authorities the certificates of each time-stamp
    authority as one PEM.
    """

    base_url: str
    fingerprint: str
    authorities: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as read from the record; erased are hashes of media that went, by evidence record."""

    kind: Kind
    matter: Matter
    parts: Parts
    authorities: Mapping[str, bytes]
    erased: Mapping[int, frozenset[str]]

    @property
    def records(self) -> int:
        """Return how many sealed records go in."""
        chosen = self.matter.contents
        return len(chosen.captured) if chosen and self.kind.rule else 0


def prepare(
    session: Session, asked: DisclosureRow, installation: Installation, chain: IO[bytes]
) -> Draft:
    """Read what a pack that was asked for will hold, as it stood then.

    chain is an empty file to keep the audit lines in. The scope is that of the person who asked,
    as it is now. Raises what choose() raises.
    """
    kind = KINDS[asked.kind]
    actor = actor_of(session, asked)
    chosen = choose(session, kind, asked.subject, actor, asked.requested_at, asked.details).contents
    shown = None
    if chosen is not None and kind.shown is not None:
        shown = trail(
            session,
            chosen.objects,
            kind.shown,
            chain,
            as_of=asked.requested_at,
            fingerprint=installation.fingerprint,
        )
    matter = Matter(
        asked=asked,
        actor=actor,
        organisation=_organisation(session, asked.org_id),
        contents=chosen,
        trail=shown,
        stamps=_stamps(session, asked, kind, chosen, shown),
        base_url=installation.base_url,
        fingerprint=installation.fingerprint,
    )
    parts = kind.parts(session, matter)
    return Draft(kind, matter, parts, installation.authorities, _erased(session, kind, chosen))


def actor_of(session: Session, asked: DisclosureRow) -> Actor:
    """Return who asked, as that person stands now. Raises NotAllowed when they are gone."""
    kind, _, name = asked.requested_by.partition(":")
    if kind != "user":
        return operator(asked.org_id)
    user = session.scalar(
        select(UserRow).where(
            UserRow.id == int(name), UserRow.org_id == asked.org_id, UserRow.active.is_(True)
        )
    )
    if user is None:
        raise NotAllowed(_GONE)
    return Actor(user.name, user.org_id, user.role, user.id, look_reason=asked.authority)


_GONE: Final = "The person who asked for this pack no longer uses Watchroom. Ask for it again."


def _organisation(session: Session, org_id: str) -> str:
    name = session.scalars(select(OrganisationRow.name).where(OrganisationRow.id == org_id)).one()
    return " ".join(name.split())


def _stamps(
    session: Session,
    asked: DisclosureRow,
    kind: Kind,
    chosen: Contents | None,
    shown: Trail | None,
) -> dict[tuple[Stamped, int], tuple[Stamp, ...]]:
    """Return the stamps of every seal that goes in, as they stood when the pack was asked for."""
    if chosen is None or kind.rule is None:
        return {}
    wanted = [(Stamped.EVIDENCE, one.record.id) for one in chosen.captured if one.record]
    wanted += [(Stamped.ADDITION, row.id) for row in chosen.additions]
    if shown is not None and shown.closing is not None:
        wanted.append((Stamped.CHECKPOINT, shown.closing.id))
    return {
        (subject, one): tuple(
            _as_it_stood(stamp, asked) for stamp in stamps.of(session, subject, one)
        )
        for subject, one in wanted
    }


def _erased(session: Session, kind: Kind, chosen: Contents | None) -> dict[int, frozenset[str]]:
    """Return the media that retention took from records which otherwise stand."""
    if chosen is None or kind.rule is None:
        return {}
    found: defaultdict[int, set[str]] = defaultdict(set)
    for some in chunks([one.record.id for one in chosen.captured if one.record]):
        rows = session.execute(
            select(EvidenceMediaRow.evidence_id, EvidenceMediaRow.sha256).where(
                EvidenceMediaRow.evidence_id.in_(some),
                EvidenceMediaRow.erased_at.is_not(None),
            )
        )
        for evidence_id, sha256 in rows:
            if sha256 is not None:
                found[evidence_id].add(sha256)
    return {one: frozenset(hashes) for one, hashes in found.items()}


def _as_it_stood(stamp: Stamp, asked: DisclosureRow) -> Stamp:
    if stamp.stamped_at is not None and stamp.stamped_at <= asked.requested_at:
        return stamp
    return Stamp(stamp.authority, "wanted", None, None, "", "")
