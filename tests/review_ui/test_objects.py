"""Two organisations over one record: an id of the other is as good as missing, everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from moderation.access import Role
from moderation.lifecycle import DisclosureState, ItemState
from moderation.tables import ItemRow, UserRow
from tests.review_ui.pack_tools import ask, captured, made, row_of
from tests.review_ui.world import AWAY, BY_ROLE, World

CANARY = "canary-words-of-the-other-organisation"
LISTS = ("/queue", "/queue?state=all", "/queue?state=closed", "/users", "/audit", "/staff",
         "/accounts", "/quarantine", "/packs", "/help")  # fmt: skip
READERS = [Role.COMMS_MODERATOR, Role.COMMS_LEAD, Role.HR_ADVISER, Role.HR_LEAD,
           Role.SAFEGUARDING_LEAD]  # fmt: skip


def _far_item(world: World, **more: Any) -> int:
    return world.item(
        org=AWAY, words=CANARY, post=CANARY, author_handle=CANARY, urgent=True, severity=4,
        author_ref="shared-author", **more,
    )  # fmt: skip


@pytest.mark.parametrize("role", READERS)
def test_an_item_of_another_organisation_is_as_good_as_missing(world: World, role: Role) -> None:
    far = _far_item(world)
    browser = world.browser(BY_ROLE[role])
    missing, foreign = browser.get("/items/999999"), browser.get(f"/items/{far}")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert CANARY not in foreign.text
    posts = {
        "claim": {}, "release": {}, "capture": {},
        "decide": {"outcome": "not_abuse", "not_abuse": "criticism", "revision": "2",
                   "form_id": world.form_id()},
        "dismiss": {"revision": "2"},
        "reopen": {"revision": "2", "reason": "a reason that is long enough"},
        "additions": {"kind": "file", "how": "long enough", "form_id": world.form_id()},
    }  # fmt: skip
    for path, form in posts.items():
        answer = browser.post(f"/items/{far}/{path}", form)
        same = browser.post(f"/items/999999/{path}", form)
        assert (answer.status_code, same.status_code) == (404, 404), path
    assert world.read(ItemRow, far).state is ItemState.REVIEW
    assert world.read(ItemRow, far).first_look_at is None


@pytest.mark.parametrize("kind", ["hide", "report", "block", "delete"])
def test_no_action_reaches_another_organisation(small_world: World, kind: str) -> None:
    far = _far_item(small_world)
    form = {"reason": "long enough", "form_id": small_world.form_id(), "confirm": "DELETE"}
    for path in (f"/items/{far}/act/{kind}", f"/items/{far}/capture-then/{kind}"):
        assert small_world.browser("lee").post(path, form).status_code == 404


def test_nothing_of_another_organisation_is_listed_counted_or_named(world: World) -> None:
    far = _far_item(world)
    mine = world.item(words="mine alone", author_ref="shared-author")
    for name in ("lee", "hugh", "adam", "ina"):
        browser = world.browser(name)
        if name == "ina":
            browser.post("/audit/reason", {"reason": "looking into a complaint"})
        for path in (*LISTS, f"/items/{mine}"):
            page = browser.get(path).text
            for leak in (CANARY, f"/items/{far}", "Elsewhere", "far."):
                assert leak not in page, (name, path, leak)
    mine_shown = world.browser("lee").get(f"/items/{mine}").text
    assert "Nothing else by this author is held." in mine_shown


@pytest.mark.parametrize("role", [*READERS, Role.BOARD_MEMBER, Role.AUDITOR])
def test_a_pack_of_another_organisation_is_as_good_as_missing(
    small_world: World, role: Role
) -> None:
    far = captured(small_world, org=AWAY, words=CANARY, urgent=True, severity=4)
    ref = made(small_world, small_world.browser("far.lee"), f"item:{far}", recipient=CANARY)
    browser = small_world.browser(BY_ROLE[role])
    for page in (f"/packs/{ref}", "/packs", f"/packs?about=item:{far}", "/packs/new"):
        assert CANARY not in browser.get(page).text, page
    for page in ("", "/mark", "/pack.zip"):
        foreign, missing = browser.get(f"/packs/{ref}{page}"), browser.get(f"/packs/D-1-1{page}")
        assert (foreign.status_code, missing.status_code) == (404, 404), page
    form = {"to": "Somebody", "how": "By hand", "reason": "Not mine"}
    for path in ("again", "hand-over", "withdraw"):
        assert browser.post(f"/packs/{ref}/{path}", form).status_code == 404, path
    assert row_of(small_world, ref).state is DisclosureState.MADE
    asking = ask(small_world, browser, f"item:{far}")
    assert asking.status_code in {400, 403}
    assert CANARY not in asking.text


def test_a_filter_by_an_account_of_another_organisation_shows_nothing(small_world: World) -> None:
    far = small_world.read(ItemRow, _far_item(small_world))
    page = small_world.browser("lee").get(f"/queue?account={far.account_id}").text
    assert CANARY not in page
    assert "Nothing here." in page


def test_staff_of_another_organisation_cannot_be_named_in_a_decision(small_world: World) -> None:
    item_id = small_world.item()
    form = {
        "outcome": "abuse", "category": "personal_abuse", "severity": "2",
        "target": "named_staff", "staff": "Mara Elsewhere", "revision": "1",
        "reason": "long enough a reason", "form_id": small_world.form_id(),
    }  # fmt: skip
    assert small_world.browser("lee").post(f"/items/{item_id}/decide", form).status_code == 400


def test_people_of_another_organisation_cannot_be_reached(small_world: World) -> None:
    far = small_world.user_id("far.dana")
    browser = small_world.browser("adam")
    assert browser.get(f"/users/{far}").status_code == 404
    for path in ("deactivate", "reactivate"):
        assert browser.post(f"/users/{far}/{path}").status_code == 404
    assert browser.post(f"/users/{far}/role", {"role": "auditor"}).status_code == 404
    assert small_world.read(UserRow, far).active


@pytest.mark.parametrize("field", ["org_id", "role", "state", "restricted", "user_id"])
def test_a_field_that_a_form_does_not_have_changes_nothing(small_world: World, field: str) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    browser.post("/preferences", {"blur": "yes", field: "administrator"})
    browser.post(f"/items/{item_id}/claim", {field: "closed"})
    row = small_world.read(UserRow, small_world.user_id("dana"))
    assert (row.role, row.org_id) == (Role.COMMS_MODERATOR, "northmoor")
    item = small_world.read(ItemRow, item_id)
    assert (item.state, item.restricted, item.org_id) == (ItemState.REVIEW, False, "northmoor")
