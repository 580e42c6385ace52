"""The form for a pack says what the case has on record of consent, to its members alone."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select, update

from moderation.cases.codes import Consent
from moderation.tables import AuditBodyRow, CaseRow
from review_ui import pack_words
from tests.review_ui.evidence_tools import text_of
from tests.review_ui.pack_tools import ask, captured, case_of
from tests.review_ui.world import World

ON_RECORD = "On the case’s record:"
CHECKED = re.compile(r"<input[^>]*type=\"radio\"[^>]* checked")


def _case(world: World, said: str = "not_asked") -> str:
    ref = case_of(world, "hugh", captured(world))
    with world.store.transaction() as session:
        session.execute(update(CaseRow).values(police_consent=said))
    return ref


def _looks(world: World) -> int:
    with world.store.reading() as session:
        query = select(func.count()).where(AuditBodyRow.verb == "case.view")
        return session.scalar(query) or 0


@pytest.mark.parametrize("said", list(Consent))
def test_what_the_case_says_stands_in_the_form_and_chooses_nothing(
    small_world: World, said: Consent
) -> None:
    ref = _case(small_world, said)
    page = text_of(small_world.browser("hugh"), f"/packs/new?kind=police&of={ref}")
    assert f"<strong>{ON_RECORD}</strong> {pack_words.ON_RECORD[said]}" in page
    assert f'href="/cases/{ref}/police"' in page
    assert not CHECKED.search(page)


def test_it_is_a_read_of_the_case_with_its_line(world: World) -> None:
    ref = _case(world)
    hugh = world.browser("hugh")
    before = _looks(world)
    hugh.get(f"/packs/new?kind=police&of={ref.lower()}")
    assert _looks(world) == before + 1


def test_it_stays_when_the_form_comes_back_with_what_is_wrong(small_world: World) -> None:
    ref = _case(small_world, "no")
    answer = ask(small_world, small_world.browser("hugh"), ref, kind="police", consent="given")
    assert answer.status_code == 400
    assert pack_words.ON_RECORD[Consent.NO] in " ".join(answer.text.split())


@pytest.mark.parametrize("name", ["asha", "sal"])
def test_who_is_no_member_reads_nothing_of_a_case_and_leaves_no_line(
    small_world: World, name: str
) -> None:
    ref = _case(small_world, "no")
    with small_world.store.reading() as session:
        assert session.scalar(select(CaseRow.ref)) == ref
    before = _looks(small_world)
    page = small_world.browser(name).get(f"/packs/new?kind=police&of={ref}")
    assert page.status_code == 200
    assert ON_RECORD not in page.text
    assert _looks(small_world) == before


@pytest.mark.parametrize("of", ["", "item:1", "C-00000000", "C-\x00", "C-" + "A" * 300, "C-é"])
def test_what_names_no_case_shows_nothing(world: World, of: str) -> None:
    _case(world)
    hugh = world.browser("hugh")
    answer = ask(world, hugh, of, kind="police")
    assert answer.status_code == 400
    assert ON_RECORD not in answer.text


def test_a_kind_that_needs_no_consent_does_not_speak_of_it(small_world: World) -> None:
    ref = _case(small_world, "yes")
    before = _looks(small_world)
    page = text_of(small_world.browser("hugh"), f"/packs/new?kind=hr&of={ref}")
    assert ON_RECORD not in page
    assert _looks(small_world) == before
