"""Trying and setting how much is flagged, and the words that are fine here, as pages."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from moderation.errors import InvalidInput
from moderation.policy import Policy
from moderation.tables import AuditBodyRow, FineWordRow, SignalRow, SurenessRow
from moderation.tuning.setting import Aim, Choice
from review_ui import flagging_form
from tests.review_ui.world import AWAY, World

POLICY = Policy.load()
WHY = "Too many jokes were flagged last month."


def said(world: World, item_id: int, share: float, *words: str) -> int:
    """Let the stored signal of an item be that of a model which gives shares."""
    codes = {"abuse": share, "abuse.personal_abuse": share}
    with world.store.transaction() as session:
        session.execute(
            update(SignalRow)
            .where(SignalRow.item_id == item_id)
            .values(codes=codes, hits=[], words=list(words))
        )
    return item_id


def a_past(world: World) -> tuple[int, int]:
    """Store what is surely and what is barely flagged now; return the ids."""
    sure = said(world, world.item(words="You are a useless clown, Mara."), 0.95, "clown")
    barely = said(world, world.item(words="The lup pots are back, Mara."), 0.65, "lup", "pots")
    return sure, barely


def use(world: World, **changed: Any) -> dict[str, str]:
    return {
        "flag_from": "0.75",
        "instead_of": "0",
        "reason": WHY,
        "form_id": world.form_id(),
        **changed,
    }


def test_a_lead_sees_what_a_setting_would_have_done_before_using_it(world: World) -> None:
    _, barely = a_past(world)
    lee = world.browser("lee")
    plain = lee.get("/flagging").text
    assert "as the policy says" in plain
    assert "What it would have done" not in plain
    page = lee.get("/flagging?level=less").text
    assert "<strong>1 fewer</strong>" in page
    assert f'href="/items/{barely}"' in page
    assert "The lup pots are back" in page
    assert 'name="flag_from" value="0.75"' in page
    assert world.read(SurenessRow, 1) is None


def test_using_a_setting_is_kept_shown_audited_and_can_be_taken_back(world: World) -> None:
    a_past(world)
    lee = world.browser("lee")
    assert lee.post("/flagging/use", use(world, others="0.40")).status_code == 303
    page = lee.get("/flagging").text
    assert "Setting 1, by Lee Okafor" in page
    assert "Flags from 0.75 on: less than the policy, which says 0.60." in page
    assert "Aimed at anybody else: from 0.40 on." in page
    assert WHY in page
    back = lee.get("/flagging?level=own").text
    assert "Use this setting" in back
    assert "<strong>1 more</strong>" in back
    assert lee.post("/flagging/use", use(world, flag_from="", instead_of="1")).status_code == 303
    again = lee.get("/flagging").text
    assert "Setting 2, in force" in again
    assert "level=exact&amp;exact=0.75&amp;others=exact&amp;others_exact=0.40" in again
    with world.store.reading() as session:
        verbs = session.scalars(select(AuditBodyRow.verb)).all()
    assert verbs.count("sureness.set") == 2


def test_a_page_from_before_another_lead_set_something_is_refused(small_world: World) -> None:
    lee, kit = small_world.browser("lee"), small_world.browser("kit")
    assert lee.post("/flagging/use", use(small_world)).status_code == 303
    assert kit.post("/flagging/use", use(small_world, flag_from="0.2")).status_code == 409


@pytest.mark.parametrize(
    "changed",
    [{"flag_from": "2"}, {"flag_from": "0.01"}, {"staff": "x"}, {"reason": "short"},
     {"instead_of": ""}, {"form_id": ""}],
)  # fmt: skip
def test_what_cannot_be_a_setting_is_refused(small_world: World, changed: dict[str, str]) -> None:
    form = use(small_world, **changed)
    assert small_world.browser("lee").post("/flagging/use", form).status_code == 400
    assert small_world.read(SurenessRow, 1) is None


@pytest.mark.parametrize("query", ["level=exact&exact=7", "level=much", "level=as_now&staff=odd",
                                   "level=more&staff_exact=0.3"])  # fmt: skip
def test_an_address_with_a_choice_there_is_not_is_refused(small_world: World, query: str) -> None:
    assert small_world.browser("lee").get(f"/flagging?{query}").status_code == 400


def test_others_try_and_read_and_cannot_set(small_world: World) -> None:
    a_past(small_world)
    for name in ("dana", "hugh"):
        page = small_world.browser(name).get("/flagging?level=less").text
        assert "<strong>1 fewer</strong>" in page
        assert "Only a comms lead can put a setting in force." in page


def test_an_auditor_says_why_before_items_are_tried(small_world: World) -> None:
    a_past(small_world)
    ina = small_world.browser("ina")
    page = ina.get("/flagging?level=less").text
    assert "say first why you look at items" in page
    assert "lup pots" not in page
    ina.post("/audit/reason", {"reason": "looking into a complaint"})
    assert "<strong>1 fewer</strong>" in ina.get("/flagging?level=less").text


def test_nothing_of_another_organisation_is_tried_or_shown(world: World) -> None:
    said(world, world.item(org=AWAY, words="canary of theirs"), 0.65, "canary")
    world.browser("far.lee").post("/flagging/use", use(world, reason="canary of their reasons"))
    world.browser("far.lee").post("/flagging/words/add", {"words": "canary", "reason": WHY})
    lee = world.browser("lee")
    for path in ("/flagging", "/flagging?level=less", "/flagging/words", "/flagging/words?words=x"):
        assert "canary" not in lee.get(path).text
    assert lee.post("/flagging/words/1/remove", {"reason": WHY}).status_code == 404


def test_a_word_is_tried_added_and_taken_off(world: World) -> None:
    _, barely = a_past(world)
    lee = world.browser("lee")
    page = lee.get("/flagging/words?words=Lup+Pots").text
    assert "<strong>1 fewer</strong>" in page
    assert f'href="/items/{barely}"' in page
    form = {"words": "lup pots", "reason": "They are the mugs of Station 4."}
    assert lee.post("/flagging/words/add", form).status_code == 303
    assert lee.post("/flagging/words/add", form).status_code == 409
    shown = lee.get("/flagging/words").text
    assert "They are the mugs of Station 4." in shown
    assert "is on the list already" in lee.get("/flagging/words?words=lup+pots").text
    row = world.read(FineWordRow, 1)
    assert lee.post(f"/flagging/words/{row.id}/remove", {"reason": WHY}).status_code == 303
    assert "taken off by Lee Okafor" in lee.get("/flagging/words").text
    assert lee.post("/flagging/words/add", {"words": "!!", "reason": WHY}).status_code == 400


def test_a_word_of_the_policy_need_not_be_added(small_world: World) -> None:
    assert (
        "is on the list already"
        in small_world.browser("lee").get("/flagging/words?words=Scunthorpe").text
    )


@pytest.mark.parametrize(
    ("query", "before", "choice"),
    [
        ({"level": "more"}, Choice(), Choice(0.45)),
        ({"level": "less"}, Choice(0.80), Choice(0.95)),
        ({"level": "less"}, Choice(0.95), Choice(0.99)),
        ({"level": "more"}, Choice(0.10), Choice(0.05)),
        ({"level": "as_now"}, Choice(0.80), Choice(0.80)),
        ({"level": "own"}, Choice(0.80, {Aim.STAFF: 0.3}), Choice()),
        ({"level": "exact", "exact": "0,4"}, Choice(), Choice(0.40)),
        ({"level": "as_now", "exact": "0.4"}, Choice(0.80), Choice(0.40)),
        ({"level": "less", "exact": "0.4"}, Choice(), Choice(0.75)),
        ({"level": "as_now", "staff": "more"}, Choice(), Choice(None, {Aim.STAFF: 0.45})),
        (
            {"level": "exact", "exact": ".6", "others": "exact", "others_exact": "0.7"},
            Choice(),
            Choice(0.60, {Aim.OTHERS: 0.70}),
        ),
    ],
)
def test_words_become_figures(query: dict[str, str], before: Choice, choice: Choice) -> None:
    assert flagging_form.from_query(query, before, POLICY) == choice
    assert flagging_form.from_form(flagging_form.fields(choice)) == choice
    assert flagging_form.from_query(flagging_form.query_of(choice), before, POLICY) == choice


@pytest.mark.parametrize("figure", ["", "1", "0", "0.001", "1e-1", "٠.٤", "nan", "0.04"])
def test_what_is_no_figure_is_said_to_be_none(figure: str) -> None:
    with pytest.raises(InvalidInput):
        flagging_form.share({"exact": figure}, "exact", "The exact figure")
