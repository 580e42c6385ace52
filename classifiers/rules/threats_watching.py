"""Threats by knowing: where somebody is to be found, together with a hint of harm."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Found, Rule
from classifiers.rules.threats_words import HINT, NO_HARM_MEANT, WHEREABOUTS


def _is_short(found: Found) -> bool:
    """Take short texts alone: in a long one the two signs need not belong together."""
    return len(found.folded) <= 320


WATCHING = Rule(
    name="threat.veiled",
    says="Shows that they know where somebody is to be found, with a hint of harm",
    patterns=WHEREABOUTS,
    fires=(
        "Parks on level 4 and walks down on her own. No cameras in there, funny that",
        "She gets off at half nine. Dark by then innit",
        "I know which road you live on pal, be seeing you",
        "Lovely bay windows on his house, be a shame",
        "Only one road out of your village, sleep well",
    ),
    silent=(
        "My wife finishes at ten and walks to an unlit car park, please put the lights on",
        "Which bus goes to the hospital on Sundays?",
        "She parks in bay 12 and her alarm is going off",
        "The back gate was open, handed in the keys at reception",
        "Her garden is lovely, well done",
    ),
    holds=(QUOTED,),
    beside=(HINT,),
    unless=NO_HARM_MEANT,
    keep=_is_short,
)
