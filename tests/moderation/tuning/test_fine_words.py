"""Words that are fine here save nobody's insult, and each stands on the list with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from moderation.access import Role
from moderation.errors import Conflict, InvalidInput, NotAllowed, NotFound
from moderation.policy import Policy
from moderation.proposing import Outcome, Subject, propose
from moderation.targets import Directory, find_target
from moderation.tuning import fine_words, in_force
from tests.moderation.deeds import verbs
from tests.moderation.tuning.past import item, said, try_out
from tests.world import NOW, ORG, OTHER_ORG, POLICY, World

WHY = "It is what we call the mugs at Station 4."
BARE = replace(POLICY, harmless_words=frozenset())


def with_words(*words: str) -> Policy:
    return replace(BARE, harmless_words=frozenset(words))


def outcome(
    text: str, *weighed: str, policy: Policy, share: float = 0.9, hits: tuple[str, ...] = ()
) -> Outcome:
    target = find_target(text, directory=Directory())
    return propose(Subject(text), said(share, *hits, words=weighed), target, policy).outcome


@pytest.mark.parametrize(
    ("listed", "text", "weighed"),
    [
        ("shital", "Thank you Shital", ("Shital",)),
        ("lup pots", "Love the LUP  pots!", ("lup", "pots")),
        ("lup pots", "Love the lup-pots!", ("lup-pots",)),
        ("lup pots", "Love the lup pots!", ("pots",)),
        ("old o'trout", "here comes old O’Trout", ("O’Trout", "old")),
    ],
)
def test_a_text_whose_weightiest_words_are_all_fine_is_not_held_to_be_abuse(
    listed: str, text: str, weighed: tuple[str, ...]
) -> None:
    assert outcome(text, *weighed, policy=BARE) is Outcome.FLAG
    assert outcome(text, *weighed, policy=with_words(listed)) is Outcome.CLEAR


@pytest.mark.parametrize(
    ("listed", "text", "weighed"),
    [
        ("shital", "Shital you useless idiot", ("idiot", "useless", "Shital")),
        ("lup pots", "your pots are as mad as you, idiot", ("pots",)),
        ("lup pots", "a lup potsherd", ("lup",)),
        ("lup pots", "lup pots you idiot", ("lup", "pots", "idiot")),
        ("lup", "he has a lupine face", ("lupine",)),
        ("shital", "no word stands out", ()),
    ],
)
def test_the_same_word_as_part_of_an_insult_still_is_one(
    listed: str, text: str, weighed: tuple[str, ...]
) -> None:
    assert outcome(text, *weighed, policy=with_words(listed)) is Outcome.FLAG


def test_a_rule_that_fires_is_not_talked_down_by_the_list() -> None:
    policy, text = with_words("shital"), "Shital you useless idiot"
    assert outcome(text, "Shital", policy=policy, hits=("abuse.insult",)) is Outcome.FLAG
    assert outcome(text, "Shital", policy=policy, hits=("threat.explicit",)) is Outcome.FLAG


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Shital ", "shital"),
        ("Lup   Pots!", "lup pots"),
        ("O’Brien", "o'brien"),
        ("Łódź", "łódź"),
    ],
)
def test_a_word_is_kept_in_small_letters_with_single_spaces(typed: str, kept: str) -> None:
    assert fine_words.plain(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "!!", "999", "a b c d e f", "x" * 61])
def test_what_is_no_word_or_too_long_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        fine_words.plain(typed)


def test_a_word_is_in_force_for_its_organisation_until_it_is_taken_off(world: World) -> None:
    lead = world.actor(Role.COMMS_LEAD)
    with world.store.transaction() as session:
        assert fine_words.add(session, "Lup Pots", reason=WHY, actor=lead, now=NOW) == "lup pots"
        assert "lup pots" in in_force.policy_of(session, ORG, POLICY).harmless_words
        assert in_force.policy_of(session, OTHER_ORG, POLICY) is POLICY
        (entry,) = fine_words.entries(session, actor=lead)
        assert (entry.words, entry.reason, entry.added_by) == ("lup pots", WHY, lead.name)
        fine_words.remove(session, entry.id, reason="Nobody says it now.", actor=lead, now=NOW)
        assert in_force.policy_of(session, ORG, POLICY) is POLICY
        assert fine_words.entries(session, actor=lead) == []
        (gone,) = fine_words.entries(session, actor=lead, removed=True)
        assert (gone.removed_reason, gone.removed_by) == ("Nobody says it now.", lead.name)
        fine_words.add(session, "lup pots", reason=WHY, actor=lead, now=NOW)
    assert verbs(world.store).count("fine_word.add") == 2
    assert verbs(world.store).count("fine_word.remove") == 1


def test_a_word_stands_once_and_is_taken_off_once(world: World) -> None:
    lead = world.actor(Role.COMMS_LEAD)
    with world.store.transaction() as session:
        fine_words.add(session, "shital", reason=WHY, actor=lead, now=NOW)
        with pytest.raises(Conflict):
            fine_words.add(session, "SHITAL", reason=WHY, actor=lead, now=NOW)
        (entry,) = fine_words.entries(session, actor=lead)
        theirs = world.actor(Role.COMMS_LEAD, OTHER_ORG)
        with pytest.raises(NotFound):
            fine_words.remove(session, entry.id, reason=WHY, actor=theirs, now=NOW)
        fine_words.remove(session, entry.id, reason=WHY, actor=lead, now=NOW)
        with pytest.raises(NotFound):
            fine_words.remove(session, entry.id, reason=WHY, actor=lead, now=NOW)


def test_a_full_list_takes_no_more(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fine_words, "MOST_LISTED", 1)
    lead = sqlite_world.actor(Role.COMMS_LEAD)
    with sqlite_world.store.transaction() as session:
        fine_words.add(session, "one", reason=WHY, actor=lead, now=NOW)
        with pytest.raises(InvalidInput):
            fine_words.add(session, "two", reason=WHY, actor=lead, now=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMS_LEAD])
def test_only_a_comms_lead_changes_the_list(sqlite_world: World, role: Role) -> None:
    actor = sqlite_world.actor(role)
    with sqlite_world.store.transaction() as session:
        with pytest.raises(NotAllowed):
            fine_words.add(session, "one", reason=WHY, actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            fine_words.remove(session, 1, reason=WHY, actor=actor, now=NOW)


def test_a_word_is_tried_on_the_past_before_it_is_added(world: World) -> None:
    with world.store.transaction() as session:
        item(world, session, "Love the lup pots", said(0.9, words=("lup", "pots")))
        item(world, session, "You are useless", said(0.9, words=("useless",)))
    trial = try_out(world, with_words("lup pots"), as_now=BARE)
    assert [one.text for one in trial.fewer] == ["Love the lup pots"]
    assert (trial.whole.now, trial.whole.tried) == (2, 1)
