"""What the pages of packs say: what each kind holds, how to name its subject, its own questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from moderation.cases.codes import Consent
from moderation.evidence.packs import consent
from moderation.evidence.packs.shape import Subject
from moderation.tables import PackKind

# What it holds, and what it leaves out.
KIND: Final[dict[PackKind, tuple[str, str]]] = {
    PackKind.EVIDENCE: (
        "Everything that was sealed, with its hashes, stamps and audit trail, for people of the "
        "organisation.",
        "only what was never captured, so it is not for anybody outside.",
    ),
    PackKind.POLICE: (
        "A draft witness statement, every occasion in order of time, who handled what, and the "
        "sealed records.",
        "what machines read into the texts, why colleagues decided as they did, support and "
        "welfare, and data of other staff.",
    ),
    PackKind.PLATFORM: (
        "A report with the address, the words and the rule that is broken, for one platform.",
        "names of staff beyond what the items say in public, colleagues’ views, and the audit "
        "trail.",
    ),
    PackKind.HR: (
        "One case as HR works it: who is affected, every occasion, decisions, actions and support.",
        "the sealed records with their pictures, to which it links.",
    ),
    PackKind.STANDARDS_BOARD: (
        "A quarter in figures, and a line without names for each case about somebody of ours.",
        "names, words, dates of single cases, and every count below five.",
    ),
    PackKind.PERSON_AFFECTED: (
        "What was said about one person, for that person: how to report it, who can help, and the "
        "sealed records.",
        "the conversation of other people around it, colleagues’ views, and what HR does about "
        "the author.",
    ),
    PackKind.SUBJECT_ACCESS: (
        "All that Watchroom holds about one person.",
        "what is about others. Read it before it goes out: it says what a person has to check.",
    ),
}

_NAMES: Final[dict[Subject, str]] = {
    Subject.CASE: "a case, such as C-7KQ2M9D4",
    Subject.ITEM: "an item, such as item:12, or an evidence record, such as EV-2026-000123",
    Subject.PERSON: (
        "a person: author:@handle, author-id:123 (the platform’s id), staff:NM-1, or "
        "case:C-7KQ2M9D4 for the person whom a case is about"
    ),
    Subject.QUARTER: "a quarter, such as 2026-Q4",
}

# What only one kind asks for: the question, and what helps to answer it.
DETAIL: Final[dict[str, tuple[str, str]]] = {
    "maker": ("Who will sign the statement?", "The full name. It gives the exhibits their names."),
    "occupation": ("Their occupation", ""),
    "age": ("Their age", "“Over 18” will do."),
    "urn": ("Crime or incident reference", "The number that the police gave."),
    "risk": ("Known risk", "For example an address that is known, earlier contact, weapons."),
    "preference": ("How would the person affected like to be contacted?", ""),
    "contact": ("Whom can the police ask at the organisation?", ""),
    "platform": ("Which platform?", "Only where the items stand on several."),
    "clause": ("Which of the platform’s rules is broken?", "As it stands today."),
    "words": ("The offending words", "Only where some of the words are meant, not all."),
    "who_must_report": ("Who may report it?", "The owner of the page, the person, the account."),
    "urgency": ("How urgent is it, and why?", ""),
    "supporter": ("Who can sit with the person?", "By name."),
    "received": ("On which day did the request come?", ""),
    "purpose": ("What is the data for?", "As the organisation’s privacy notice says."),
    "kept": ("How long is it kept?", "As the organisation’s policy says."),
}

CONSENT: Final = {
    consent.GIVEN: "The person affected agrees",
    consent.OVERRIDDEN: "Without agreement: risk to life or of serious harm",
    consent.NOT_NEEDED: "No single person is affected",
}

# What stands in a case, so that whoever asks for a pack need not look it up.
ON_RECORD: Final[dict[str, str]] = {
    Consent.YES: "the person affected agrees to a report to the police.",
    Consent.NO: "the person affected does not agree to a report to the police.",
    Consent.UNDECIDED: "the person affected has not decided yet about a report to the police.",
    Consent.NOT_ASKED: (
        "the person affected was not asked yet whether they agree to a report to the police."
    ),
}


def how_to_name(sorts: Iterable[Subject]) -> str:
    """Return how to name what a pack is of, for the sorts of things that it can be of."""
    return f"Name {'; or '.join(_NAMES[sort] for sort in sorts)}."
