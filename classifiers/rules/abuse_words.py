"""The family of abuse: insults, contempt, sexual remarks, slurs, stereotypes and conduct."""

from __future__ import annotations

from classifiers.rules.abuse_conduct import CALL_ON_OTHERS, HUMILIATION, IMPERSONATION
from classifiers.rules.abuse_gravest import EXTREME, FALSEHOOD
from classifiers.rules.abuse_insults import CONTEMPT, INSULT
from classifiers.rules.abuse_sexual import SEXUAL, SEXUAL_IMAGE
from classifiers.rules.abuse_slurs import SLURS
from classifiers.rules.abuse_stereotypes import STEREOTYPES
from classifiers.rules.engine import RuleFamily

ABUSE_WORDS = RuleFamily(
    "rules.abuse_words",
    (
        INSULT,
        CONTEMPT,
        SEXUAL,
        SEXUAL_IMAGE,
        *SLURS,
        *STEREOTYPES,
        CALL_ON_OTHERS,
        HUMILIATION,
        IMPERSONATION,
        FALSEHOOD,
        EXTREME,
    ),
    see_through=True,
)
