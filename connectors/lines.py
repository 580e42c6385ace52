"""The one parser of a record: a JSON object on a line, or a CSV row, into a Comment or Unreadable.

The fields are id, text, created_at, author, parent, post, url, kind, media and change; only id and
text are needed, and others are kept in the raw bytes alone. docs/import.md describes them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from connectors.reasons import (
    ID_LIMIT,
    ID_NOT_TEXT,
    ID_ROUNDED,
    ID_TOO_LARGE,
    MEDIA_NOT_ADDRESSES,
    NAME_LIMIT,
    NO_ID,
    NO_TEXT,
    NOT_UTF8,
    TEXT_LIMIT,
    UNKNOWN_CHANGE,
    URL_LIMIT,
    WRONG_WIDTH,
    Poison,
)
from connectors.strict_json import read_object
from connectors.times import read_time
from moderation.characters import kept
from moderation.model import Author, Change, Comment, ItemKind, Post, Unreadable

_KINDS: Final = {kind.value: kind for kind in ItemKind}
_CHANGES: Final = {
    "": Change.PRESENT,
    "created": Change.PRESENT,
    "present": Change.PRESENT,
    "edited": Change.PRESENT,
    "deleted": Change.DELETED,
}
_WHOLE_NUMBER: Final = re.compile(r"[+-]?[0-9]+", re.ASCII)
_ROUNDED: Final = re.compile(r"[0-9][.,][0-9]+[eE]\+[0-9]+", re.ASCII)
_SPACE: Final = re.compile(r"\s")


def from_json(raw: bytes) -> Comment | Unreadable:
    """Read one JSON object. Never raises: what cannot be read comes back with its reason."""
    try:
        return _comment(read_object(raw), raw)
    except Poison as err:
        return Unreadable(raw, str(err))


def from_row(names: Sequence[str], values: Sequence[str], raw: bytes) -> Comment | Unreadable:
    """Read one CSV row under its header; bytes that were no UTF-8 arrive as lone surrogates."""
    try:
        return _comment(_fields(names, values), raw)
    except Poison as err:
        return Unreadable(raw, str(err))


def _fields(names: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    if len(values) != len(names):
        raise Poison(WRONG_WIDTH)
    if any(_has_surrogate(value) for value in values):
        raise Poison(NOT_UTF8)
    return dict(zip(names, values, strict=True))


def _comment(fields: Mapping[str, Any], raw: bytes) -> Comment:
    native_id = _native_id(fields.get("id"))
    change = _CHANGES.get(str(fields.get("change") or "").strip().casefold())
    if change is None:
        raise Poison(UNKNOWN_CHANGE)
    parent = _ref(fields.get("parent"), "parent")
    return Comment(
        native_id=native_id,
        text=_text(fields.get("text"), change),
        raw=raw,
        created_at=read_time(fields.get("created_at")),
        author=_author(fields.get("author")),
        post=_post(fields.get("post")),
        parent_id=parent or None,
        url=_short(fields.get("url"), "url", URL_LIMIT),
        kind=_kind(fields.get("kind"), replies=bool(parent)),
        change=change,
        media=_media(fields.get("media")),
    )


def _native_id(value: Any) -> str:
    if value is None:
        raise Poison(NO_ID)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Poison(ID_NOT_TEXT)
    native_id = _ref(value, "id")
    if not native_id:
        raise Poison(NO_ID)
    if _WHOLE_NUMBER.fullmatch(native_id) and not -(2**63) <= int(native_id) < 2**63:
        raise Poison(ID_TOO_LARGE)
    if _ROUNDED.fullmatch(native_id):
        raise Poison(ID_ROUNDED)
    return native_id


def _text(value: Any, change: Change) -> str:
    """Return the text as written. An empty one is a comment too: a picture alone, or a sticker."""
    if value is None and change is Change.DELETED:
        return ""
    if value is None:
        raise Poison(NO_TEXT)
    return _long(value, "text")


def _media(value: Any) -> tuple[str, ...]:
    """Return the addresses of the pictures: a list, or one text with spaces between them."""
    if value is None:
        return ()
    found = value.split() if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Poison(MEDIA_NOT_ADDRESSES)
    return tuple(_short(one, "media", URL_LIMIT) for one in found if one)


def _author(value: Any) -> Author | None:
    """Return who wrote it; None where the platform withholds it."""
    if isinstance(value, Mapping):
        handle = _handle(value.get("handle"))
        name = _short(value.get("name"), "author's name", NAME_LIMIT)
        author_id = _ref(value.get("id"), "author's id") or _id_of_name(handle or name)
        return Author(author_id, handle, name) if author_id else None
    name = _short(value, "author", NAME_LIMIT)
    if not name:
        return None
    # The same person is written with and without the @ in one export.
    plain = name.removeprefix("@")
    return Author(_id_of_name(plain), "" if _SPACE.search(plain) else plain, name)


def _id_of_name(name: str) -> str:
    """Know an author who came without an id by the name, in the form that a database keeps."""
    return kept(name)[:ID_LIMIT]


def _handle(value: Any) -> str:
    return _short(value, "author's handle", NAME_LIMIT).removeprefix("@")


def _post(value: Any) -> Post | None:
    """Return the post that a comment answers: a string with spaces is its text, else its id."""
    if isinstance(value, Mapping):
        text = _long(value.get("text") or "", "post's text")
        post_id = _ref(value.get("id"), "post's id") or _id_of_text(text)
        url = _short(value.get("url"), "post's url", URL_LIMIT)
        return Post(post_id, text, url) if post_id else None
    if isinstance(value, str) and (_SPACE.search(value.strip()) or len(value) > ID_LIMIT):
        text = _long(value, "post's text")
        return Post(_id_of_text(text), text)
    post_id = _ref(value, "post")
    return Post(post_id) if post_id else None


def _id_of_text(text: str) -> str:
    """Name a post that came without an id by its text, so that its comments stay one thread."""
    return "text-" + hashlib.sha256(kept(text).encode()).hexdigest()[:24] if text.strip() else ""


def _kind(value: Any, *, replies: bool) -> ItemKind:
    """Return the kind; an unknown one is a comment, for its text matters more than its kind."""
    told = _KINDS.get(value.strip().casefold()) if isinstance(value, str) else None
    return told or (ItemKind.REPLY if replies else ItemKind.COMMENT)


def _ref(value: Any, name: str) -> str:
    """Return an id as text, empty where there is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _short(value, name, ID_LIMIT)


def _long(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise Poison(f"The {name} is not text.")
    return _within(value, name, TEXT_LIMIT)


def _short(value: Any, name: str, limit: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Poison(f"The {name} is not text.")
    return _within(value.strip(), name, limit)


def _within(value: str, name: str, limit: int) -> str:
    if len(value) > limit:
        raise Poison(f"The {name} is longer than {limit:,} characters.")
    return value


def _has_surrogate(value: str) -> bool:
    if value.isascii():
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
