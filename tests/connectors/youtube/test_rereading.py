"""A round of re-reading shows every thread since a date, and names only what it showed wholly."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from connectors.contract import Gone, QuotaSpent
from moderation.model import Page, Standing
from tests.connectors.youtube.helping import Channel, comments, ids
from tests.standins.faults import Fault, FaultScript
from tests.standins.youtube_world import HELD, SPAM

MONTH = timedelta(days=28)


def rounds(channel: Channel) -> list[Page]:
    since = channel.server.clock.now() - MONTH
    pages = [channel.tube.reread(None, since)]
    while pages[-1].more:
        assert len(pages) < 200, "a round that does not end"
        pages.append(channel.tube.reread(pages[-1].cursor, since))
    return pages


def whole(pages: list[Page]) -> set[str]:
    return {name for page in pages for name in page.whole}


def test_a_round_shows_all_since_the_date_with_every_reply(channel: Channel) -> None:
    now = channel.server.clock.now()
    channel.write(at=now - timedelta(days=30))
    written = {channel.write(at=now - timedelta(days=day / 10)) for day in range(150)}
    thread = max(written)
    replies = {channel.write(parent=thread) for _ in range(130)}
    back = {channel.write(status=HELD), channel.write(status=SPAM)}
    assert set(ids(rounds(channel))) == written | replies | back


def test_a_round_shows_how_each_comment_stands(channel: Channel) -> None:
    seen, held, spam = channel.write(), channel.write(status=HELD), channel.write(status=SPAM)
    found = {one.native_id: one.standing for one in comments(rounds(channel))}
    assert found == {seen: Standing.VISIBLE, held: Standing.HELD, spam: Standing.HELD}


def test_a_round_names_the_videos_since_the_date_even_without_a_comment(channel: Channel) -> None:
    now = channel.server.clock.now()
    old = channel.server.post(at=now - timedelta(days=40))
    channel.server.comment(old, "Late, but nice")
    more = {channel.server.post(at=now - timedelta(days=day / 10)) for day in range(120)}
    assert whole(rounds(channel)) == {channel.video, *more}


def test_only_the_end_of_a_round_says_that_all_threads_since_the_date_were_shown(
    channel: Channel,
) -> None:
    for _ in range(130):
        channel.write()
    pages = rounds(channel)
    assert {page.shown_since for page in pages[:-1]} == {None}
    assert pages[-1].shown_since is not None
    assert pages[-1].shown_since <= channel.server.clock.now() - MONTH


def test_a_deletion_shows_by_its_absence(channel: Channel) -> None:
    gone, kept = channel.write(), channel.write()
    ref = channel.ref(gone)
    channel.server.remove(gone)
    pages = rounds(channel)
    assert ids(pages) == [kept]
    assert channel.video in whole(pages)
    with pytest.raises(Gone):
        channel.tube.fetch(ref)


def test_an_edited_reply_is_shown_with_its_new_words(channel: Channel) -> None:
    thread = channel.write(at=channel.server.clock.now() - timedelta(days=5))
    reply = channel.write("Nice", parent=thread)
    channel.server.edit(reply, "Nicer")
    assert "Nicer" in [one.text for one in comments(rounds(channel))]
    assert channel.tube.fetch(channel.ref(reply)).text == "Nicer"


def test_a_video_that_goes_within_a_round_does_not_stop_it(channel: Channel) -> None:
    other = channel.server.post()
    doomed = channel.server.comment(other, "Going")
    for _ in range(8):
        channel.server.comment(other, "Going too", parent=doomed)
    kept = channel.write()
    since = channel.server.clock.now() - MONTH
    pages = [channel.tube.reread(None, since)]
    channel.server.world.remove_video(other)
    while pages[-1].more:
        pages.append(channel.tube.reread(pages[-1].cursor, since))
    assert kept in ids(pages)
    assert whole(pages) == {channel.video}


def test_a_crash_within_a_round_repeats_and_skips_nothing(channel: Channel) -> None:
    written = {channel.write() for _ in range(230)}
    since = channel.server.clock.now() - MONTH
    brought, cursor = set(), None
    while True:
        channel.again().reread(cursor, since)
        page = channel.again().reread(cursor, since)
        brought |= set(ids(page))
        cursor = page.cursor
        if not page.more:
            break
    assert brought == written


def test_an_expired_page_token_starts_the_list_again(channel: Channel) -> None:
    written = {channel.write() for _ in range(230)}
    since = channel.server.clock.now() - MONTH
    told = json.loads(channel.tube.reread(None, since).cursor)
    told["after"] = "bm8gc3VjaA=="
    lost = channel.tube.reread(json.dumps(told), since)
    assert (lost.records, lost.more) == ((), True)
    page, brought = lost, set()
    while page.more:
        page = channel.tube.reread(page.cursor, since)
        brought |= set(ids(page))
    assert brought == written


def test_a_round_that_keeps_losing_its_place_ends_and_names_nothing(channel: Channel) -> None:
    for _ in range(230):
        thread = channel.write()
    for _ in range(8):
        channel.write(parent=thread)
    channel.server.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    pages = rounds(channel)
    assert whole(pages) == set()
    assert {page.shown_since for page in pages} == {None}


def test_a_channel_without_videos_has_a_round_without_any(channel: Channel) -> None:
    channel.server.world.remove_video(channel.video)
    assert [page for page in rounds(channel) if page.records or page.whole] == []


def test_a_round_leaves_the_reserve_to_actions(channel: Channel) -> None:
    channel.meter.ceiling = 1
    with pytest.raises(QuotaSpent):
        channel.tube.reread(None, channel.server.clock.now() - MONTH)
