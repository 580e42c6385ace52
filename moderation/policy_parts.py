"""What a policy is made of: one frozen value for each kind of line in the policy file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType


@dataclass(frozen=True, slots=True)
class Reading:
    """From this score on, under this label and aimed so, a model's reading proposes a category."""

    label: str
    at_least: float
    aimed_at: frozenset[TargetType]
    category: Abuse
    severity: Severity


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a rule's hit leads to; rule and together_with may end in ".*" for a whole family."""

    rule: str
    aimed_at: frozenset[TargetType]
    category: Abuse
    severity: Severity
    together_with: str = ""
    hostile: bool = False


class Combining(StrEnum):
    """How the scores that several models give one text under one label become one."""

    MAX = "max"
    MEAN = "mean"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Combine:
    """How several models' scores are put together, and what each model's word is worth.

    A weight is from 0 to 1, and 1 for a model that is not named. It multiplies the scores for max,
    is the model's share of a mean, and keeps a model from being heard at all where it is 0.
    """

    how: Combining = Combining.MAX
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that scores alone may propose; swearing labels alone still less."""

    model_alone: Severity
    swearing_alone: Severity
    swearing_labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure a model that speaks the house's codes has to be; each is a share from 0 to 1.

    From flag_from on a text is held for abuse, from serious_from for at least moderate. A rule of
    abuse that fires alone is not believed below doubt_below, unless it is never_doubted. From
    target_from and not_abuse_from on the model says at whom it is aimed, and what it is instead.
    From urgent_from on something in it cannot wait, whichever of those codes it is: the likeliest
    holds then. Beside the likeliest holds each whose share is at least as_good_as times its own.
    From stands_from on the model's word for abuse stands whatever class of not-abuse a rule reads.
    flag_at holds the targets for which an organisation has set another figure than flag_from.
    """

    flag_from: float
    serious_from: float
    doubt_below: float
    target_from: float
    not_abuse_from: float
    urgent_from: float
    as_good_as: float
    stands_from: float
    never_doubted: tuple[str, ...]
    flag_at: Mapping[TargetType, float] = field(default_factory=dict)

    def flags(self, share: float, target: TargetType) -> bool:
        """Return whether a text aimed so is held for abuse at this share."""
        return share >= self.flag_at.get(target, self.flag_from)

    @property
    def lowest(self) -> float:
        """Return the share below which no text is held for abuse, whoever it is aimed at."""
        return min(self.flag_from, *self.flag_at.values()) if self.flag_at else self.flag_from


@dataclass(frozen=True, slots=True)
class Modifiers:
    """Steps of severity added after the default, and the words that mark a trigger post."""

    characteristic_at_a_person: int
    earlier_occasion: int
    trigger_post: int
    trigger_post_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A class of what is not abuse: the categories it sets aside, and whether it holds scores."""

    kind: NotAbuse
    sets_aside: frozenset[Abuse]
    holds_model: bool


@dataclass(frozen=True, slots=True)
class Route:
    """How a check-first code is proposed: whether it puts the item before a person, how high.

    model_from is the share from which a model alone says so.
    """

    flag: bool
    severity: Severity
    model_from: float = 1.0


@dataclass(frozen=True, slots=True)
class CourseOfConduct:
    """Same author, same person: so many occasions in so many days; a burst is one occasion.

    occasions counts abuse; contacts counts every unfriendly contact, abusive or not. people is how
    many members of staff the same author's abuse has to reach before that is noted.
    """

    occasions: int
    contacts: int
    people: int
    window_days: int
    burst_gap_minutes: int


@dataclass(frozen=True, slots=True)
class Mobbing:
    """Many authors, one target, one window in hours; fewer are enough where they share words."""

    distinct_authors: int
    shared_phrase_authors: int
    window_hours: int


@dataclass(frozen=True, slots=True)
class Alert:
    """What sets off an alert rule; who it tells is fixed with the rule.

    severity is the least that counts, None for any.
    """

    id: str
    stage: str
    severity: Severity | None = None
    aimed_at: frozenset[TargetType] = frozenset()
    check_first: frozenset[CheckFirst] = frozenset()
    not_abuse: frozenset[NotAbuse] = frozenset()


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days each class of what is kept stays, from the day its clock starts.

    safeguarding of 0 keeps such a case until people propose its end themselves.
    """

    not_flagged: int = 30
    not_abuse: int = 30
    not_abuse_media: int = 7
    house_rule: int = 90
    no_case: int = 365
    case: int = 365
    claim: int = 2192
    internal_case: int = 365
    safeguarding: int = 0
    block: int = 90
    audit: int = 2192
    pushed: int = 7


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of criticism, by the words that show it."""

    name: str
    words: tuple[str, ...]
