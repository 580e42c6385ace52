"""What the machine suggests about one text, as a value, and the text it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from moderation.model import ItemKind
from moderation.targets import Target
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity


class Outcome(StrEnum):
    """What the machine proposes to do with an item; a person decides."""

    FLAG = "flag"
    CLEAR = "clear"
    UNSCORED = "unscored"


class Likelihood(StrEnum):
    """How sure the proposal of abuse is, in words; a clear item is unlikely to be abuse."""

    VERY_LIKELY = "very likely"
    LIKELY = "likely"
    POSSIBLY = "possibly"
    UNLIKELY = "unlikely"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is read: a text, the post it answers, the organisation's code, the kind of contact.

    pictures counts the pictures and videos that came with it, which no model here can see.
    """

    text: str
    org: str = ""
    post: str = ""
    kind: ItemKind = ItemKind.COMMENT
    pictures: int = 0

    @property
    def is_reply(self) -> bool:
        """Return whether it speaks to the organisation; a mention may speak to anybody."""
        return self.kind is not ItemKind.MENTION


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine suggests about one text. It has no effect until a person decides.

    category is the gravest of categories, None where nothing speaks of abuse; not_abuse is set
    where the text was read and no category is. reasons are sentences for people, most telling
    first; they may quote the text, so they are shown only beside it.
    """

    outcome: Outcome
    category: Abuse | None
    categories: tuple[Abuse, ...]
    not_abuse: NotAbuse | None
    severity: Severity
    target: Target
    check_first: tuple[CheckFirst, ...]
    reasons: tuple[str, ...]
    likelihood: Likelihood
    policy_revision: str
