"""Names of staff as people write them: who is found, who is not, and how sure it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.model import StaffMember
from moderation.targets import Confidence, Directory, Target, find_target
from moderation.taxonomy import TargetType

STAFF = Directory(
    [
        StaffMember("BANKS", "Alison Banks", ("Banksy",), "Chief Fire Officer", "HQ", True),
        StaffMember("PRICE", "David Price", (), "Station Manager", "Northgate"),
        StaffMember("BELL", "Elizabeth Bell", (), "Watch Manager", "Northgate Red Watch"),
        StaffMember("YOUNG-K", "Karen Young", (), "Group Manager", "Prevention"),
        StaffMember("YOUNG-C", "Callum Young", (), "Firefighter", "Eastholme"),
        StaffMember("BISHOP", "Patricia Bishop", (), "Waste Services Manager", "Waste"),
        StaffMember("WOOD", "Graham Wood", ("Woody",), "Dog Warden", "Environment"),
        StaffMember("MO", "Mohammed Iqbal", (), "Highways Inspector", "Highways"),
        StaffMember("SEUN", "Oluwaseun Adeyemi", (), "Social Worker", "Children's Services"),
        StaffMember("AGA", "Agnieszka Wójcik", ("aga_press",), "Press Officer", "Press", True),
        StaffMember("SIAN", "Siân Llewellyn", (), "Head of Maths", "Maths"),
        StaffMember("NGUYEN", "Thuý Nguyễn", (), "Pharmacist", "Pharmacy"),
        StaffMember("OBRIEN", "Declan O'Brien", (), "Porter", "Facilities"),
        StaffMember("HUGHES", "Rhiannon Price-Hughes", (), "Planning Officer", "Planning"),
        StaffMember("GALLAGHER", "Siobhan Gallagher", ("Sister Shiv",), "Matron", "Ward 4"),
        StaffMember("KETTLE", "Gurdeep Singh Kettle", (), "Caretaker", "Site"),
    ]
)


def target_of(text: str, post: str = "", *, is_reply: bool = True) -> Target:
    return find_target(text, directory=STAFF, post=post, is_reply=is_reply)


@pytest.mark.parametrize(
    ("text", "staff_id"),
    [
        ("Alison Banks is a disgrace", "BANKS"),
        ("CFO Banks is a disgrace", "BANKS"),
        ("chief banks is a disgrace", "BANKS"),
        ("Banks lied to all of us", "BANKS"),
        ("and then Banks gave herself a rise", "BANKS"),
        ("Banks's pay rise paid for it", "BANKS"),
        ("sack Banks", "BANKS"),
        ("Dave Price could not run a bath", "PRICE"),
        ("davey price could not run a bath", "PRICE"),
        ("station manager price could not run a bath", "PRICE"),
        ("Liz Bell, what a cow", "BELL"),
        ("Lizzie Bell, what a cow", "BELL"),
        ("bell thinks she is the queen", "BELL"),
        ("if bell turns up again I am off", "BELL"),
        ("bell's a fraud and everyone knows it", "BELL"),
        ("Mrs Bells class is a zoo", "BELL"),
        ("Tricia Bishop wants her head looking at", "BISHOP"),
        ("pat bishop wants her head looking at", "BISHOP"),
        ("Woody couldn't catch a cold", "WOOD"),
        ("Graham W couldn't catch a cold", "WOOD"),
        ("Mo Iqbal filled one hole all year", "MO"),
        ("Muhammad Iqbal filled one hole all year", "MO"),
        ("Mohamed filled one hole all year", "MO"),
        ("Seun Adeyemi took her kids", "SEUN"),
        ("Oluwaseun Adeyemy took her kids", "SEUN"),
        ("Adeyemi took her kids", "SEUN"),
        ("agnieska wojcik spins for a living", "AGA"),
        ("@aga_press spins for a living", "AGA"),
        ("Shan Llewelyn marks like a robot", "SIAN"),
        ("Sian Lewellyn marks like a robot", "SIAN"),
        ("Ms Llewellyn marks like a robot", "SIAN"),
        ("Ms Lewelin marks like a robot", "SIAN"),
        ("Nguyen never has my tablets", "NGUYEN"),
        ("ms nguyen never has my tablets", "NGUYEN"),
        ("OBrien dropped my nan", "OBRIEN"),
        ("o'brien dropped my nan", "OBRIEN"),
        ("Price-Hughes turned us down", "HUGHES"),
        ("Rhiannon Hughes turned us down", "HUGHES"),
        ("Mrs Price Hughes turned us down", "HUGHES"),
        ("Gallaher shouted at me", "GALLAGHER"),
        ("Matron Galagher shouted at me", "GALLAGHER"),
        ("Siobain Gallagher shouted at me", "GALLAGHER"),
        ("Shiv shouted at me", "GALLAGHER"),
        ("Gurdeep Kettle left the gate open", "KETTLE"),
        ("Mr Kettle left the gate open", "KETTLE"),
    ],
)
def test_each_usual_way_of_writing_a_name_finds_its_bearer(text: str, staff_id: str) -> None:
    found = target_of(text)
    assert (found.type, found.staff_id) == (TargetType.NAMED_STAFF, staff_id)


@pytest.mark.parametrize(
    ("text", "staff_id"),
    [
        ("B4nks must go", "BANKS"),
        ("B*nks must go", "BANKS"),
        ("Ch1ef B@nks must go", "BANKS"),
        ("B a n k s must go", "BANKS"),
        ("B.a.n.k.s must go", "BANKS"),
        ("Ba\u200bnks must go", "BANKS"),
        ("B\u0430nks must go", "BANKS"),
        ("G4llagh3r shouted at me", "GALLAGHER"),
        ("N g u y e n never has my tablets", "NGUYEN"),
        ("#SackBanksNow", "BANKS"),
        ("#sackbanksnow", "BANKS"),
        ("#WoodyThePoodle", "WOOD"),
        ("#gallagherout", "GALLAGHER"),
        ("follow @realmrsgallagher for more", "GALLAGHER"),
        ("follow @alison.banks.parody for more", "BANKS"),
    ],
)
def test_a_name_in_disguise_or_inside_a_tag_is_found(text: str, staff_id: str) -> None:
    found = target_of(text)
    assert (found.type, found.staff_id) == (TargetType.NAMED_STAFF, staff_id)


def test_a_disguise_is_quoted_as_it_was_written() -> None:
    assert target_of("Ch1ef B4nks must go").words == ("Ch1ef B4nks",)
    assert target_of("B a n k s must go").words == ("B a n k s",)


@pytest.mark.parametrize(
    "text",
    [
        "the banks are shut",
        "Banks are shut on Monday",
        "price went up again",
        "Price rises everywhere",
        "Young people pay too",
        "the young will leave",
        "a bell rang at nine",
        "Bell rang at nine",
        "Wood burns",
        "wood from the tip",
        "the bishop was here",
        "Bishop Street is closed",
        "put the kettle on",
        "Kettle crisps in the vending machine",
        "Market Bell closed years ago",
        "drinks after, as long as the Bell stays open",
        "see example.org/banks for more",
        "https://example.org/Alison-Banks-lied",
        "write to banks@example.org",
        "the embankment, the Fairbanks, the Bankside crowd",
        "Kevin Gallagher is a plumber",
        "my mate Declan fixed it",
        "Graham from the rugby club, Graham Taylor, not ours",
        "Mo Farah ran past",
        "#banksholiday",
        "@sarahgallagher82 you should see this",
        "the Gallaghers from number nine",
        "do price it up, will you",
        "b a n k holiday",
    ],
)
def test_words_streets_addresses_and_other_people_name_nobody(text: str) -> None:
    assert target_of(text).staff_id is None


@pytest.mark.parametrize(
    ("text", "post", "staff_id"),
    [
        ("Young is a liar", "", None),
        ("Mr Young is a liar", "", "YOUNG-C"),
        ("Mrs Young is a liar", "", "YOUNG-K"),
        ("Young lied and she knows it", "", "YOUNG-K"),
        ("group manager young is a liar", "", "YOUNG-K"),
        ("Young at Eastholme lied", "", "YOUNG-C"),
        ("Firefighter Young lied", "", "YOUNG-C"),
        ("Young lied again", "Karen Young answers your questions", "YOUNG-K"),
        ("Young lied again", "Open day at Eastholme", "YOUNG-C"),
        ("Price lied", "", None),
        ("Dave Price lied", "Rhiannon Price-Hughes explains", "PRICE"),
    ],
)
def test_two_of_one_name_are_told_apart_or_left_open(
    text: str, post: str, staff_id: str | None
) -> None:
    assert target_of(text, post).staff_id == staff_id


def test_two_of_one_name_with_nothing_between_them_can_still_be_pointed_at() -> None:
    found = target_of("Officer Young is a liar")
    assert (found.type, found.staff_id) == (TargetType.IDENTIFIABLE_STAFF, None)
    assert found.why == "Two people share this name: “Officer Young”"


@pytest.mark.parametrize(
    ("text", "confidence", "how"),
    [
        ("Alison Banks must go", Confidence.SURE, "by name"),
        ("CFO Banks must go", Confidence.SURE, "by title and surname"),
        ("A. Banks must go", Confidence.SURE, "by initial and surname"),
        ("Banks lied", Confidence.LIKELY, "by surname"),
        ("Siân is useless", Confidence.LIKELY, "by first name"),
        ("Trish is useless", Confidence.LIKELY, "by a form of the first name"),
        ("Woody is useless", Confidence.LIKELY, "by nickname"),
        ("@aga_press is useless", Confidence.SURE, "by handle"),
        ("#BanksOut and #gallagherout", Confidence.LIKELY, "inside a hashtag"),
        ("Matron Galagher is useless", Confidence.LIKELY, "by a name spelt much like it"),
        ("Mrs Young lied", Confidence.LIKELY, "told apart by the title"),
    ],
)
def test_a_target_says_how_sure_it_is_and_how_it_was_matched(
    text: str, confidence: Confidence, how: str
) -> None:
    found = target_of(text)
    assert found.confidence is confidence
    assert how in found.why


def test_the_one_spoken_against_comes_before_the_one_spoken_to() -> None:
    text = "I have told Mr Kettle twice and sent it to Dave Price: Banksy nicked the biscuits"
    assert target_of(text).staff_id == "KETTLE"
    assert target_of("sent it to Dave Price, Banksy nicked them").staff_id == "BANKS"


def test_a_post_lends_its_person_to_a_short_form_that_somebody_else_has() -> None:
    people = Directory(
        [
            StaffMember("1", "Joanna Field", role="Ward Sister"),
            StaffMember("2", "Jo Marsh", role="Healthcare Assistant"),
        ]
    )
    post = "Sister Joanna Field runs Ward 7"
    assert find_target("that Jo is a cow", directory=people).staff_id == "2"
    assert find_target("that Jo is a cow", directory=people, post=post).staff_id == "1"


def test_a_name_alone_calls_a_friend_under_a_post_but_not_in_a_message() -> None:
    assert target_of("Graham you need to see this").staff_id is None
    assert target_of("Graham you will regret this", is_reply=False).staff_id == "WOOD"


@given(st.text(alphabet="Banks bell*@4.-_#'\u0301\u200b\ud83d", max_size=300))
def test_any_disguise_is_read_to_the_end(text: str) -> None:
    found = target_of(text)
    assert found == target_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "B a n k s " * 2_000,
        "B*nks " * 3_000,
        "b4nks" * 4_000,
        "#sackbanks" * 2_000,
        "#sackbanksnow " * 1_500,
        "@realmrbanks " * 1_500,
        "a.b" * 7_000,
        "a@" * 10_000,
        "Banks " * 3_300,
        "Young " * 3_300,
        "the bin " * 2_500 + "manager",
    ],
    ids=["apart", "stars", "run", "tag", "tags", "handles", "dots", "ats", "names", "two", "role"],
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    start = time.perf_counter()
    target_of(text)
    assert time.perf_counter() - start < 2


def test_what_somebody_will_do_names_nobody_called_will() -> None:
    hunt = Directory([StaffMember("HUNT", "Will Hunt", (), "Firefighter", "Northgate")])
    assert find_target("I will hunt you down", directory=hunt).staff_id is None
    assert find_target("Will Hunt lied to us", directory=hunt).staff_id == "HUNT"
