"""A round of rereading shows all that stands below the account's posts, and says when it is all."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from connectors.bluesky.rereading import LEAVES_MOST, Round
from connectors.contract import Malformed, Transient
from moderation.model import ActionKind, ItemKind, Standing
from tests.connectors.bluesky.account import Account, comments
from tests.standins.base import Answer, Request
from tests.standins.bluesky_protocol import HANDLE
from tests.standins.bluesky_views import Views
from tests.standins.faults import Fault, FaultScript


def whole(account: Account) -> list[str]:
    """Return the posts that a round says it has shown completely."""
    return [post for page in account.reread() for post in page.whole]


def chain(account: Account, root: str, length: int) -> list[str]:
    """Let people answer each other."""
    found = [root]
    for number in range(length):
        found.append(account.server.comment(root, f"Number {number}.", parent=found[-1]))
    return found[1:]


def test_a_round_shows_every_post_and_every_answer_below_it(account: Account) -> None:
    posts = [account.server.post(f"Notice {number}.") for number in range(3)]
    wanted = {one for post in posts for one in chain(account, post, 4)}
    assert set(comments(account.reread())) == wanted
    assert sorted(whole(account)) == sorted(posts)


def test_a_round_over_nothing_ends_at_once(account: Account) -> None:
    [page] = account.reread()
    assert (page.records, page.more, page.whole) == ((), False, ())


def test_many_posts_are_listed_page_by_page(account: Account) -> None:
    account.server.page_most = 7
    posts = [account.server.post(f"Notice {number}.") for number in range(30)]
    assert sorted(whole(account)) == sorted(posts)


def test_posts_from_before_the_date_are_not_read_again(account: Account) -> None:
    now = account.server.clock.now()
    old = account.server.post(at=now - timedelta(days=40))
    account.server.comment(old, "Old.", at=now - timedelta(days=39))
    new = account.server.post()
    assert whole(account) == [new]
    assert not comments(account.reread())


def test_own_answers_begin_no_thread_and_are_no_comments(account: Account) -> None:
    root = account.server.post()
    own = account.server.comment(root, "We add this.", author=HANDLE)
    below = account.server.comment(root, "No.", parent=own)
    assert set(comments(account.reread())) == {below}
    assert whole(account) == [root]


def test_a_round_goes_on_where_it_was_after_a_restart(account: Account) -> None:
    posts = [account.server.post(f"Notice {number}.") for number in range(3)]
    wanted = {one for post in posts for one in chain(account, post, 2)}
    since = account.server.clock.now() - timedelta(days=1)
    pages = [account.connector.reread(None, since)]
    while pages[-1].more:
        lost = account.connector.reread(pages[-1].cursor, since)
        pages.append(account.connect().reread(pages[-1].cursor, since))
        assert set(comments([lost])) == set(comments([pages[-1]]))
    assert set(comments(pages)) == wanted


@pytest.mark.parametrize("deepest", [1, 2, 3, 7])
def test_a_thread_that_is_cut_goes_on_at_its_leaves(account: Account, deepest: int) -> None:
    account.server.deepest = deepest
    root = account.server.post()
    wanted = set(chain(account, root, 20)) | set(chain(account, root, 5))
    assert set(comments(account.reread())) == wanted
    assert whole(account) == [root]


def test_a_post_that_was_deleted_in_the_middle_is_named_and_the_round_goes_on(
    account: Account,
) -> None:
    posts = [account.server.post(f"Notice {number}.") for number in range(3)]
    wanted = set(chain(account, posts[0], 2))
    chain(account, posts[1], 2)
    since = account.server.clock.now() - timedelta(days=1)
    pages = [account.connector.reread(None, since)]
    account.server.remove(posts[1])
    while pages[-1].more:
        pages.append(account.connector.reread(pages[-1].cursor, since))
    assert set(comments(pages)) == wanted
    assert sorted(post for page in pages for post in page.whole) == sorted(posts)


def test_a_leaf_that_was_deleted_in_the_middle_is_passed_over(account: Account) -> None:
    account.server.deepest = 2
    root = account.server.post()
    first, second, *_ = chain(account, root, 6)
    since = account.server.clock.now() - timedelta(days=1)
    listed = account.connector.reread(None, since)
    top = account.connector.reread(listed.cursor, since)
    account.server.remove(second)
    rest = account.connector.reread(top.cursor, since)
    assert set(comments([top])) == {first, second}
    assert not rest.records
    assert rest.whole == (root,)


def test_an_answer_of_a_blocked_author_does_not_spoil_the_rest(account: Account) -> None:
    root = account.server.post()
    blocked = account.server.comment(root, "You liars.", author="troll.example.com")
    other = account.server.comment(root, "Well done.")
    ref = account.ref(blocked)
    account.connector.act(ref, ActionKind.BLOCK)
    assert set(comments(account.reread())) == {other}
    assert whole(account) == [root]
    assert account.connector.fetch(ref).text == "You liars."


def test_an_edit_a_deletion_and_a_hide_by_somebody_else_are_seen(account: Account) -> None:
    root = account.server.post("Open day.")
    edited, deleted, hidden = (account.server.comment(root, text) for text in ("a", "b", "c"))
    before = comments(account.reread())
    assert {one.standing for one in before.values()} == {Standing.VISIBLE}
    assert {one.post and one.post.text for one in before.values()} == {"Open day."}
    account.server.edit(edited, "A worse word.")
    account.server.remove(deleted)
    account.connector.act(account.ref(hidden), ActionKind.HIDE)
    after = comments(account.reread())
    assert {uri: one.text for uri, one in after.items()} == {edited: "A worse word.", hidden: "c"}
    assert after[hidden].standing is Standing.HIDDEN
    assert after[edited].raw != before[edited].raw


def test_hiding_is_seen_below_the_leaves_too(account: Account) -> None:
    account.server.deepest = 1
    root = account.server.post()
    *_, deep = chain(account, root, 4)
    account.connector.act(account.ref(deep), ActionKind.HIDE)
    assert comments(account.reread())[deep].standing is Standing.HIDDEN


def test_quotes_are_part_of_what_stands_below_a_post(account: Account) -> None:
    root = account.server.post("Open day.")
    account.server.page_most = 10
    quotes = {account.server.quote(root, f"Look {number}.") for number in range(25)}
    quotes.add(account.server.quote(root, "Look again."))
    answer = account.server.comment(root, "No.")
    pages = account.reread()
    found = comments(pages)
    assert set(found) == quotes | {answer}
    assert {found[uri].kind for uri in quotes} == {ItemKind.QUOTE}
    assert [page.whole for page in pages if page.whole] == [(root,)]


def test_a_list_whose_cursor_expired_ends_and_the_next_round_begins_it_anew(
    account: Account,
) -> None:
    account.server.page_most = 7
    posts = [account.server.post(f"Notice {number}.") for number in range(10)]
    account.server.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    assert sorted(whole(account)) == sorted(posts[3:])
    account.server.faults = FaultScript()
    assert sorted(whole(account)) == sorted(posts)


def test_quotes_whose_cursor_expired_are_not_said_to_be_whole(account: Account) -> None:
    account.server.page_most = 7
    root = account.server.post()
    for number in range(10):
        account.server.quote(root, f"Look {number}.")
    account.server.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    assert len(comments(account.reread())) == 7
    assert whole(account) == []
    account.server.faults = FaultScript()
    assert whole(account) == [root]


def test_an_answer_that_nobody_was_notified_of_is_found(account: Account) -> None:
    root = account.server.post()
    missed = account.server.comment(root, "You liars.", noticed=False)
    assert missed not in comments(account.poll())
    assert missed in comments(account.reread())


def test_a_thread_too_large_for_one_answer_is_read_in_layers(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = account.server.post()
    wanted = set(chain(account, root, 3))
    methods = account.server
    whole_answer = methods._getPostThread

    def too_large(request: Request, views: Views) -> Answer:
        deep = int(request.one("depth")) > 1
        answer = whole_answer(request, views)
        # It is refused just as one is that is beyond the wire's limits.
        return Answer(b'{"thread":') if deep else answer

    monkeypatch.setattr(methods, "_getPostThread", too_large)
    assert set(comments(account.reread())) == wanted
    assert whole(account) == [root]


def test_a_thread_without_end_is_not_said_to_be_whole(account: Account) -> None:
    root = account.server.post()
    key = root.rpartition("/")[2]
    account.server.deepest = 1
    one = account.server.comment(root, "You liars.")
    account.server.comment(root, "All of you.", parent=one)
    far = Round(listed=True, queue=[key], asked=LEAVES_MOST, leaves=[root])
    page = account.connector.reread(far.text(), account.server.clock.now())
    assert (page.whole, page.more) == ((), False)


@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.HTML_200])
def test_an_answer_that_is_no_thread_ends_nothing(account: Account, fault: Fault) -> None:
    root = account.server.post()
    chain(account, root, 2)
    since = account.server.clock.now() - timedelta(days=1)
    listed = account.connector.reread(None, since)
    account.server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Malformed):
        account.connector.reread(listed.cursor, since)
    account.server.faults = FaultScript()
    assert account.connector.reread(listed.cursor, since).whole == (root,)


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.CUT_BEFORE, Fault.BAD_GATEWAY])
def test_trouble_is_transient_and_the_round_goes_on_afterwards(
    account: Account, fault: Fault
) -> None:
    account.server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(Transient):
        account.connector.reread(None, account.server.clock.now())


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "null",
        "[]",
        "{}",
        "x" * 1_000,
        "[" * 99_999,
        json.dumps({"queue": 5}),
        Round(listed=True).text(),
        Round(queue=["3k"]).text().replace('"listed":false', '"listed":"no"'),
    ],
    ids=lambda cursor: cursor[:12],
)
def test_a_cursor_that_makes_no_sense_or_has_ended_begins_a_round(cursor: str) -> None:
    assert Round.read(cursor) == Round()


def test_a_round_reads_itself_back() -> None:
    at = Round("a", True, ["3k", "3l"], 4, ["at://x"], True, "c", False)
    assert Round.read(at.text()) == at
    assert at.next_post() == Round("a", True, ["3l"])
