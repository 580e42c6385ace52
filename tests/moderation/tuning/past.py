"""A past to try settings on: items read by a model that gives shares, and what people found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import triage
from moderation.access import Role, system
from moderation.model import Hit, Signal
from moderation.policy import Policy
from moderation.proposing import Subject, propose
from moderation.staffing import load_staff
from moderation.tables import IngestPageRow, ItemRow
from moderation.targets import Directory, find_target
from moderation.tuning import trying
from moderation.tuning.trial import Trial
from tests.world import NOW, ORG, POLICY, World, comment

QUIET = {"insult": 0.02, "toxicity": 0.02}


def said(share: float | None, *hits: str, words: tuple[str, ...] = ()) -> tuple[Signal, ...]:
    """Return what a model with this share of abuse and the rules say; with None no model does."""
    found = tuple(Hit(rule, "A rule fired", 0, 3) for rule in hits)
    rules = (Signal("rules@1", hits=found),) if found else ()
    if share is None:
        return (Signal("embedded@1", unscored="Welsh is not known to the model"), *rules)
    codes = {"abuse": share, "abuse.personal_abuse": share, "not_abuse.neutral": 1 - share}
    return (Signal("embedded@1", scores=QUIET, codes=codes, words=words), *rules)


def item(
    world: World,
    session: Session,
    text: str,
    signals: tuple[Signal, ...],
    *,
    at: datetime = NOW,
    policy: Policy = POLICY,
    org_id: str = ORG,
    **more: Any,
) -> ItemRow:
    """Take in one comment and propose of it what the policy makes of the signals."""
    native_id = more.pop("native_id", f"p-{text}")
    world.ingest(session, comment(native_id, text, created_at=at, **more), org_id=org_id, now=at)
    directory = Directory(load_staff(session, org_id))
    for page_id in session.scalars(select(IngestPageRow.id)).all():
        readings = []
        for unread in triage.to_read(session, page_id):
            target = find_target(unread.text, directory=directory, post=unread.post)
            subject = Subject(unread.text, org_id, unread.post, unread.kind)
            proposal = propose(subject, signals, target, policy)
            readings.append(triage.Reading(unread, signals, proposal, "0" * 64))
        triage.record(session, readings, policy, actor=system("triage", org_id), now=at)
    return session.scalars(
        select(ItemRow)
        .where(ItemRow.native_id == native_id, ItemRow.org_id == org_id)
        .execution_options(populate_existing=True)
    ).one()


def try_out(
    world: World, tried: Policy, as_now: Policy = POLICY, role: Role = Role.COMMS_LEAD
) -> Trial:
    """Try a policy as a person of a role, an hour after the last item."""
    return trying.try_out(
        world.store.reading,
        as_now,
        tried,
        actor=world.actor(role),
        now=NOW + timedelta(hours=1),
    )
