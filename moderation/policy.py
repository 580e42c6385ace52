"""The house's own policy as values: thresholds, severities, triggers, patterns, alerts, themes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderation import policy_file
from moderation.errors import SettingsError
from moderation.policy_checks import Table
from moderation.policy_parts import (
    Alert,
    Ceiling,
    Combine,
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
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType

SHIPPED = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything the rules of a proposal need, under one revision."""

    revision: str
    harmless_words: frozenset[str]
    likely: float
    very_likely: float
    combine: Combine
    ceiling: Ceiling
    default_severity: Mapping[Abuse, Severity]
    sureness: Sureness
    readings: tuple[Reading, ...]
    triggers: tuple[Trigger, ...]
    hostile: Mapping[str, float]
    strong_at_a_person: Mapping[str, float]
    modifiers: Modifiers
    not_abuse: tuple[Held, ...]
    check_first: Mapping[CheckFirst, Route]
    course_of_conduct: CourseOfConduct
    mobbing: Mobbing
    alerts: tuple[Alert, ...]
    alert_max_age_hours: int
    pictures_to_people: bool
    themes: tuple[Theme, ...]
    small_numbers_below: int
    retention: Retention

    @classmethod
    def load(cls, path: Path | None = None) -> Policy:
        """Read a policy file, or the one that ships; raises SettingsError naming every fault."""
        path = path or SHIPPED
        try:
            return _parse(tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as err:
            raise SettingsError(f"policy {path}: {err.strerror or 'cannot be read'}") from err
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
            raise SettingsError(f"policy {path}: not a TOML file: {err}") from err
        except SettingsError as err:
            raise SettingsError(f"policy {path}: {err}") from err

    def alerts_for(
        self,
        stage: str,
        *,
        severity: Severity,
        target: TargetType,
        check_first: frozenset[CheckFirst] = frozenset(),
        not_abuse: NotAbuse | None = None,
    ) -> tuple[Alert, ...]:
        """Return the alerts that an item sets off at a stage: proposed, confirmed or pattern.

        Where a more serious alert of the same kind fits, a less serious one is left out.
        """
        fitting = [
            alert
            for alert in self.alerts
            if alert.stage == stage and _fits(alert, severity, target, check_first, not_abuse)
        ]
        highest = max((alert.severity or Severity.S0 for alert in fitting), default=Severity.S0)
        return tuple(
            alert for alert in fitting if alert.severity is None or alert.severity == highest
        )


def _fits(
    alert: Alert,
    severity: Severity,
    target: TargetType,
    check_first: frozenset[CheckFirst],
    not_abuse: NotAbuse | None,
) -> bool:
    if alert.severity is not None and severity < alert.severity:
        return False
    if alert.aimed_at and target not in alert.aimed_at:
        return False
    if alert.check_first and not alert.check_first & check_first:
        return False
    return not alert.not_abuse or not_abuse in alert.not_abuse


_KEYS = (
    *("revision", "harmless_words", "targets", "words", "combine", "ceiling"),
    *("default_severity", "sureness"),
    *("readings", "triggers", "hostile", "strong_at_a_person", "modifiers", "not_abuse"),
    *("check_first", "course_of_conduct", "mobbing", "alerts", "alert_max_age_hours", "themes"),
    *("small_numbers", "pictures_to_people", "retention"),
)


def _parse(values: dict[str, Any]) -> Policy:
    faults: list[str] = []
    root = Table(values, "", faults)
    root.knows(_KEYS)
    targets = policy_file.targets(root.table("targets"))
    defaults = policy_file.defaults(root.table("default_severity"))
    words = root.table("words")
    words.knows(("likely", "very_likely"))
    figures = root.table("small_numbers")
    figures.knows(("below",))
    policy = Policy(
        revision=root.text("revision"),
        harmless_words=frozenset(word.casefold() for word in root.texts("harmless_words")),
        likely=words.share("likely"),
        very_likely=words.share("very_likely"),
        combine=policy_file.combine(root.optional("combine")),
        ceiling=policy_file.ceiling(root.table("ceiling")),
        default_severity=defaults,
        sureness=policy_file.sureness(root.table("sureness")),
        readings=tuple(
            policy_file.reading(one, targets, defaults) for one in root.tables("readings")
        ),
        triggers=tuple(
            policy_file.trigger(one, targets, defaults) for one in root.tables("triggers")
        ),
        hostile=policy_file.scores(root.table("hostile")),
        strong_at_a_person=policy_file.scores(root.table("strong_at_a_person")),
        modifiers=policy_file.modifiers(root.table("modifiers")),
        not_abuse=tuple(policy_file.held(one) for one in root.tables("not_abuse")),
        check_first=policy_file.check_first(root.table("check_first")),
        course_of_conduct=policy_file.course(root.table("course_of_conduct")),
        mobbing=policy_file.mobbing(root.table("mobbing")),
        alerts=tuple(policy_file.alert(one, targets) for one in root.tables("alerts")),
        alert_max_age_hours=root.count("alert_max_age_hours", at_least=1),
        pictures_to_people=root.truth("pictures_to_people", default=True),
        themes=tuple(policy_file.theme(one) for one in root.tables("themes")),
        small_numbers_below=figures.count("below", at_least=2),
        retention=policy_file.retention(root.optional("retention")),
    )
    if faults:
        raise SettingsError("; ".join(faults))
    return policy
