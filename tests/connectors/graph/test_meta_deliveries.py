"""Whatever Meta pushes is read, and nothing that it pushes can break the reading."""

from __future__ import annotations

import hashlib
import hmac
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.meta import facebook_page, instagram
from connectors.meta.deliveries import read_instagram_delivery, read_page_delivery
from connectors.meta.facebook_page import FacebookPage
from connectors.meta.instagram import Instagram
from moderation.model import Change, Comment, ItemKind, Standing, Unreadable
from tests.connectors.graph.oddities import POISON
from tests.standins.graph import FacebookStandIn, InstagramStandIn, ref_of

READERS = {"page": read_page_delivery, "instagram": read_instagram_delivery}


def one_comment(body: bytes) -> Comment:
    (told,) = read_page_delivery(body)
    assert isinstance(told.record, Comment)
    return told.record


def page_body(*values: object, field: str = "feed") -> bytes:
    changes = [{"field": field, "value": value} for value in values]
    return json.dumps(
        {"object": "page", "entry": [{"id": "1", "time": 1795220000, "changes": changes}]}
    ).encode()


def test_both_kinds_of_account_read_their_deliveries() -> None:
    assert facebook_page.KIND.deliveries is read_page_delivery
    assert instagram.KIND.deliveries is read_instagram_delivery


def test_a_delivery_is_signed_over_its_escaped_bytes(page: FacebookStandIn) -> None:
    page.app_secret = "s"
    pushed = page.delivery(("add", page.comment(page.post(), "äöå 👩🏽‍🚒 </b>")))
    made = hmac.new(b"s", pushed.body, hashlib.sha256).hexdigest()
    assert pushed.headers["X-Hub-Signature-256"] == f"sha256={made}"
    assert b"\\u00e4\\u00f6\\u00e5" in pushed.body
    assert one_comment(pushed.body).text == "äöå 👩🏽‍🚒 </b>"


def test_a_new_comment_is_told_with_where_it_stands(page: FacebookStandIn) -> None:
    post = page.post()
    top = page.comment(post, "You are useless", author="Ivo Example")
    answer = page.comment(post, "So are you", parent=top, author=None)
    first, second = (
        one.record for one in read_page_delivery(page.delivery(("add", top), ("add", answer)).body)
    )
    assert isinstance(first, Comment)
    assert isinstance(second, Comment)
    assert (first.native_id, first.kind, first.parent_id) == (top, ItemKind.COMMENT, None)
    assert (second.native_id, second.kind, second.parent_id) == (answer, ItemKind.REPLY, top)
    assert first.author is not None
    assert second.author is None
    assert first.post is not None
    assert first.post.id == post
    assert first.created_at is not None
    assert abs((first.created_at - page.things[top].made).total_seconds()) < 1


@pytest.mark.parametrize(
    ("verb", "change", "standing"),
    [
        ("add", Change.PRESENT, Standing.UNKNOWN),
        ("edited", Change.PRESENT, Standing.UNKNOWN),
        ("remove", Change.DELETED, Standing.UNKNOWN),
        ("hide", Change.PRESENT, Standing.HIDDEN),
        ("unhide", Change.PRESENT, Standing.VISIBLE),
    ],
)
def test_each_verb_is_understood(
    page: FacebookStandIn, verb: str, change: Change, standing: Standing
) -> None:
    native_id = page.comment(page.post(), "You are useless")
    told = one_comment(page.delivery((verb, native_id)).body)
    assert (told.native_id, told.change, told.standing) == (native_id, change, standing)


def test_a_visitors_post_is_told_and_our_own_is_not(page: FacebookStandIn) -> None:
    own, visitors = page.post(), page.visitor_post("Look at this queue!")
    told = one_comment(page.delivery(("add", own), ("add", visitors)).body)
    assert (told.native_id, told.kind) == (visitors, ItemKind.VISITOR_POST)


@pytest.mark.parametrize(
    "value",
    [
        {"item": "reaction", "verb": "add", "reaction_type": "like"},
        {"item": "album", "verb": "add"},
        {"item": "comment", "verb": "follow", "comment_id": "1_2"},
    ],
)
def test_what_is_no_comment_is_passed_over(value: dict[str, str]) -> None:
    assert read_page_delivery(page_body(value)) == ()
    assert read_page_delivery(page_body(value, field="ratings")) == ()


def test_an_instagram_comment_and_a_mention_are_told(account: InstagramStandIn) -> None:
    post = account.post()
    top = account.comment(post, "You are useless", author="ivo.example")
    answer = account.comment(post, "So are you", parent=top)
    mention, tagged = account.mention_in_comment("@northmoor.fire"), account.mention("At the fire")
    account.things[mention] = account.mentioned[mention]
    body = account.delivery(*(("add", one) for one in (top, answer, mention, tagged))).body
    found = [one.record for one in read_instagram_delivery(body)]
    assert all(isinstance(one, Comment) for one in found)
    told = {one.native_id: one for one in found if isinstance(one, Comment)}
    assert set(told) == {top, answer, mention, tagged}
    assert told[answer].kind is ItemKind.REPLY
    author = told[top].author
    assert author is not None
    assert author.handle == "ivo.example"
    assert told[mention].kind is told[tagged].kind is ItemKind.MENTION


def test_what_was_delivered_can_be_looked_up(
    facebook: FacebookPage,
    page: FacebookStandIn,
    instagram: Instagram,
    account: InstagramStandIn,
) -> None:
    comment, post = page.comment(page.post(), "One"), page.visitor_post("Two")
    for told in read_page_delivery(page.delivery(("add", comment), ("add", post)).body):
        assert isinstance(told.record, Comment)
        assert facebook.fetch(ref_of(told.record)).text == told.record.text
    remark, mention = account.comment(account.post(), "One"), account.mention_in_comment("Two")
    account.things[mention] = account.mentioned[mention]
    body = account.delivery(("add", remark), ("add", mention)).body
    del account.things[mention]
    looked_up = [
        instagram.fetch(ref_of(told.record)).text
        for told in read_instagram_delivery(body)
        if isinstance(told.record, Comment)
    ]
    assert looked_up == ["One", "Two"]


def test_batches_repetitions_and_any_order_are_read(page: FacebookStandIn) -> None:
    post = page.post()
    written = [page.comment(post, f"Comment {number}") for number in range(20)]
    changes = [("add", native_id) for native_id in written]
    body = page.delivery(*changes, repeated=3, out_of_order=True).body
    found = [one.record for one in read_page_delivery(body)]
    assert len(found) == 60
    assert {one.native_id for one in found if isinstance(one, Comment)} == set(written)
    assert {one.account_id for one in read_page_delivery(body)} == {page.page.id}


def test_entries_are_told_oldest_first() -> None:
    entries = [
        {
            "id": "1",
            "time": at,
            "changes": [
                {
                    "field": "feed",
                    "value": {"item": "comment", "verb": "add", "comment_id": str(at)},
                }
            ],
        }
        for at in (1795220003, 1795220001, 1795220002)
    ]
    body = json.dumps({"object": "page", "entry": entries}).encode()
    found = [one.record for one in read_page_delivery(body)]
    told = [one.native_id for one in found if isinstance(one, Comment)]
    assert told == ["1795220001", "1795220002", "1795220003"]


def test_a_thousand_changes_are_read_and_more_are_not_lost_silently() -> None:
    values = [
        {"item": "comment", "verb": "add", "comment_id": f"1_{n}", "message": "x" * 300}
        for n in range(1_001)
    ]
    began = time.monotonic()
    told = read_page_delivery(page_body(*values))
    assert time.monotonic() - began < 2.0
    assert sum(isinstance(one.record, Comment) for one in told) == 1_000
    assert isinstance(told[-1].record, Unreadable)
    assert "more than 1,000" in told[-1].record.reason


@pytest.mark.parametrize("what", POISON)
def test_poison_spoils_nothing_beside_it(what: str) -> None:
    good = b'{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_7"}}'
    bad = b'{"field":"feed","value":' + POISON[what].replace(b"{", b'{"item":"comment",', 1) + b"}"
    bad = bad.replace(b'"item":"comment",', b'"item":"comment","verb":"add",', 1)
    body = b'{"object":"page","entry":[{"id":"1","time":1,"changes":[%s,%s,%s]}]}'
    records = [one.record for one in read_page_delivery(body % (good, bad, good))]
    assert [type(one) for one in records] == [Comment, Unreadable, Comment]


BROKEN = {
    "nothing": b"",
    "no JSON": b"hello",
    "cut off": page_body({"item": "comment"})[:-9],
    "a list": b"[]",
    "another object": b'{"object":"user","entry":[]}',
    "no object": b'{"entry":[]}',
    "not UTF-8": b'\xff\xfe{"object":"page"}',
    "very deep": b'{"object":"page","entry":' + b"[" * 200_000,
}


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("kind", READERS)
def test_a_body_that_cannot_be_read_is_kept_with_a_reason(kind: str, what: str) -> None:
    (told,) = READERS[kind](BROKEN[what])
    assert isinstance(told.record, Unreadable)
    assert told.record.raw == BROKEN[what]
    assert told.record.reason.endswith(".")
    assert told.account_id == ""


SHAPES = [
    b'{"object":"page","entry":[7]}',
    b'{"object":"page","entry":[{"changes":[7,"x",null,[]]}]}',
    b'{"object":"page","entry":[{"id":{"a":1},"time":"x","changes":[{"field":"feed"}]}]}',
    b'{"object":"page","entry":[{"id":"'
    + b"1" * 999
    + b'","changes":[{"field":"feed","value":7}]}]}',
    b'{"object":"page","entry":[{"id":"1","time":1e999,"changes":[{"field":["feed"],"value":{}}]}]}',
    b'{"object":"page","entry":[{"id":"1","changes":{"field":"feed"}}]}',
    b'{"object":"page","entry":{"id":"1"}}',
]


@pytest.mark.parametrize("body", SHAPES)
def test_a_change_of_another_shape_is_unreadable_or_none(body: bytes) -> None:
    assert all(isinstance(one.record, Unreadable) for one in read_page_delivery(body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["object", "entry", "changes", "field", "value", "id", "item", "verb", "comment_id"]
            ),
            inside | st.sampled_from(["page", "instagram", "feed", "comments", "comment", "add"]),
            max_size=4,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(JSON | st.binary(max_size=60))
def test_no_body_ever_raises(told: object) -> None:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    for read in READERS.values():
        read(body)
    for kind in READERS:
        entry = body if not isinstance(told, bytes) else b"[]"
        READERS[kind](
            b'{"object":"%s","entry":[{"id":"1","changes":[%s]}]}' % (kind.encode(), entry)
        )
