"""Gathers the categories that rules and models speak of in one text, aimed as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moderation.hearing import Heard, in_words, is_hostile
from moderation.model import Hit
from moderation.plain_words import plain_words
from moderation.policy import Policy
from moderation.policy_parts import Held, Reading, Trigger
from moderation.targets import Target
from moderation.taxonomy import PERSON_TARGETS, STAFF_TARGETS, Abuse, NotAbuse, Severity, TargetType

_QUOTED = 60

_SAYS = {
    "toxicity": "rude or hostile",
    "severe_toxicity": "extremely hostile",
    "obscene": "swearing",
    "threat": "a threat",
    "insult": "an insult",
    "identity_attack": "an attack on who somebody is",
    "sexual_explicit": "sexual",
}
_SAYS_CODE = {
    Abuse.THREAT_SERIOUS: "a threat of serious harm",
    Abuse.MENACE: "a threat, if a veiled one",
    Abuse.HARASSMENT_COURSE: "somebody pursuing a person",
    Abuse.VIRTUAL_MOBBING: "a call on others to go for a person",
    Abuse.DISCRIMINATORY_ABUSE: "an attack on who somebody is",
    Abuse.SEXUAL_ABUSE: "sexual remarks about a person",
    Abuse.DOXING: "a person's private details",
    Abuse.IMPERSONATION_ACCOUNT: "somebody posing as staff or the service",
    Abuse.PERSONAL_ABUSE: "contempt or an insult for a person",
    Abuse.HUMILIATION_MEDIA: "making a show of a person",
    Abuse.MALICIOUS_FALSEHOOD: "a harmful claim about a person",
    Abuse.EXTREME_CONTENT: "extreme or cruel content",
    Abuse.ABUSE_OF_SERVICE: "abuse of the service or its staff",
}
# Where one of these stands, the words are not the author's own or not meant so.
_CONTEXTS = frozenset(
    {"context.quoted", "context.negated", "context.figurative", "context.third_party"}
)
# Contempt for a person is abuse of the service where no person is meant.
_ONLY_AT_A_PERSON = frozenset({Abuse.PERSONAL_ABUSE, Abuse.HARASSMENT_COURSE})
_AT_THE_ORGANISATION = frozenset({TargetType.SERVICE, TargetType.STAFF_GROUP, TargetType.NONE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One category that the text may fall under. labels are empty for a rule's finding."""

    category: Abuse
    severity: Severity
    why: str
    rule: str = ""
    labels: frozenset[str] = frozenset()


def gathered(
    text: str, heard: Heard, target: Target, held: Sequence[Held], policy: Policy
) -> Iterator[Finding]:
    """Yield what the rules found, then what the models did; one category may come twice."""
    yield from _by_rules(text, heard, target, policy)
    if heard.codes:
        yield from _by_codes(text, heard, target, policy)
    yield from _by_scores(text, heard, target, held, policy)


def _by_rules(text: str, heard: Heard, target: Target, policy: Policy) -> Iterator[Finding]:
    hits = [hit for hit in heard.abusive if not _is_doubted(hit, heard, policy)]
    if not hits:
        return
    names = [hit.rule for hit in heard.hits]
    hostile = is_hostile(heard, policy)
    fitting = [
        trigger
        for trigger in policy.triggers
        if target.type in trigger.aimed_at
        and (hostile or not trigger.hostile)
        and _is_accompanied(trigger, names)
    ]
    for hit in hits:
        for trigger in fitting:
            if is_named(hit.rule, trigger.rule):
                yield Finding(trigger.category, trigger.severity, _said(hit, text), rule=hit.rule)


def _is_doubted(hit: Hit, heard: Heard, policy: Policy) -> bool:
    """Return whether a model that knows the house's codes holds the text for plainly harmless."""
    sureness = policy.sureness
    if not heard.codes or any(is_named(hit.rule, name) for name in sureness.never_doubted):
        return False
    return heard.codes.get("abuse", 1.0) < sureness.doubt_below


def is_named(rule: str, name: str) -> bool:
    """Return whether a rule's name is this one, or stands below one that ends in ".*"."""
    return rule.startswith(name[:-1]) if name.endswith(".*") else rule == name


def _is_accompanied(trigger: Trigger, names: Sequence[str]) -> bool:
    return not trigger.together_with or any(is_named(name, trigger.together_with) for name in names)


def _said(hit: Hit, text: str) -> str:
    words = " ".join(text[hit.start : hit.end].split())
    if not words:
        return hit.says
    cut = words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"
    return f"{hit.says}: “{cut}”"


def _by_codes(text: str, heard: Heard, target: Target, policy: Policy) -> Iterator[Finding]:
    """Yield the category that a model names, where it holds the text for abuse at all."""
    share = heard.codes.get("abuse", 0.0)
    if not policy.sureness.flags(share, target.type):
        return
    if is_harmless(text, heard.words, target, policy):
        return
    category = _likeliest(heard.codes, target)
    severity = policy.default_severity[category]
    if category in _ONLY_AT_A_PERSON and target.type not in STAFF_TARGETS:
        severity = Severity.S1
    if heard.codes.get("serious", 0.0) >= policy.sureness.serious_from:
        severity = max(severity, Severity.S2)
    why = f"The model finds this {in_words(share, policy)} {_SAYS_CODE[category]}"
    yield Finding(category, severity, why + _words(heard.words), labels=frozenset({"abuse"}))


def _likeliest(codes: Mapping[str, float], target: Target) -> Abuse:
    at_organisation = target.type in _AT_THE_ORGANISATION
    likeliest = max(Abuse, key=lambda code: codes.get(f"abuse.{code}", 0.0))
    if likeliest in _ONLY_AT_A_PERSON and at_organisation:
        return Abuse.ABUSE_OF_SERVICE
    if likeliest is Abuse.ABUSE_OF_SERVICE and target.type in PERSON_TARGETS:
        return Abuse.PERSONAL_ABUSE
    return likeliest


def _words(words: Sequence[str]) -> str:
    quoted = ", ".join(f"“{word}”" for word in words[:3])
    return f"; what weighed most: {quoted}" if quoted else ""


def _by_scores(
    text: str, heard: Heard, target: Target, held: Sequence[Held], policy: Policy
) -> Iterator[Finding]:
    read = [
        reading
        for reading in policy.readings
        if heard.labelled.get(reading.label, 0.0) >= reading.at_least
        and target.type in reading.aimed_at
    ]
    if not read or is_harmless(text, heard.words, target, policy):
        return
    holds = any(one.holds_model for one in held) or any(hit.rule in _CONTEXTS for hit in heard.hits)
    if holds and not _is_strong(heard.labelled, target, held, policy):
        return
    for reading in read:
        yield _scored(reading, heard.labelled[reading.label], policy)


def _scored(reading: Reading, score: float, policy: Policy) -> Finding:
    return Finding(
        reading.category,
        reading.severity,
        f"The model finds this {in_words(score, policy)} {_SAYS[reading.label]}",
        labels=frozenset({reading.label}),
    )


def is_harmless(text: str, words: Sequence[str], target: Target, policy: Policy) -> bool:
    """Return whether all the words that weighed are names or stand on the list of harmless ones.

    A listed phrase makes its words harmless where the text holds the whole of it.
    """
    if not words:
        return False
    names = {part for word in target.words for part in word.casefold().split()}
    left = {word.casefold() for word in words} - names - policy.harmless_words
    if not left:
        return True
    fine = _in_fine_phrases(text, policy)
    return fine.issuperset(part for word in left for part in _parts(word))


def _in_fine_phrases(text: str, policy: Policy) -> set[str]:
    """Return the words of the listed phrases that the text holds whole."""
    phrases = [phrase for phrase in policy.harmless_words if " " in phrase]
    plain = f" {plain_words(text)} " if phrases else ""
    return {word for phrase in phrases if f" {phrase} " in plain for word in phrase.split()}


def _parts(word: str) -> list[str]:
    return plain_words(word).split() or [word]


def _is_strong(
    scores: Mapping[str, float], target: Target, held: Sequence[Held], policy: Policy
) -> bool:
    if target.type not in PERSON_TARGETS:
        return False
    if any(one.kind is NotAbuse.QUOTING_OR_REPORTING_ABUSE for one in held):
        return False
    return any(
        scores.get(label, 0.0) >= least for label, least in policy.strong_at_a_person.items()
    )
