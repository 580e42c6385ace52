"""Mobbing by shared words: a hashtag, a link or a phrase that several people use of one person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from moderation.model import Author
from moderation.patterns import marks
from moderation.proposing import Proposal
from moderation.tables import AlertRow, ContactMarkRow, PatternRow
from moderation.taxonomy import Abuse, NotAbuse, Severity
from tests.moderation.test_mobbing import incidents, members
from tests.moderation.test_patterns import DANA, SAM, abuse, proposed, unfriendly
from tests.world import NOW, POLICY, World, comment, hours

ENOUGH = POLICY.mobbing.shared_phrase_authors
TAG = "#SackDana"


def say(
    world: World,
    text: str,
    author: str,
    *,
    at: datetime = NOW,
    made: Proposal | None = None,
) -> None:
    with world.store.transaction() as session:
        who = Author(author, f"@{author}")
        world.item(session, f"{author} {text}", made or abuse(), now=at, author=who)


def crowd(world: World, authors: int, text: str = TAG, made: Proposal | None = None) -> None:
    for n in range(authors):
        say(world, text, f"a{n}", at=NOW + n * timedelta(minutes=1), made=made)


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("get her out #SackDana now", "#sackdana"),
        ("see https://www.example.org/petition/?ref=1 all of you", "example.org/petition"),
        ("She Never Answers her phone anyway", "she never answers her phone"),
    ],
)
def test_tags_links_and_phrases_are_marks_whatever_their_letters(text: str, shared: str) -> None:
    assert shared in marks(text)


def test_tags_come_before_links_and_links_before_phrases() -> None:
    text = "everybody should write letters today https://example.org/a #out"
    assert marks(text)[:2] == ("#out", "example.org/a")


@pytest.mark.parametrize(
    "text", ["what the post itself says here #FireKills", "is it at the end of it"]
)
def test_what_the_post_says_and_runs_of_small_words_are_no_marks(text: str) -> None:
    assert marks(text, "Remember what the post itself says here #firekills") == ()


def test_a_text_of_a_thousand_words_has_a_bounded_number_of_marks() -> None:
    assert len(marks(" ".join(f"word{n}" for n in range(1_000)))) == 200


def test_fewer_people_are_a_crowd_where_they_share_a_hashtag(world: World) -> None:
    assert POLICY.mobbing.distinct_authors > ENOUGH
    crowd(world, ENOUGH - 1)
    assert incidents(world) == []
    say(world, TAG, "last", at=NOW + hours(20))
    incident = incidents(world)[0]
    assert (incident.target_staff_id, incident.authors) == ("NM-1", ENOUGH)
    assert incident.says == f"{ENOUGH} people with the same words: #sackdana"
    assert members(world, incident) == ENOUGH
    last = proposed(world)[-1]
    assert (last.category, last.severity) == (Abuse.VIRTUAL_MOBBING, Severity.S3)
    assert last.reasons[0] == f"Pattern: {ENOUGH} people used the same words: #sackdana"


def test_it_alerts_once_for_the_incident(world: World) -> None:
    crowd(world, ENOUGH + 3)
    with world.store.reading() as session:
        alerts = session.query(AlertRow).filter(AlertRow.rule == "AL4").all()
    assert len({alert.about for alert in alerts}) == 1


def test_a_whole_page_read_at_once_is_one_incident(world: World) -> None:
    text = "she never answers her phone when anybody rings"
    written = [
        comment(f"{n}", f"{n} {text}", author=Author(f"a{n}", f"@a{n}"), created_at=NOW)
        for n in range(ENOUGH)
    ]
    with world.store.transaction() as session:
        world.ingest(session, *written)
        world.triage(session, abuse(), now=NOW)
    incident, *others = incidents(world)
    assert others == []
    assert (incident.authors, members(world, incident)) == (ENOUGH, ENOUGH)


@pytest.mark.parametrize("text", ["", "no words that anybody shares {}"])
def test_the_same_number_of_people_without_shared_words_is_no_incident(
    world: World, text: str
) -> None:
    for n in range(ENOUGH):
        say(world, text.format(n) and f"{n}", f"a{n}")
    assert incidents(world) == []


def test_one_author_repeating_a_hashtag_is_no_crowd(world: World) -> None:
    for n in range(ENOUGH):
        say(world, f"{TAG} {n}", "angry", at=NOW + n * timedelta(minutes=1))
    assert incidents(world) == []


def test_other_people_and_other_days_do_not_count(world: World) -> None:
    crowd(world, ENOUGH - 1)
    say(world, TAG, "other", made=abuse(SAM))
    say(world, TAG, "late", at=NOW + hours(60))
    assert incidents(world) == []


def test_a_hashtag_of_critics_is_no_mob_and_stays_up(world: World) -> None:
    crowd(world, 3 * ENOUGH, made=unfriendly())
    assert incidents(world) == []
    assert {(row.category, row.not_abuse) for row in proposed(world)} == {
        (None, NotAbuse.CRITICISM)
    }


def test_a_critic_who_uses_the_hashtag_of_a_mob_is_shown_it_and_is_no_abuser(world: World) -> None:
    crowd(world, ENOUGH)
    say(world, TAG, "critic", made=unfriendly())
    last = proposed(world)[-1]
    assert (last.category, last.not_abuse) == (None, NotAbuse.CRITICISM)
    assert last.reasons[-1] == f"Pattern: {ENOUGH + 1} people used the same words: #sackdana"
    assert members(world, incidents(world)[0]) == ENOUGH + 1


def test_thanks_with_the_hashtag_do_not_count(world: World) -> None:
    crowd(world, ENOUGH - 1)
    say(world, TAG, "friend", made=unfriendly(NotAbuse.THANKS))
    assert incidents(world) == []


def test_the_record_keeps_no_second_copy_of_the_words(world: World) -> None:
    crowd(world, 1)
    with world.store.reading() as session:
        kept = [row.mark for row in session.query(ContactMarkRow)]
    assert kept
    assert not any("dana" in mark for mark in kept)


def test_an_incident_by_words_and_one_by_number_are_the_same_incident(world: World) -> None:
    crowd(world, POLICY.mobbing.distinct_authors + 1)
    with world.store.reading() as session:
        assert session.query(PatternRow).count() == 1
    assert DANA.staff_id == incidents(world)[0].target_staff_id
