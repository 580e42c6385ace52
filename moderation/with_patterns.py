"""Adds to a proposal what only several items together show: a course of conduct, a pile-on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from moderation.policy import Policy
from moderation.proposal import Likelihood, Outcome, Proposal
from moderation.taxonomy import PERSON_TARGETS, Abuse, NotAbuse, Severity
from moderation.weighing import raised

# What people may say as often as they like. A person looks at it beside the rest of a course of
# conduct, and it is never called abuse for that.
SPEAKING_OUT: Final = frozenset(
    {
        NotAbuse.CRITICISM,
        NotAbuse.COMPLAINT,
        NotAbuse.POLITICAL_OR_PROTEST,
        NotAbuse.UNION_SPEECH,
        NotAbuse.EMPLOYEE_OPINION_OR_GRIEVANCE,
        NotAbuse.PROTECTED_DISCLOSURE_POSSIBLE,
        NotAbuse.QUOTING_OR_REPORTING_ABUSE,
    }
)
WEIGH_TOGETHER: Final = "This one may be said: a person weighs them together"


def with_course_of_conduct(
    proposal: Proposal, occasions: int, days: int, policy: Policy
) -> Proposal:
    """Add what the author did to the same person before: so many occasions within so many days.

    days is 0 where the dates are not known.
    Only an individual can be harassed, so nothing changes where none is known as the target
    (Protection from Harassment Act 1997 s.7(5)), nor for a single occasion. Criticism and the like
    go to a person with the count beside them, and stay what they are; so does what nobody could
    read.
    """
    if occasions < policy.course_of_conduct.occasions or not _is_at_one(proposal):
        return proposal
    within = f" in {days} {'day' if days == 1 else 'days'}" if days > 0 else ""
    why = f"Pattern: {occasions} occasions{within}"
    if proposal.outcome is Outcome.UNSCORED:
        return replace(proposal, reasons=tuple(dict.fromkeys((why, *proposal.reasons))))
    if proposal.not_abuse in SPEAKING_OUT:
        return replace(
            proposal,
            outcome=Outcome.FLAG,
            severity=max(proposal.severity, Severity.S1),
            reasons=tuple(dict.fromkeys((f"{why}. {WEIGH_TOGETHER}", *proposal.reasons))),
        )
    steps = policy.modifiers.earlier_occasion
    return _with_pattern(proposal, Abuse.HARASSMENT_COURSE, why, steps, policy)


def with_mobbing(proposal: Proposal, authors: int, policy: Policy) -> Proposal:
    """Add that so many authors went for the same person at once."""
    if authors < policy.mobbing.distinct_authors or not _is_at_one(proposal):
        return proposal
    why = f"Pattern: {authors} people within {policy.mobbing.window_hours} hours"
    return _with_pattern(proposal, Abuse.VIRTUAL_MOBBING, why, 0, policy)


def with_shared_words(proposal: Proposal, authors: int, words: str, policy: Policy) -> Proposal:
    """Add that so many authors used the same words of the same person.

    What is no abuse by itself stays none: a critic may use the hashtag of a mob.
    """
    if authors < policy.mobbing.shared_phrase_authors or not _is_at_one(proposal):
        return proposal
    why = f"Pattern: {authors} people used the same words: {words}"
    if proposal.category is None:
        return replace(proposal, reasons=(*proposal.reasons, why))
    return _with_pattern(proposal, Abuse.VIRTUAL_MOBBING, why, 0, policy)


def with_several(proposal: Proposal, people: int, policy: Policy) -> Proposal:
    """Add that the same author went for several members of staff; nothing else changes for it."""
    if people < policy.course_of_conduct.people:
        return proposal
    why = f"The same author went for {people} members of staff: look at them together"
    return replace(proposal, reasons=(*proposal.reasons, why))


def _is_at_one(proposal: Proposal) -> bool:
    return proposal.target.type in PERSON_TARGETS and proposal.target.staff_id is not None


def _with_pattern(
    proposal: Proposal, category: Abuse, why: str, steps: int, policy: Policy
) -> Proposal:
    if category in proposal.categories:
        return proposal
    own = policy.default_severity[category]
    before = raised(proposal.severity, steps) if proposal.category else Severity.S0
    graver = proposal.category is None or own > proposal.severity
    others = proposal.categories
    return replace(
        proposal,
        outcome=Outcome.FLAG,
        category=category if graver else proposal.category,
        categories=(category, *others) if graver else (*others[:1], category, *others[1:]),
        not_abuse=None,
        severity=max(own, before, proposal.severity),
        reasons=(why, *proposal.reasons),
        likelihood=Likelihood.LIKELY
        if proposal.likelihood in (Likelihood.UNLIKELY, Likelihood.UNCLEAR)
        else proposal.likelihood,
    )
