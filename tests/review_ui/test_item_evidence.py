"""Evidence on the item page: one press for capture and action, what is held, and what failed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from moderation.lifecycle import EvidenceState
from moderation.model import ActionKind
from moderation.tables import AuditBodyRow, EvidenceRow, ItemRow, TimeStampRow, WebSessionRow
from tests.review_ui.evidence_tools import (
    actions,
    additions,
    bring,
    capture_then,
    decided,
    edited,
    fail,
    rows,
    seal,
    text_of,
    waiting,
)
from tests.review_ui.world import AWAY, World

KINDS = ("hide", "report", "block", "delete")


def test_one_press_asks_for_the_capture_and_the_action_and_says_so(world: World) -> None:
    item_id = decided(world)
    browser = world.browser("dana")
    assert "Capture it, then hide" in text_of(browser, f"/items/{item_id}")
    assert capture_then(world, browser, item_id, "hide").status_code == 303
    page = text_of(browser, f"/items/{item_id}")
    assert "Hide</strong>: follows as soon as the evidence is captured. Asked for by Dana" in page
    assert "Take it back" in page
    assert "It was asked for already" in page
    assert actions(world) == []
    seal(world, item_id)
    page = text_of(browser, f"/items/{item_id}")
    assert "Hide</strong>: Queued: not done yet" in page
    assert "follows as soon as" not in page
    assert "captured the evidence, so the action that waited follows (hide)" in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_action_can_be_asked_for_with_its_capture(small_world: World, kind: str) -> None:
    item_id = decided(small_world)
    browser = small_world.browser("lee")
    answer = capture_then(small_world, browser, item_id, kind, confirm="DELETE")
    assert answer.status_code == 303
    assert [row.kind for row in waiting(small_world)] == [ActionKind(kind)]


def test_deleting_with_the_capture_asks_for_the_word_too(small_world: World) -> None:
    item_id = decided(small_world)
    answer = capture_then(small_world, small_world.browser("lee"), item_id, "delete")
    assert answer.status_code == 400
    assert waiting(small_world) == []


def test_what_waits_is_taken_back_and_then_nothing_happens(world: World) -> None:
    item_id = decided(world)
    browser = world.browser("dana")
    capture_then(world, browser, item_id, "hide")
    asked = waiting(world)[0]
    assert browser.post(f"/waiting/{asked.id}/withdraw").status_code == 303
    seal(world, item_id)
    assert actions(world) == []
    page = text_of(browser, f"/items/{item_id}")
    assert "not done. Asked for by Dana" in page
    assert "taken back before its evidence was captured" in page
    assert browser.post(f"/waiting/{asked.id}/withdraw").status_code == 409


def test_a_capture_that_failed_says_why_and_what_can_be_done(world: World) -> None:
    item_id = decided(world)
    browser = world.browser("dana")
    capture_then(world, browser, item_id, "hide")
    fail(world, item_id)
    page = text_of(browser, f"/items/{item_id}")
    for part in (
        "Capture failed.</strong>", "The evidence folder is full.", "Try the capture again",
        "Take it back", "add your own screenshot", "waits, because the capture failed",
        "Add your own screenshot first",
    ):  # fmt: skip
        assert part in page, part
    asked = waiting(world)[0]
    by_hand = {"reason": "It is gone now.", "reference": "case 7"}
    assert browser.post(f"/waiting/{asked.id}/by-hand", by_hand).status_code == 409
    assert bring(world, browser, item_id).status_code == 303
    assert "I did it by hand on the platform" in text_of(browser, f"/items/{item_id}")
    assert browser.post(f"/waiting/{asked.id}/by-hand", by_hand).status_code == 303
    page = text_of(browser, f"/items/{item_id}")
    assert "done by hand by Dana Price" in page
    assert "It is gone now. (case 7)" in page
    assert actions(world) == []


def test_another_try_after_a_failure_makes_what_waited(small_world: World) -> None:
    item_id = decided(small_world)
    browser = small_world.browser("dana")
    capture_then(small_world, browser, item_id, "hide")
    fail(small_world, item_id)
    assert browser.post(f"/items/{item_id}/capture").status_code == 303
    assert rows(small_world, EvidenceRow)[0].state is EvidenceState.WANTED
    seal(small_world, item_id)
    assert len(actions(small_world)) == 1


def test_the_meter_says_what_is_held_what_is_not_and_why(small_world: World) -> None:
    item_id = decided(small_world)
    row = seal(small_world, item_id)
    page = text_of(small_world.browser("lee"), f"/items/{item_id}")
    for part in (
        "5 of 6 things", "Picture:</span> held</li>", "Address:</span> not held",
        "The platform gives no web address of it.", "Thread around it:</span> held in part",
        "More stands under the same post.", str(row.sha256),
        f"/evidence/{row.id}/card.png", f"/evidence/{row.id}/record.json",
        "No time-stamp authority is set up.",
    ):  # fmt: skip
        assert part in page, part


def test_evidence_from_before_there_was_a_meter_shows_no_card(small_world: World) -> None:
    item_id = small_world.item()
    small_world.captured(item_id)
    page = text_of(small_world.browser("lee"), f"/items/{item_id}")
    assert "not recorded at the time" in page
    assert "card.png" not in page


def test_stamps_are_named_with_their_authority_had_or_not(small_world: World) -> None:
    small_world.store.authorities = ("stamps.example",)
    item_id = decided(small_world)
    seal(small_world, item_id)
    browser = small_world.browser("lee")
    assert "Trusted time of stamps.example: asked for" in text_of(browser, f"/items/{item_id}")
    with small_world.store.transaction() as session:
        stamp = session.query(TimeStampRow).one()
        stamp.token_sha256, stamp.stamped_at = "c" * 64, small_world.store.now()
    page = text_of(browser, f"/items/{item_id}")
    assert "Trusted time of stamps.example: <time" in page


def test_a_page_that_waits_for_nothing_asks_for_nothing(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    assert "changed.js" not in browser.get(f"/items/{item_id}").text
    browser.post(f"/items/{item_id}/capture")
    page = browser.get(f"/items/{item_id}").text
    assert 'id="changed" role="status"' in page
    assert "changed.js" in page


def test_the_mark_changes_with_what_the_page_shows_and_with_nothing_else(world: World) -> None:
    item_id = decided(world)
    browser = world.browser("dana")
    steps = [
        lambda: browser.get(f"/items/{item_id}"),
        lambda: capture_then(world, browser, item_id, "hide"),
        lambda: fail(world, item_id),
        lambda: bring(world, browser, item_id),
        lambda: browser.post(f"/waiting/{waiting(world)[0].id}/withdraw"),
        lambda: seal(world, item_id),
        lambda: edited(world, item_id, "Other words"),
    ]
    marks = []
    for step in steps:
        step()
        marks.append(browser.get(f"/items/{item_id}/mark").text)
        assert browser.get(f"/items/{item_id}/mark").text == marks[-1]
    assert len(set(marks)) == len(marks)


def test_asking_for_the_mark_is_no_look_and_no_sign_of_life(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    long_ago = small_world.store.now() - timedelta(minutes=5)

    def seen_at() -> datetime:
        with small_world.store.reading() as session:
            at: datetime = session.query(WebSessionRow.seen_at).scalar()
        return at

    with small_world.store.transaction() as session:
        session.query(WebSessionRow).update({"seen_at": long_ago})
        before = session.query(AuditBodyRow).count()
    kept = seen_at()
    assert browser.get(f"/items/{item_id}/mark").status_code == 200
    assert small_world.read(ItemRow, item_id).first_look_at is None
    assert seen_at() == kept
    with small_world.store.reading() as session:
        assert session.query(AuditBodyRow).count() == before
    browser.get(f"/items/{item_id}")
    assert seen_at() > kept


def test_nothing_of_this_reaches_another_organisation(small_world: World) -> None:
    far = small_world.item(org=AWAY)
    browser = small_world.browser("lee")
    tries = [
        browser.get(f"/items/{far}/mark"),
        browser.get(f"/items/{far}/compare"),
        capture_then(small_world, browser, far, "hide"),
        bring(small_world, browser, far),
    ]
    assert [answer.status_code for answer in tries] == [404] * 4
    assert (waiting(small_world), additions(small_world)) == ([], [])
    there = decided(small_world, "far.dana", org=AWAY)
    capture_then(small_world, small_world.browser("far.dana"), there, "hide")
    asked = waiting(small_world)[0]
    for path in ("withdraw", "by-hand"):
        answer = browser.post(f"/waiting/{asked.id}/{path}", {"reason": "long enough"})
        assert answer.status_code == 404
    assert waiting(small_world)[0].settled_at is None
