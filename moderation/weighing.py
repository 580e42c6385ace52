"""Weighs what was heard of a text, aimed as it is, into categories and severities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from moderation.gathering import Finding, gathered
from moderation.hearing import Heard
from moderation.policy import Policy
from moderation.policy_parts import Held
from moderation.targets import Target
from moderation.taxonomy import PERSON_TARGETS, STAFF_TARGETS, Abuse, Severity

_AT_NOBODY = frozenset({Abuse.ABUSE_OF_SERVICE})
# Their own severity already says that a person is attacked for what they are.
_OF_THEMSELVES = _AT_NOBODY | {Abuse.DISCRIMINATORY_ABUSE, Abuse.SEXUAL_ABUSE}
_ORDER = {category: place for place, category in enumerate(Abuse)}


@dataclass(slots=True)
class Weighed:
    """The categories found, most serious first, and what was put in or out on the way."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def weigh(
    text: str, post: str, heard: Heard, target: Target, held: Sequence[Held], policy: Policy
) -> Weighed:
    """Return what a text amounts to; held are the classes of not-abuse that fired."""
    found = list(gathered(text, heard, target, held, policy))
    weighed = Weighed()
    sure = heard.codes.get("abuse", 0.0) >= policy.sureness.stands_from
    kept = _merged(
        one for one in found if (sure and _is_the_models(one)) or not _set_aside(one, target, held)
    )
    if len(kept) < len({one.category for one in found}):
        weighed.notes.append("Strong words, but part of what is not abuse")
    if kept:
        kept = _modified(kept, post, target, policy, weighed.notes)
        kept = _under_the_ceiling(kept, policy, weighed.notes)
    weighed.findings = sorted(kept, key=lambda one: (-one.severity, _ORDER[one.category]))
    return weighed


def _merged(found: Iterable[Finding]) -> list[Finding]:
    """Keep one finding per category: the most serious; a rule's before a model's."""
    merged: dict[Abuse, Finding] = {}
    for one in found:
        known = merged.get(one.category)
        if known is None:
            merged[one.category] = one
        elif bool(known.rule) == bool(one.rule):
            more = one if one.severity > known.severity else known
            merged[one.category] = replace(more, labels=known.labels | one.labels)
    return list(merged.values())


def _is_the_models(one: Finding) -> bool:
    return not one.rule and "abuse" in one.labels


def _set_aside(one: Finding, target: Target, held: Sequence[Held]) -> bool:
    for kind in held:
        if one.category in kind.sets_aside:
            return True
        # Harsh words for somebody in a public role are criticism until they are insults.
        if kind.holds_model and target.public_role and one.rule == "abuse.contempt":
            return True
    return False


def _modified(
    found: list[Finding],
    post: str,
    target: Target,
    policy: Policy,
    notes: list[str],
) -> list[Finding]:
    steps = policy.modifiers
    if target.type in PERSON_TARGETS and any(
        one.rule and one.category is Abuse.DISCRIMINATORY_ABUSE for one in found
    ):
        why = "it attacks a person for what they are"
        found = _up(found, steps.characteristic_at_a_person, _OF_THEMSELVES, why, notes)
    if target.type in STAFF_TARGETS and _is_trigger_post(post, policy):
        why = "the post is of a kind that draws abuse"
        found = _up(found, steps.trigger_post, _AT_NOBODY, why, notes)
    return found


def _up(
    found: list[Finding], steps: int, but: frozenset[Abuse], why: str, notes: list[str]
) -> list[Finding]:
    """Return the findings some steps more serious, but for some categories, and note why."""
    higher = [
        one if one.category in but else replace(one, severity=raised(one.severity, steps))
        for one in found
    ]
    if higher != found:
        notes.append(f"More serious because {why}")
    return higher


def raised(severity: Severity, steps: int) -> Severity:
    """Return a severity some steps higher, S4 at most."""
    return Severity(min(Severity.S4, severity + steps))


def _is_trigger_post(post: str, policy: Policy) -> bool:
    if not post or not policy.modifiers.trigger_post:
        return False
    words = {word.strip(".,;:!?()\"'“”‘’") for word in post.casefold().split()}
    return not words.isdisjoint(policy.modifiers.trigger_post_words)


def _under_the_ceiling(found: list[Finding], policy: Policy, notes: list[str]) -> list[Finding]:
    lowered = [one if one.rule else _capped(one, policy) for one in found]
    if lowered != found:
        notes.append("Held lower because no rule says the same: the model is alone in this")
    return lowered


def _capped(one: Finding, policy: Policy) -> Finding:
    ceiling = policy.ceiling
    alone = one.labels <= ceiling.swearing_labels
    most = ceiling.swearing_alone if alone else ceiling.model_alone
    return replace(one, severity=min(one.severity, most))
