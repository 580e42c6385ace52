"""What the list and the page of a case show, to whom, and the line that each read leaves."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from moderation.cases.listing import PAGE, initials, is_mine, list_cases
from moderation.cases.reading import view
from moderation.errors import NotFound
from moderation.lifecycle import CaseEvent, EvidenceState
from tests.moderation.cases.casework import LATER, NOW, WHY, WORDS, Casework


def test_a_page_shows_the_case_and_leaves_one_line_per_read(casework: Casework) -> None:
    ref = casework.case("hugh")
    for expected in (1, 2):
        with casework.writing() as session:
            page = view(session, casework.actor("hugh"), ref, now=LATER)
        assert len(casework.lines("case.view")) == expected
    assert page.affected == "Mara Quill"
    assert [item.text for item in page.items] == [WORDS]
    assert page.items[0].evidence_state is EvidenceState.WANTED
    assert [note.body for note in page.notes] == [WHY]
    assert [way.event for way in page.ways_on] == [CaseEvent.FINISH_TRIAGE]
    assert len(page.ways_on[0].missing) == 4
    assert [look.by for look in page.looks] == ["Hugh Reid"]
    line = casework.lines("case.view")[0]
    assert line.actor == casework.actor("hugh").ref
    assert line.object == f"case:{casework.row(ref).id}"


def test_a_list_is_a_read_of_each_case_in_it_and_names_nobody(casework: Casework) -> None:
    refs = {casework.case("hugh"), casework.case("hugh")}
    with casework.writing() as session:
        lines = list_cases(session, casework.actor("hugh"), ended=False, now=NOW).lines
    assert {line.ref for line in lines} == refs
    assert {line.who for line in lines} == {"M. Q."}
    detail = json.loads(casework.lines("case.list")[0].body or "")["detail"]
    assert sorted(detail["cases"]) == sorted(casework.row(ref).id for ref in refs)


def test_an_overdue_review_stands_first_in_the_list(casework: Casework) -> None:
    late = casework.case("hugh")
    with casework.writing() as session:
        view(session, casework.actor("hugh"), late, now=NOW).case.review_on = None
    first = casework.case("hugh")
    with casework.writing() as session:
        lines = list_cases(
            session, casework.actor("hugh"), ended=False, now=NOW + timedelta(days=8)
        ).lines
    assert [(line.ref, line.overdue) for line in lines] == [(first, True), (late, False)]


@pytest.mark.parametrize(
    "who", ["dana", "lee", "asha", "sal", "bo", "ina", "adam", "far.hugh", "far.gwen"]
)
def test_who_is_no_member_finds_no_case_in_list_or_page(casework: Casework, who: str) -> None:
    ref = casework.case("hugh")
    with casework.writing() as session:
        assert list_cases(session, casework.actor(who), ended=False, now=NOW).lines == ()
    for wanted in (ref, "C-00000000"):
        with pytest.raises(NotFound), casework.writing() as session:
            view(session, casework.actor(who), wanted, now=NOW)
    assert casework.lines("case.view", "case.list") == []


def test_a_long_list_goes_on_on_its_next_page(casework: Casework) -> None:
    item_id = casework.item()
    refs = {casework.case("hugh", item_id, another=True) for _ in range(PAGE + 1)}
    with casework.writing() as session:
        hugh = casework.actor("hugh")
        first = list_cases(session, hugh, ended=False, now=NOW)
        second = list_cases(session, hugh, ended=False, now=NOW, page=2)
    assert (first.is_last, second.is_last) == (False, True)
    assert (len(first.lines), len(second.lines)) == (PAGE, 1)
    assert {line.ref for line in (*first.lines, *second.lines)} == refs


def test_only_a_member_is_led_to_the_page(casework: Casework) -> None:
    ref = casework.case("dana")
    with casework.store.reading() as session:
        assert is_mine(session, casework.actor("hugh"), ref)
        assert not is_mine(session, casework.actor("dana"), ref)
        assert not is_mine(session, casework.actor("far.hugh"), ref)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Mara Quill", "M. Q."), ("Siân  ffion Rees", "S. F. R."), ("", ""), (" ", "")],
)
def test_initials_are_the_first_letters(name: str, short: str) -> None:
    assert initials(name) == short
