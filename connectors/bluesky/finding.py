"""Finds a post as it stands now, and says who removed it where it stands no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from connectors.bluesky.access import Access
from connectors.bluesky.judging import is_success, word_of
from connectors.bluesky.reading import Place, address_of, held, place_of
from connectors.contract import Gone, Permanent
from connectors.fields import inner
from connectors.reasons import Poison
from connectors.slices import Slice
from moderation.model import GoneBy, ItemRef

POSTS: Final = "app.bsky.feed.post"
AT_ONCE: Final = 25

# Unconfirmed: a removal by the author's own server looks like a deletion by the author.
HOST_REMOVAL_LOOKS_DELETED: Final = True
DELETED: Final = "It no longer exists: its author deleted it" + (
    ", or the server that holds the author's account removed it."
    if HOST_REMOVAL_LOOKS_DELETED
    else "."
)
REMOVED: Final = (
    "It is no longer shown: the platform's moderators removed it, while it still lies in its "
    "author's account."
)
OUT_OF_SIGHT: Final = (
    "It is no longer shown: its author, the author's server or the platform's moderators removed "
    "it. Bluesky does not say which."
)
NO_POST: Final = "This is no address of a Bluesky post, so nothing can be asked about it."
_NOT_FOUND: Final = "RecordNotFound"
_REFUSALS: Final = (_NOT_FOUND, "InvalidRequest", "RepoNotFound", "NotFound")


@dataclass(frozen=True, slots=True)
class Subject:
    """A post that something is done about: its address, its version, and where it stands."""

    uri: str
    cid: str
    author: str
    place: Place


def subject_of(access: Access, ref: ItemRef) -> Subject:
    """Return what we hold of an item as a subject, asking only where too little is at hand."""
    view = held(ref)
    if view.get("uri") != ref.native_id or not isinstance(view.get("cid"), str):
        view = find(access, ref.native_id).read()
    address = address_of(ref.native_id)
    if address is None:
        raise Permanent(NO_POST)
    return Subject(
        ref.native_id, str(view.get("cid")), address.did, place_of(inner(view, "record"))
    )


def find(access: Access, uri: str) -> Slice:
    """Return a post as it stands now. Raises Gone, saying who removed it as far as can be told."""
    if address_of(uri) is None:
        raise Permanent(NO_POST)
    for query in (access.query, access.public):
        # Of two accounts of which one blocks the other neither is shown the other's posts, while
        # the public sees them.
        exchange = query("app.bsky.feed.getPosts", uris=[uri])
        for piece in exchange.json().at("posts"):
            if _uri(piece) == uri:
                return piece
    raise gone(access, uri)


def gone(access: Access, uri: str) -> Gone:
    """Return the error that says who removed a post that nobody is shown any more."""
    found = {
        True: (REMOVED, GoneBy.PLATFORM),
        False: (DELETED, GoneBy.AUTHOR),
        None: (OUT_OF_SIGHT, None),
    }
    says, by = found[_lies_in_repository(access, uri)]
    return Gone(says, by=by)


def still_there(access: Access, uris: Sequence[str]) -> list[str]:
    """Return those posts that exist: what is out of sight alone may come back into sight."""
    seen: set[str] = set()
    for start in range(0, len(uris), AT_ONCE):
        some = [uri for uri in uris[start : start + AT_ONCE] if address_of(uri)]
        if some:
            exchange = access.public("app.bsky.feed.getPosts", uris=some)
            seen |= {_uri(piece) for piece in exchange.json().at("posts")}
    return [
        uri
        for uri in uris
        if uri in seen
        or (address_of(uri) is not None and _lies_in_repository(access, uri) is not False)
    ]


def _lies_in_repository(access: Access, uri: str) -> bool | None:
    """Say whether a post lies in its author's repository; None where that cannot be asked."""
    address = address_of(uri)
    if address is None:
        return None
    exchange = access.query(
        "com.atproto.repo.getRecord",
        _REFUSALS,
        repo=address.did,
        collection=POSTS,
        rkey=address.rkey,
    )
    if is_success(exchange):
        return True
    return False if word_of(exchange) == _NOT_FOUND else None


def _uri(piece: Slice) -> Any:
    try:
        return piece.read().get("uri")
    except Poison:
        return None
