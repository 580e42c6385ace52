"""The item page and its buttons: what is shown, what may be done, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from moderation import audit
from moderation.lifecycle import ActionEvent, ActionState, ItemState
from moderation.model import ActionKind, Capability, How, Standing
from moderation.tables import (
    AuditBodyRow,
    CaseItemRow,
    CaseMemberRow,
    CaseRow,
    DecisionRow,
    EvidenceRow,
    ItemClaimRow,
    ItemRow,
    JobRow,
    PlatformActionRow,
)
from review_ui import shell
from tests.review_ui.world import WORDS, Browser, World

ABUSE = {
    "outcome": "abuse",
    "category": "personal_abuse",
    "severity": "2",
    "target": "named_staff",
    "staff": "Mara Northmoor (S1)",
    "reason": "Insults her by name, twice.",
}


def _decide(world: World, browser: Browser, item_id: int, **changed: Any) -> Any:
    item = world.read(ItemRow, item_id)
    form = {**ABUSE, "revision": str(item.revision), "form_id": world.form_id(), **changed}
    return browser.post(f"/items/{item_id}/decide", form)


def _act(world: World, browser: Browser, item_id: int, kind: str, **more: Any) -> Any:
    form = {"reason": "It breaks house rule 2.", "form_id": world.form_id(), **more}
    return browser.post(f"/items/{item_id}/act/{kind}", form)


def _decided(world: World, name: str = "dana", *, captured: bool = True) -> int:
    item_id = world.item()
    assert _decide(world, world.browser(name), item_id).status_code == 303
    if captured:
        world.captured(item_id)
    return item_id


def _text(browser: Browser, item_id: int) -> str:
    return " ".join(browser.get(f"/items/{item_id}").text.split())


def _action(world: World, item_id: int, kind: str) -> PlatformActionRow:
    with world.store.reading() as session:
        return session.scalars(
            select(PlatformActionRow)
            .where(PlatformActionRow.item_id == item_id, PlatformActionRow.kind == kind)
            .order_by(PlatformActionRow.id.desc())
        ).first()  # type: ignore[return-value]


def _move(world: World, item_id: int, kind: str, *events: ActionEvent) -> PlatformActionRow:
    """Let an action go on as the worker would."""
    with world.store.transaction() as session:
        row = session.get(PlatformActionRow, _action(world, item_id, kind).id)
        assert row is not None
        for event in events:
            audit.move(session, row, event, actor=world.actor("lee"), at=world.store.now())
    return row


def test_the_page_shows_the_words_their_surroundings_and_why_they_are_here(world: World) -> None:
    parent = world.item(words="You are all hopeless", native_id="above", author_ref="the-same")
    item_id = world.item(
        post="Our new engine", parent_native_id="above", author_ref="the-same",
        reasons=("Calls somebody a clown.",),
    )  # fmt: skip
    page = _text(world.browser("lee"), item_id)
    for part in (
        WORDS, "Our new engine", "You are all hopeless", f"/items/{parent}",
        "1 other item by this author", "Calls somebody a clown.", "embedded@1", "insult: 0.91",
        "Moderate", "likely", "Aimed at Mara Northmoor", "Nothing is captured yet",
    ):  # fmt: skip
        assert part in page, part


def test_replies_to_an_item_are_shown_below_it(small_world: World) -> None:
    item_id = small_world.item(post="Our new engine", native_id="above")
    above = small_world.read(ItemRow, item_id)
    reply = small_world.item(words="Leave her alone", parent_native_id="above")
    with small_world.store.transaction() as session:
        row = session.get(ItemRow, reply)
        assert row is not None
        row.post_id = above.post_id
    assert "Leave her alone" in _text(small_world.browser("lee"), item_id)


def test_the_first_look_is_kept_and_a_second_one_changes_nothing(world: World) -> None:
    item_id = world.item()
    world.browser("lee").get(f"/items/{item_id}")
    first = world.read(ItemRow, item_id).first_look_at
    assert first is not None
    world.browser("dana").get(f"/items/{item_id}")
    assert world.read(ItemRow, item_id).first_look_at == first


def test_deciding_abuse_leaves_the_item_in_hand_with_one_decision(world: World) -> None:
    item_id = world.item()
    browser = world.browser("dana")
    assert _decide(world, browser, item_id).headers["Location"] == f"/items/{item_id}"
    assert world.read(ItemRow, item_id).state is ItemState.IN_HAND
    page = _text(browser, item_id)
    assert "Insults her by name, twice." in page
    assert "Dana Price</strong> decided: abuse" in page


def test_deciding_not_abuse_closes_the_item_and_it_cannot_be_hidden(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("lee")
    _decide(small_world, browser, item_id, outcome="not_abuse", not_abuse="criticism")
    assert small_world.read(ItemRow, item_id).state is ItemState.CLOSED
    assert "decided that this is criticism, not abuse, so it stays up" in _text(browser, item_id)
    assert _act(small_world, browser, item_id, "hide").status_code == 409


def test_a_house_rule_matter_is_kept_apart_from_abuse(small_world: World) -> None:
    item_id = small_world.item()
    _decide(
        small_world, small_world.browser("lee"), item_id, outcome="house_rule", house_rule="spam"
    )
    with small_world.store.reading() as session:
        row = session.scalars(select(DecisionRow)).one()
    assert (row.house_rule, row.category) == ("spam", None)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"outcome": ""}, "What is it?"),
        ({"category": ""}, "what kind of abuse"),
        ({"severity": ""}, "how severe"),
        ({"severity": "9"}, "how severe"),
        ({"target": ""}, "at whom"),
        ({"staff": ""}, "member of staff"),
        ({"staff": "Somebody Else"}, "Nobody in the staff directory"),
        ({"reason": "short"}, "at least 15"),
        ({"outcome": "not_abuse"}, "what it is instead"),
        ({"outcome": "house_rule"}, "which house rule"),
        ({"form_id": ""}, "lost its number"),
    ],
)
def test_a_decision_that_lacks_something_says_what(
    small_world: World, changed: dict[str, str], says: str
) -> None:
    item_id = small_world.item()
    answer = _decide(small_world, small_world.browser("lee"), item_id, **changed)
    assert answer.status_code == 400
    assert says in answer.text
    assert small_world.read(ItemRow, item_id).state is ItemState.REVIEW


def test_a_double_click_is_one_decision(world: World) -> None:
    item_id = world.item()
    browser = world.browser("lee")
    form = {**ABUSE, "revision": "1", "form_id": world.form_id()}
    statuses = [browser.post(f"/items/{item_id}/decide", form).status_code for _ in range(2)]
    assert statuses == [303, 303]
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(DecisionRow)) == 1


def test_a_stale_page_is_refused_and_the_words_are_given_back(world: World) -> None:
    item_id = world.item()
    answer = _decide(world, world.browser("lee"), item_id, revision="0")
    assert answer.status_code == 409
    assert "changed after you opened it" in answer.text
    assert ABUSE["reason"] in answer.text


def test_decide_and_next_goes_to_the_next_free_item_of_the_same_view(small_world: World) -> None:
    first, held, third = (small_world.item(severity=3, queue_rank=20) for _ in range(3))
    small_world.item(severity=1, queue_rank=50)
    small_world.browser("kit").post(f"/items/{held}/claim")
    browser = small_world.browser("lee")
    page = browser.get(f"/items/{first}?severity=3").text
    place = re.search(r'name="place" value="([^"]+)"', page)
    assert place
    more = {"then": "next", "view": "severity=3", "place": place.group(1)}
    answer = _decide(small_world, browser, first, **more)
    assert answer.headers["Location"] == f"/items/{third}?severity=3"
    page = browser.get(f"/items/{third}?severity=3").text
    place = re.search(r'name="place" value="([^"]+)"', page)
    assert place
    answer = _decide(small_world, browser, third, **{**more, "place": place.group(1)})
    assert answer.headers["Location"] == "/queue?severity=3"


def test_next_and_previous_follow_the_view(small_world: World) -> None:
    first, second, third = (small_world.item() for _ in range(3))
    page = small_world.browser("lee").get(f"/items/{second}").text
    assert f'href="/items/{third}" data-go="j"' in page
    assert f'href="/items/{first}" data-go="k"' in page


def test_a_claim_is_shown_and_taking_over_asks_and_tells(world: World) -> None:
    item_id = world.item()
    dana, lee = world.browser("dana"), world.browser("lee")
    assert dana.post(f"/items/{item_id}/claim").status_code == 303
    assert "You have this item until" in _text(dana, item_id)
    assert "Dana Price is looking at this until" in _text(lee, item_id)
    assert lee.post(f"/items/{item_id}/claim").status_code == 409
    assert _decide(world, lee, item_id).status_code == 409
    assert lee.post(f"/items/{item_id}/claim", {"take_over": "yes"}).status_code == 303
    page = _text(dana, item_id)
    assert "Lee Okafor is looking at this until" in page
    assert "Lee Okafor</strong> took the item" in page
    late = _decide(world, dana, item_id)
    assert late.status_code == 409
    assert "Lee Okafor" in late.text
    assert ABUSE["reason"] in late.text


def test_giving_an_item_back_frees_it(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    browser.post(f"/items/{item_id}/claim")
    browser.post(f"/items/{item_id}/release")
    assert small_world.read(ItemClaimRow, item_id) is None


def test_a_capture_is_asked_for_once_and_shown_with_its_reference(world: World) -> None:
    item_id = world.item()
    browser = world.browser("dana")
    for _ in range(2):
        assert browser.post(f"/items/{item_id}/capture").status_code == 303
    with world.store.reading() as session:
        row = session.scalars(select(EvidenceRow)).one()
    page = _text(browser, item_id)
    assert f"{row.ref}: <strong>Being captured" in page


@pytest.mark.parametrize("kind", ["hide", "report", "block", "delete"])
def test_nothing_is_done_before_evidence_is_captured(small_world: World, kind: str) -> None:
    item_id = _decided(small_world, captured=False)
    browser = small_world.browser("lee")
    assert "Capture it, then" in _text(browser, item_id)
    answer = _act(small_world, browser, item_id, kind, confirm="DELETE")
    assert answer.status_code == 409
    assert _action(small_world, item_id, kind) is None


def test_hide_is_queued_then_shown_as_it_stands_and_can_be_undone(world: World) -> None:
    item_id = _decided(world)
    browser = world.browser("dana")
    assert _act(world, browser, item_id, "hide").status_code == 303
    assert "Hide</strong>: Queued: not done yet" in _text(browser, item_id)
    action = _move(world, item_id, "hide", ActionEvent.SEND, ActionEvent.VERIFY)
    page = _text(browser, item_id)
    assert "Hide</strong>: Done and checked" in page
    assert "It is hidden already." in page
    answer = browser.post(
        f"/actions/{action.id}/undo", {"reason": "It was criticism.", "form_id": world.form_id()}
    )
    assert answer.status_code == 303
    assert "Show again</strong>: Queued: not done yet" in _text(browser, item_id)


def test_deleting_is_for_leads_and_asks_for_the_word(small_world: World) -> None:
    item_id = _decided(small_world)
    dana, lee = small_world.browser("dana"), small_world.browser("lee")
    assert "Only a comms lead can delete." in _text(dana, item_id)
    assert _act(small_world, dana, item_id, "delete", confirm="DELETE").status_code == 403
    refused = _act(small_world, lee, item_id, "delete", confirm="delete")
    assert refused.status_code == 400
    assert "Type DELETE" in refused.text
    assert _act(small_world, lee, item_id, "delete", confirm="DELETE").status_code == 303


def test_a_block_is_proposed_and_another_lead_approves_it(world: World) -> None:
    item_id = _decided(world)
    lee, kit = world.browser("lee"), world.browser("kit")
    assert _act(world, lee, item_id, "block").status_code == 303
    action = _action(world, item_id, "block")
    assert action.state is ActionState.PROPOSED
    assert "Another lead has to approve it." in _text(lee, item_id)
    assert lee.post(f"/actions/{action.id}/approve").status_code == 403
    assert "Only a comms lead can approve it." in _text(world.browser("dana"), item_id)
    assert kit.post(f"/actions/{action.id}/approve").status_code == 303
    assert _action(world, item_id, "block").state is ActionState.PLANNED
    assert "approved by Kit Moss" in _text(kit, item_id)


def test_a_proposal_can_be_withdrawn_with_a_reason(small_world: World) -> None:
    item_id = _decided(small_world)
    dana = small_world.browser("dana")
    _act(small_world, dana, item_id, "block")
    action = _action(small_world, item_id, "block")
    dana.post(f"/actions/{action.id}/withdraw", {"reason": "first occasion"})
    assert "Block the author</strong>: Withdrawn" in _text(dana, item_id)


def test_what_the_platform_refused_can_be_recorded_as_done_by_hand(small_world: World) -> None:
    item_id = _decided(small_world)
    dana = small_world.browser("dana")
    _act(small_world, dana, item_id, "hide")
    action = _move(small_world, item_id, "hide", ActionEvent.SEND, ActionEvent.REFUSE)
    assert "Hide</strong>: Refused" in _text(dana, item_id)
    dana.post(f"/actions/{action.id}/by-hand", {"reason": "hidden on the page itself"})
    assert "Hide</strong>: Done by hand" in _text(dana, item_id)


def test_a_closed_item_can_be_reopened_with_a_reason(world: World) -> None:
    item_id = _decided(world)
    browser = world.browser("dana")
    revision = str(world.read(ItemRow, item_id).revision)
    assert browser.post(f"/items/{item_id}/dismiss", {"revision": revision}).status_code == 303
    assert world.read(ItemRow, item_id).state is ItemState.CLOSED
    revision = str(world.read(ItemRow, item_id).revision)
    form = {"revision": revision, "reason": "The author appealed."}
    assert browser.post(f"/items/{item_id}/reopen", form).status_code == 303
    assert world.read(ItemRow, item_id).state is ItemState.REVIEW
    assert "The author appealed." in _text(browser, item_id)


def test_hr_may_decide_but_sees_why_it_cannot_hide(small_world: World) -> None:
    item_id = small_world.item()
    page = _text(small_world.browser("hugh"), item_id)
    assert "Only the comms team can hide." in page
    assert 'id="decide"' in page
    assert _act(small_world, small_world.browser("hugh"), item_id, "hide").status_code == 403


def _with_capabilities(world: World, **told: Capability) -> None:
    can = {kind: told.get(kind.value, Capability(How.API)) for kind in ActionKind}
    extension = world.app.extensions[shell.KEY]
    world.app.extensions[shell.KEY] = replace(extension, capabilities=lambda *_: can)


def test_a_platform_that_cannot_do_something_is_said_to(small_world: World) -> None:
    _with_capabilities(
        small_world,
        hide=Capability(How.API, "Its author still sees it."),
        block=Capability(How.NO, "The platform does not say who wrote this."),
    )
    item_id = _decided(small_world)
    browser = small_world.browser("lee")
    page = _text(browser, item_id)
    assert "Its author still sees it." in page
    assert "The platform does not say who wrote this." in page
    answer = _act(small_world, browser, item_id, "block")
    assert answer.status_code == 409


def test_what_is_done_by_hand_has_steps_a_link_and_a_tick_when_it_is_done(
    small_world: World,
) -> None:
    link = "https://platform.example/items/1"
    steps = ("Open the menu with the three dots.", "Choose Report.")
    told = Capability(How.BY_HAND, "The platform takes reports by hand alone.", link, steps)
    _with_capabilities(small_world, report=told)
    item_id = _decided(small_world)
    browser = small_world.browser("lee")
    assert _act(small_world, browser, item_id, "report").status_code == 303
    with small_world.store.reading() as session:
        action = session.scalars(select(PlatformActionRow)).one()
        jobs = session.scalars(select(JobRow).where(JobRow.kind == "act")).all()
    assert (action.state, jobs) == (ActionState.NEEDS_PERSON, [])
    page = _text(browser, item_id)
    assert all(says in page for says in (*steps, link, told.says))
    form = {"reason": "It said thank you.", "reference": "R-12"}
    assert browser.post(f"/actions/{action.id}/by-hand", form).status_code == 303
    done = small_world.read(PlatformActionRow, action.id)
    assert (done.state, done.done_by, done.reference) == (
        ActionState.DONE_BY_HAND,
        small_world.user_id("lee"),
        "R-12",
    )
    assert "R-12" in _text(browser, item_id)


def test_an_item_that_the_platform_hides_or_holds_back_is_said_to_be(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    assert "Hidden on the platform" not in _text(browser, item_id)
    with small_world.store.transaction() as session:
        session.get_one(ItemRow, item_id).standing = Standing.HIDDEN
    assert "Hidden on the platform" in _text(browser, item_id)


def _case(world: World, item_id: int, *members: str) -> str:
    now = world.store.now()
    with world.store.transaction() as session:
        case = CaseRow(
            ref="C-7KQ2M9D4",
            org_id="northmoor",
            state="triage",
            source="queue",
            severity=2,
            perpetrator_type="unknown",
            opened_by="user:1",
            opened_at=now,
        )
        session.add(case)
        session.flush()
        session.add(CaseItemRow(case_id=case.id, item_id=item_id, added_at=now))
        session.add_all(
            CaseMemberRow(
                case_id=case.id, user_id=world.user_id(name), added_by="user:1", added_at=now
            )
            for name in members
        )
        return case.ref


def test_of_a_case_comms_see_the_status_word_and_only_members_its_reference(
    small_world: World,
) -> None:
    item_id = small_world.item()
    reference = _case(small_world, item_id, "hugh")
    comms = _text(small_world.browser("lee"), item_id)
    assert "With HR: in triage" in comms
    assert reference not in comms
    assert f"/cases/{reference}" in _text(small_world.browser("hugh"), item_id)


def test_a_restricted_contact_is_for_members_of_its_case_and_each_look_is_kept(
    world: World,
) -> None:
    item_id = world.item(restricted=True)
    _case(world, item_id, "hugh", "bo")
    for name in ("lee", "dana", "asha", "sal"):
        assert world.browser(name).get(f"/items/{item_id}").status_code == 404, name
    for name in ("hugh", "bo"):
        assert world.browser(name).get(f"/items/{item_id}").status_code == 200, name
    with world.store.reading() as session:
        looks = session.scalars(
            select(AuditBodyRow.actor).where(AuditBodyRow.verb == "item.view")
        ).all()
    assert set(looks) == {f"user:{world.user_id(name)}" for name in ("hugh", "bo")}
