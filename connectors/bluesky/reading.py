"""Reads posts as Bluesky delivers them: what they answer, whom they are by, and as what they count.

Notifications and post views have the same parts (uri, cid, author, record, indexedAt), and what a
post is to us stands in its record alone, so that it reads the same wherever it was met.
Lexicons: github.com/bluesky-social/atproto at d6296a1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from connectors.fields import id_of, inner, need_id, text_of, time_of, url_of
from connectors.reasons import Poison
from connectors.slices import Slice
from connectors.strict_json import read_object
from moderation.model import Author, Comment, ItemKind, ItemRef, Post, Standing

# Unconfirmed: the pattern of a post's page. The DID in it survives a change of handle.
LINK_POST: Final = "https://bsky.app/profile/{did}/post/{rkey}"
# Unconfirmed: the pattern of an author's page.
LINK_AUTHOR: Final = "https://bsky.app/profile/{did}"

NO_ADDRESS: Final = "The uri is not the address of a Bluesky post."

_DID: Final = r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.%-]{4,100})"
_POST: Final = re.compile(
    rf"at://({_DID})/app\.bsky\.feed\.post/([A-Za-z0-9._~-]{{1,64}})", re.ASCII
)
_DETACHED: Final = "app.bsky.embed.record#viewDetached"
_PICTURES: Final = ("fullsize", "thumb", "playlist", "thumbnail")


@dataclass(frozen=True, slots=True)
class Address:
    """A post's address taken apart."""

    did: str
    rkey: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post stands: the root and the parent that it answers and the post that it quotes.

    Each is an address, empty where there is none.
    """

    root: str = ""
    parent: str = ""
    quoted: str = ""

    def ours(self, did: str) -> str:
        """Return the post of this account that it is about, the nearest reason first."""
        return next(
            (uri for uri in (self.root, self.parent, self.quoted) if is_by(uri, did)),
            "",
        )


def address_of(uri: str) -> Address | None:
    """Return a post's address in parts, or None for what is no post's address."""
    found = _POST.fullmatch(uri)
    return Address(found[1], found[2]) if found else None


def is_by(uri: str, did: str) -> bool:
    """Say whether a post lies in that account's repository."""
    address = address_of(uri)
    return address is not None and address.did == did


def link_to(uri: str) -> str:
    """Return the address of a post's page, empty for what is no post's address."""
    address = address_of(uri)
    return LINK_POST.format(did=address.did, rkey=address.rkey) if address else ""


def link_to_author(did: str) -> str:
    """Return the address of an author's page, empty for what is no DID."""
    return LINK_AUTHOR.format(did=did) if re.fullmatch(_DID, did, re.ASCII) else ""


def place_of(record: Mapping[str, Any]) -> Place:
    """Return where a post stands, from its record."""
    reply = inner(record, "reply")
    embed = inner(record, "embed")
    # A quote with a picture wraps the quote once more (app.bsky.embed.recordWithMedia).
    quoted = _uri(inner(embed, "record")) or _uri(inner(embed, "record", "record"))
    return Place(_uri(inner(reply, "root")), _uri(inner(reply, "parent")), quoted)


def kind_of(place: Place, did: str) -> ItemKind:
    """Say as what a post counts for this account."""
    if is_by(place.root, did):
        nested = place.parent and place.parent != place.root
        return ItemKind.REPLY if nested else ItemKind.COMMENT
    if is_by(place.parent, did):
        return ItemKind.REPLY
    return ItemKind.QUOTE if is_by(place.quoted, did) else ItemKind.MENTION


def comment_of(
    view: Mapping[str, Any],
    raw: bytes,
    did: str,
    *,
    standing: Standing = Standing.UNKNOWN,
    post_text: str = "",
) -> Comment:
    """Return the comment that a notification or a post view shows; did is this account's own.

    Raises Poison when it cannot be taken in.
    """
    uri = need_id(view, "uri")
    address = address_of(uri)
    if address is None:
        raise Poison(NO_ADDRESS)
    record = inner(view, "record")
    place = place_of(record)
    ours = place.ours(did)
    return Comment(
        uri,
        text_of(record, "text"),
        raw,
        created_at=_written_at(view, record),
        author=_author(inner(view, "author"), address),
        post=Post(ours, post_text or _quoted_text(view, ours), link_to(ours)) if ours else None,
        parent_id=place.parent or None,
        url=link_to(uri),
        kind=kind_of(place, did),
        standing=Standing.HIDDEN if is_detached(view) else standing,
        media=_media(inner(view, "embed")),
    )


def is_detached(view: Mapping[str, Any]) -> bool:
    """Say whether a quote no longer shows what it quotes, because the quoted account wants so."""
    embed = inner(view, "embed")
    shown = (inner(embed, "record"), inner(embed, "record", "record"))
    return any(one.get("$type") == _DETACHED for one in shown)


def held(ref: ItemRef) -> Mapping[str, Any]:
    """Return what we hold of an item, as it was delivered; empty where it cannot be read."""
    try:
        return read_object(ref.raw)
    except Poison:
        return {}


def author_of(ref: ItemRef) -> str:
    """Return the DID of an item's author, which its address names; empty where it is no post."""
    address = address_of(ref.native_id)
    return address.did if address else ""


def pieces_by_others(pieces: list[Slice], did: str) -> list[Slice]:
    """Leave out what the account wrote itself; what cannot be read stays, to be set aside."""
    return [piece for piece in pieces if not is_by(_uri_in(piece), did)]


def cursor_of(answer: Slice) -> str:
    """Return the platform's cursor behind a page; empty when there is none."""
    found = answer.get("cursor")
    if found is None:
        return ""
    try:
        told = json.loads(found.raw)
    except (ValueError, RecursionError):
        return ""
    return told if isinstance(told, str) else ""


def _uri_in(piece: Slice) -> str:
    try:
        return _uri(piece.read())
    except Poison:
        return ""


def _uri(holder: Mapping[str, Any]) -> str:
    """Return a post's address from a reference to it, empty where it refers to no post."""
    uri = holder.get("uri")
    return uri if isinstance(uri, str) and address_of(uri) else ""


def _written_at(view: Mapping[str, Any], record: Mapping[str, Any]) -> datetime | None:
    """Return the earlier of the author's time and the platform's, by which the platform sorts.

    An author may claim any time, so one in the future is not believed.
    """
    told = [at for at in (time_of(record, "createdAt"), time_of(view, "indexedAt")) if at]
    return min(told, default=None)


def _author(author: Mapping[str, Any], address: Address) -> Author:
    name = author.get("displayName")
    return Author(
        address.did,
        id_of(author, "handle"),
        name if isinstance(name, str) else "",
        avatar=url_of(author, "avatar"),
    )


def _quoted_text(view: Mapping[str, Any], ours: str) -> str:
    """Return the words of the quoted post where a view carries it."""
    embed = inner(view, "embed")
    for quoted in (inner(embed, "record"), inner(embed, "record", "record")):
        if quoted.get("uri") == ours:
            return text_of(inner(quoted, "value"), "text")
    return ""


def _media(embed: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses of a view's pictures and videos, the largest form of each."""
    images = embed.get("images")
    shown = [embed, inner(embed, "external"), *(images if isinstance(images, list) else [])]
    found = [
        next((url for name in _PICTURES if (url := url_of(one, name))), "")
        for one in shown
        if isinstance(one, Mapping)
    ]
    nested = _media(inner(embed, "media")) if isinstance(embed.get("media"), Mapping) else ()
    return (*filter(None, found), *nested)
