"""The item page: one item, its words and surroundings, what was said of it, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from moderation.access import Actor
from moderation.cases import members
from moderation.errors import NotFound
from moderation.lifecycle import CaseState
from moderation.queries import around
from moderation.queries.around import Earlier, Near
from moderation.queries.beside import Holder, holders, staff_names
from moderation.queries.occasions import PatternLine, patterns_of
from moderation.queries.removal import Removal, removal, user_of
from moderation.scope import see_item, visible_cases
from moderation.tables import (
    AccountRow,
    ActionOnCaptureRow,
    CaseItemRow,
    CaseRow,
    DecisionRow,
    EvidenceAdditionRow,
    EvidenceRow,
    ItemRow,
    ItemVersionRow,
    PlatformActionRow,
    PostRow,
    ProposalRow,
    SignalRow,
    UserRow,
    VersionKind,
)
from moderation.taxonomy import CheckFirst

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class CaseWord:
    """Where a case that holds the item stands; ref only for its members."""

    state: CaseState
    ref: str | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything that the page of one item shows, of what the actor may see."""

    item: ItemRow
    account: AccountRow
    post: PostRow | None
    versions: tuple[ItemVersionRow, ...]
    proposal: ProposalRow | None
    signals: tuple[SignalRow, ...]
    target_name: str
    parents: tuple[Near, ...]
    replies: tuple[Near, ...]
    earlier: Earlier | None
    patterns: tuple[PatternLine, ...]
    decisions: tuple[DecisionRow, ...]
    evidence: tuple[EvidenceRow, ...]
    additions: tuple[EvidenceAdditionRow, ...]
    actions: tuple[PlatformActionRow, ...]
    asked: tuple[ActionOnCaptureRow, ...]
    cases: tuple[CaseWord, ...]
    holder: Holder | None
    names: dict[int, str]

    @property
    def worded(self) -> tuple[ItemVersionRow, ...]:
        """Return the versions that have words, oldest first; a removal has none."""
        return tuple(row for row in self.versions if row.kind is not VersionKind.DELETED)

    @property
    def living(self) -> ItemVersionRow:
        """Return the latest version that has words."""
        return self.worded[-1]

    def pair(
        self, first: int | None = None, second: int | None = None
    ) -> tuple[ItemVersionRow, ItemVersionRow]:
        """Return two versions to compare, by their numbers; without them the latest two."""
        by_seq = {row.seq: row for row in self.worded}
        for seq in (first, second):
            if seq is not None and seq not in by_seq:
                msg = "There is no such version of this item."
                raise NotFound(msg)
        after = by_seq[second] if second is not None else self.living
        earlier = [row for row in self.worded if row.seq < after.seq]
        before = earlier[-1] if earlier else after
        return (by_seq[first] if first is not None else before), after

    @property
    def check_first(self) -> tuple[CheckFirst, ...]:
        """Return what has to be checked before anything else."""
        return (
            tuple(CheckFirst(code) for code in self.proposal.check_first) if self.proposal else ()
        )

    @property
    def decision(self) -> DecisionRow | None:
        """Return the decision that holds: the latest."""
        return self.decisions[-1] if self.decisions else None

    @property
    def decided_before(self) -> ItemVersionRow | None:
        """Return the words that the decision was about, where others stand now."""
        seq = self.decision.version_seq if self.decision else None
        decided = next((row for row in self.versions if row.seq == seq), None)
        return decided if decided and decided.sha256 != self.living.sha256 else None

    @property
    def removal(self) -> Removal | None:
        """Return how it went from the public's sight, and by whom; None while it stands."""
        return removal(self.item, self.actions, self.asked)

    @property
    def waiting(self) -> tuple[ActionOnCaptureRow, ...]:
        """Return the actions that follow as soon as their evidence is captured."""
        return tuple(row for row in self.asked if row.settled_at is None)

    @property
    def capture(self) -> EvidenceRow | None:
        """Return the evidence record of the words that stand now."""
        now = self.living.seq
        return next((row for row in self.evidence if row.version_seq == now), None)


def item_page(session: Session, actor: Actor, item_id: int, *, now: datetime) -> ItemPage:
    """Return the page of an item that the actor may see; NotFound for any other."""
    item = see_item(session, actor, item_id)
    versions = _all(
        session,
        select(ItemVersionRow)
        .where(ItemVersionRow.item_id == item.id)
        .order_by(ItemVersionRow.seq),
    )
    proposal = session.scalar(
        select(ProposalRow)
        .where(ProposalRow.item_id == item.id)
        .order_by(ProposalRow.version_seq.desc())
        .limit(1)
    )
    decisions = _all(
        session,
        select(DecisionRow).where(DecisionRow.item_id == item.id).order_by(DecisionRow.id),
    )
    actions = _all(
        session,
        select(PlatformActionRow)
        .where(PlatformActionRow.item_id == item.id)
        .order_by(PlatformActionRow.id),
    )
    evidence = _all(
        session,
        select(EvidenceRow).where(EvidenceRow.item_id == item.id).order_by(EvidenceRow.version_seq),
    )
    additions = _all(
        session,
        select(EvidenceAdditionRow)
        .where(EvidenceAdditionRow.item_id == item.id)
        .order_by(EvidenceAdditionRow.id),
    )
    asked = _all(
        session,
        select(ActionOnCaptureRow)
        .join(EvidenceRow, EvidenceRow.id == ActionOnCaptureRow.evidence_id)
        .where(EvidenceRow.item_id == item.id)
        .order_by(ActionOnCaptureRow.id),
    )
    staff = staff_names(session, item.org_id, [item.target_staff_id])
    return ItemPage(
        item=item,
        account=session.scalars(
            select(AccountRow).where(
                AccountRow.id == item.account_id, AccountRow.org_id == actor.org_id
            )
        ).one(),
        post=session.scalar(select(PostRow).where(PostRow.id == item.post_id)),
        versions=versions,
        proposal=proposal,
        signals=_signals(session, proposal),
        target_name=staff.get(item.target_staff_id or "", ""),
        parents=around.parents(session, actor, item),
        replies=around.replies(session, actor, item),
        earlier=around.earlier(session, actor, item),
        patterns=patterns_of(session, actor, item),
        decisions=decisions,
        evidence=evidence,
        additions=additions,
        actions=actions,
        asked=asked,
        cases=_cases(session, actor, item),
        holder=holders(session, [item.id], now).get(item.id),
        names=_names(session, item, decisions, (*actions, *asked), additions),
    )


def _all(session: Session, query: Select[R]) -> tuple[R, ...]:
    return tuple(session.scalars(query))


def _signals(session: Session, proposal: ProposalRow | None) -> tuple[SignalRow, ...]:
    if proposal is None:
        return ()
    rows = session.scalars(
        select(SignalRow)
        .where(SignalRow.item_id == proposal.item_id, SignalRow.version_seq == proposal.version_seq)
        .order_by(SignalRow.detector)
    )
    return tuple(rows)


def _cases(session: Session, actor: Actor, item: ItemRow) -> tuple[CaseWord, ...]:
    """Return one word a case: only its members get the reference that leads to it."""
    mine = select(CaseRow.id).where(visible_cases(actor))
    rows = session.execute(
        select(CaseRow.state, CaseRow.ref, CaseRow.id.in_(mine).label("mine"))
        .join(CaseItemRow, CaseItemRow.case_id == CaseRow.id)
        .where(
            CaseItemRow.item_id == item.id,
            CaseRow.org_id == actor.org_id,
            ~members.kept_out(actor),
        )
        .order_by(CaseRow.id)
    )
    return tuple(CaseWord(row.state, row.ref if row.mine else None) for row in rows)


def _names(
    session: Session,
    item: ItemRow,
    decisions: Sequence[DecisionRow],
    deeds: Sequence[PlatformActionRow | ActionOnCaptureRow],
    additions: Sequence[EvidenceAdditionRow],
) -> dict[int, str]:
    """Return the names of all who had a hand in it, by their id."""
    wanted = {row.decided_by for row in decisions} | {row.requested_by for row in deeds}
    wanted |= {row.done_by for row in deeds if row.done_by is not None}
    wanted |= {
        row.approved_by
        for row in deeds
        if isinstance(row, PlatformActionRow) and row.approved_by is not None
    }
    refs = [item.gone_by, *(row.added_by for row in additions)]
    wanted |= {found for ref in refs if (found := user_of(ref)) is not None}
    if not wanted:
        return {}
    rows = session.execute(select(UserRow.id, UserRow.name).where(UserRow.id.in_(wanted)))
    return {row.id: row.name for row in rows}
