"""The health page says how the audit chain and the time stamps stand."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from moderation import checkpoints
from moderation.audit import Verdict
from moderation.checkpoints import Checked
from moderation.evidence import stamps
from moderation.evidence.seal import SigningKey
from moderation.tables import Stamped
from tests.review_ui.world import World


def shown(world: World) -> str:
    page = re.sub("<[^>]*>", " ", world.browser("adam").get("/health").text)
    return " ".join(page.split()).replace(" .", ".").replace(" ,", ",")


def note(world: World, checked: Checked) -> None:
    with world.store.transaction() as session:
        checkpoints.note_result(session, checked, world.store.now())


def test_a_chain_that_was_not_checked_yet_is_said_to_be(world: World) -> None:
    assert "It was not checked yet. It is checked every night." in shown(world)


def test_a_whole_chain_is_shown_with_its_length_and_the_time_of_the_check(world: World) -> None:
    note(world, Checked(Verdict(12345), 24, ()))
    assert "Whole It is whole to line 12,345, checked" in shown(world)
    assert "against 24 checkpoints." in shown(world)


def test_a_broken_chain_is_shown_with_its_line_and_what_to_do(world: World) -> None:
    note(world, Checked(Verdict(6, 7, "the line was changed"), 0, ()))
    assert "It breaks at line 7." in shown(world)
    assert "watchroom audit verify" in shown(world)
    note(world, Checked(Verdict(6), 2, ("checkpoint 1 was taken at line 9",)))
    assert "not every checkpoint agrees with them" in shown(world)
    assert "Not whole" in shown(world)


def test_the_last_checkpoint_is_shown_and_whether_it_lies_outside(
    world: World, tmp_path: Path
) -> None:
    now = world.store.now()
    key = SigningKey.of(tmp_path / "keys")
    note(world, Checked(Verdict(0), 0, ()))
    with world.store.transaction() as session:
        made = checkpoints.take(session, key, "here/audit", is_mailed=False, now=now)
        end = checkpoints.latest(session)
    assert made is not None
    assert end is not None
    assert f"The last checkpoint was signed at line {end.seq}," in shown(world)
    assert "It is not in the folder of checkpoints yet." in shown(world)
    with world.store.transaction() as session:
        checkpoints.note_written(session, made, now)
    assert "It lies in the folder of checkpoints." in shown(world)


def test_without_an_authority_the_page_says_so(world: World) -> None:
    assert "No time-stamp authority is set up." in shown(world)


def test_stamps_that_are_waited_for_are_shown_with_the_reason(world: World) -> None:
    now = world.store.now()
    with world.store.transaction() as session:
        session.info["authorities"] = ("time-office",)
        stamps.want(session, Stamped.CHECKPOINT, 1, "a" * 64, now - timedelta(hours=2))
        wanted = stamps.Wanted(1, "time-office", Stamped.CHECKPOINT, 1, "a" * 64, 0, b"")
        stamps.refused(session, wanted, "The authority did not answer in time.", now)
    page = shown(world)
    assert "time-office (no longer set up)" in page
    assert "The authority did not answer in time." in page
