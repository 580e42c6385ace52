"""The directory page shows what a file changes before and after it is taken in."""

from __future__ import annotations

import io

import pytest
from werkzeug.test import TestResponse

from moderation import staffing
from tests.review_ui.world import AWAY, HOME, Browser, World

HEADER = "staff_id,full_name,known_as,role,station_or_department,public_role,org\n"
MARA = "S1,Mara Northmoor,,Watch Manager,Blue watch,yes,northmoor\n"
NIA = "S2,Nia Llwyd,Nia;nia_l,Firefighter,Red watch,no,\n"


def send(browser: Browser, path: str, text: str) -> TestResponse:
    file = (io.BytesIO(text.encode()), "staff.csv")
    return browser.post(path, {"file": file}, content_type="multipart/form-data")


def names(world: World, org: str = HOME) -> list[str]:
    with world.store.reading() as session:
        return [member.full_name for member in staffing.load_staff(session, org)]


def test_the_directory_is_listed_and_searched(small_world: World) -> None:
    hugh = small_world.browser("hugh")
    shown = hugh.get("/staff").text
    assert "Mara Northmoor" in shown
    assert "Mara Elsewhere" not in shown
    assert "Mara Northmoor" in hugh.get("/staff?q=blue").text
    assert "Nobody fits" in hugh.get("/staff?q=nobody").text


def test_a_check_shows_who_is_new_and_who_leaves_and_changes_nothing(small_world: World) -> None:
    shown = send(small_world.browser("hugh"), "/staff/check", HEADER + NIA)
    assert shown.status_code == 200
    assert "1 new, 0 changed, 0 as before. 1 would leave." in shown.text
    assert "Nia Llwyd" in shown.text
    assert names(small_world) == ["Mara Northmoor"]


def test_an_import_replaces_the_directory_of_this_organisation_alone(world: World) -> None:
    hugh = world.browser("hugh")
    changed = MARA.replace("Watch Manager", "Station Manager")
    answer = send(hugh, "/staff/import", HEADER + changed + NIA)
    assert answer.status_code == 303
    assert "2 people: 1 new, 1 changed, 0 left, 0 as before" in hugh.get("/staff").text
    assert names(world) == ["Mara Northmoor", "Nia Llwyd"]
    assert names(world, AWAY) == ["Mara Elsewhere"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Choose the staff directory"),
        ("name,role\nMara,Watch Manager\n", "no column staff_id"),
        (HEADER + MARA + MARA, "line 2 already"),
        (HEADER + MARA.replace(",northmoor", ",westmoor"), "of: westmoor"),
    ],
    ids=["nothing", "wrong columns", "twice", "another organisation"],
)
@pytest.mark.parametrize("path", ["/staff/check", "/staff/import"])
def test_a_file_that_cannot_stand_says_why_and_changes_nothing(
    small_world: World, path: str, text: str, says: str
) -> None:
    answer = send(small_world.browser("hugh"), path, text)
    assert answer.status_code == 400
    assert says in answer.text
    assert names(small_world) == ["Mara Northmoor"]


def test_a_form_without_a_file_says_so(small_world: World) -> None:
    assert small_world.browser("adam").post("/staff/import").status_code == 400


@pytest.mark.parametrize("name", ["dana", "lee", "asha", "sal", "bo", "ina"])
def test_others_are_refused(small_world: World, name: str) -> None:
    browser = small_world.browser(name)
    assert browser.get("/staff").status_code == 403
    assert send(browser, "/staff/import", HEADER + NIA).status_code == 403
    assert names(small_world) == ["Mara Northmoor"]
