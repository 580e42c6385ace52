"""The thread around an item, as far as we hold it: what it answers and what stood next to it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from moderation.evidence.notation import OURS, PLATFORM, moment
from moderation.tables import AccountRow, ItemRow, ItemVersionRow

MAX_PARENTS: Final = 50
MAX_NEIGHBOURS: Final = 10

_NO_PARENT: Final = "Something that it answers is not held here."
_MORE: Final = "More stands under the same post than the {} before it and after it."


@dataclass(frozen=True, slots=True)
class Voice:
    """Another item of the thread; text is its latest and None when it was deleted.

    raw_sha256 is that of its bytes as they came, which we keep. is_ours says that the account
    wrote it itself.
    """

    native_id: str
    url: str
    author_id: str | None
    author_handle: str
    author_name: str
    posted_at: datetime | None
    seen_at: datetime
    text: str | None
    raw_sha256: str = ""
    is_ours: bool = False

    def as_record(self) -> dict[str, Any]:
        """Return what an evidence record says of it."""
        return {
            "item_id": self.native_id,
            "url": self.url or None,
            "author": {
                "id": self.author_id,
                "handle": self.author_handle or None,
                "display_name": self.author_name or None,
            },
            "posted": moment(self.posted_at, PLATFORM),
            "first_seen": moment(self.seen_at, OURS),
            "text": self.text,
            "raw_sha256": self.raw_sha256 or None,
            "written_by_our_own_account": self.is_ours,
        }


@dataclass(frozen=True, slots=True)
class Thread:
    """What stands around an item.

    parents run from the item upwards. missing_parent is the id of a parent that we do not hold, or
    that would make the chain too long. before and after are the neighbours under the same post in
    the order in which we saw them, at most MAX_NEIGHBOURS each; more says that there are others.
    """

    parents: tuple[Voice, ...] = ()
    missing_parent: str | None = None
    before: tuple[Voice, ...] = ()
    after: tuple[Voice, ...] = ()
    more: bool = False

    @property
    def lacks(self) -> str:
        """Say in words what of the context is not there; empty where nothing is known to lack."""
        found = [
            _NO_PARENT if self.missing_parent is not None else "",
            _MORE.format(MAX_NEIGHBOURS) if self.more else "",
        ]
        return " ".join(filter(None, found))

    def as_record(self) -> dict[str, Any]:
        """Return what an evidence record says of it."""
        return {
            "context_complete": not self.lacks,
            "context_lacks": self.lacks or None,
            "parents": [voice.as_record() for voice in self.parents],
            "parent_that_we_do_not_hold": self.missing_parent,
            "before": [voice.as_record() for voice in self.before],
            "after": [voice.as_record() for voice in self.after],
            "there_are_more": self.more,
            "says": "Only what we had read under the same post by the time of the capture.",
        }


def thread_of(session: Session, item: ItemRow) -> Thread:
    """Return the thread around an item. Contacts that staff logged are never part of one."""
    parents, missing = _parents(session, item)
    if item.post_id is None:
        return Thread(parents, missing)
    earlier = or_(
        ItemRow.seen_at < item.seen_at,
        and_(ItemRow.seen_at == item.seen_at, ItemRow.id < item.id),
    )
    before = _neighbours(session, item, earlier, backwards=True)
    after = _neighbours(session, item, ~earlier, backwards=False)
    return Thread(
        parents=parents,
        missing_parent=missing,
        before=tuple(reversed(before[:MAX_NEIGHBOURS])),
        after=tuple(after[:MAX_NEIGHBOURS]),
        more=max(len(before), len(after)) > MAX_NEIGHBOURS,
    )


def _parents(session: Session, item: ItemRow) -> tuple[tuple[Voice, ...], str | None]:
    chain: list[Voice] = []
    seen = {item.native_id}
    wanted = item.parent_native_id
    while wanted is not None and wanted not in seen:
        if len(chain) == MAX_PARENTS:
            return tuple(chain), wanted
        found = _voices(
            session, and_(ItemRow.account_id == item.account_id, ItemRow.native_id == wanted)
        )
        if not found:
            return tuple(chain), wanted
        seen.add(wanted)
        parent, wanted = found[0]
        chain.append(parent)
    return tuple(chain), None


def _neighbours(
    session: Session, item: ItemRow, where: ColumnElement[bool], *, backwards: bool
) -> list[Voice]:
    order = (ItemRow.seen_at, ItemRow.id)
    found = _voices(
        session,
        and_(
            ItemRow.account_id == item.account_id,
            ItemRow.post_id == item.post_id,
            ItemRow.id != item.id,
            where,
        ),
        *((column.desc() for column in order) if backwards else order),
    )
    return [voice for voice, _ in found]


def _voices(
    session: Session, where: ColumnElement[bool], *order: ColumnElement[object]
) -> list[tuple[Voice, str | None]]:
    """Return at most one more than fits, each with the id of its parent."""
    rows = session.execute(
        select(ItemRow, ItemVersionRow.body, ItemVersionRow.raw, AccountRow.native_id)
        .join(AccountRow, AccountRow.id == ItemRow.account_id)
        .join(
            ItemVersionRow,
            and_(ItemVersionRow.item_id == ItemRow.id, ItemVersionRow.seq == ItemRow.version),
        )
        .where(where, ItemRow.restricted.is_(False))
        .order_by(*order)
        .limit(MAX_NEIGHBOURS + 1)
    )
    return [
        (_voice(item, body, raw, account_id), item.parent_native_id)
        for item, body, raw, account_id in rows
    ]


def _voice(item: ItemRow, body: str | None, raw: bytes, account_id: str | None) -> Voice:
    return Voice(
        native_id=item.native_id,
        url=item.url,
        author_id=item.author_ref,
        author_handle=item.author_handle,
        author_name=item.author_name,
        posted_at=item.posted_at,
        seen_at=item.seen_at,
        text=body,
        raw_sha256=hashlib.sha256(raw).hexdigest() if raw else "",
        is_ours=bool(account_id) and item.author_ref == account_id,
    )
