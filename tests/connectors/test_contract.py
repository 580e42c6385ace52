"""Every registered connector keeps every promise of the contract.

A promise is a test that takes subject: tests/connectors/test_recipe.py runs each over one more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.contract import (
    COMMENTS,
    AuthLost,
    Connector,
    ConnectorError,
    Gone,
    Permanent,
    PermissionMissing,
    Transient,
)
from connectors.registry import CONNECTORS, METERED, connect, kind_of
from moderation.errors import SettingsError
from moderation.model import ActionKind, Change, Comment, How, ItemRef, Page, Unreadable
from tests.connectors.specimens import NOW, SPECIMENS, Specimen
from tests.standins.means import HeldSecrets, means

TWICE_IS_ONCE = sorted(set(ActionKind) - {ActionKind.REPORT})


@dataclass(frozen=True)
class Subject:
    """A connector and what it stands over; again() gives the same account after a restart."""

    specimen: Specimen
    again: Callable[[], Connector]


@pytest.fixture(params=sorted(CONNECTORS))
def subject(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Subject]:
    name = request.param
    with ExitStack() as until:
        specimen = SPECIMENS[name](tmp_path, until)
        given = means(tmp_path / "state", **specimen.secrets)
        yield Subject(specimen, lambda: connect(name, specimen.settings, given))


def pages(connector: Connector, feed: str = COMMENTS.name) -> Iterator[Page]:
    """Yield every page of a feed from the beginning until nothing more follows at once."""
    cursor = None
    while True:
        page = connector.poll(feed, cursor)
        yield page
        if not page.more:
            return
        assert page.cursor != cursor, "the same page again would go on for ever"
        cursor = page.cursor


def rounds(connector: Connector) -> Iterator[Page]:
    """Yield every page of one round of re-reading."""
    page = connector.reread(None, NOW - timedelta(days=28))
    yield page
    while page.more:
        page = connector.reread(page.cursor, NOW - timedelta(days=28))
        yield page


def ids_of(brought: Iterable[Page]) -> set[str]:
    """Return the native ids of all comments of some pages."""
    return {
        record.native_id
        for page in brought
        for record in page.records
        if isinstance(record, Comment)
    }


def test_every_registered_connector_has_a_specimen() -> None:
    assert set(SPECIMENS) == set(CONNECTORS)


def test_the_registry_says_which_connectors_have_a_tariff() -> None:
    assert {name for name in CONNECTORS if kind_of(name).tariff} == METERED


@pytest.mark.parametrize("name", sorted(CONNECTORS))
def test_a_connector_names_every_secret_that_it_keeps(name: str, tmp_path: Path) -> None:
    with ExitStack() as until:
        specimen = SPECIMENS[name](tmp_path, until)
        given = means(tmp_path / "state", **specimen.secrets)
        connect(name, specimen.settings, given).poll(COMMENTS.name, None)
        assert isinstance(given.secrets, HeldSecrets)
        assert set(given.secrets) <= set(kind_of(name).secrets)


def test_polling_every_feed_to_its_end_brings_every_comment(subject: Subject) -> None:
    connector = subject.again()
    brought = {
        native_id for feed in connector.feeds for native_id in ids_of(pages(connector, feed.name))
    }
    assert brought == set(subject.specimen.ids)


def test_a_round_of_rereading_brings_no_comment_that_is_not_there(subject: Subject) -> None:
    assert ids_of(rounds(subject.again())) <= set(subject.specimen.ids)


def test_a_page_shows_its_comments_oldest_first(subject: Subject) -> None:
    for page in pages(subject.again()):
        times = [
            record.created_at
            for record in page.records
            if isinstance(record, Comment) and record.created_at
        ]
        assert times == sorted(times)


def test_the_same_cursor_polled_again_after_a_restart_skips_nothing(subject: Subject) -> None:
    cursor = None
    for page in pages(subject.again()):
        again = subject.again().poll(COMMENTS.name, cursor)
        assert ids_of([again]) == ids_of([page])
        cursor = page.cursor


def test_polling_on_from_the_end_skips_nothing_and_ends(subject: Subject) -> None:
    *_, last = pages(subject.again())
    assert not subject.again().poll(COMMENTS.name, last.cursor).more


def test_a_page_holds_the_bytes_of_each_of_its_records(subject: Subject) -> None:
    for page in pages(subject.again()):
        assert all(record.raw in page.raw for record in page.records)


def test_an_unreadable_record_comes_with_a_reason_beside_its_neighbours(subject: Subject) -> None:
    bad = [
        record
        for page in pages(subject.again())
        for record in page.records
        if isinstance(record, Unreadable)
    ]
    assert all(record.reason.endswith(".") for record in bad)
    assert len(bad) == int(subject.specimen.poison)


def test_a_cursor_that_makes_no_sense_skips_nothing(subject: Subject) -> None:
    connector = subject.again()
    senseless = connector.poll(COMMENTS.name, "no such cursor")
    assert ids_of([senseless]) == ids_of([connector.poll(COMMENTS.name, None)])


def test_a_fetched_comment_is_the_one_that_was_asked_for(subject: Subject) -> None:
    if subject.specimen.ids:
        fetched = subject.again().fetch(subject.specimen.ref)
        assert fetched.native_id == subject.specimen.ref.native_id
        assert fetched.change is Change.PRESENT
    else:
        with pytest.raises(Permanent):
            subject.again().fetch(subject.specimen.ref)


def test_a_comment_that_never_was_cannot_be_fetched(subject: Subject) -> None:
    with pytest.raises(Permanent):
        subject.again().fetch(ItemRef("never-was"))


@pytest.mark.parametrize("action", ActionKind, ids=str)
def test_what_is_offered_for_an_item_is_supported(subject: Subject, action: ActionKind) -> None:
    connector = subject.again()
    told = connector.capability(subject.specimen.ref, action)
    assert told.how is not How.API or action in connector.supports
    assert told.how is How.API or told.says.endswith(".")
    assert not told.link or told.link.startswith("https://")


def test_a_check_names_the_account(subject: Subject) -> None:
    checked = subject.again().check()
    assert checked.name
    assert checked.missing == ()


@pytest.mark.parametrize("action", ActionKind, ids=str)
def test_an_action_that_is_not_supported_is_refused(subject: Subject, action: ActionKind) -> None:
    connector = subject.again()
    if action not in connector.supports:
        with pytest.raises(Permanent):
            connector.act(subject.specimen.ref, action)


@pytest.mark.parametrize("action", ActionKind, ids=str)
def test_a_supported_action_is_read_back_as_it_is_said_to_be(
    subject: Subject, action: ActionKind
) -> None:
    connector, ref = subject.again(), subject.specimen.ref
    if action in connector.supports:
        connector.act(ref, action)
    seen = subject.again().read_back(ref, action)
    assert seen is ((action in connector.supports) if connector.can_read_back(action) else None)


@pytest.mark.parametrize("action", TWICE_IS_ONCE, ids=str)
def test_acting_twice_equals_acting_once(subject: Subject, action: ActionKind) -> None:
    connector, ref = subject.again(), subject.specimen.ref
    if action in connector.supports:
        connector.act(ref, action)
        connector.act(ref, action)
        assert connector.read_back(ref, action) in (True, None)


@pytest.mark.parametrize("action", ActionKind, ids=str)
def test_what_takes_an_action_back_is_itself_supported(
    subject: Subject, action: ActionKind
) -> None:
    connector, ref = subject.again(), subject.specimen.ref
    undo = connector.undo_of(action)
    if undo is None:
        return
    assert undo in connector.supports
    connector.act(ref, action)
    connector.act(ref, undo)
    assert connector.read_back(ref, action) in (False, None)
    assert connector.read_back(ref, undo) in (True, None)


@pytest.mark.parametrize("action", ActionKind, ids=str)
def test_a_note_is_one_plain_line(subject: Subject, action: ActionKind) -> None:
    note = subject.again().note(action)
    assert "\n" not in note
    assert not note or note.endswith(".")


def test_a_connector_names_its_platform_and_how_long_its_reads_lag(subject: Subject) -> None:
    connector = subject.again()
    assert connector.platform
    assert connector.settle_s >= 0


def test_an_unknown_connector_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"myspace.*import, .*replay"):
        connect("myspace", {}, means(tmp_path))


def test_every_error_is_transient_or_permanent() -> None:
    assert set(ConnectorError.__subclasses__()) == {Transient, Permanent}
    assert set(Permanent.__subclasses__()) == {Gone, PermissionMissing, AuthLost}
    assert Transient("It did not answer.").retry_after == 60.0
