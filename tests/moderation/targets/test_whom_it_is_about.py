"""Roles, descriptions, "you", groups, the service and others: who is meant when nobody is named."""

from __future__ import annotations

import pytest

from moderation.model import StaffMember
from moderation.targets import Confidence, Directory, Target, find_target
from moderation.taxonomy import TargetType

STAFF = Directory(
    [
        StaffMember("CHIEF", "Martin Rose", (), "Chief Fire Officer", "HQ", True),
        StaffMember("HEAD", "Helen Grant", (), "Headteacher", "Hill Lane School", True),
        StaffMember("BINS", "Gary Sharp", (), "Waste Services Manager", "Waste"),
        StaffMember("PARKING", "Anil Rao", (), "Head of Parking", "Parking"),
        StaffMember("MATRON", "Joanna Frost", (), "Matron", "Ward 4"),
        StaffMember("CALLS", "Pauline Reed", (), "Call Handler", "Control"),
        StaffMember("NURSE-1", "Ruth Day", (), "Nurse", "Ward 4"),
        StaffMember("NURSE-2", "Bethan Rees", (), "Nurse", "Ward 7"),
        StaffMember("CROSSING", "Kevin Nock", (), "School Crossing Patrol", "Hill Lane"),
        StaffMember("TREES", "Wendy Lake", (), "Tree Officer", "Planning"),
    ]
)
ABOUT_ROSE = "Chief Fire Officer Martin Rose explains the plan"
ABOUT_FROST = "Matron Joanna Frost has been on the ward for ten years"
A_POST = "Our crews were out all night"


def target_of(text: str, post: str = "", *, is_reply: bool = True) -> Target:
    return find_target(text, directory=STAFF, post=post, is_reply=is_reply)


@pytest.mark.parametrize(
    ("text", "kind", "staff_id"),
    [
        ("the chief is a coward", TargetType.NAMED_STAFF, "CHIEF"),
        ("the CFO is a coward", TargetType.NAMED_STAFF, "CHIEF"),
        ("your head wants sacking", TargetType.NAMED_STAFF, "HEAD"),
        ("that headmistress wants sacking", TargetType.NAMED_STAFF, "HEAD"),
        ("the bin manager is on the take", TargetType.IDENTIFIABLE_STAFF, "BINS"),
        ("your waste boss is on the take", TargetType.IDENTIFIABLE_STAFF, "BINS"),
        ("the head of bins is on the take", TargetType.IDENTIFIABLE_STAFF, "BINS"),
        ("your parking manager is on the take", TargetType.IDENTIFIABLE_STAFF, "PARKING"),
        ("the new matron is a bully", TargetType.IDENTIFIABLE_STAFF, "MATRON"),
        ("that lollipop man is a bully", TargetType.IDENTIFIABLE_STAFF, "CROSSING"),
        ("the tree officer is a bully", TargetType.IDENTIFIABLE_STAFF, "TREES"),
        ("the nurse on ward 7 is a bully", TargetType.IDENTIFIABLE_STAFF, "NURSE-2"),
        ("your call handler is a bully", TargetType.IDENTIFIABLE_STAFF, None),
        ("the nurse is a bully", TargetType.IDENTIFIABLE_STAFF, None),
        ("the lad on the ladder is a bully", TargetType.IDENTIFIABLE_STAFF, None),
        ("whoever runs this page is a bully", TargetType.IDENTIFIABLE_STAFF, None),
        ("the woman in the second photo, what a state", TargetType.IDENTIFIABLE_STAFF, None),
    ],
)
def test_a_description_is_resolved_where_one_person_fits(
    text: str, kind: TargetType, staff_id: str | None
) -> None:
    found = target_of(text)
    assert (found.type, found.staff_id) == (kind, staff_id)


@pytest.mark.parametrize(
    "text",
    [
        "a new head is needed",
        "New head needed",
        "the deputy chief is a bully",
        "any headteacher knows that",
        "the former chief is a bully",
        "ask a waste manager somewhere else",
        "no manager would do that",
        "i am off, am i not",
        "my head hurts",
    ],
)
def test_a_role_that_points_at_nobody_of_ours_names_nobody(text: str) -> None:
    assert target_of(text).staff_id is None


@pytest.mark.parametrize(
    ("text", "post", "staff_id"),
    [
        ("he is a coward", ABOUT_ROSE, "CHIEF"),
        ("she is a coward", ABOUT_ROSE, None),
        ("she is a bully", ABOUT_FROST, "MATRON"),
        ("she came to my mother's funeral", ABOUT_FROST, "MATRON"),
        ("my mother says she is tired", ABOUT_FROST, None),
        ("you coward", ABOUT_ROSE, "CHIEF"),
        ("touch my daughter again, see how brave you are with her", ABOUT_FROST, "MATRON"),
        ("how do you book", ABOUT_ROSE, None),
        ("see you there", ABOUT_ROSE, None),
        ("he is a coward", "Our dog show is on Friday", None),
        ("she is a bully", "Our matron has won a prize", "MATRON"),
        ("you coward", A_POST, None),
    ],
)
def test_he_she_and_you_mean_the_one_person_of_the_post(
    text: str, post: str, staff_id: str | None
) -> None:
    assert target_of(text, post).staff_id == staff_id


def test_you_and_he_are_less_sure_than_a_name() -> None:
    assert target_of("Martin Rose is a coward").confidence is Confidence.SURE
    assert target_of("he is a coward", ABOUT_ROSE).confidence is Confidence.LIKELY
    assert target_of("you coward", ABOUT_ROSE).confidence is Confidence.UNSURE
    assert target_of("she is a coward", A_POST).confidence is Confidence.UNSURE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("you lot are cowards", TargetType.STAFF_GROUP),
        ("your nurses are cowards", TargetType.STAFF_GROUP),
        ("this council is a joke", TargetType.SERVICE),
        ("thieving cowards", TargetType.SERVICE),
        ("useless bunch of clowns", TargetType.SERVICE),
        ("you are useless", TargetType.SERVICE),
        ("@somebody you are a coward", TargetType.MEMBER_OF_PUBLIC),
        ("Sarah you are a coward", TargetType.MEMBER_OF_PUBLIC),
        ("get a life Keith you coward", TargetType.MEMBER_OF_PUBLIC),
        ("put your teeth back in, Brian", TargetType.MEMBER_OF_PUBLIC),
        ("leave her alone you coward", TargetType.MEMBER_OF_PUBLIC),
        ("Cllr Hargreaves is a coward, he always was", TargetType.OTHER_PUBLIC_FIGURE),
        ("the prime minister is a coward", TargetType.OTHER_PUBLIC_FIGURE),
        ("the councillors are cowards", TargetType.OTHER_PUBLIC_FIGURE),
        ("immigrants did this", TargetType.GROUP_BY_CHARACTERISTIC),
        ("raining again", TargetType.NONE),
    ],
)
def test_staff_service_public_figures_commenters_and_nobody_are_told_apart(
    text: str, kind: TargetType
) -> None:
    found = target_of(text, A_POST)
    assert (found.type, found.staff_id) == (kind, None)


def test_a_councillor_in_the_directory_is_named_like_anybody_in_it() -> None:
    council = Directory(
        [StaffMember("C1", "Pat Hargreaves", ("Cllr Hargreaves",), public_role=True)]
    )
    found = find_target("Cllr Hargreaves is a coward", directory=council)
    assert (found.type, found.staff_id) == (TargetType.NAMED_STAFF, "C1")


def test_insults_for_several_need_a_post_that_they_stand_under() -> None:
    assert target_of("thieving cowards").type is TargetType.NONE
    assert target_of("thieving cowards", A_POST, is_reply=False).type is TargetType.NONE


def test_it_is_told_that_a_member_of_staff_has_the_name_of_who_is_spoken_to() -> None:
    assert "a member of staff is called so" in target_of("Kevin you are a coward").why
    assert "not in the directory" in target_of("Sarah you are a coward").why


def test_thanks_to_somebody_is_not_spoken_to_another_commenter() -> None:
    found = target_of("Thank you so much to Brian, he was lovely", A_POST)
    assert found.type is not TargetType.MEMBER_OF_PUBLIC
