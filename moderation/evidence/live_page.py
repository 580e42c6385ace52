"""The public page of an item as a browser showed it after the capture: a picture and a copy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import jobs
from moderation.access import Actor, system
from moderation.errors import NotFound
from moderation.evidence import additions
from moderation.evidence.additions import LONGEST_NAME, Brought, storable
from moderation.evidence.sealing import Sealed
from moderation.tables import (
    AccountRow,
    AdditionKind,
    EvidenceRow,
    ItemRow,
    JobRow,
    JobState,
)

KIND: Final = "live_page"
LONGEST_ADDRESS: Final = 1000

HOW: Final = "{} by Chromium {} at {}, as anybody sees it who is not signed in."
PICTURED: Final = "Pictured"
COPIED: Final = "Copied"
IS_CUT: Final = " The page goes on below the picture."
GIVEN_UP: Final = "It was tried until its tries were used up."


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser showed: png is the picture, mhtml the page with everything in it.

    browser is its version. is_cut says that the page goes on below the picture.
    """

    address: str
    final_address: str
    title: str
    seen_at: datetime
    browser: str
    is_cut: bool
    png: bytes
    mhtml: bytes


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose page is wanted: an evidence record, its item, and the account that it came in by."""

    evidence: EvidenceRow
    item: ItemRow
    account: AccountRow

    @property
    def actor(self) -> Actor:
        """Return who adds the page."""
        return system(KIND, self.item.org_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the promise of one page stands; why says in words what came of it once it is given up."""

    is_under_way: bool
    why: str


def promise(session: Session, evidence_id: int, now: datetime) -> None:
    """Promise the job in the transaction that captures the evidence; one record has one."""
    jobs.promise(session, KIND, str(evidence_id), f"{KIND}:{evidence_id}", at=now)


def subject_of(session: Session, evidence_id: int, *, lock: bool = False) -> Subject | None:
    """Return whose page is wanted; None when it is kept already, or the evidence was erased.

    The id comes from a job, never from a page. lock holds the item for the rest of the transaction.
    """
    query = (
        select(EvidenceRow, ItemRow, AccountRow)
        .join(ItemRow, ItemRow.id == EvidenceRow.item_id)
        .join(AccountRow, AccountRow.id == ItemRow.account_id)
        .where(EvidenceRow.id == evidence_id)
    )
    row = session.execute(query.with_for_update(of=ItemRow) if lock else query).one_or_none()
    if row is None:
        msg = "There is no such evidence record."
        raise NotFound(msg)
    subject = Subject(*row)
    is_kept = additions.added_before(session, subject.item.id, _form_id(subject, "png")) is not None
    return None if is_kept or subject.evidence.erased_at is not None else subject


def files_of(shown: Shown, now: datetime) -> tuple[Brought, ...]:
    """Return the picture and the copy, to be sealed one by one. Raises InvalidInput if too large.

    What the page says of itself, its title and where it led to, is a stranger's text.
    """
    return (
        _file(shown, shown.png, PICTURED, IS_CUT if shown.is_cut else "", now),
        _file(shown, shown.mhtml, COPIED, "", now),
    )


def keep(
    session: Session,
    evidence_id: int,
    sealed: Sequence[tuple[Brought, Sealed]],
    now: datetime,
) -> None:
    """Write that the files are kept with the evidence; nothing when they are, or it was erased.

    The caller commits.
    """
    subject = subject_of(session, evidence_id, lock=True)
    if subject is None:
        return
    for file, seal in sealed:
        additions.keep(
            session,
            subject.item,
            subject.evidence.ref,
            file,
            seal,
            form_id=_form_id(subject, file.type.ending),
            actor=subject.actor,
            now=now,
        )


def standings(session: Session, evidence_ids: Collection[int]) -> dict[int, Standing]:
    """Return for each record whose page is or was wanted how that stands."""
    rows = session.execute(
        select(JobRow.ref, JobRow.state, JobRow.last_error)
        .where(JobRow.kind == KIND, JobRow.ref.in_([str(one) for one in evidence_ids]))
        .order_by(JobRow.id)
    )
    return {int(ref): _standing(state, last_error or "") for ref, state, last_error in rows}


def _standing(state: JobState, last_error: str) -> Standing:
    if state is not JobState.DEAD:
        return Standing(state is not JobState.DONE, "")
    # Of an error that nobody foresaw there is its type alone, which helps no reader.
    return Standing(False, last_error if " " in last_error else GIVEN_UP)


def _file(shown: Shown, data: bytes, done: str, more: str, now: datetime) -> Brought:
    address = storable(shown.final_address)[:LONGEST_ADDRESS]
    title = storable(shown.title)[:LONGEST_NAME]
    file = additions.brought(
        AdditionKind.LIVE_PAGE,
        data,
        "",
        obtained_at=min(shown.seen_at, now),
        obtained_how=HOW.format(done, shown.browser, address) + more,
        now=now,
    )
    page = {
        "address": storable(shown.address),
        "final_address": address,
        "title": title,
        "browser": f"Chromium {shown.browser}",
        "picture_is_cut": shown.is_cut,
    }
    return replace(file, name=title, page=page)


def _form_id(subject: Subject, ending: str) -> str:
    """Return a name that no form has, so that a page is kept once whatever happens between."""
    return f"{KIND}:{subject.evidence.ref}:{ending}"
