"""Instagram tells of comments with their words, and of mentions without."""

from __future__ import annotations

import json

from sqlalchemy import select

from moderation.tables import (
    ItemVersionRow,
    JobState,
    VersionKind,
)
from tests.connected import Connected
from tests.standins.graph import InstagramStandIn
from tests.worker.delivering.pushing import (
    HIDDEN_WORDS,
    body_of,
    graph_of,
    kinds,
    push,
    quarantined,
    tell,
)


def test_an_instagram_comment_and_an_answer_to_it_are_taken_in(instagram: Connected) -> None:
    post = instagram.server.post()
    one = instagram.server.comment(post, "A question")
    answer = instagram.server.comment(post, "An answer", parent=one)
    tell(instagram, ("add", one), ("add", answer))
    assert instagram.texts() == {one: "A question", answer: "An answer"}
    assert instagram.item(answer).parent_native_id == one
    assert instagram.item(one).post_id is not None


def mentioned(instagram: Connected) -> tuple[str, bytes]:
    """Return a mention below somebody else's post, and the delivery that tells of it."""
    server = instagram.server
    assert isinstance(server, InstagramStandIn)
    native_id = server.mention_in_comment(HIDDEN_WORDS)
    media = getattr(server.mentioned[native_id], "media", None)
    assert media is not None
    value = {"media_id": media.id, "comment_id": native_id}
    return native_id, body_of(instagram, {"field": "mentions", "value": value})


def test_a_mention_comes_in_with_its_words_and_never_without(instagram: Connected) -> None:
    native_id, body = mentioned(instagram)
    push(instagram, body)
    assert instagram.texts() == {native_id: HIDDEN_WORDS}
    assert kinds(instagram, native_id) == [VersionKind.CREATED]
    with instagram.store.reading() as session:
        assert "" not in session.scalars(select(ItemVersionRow.body)).all()


def test_a_mention_that_is_gone_before_it_was_looked_up_leaves_nothing_to_read(
    instagram: Connected,
) -> None:
    native_id, body = mentioned(instagram)
    instagram.server.remove(native_id)
    push(instagram, body)
    assert (instagram.texts(), quarantined(instagram)) == ({}, [])
    assert instagram.job("deliver").state is JobState.DONE


def test_a_mention_whose_words_are_refused_is_put_before_a_person(instagram: Connected) -> None:
    native_id, body = mentioned(instagram)
    graph_of(instagram).lose_permission("instagram_basic")
    push(instagram, body)
    assert instagram.texts() == {}
    [raw] = quarantined(instagram)
    assert json.loads(raw)["comment_id"] == native_id
