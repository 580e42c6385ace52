"""What a policy is made of: one frozen value for each kind of line in the policy file."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that scores alone may propose; swearing labels alone still less."""

    model_alone: Severity
    swearing_alone: Severity
    swearing_labels: frozenset[str]


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
    """How a check-first code is proposed: whether it puts the item before a person, how high."""

    flag: bool
    severity: Severity


@dataclass(frozen=True, slots=True)
class CourseOfConduct:
    """Same author, same person: so many occasions in so many days; a burst is one occasion.

    occasions counts abuse; contacts counts every unfriendly contact, abusive or not.
    """

    occasions: int
    contacts: int
    window_days: int
    burst_gap_minutes: int


@dataclass(frozen=True, slots=True)
class Mobbing:
    """Many authors, one target, one window in hours."""

    distinct_authors: int
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
class Theme:
    """A theme of criticism, by the words that show it."""

    name: str
    words: tuple[str, ...]
