"""Polling a channel brings everything that is new, and costs one request when nothing is."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from connectors.contract import Malformed, QuotaSpent, Transient
from moderation.model import ItemKind, Standing
from tests.connectors.youtube.helping import Channel, comments, ids
from tests.standins import youtube_bodies
from tests.standins.base import Answer, Request
from tests.standins.faults import Fault, FaultScript
from tests.standins.youtube_world import HELD, PUBLISHED, SPAM


def test_a_poll_of_an_idle_channel_is_one_request_and_brings_nothing(channel: Channel) -> None:
    start = channel.server.clock.now() - timedelta(hours=3)
    many = [channel.write(at=start + timedelta(minutes=number)) for number in range(130)]
    for number in range(40):
        channel.write(parent=many[number % 3])
    for feed in channel.tube.feeds:
        *_, last = channel.poll(feed=feed.name)
        before = len(channel.asked())
        page = channel.tube.poll(feed.name, last.cursor)
        assert len(channel.asked()) == before + 1
        assert (page.records, page.more) == ((), False)


def test_an_idle_channel_without_any_comment_is_one_request(channel: Channel) -> None:
    page = channel.tube.poll("comments", None)
    assert (page.records, page.more, len(channel.asked())) == ((), False, 1)


def test_the_first_poll_looks_back_one_day(channel: Channel) -> None:
    now = channel.server.clock.now()
    channel.write(at=now - timedelta(hours=25))
    young = channel.write(at=now - timedelta(hours=23))
    assert ids(channel.poll()) == [young]


def test_what_was_written_between_two_pages_comes_with_the_next_poll(channel: Channel) -> None:
    old = [channel.write() for _ in range(150)]
    first = channel.tube.poll("comments", None)
    late = channel.write()
    second = channel.tube.poll("comments", first.cursor)
    assert first.more
    assert set(ids([first, second])) == set(old)
    assert late in ids(channel.poll(second.cursor))


def test_a_crash_repeats_and_skips_nothing(channel: Channel) -> None:
    now = channel.server.clock.now()
    written = {channel.write(at=now - timedelta(minutes=5 * number)) for number in range(250)}
    brought: list[str] = []
    cursor = None
    while True:
        for _ in range(2):
            page = channel.again().poll("comments", cursor)
            brought += ids(page)
        cursor = page.cursor
        if not page.more:
            break
    assert set(brought) == written


def test_a_new_reply_below_a_known_thread_is_told(channel: Channel) -> None:
    thread = channel.write(at=channel.server.clock.now() - timedelta(days=3))
    *_, last = channel.poll()
    reply = channel.write("Indeed", parent=thread)
    found = comments(channel.poll(last.cursor))
    assert [(one.native_id, one.kind, one.parent_id) for one in found][-1] == (
        reply,
        ItemKind.REPLY,
        thread,
    )


def test_more_replies_than_come_with_a_thread_are_read_page_by_page(channel: Channel) -> None:
    thread = channel.write()
    *_, last = channel.poll()
    replies = {channel.write(parent=thread) for _ in range(230)}
    pages = channel.poll(last.cursor)
    assert replies <= set(ids(pages))
    assert channel.asked()[-3:] == ["/youtube/v3/comments"] * 3
    reply = next(one for one in comments(pages) if one.native_id in replies)
    assert reply.post is not None
    assert reply.post.id == channel.video


def test_a_thread_that_goes_while_its_replies_are_read_is_passed_over(channel: Channel) -> None:
    doomed, kept = channel.write(), channel.write()
    for thread in (doomed, kept):
        for _ in range(8):
            channel.write(parent=thread)
    first = channel.tube.poll("comments", None)
    channel.server.remove(doomed)
    assert sum(one.parent_id == kept for one in comments(channel.poll(first.cursor))) >= 8


def test_a_video_whose_comments_were_switched_off_is_passed_over(channel: Channel) -> None:
    thread = channel.write()
    for _ in range(8):
        channel.write(parent=thread)
    first = channel.tube.poll("comments", None)
    channel.server.world.videos[channel.video].is_open = False
    page = channel.tube.poll("comments", first.cursor)
    assert (page.records, page.more) == ((), False)


def test_an_edit_is_told_again_with_the_new_words(channel: Channel) -> None:
    thread = channel.write("Nice one", at=channel.server.clock.now() - timedelta(minutes=5))
    *_, last = channel.poll()
    channel.server.edit(thread, "Nicer")
    assert [one.text for one in comments(channel.poll(last.cursor))] == ["Nicer"]


def test_a_comment_that_was_late_to_show_is_told_however_old_it_is(channel: Channel) -> None:
    early = [channel.write() for _ in range(3)]
    channel.server.appear_s = 600.0
    late = channel.write(at=channel.server.clock.now() - timedelta(hours=2))
    *_, last = channel.poll()
    channel.server.clock.advance(601)
    assert set(ids(channel.poll(None))) == {*early, late}
    assert ids(channel.poll(last.cursor)) == [late]


@pytest.mark.parametrize("reason", ["processingFailure", "invalidPageToken"])
def test_an_expired_page_token_starts_the_walk_again(channel: Channel, reason: str) -> None:
    channel.server.expired_reason = reason
    written = {channel.write() for _ in range(250)}
    first = channel.tube.poll("comments", None)
    told = json.loads(first.cursor)
    told["after"] = "bm8gc3VjaA=="
    lost = channel.tube.poll("comments", json.dumps(told))
    assert (lost.records, lost.more) == ((), True)
    assert set(ids([first, *channel.poll(lost.cursor)])) == written


def test_page_tokens_that_never_hold_end_the_poll_and_skip_nothing(channel: Channel) -> None:
    written = {channel.write() for _ in range(150)}
    channel.server.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    pages = channel.poll()
    assert len(pages) < 12
    channel.server.faults = FaultScript()
    assert set(ids([*pages, *channel.poll(pages[-1].cursor)])) == written


def test_a_lost_place_among_replies_begins_those_replies_again(channel: Channel) -> None:
    thread = channel.write()
    replies = {channel.write(parent=thread) for _ in range(230)}
    pages = [channel.tube.poll("comments", None)]
    pages.append(channel.tube.poll("comments", pages[-1].cursor))
    channel.server.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    lost = channel.tube.poll("comments", pages[-1].cursor)
    assert not lost.more
    channel.server.faults = FaultScript()
    assert replies <= set(ids([*pages, *channel.poll(lost.cursor)]))


def test_a_thread_whose_replies_cannot_be_had_does_not_hold_up_the_others(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = channel.write(), channel.write()
    for thread in (bad, good):
        for _ in range(8):
            channel.write(parent=thread)
    plain = channel.server.answer

    def answer(request: Request) -> Answer:
        if request.one("parentId") == bad:
            return youtube_bodies.error(400, "processingFailure")
        return plain(request)

    monkeypatch.setattr(channel.server, "answer", answer)
    pages = channel.poll()
    for _ in range(4):
        pages += channel.poll(pages[-1].cursor)
    assert sum(one.parent_id == good for one in comments(pages)) >= 8
    before = len(channel.asked())
    assert not channel.tube.poll("comments", pages[-1].cursor).more
    assert len(channel.asked()) == before + 1


def test_what_a_page_dropped_comes_with_a_later_poll(channel: Channel) -> None:
    written = {channel.write() for _ in range(80)}
    channel.server.faults = FaultScript(3, {Fault.DROPPED: 1.0})
    pages = channel.poll()
    assert set(ids(pages)) < written
    channel.server.faults = FaultScript()
    assert set(ids([*pages, *channel.poll(pages[-1].cursor)])) == written


@pytest.mark.parametrize("fault", [Fault.REORDERED, Fault.DUPLICATED], ids=str)
def test_a_shaken_list_brings_everything_oldest_first(channel: Channel, fault: Fault) -> None:
    written = {channel.write() for _ in range(250)}
    channel.server.faults = FaultScript(5, {fault: 1.0})
    pages = channel.poll()
    assert set(ids(pages)) == written
    for page in pages:
        times = [one.created_at for one in comments(page) if one.created_at]
        assert times == sorted(times)


def test_a_time_in_the_future_does_not_end_later_walks_early(channel: Channel) -> None:
    channel.write(at=channel.server.clock.now() + timedelta(days=900))
    *_, last = channel.poll()
    written = {channel.write() for _ in range(250)}
    assert written <= set(ids(channel.poll(last.cursor)))


def test_pages_shorter_than_asked_for_bring_everything(channel: Channel) -> None:
    channel.server.most = 7
    written = {channel.write() for _ in range(40)}
    assert set(ids(channel.poll())) == written


def test_a_page_that_leads_to_itself_is_worth_another_try(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(250):
        channel.write()
    first = channel.tube.poll("comments", None)
    plain = channel.server.answer

    def answer(request: Request) -> Answer:
        body = json.loads(plain(request).bytes())
        return Answer({**body, "nextPageToken": request.one("pageToken")})

    monkeypatch.setattr(channel.server, "answer", answer)
    with pytest.raises(Malformed, match="leads back"):
        channel.tube.poll("comments", first.cursor)


def test_a_walk_without_end_is_worth_another_try(channel: Channel) -> None:
    for _ in range(150):
        channel.write()
    told = json.loads(channel.tube.poll("comments", None).cursor)
    told["pages"] = 500
    with pytest.raises(Malformed, match="leads back"):
        channel.tube.poll("comments", json.dumps(told))


@pytest.mark.parametrize(
    "cursor",
    ["", "null", "[]", "{}", '{"mark": "x"}', '{"mark": 1e999}', "[" * 100_000, "\x00", "🜁"],
    ids=range(9),
)
def test_a_cursor_that_makes_no_sense_starts_afresh(channel: Channel, cursor: str) -> None:
    written = [channel.write()]
    assert ids(channel.tube.poll("comments", cursor)) == written
    assert ids(channel.tube.reread(cursor, channel.server.clock.now() - timedelta(1))) == written


@pytest.mark.parametrize(("feed", "status"), [("held", HELD), ("spam", SPAM)])
def test_what_is_held_back_comes_in_its_own_feed_alone(
    channel: Channel, feed: str, status: str
) -> None:
    seen, back = channel.write(), channel.write(status=status)
    found = comments(channel.poll(feed=feed))
    assert [(one.native_id, one.standing) for one in found] == [(back, Standing.HELD)]
    assert [(one.native_id, one.standing) for one in comments(channel.poll())] == [
        (seen, Standing.VISIBLE)
    ]


def test_what_is_held_later_is_told_however_old_it_is(channel: Channel) -> None:
    old = channel.write(at=channel.server.clock.now() - timedelta(days=9))
    *_, last = channel.poll(feed="held")
    channel.server.hold(old)
    *_, again = found = channel.poll(last.cursor, feed="held")
    assert ids(found) == [old]
    channel.server.hold(old, PUBLISHED)
    *_, again = channel.poll(again.cursor, feed="held")
    channel.server.hold(old)
    assert ids(channel.poll(again.cursor, feed="held")) == [old]


def test_a_held_reply_is_told_as_held_and_its_thread_as_visible(channel: Channel) -> None:
    thread = channel.write()
    *_, last = channel.poll(feed="held")
    reply = channel.write(parent=thread, status=HELD)
    found = {one.native_id: one.standing for one in comments(channel.poll(last.cursor, "held"))}
    assert found == {thread: Standing.VISIBLE, reply: Standing.HELD}


def test_without_a_moderation_status_the_list_says_how_a_comment_stands(channel: Channel) -> None:
    channel.server.tells_status = False
    channel.write()
    channel.write(status=HELD)
    assert [one.standing for one in comments(channel.poll())] == [Standing.VISIBLE]
    assert [one.standing for one in comments(channel.poll(feed="held"))] == [Standing.HELD]


@pytest.mark.parametrize(
    "fault",
    [
        Fault.SERVER_ERROR,
        Fault.BAD_GATEWAY,
        Fault.HTML_200,
        Fault.RATE_LIMITED,
        Fault.CUT_BEFORE,
        Fault.CUT_AFTER,
        Fault.TRUNCATED,
    ],
    ids=str,
)
def test_a_fault_is_worth_another_try_and_loses_nothing(channel: Channel, fault: Fault) -> None:
    written = channel.write()
    channel.tube.check()
    channel.server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient):
        channel.tube.poll("comments", None)
    channel.server.faults = FaultScript()
    assert ids(channel.poll()) == [written]


def test_each_call_is_counted_and_the_reserve_is_left_to_actions(channel: Channel) -> None:
    channel.write()
    *_, last = channel.poll()
    assert channel.meter.spent == 1
    channel.meter.ceiling = channel.meter.spent + 0.5
    with pytest.raises(QuotaSpent):
        channel.tube.poll("comments", last.cursor)
    assert len(channel.asked()) == 1


def test_ten_thousand_comments_are_walked_to_their_end(channel: Channel) -> None:
    now = channel.server.clock.now()
    for number in range(10_000):
        channel.write(at=now - timedelta(seconds=number))
    assert len(set(ids(channel.poll()))) == 10_000
    assert len(channel.asked()) == 100
