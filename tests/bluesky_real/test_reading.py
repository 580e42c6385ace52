"""Everything that is written to the account on a real network is read, whatever the order."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from connectors.bluesky.polling import SEARCH
from connectors.contract import COMMENTS, Gone
from moderation.model import Author, Comment, GoneBy, ItemKind, ItemRef, Standing
from tests.bluesky_real.people import (
    POSTS,
    Network,
    Ref,
    Watched,
    comments,
    read_again,
    wait,
    walk,
    written,
)

pytestmark = pytest.mark.bluesky


def test_an_account_is_named_and_a_restart_does_not_sign_in_again(network: Network) -> None:
    account = Watched(network)
    assert account.connector.check().native_id == account.did
    session = account.secrets["session"]
    assert account.connect().check().name == account.handle
    assert account.secrets["session"] == session


def test_answers_mentions_and_quotes_are_told_apart(network: Network) -> None:
    account, author = Watched(network), network.person("reader")
    root = account.posted("The station is open on Saturday.")
    answer = author.answer(root, "You are useless.")
    wait(lambda: network.is_shown(answer.uri))
    nested = author.answer(root, "All of you.", parent=answer)
    quote = author.quote(root, "Look at these people.")
    mention = author.mention(account, "shame on you")
    plain = author.post(f"Nobody likes @{account.handle} anyway.")
    wanted = {answer.uri, nested.uri, quote.uri, mention.uri}

    def polled() -> dict[str, Comment]:
        told = comments(walk(account.connector, COMMENTS.name, None)[0])
        return told if wanted <= set(told) else {}

    found = wait(polled)
    assert {uri: found[uri].kind for uri in wanted} == {
        answer.uri: ItemKind.COMMENT,
        nested.uri: ItemKind.REPLY,
        quote.uri: ItemKind.QUOTE,
        mention.uri: ItemKind.MENTION,
    }
    assert plain.uri not in found

    def searched() -> Comment | None:
        return comments(walk(account.connector, SEARCH.name, None)[0]).get(plain.uri)

    wait(searched)
    assert found[nested.uri].parent_id == answer.uri
    assert found[answer.uri].author == Author(author.did, author.handle)


def test_three_hundred_answers_that_arrive_in_any_order_are_all_read(network: Network) -> None:
    account = Watched(network)
    authors = [network.person("crowd") for _ in range(6)]
    roots = [account.posted(f"Notice number {number}.") for number in range(3)]
    rng = random.Random(20261127)  # noqa: S311  The same order every time.
    written_ones: list[Ref] = []
    lock = threading.Lock()
    below: dict[str, set[str]] = {root.uri: set() for root in roots}

    def write(number: int) -> None:
        author, root = authors[number % len(authors)], roots[number % len(roots)]
        with lock:
            known = list(written_ones)
        parent = rng.choice(known[-40:]) if known and number % 7 == 6 else None
        at = datetime.now(UTC) - timedelta(seconds=rng.uniform(0, 600))
        words = f"Number {number}: you should be ashamed of yourselves."
        if number % 25 == 24:
            one = author.quote(root, words)
        elif number % 25 == 23:
            one = author.mention(account, words)
        elif parent is not None and parent.uri in below[root.uri]:
            one = author.answer(root, words, parent=parent, at=at)
        else:
            one = author.answer(root, words, at=at)
        with lock:
            below[root.uri].add(one.uri)
            written_ones.append(one)

    read: dict[str, int] = {}
    cursor: str | None = None
    polls = 0
    with ThreadPoolExecutor(len(authors)) as crowd:
        jobs = [crowd.submit(write, number) for number in range(300)]
        while not all(job.done() for job in jobs):
            pages, cursor = walk(account.connector, COMMENTS.name, cursor)
            polls += 1
            for page in pages:
                shown = [one.native_id for one in comments([page]).values()]
                assert len(shown) == len(page.records) == len(set(shown))
                read |= dict.fromkeys(shown, polls)
        for job in jobs:
            job.result()
    wanted = {one.uri for one in written_ones}
    assert len(wanted) == 300
    wait(lambda: all(network.is_shown(one.uri) for one in written_ones[-20:]))
    time.sleep(1.0)
    pages, cursor = walk(account.connector, COMMENTS.name, cursor)
    polled = set(read) | set(comments(pages))
    again = read_again(account.connector)
    everything = polled | set(comments(again))
    assert everything == wanted
    # What polling alone missed is what the platform notified nobody of.
    assert len(polled) > 200
    assert {uri for page in again for uri in page.whole} == {root.uri for root in roots}


def test_an_answer_that_was_indexed_before_its_post_is_found_by_rereading(
    network: Network,
) -> None:
    account, author = Watched(network), network.person("early")
    first = account.posted("A first notice.")
    # The key of a post to come: its time is a second ahead.
    key = f"{first.uri.rpartition('/')[2][:-4]}zzz2"
    record = {"$type": POSTS, "text": "A second one.", "createdAt": written(datetime.now(UTC))}
    to_come = Ref(f"at://{account.did}/{POSTS}/{key}", first.cid)
    answer = author.answer(to_come, "First!")
    wait(lambda: network.is_shown(answer.uri))
    root = account.create(POSTS, record, key)
    wait(lambda: network.is_shown(root.uri))
    assert root.uri == to_come.uri
    polled = comments(walk(account.connector, COMMENTS.name, None)[0])
    reread = comments(read_again(account.connector))
    assert answer.uri not in polled
    assert answer.uri in reread


def test_an_edit_in_place_is_a_change_of_the_same_comment(network: Network) -> None:
    account, author = Watched(network), network.person("editor")
    root = account.posted("A notice.")
    answer = author.answer(root, "A mild word.")
    wait(lambda: comments(walk(account.connector, COMMENTS.name, None)[0]).get(answer.uri))
    author.edit(answer, "A worse word.")

    def seen() -> bool:
        return account.connector.fetch(ItemRef(answer.uri)).text == "A worse word."

    wait(seen)
    assert comments(read_again(account.connector))[answer.uri].text == "A worse word."


def test_a_deletion_and_a_removal_by_the_moderators_are_told_apart(network: Network) -> None:
    account, author = Watched(network), network.person("gone")
    root = account.posted("A notice.")
    deleted, removed = (author.answer(root, text) for text in ("One.", "Two."))
    for one in (deleted, removed):
        wait(lambda uri=one.uri: network.is_shown(uri))  # type: ignore[misc]
    author.delete(deleted.uri)
    subject = {"$type": "com.atproto.repo.strongRef", **removed.strong()}
    network.as_moderator(
        "appview",
        "POST",
        "com.atproto.admin.updateSubjectStatus",
        json={"subject": subject, "takedown": {"applied": True, "ref": "test"}},
    )
    for one in (deleted, removed):
        wait(lambda uri=one.uri: not network.is_shown(uri))  # type: ignore[misc]
    with pytest.raises(Gone, match="its author deleted it") as told:
        account.connector.fetch(ItemRef(deleted.uri))
    assert told.value.by is GoneBy.AUTHOR
    with pytest.raises(Gone, match="moderators removed it") as told:
        account.connector.fetch(ItemRef(removed.uri))
    assert told.value.by is GoneBy.PLATFORM
    [page] = [page for page in read_again(account.connector) if page.whole]
    assert page.whole == (root.uri,)
    assert not comments([page])


def test_what_the_account_itself_wrote_is_no_comment(network: Network) -> None:
    account, author = Watched(network), network.person("guest")
    root = account.posted("A notice.")
    own = account.answer(root, "An addition.")
    wait(lambda: network.is_shown(own.uri))
    under_own = author.answer(root, "To the addition.", parent=own)
    wait(lambda: network.is_shown(under_own.uri))
    reread = comments(read_again(account.connector))
    assert set(reread) == {under_own.uri}
    assert reread[under_own.uri].standing is Standing.VISIBLE
