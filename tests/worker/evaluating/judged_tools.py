"""Makes labelled comments that were judged, and reports over them, without a model."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from moderation.proposing import Likelihood, Outcome, Proposal, Subject
from moderation.targets import Target
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType
from worker.evaluating.figures import Counted
from worker.evaluating.judging import Judged, Judgement
from worker.evaluating.labelling import Example
from worker.evaluating.report import Report, Run, measured
from worker.lines import Line

RUN = Run((("reader@1", "00"),), "test", datetime(2026, 11, 20, tzinfo=UTC), 2.0, True)
HARMLESS = {"gay": Counted(0, 8), "deaf": Counted(2, 8), "Welsh": Counted(1, 8)}


def example(text: str = "", **told: Any) -> Example:
    """Return a labelled comment; it is abuse where it is told a category."""
    abusive = told.pop("abusive", bool(told.get("categories")))
    told = {"wanted": abusive, "kind_told": True} | told
    number = told.pop("id", "1")
    return Example(Line(number, Subject(text=text, post=told.pop("post", ""))), abusive, **told)


def proposal(
    *categories: Abuse,
    checks: tuple[CheckFirst, ...] = (),
    severity: Severity = Severity.S0,
    target: TargetType = TargetType.NONE,
    staff_id: str | None = None,
    reasons: tuple[str, ...] = (),
    outcome: Outcome | None = None,
) -> Proposal:
    """Return a proposal that flags where there is a category or a check."""
    flags = Outcome.FLAG if categories or checks else Outcome.CLEAR
    return Proposal(
        outcome=outcome or flags,
        category=categories[0] if categories else None,
        categories=categories,
        not_abuse=None if categories else NotAbuse.NEUTRAL,
        severity=severity,
        target=Target(target, staff_id=staff_id),
        check_first=checks,
        reasons=reasons,
        likelihood=Likelihood.LIKELY,
        policy_revision="test",
    )


def judged(
    labelled: Example, proposed: Proposal, share: float | None = 0.5, unscored: str = ""
) -> Judged:
    """Return a comment that was judged; the model gives the same share twice."""
    return Judged(labelled, proposed, share, share, unscored)


def report(*comments: Judged, run: Run = RUN) -> Report:
    """Return all figures of some comments."""
    return measured(Judgement(judged=list(comments)), HARMLESS, run)
