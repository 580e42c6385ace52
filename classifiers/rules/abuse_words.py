"""The family of abuse: insults, contempt, sexual remarks, slurs, stereotypes and conduct."""

from __future__ import annotations

from classifiers.rules.abuse_gravest import EXTREME, FALSEHOOD
from classifiers.rules.abuse_insults import CONTEMPT, INSULT
from classifiers.rules.abuse_mocking import HUMILIATION, PASSED_ROUND
from classifiers.rules.abuse_posing import IMPERSONATION, POSED, POSING
from classifiers.rules.abuse_rallying import CALL_ON_OTHERS, RALLIED
from classifiers.rules.abuse_sexual import SEXUAL, SEXUAL_IMAGE
from classifiers.rules.abuse_slurs import SLURS
from classifiers.rules.abuse_stereotypes import STEREOTYPES
from classifiers.rules.abuse_stereotypes_sex import STEREOTYPES_OF_SEX_AND_AGE
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
        *STEREOTYPES_OF_SEX_AND_AGE,
        CALL_ON_OTHERS,
        RALLIED,
        HUMILIATION,
        PASSED_ROUND,
        IMPERSONATION,
        POSING,
        POSED,
        FALSEHOOD,
        EXTREME,
    ),
    see_through=True,
)
