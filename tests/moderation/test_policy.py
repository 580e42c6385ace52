"""The policy file: what ships, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.errors import SettingsError
from moderation.policy import SHIPPED, Policy
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType

SOURCE = SHIPPED.read_text(encoding="utf-8")
POLICY = Policy.load()


def loaded(tmp_path: Path, old: str, new: str) -> Policy:
    """Load the shipped policy with one change."""
    assert old in SOURCE
    path = tmp_path / "policy.toml"
    path.write_text(SOURCE.replace(old, new), encoding="utf-8")
    return Policy.load(path)


def test_the_shipped_policy_covers_every_code() -> None:
    assert POLICY.revision == "2026-12-02"
    assert set(POLICY.default_severity) == set(Abuse)
    assert set(POLICY.check_first) == set(CheckFirst)
    assert {held.kind for held in POLICY.not_abuse} == set(NotAbuse)


def test_no_reading_of_a_model_can_pass_the_ceiling() -> None:
    assert POLICY.ceiling.model_alone is Severity.S2
    assert POLICY.ceiling.swearing_alone is Severity.S1
    assert POLICY.ceiling.swearing_labels == {"toxicity", "obscene"}


def test_what_is_urgent_always_comes_before_a_person() -> None:
    for code in (
        CheckFirst.EMERGENCY_REPORT,
        CheckFirst.WELFARE_CONCERN,
        CheckFirst.SAFEGUARDING_ALLEGATION,
        CheckFirst.TERRORISM_SIGNAL,
    ):
        assert (POLICY.check_first[code].flag, POLICY.check_first[code].severity) == (
            True,
            Severity.S4,
        )


def test_threats_and_personal_details_are_never_set_aside() -> None:
    aside = frozenset[Abuse]().union(*(held.sets_aside for held in POLICY.not_abuse))
    assert aside.isdisjoint({Abuse.THREAT_SERIOUS, Abuse.MENACE, Abuse.DOXING})


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('category = "doxing"', 'category = "rudeness"', r"names 'rudeness'; allowed: threat_ser"),
        ('label = "threat"', 'label = "menacing"', r"label is 'menacing'; allowed: toxicity"),
        ("at_least = 0.85", "at_least = 1.5", r"readings 4.at_least must be a number from 0 to 1"),
        ("at_least = 0.85", "at_least = nan", r"readings 4.at_least must be a number from 0 to 1"),
        ("at_least = 0.85", "at_least = true", r"must be a number from 0 to 1"),
        ('severity = "S1"', 'severity = "S9"', r"severity is 'S9'; allowed: S0, S1, S2, S3, S4"),
        ('revision = "2026-12-02"', "", r"revision is missing"),
        ('revision = "2026-12-02"', 'revision = " "', r"revision must be a text"),
        ('aimed_at = "public"', 'aimed_at = "everyone"', r"is 'everyone'; allowed: person, staff"),
        ("[mobbing]", "[mobbin]", r"mobbin is unknown; allowed: .*mobbing"),
        ("below = 5", "below = 1", r"small_numbers.below must be a whole number, 2 or more"),
        ("window_days = 90", "", r"course_of_conduct.window_days is missing"),
        ('class = "thanks"', 'class = "praise"', r"names 'praise'; allowed: criticism"),
        ('stage = "pattern"', 'stage = "later"', r"is 'later'; allowed: proposed, confirmed"),
        ("hostile = true", 'hostile = "yes"', r"hostile must be true or false"),
        (
            '"named_staff", "identifiable_staff"]',
            '"staff"]',
            r"names 'staff'; allowed: named_staff",
        ),
        ('swearing_labels = ["toxicity"', 'swearing_labels = ["rude"', r"names 'rude'; allowed"),
        (
            "flag = true, severity",
            "flags = true, severity",
            r"flags is unknown; allowed: flag, model_from",
        ),
    ],
)
def test_a_fault_names_the_key_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        loaded(tmp_path, old, new)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('revision = ""\n[mobbing]\nwindow_hours = 0\n', encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        Policy.load(path)
    told = str(raised.value)
    assert "revision must be a text" in told
    assert "mobbing.window_hours must be a whole number, 1 or more" in told
    assert "course_of_conduct is missing" in told


def test_a_fault_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        loaded(tmp_path, 'revision = "2026-12-02"', "")
    assert str(raised.value).count("revision") == 1


@pytest.mark.parametrize(
    "text", ["revision =", "\xff", "readings = 3"], ids=["toml", "odd", "kind"]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match="policy"):
        Policy.load(path)


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        Policy.load(tmp_path / "none.toml")


def test_the_gravest_alert_of_a_stage_stands_for_the_lesser_ones() -> None:
    told = POLICY.alerts_for("proposed", severity=Severity.S4, target=TargetType.NAMED_STAFF)
    assert [alert.id for alert in told] == ["AL1"]
    told = POLICY.alerts_for("proposed", severity=Severity.S3, target=TargetType.NAMED_STAFF)
    assert [alert.id for alert in told] == ["AL2"]
    assert not POLICY.alerts_for("proposed", severity=Severity.S3, target=TargetType.SERVICE)
