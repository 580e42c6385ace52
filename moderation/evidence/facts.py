"""Read from the record everything that an evidence record says of one version of an item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.errors import NotFound
from moderation.evidence import collection
from moderation.evidence.context import Thread, thread_of
from moderation.tables import (
    AccountRow,
    DecisionRow,
    EvidenceRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    OrganisationRow,
    PlatformActionRow,
    PostRow,
    ProposalRow,
    SignalRow,
)

_MISSING: Final = "There is no such evidence record."


@dataclass(frozen=True, slots=True)
class Facts:
    """What we hold of one version of an item.

    versions end with the wanted one, oldest first, and pages are the ingest pages that brought
    them, in the same order. earlier is the reference of the evidence of the version before, if
    there is one. organisation is its name.
    """

    evidence: EvidenceRow
    item: ItemRow
    account: AccountRow
    post: PostRow | None
    versions: tuple[ItemVersionRow, ...]
    pages: tuple[IngestPageRow, ...]
    thread: Thread
    proposal: ProposalRow | None
    signals: tuple[SignalRow, ...]
    decisions: tuple[DecisionRow, ...]
    actions: tuple[PlatformActionRow, ...]
    earlier: str | None
    organisation: str = ""

    @property
    def version(self) -> ItemVersionRow:
        """Return the version that the evidence is of."""
        return self.versions[-1]

    @property
    def worded(self) -> ItemVersionRow | None:
        """Return the last version that has words: of a deleted item, the one before."""
        return next((v for v in reversed(self.versions) if v.body is not None), None)

    @property
    def collected(self) -> list[dict[str, Any]]:
        """Return how the page came that brought the version's bytes, as far as it concerns them."""
        return collection.about(self.pages[-1].collected or {}, self.item.native_id)


def gather(session: Session, evidence_id: int) -> Facts:
    """Return what the record holds; the rows may be read after the session is closed.

    Raises NotFound when there is no such evidence record. The id comes from a job, never from a
    page.
    """
    found = session.execute(
        select(EvidenceRow, ItemRow, AccountRow, PostRow)
        .join(ItemRow, ItemRow.id == EvidenceRow.item_id)
        .join(AccountRow, AccountRow.id == ItemRow.account_id)
        .join(PostRow, PostRow.id == ItemRow.post_id, isouter=True)
        .where(EvidenceRow.id == evidence_id)
    ).one_or_none()
    if found is None:
        raise NotFound(_MISSING)
    evidence, item, account, post = found
    of_item = EvidenceRow.item_id == item.id
    seen = session.execute(
        select(ItemVersionRow, IngestPageRow)
        .join(IngestPageRow, IngestPageRow.id == ItemVersionRow.page_id)
        .where(ItemVersionRow.item_id == item.id, ItemVersionRow.seq <= evidence.version_seq)
        .order_by(ItemVersionRow.seq)
    ).all()
    key = (item.id, evidence.version_seq)
    return Facts(
        evidence=evidence,
        item=item,
        account=account,
        post=post,
        versions=tuple(version for version, _ in seen),
        pages=tuple(page for _, page in seen),
        thread=thread_of(session, item),
        proposal=session.get(ProposalRow, key),
        signals=tuple(
            session.scalars(
                select(SignalRow)
                .where(SignalRow.item_id == item.id, SignalRow.version_seq == key[1])
                .order_by(SignalRow.detector)
            )
        ),
        decisions=tuple(
            session.scalars(
                select(DecisionRow).where(DecisionRow.item_id == item.id).order_by(DecisionRow.id)
            )
        ),
        actions=tuple(
            session.scalars(
                select(PlatformActionRow)
                .where(PlatformActionRow.item_id == item.id)
                .order_by(PlatformActionRow.id)
            )
        ),
        earlier=session.scalar(
            select(EvidenceRow.ref)
            .where(of_item, EvidenceRow.version_seq < evidence.version_seq)
            .order_by(EvidenceRow.version_seq.desc())
            .limit(1)
        ),
        organisation=session.scalar(
            select(OrganisationRow.name).where(OrganisationRow.id == item.org_id)
        )
        or "",
    )
