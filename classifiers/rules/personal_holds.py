"""When a personal detail is no secret: one's own, the press's, or where something happened."""

from __future__ import annotations

from classifiers.matching import pattern
from classifiers.rules.contexts import OTHERS_DETAILS
from classifiers.rules.engine import Found, held_before
from classifiers.rules.patterns import GAP, words

_LIVING = (
    r"\b(?:lives?|living|resides?|stays? (?:at|in|on)|bides?|home is|home address|address is"
    r"|address|house is|flat is|his (?:house|gaff|flat|place)|her (?:house|gaff|flat|place)"
    r"|their (?:house|home|place)|find (?:him|her|them)|round (?:his|hers|theirs))\b"
)
OWN_DETAILS = held_before(
    "context.self",
    "The writer gives their own details",
    rf"\b(?:my|our|me|us|i'?m|im|i am|we are|we'?re|i live|we live|tenant (?:to|of"
    rf"|at)){GAP}{words(6)}",
)
_LIVES_THERE = pattern(_LIVING)


def _incident_hold(found: Found) -> bool:
    return not _LIVES_THERE.found_in(found.sentence) and OTHERS_DETAILS.applies(found)


_INCIDENT = type(OTHERS_DETAILS)(
    OTHERS_DETAILS.name, OTHERS_DETAILS.says, OTHERS_DETAILS.source + _LIVING, _incident_hold
)
PLACES = (OWN_DETAILS, _INCIDENT)
# A number beside these is the press's, a business's or a caller's own.
GIVEN_OUT = (
    r"\b(?:reporters?|journalists?|producers?|correspondents?|news ?desk|gazette|courier|herald"
    r"|mercury|chronicle|radio|fm|tv|bbc|itv|newspaper|programme|researcher|deadline|interview"
    r"|statement|writing for|magazine|freelance|documentary|broadcast|studio|press (?:office"
    r"|contact|team)|(?:call|ring|text|email|e-mail|reach|dm|phone|contact) (?:me|us)|(?:call|ring"
    r"|email|phone) (?:me |us )?back|for sale|bookings?|helpline|switchboard|samaritans|on record"
    r"|news|episode|podcast|regards)\b"
)
SOMETHING_HAPPENED = (
    r"\b(?:fire|smoke|flood\w*|leak\w*|gas|hurry|ambulance|help|trapped|collapsed|sparks|burst"
    r"|planning|tenant|tenancy|repair\w*|damp|mou?ld|housing (?:officer|association)|heating"
    r"|boiler|scaffolding|missed|collection|ref(?:erence)?|application|my (?:bin|house|flat|home"
    r"|mum|dad|nan|neighbour)|please (?:come|send|can))\b"
)
