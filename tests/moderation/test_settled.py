"""What a person found not to be abuse is not put before people again until its words change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import review, settled
from moderation.access import Role
from moderation.errors import Conflict, InvalidInput, NotFound
from moderation.lifecycle import ItemState
from moderation.model import Author, Hit, Post, Signal
from moderation.plain_words import same_words
from moderation.proposing import Proposal
from moderation.tables import ItemRow, ProposalRow, SettledTextRow
from moderation.taxonomy import Abuse, CheckFirst
from moderation.triage import settling
from moderation.triage.earlier import EDITED_AWAY
from tests.moderation.deeds import ABUSE, HOUSE_RULE, NOT_ABUSE, decide, verbs
from tests.moderation.tuning import past
from tests.world import NOW, OTHER_ORG, REASON, UNSCORED, World, comment, deleted, proposal

JOKE = "Here come the water fairies again!"
ONCE = replace(NOT_ABUSE, ask_no_more=True)
SAM, POST = Author("sam", "@sam"), Post("post-1", "Station open day")
LATER = NOW + timedelta(days=29)


def say(
    world: World,
    session: Session,
    text: str = JOKE,
    made: Proposal | None = None,
    **more: Any,
) -> ItemRow:
    """Let Sam write under the post, and propose that it is abuse."""
    return world.item(session, text, made, **{"author": SAM, "post": POST, **more})


def state(world: World, session: Session, native_id: str) -> ItemState:
    return session.scalars(select(ItemRow.state).where(ItemRow.native_id == native_id)).one()


def seen(world: World, session: Session, *records: Any, made: Proposal | None = None) -> None:
    world.ingest(session, *records)
    world.triage(session, made or proposal())


def test_words_that_come_back_as_they_were_decided_are_not_asked_about(world: World) -> None:
    with world.store.transaction() as session:
        decide(world, session, say(world, session, native_id="j"), NOT_ABUSE)
        seen(world, session, deleted("j"))
        seen(world, session, comment("j", JOKE, author=SAM, post=POST))
        assert state(world, session, "j") is ItemState.CLEAR
        last = session.get_one(ProposalRow, (1, 3))
        assert (last.outcome, last.reasons) == ("clear", [settling.UNCHANGED])
        assert last.not_abuse is NOT_ABUSE.not_abuse


def test_an_edit_puts_it_back_and_editing_it_back_ends_that(world: World) -> None:
    with world.store.transaction() as session:
        decide(world, session, say(world, session, native_id="j"), NOT_ABUSE)
        seen(world, session, comment("j", "Dana is a useless clown", author=SAM, post=POST))
        assert state(world, session, "j") is ItemState.REVIEW
        seen(world, session, comment("j", JOKE, author=SAM, post=POST))
        # What stood there in between was flagged, and nobody has looked at it.
        assert state(world, session, "j") is ItemState.REVIEW
        assert session.get_one(ProposalRow, (1, 3)).reasons[0] == EDITED_AWAY


def test_a_decision_of_abuse_that_was_corrected_is_not_held_against_the_words(
    world: World,
) -> None:
    with world.store.transaction() as session:
        row = say(world, session, native_id="j")
        decide(world, session, row, ABUSE)
        decide(world, session, row, NOT_ABUSE)
        seen(world, session, deleted("j"))
        seen(world, session, comment("j", JOKE, author=SAM, post=POST))
        assert state(world, session, "j") is ItemState.CLEAR


def test_abuse_that_comes_back_is_asked_about(world: World) -> None:
    with world.store.transaction() as session:
        row = say(world, session, native_id="j")
        decide(world, session, row, ABUSE)
        review.dismiss(
            session,
            row.id,
            reason=REASON,
            revision=row.revision,
            actor=world.actor(Role.COMMS_MODERATOR),
            now=NOW,
        )
        seen(world, session, deleted("j"))
        seen(world, session, comment("j", JOKE, author=SAM, post=POST))
        assert state(world, session, "j") is ItemState.REVIEW


def test_a_house_rule_matter_that_comes_back_is_asked_about(world: World) -> None:
    with world.store.transaction() as session:
        decide(world, session, say(world, session, native_id="j"), HOUSE_RULE)
        seen(world, session, deleted("j"))
        seen(world, session, comment("j", JOKE, author=SAM, post=POST))
        assert state(world, session, "j") is ItemState.REVIEW


@pytest.mark.parametrize("made", [proposal(), UNSCORED], ids=["flagged", "not scored"])
def test_the_same_words_by_the_same_author_are_not_asked_about_again(
    world: World, made: Proposal
) -> None:
    with world.store.transaction() as session:
        decide(world, session, say(world, session), ONCE)
        again = say(world, session, "HERE come the water fairies, again", made, now=LATER)
        assert again.state is ItemState.CLEAR
        assert session.get_one(ProposalRow, (again.id, 1)).reasons == [settling.SAME_WORDS]


@pytest.mark.parametrize(
    "more",
    [
        {"author": Author("kim")},
        {"author": None},
        {"post": Post("post-2")},
        {"post": None},
        {"text": "Here come the water fairies again 🔪"},
        {"text": "Here come the water fairies"},
        {"now": NOW + timedelta(days=30)},
        {"org_id": OTHER_ORG},
        {"made": proposal(Abuse.MENACE)},
        {"made": proposal(Abuse.THREAT_SERIOUS)},
        {"made": proposal(check_first=(CheckFirst.WELFARE_CONCERN,))},
        {"made": proposal(check_first=(CheckFirst.COMPLAINT,))},
    ],
    ids=[
        *("another author", "nobody", "another post", "no post", "an emoji more", "a word less"),
        *("after 30 days", "another organisation", "menace", "threat", "check first", "complaint"),
    ],
)
def test_anything_else_is_asked_about(world: World, more: dict[str, Any]) -> None:
    with world.store.transaction() as session:
        decide(world, session, say(world, session), ONCE)
        assert say(world, session, **more).state is ItemState.REVIEW


def test_a_rule_of_threat_is_asked_about_every_time(world: World) -> None:
    threat = (Signal("rules@1", hits=(Hit("threat.veiled", "It may be a threat", 0, 4),)),)
    with world.store.transaction() as session:
        harmless = past.item(world, session, JOKE, past.said(0.9), author=SAM, post=POST)
        decide(world, session, harmless, ONCE)
        signals = (*past.said(0.9), *threat)
        again = past.item(world, session, JOKE, signals, native_id="again", author=SAM, post=POST)
        assert again.state is ItemState.REVIEW
        assert settled.why_not(session, again)


def test_without_the_choice_the_same_words_are_asked_about(world: World) -> None:
    with world.store.transaction() as session:
        decide(world, session, say(world, session), NOT_ABUSE)
        assert say(world, session).state is ItemState.REVIEW


def test_asking_again_abuse_found_later_and_reopening_end_it(world: World) -> None:
    person = world.actor(Role.COMMS_MODERATOR)
    with world.store.transaction() as session:
        first = say(world, session)
        decide(world, session, first, ONCE)
        settled.ask_again(session, first.id, actor=person, now=NOW)
        second = say(world, session)
        assert second.state is ItemState.REVIEW
        decide(world, session, second, ONCE)
        third = say(world, session)
        assert third.state is ItemState.CLEAR
        review.reopen(
            session, third.id, reason=REASON, revision=third.revision, actor=person, now=NOW
        )
        fourth = say(world, session)
        assert fourth.state is ItemState.REVIEW
        decide(world, session, fourth, ONCE)
        decide(world, session, third, ABUSE)
        assert say(world, session).state is ItemState.REVIEW
        rows = session.scalars(select(SettledTextRow)).all()
        assert [row.ended_by for row in rows] == [person.user_id] * 3
        with pytest.raises(Conflict):
            settled.ask_again(session, first.id, actor=person, now=NOW)
    assert verbs(world.store).count("item.settle_words") == 3
    assert verbs(world.store).count("item.ask_again") == 3


@pytest.mark.parametrize(
    ("more", "made"),
    [
        ({}, proposal(Abuse.MENACE)),
        ({}, proposal(check_first=(CheckFirst.EMERGENCY_REPORT,))),
        ({"author": None}, proposal()),
        ({"post": None}, proposal()),
        ({"text": "…!"}, proposal()),
    ],
    ids=["threat", "check first", "no author", "no post", "no words"],
)
def test_the_choice_is_refused_where_people_have_to_be_asked(
    world: World, more: dict[str, Any], made: Proposal
) -> None:
    with world.store.transaction() as session:
        row = say(world, session, **{"made": made, **more})
        with pytest.raises(InvalidInput):
            decide(world, session, row, ONCE)


def test_words_of_another_organisation_cannot_be_asked_about_again(world: World) -> None:
    with world.store.transaction() as session:
        row = say(world, session)
        decide(world, session, row, ONCE)
        theirs = world.actor(Role.COMMS_LEAD, OTHER_ORG)
        with pytest.raises(NotFound):
            settled.ask_again(session, row.id, actor=theirs, now=NOW)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ha ha!", "ha  HA", True),
        ("ﬁre", "fire", True),
        ("you 🔥", "you", False),
        ("you 👍", "you 👎", False),
        ("not you", "you", False),
    ],
)
def test_texts_that_say_the_same_are_the_same(one: str, other: str, same: bool) -> None:
    assert (same_words(one) == same_words(other)) is same
