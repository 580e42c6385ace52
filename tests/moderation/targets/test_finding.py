"""At whom a text is aimed: names, nicknames, roles, descriptions, teams, the service, others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.directory import load
from moderation.model import StaffMember
from moderation.targets import Directory, Target, find_target
from moderation.taxonomy import TargetType

DATA = Path(__file__).parents[2] / "data"
STAFF = Directory(load(DATA / "examples_staff.csv"))
ABOUT_DANA = "Watch Manager Dana Price was first through the door at Copper Row."
EXAMPLES = [
    json.loads(line)
    for line in (DATA / "triage_examples.jsonl").read_text(encoding="utf-8").splitlines()
]


def target_of(text: str, post: str = "", *, is_reply: bool = True) -> Target:
    return find_target(text, directory=STAFF, post=post, is_reply=is_reply)


@pytest.mark.parametrize("row", EXAMPLES, ids=[row["text"][:50] for row in EXAMPLES])
def test_each_example_is_aimed_as_a_person_would_say(row: dict[str, str]) -> None:
    found = target_of(row["text"], row.get("post", ""))
    wanted = (row["target_type"], row["target_staff_id"])
    # Under a portrait, words that point at nobody are aimed at its subject only if hostile.
    under_a_portrait = ("named_staff", found.post_names)
    assert wanted in {(found.type, found.staff_id), under_a_portrait}


@pytest.mark.parametrize(
    ("text", "staff_id"),
    [
        ("Dana Price", "HM-01"),
        ("dana price is thick", "HM-01"),
        ("DANA PRICE IS THICK", "HM-01"),
        ("D. Price should go", "HM-01"),
        ("Dana Price's face", "HM-01"),
        ("Watch Manager Price again", "HM-01"),
        ("watch manager price again", "HM-01"),
        ("WM Dana ought to know", "HM-01"),
        ("@dana_price_wm hello", "HM-01"),
        ("dana_price_wm hello", "HM-01"),
        ("@DanaPrice hello", "HM-01"),
        ("Dana Pryce is thick", "HM-01"),
        ("Mr Okafor never rang back", "HM-03"),
        ("Okafors mobile", "HM-03"),
        ("Okafro is a firefighter, apparently", "HM-03"),
        ("still ignoring me, Dan?", "HM-03"),
        ("Dan\u2019s useless", "HM-03"),
        ("Danielle is not Daniel Okafor", "HM-03"),
        ("Sean O'Dalaigh came", "HM-04"),
        ("Sea\u0301n O\u0301 Da\u0301laigh came", "HM-04"),
        ("crew manager o dalaigh came", "HM-04"),
        ("Lukasz Wisniewski came", "HM-09"),
        ("Wizzy came", "HM-09"),
        ("Kwame Mensah Boateng", "HM-11"),
        ("Mensah-Boateng", "HM-11"),
        ("Chief Banks", "HM-02"),
        ("the Chief Fire Officer", "HM-02"),
        ("the CFO earns how much?", "HM-02"),
        ("our headteacher", "HM-10"),
        ("Tom Walker at Harbourside", "HM-07"),
        ("Da\u200bna Price", "HM-01"),
    ],
)
def test_each_way_of_naming_somebody_finds_them(text: str, staff_id: str) -> None:
    found = target_of(text)
    assert (found.type, found.staff_id) == (TargetType.NAMED_STAFF, staff_id)
    assert found.words
    assert found.why


@pytest.mark.parametrize(
    "text",
    [
        "The price has gone up",
        "Price is ridiculous for an alarm",
        "the banks shut at four",
        "Mill Field is flooded",
        "a walker found the dog",
        "Kevin Okafor-Jones lives in Leeds",
        "Dan Smith is a plumber",
        "my mate Dan fitted it",
        "our Sarah passed her test",
        "grace before meals",
        "we will price it up",
    ],
)
def test_ordinary_words_and_other_people_name_nobody(text: str) -> None:
    assert target_of(text).type is not TargetType.NAMED_STAFF


def test_two_people_of_one_name_stay_undecided_until_the_place_is_known() -> None:
    shared = target_of("Tom Walker is a clown")
    assert (shared.type, shared.staff_id) == (TargetType.IDENTIFIABLE_STAFF, None)
    assert "Two people share this name" in shared.why
    told = target_of("Tom Walker is a clown", "Open day at Larkfield")
    assert (told.type, told.staff_id) == (TargetType.NAMED_STAFF, "HM-06")


def test_a_first_name_alone_is_the_only_member_of_staff_who_has_it() -> None:
    assert target_of("Dana is thick").staff_id == "HM-01"
    assert target_of("dana is thick").staff_id == "HM-01"
    assert target_of("Dana is thick", ABOUT_DANA).staff_id == "HM-01"
    assert target_of("Tom is thick").staff_id is None
    assert target_of("Tom is thick", "Tom Walker at Larkfield").staff_id == "HM-06"


@pytest.mark.parametrize("text", ["Dana", "Dana look at this", "Dana have you seen it", "my Dana"])
def test_a_first_name_that_calls_a_friend_is_nobody_of_ours(text: str) -> None:
    assert target_of(text).staff_id is None


def test_the_usual_short_forms_are_read_as_the_name() -> None:
    for text in ("Luke Ashworth", "Danny Okafor is thick", "danny okafor is thick"):
        assert target_of(text).staff_id in {"HM-03", None}
    people = Directory(
        [
            StaffMember("S1", "Trevor Young", role="Station Commander"),
            StaffMember("S2", "Deborah Stone", role="Waste Manager"),
            StaffMember("S3", "Joanne Stone", role="Nurse"),
        ]
    )
    for text, staff_id in (
        ("Trev asked does it have a heated seat", "S1"),
        ("Debs wants her head looking at", "S2"),
        ("Jo Stone again", "S3"),
        ("the waste manager is a fraud", "S2"),
        ("the nurse is a fraud", None),
        ("Young says it will be fine. Young lies", "S1"),
        ("Young people pay too", None),
    ):
        assert find_target(text, directory=people).staff_id == staff_id, text


def test_she_and_you_under_a_post_mean_the_one_person_it_names() -> None:
    for text in ("She is thick", "You are thick"):
        assert target_of(text, ABOUT_DANA).staff_id == "HM-01"
    both = "Dana Price and Dan Okafor at the open day"
    assert target_of("You are thick", both).type is TargetType.SERVICE
    assert target_of("My mum was there and she is grateful", ABOUT_DANA).staff_id is None


def test_words_that_point_at_nobody_say_whom_the_post_is_about() -> None:
    found = target_of("Useless, hand the uniform in", ABOUT_DANA)
    assert (found.type, found.post_names) == (TargetType.NONE, "HM-01")
    assert target_of("Useless").post_names is None


def test_you_in_a_mention_is_not_us_unless_our_handle_is_there() -> None:
    assert target_of("you are useless", is_reply=False).type is TargetType.NONE
    ours = find_target(
        "@HarrowmereFRS you are useless",
        directory=STAFF,
        is_reply=False,
        org_handles=("HarrowmereFRS",),
    )
    assert ours.type is TargetType.SERVICE


def test_a_role_and_a_place_that_fit_one_person_identify_them() -> None:
    found = target_of("the crew manager at Harbourside is a bully")
    assert (found.type, found.staff_id) == (TargetType.IDENTIFIABLE_STAFF, "HM-04")
    assert target_of("the deputy chief fire officer is a bully").staff_id is None


def test_a_public_role_is_marked_so_that_criticism_is_weighed_as_criticism() -> None:
    assert target_of("Chief Banks").public_role
    assert not target_of("Dana Price").public_role


def test_an_empty_directory_still_tells_teams_from_the_service() -> None:
    nobody = Directory()
    found = [find_target(text, directory=nobody).type for text in ("your nurses", "this council")]
    assert found == [TargetType.STAFF_GROUP, TargetType.SERVICE]


def test_a_name_with_no_second_part_can_be_in_the_directory() -> None:
    one = Directory([StaffMember("1", "Zebedee")])
    assert find_target("Zebedee on the desk", directory=one).staff_id == "1"


@given(st.text(max_size=400), st.text(max_size=100), st.booleans())
def test_any_text_has_a_target_and_the_same_one_twice(text: str, post: str, reply: bool) -> None:
    found = find_target(text, directory=STAFF, post=post, is_reply=reply)
    assert found == find_target(text, directory=STAFF, post=post, is_reply=reply)
    assert found.why


@given(
    st.lists(
        st.builds(
            StaffMember,
            st.text(max_size=5),
            st.text(max_size=30),
            st.lists(st.text(max_size=15), max_size=3).map(tuple),
            st.text(max_size=20),
            st.text(max_size=20),
            st.booleans(),
            st.text(max_size=5),
        ),
        max_size=4,
    )
)
def test_any_names_can_be_indexed_and_looked_for(members: list[StaffMember]) -> None:
    directory = Directory(members)
    for member in members:
        find_target(f"{member.full_name} {member.role}", directory=directory)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "@" * 100_000,
        "\u0301" * 100_000,
        "\ud800\x00 you",
        "'" * 50_000,
        "Dan " * 9,
    ],
    ids=["long", "ats", "marks", "surrogate", "quotes", "names"],
)
def test_hostile_text_is_read_to_the_end(text: str) -> None:
    assert target_of(text).type in TargetType
