"""What is proposed of signals and a target: categories, severity, the ceiling, and the reasons."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.model import Hit, Signal
from moderation.policy import Policy
from moderation.proposing import (
    Likelihood,
    Outcome,
    Proposal,
    Subject,
    propose,
    unscored,
)
from moderation.targets import Target
from moderation.taxonomy import LABELS, Abuse, CheckFirst, NotAbuse, Severity, TargetType
from moderation.with_patterns import SPEAKING_OUT, with_course_of_conduct, with_mobbing

POLICY = Policy.load()
QUIET = dict.fromkeys(LABELS, 0.02)
DANA = Target(TargetType.NAMED_STAFF, "HM-01", ("Dana",), "It names a member of staff: “Dana”")
CHIEF = Target(TargetType.NAMED_STAFF, "HM-02", ("Chief",), "It names a role", public_role=True)
SERVICE = Target(TargetType.SERVICE, words=("council",), why="It speaks of the organisation")
NOBODY = Target(TargetType.NONE)
RULES = [
    "threat.explicit",
    "threat.veiled",
    "context.means",
    "context.quoted",
    "context.figurative",
    "personal.phone",
    "personal.routine",
    "abuse.insult",
    "abuse.contempt",
    "abuse.sexual",
    "abuse.slur.race",
    "abuse.slur.sex",
    "abuse.stereotype.sex",
    "abuse.falsehood",
    "abuse.extreme",
    "not_abuse.criticism",
    "not_abuse.counter_speech",
    "not_abuse.thanks",
    "check.emergency_report",
    "check.complaint",
    "made.up",
]


def model(**scores: float) -> Signal:
    return Signal("model@1", QUIET | scores)


def rules(*names: str) -> Signal:
    return Signal("rules@1", hits=tuple(Hit(name, f"Says {name}", 0, 4) for name in names))


def proposed(target: Target, *signals: Signal, text: str = "some text", post: str = "") -> Proposal:
    return propose(Subject(text, post=post), signals, target, POLICY)


def test_a_model_that_is_sure_is_believed_against_a_pair_of_quotation_marks() -> None:
    sure, unsure = (
        Signal("model@1", QUIET, codes={"abuse": share, "abuse.personal_abuse": share})
        for share in (POLICY.sureness.stands_from, POLICY.sureness.stands_from - 0.01)
    )
    quoted = rules("context.quoted")
    assert proposed(DANA, sure, quoted).category is Abuse.PERSONAL_ABUSE
    assert proposed(DANA, unsure, quoted).not_abuse is NotAbuse.QUOTING_OR_REPORTING_ABUSE


@pytest.mark.parametrize("name", ["threat.explicit", "threat.property", "threat.conditional"])
def test_no_model_talks_a_plain_threat_away(name: str) -> None:
    certain = Signal("model@1", QUIET, codes={"abuse": 0.01})
    assert proposed(DANA, certain, rules(name)).severity >= Severity.S3
    assert proposed(DANA, certain, rules("abuse.insult")).outcome is Outcome.CLEAR


def test_a_quiet_text_is_clear_and_neutral() -> None:
    found = proposed(SERVICE, model(), rules())
    assert (found.outcome, found.not_abuse, found.severity) == (
        Outcome.CLEAR,
        NotAbuse.NEUTRAL,
        Severity.S0,
    )
    assert found.likelihood is Likelihood.UNLIKELY
    assert found.policy_revision == POLICY.revision


@pytest.mark.parametrize(
    ("names", "target", "category", "severity"),
    [
        (["threat.explicit"], DANA, Abuse.THREAT_SERIOUS, 4),
        (["threat.explicit"], NOBODY, Abuse.MENACE, 3),
        (["threat.veiled"], DANA, Abuse.MENACE, 3),
        (["threat.veiled", "context.means"], DANA, Abuse.MENACE, 4),
        (["personal.routine"], DANA, Abuse.DOXING, 3),
        (["personal.phone"], DANA, Abuse.DOXING, 3),
        (["personal.phone", "abuse.insult"], DANA, Abuse.DOXING, 4),
        (["abuse.insult"], DANA, Abuse.PERSONAL_ABUSE, 2),
        (["abuse.insult"], SERVICE, Abuse.ABUSE_OF_SERVICE, 1),
        (["abuse.slur.race"], DANA, Abuse.DISCRIMINATORY_ABUSE, 3),
        (["abuse.slur.race"], NOBODY, Abuse.DISCRIMINATORY_ABUSE, 2),
        (["abuse.slur.sex"], DANA, Abuse.PERSONAL_ABUSE, 2),
        (["abuse.sexual"], DANA, Abuse.SEXUAL_ABUSE, 3),
        (["abuse.sexual_image"], DANA, Abuse.SEXUAL_ABUSE, 4),
        (["abuse.call_on_others"], DANA, Abuse.VIRTUAL_MOBBING, 3),
        (["abuse.humiliation"], DANA, Abuse.HUMILIATION_MEDIA, 2),
        (["abuse.falsehood"], DANA, Abuse.MALICIOUS_FALSEHOOD, 2),
        (["abuse.impersonation"], SERVICE, Abuse.IMPERSONATION_ACCOUNT, 3),
        (["abuse.extreme"], DANA, Abuse.EXTREME_CONTENT, 4),
        (["abuse.extreme"], SERVICE, Abuse.EXTREME_CONTENT, 3),
    ],
)
def test_a_rule_leads_to_its_category_at_its_severity(
    names: list[str], target: Target, category: Abuse, severity: int
) -> None:
    found = proposed(target, model(), rules(*names))
    assert (found.outcome, found.category, found.severity) == (Outcome.FLAG, category, severity)
    assert found.categories[0] is category
    assert found.not_abuse is None


@pytest.mark.parametrize(
    ("scores", "target", "category", "severity"),
    [
        ({"insult": 0.99}, DANA, Abuse.PERSONAL_ABUSE, 2),
        ({"toxicity": 0.99}, DANA, Abuse.PERSONAL_ABUSE, 1),
        ({"toxicity": 0.99, "obscene": 0.99}, DANA, Abuse.PERSONAL_ABUSE, 1),
        ({"toxicity": 0.99, "insult": 0.99}, DANA, Abuse.PERSONAL_ABUSE, 2),
        ({"identity_attack": 0.99}, DANA, Abuse.DISCRIMINATORY_ABUSE, 2),
        ({"threat": 0.99}, DANA, Abuse.MENACE, 2),
        ({"sexual_explicit": 0.99}, DANA, Abuse.SEXUAL_ABUSE, 2),
        ({"toxicity": 0.99}, SERVICE, Abuse.ABUSE_OF_SERVICE, 1),
    ],
)
def test_a_model_alone_stays_under_the_ceiling(
    scores: dict[str, float], target: Target, category: Abuse, severity: int
) -> None:
    found = proposed(target, model(**scores), rules())
    assert (found.category, found.severity) == (category, severity)


def test_swearing_alone_is_not_abuse() -> None:
    found = proposed(DANA, model(obscene=0.99), rules())
    assert (found.outcome, found.not_abuse) == (Outcome.CLEAR, NotAbuse.PROFANITY_UNTARGETED)


def test_an_item_takes_the_gravest_of_its_categories_and_keeps_them_all() -> None:
    found = proposed(DANA, model(), rules("abuse.insult", "threat.explicit", "abuse.sexual"))
    assert found.categories == (Abuse.THREAT_SERIOUS, Abuse.SEXUAL_ABUSE, Abuse.PERSONAL_ABUSE)


def test_hostility_for_what_a_person_is_raises_the_rest_by_one_step() -> None:
    found = proposed(DANA, model(), rules("threat.veiled", "abuse.slur.race"))
    assert (found.category, found.severity) == (Abuse.MENACE, Severity.S4)
    assert any("attacks a person for what they are" in reason for reason in found.reasons)


def test_a_post_that_draws_abuse_raises_by_one_step_but_not_for_the_service() -> None:
    post = "A man has died in the fatal fire at Copper Row."
    assert proposed(DANA, model(), rules("abuse.insult"), post=post).severity is Severity.S3
    assert proposed(SERVICE, model(), rules("abuse.insult"), post=post).severity is Severity.S1
    assert proposed(DANA, model(insult=0.99), post=post).severity is Severity.S2


@pytest.mark.parametrize("kind", ["criticism", "complaint", "political_or_protest", "union_speech"])
def test_criticism_of_the_service_stays_up_however_blunt(kind: str) -> None:
    found = proposed(
        SERVICE, model(toxicity=0.95, insult=0.9), rules("abuse.contempt", f"not_abuse.{kind}")
    )
    assert (found.outcome, found.not_abuse) == (Outcome.CLEAR, NotAbuse(kind))


def test_harsh_words_for_a_public_role_are_criticism_until_they_are_insults() -> None:
    harsh = proposed(CHIEF, model(insult=0.8), rules("abuse.contempt", "not_abuse.criticism"))
    assert (harsh.outcome, harsh.not_abuse) == (Outcome.CLEAR, NotAbuse.CRITICISM)
    insult = proposed(CHIEF, model(insult=0.8), rules("abuse.insult", "not_abuse.criticism"))
    assert insult.category is Abuse.PERSONAL_ABUSE


def test_a_strong_insult_at_a_person_counts_even_in_a_complaint() -> None:
    found = proposed(DANA, model(insult=0.97), rules("not_abuse.complaint", "check.complaint"))
    assert (found.category, found.check_first) == (Abuse.PERSONAL_ABUSE, (CheckFirst.COMPLAINT,))


def test_a_threat_counts_whatever_else_the_text_is() -> None:
    found = proposed(SERVICE, model(), rules("threat.explicit", "not_abuse.complaint"))
    assert found.severity is Severity.S4


def test_quoted_abuse_is_a_report_not_abuse() -> None:
    found = proposed(DANA, model(insult=0.99), rules("context.quoted"))
    assert (found.outcome, found.not_abuse) == (
        Outcome.CLEAR,
        NotAbuse.QUOTING_OR_REPORTING_ABUSE,
    )


def test_a_turn_of_speech_holds_the_model_back() -> None:
    found = proposed(SERVICE, model(threat=0.8), rules("context.figurative"))
    assert found.outcome is Outcome.CLEAR


def test_personal_details_of_nobody_in_particular_are_no_doxing_without_hostility() -> None:
    assert proposed(NOBODY, model(), rules("personal.phone")).outcome is Outcome.CLEAR
    found = proposed(NOBODY, model(toxicity=0.9), rules("personal.phone"))
    assert Abuse.DOXING in found.categories


@pytest.mark.parametrize(
    ("code", "outcome", "severity"),
    [
        ("emergency_report", Outcome.FLAG, 4),
        ("welfare_concern", Outcome.FLAG, 4),
        ("safeguarding_allegation", Outcome.FLAG, 4),
        ("terrorism_signal", Outcome.FLAG, 4),
        ("data_breach_signal", Outcome.FLAG, 2),
        ("information_request", Outcome.FLAG, 1),
        ("media_enquiry", Outcome.FLAG, 1),
        ("complaint", Outcome.CLEAR, 0),
        ("child_author", Outcome.CLEAR, 0),
    ],
)
def test_check_first_codes_come_before_a_person_as_the_policy_says(
    code: str, outcome: Outcome, severity: int
) -> None:
    found = proposed(SERVICE, model(), rules(f"check.{code}"))
    assert (found.outcome, found.severity, found.category) == (outcome, severity, None)
    assert found.check_first == (CheckFirst(code),)
    assert found.not_abuse is NotAbuse.NEUTRAL


def test_an_urgent_code_outranks_the_abuse_beside_it() -> None:
    found = proposed(SERVICE, model(), rules("abuse.insult", "check.emergency_report"))
    assert (found.category, found.severity) == (Abuse.ABUSE_OF_SERVICE, Severity.S4)


@pytest.mark.parametrize(
    "signal",
    [
        Signal("model@1", unscored="Welsh is not supported"),
        Signal("model@1", {}),
        Signal("model@1", QUIET | {"insult": math.nan}),
        Signal("model@1", QUIET | {"insult": 1.2}),
        Signal("model@1", QUIET | {"insult": -0.1}),
        Signal("rules@1"),
    ],
    ids=["says so", "empty", "nan", "above", "below", "no model"],
)
def test_what_could_not_be_scored_is_never_clear(signal: Signal) -> None:
    found = proposed(SERVICE, signal, rules("not_abuse.thanks", "check.complaint"))
    assert (found.outcome, found.category, found.not_abuse) == (Outcome.UNSCORED, None, None)
    assert found.likelihood is Likelihood.UNCLEAR
    assert found.reasons[0]


def test_no_signal_at_all_is_unscored() -> None:
    assert proposed(NOBODY).outcome is Outcome.UNSCORED


def test_a_rule_flags_what_no_model_could_read_and_says_so() -> None:
    found = proposed(DANA, Signal("model@1", unscored="Too long"), rules("threat.explicit"))
    assert (found.outcome, found.severity) == (Outcome.FLAG, Severity.S4)
    assert "No model has scored it: Too long" in found.reasons


def test_the_higher_of_two_models_counts() -> None:
    other = Signal("other@1", {"insult": 0.1})
    assert proposed(DANA, model(insult=0.9), other).category is Abuse.PERSONAL_ABUSE


def test_names_that_a_model_takes_for_insults_pass_and_insults_beside_them_do_not() -> None:
    name = Signal("model@1", QUIET | {"insult": 0.9}, words=("Shital",))
    assert proposed(DANA, name).outcome is Outcome.CLEAR
    both = Signal("model@1", QUIET | {"insult": 0.9}, words=("Shital", "idiot"))
    assert proposed(DANA, both).outcome is Outcome.FLAG


def test_hostile_words_at_nobody_are_aimed_at_the_one_whom_the_post_is_about() -> None:
    portrait = Target(TargetType.NONE, post_names="HM-01")
    found = proposed(portrait, model(), rules("abuse.insult"))
    assert (found.target.type, found.target.staff_id) == (TargetType.NAMED_STAFF, "HM-01")
    assert found.category is Abuse.PERSONAL_ABUSE
    assert proposed(portrait, model()).target.staff_id is None


def test_reasons_are_words_for_people_with_the_words_that_matched() -> None:
    found = proposed(DANA, model(insult=0.95), rules("abuse.insult"), text="fool of a manager")
    assert found.reasons[0] == "Says abuse.insult: “fool”"
    assert DANA.why in found.reasons
    assert proposed(DANA, model(insult=0.95)).reasons[0] == (
        "The model finds this very likely an insult"
    )


@pytest.mark.parametrize(
    ("signals", "likelihood"),
    [
        ([model(insult=0.95)], Likelihood.VERY_LIKELY),
        ([model(insult=0.8)], Likelihood.LIKELY),
        ([model(insult=0.65)], Likelihood.POSSIBLY),
        ([model(), rules("abuse.insult")], Likelihood.LIKELY),
        ([model(insult=0.8), rules("abuse.insult")], Likelihood.VERY_LIKELY),
    ],
)
def test_likelihood_is_a_word(signals: list[Signal], likelihood: Likelihood) -> None:
    assert proposed(DANA, *signals).likelihood is likelihood


def test_a_course_of_conduct_raises_by_one_step_and_says_what_was_counted() -> None:
    once = proposed(DANA, model(), rules("abuse.insult"))
    found = with_course_of_conduct(once, 3, 12, POLICY)
    assert (found.category, found.severity) == (Abuse.HARASSMENT_COURSE, Severity.S3)
    assert found.categories == (Abuse.HARASSMENT_COURSE, Abuse.PERSONAL_ABUSE)
    assert found.reasons[0] == "Pattern: 3 occasions in 12 days"
    assert with_course_of_conduct(found, 4, 13, POLICY) is found


def test_a_course_of_mild_contacts_is_flagged() -> None:
    found = with_course_of_conduct(proposed(DANA, model()), 4, 16, POLICY)
    assert (found.outcome, found.category, found.not_abuse) == (
        Outcome.FLAG,
        Abuse.HARASSMENT_COURSE,
        None,
    )
    assert found.severity is Severity.S3


@pytest.mark.parametrize("kind", sorted(SPEAKING_OUT))
def test_what_may_be_said_stays_what_it_is_in_a_course_of_conduct(kind: NotAbuse) -> None:
    mild = replace(proposed(DANA, model()), not_abuse=kind)
    found = with_course_of_conduct(mild, 4, 16, POLICY)
    assert (found.outcome, found.category, found.not_abuse) == (Outcome.FLAG, None, kind)
    assert found.severity is Severity.S1
    assert found.reasons[0].startswith("Pattern: 4 occasions in 16 days")


def test_what_nobody_could_read_stays_so_in_a_course_of_conduct() -> None:
    unread = replace(unscored("Written in Polish", POLICY), target=DANA)
    found = with_course_of_conduct(unread, 2, 5, POLICY)
    assert (found.outcome, found.category) == (Outcome.UNSCORED, None)
    assert found.reasons == ("Pattern: 2 occasions in 5 days", "Written in Polish")


def test_a_graver_category_stays_first_in_a_course_of_conduct() -> None:
    threat = proposed(DANA, model(), rules("threat.explicit"))
    found = with_course_of_conduct(threat, 2, 5, POLICY)
    assert found.categories == (Abuse.THREAT_SERIOUS, Abuse.HARASSMENT_COURSE)
    assert found.severity is Severity.S4


@pytest.mark.parametrize("target", [SERVICE, NOBODY, Target(TargetType.IDENTIFIABLE_STAFF)])
def test_only_a_known_individual_can_be_harassed_or_mobbed(target: Target) -> None:
    once = proposed(target, model(), rules("abuse.insult"))
    assert with_course_of_conduct(once, 9, 9, POLICY) is once
    assert with_mobbing(once, 40, POLICY) is once


def test_one_occasion_or_a_few_authors_are_no_pattern() -> None:
    once = proposed(DANA, model(), rules("abuse.insult"))
    assert with_course_of_conduct(once, 1, 1, POLICY) is once
    assert with_mobbing(once, 4, POLICY) is once


def test_mobbing_is_grave_and_says_how_many() -> None:
    found = with_mobbing(proposed(DANA, model(), rules("abuse.insult")), 14, POLICY)
    assert (found.category, found.severity) == (Abuse.VIRTUAL_MOBBING, Severity.S3)
    assert found.reasons[0] == "Pattern: 14 people within 24 hours"


def test_an_unread_text_says_why() -> None:
    assert unscored("It stopped the program", POLICY).reasons == ("It stopped the program",)


TARGETS = st.builds(
    Target,
    st.sampled_from(TargetType),
    st.sampled_from([None, "HM-01"]),
    public_role=st.booleans(),
    post_names=st.sampled_from([None, "HM-01"]),
)
SCORES = st.none() | st.dictionaries(
    st.sampled_from([*LABELS, "made_up"]), st.floats() | st.floats(0, 1), max_size=8
)
HITS = st.lists(
    st.builds(
        Hit,
        st.sampled_from(RULES),
        st.text(max_size=5),
        st.integers(-3, 9),
        st.integers(-3, 9),
    ),
    max_size=5,
).map(tuple)
SIGNALS = st.lists(
    st.builds(Signal, st.just("m@1"), SCORES, HITS, st.just(()), st.text(max_size=5)), max_size=4
)


@given(st.text(max_size=30), SIGNALS, TARGETS)
def test_any_signals_give_a_proposal_that_keeps_the_promises(
    text: str, signals: list[Signal], target: Target
) -> None:
    found = propose(Subject(text), signals, target, POLICY)
    scored = any(
        one.scores and all(0 <= score <= 1 for score in one.scores.values()) for one in signals
    )
    ruled = any(
        hit.rule.startswith(("threat.", "abuse.", "personal.", "check."))
        for one in signals
        for hit in one.hits
    )
    assert scored or found.outcome is not Outcome.CLEAR
    assert ruled or found.severity <= Severity.S2
    assert (found.category is None) == (not found.categories)
    assert found.category is None or found.outcome is Outcome.FLAG
    assert found.reasons
    assert with_mobbing(found, 9, POLICY).severity >= found.severity
