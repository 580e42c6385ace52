"""The erase job: what goes by itself each day, what two people approved, and its files after it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import jobs
from moderation.access import Actor, system
from moderation.errors import StoreError
from moderation.evidence.care.releasing import release
from moderation.jobs import Claim
from moderation.retention import audit_lines, due, erasing, files, leftovers, proposals
from moderation.retention.classes import Verdict
from moderation.retention.erasing import Gone, Rules
from moderation.retention.leftovers import Swept
from moderation.retention.proposals import KIND
from moderation.tables import CaseRow, ErasureRow, OrganisationRow
from moderation.when import london
from worker.workshop import Workshop

LOG: Final = logging.getLogger("watchroom.erasing")
Step = Callable[..., Swept]
_APPROVED: Final = "erasure:"


def promise_due(session: Session, now: datetime) -> None:
    """Promise each organisation its daily job, from three in the morning in London on."""
    at = london(now)
    if at.hour < 3:
        return
    for org_id in session.scalars(select(OrganisationRow.id)):
        jobs.promise(session, KIND, f"org:{org_id}", f"erase:{org_id}:{at.date()}", at=now)


def erase(shop: Workshop, held: Claim) -> None:
    """Do one organisation's day, or carry out one approved proposal.

    Killed anywhere, the next try goes on: what was committed is not due again, and files that it
    did not get to remove are those that nothing names, which the nightly check removes.
    """
    if held.ref.startswith(_APPROVED):
        _carry_out(shop, held, int(held.ref.removeprefix(_APPROVED)))
    else:
        run_day(shop, held.ref.removeprefix("org:"), held)
    shop.store.let_go()
    with shop.store.transaction() as session:
        jobs.finish(session, held, now=shop.now())


def run_day(shop: Workshop, org_id: str, held: Claim | None = None) -> int:
    """Erase what goes by itself and propose what does not; return how many tombstones it made."""
    day = _Day(shop, org_id, held)
    made = day.items()
    day.sweeps()
    with shop.store.transaction() as session:
        proposals.propose(session, org_id, rules_of(shop), actor=day.actor, now=shop.now())
    return made


def rules_of(shop: Workshop) -> Rules:
    """Return the periods of the house with the revision of its policy."""
    return Rules(shop.policy.retention, shop.policy.revision)


class _Day:
    """One organisation's daily run, a commit for each batch."""

    def __init__(self, shop: Workshop, org_id: str, held: Claim | None) -> None:
        self.shop, self.org_id, self.held = shop, org_id, held
        self.rules = rules_of(shop)
        self.actor: Actor = system("retention", org_id)

    def items(self) -> int:
        """Go through what has words and is at rest; media first, then whole items."""
        made = 0
        for batch in self._batches():
            now = self.shop.now()
            media = [one for one, said in batch.items() if erasing.media_is_due(said, now)]
            whole = [one for one, said in batch.items() if due.goes_by_itself(said, now)]
            made += self._media([one for one in media if one not in set(whole)], now)
            made += self._whole(whole, now)
        return made

    def sweeps(self) -> None:
        """Empty what stands beside the items, each kind until nothing is left."""
        periods, window = self.rules.periods, self._window()
        for empty in (leftovers.quarantine, leftovers.deliveries, leftovers.pages):
            self._until_done(partial(empty, org_id=self.org_id, periods=periods))
        for forget in (leftovers.authors, leftovers.patterns):
            self._until_done(partial(forget, org_id=self.org_id, window=window))
        self._until_done(self._lines)

    def _lines(self, session: Session, *, now: datetime) -> Swept:
        periods = self.rules.periods
        return Swept(
            audit_lines.erase_old(session, self.org_id, periods, actor=self.actor, now=now)
        )

    def _window(self) -> timedelta:
        """Return how long ago an author can still count towards a pattern."""
        policy = self.shop.policy
        course = timedelta(days=policy.course_of_conduct.window_days)
        return max(course, timedelta(hours=policy.mobbing.window_hours))

    def _batches(self) -> Iterator[dict[int, Verdict]]:
        after = 0
        while True:
            with self.shop.store.reading() as session:
                batch = due.kept_items(session, self.org_id, self.rules.periods, after=after)
            if batch is None:
                return
            after = batch.last
            yield batch.verdicts

    def _whole(self, item_ids: list[int], now: datetime) -> int:
        if not item_ids:
            return 0
        found = read_files(self.shop, item_ids)
        with self.shop.store.transaction() as session:
            gone = erasing.erase_due(
                session, self.org_id, item_ids, found, self.rules, actor=self.actor, now=now
            )
            self._renew(session)
        remove(self.shop, gone)
        return len(gone.erasures)

    def _media(self, item_ids: list[int], now: datetime) -> int:
        if not item_ids:
            return 0
        with self.shop.store.transaction() as session:
            gone = erasing.erase_media(
                session, self.org_id, item_ids, self.rules, actor=self.actor, now=now
            )
            self._renew(session)
        remove(self.shop, gone)
        return len(gone.erasures)

    def _until_done(self, step: Step) -> None:
        while True:
            with self.shop.store.transaction() as session:
                swept = step(session, now=self.shop.now())
                self._renew(session)
            remove(self.shop, Gone(names=swept.names))
            if not swept.rows:
                return

    def _renew(self, session: Session) -> None:
        if self.held is not None:
            jobs.renew(session, self.held, now=self.shop.now())


def _carry_out(shop: Workshop, held: Claim, erasure_id: int) -> None:
    """Erase what two people approved, unless something keeps it by now."""
    with shop.store.reading() as session:
        row = session.get(ErasureRow, erasure_id)
        items = [] if row is None else due.items_of(session, proposals.case_of(row))
    found = read_files(shop, items)
    gone = Gone()
    with shop.store.transaction() as session:
        row, case = _locked(session, erasure_id)
        rules, now = rules_of(shop), shop.now()
        if row is None or case is None:
            return
        if due.case_verdict(session, case.id, rules.periods).may_go(now):
            actor = system("retention", case.org_id)
            gone = erasing.erase_case(session, row, case, found, rules, actor=actor, now=now)
        else:
            row.cancelled_at, row.why = now, "Something about the case changed before its end."
        jobs.renew(session, held, now=now)
    remove(shop, gone)


def _locked(session: Session, erasure_id: int) -> tuple[ErasureRow | None, CaseRow | None]:
    """Lock an approved proposal that is not carried out yet, and its case."""
    row = session.scalar(
        select(ErasureRow)
        .where(ErasureRow.id == erasure_id, proposals.OPEN, ErasureRow.second_by.is_not(None))
        .with_for_update()
    )
    if row is None:
        return None, None
    query = select(CaseRow).where(CaseRow.id == proposals.case_of(row)).with_for_update()
    return row, session.scalar(query)


def read_files(shop: Workshop, item_ids: Iterable[int]) -> files.Files:
    """Return which files of the vault the seals of these items name; no transaction is open."""
    with shop.store.reading() as session:
        seals = files.seals_of(session, list(item_ids))
    return files.read(shop.vault, seals)


def remove(shop: Workshop, gone: Gone) -> None:
    """Remove what a commit let go of, where nothing else names it."""
    if gone.names:
        try:
            release(shop.store, shop.vault, shop.vault_index, gone.names)
        except StoreError:
            # The words are gone already; the nightly check removes the files when it can.
            LOG.warning("erased_files_left number=%s", len(gone.names))
    files.remove_packs(shop.settings.packs_dir, gone.packs)
