"""Reads each table of a policy file into its values, noting faults as it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from moderation.policy_checks import Table
from moderation.policy_parts import (
    Alert,
    Ceiling,
    Combine,
    Combining,
    CourseOfConduct,
    Held,
    Mobbing,
    Modifiers,
    Reading,
    Retention,
    Route,
    Sureness,
    Theme,
    Trigger,
)
from moderation.taxonomy import LABELS, Abuse, CheckFirst, NotAbuse, Severity, TargetType

STAGES = ("proposed", "confirmed", "pattern")

Targets = Mapping[str, frozenset[TargetType]]
Defaults = Mapping[Abuse, Severity]


def targets(table: Table) -> Targets:
    """Return the named groups of targets."""
    return {name: frozenset(table.codes(name, TargetType)) for name in table.values}


def defaults(table: Table) -> Defaults:
    """Return the severity of each category before anything else is known."""
    table.knows(tuple(code.value for code in Abuse))
    return {code: table.severity(code.value) for code in Abuse}


def ceiling(table: Table) -> Ceiling:
    """Return what scores alone may propose."""
    table.knows(("model_alone", "swearing_alone", "swearing_labels"))
    labels = table.texts("swearing_labels")
    _check_labels(table, "swearing_labels", labels)
    return Ceiling(
        table.severity("model_alone"), table.severity("swearing_alone"), frozenset(labels)
    )


def _check_labels(table: Table, key: str, labels: tuple[str, ...]) -> None:
    for label in labels:
        if label not in LABELS:
            table.faults.append(
                f"{table.where}.{key} names {label!r}; allowed: {', '.join(LABELS)}"
            )


def scores(table: Table) -> dict[str, float]:
    """Return a score for each label that the table names."""
    table.knows(LABELS)
    return {label: table.share(label) for label in LABELS if label in table.values}


def combine(table: Table) -> Combine:
    """Return how the scores of several models are put together."""
    table.knows(("how", "weights"))
    how = table.code("how", Combining) if "how" in table.values else Combining.MAX
    weights = table.optional("weights")
    return Combine(how, {name: weights.share(name) for name in weights.values})


def _aimed_at(table: Table, targets: Targets) -> frozenset[TargetType]:
    return targets.get(table.one_of("aimed_at", targets), frozenset())


def _proposed(table: Table, defaults: Defaults) -> tuple[Abuse, Severity]:
    category = table.code("category", Abuse)
    return category, table.severity("severity", default=defaults[category])


def reading(table: Table, targets: Targets, defaults: Defaults) -> Reading:
    """Return what one label leads to."""
    table.knows(("label", "at_least", "aimed_at", "category", "severity"))
    category, severity = _proposed(table, defaults)
    return Reading(
        label=table.one_of("label", LABELS),
        at_least=table.share("at_least"),
        aimed_at=_aimed_at(table, targets),
        category=category,
        severity=severity,
    )


def trigger(table: Table, targets: Targets, defaults: Defaults) -> Trigger:
    """Return what one rule leads to."""
    table.knows(("rule", "aimed_at", "category", "severity", "together_with", "hostile"))
    category, severity = _proposed(table, defaults)
    return Trigger(
        rule=table.text("rule"),
        aimed_at=_aimed_at(table, targets),
        category=category,
        severity=severity,
        together_with=table.text("together_with", default=""),
        hostile=table.truth("hostile"),
    )


def sureness(table: Table) -> Sureness:
    """Return how sure a model has to be."""
    table.knows(
        (
            *("flag_from", "serious_from", "doubt_below"),
            *("target_from", "not_abuse_from", "never_doubted"),
            *("urgent_from", "as_good_as", "stands_from"),
        )
    )
    return Sureness(
        flag_from=table.share("flag_from"),
        serious_from=table.share("serious_from"),
        doubt_below=table.share("doubt_below"),
        target_from=table.share("target_from"),
        not_abuse_from=table.share("not_abuse_from"),
        urgent_from=table.share("urgent_from", default=1.0),
        as_good_as=table.share("as_good_as", default=1.0),
        stands_from=table.share("stands_from", default=1.0),
        never_doubted=table.texts("never_doubted"),
    )


def modifiers(table: Table) -> Modifiers:
    """Return the steps that make a proposal more serious."""
    names = ("characteristic_at_a_person", "earlier_occasion", "trigger_post")
    table.knows((*names, "trigger_post_words"))
    return Modifiers(
        characteristic_at_a_person=table.count("characteristic_at_a_person"),
        earlier_occasion=table.count("earlier_occasion"),
        trigger_post=table.count("trigger_post"),
        trigger_post_words=tuple(word.casefold() for word in table.texts("trigger_post_words")),
    )


def held(table: Table) -> Held:
    """Return one class of what is not abuse."""
    table.knows(("class", "sets_aside", "holds_model"))
    return Held(
        kind=table.code("class", NotAbuse),
        sets_aside=frozenset(table.codes("sets_aside", Abuse)),
        holds_model=table.truth("holds_model"),
    )


def check_first(table: Table) -> dict[CheckFirst, Route]:
    """Return the route of every check-first code."""
    table.knows(tuple(code.value for code in CheckFirst))
    routes = {}
    for code in CheckFirst:
        route = table.table(code.value)
        route.knows(("flag", "severity", "model_from"))
        if route.values:
            routes[code] = Route(
                route.truth("flag"),
                route.severity("severity"),
                route.share("model_from", default=1.0),
            )
    return routes


def course(table: Table) -> CourseOfConduct:
    """Return the settings of the course-of-conduct rule."""
    table.knows(("occasions", "contacts", "people", "window_days", "burst_gap_minutes"))
    return CourseOfConduct(
        occasions=table.count("occasions", at_least=2),
        contacts=table.count("contacts", at_least=2),
        people=table.count("people", at_least=2),
        window_days=table.count("window_days", at_least=1),
        burst_gap_minutes=table.count("burst_gap_minutes"),
    )


def mobbing(table: Table) -> Mobbing:
    """Return the settings of the mobbing rule."""
    table.knows(("distinct_authors", "shared_phrase_authors", "window_hours"))
    return Mobbing(
        distinct_authors=table.count("distinct_authors", at_least=2),
        shared_phrase_authors=table.count("shared_phrase_authors", at_least=2),
        window_hours=table.count("window_hours", at_least=1),
    )


_ALERT_KEYS = ("id", "stage", "severity", "aimed_at", "check_first", "not_abuse")
# The rules that reporting knows recipients for.
ALERT_IDS = ("AL1", "AL2", "AL4", "AL6")


def alert(table: Table, targets: Targets) -> Alert:
    """Return one line of who is told."""
    table.knows(_ALERT_KEYS)
    return Alert(
        id=table.one_of("id", ALERT_IDS),
        stage=table.one_of("stage", STAGES),
        severity=table.severity("severity") if "severity" in table.values else None,
        aimed_at=_aimed_at(table, targets) if "aimed_at" in table.values else frozenset(),
        check_first=frozenset(table.codes("check_first", CheckFirst)),
        not_abuse=frozenset(table.codes("not_abuse", NotAbuse)),
    )


# A summary of the week, and a comment that is edited while its post is young, need the words.
SHORTEST_NOT_FLAGGED = 14


def retention(table: Table) -> Retention:
    """Return the periods of retention in days; what the table leaves out is as it ships."""
    ships = Retention()
    names = [one.name for one in fields(Retention)]
    table.knows(names)
    days = {name: table.count(name, default=getattr(ships, name)) for name in names}
    if days["not_flagged"] < SHORTEST_NOT_FLAGGED:
        table.faults.append(f"{table.where}.not_flagged must be {SHORTEST_NOT_FLAGGED} or more")
    return Retention(**days)


def theme(table: Table) -> Theme:
    """Return one theme of criticism."""
    table.knows(("name", "words"))
    return Theme(table.text("name"), tuple(word.casefold() for word in table.texts("words")))
