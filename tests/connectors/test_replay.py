"""The replay follows its feed as it grows, and keeps what is done there across restarts."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors import replay
from connectors.contract import AuthLost, Gone, Permanent, Transient
from connectors.registry import connect
from connectors.replay import Replay
from connectors.replay_faults import read_script
from connectors.replay_state import ReplayState
from moderation.errors import SettingsError
from moderation.model import ActionKind, Change, Comment, ItemRef, Page, Unreadable
from tests.standins.means import means


def line(native_id: str, text: str = "Nice one", **more: Any) -> str:
    return json.dumps({"id": native_id, "text": text, **more}) + "\n"


class Feed:
    """A feed in a folder, and connectors over it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "feed.jsonl"
        self.path.write_text("")
        self.folder = folder
        self.seconds = 1_000.0

    def add(self, *lines: str) -> None:
        with self.path.open("a") as stream:
            stream.write("".join(lines))

    def connector(self, **more: Any) -> Replay:
        state = ReplayState(self.folder / "state" / "replay.db")
        script = read_script(more.pop("faults", []))
        return Replay(self.path, state, clock=lambda: self.seconds, faults=script, **more)


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    return Feed(tmp_path)


def ids(page: Page) -> list[str]:
    return [record.native_id for record in page.records if isinstance(record, Comment)]


def test_lines_added_later_come_with_the_next_poll(feed: Feed) -> None:
    feed.add(line("1"), line("2"))
    first = feed.connector().poll("comments", None)
    feed.add(line("3"))
    second = feed.connector().poll("comments", first.cursor)
    assert (ids(first), ids(second)) == (["1", "2"], ["3"])
    assert feed.connector().poll("comments", second.cursor).cursor == second.cursor


def test_an_unfinished_last_line_waits_for_its_end(feed: Feed) -> None:
    feed.add(line("1"), '{"id": "2", "te')
    first = feed.connector().poll("comments", None)
    feed.add('xt": "done"}\n')
    assert (ids(first), ids(feed.connector().poll("comments", first.cursor))) == (["1"], ["2"])


def test_a_finished_last_line_needs_no_line_feed(feed: Feed) -> None:
    feed.add(line("1"), line("2").rstrip("\n"))
    first = feed.connector().poll("comments", None)
    feed.add("\n" + line("3"))
    assert (ids(first), ids(feed.connector().poll("comments", first.cursor))) == (["1", "2"], ["3"])


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text(line("a") + line("b")),
        lambda path: path.write_text(line("a") + line("b") * 50),
        lambda path: path.write_text(line("a")),
    ],
    ids=["as long", "longer", "shorter"],
)
def test_a_replaced_feed_is_read_from_its_start(feed: Feed, change: Callable[[Path], Any]) -> None:
    feed.add(line("1"), line("2"))
    cursor = feed.connector().poll("comments", None).cursor
    change(feed.path)
    assert ids(feed.connector().poll("comments", cursor))[0] == "a"


def test_an_edit_and_a_deletion_are_told_apart(feed: Feed) -> None:
    feed.add(line("1"), line("1", "Nicer", change="edited"), '{"id": "1", "change": "deleted"}\n')
    records = feed.connector().poll("comments", None).records
    told = [(r.text, r.change) for r in records if isinstance(r, Comment)]
    assert told == [
        ("Nice one", Change.PRESENT),
        ("Nicer", Change.PRESENT),
        ("", Change.DELETED),
    ]


def test_blank_lines_however_many_hold_nothing_up(feed: Feed) -> None:
    feed.add("\n" * 9_000_000, line("1"))
    page = feed.connector().poll("comments", None)
    assert ids(page) == ["1"]
    assert len(page.raw) < 100


def test_a_line_above_the_limit_is_one_unreadable_record(feed: Feed) -> None:
    feed.add(line("1"), line("2", "a" * 3_000_000), line("3"))
    page = feed.connector().poll("comments", None)
    assert ids(page) == ["1", "3"]
    assert isinstance(page.records[1], Unreadable)


def test_a_feed_that_is_not_there_yet_is_worth_another_try(feed: Feed) -> None:
    feed.path.unlink()
    with pytest.raises(Transient, match="No such file"):
        feed.connector().poll("comments", None)


def test_a_fetch_gives_the_latest_words_even_before_they_were_polled(feed: Feed) -> None:
    feed.add(line("1"), line("2"))
    assert feed.connector().fetch(ItemRef("1")).text == "Nice one"
    feed.add(line("1", "Nicer", change="edited"))
    assert feed.connector().fetch(ItemRef("1")).text == "Nicer"


def test_a_fetch_after_the_feed_was_replaced_gives_the_new_feeds_words(feed: Feed) -> None:
    feed.add(line("1"), line("2"))
    feed.connector().fetch(ItemRef("1"))
    feed.path.write_text(line("0") + line("1", "Other"))
    assert feed.connector().fetch(ItemRef("1")).text == "Other"
    with pytest.raises(Gone):
        feed.connector().fetch(ItemRef("2"))


@pytest.mark.parametrize("action", [ActionKind.HIDE, ActionKind.DELETE, ActionKind.REPORT], ids=str)
def test_what_its_author_deleted_is_gone_for_every_action(feed: Feed, action: ActionKind) -> None:
    feed.add(line("1"), '{"id": "1", "change": "deleted"}\n')
    connector = feed.connector()
    for call in (
        lambda: connector.act(ItemRef("1"), action),
        lambda: connector.fetch(ItemRef("1")),
        lambda: connector.read_back(ItemRef("1"), ActionKind.HIDE),
        lambda: connector.read_back(ItemRef("1"), ActionKind.DELETE),
    ):
        with pytest.raises(Gone):
            call()


def test_what_this_account_deleted_reads_as_deleted_and_is_gone_otherwise(feed: Feed) -> None:
    feed.add(line("1"))
    feed.connector().act(ItemRef("1"), ActionKind.DELETE)
    assert feed.connector().read_back(ItemRef("1"), ActionKind.DELETE) is True
    with pytest.raises(Gone):
        feed.connector().act(ItemRef("1"), ActionKind.HIDE)


def test_what_is_hidden_stays_hidden_after_a_restart_until_it_is_shown_again(feed: Feed) -> None:
    feed.add(line("1"))
    ref = ItemRef("1")
    assert feed.connector().read_back(ref, ActionKind.HIDE) is False
    feed.connector().act(ref, ActionKind.HIDE)
    assert feed.connector().read_back(ref, ActionKind.HIDE) is True
    feed.connector().act(ref, ActionKind.UNHIDE)
    assert feed.connector().read_back(ref, ActionKind.HIDE) is False


def test_a_block_holds_for_all_that_the_author_wrote(feed: Feed) -> None:
    feed.add(line("1"), line("2"))
    feed.connector().act(ItemRef("1", author_id="a"), ActionKind.BLOCK)
    assert feed.connector().read_back(ItemRef("2", author_id="a"), ActionKind.BLOCK) is True
    assert feed.connector().read_back(ItemRef("2", author_id="b"), ActionKind.BLOCK) is False


def test_a_withheld_author_cannot_be_blocked(feed: Feed) -> None:
    feed.add(line("1"))
    with pytest.raises(Permanent, match="who wrote this"):
        feed.connector().act(ItemRef("1"), ActionKind.BLOCK)


def test_reads_lag_behind_writes_as_long_as_they_are_told_to(feed: Feed) -> None:
    feed.add(line("1"))
    lagging = feed.connector(lag_s=1.5)
    lagging.act(ItemRef("1"), ActionKind.HIDE)
    feed.seconds += 1.4
    assert lagging.read_back(ItemRef("1"), ActionKind.HIDE) is False
    feed.seconds += 0.2
    assert lagging.read_back(ItemRef("1"), ActionKind.HIDE) is True
    assert lagging.settle_s > 1.5


def test_a_fault_before_leaves_nothing_done_and_one_after_leaves_all_done(feed: Feed) -> None:
    feed.add(line("1"), line("2"))
    script = [
        {"call": "act", "when": "before", "times": 1},
        {"call": "act", "when": "after", "skip": 1, "times": 1, "retry_after": 5},
    ]
    with pytest.raises(Transient):
        feed.connector(faults=script).act(ItemRef("1"), ActionKind.HIDE)
    assert feed.connector().read_back(ItemRef("1"), ActionKind.HIDE) is False
    feed.connector(faults=script).act(ItemRef("1"), ActionKind.HIDE)
    with pytest.raises(Transient) as caught:
        feed.connector(faults=script).act(ItemRef("2"), ActionKind.HIDE)
    assert caught.value.retry_after == 5
    assert feed.connector().read_back(ItemRef("2"), ActionKind.HIDE) is True


@pytest.mark.parametrize(
    ("call", "error", "expected"),
    [
        ("poll", "auth_lost", AuthLost),
        ("fetch", "gone", Gone),
        ("read_back", "permanent", Permanent),
        ("poll", "transient", Transient),
    ],
    ids=str,
)
def test_each_call_can_be_made_to_fail_in_each_way(
    feed: Feed, call: str, error: str, expected: type[Exception]
) -> None:
    feed.add(line("1"))
    connector = feed.connector(faults=[{"call": call, "error": error, "times": 2}])
    calls: dict[str, Callable[[], Any]] = {
        "poll": lambda: connector.poll("comments", None),
        "fetch": lambda: connector.fetch(ItemRef("1")),
        "read_back": lambda: connector.read_back(ItemRef("1"), ActionKind.HIDE),
    }
    for _ in range(2):
        with pytest.raises(expected):
            calls[call]()
    calls[call]()


def _hide(folder: str, number: int) -> None:
    replay.connect({"path": f"{folder}/feed.jsonl"}, means(Path(folder, "state"))).act(
        ItemRef(str(number)), ActionKind.HIDE
    )


def test_two_processes_that_act_at_once_lose_nothing(feed: Feed) -> None:
    feed.add(*(line(str(number)) for number in range(12)))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(_hide, [(str(feed.folder), number) for number in range(12)])
    acts = feed.connector().state.acts()
    assert sorted(int(act.native_id) for act in acts) == list(range(12))


BAD_SETTINGS: list[tuple[dict[str, Any], str]] = [
    ({}, "path"),
    ({"path": "x", "colour": "red"}, "colour"),
    ({"path": "x", "lag_s": -1}, "lag_s"),
    ({"path": "x", "page_size": 0}, "page_size"),
    ({"path": "x", "settle_s": "soon"}, "settle_s"),
    ({"path": "x", "settle_s": "nan"}, "settle_s"),
    ({"path": "x", "lag_s": "inf"}, "lag_s"),
    ({"path": "x", "lag_s": True}, "lag_s"),
    ({"path": "x", "faults": "act"}, "faults"),
    ({"path": "x", "faults": [{"call": "dance"}]}, "Entry 1.*dance"),
    ({"path": "x", "faults": [{"call": "act"}, {"when": "after"}]}, "Entry 2"),
    ({"path": "x", "faults": [{"call": "act", "error": "odd"}]}, "error must be"),
    ({"path": "x", "faults": [{"call": "act", "often": 2}]}, "often"),
    ({"path": "x", "faults": [7]}, "Entry 1"),
]


@pytest.mark.parametrize(("settings", "says"), BAD_SETTINGS, ids=[str(b[1]) for b in BAD_SETTINGS])
def test_settings_that_make_no_sense_are_refused(
    tmp_path: Path, settings: dict[str, Any], says: str
) -> None:
    with pytest.raises(SettingsError, match=says):
        connect("replay", settings, means(tmp_path))


def test_settings_reach_the_connector(feed: Feed) -> None:
    feed.add(*(line(str(number)) for number in range(5)))
    made = replay.connect(
        {"path": str(feed.path), "platform": "x", "page_size": "2", "lag_s": 1, "settle_s": "9"},
        means(feed.folder / "state"),
    )
    assert (made.platform, made.settle_s, len(made.poll("comments", None).records)) == ("x", 9.0, 2)


def test_the_state_is_made_when_something_has_to_be_kept(feed: Feed) -> None:
    feed.add(line("1"))
    made = replay.connect({"path": str(feed.path)}, means(feed.folder / "state"))
    assert not (feed.folder / "state").exists()
    made.act(ItemRef("1"), ActionKind.HIDE)
    assert [path.name for path in (feed.folder / "state").iterdir()] == [replay.STATE_FILE]
