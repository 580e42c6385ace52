"""What a text is checked for before anything else: as a rule says, or as a model reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from moderation.hearing import Heard
from moderation.policy import Policy
from moderation.taxonomy import URGENT_CHECK_FIRST, CheckFirst

# What a model reads, where no rule has a sentence of its own.
_SAYS: Final = {
    CheckFirst.EMERGENCY_REPORT: "The model reads a call for help or a report of an emergency",
    CheckFirst.WELFARE_CONCERN: "The model reads that somebody may harm themselves",
    CheckFirst.SAFEGUARDING_ALLEGATION: "The model reads that a child or an adult may be in danger",
    CheckFirst.CHILD_AUTHOR: "The author may be a child",
    CheckFirst.TERRORISM_SIGNAL: "The model reads support for, or a threat of, terrorism",
    CheckFirst.COMPLAINT: "Reads like a complaint: it has a route of its own",
    CheckFirst.MEDIA_ENQUIRY: "Reads like a question from the press",
    CheckFirst.INFORMATION_REQUEST: "Reads like a request for records or for one's own data",
    CheckFirst.DATA_BREACH_SIGNAL: "Reads as if personal data had got out",
}


def check_first(heard: Heard, policy: Policy) -> tuple[CheckFirst, ...]:
    """Return the codes of B.3 that hold, in the order of the policy."""
    fired = {hit.rule for hit in heard.hits if hit.rule.startswith("check.")}
    read = _read(heard, policy)
    return tuple(code for code in policy.check_first if f"check.{code}" in fired or code in read)


def is_read(heard: Heard, policy: Policy) -> bool:
    """Say whether a model reads any of them."""
    return bool(_read(heard, policy))


def sentences(codes: Sequence[CheckFirst], heard: Heard) -> list[str]:
    """Return for each code the sentence that people read: the rule's own where one fired."""
    said = {hit.rule: hit.says for hit in heard.hits if hit.rule.startswith("check.")}
    return [said.get(f"check.{code}", _SAYS[code]) for code in codes]


def _read(heard: Heard, policy: Policy) -> set[CheckFirst]:
    shares = {code: heard.codes.get(f"check.{code}", 0.0) for code in policy.check_first}
    found = {code for code, share in shares.items() if share >= policy.check_first[code].model_from}
    sure = policy.sureness
    cannot_wait = heard.codes.get("urgent", 0.0) >= sure.urgent_from
    if not cannot_wait and not found & URGENT_CHECK_FIRST:
        return found
    # That something cannot wait is plainer than what it is: the likeliest is named, and with it
    # each that is nearly as likely.
    urgent = {code: shares[code] for code in shares if code in URGENT_CHECK_FIRST}
    least = max(urgent.values(), default=0.0) * sure.as_good_as
    return found | {code for code, share in urgent.items() if share >= least}
