"""The classify job: read the versions of one page and record what is proposed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from moderation import jobs, triage
from moderation.access import system
from moderation.jobs import Claim
from moderation.proposing import Subject, unscored
from moderation.triage import Reading, Unread
from worker.workshop import Workshop

KILLED_ITS_READER = "Reading it stopped the program twice, so no model has scored it."
NOT_READ = "The detectors could not be run, so no model has scored it."


def classify(shop: Workshop, held: Claim) -> None:
    """Read a page at once; after a failure, item by item, so that one cannot keep back the rest.

    Before each single item its id is kept on the job: an item that takes its reader down with it
    is found by that mark at the next attempt and put before a person unread.
    """
    with shop.store.reading() as session:
        unread = triage.to_read(session, int(held.ref))
    if held.attempts > 1:
        _one_by_one(shop, held, unread)
        unread = []
    readings = _read(shop, unread)
    with shop.store.transaction() as session:
        _record(shop, session, readings)
        jobs.finish(session, held, now=shop.now())


def when_dead(shop: Workshop, held: Claim) -> None:
    """Put what is left of the page before people: what could not be scored is never clear."""
    with shop.store.transaction() as session:
        left = triage.to_read(session, int(held.ref))
        _record(shop, session, [_not_read(shop, one, NOT_READ) for one in left])


def _one_by_one(shop: Workshop, held: Claim, unread: Sequence[Unread]) -> None:
    for one in unread:
        mark = f"{one.item_id}:{one.version_seq}"
        if mark == held.note:
            readings = [_not_read(shop, one, KILLED_ITS_READER)]
        else:
            with shop.store.transaction() as session:
                jobs.mark(session, held, mark)
            readings = _read(shop, [one])
        with shop.store.transaction() as session:
            _record(shop, session, readings)
            jobs.renew(session, held, now=shop.now())


def _read(shop: Workshop, unread: Sequence[Unread]) -> list[Reading]:
    if not unread:
        return []
    findings = shop.detection.read([_subject(one) for one in unread])
    sha256 = shop.detection.sha256
    return [
        Reading(one, finding.signals, finding.proposal, sha256)
        for one, finding in zip(unread, findings, strict=True)
    ]


def _subject(one: Unread) -> Subject:
    return Subject(one.text, one.org_id, one.post, one.kind, one.pictures)


def _not_read(shop: Workshop, one: Unread, why: str) -> Reading:
    return Reading(one, (), unscored(why, shop.policy_of(one.org_id)))


def _record(shop: Workshop, session: Session, readings: Sequence[Reading]) -> None:
    if not readings:
        return
    triage.record(
        session,
        readings,
        shop.policy,
        actor=system("triage", readings[0].unread.org_id),
        now=shop.now(),
        hr_mailbox=(shop.settings.hr_mailbox,) if shop.settings.hr_mailbox else (),
    )
