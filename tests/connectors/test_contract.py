"""Every registered connector keeps every promise of the contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import (
    AuthLost,
    Connector,
    ConnectorError,
    Gone,
    Permanent,
    Transient,
)
from connectors.registry import CONNECTORS, connect
from moderation.errors import SettingsError
from moderation.model import ActionKind, Change, Comment, ItemRef, Page, Unreadable

IDS = [f"c-{number}" for number in range(250)]
TWICE_IS_ONCE = sorted(set(ActionKind) - {ActionKind.REPORT})


@dataclass(frozen=True)
class Specimen:
    """Settings for one connector over a feed, and the ids that it must bring."""

    settings: dict[str, Any]
    ids: list[str]
    ref: ItemRef


def _replay(folder: Path) -> Specimen:
    feed = folder / "feed.jsonl"
    lines = [
        json.dumps({"id": native_id, "text": "Nice one", "author": {"id": f"a-{native_id}"}})
        for native_id in IDS
    ]
    feed.write_text("\n".join([*lines[:100], "{poison", *lines[100:]]) + "\n")
    ref = ItemRef(IDS[3], author_id=f"a-{IDS[3]}")
    return Specimen({"path": str(feed)}, IDS, ref)


def _import(_folder: Path) -> Specimen:
    return Specimen({"platform": "facebook"}, [], ItemRef("c-1", author_id="a-1"))


SPECIMENS: dict[str, Callable[[Path], Specimen]] = {"import": _import, "replay": _replay}


@dataclass(frozen=True)
class Subject:
    """A connector and what it stands over; again() gives the same account after a restart."""

    specimen: Specimen
    again: Callable[[], Connector]


@pytest.fixture(params=sorted(CONNECTORS))
def subject(request: pytest.FixtureRequest, tmp_path: Path) -> Subject:
    name = request.param
    specimen = SPECIMENS[name](tmp_path)
    return Subject(specimen, lambda: connect(name, specimen.settings, tmp_path / "state"))


def pages(connector: Connector) -> Iterator[Page]:
    """Yield every page from the beginning until nothing is new."""
    cursor = None
    while (page := connector.poll(cursor)).records:
        yield page
        cursor = page.cursor


def test_every_registered_connector_has_a_specimen() -> None:
    assert set(SPECIMENS) == set(CONNECTORS)


def test_polling_to_the_end_brings_every_comment_once_and_in_order(subject: Subject) -> None:
    brought = [
        record.native_id
        for page in pages(subject.again())
        for record in page.records
        if isinstance(record, Comment)
    ]
    assert brought == subject.specimen.ids


def test_the_same_cursor_polled_again_after_a_restart_skips_nothing(subject: Subject) -> None:
    cursor = None
    for page in pages(subject.again()):
        again = subject.again().poll(cursor)
        assert again.records == page.records
        assert again.raw == page.raw
        cursor = page.cursor


def test_a_page_holds_the_bytes_of_each_of_its_records(subject: Subject) -> None:
    for page in pages(subject.again()):
        assert all(record.raw in page.raw for record in page.records)


def test_an_unreadable_record_comes_with_a_reason_beside_its_neighbours(subject: Subject) -> None:
    for page in pages(subject.again()):
        bad = [record for record in page.records if isinstance(record, Unreadable)]
        assert all(record.reason.endswith(".") for record in bad)
        assert len(bad) < len(page.records)


def test_polling_at_the_end_gives_a_page_without_records(subject: Subject) -> None:
    *_, cursor = [None, *(page.cursor for page in pages(subject.again()))]
    assert subject.again().poll(cursor).records == ()


def test_a_cursor_that_makes_no_sense_skips_nothing(subject: Subject) -> None:
    connector = subject.again()
    assert connector.poll("no such cursor").records == connector.poll(None).records


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
    with pytest.raises(SettingsError, match=r"myspace.*import, replay"):
        connect("myspace", {}, tmp_path)


def test_every_error_is_transient_or_permanent() -> None:
    assert set(ConnectorError.__subclasses__()) == {Transient, Permanent}
    assert set(Permanent.__subclasses__()) == {Gone, AuthLost}
    assert Transient("It did not answer.").retry_after == 60.0
