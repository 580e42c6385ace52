"""The counts over hand-made comments: main figures, breakdowns, worst errors, what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from moderation.proposing import Outcome
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType
from tests.worker.evaluating.judged_tools import RUN, example, judged, proposal, report
from worker.evaluating import breakdown
from worker.evaluating.breakdown import Category, Check, Grave, Named, Part
from worker.evaluating.counting import Main
from worker.evaluating.figures import Counted
from worker.evaluating.judging import Judged
from worker.evaluating.labelling import Example, Group

MENACE, INSULT = (Abuse.MENACE,), (Abuse.PERSONAL_ABUSE,)
EMERGENCY = frozenset({CheckFirst.EMERGENCY_REPORT})
FLAG = proposal(Abuse.PERSONAL_ABUSE, severity=Severity.S2)
CLEAR = proposal()


def test_flagged_is_counted_among_abuse_and_among_what_nobody_needs_to_see() -> None:
    found = report(
        judged(example(categories=MENACE), FLAG),
        judged(example(categories=MENACE), CLEAR),
        judged(example(), FLAG),
        judged(example(), proposal(checks=(CheckFirst.COMPLAINT,))),
        judged(example(), CLEAR),
        judged(example(wanted=True), FLAG),
    ).main
    assert found[Main.RECALL] == Counted(1, 2)
    assert found[Main.FALSE_FLAGS] == Counted(2, 3)
    assert found[Main.FALSE_ABUSE] == Counted(2, 4)


def test_serious_counts_everything_labelled_s3_or_s4_an_emergency_too() -> None:
    found = report(
        judged(example(categories=MENACE, severity=Severity.S3), FLAG),
        judged(example(severity=Severity.S4, wanted=True), proposal(severity=Severity.S1)),
        judged(example(categories=INSULT, severity=Severity.S2), FLAG),
    )
    assert found.main[Main.SERIOUS] == Counted(1, 2)
    assert list(found.severities.items()) == [
        (Severity.S4, Grave(Counted(0, 1), Counted(0, 1))),
        (Severity.S3, Grave(Counted(1, 1), Counted(1, 1))),
        (Severity.S2, Grave(Counted(1, 1), Counted(1, 1))),
    ]


def test_what_is_urgent_is_found_by_its_own_code() -> None:
    wrong = proposal(checks=(CheckFirst.WELFARE_CONCERN, CheckFirst.COMPLAINT))
    found = report(
        judged(example(check_first=EMERGENCY), proposal(checks=tuple(EMERGENCY))),
        judged(example(check_first=EMERGENCY), wrong),
        judged(example(check_first=frozenset({CheckFirst.COMPLAINT})), CLEAR),
        judged(example(check_first=frozenset()), CLEAR),
        judged(example(), wrong),
    )
    assert found.main[Main.URGENT] == Counted(1, 2)
    assert found.checks == {
        CheckFirst.EMERGENCY_REPORT: Check(Counted(1, 2), Counted(0, 2)),
        CheckFirst.WELFARE_CONCERN: Check(Counted(), Counted(1, 4)),
        CheckFirst.COMPLAINT: Check(Counted(0, 1), Counted(1, 3)),
    }


def test_a_person_is_right_wrong_or_named_where_nobody_was_meant() -> None:
    named = TargetType.NAMED_STAFF
    at_price = example(target=named, staff_id="HM-01")
    price = proposal(target=named, staff_id="HM-01")
    boateng = proposal(target=named, staff_id="EG-01")
    comments = (
        judged(at_price, price),
        judged(at_price, boateng),
        judged(at_price, CLEAR),
        judged(example(target=TargetType.NONE), price),
        judged(example(), price),
    )
    found = report(*comments)
    assert found.main[Main.RIGHT_PERSON] == Counted(1, 3)
    assert found.main[Main.WRONG_PERSON] == Counted(2, 3)
    assert found.targets[named] == Named(Counted(2, 3), Counted(2, 3))
    without = report(*comments, run=replace(RUN, with_directory=False))
    assert without.main[Main.RIGHT_PERSON] == Counted()
    assert "No staff directory was given, so nobody could be resolved by name." in without.left_out


def test_a_category_is_counted_as_flagged_as_named_and_as_right() -> None:
    both = (Abuse.MENACE, Abuse.DOXING)
    found = report(
        judged(example(categories=both), proposal(*both)),
        judged(example(categories=MENACE), FLAG),
        judged(example(categories=MENACE), CLEAR),
        judged(example(not_abuse=NotAbuse.THANKS), proposal(Abuse.DOXING)),
        judged(example(abusive=True, kind_told=False), proposal(Abuse.DOXING)),
    )
    menace = Category(Counted(2, 3), Named(Counted(1, 3), Counted(1, 1)))
    assert found.categories == {
        Abuse.MENACE: menace,
        Abuse.DOXING: Category(Counted(1, 1), Named(Counted(1, 1), Counted(1, 2))),
        Abuse.PERSONAL_ABUSE: Category(Counted(), Named(Counted(), Counted(0, 1))),
    }
    assert found.classes == {NotAbuse.THANKS: Counted(1, 1)}
    assert found.confusion == {
        ("menace", "menace"): 1,
        ("menace", "personal_abuse"): 1,
        ("menace", breakdown.NOT_ABUSE): 1,
        (breakdown.NOT_ABUSE, "doxing"): 1,
    }


def test_a_class_of_not_abuse_leaves_out_what_a_person_should_see() -> None:
    thanks = example(not_abuse=NotAbuse.THANKS)
    urgent = example(not_abuse=NotAbuse.THANKS, wanted=True)
    found = report(judged(thanks, CLEAR), judged(urgent, FLAG))
    assert found.classes == {NotAbuse.THANKS: Counted(0, 1)}


def test_parts_are_counted_for_each_tag_and_writer_the_largest_first() -> None:
    first = {Group.TAG: ("scots", "veiled"), Group.WRITER: ("A",)}
    found = report(
        judged(example(categories=MENACE, groups=first), FLAG),
        judged(example(groups={Group.TAG: ("veiled",), Group.WRITER: ("B",)}), FLAG),
        judged(example(wanted=True, groups={Group.TAG: ("teen",)}), FLAG),
    ).groups
    assert list(found) == [Group.TAG, Group.WRITER]
    assert list(found[Group.TAG].items()) == [
        ("veiled", Part(Counted(1, 1), Counted(1, 1))),
        ("scots", Part(Counted(1, 1), Counted(0, 0))),
    ]


def test_a_pair_is_told_apart_when_all_its_abuse_is_flagged_and_nothing_else() -> None:
    def pair(name: str, abuse_found: bool, other_found: bool) -> tuple[Judged, Judged]:
        return (
            judged(example(categories=INSULT, pair=name), FLAG if abuse_found else CLEAR),
            judged(example(pair=name), FLAG if other_found else CLEAR),
        )

    comments = [*pair("a", True, False), *pair("b", True, True), *pair("c", False, False)]
    alone = judged(example(pair="d"), CLEAR)
    assert report(*comments, alone).main[Main.PAIRS] == Counted(1, 3)


def test_the_worst_errors_are_the_surest_and_what_was_not_scored_is_none() -> None:
    unread = judged(
        example(id="u", categories=MENACE), proposal(outcome=Outcome.UNSCORED), None, "Welsh"
    )
    found = report(
        judged(example(id="a"), FLAG, 0.4),
        judged(example(id="b"), FLAG, 0.9),
        judged(example(id="c", categories=MENACE), CLEAR, 0.3),
        judged(example(id="d", categories=MENACE), CLEAR, 0.1),
        judged(example(id="e", wanted=True), CLEAR, 0.1),
        unread,
    )
    worst = found.worst
    assert worst is not None
    ids = [
        [one.example.line.id for one in part]
        for part in (worst.false_flags, worst.misses, worst.urgent)
    ]
    assert ids == [["b", "a"], ["d", "c"], ["e"]]
    assert found.unscored == {"Welsh": 1}
    assert found.confusion["menace", breakdown.NOT_SCORED] == 1
    assert found.main[Main.RECALL] == Counted(0, 3)
    assert found.shares is not None
    assert found.shares.count == 5


def test_only_the_worst_25_are_shown() -> None:
    found = report(*(judged(example(), FLAG, number / 100) for number in range(40))).worst
    assert found is not None
    assert len(found.false_flags) == 25
    assert found.false_flags[0].share == 0.39


@pytest.mark.parametrize(
    ("comments", "says"),
    [
        ([example(kind_told=False)], "No line names a category or a class of not-abuse."),
        ([example()], "No line names an organisation."),
        ([example()], "Every line is labelled as not abuse, so the two cannot be told apart."),
        ([example(categories=MENACE)], "Every line is labelled as abuse"),
    ],
)
def test_what_cannot_be_measured_is_said(comments: list[Example], says: str) -> None:
    found = report(*(judged(one, CLEAR) for one in comments))
    assert [one for one in found.left_out if one.startswith(says)]


def test_toxicity_stands_in_where_the_model_gives_no_share_of_abuse() -> None:
    rows = [(example(categories=INSULT), 0.9), (example(), 0.1)]
    found = report(*(replace(judged(one, CLEAR, share), abuse=None) for one, share in rows))
    assert found.shares is not None
    assert found.shares.abuse is None
    assert found.shares.toxicity is not None
    assert found.shares.toxicity.area == 1.0
    assert len(found.shares.curve) == 2
    assert "The model gives no share of abuse; its toxicity stands in." in found.left_out


def test_without_any_share_there_is_no_curve() -> None:
    assert report(judged(example(), CLEAR, None, "off")).shares is None
    assert report().shares is None
