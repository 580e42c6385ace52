"""The weekly summary's jobs, and the command that prints a week."""

from __future__ import annotations

import json
from typing import Final

from moderation import jobs
from moderation.jobs import Claim
from moderation.reporting import editions, summary
from moderation.reporting.figures import Figures
from moderation.reporting.summary import promise_due
from moderation.reporting.week import Week
from worker import week_tables
from worker.alerting import send_alert as send_summary
from worker.workshop import Workshop

__all__ = ["make_summary", "promise_due", "send_summary", "show"]

_SEPARATOR: Final = ":"


def make_summary(shop: Workshop, held: Claim) -> None:
    """Make the summary of one week and promise its letters; the job's ref is "ORG:2026-W47".

    A second run finds the week kept and changes nothing.
    """
    org_id, _, name = held.ref.rpartition(_SEPARATOR)
    now = shop.now()
    with shop.store.reading() as session:
        figures = summary.compute(session, org_id, Week.named(name), shop.policy, now=now)
    with shop.store.transaction() as session:
        summary.keep(session, figures, now=now)
        jobs.finish(session, held, now=now)


def show(shop: Workshop, week_name: str, *, as_json: bool = False, wide: bool = False) -> str:
    """Return one week of the organisation as tables, or as JSON on one line.

    A kept summary is shown as it was kept. A week that has none is counted now and not kept, so
    that looking at it sends no letters. JSON is the value itself; of the wide edition it holds
    what that edition shows.
    """
    week = Week.named(week_name)
    org_id = shop.org_id
    with shop.store.reading() as session:
        figures = summary.kept(session, org_id, week) or summary.compute(
            session, org_id, week, shop.policy, now=shop.now()
        )
        earlier = summary.before(session, org_id, week)
    if as_json and not wide:
        return _line(figures)
    edition = (editions.wide if wide else editions.full)(figures, earlier)
    return json.dumps(week_tables.as_json(edition)) + "\n" if as_json else week_tables.text(edition)


def _line(figures: Figures) -> str:
    return json.dumps(figures.as_json(), ensure_ascii=False) + "\n"
