"""The feed of mentions and replies: walked newest first, paid once, and never skipping."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.contract import COMMENTS, ConnectorError, Malformed, NotDone, Throttled, Transient
from connectors.x.places import MOST_IDLE, ROUND_AND_ROUND
from tests.connectors.x.account import asked, bad, comments, connected, ids, walk
from tests.standins.base import Answer, Request
from tests.standins.faults import Fault, FaultScript, patience
from tests.standins.x import XStandIn

FEED = COMMENTS.name


def many(x: XStandIn, count: int) -> list[str]:
    """Write mentions, one a second, the last one just now."""
    began = x.clock.now() - timedelta(seconds=count)
    return [
        x.mention(f"@exampleshire number {number}", at=began + timedelta(seconds=number))
        for number in range(count)
    ]


def test_a_poll_of_an_idle_account_is_one_request(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    (first,) = walk(connector)
    many(x, 3)
    (second,) = walk(connector, first.cursor)
    x.journal.clear()
    (third,) = walk(connector, second.cursor)
    assert [len(page.records) for page in (first, second, third)] == [0, 3, 0]
    assert len(x.journal) == 1


def test_a_poll_asks_for_what_is_newer_than_the_highest_id(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    written = many(x, 3)
    (page,) = walk(connector)
    walk(connector, page.cursor)
    assert "start_time" in x.journal[0].query
    assert asked(x.journal[1])["since_id"] == written[-1]


def test_ids_are_compared_as_numbers_and_kept_as_text(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.poison(b'{"id":"9","text":"@exampleshire short id"}')
    x.poison(b'{"id":"1000","text":"@exampleshire long id"}')
    (page,) = walk(connector)
    assert ids([page]) == {"9", "1000"}
    told = json.loads(page.cursor)
    assert told["since"] == max(str(id_) for id_ in x.world.mentions)


def test_the_highest_id_moves_only_when_every_page_has_been_given(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    many(x, 250)
    pages = walk(connector)
    assert [len(page.records) for page in pages] == [100, 100, 50]
    assert [json.loads(page.cursor)["since"] for page in pages[:2]] == ["", ""]
    assert json.loads(pages[-1].cursor)["since"] == str(x.world.mentions[-1])


def test_what_comes_in_between_two_pages_is_given_by_the_next_walk(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    early = many(x, 150)
    first = connector.poll(FEED, None)
    late = x.mention("@exampleshire in between")
    rest = walk(connector, first.cursor)
    assert ids([first, *rest]) == set(early)
    assert ids(walk(connector, rest[-1].cursor)) == {late}


def test_a_walk_that_breaks_off_anywhere_is_repeated_and_skips_nothing(
    x: XStandIn, tmp_path: Path
) -> None:
    written = many(x, 250)
    cursor, seen = None, set()
    for _ in range(3):
        twice = [connected(x, tmp_path).poll(FEED, cursor) for _ in range(2)]
        assert ids(twice[:1]) == ids(twice[1:])
        seen |= ids(twice)
        cursor = twice[1].cursor
    assert seen == set(written)


@pytest.mark.parametrize("polled", [False, True], ids=["by times", "by ids"])
def test_a_walk_goes_on_below_what_it_gave_when_x_no_longer_knows_its_token(
    polled: bool, x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    many(x, 3)
    mark = walk(connector)[-1].cursor if polled else None
    x.clock.advance(600)
    written = many(x, 250)
    pages = [connector.poll(FEED, mark)]
    x.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    pages += walk(connector, pages[-1].cursor)
    assert ids(pages) >= set(written)
    assert sum(len(page.records) for page in pages) <= len(written) + 3 + 2
    assert {entry.status for entry in x.journal} == {200, 400}
    assert len(x.journal) <= 6


def test_an_account_that_was_never_polled_starts_a_day_ago(x: XStandIn, tmp_path: Path) -> None:
    x.mention("@exampleshire long ago", at=x.clock.now() - timedelta(hours=25))
    recent = x.mention("@exampleshire today", at=x.clock.now() - timedelta(hours=23))
    assert ids(walk(connected(x, tmp_path))) == {recent}


def test_pages_out_of_order_and_with_repeats_are_given_oldest_first(
    x: XStandIn, tmp_path: Path
) -> None:
    written = many(x, 250)
    x.faults = FaultScript(2, {Fault.REORDERED: 1.0, Fault.DUPLICATED: 1.0})
    pages = walk(connected(x, tmp_path))
    for page in pages:
        times = [comment.created_at for comment in comments([page]) if comment.created_at]
        assert times == sorted(times)
    assert ids(pages) == set(written)


def test_x_shows_only_the_latest_800_mentions(x: XStandIn, tmp_path: Path) -> None:
    written = many(x, 900)
    assert ids(walk(connected(x, tmp_path))) == set(written[100:])


def test_our_own_posts_are_no_comments(x: XStandIn, tmp_path: Path) -> None:
    post = x.post()
    x.comment(post, "Thank you for coming", author="exampleshire", names_us=True)
    x.poison(b'{"id":"18","text":"@exampleshire","author_id":"42"}')
    assert ids(walk(connected(x, tmp_path))) == set()


POISON = {
    "a number of 5,000 digits": b'{"id":"1","text":"x","n":' + b"9" * 5_000 + b"}",
    "nested 100,000 deep": b'{"id":"1","text":"x","n":' + b"[" * 10**5 + b"]" * 10**5 + b"}",
    "no id": b'{"text":"x"}',
    "a text that is a number": b'{"id":"1","text":7}',
    "a long text that is a list": b'{"id":"1","text":"x","note_tweet":{"text":[]}}',
    "an id of 300 digits": b'{"id":"' + b"1" * 300 + b'","text":"x"}',
    "no object": b'"x"',
    "null": b"null",
    "the same name twice": b'{"id":"1","id":"2","text":"x"}',
    "no UTF-8": b'{"id":"1","text":"\xff"}',
}


@pytest.mark.parametrize("raw", POISON.values(), ids=POISON.keys())
def test_a_record_that_cannot_be_read_stands_alone_beside_its_neighbours(
    raw: bytes, x: XStandIn, tmp_path: Path
) -> None:
    first = x.mention("@exampleshire before")
    x.poison(raw)
    last = x.mention("@exampleshire after")
    pages = walk(connected(x, tmp_path))
    assert ids(pages) == {first, last}
    (record,) = bad(pages)
    assert record.raw == raw
    assert record.reason.endswith(".")
    assert len(walk(connected(x, tmp_path), pages[-1].cursor)[0].records) == 0


def test_a_poison_record_as_the_only_news_is_paid_for_once(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.poison(b'{"text":"no id"}')
    (page,) = walk(connector)
    assert len(bad([page])) == 1
    assert walk(connector, page.cursor)[0].records == ()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.SERVER_ERROR, Transient),
        (Fault.BAD_GATEWAY, Transient),
        (Fault.HTML_200, Malformed),
        (Fault.RATE_LIMITED, Throttled),
        (Fault.CUT_BEFORE, Transient),
        (Fault.HANG_AFTER, Transient),
        (Fault.TRUNCATED, Malformed),
    ],
)
def test_a_fault_passes_no_page_for_good_and_the_next_poll_brings_all(
    fault: Fault, error: type[ConnectorError], x: XStandIn, tmp_path: Path
) -> None:
    written = many(x, 3)
    x.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(error) as told:
        connected(x, tmp_path, **patience(fault)).poll(FEED, None)
    assert type(told.value) is error
    x.faults = FaultScript()
    assert ids(walk(connected(x, tmp_path))) == set(written)


def test_a_platform_that_is_not_there_is_asked_again(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path, base_url="http://127.0.0.1:9")
    with pytest.raises(NotDone):
        connector.poll(FEED, None)


class Looping(XStandIn):
    """X giving the token of the same page for ever."""

    def answer(self, request: Request) -> Answer:
        """Answer with an empty page and always the same token."""
        return Answer({"meta": {"result_count": 0, "next_token": "again"}})


@pytest.fixture
def looping() -> Iterator[Looping]:
    with Looping() as server:
        yield server


def test_a_walk_that_goes_round_and_round_ends(looping: Looping, tmp_path: Path) -> None:
    connector = connected(looping, tmp_path)
    first = connector.poll(FEED, None)
    with pytest.raises(Transient, match=ROUND_AND_ROUND):
        connector.poll(FEED, first.cursor)


def test_a_walk_that_goes_no_further_back_is_asked_once_an_hour_until_it_does(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    written = many(x, 250)
    first = connector.poll(FEED, None)
    told = json.loads(first.cursor)
    stuck = json.dumps({**told, "lowest": str(x.world.mentions[0]), "idle": MOST_IDLE})
    x.journal.clear()
    with pytest.raises(Transient, match=ROUND_AND_ROUND) as raised:
        connector.poll(FEED, stuck)
    assert (raised.value.retry_after, len(x.journal)) == (3600.0, 1)
    moving = json.dumps({**told, "idle": MOST_IDLE})
    assert ids([first, *walk(connector, moving)]) == set(written)


def test_a_cursor_of_an_earlier_release_goes_on_from_its_place(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    many(x, 3)
    told = json.loads(walk(connector)[-1].cursor)
    earlier = {name: told[name] for name in ("after", "start", "newest", "since")}
    new = x.mention("@exampleshire since then")
    assert ids(walk(connector, json.dumps({**earlier, "pages": 7}))) == {new}


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "null", "[]", "{}", '{"since":7}', "no such cursor", "[" * 10_000, '{"since":"1"}'),
        '{"after":"","start":"","newest":"","since":"1","lowest":"x"}',
    ],
)
def test_a_cursor_that_makes_no_sense_starts_afresh(
    cursor: str, x: XStandIn, tmp_path: Path
) -> None:
    written = many(x, 3)
    assert ids(walk(connected(x, tmp_path), cursor)) == set(written)


def test_x_is_left_alone_when_its_allowance_runs_low(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.limits["mentions"] = 20
    rests = [connector.poll(FEED, None).rest_s for _ in range(20)]
    assert rests[:14] == [0.0] * 14
    assert 100 < rests[15] < 300
    assert 800 < rests[19] <= 900
    with pytest.raises(Throttled) as told:
        connector.poll(FEED, None)
    assert 800 < told.value.retry_after <= 900
    x.clock.advance(901)
    connector.poll(FEED, None)
