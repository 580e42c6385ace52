"""Makes a proposal of what the detectors said: what it may be, how serious, at whom, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from moderation import checking_first
from moderation.characters import NO_CHARACTER
from moderation.hearing import Heard, hear, in_words, is_hostile
from moderation.model import Signal
from moderation.policy import Policy
from moderation.policy_parts import Held
from moderation.proposal import Likelihood, Outcome, Proposal, Subject
from moderation.targets import Confidence, Target
from moderation.taxonomy import (
    CheckFirst,
    NotAbuse,
    Severity,
    TargetType,
)
from moderation.weighing import Weighed, weigh

__all__ = [
    "Likelihood",
    "Outcome",
    "Proposal",
    "Subject",
    "propose",
    "unscored",
]

NO_WORDS = "There are no words in it that a model could score"
PICTURE_ALONE = "A picture or video without words: no model here can see it"
NO_CHARACTERS = "Part of it came as no characters, so that no model can read it as it was meant"
PICTURE = "It has a picture or video, which no model here can see; its words alone look harmless"

_CLEAR = {
    NotAbuse.CRITICISM: "Criticism of decisions or performance stays up",
    NotAbuse.COMPLAINT: "Somebody says that something went wrong for them",
    NotAbuse.PROFANITY_UNTARGETED: "Swearing for emphasis, not at anyone",
    NotAbuse.RECLAIMED_OR_SELF_REFERENCE: "Somebody speaks of themselves or their own group",
    NotAbuse.QUOTING_OR_REPORTING_ABUSE: "Repeats abuse to report it: look for the original",
    NotAbuse.COUNTER_SPEECH: "Stands up for somebody",
    NotAbuse.SATIRE_OR_HUMOUR: "A joke, or meant as one",
    NotAbuse.POLITICAL_OR_PROTEST: "Political opinion or protest",
    NotAbuse.UNION_SPEECH: "A union, or a member, on matters of work",
    NotAbuse.EMPLOYEE_OPINION_OR_GRIEVANCE: "Somebody who works here gives a view of the work",
    NotAbuse.PROTECTED_DISCLOSURE_POSSIBLE: "May report wrongdoing: for the whistleblowing lead",
    NotAbuse.QUESTION: "A question",
    NotAbuse.THANKS: "Thanks or praise",
    NotAbuse.NEUTRAL: "Nothing in it speaks of abuse",
}

_AIMS = {
    TargetType.IDENTIFIABLE_STAFF: "Read as aimed at a member of staff who can be pointed at",
    TargetType.STAFF_GROUP: "Read as aimed at staff as a group",
    TargetType.SERVICE: "Read as aimed at the service",
    TargetType.MEMBER_OF_PUBLIC: "Read as aimed at another member of the public",
    TargetType.OTHER_PUBLIC_FIGURE: "Read as aimed at somebody in public life",
    TargetType.GROUP_BY_CHARACTERISTIC: "Read as aimed at a group of people for what they are",
}


def propose(
    subject: Subject, signals: Sequence[Signal], target: Target, policy: Policy
) -> Proposal:
    """Return the proposal for one text; the same arguments give the same proposal.

    What no model could read is never clear: without a rule that fired it is unscored, and so is
    what has no words, a picture beside them, or a place in them that is no character.
    """
    made = _of_words(subject, signals, target, policy)
    why = _unread(subject, policy)
    if made.outcome is not Outcome.CLEAR or not why:
        return made
    return replace(unscored(why, policy), target=made.target, check_first=made.check_first)


def _unread(subject: Subject, policy: Policy) -> str:
    """Return what of a subject no model could read, in words, or nothing."""
    if not subject.text.strip():
        return PICTURE_ALONE if subject.pictures else NO_WORDS
    if NO_CHARACTER in subject.text:
        return NO_CHARACTERS
    return PICTURE if subject.pictures and policy.pictures_to_people else ""


def _of_words(
    subject: Subject, signals: Sequence[Signal], target: Target, policy: Policy
) -> Proposal:
    heard = hear(signals, policy.combine)
    if is_quiet(heard, policy):
        return _clear(_instead(heard, (), policy), (), target, (), policy)
    target = _aimed(heard, target, policy)
    held = _held(heard, policy)
    weighed = weigh(subject.text, subject.post, heard, target, held, policy)
    codes = checking_first.check_first(heard, policy)
    routes = [policy.check_first[code] for code in codes]
    if weighed.findings or any(route.flag for route in routes):
        routed = max((route.severity for route in routes if route.flag), default=Severity.S0)
        return _flag(heard, weighed, target, codes, held, routed, policy)
    if heard.scores is None:
        return replace(unscored(heard.unscored, policy), target=target, check_first=codes)
    return _clear(_instead(heard, held, policy), tuple(weighed.notes), target, codes, policy)


def unscored(why: str, policy: Policy) -> Proposal:
    """Return the proposal for a text that could not be read: a person has to, and why."""
    return Proposal(
        outcome=Outcome.UNSCORED,
        category=None,
        categories=(),
        not_abuse=None,
        severity=Severity.S0,
        target=Target(TargetType.NONE),
        check_first=(),
        reasons=(why,),
        likelihood=Likelihood.UNCLEAR,
        policy_revision=policy.revision,
    )


def is_quiet(heard: Heard, policy: Policy) -> bool:
    """Return whether nothing said is high enough to mean anything, whoever is aimed at."""
    if heard.hits or heard.scores is None:
        return False
    if heard.codes.get("abuse", 0.0) >= policy.sureness.lowest:
        return False
    if checking_first.is_read(heard, policy):
        return False
    said = heard.labelled
    return not any(said.get(one.label, 0.0) >= one.at_least for one in policy.readings)


def _aimed(heard: Heard, target: Target, policy: Policy) -> Target:
    """Aim hostile words that point at nobody at the post's person, or as a model reads them."""
    if target.type is not TargetType.NONE or not is_hostile(heard, policy):
        return target
    if target.post_names is not None:
        return Target(
            TargetType.NAMED_STAFF,
            staff_id=target.post_names,
            why="It answers a post that names one member of staff",
            confidence=Confidence.UNSURE,
        )
    aim = max(_AIMS, key=lambda one: heard.codes.get(f"target.{one}", 0.0))
    if heard.codes.get(f"target.{aim}", 0.0) < policy.sureness.target_from:
        return target
    return replace(target, type=aim, why=_AIMS[aim], confidence=Confidence.UNSURE)


def _held(heard: Heard, policy: Policy) -> list[Held]:
    """Return the classes of not-abuse that fired, in the policy's order."""
    fired = {hit.rule for hit in heard.hits if hit.rule.startswith("not_abuse.")}
    if any(hit.rule == "context.quoted" for hit in heard.hits):
        fired.add(f"not_abuse.{NotAbuse.QUOTING_OR_REPORTING_ABUSE}")
    return [one for one in policy.not_abuse if f"not_abuse.{one.kind}" in fired] if fired else []


def _instead(heard: Heard, held: Sequence[Held], policy: Policy) -> NotAbuse:
    """Return what a text is if it is not abuse: as a rule says, else as a model does."""
    if held:
        return held[0].kind
    kind = max(NotAbuse, key=lambda one: heard.codes.get(f"not_abuse.{one}", 0.0))
    if heard.codes.get(f"not_abuse.{kind}", 0.0) >= policy.sureness.not_abuse_from:
        return kind
    return _plain(heard.scores or {}, policy)


def _plain(scores: Mapping[str, float], policy: Policy) -> NotAbuse:
    swears = any(
        scores.get(label, 0.0) >= policy.likely for label in policy.ceiling.swearing_labels
    )
    return NotAbuse.PROFANITY_UNTARGETED if swears else NotAbuse.NEUTRAL


def _clear(
    kind: NotAbuse,
    notes: tuple[str, ...],
    target: Target,
    codes: tuple[CheckFirst, ...],
    policy: Policy,
) -> Proposal:
    return Proposal(
        outcome=Outcome.CLEAR,
        category=None,
        categories=(),
        not_abuse=kind,
        severity=Severity.S0,
        target=target,
        check_first=codes,
        reasons=(_CLEAR[kind], *notes),
        likelihood=Likelihood.UNLIKELY,
        policy_revision=policy.revision,
    )


def _flag(
    heard: Heard,
    weighed: Weighed,
    target: Target,
    codes: tuple[CheckFirst, ...],
    held: Sequence[Held],
    routed: Severity,
    policy: Policy,
) -> Proposal:
    found = weighed.findings
    reasons = checking_first.sentences(codes, heard)
    if heard.scores is None:
        reasons.append(f"No model has scored it: {heard.unscored}")
    reasons.extend(one.why for one in found)
    if found and target.type is not TargetType.NONE:
        reasons.append(target.why)
    reasons.extend(weighed.notes)
    not_abuse = None if found else _instead(heard, held, policy)
    return Proposal(
        outcome=Outcome.FLAG,
        category=found[0].category if found else None,
        categories=tuple(one.category for one in found),
        not_abuse=None if heard.scores is None and not held else not_abuse,
        severity=max(routed, found[0].severity) if found else routed,
        target=target,
        check_first=codes,
        reasons=tuple(dict.fromkeys(reasons)),
        likelihood=_likelihood(heard, weighed, policy),
        policy_revision=policy.revision,
    )


def _likelihood(heard: Heard, weighed: Weighed, policy: Policy) -> Likelihood:
    if not weighed.findings:
        return Likelihood.UNCLEAR if heard.scores is None else Likelihood.UNLIKELY
    highest = max((heard.codes.get("abuse", 0.0), *heard.labelled.values()))
    if any(one.rule for one in weighed.findings):
        return Likelihood.VERY_LIKELY if highest >= policy.likely else Likelihood.LIKELY
    return Likelihood(in_words(highest, policy))
