"""Carries out actions at Bluesky and reads them back as the public sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from connectors.bluesky import gates
from connectors.bluesky.access import Access
from connectors.bluesky.finding import Subject, find, gone, still_there, subject_of
from connectors.bluesky.gates import POSTGATE, THREADGATE, Gate, now_text
from connectors.bluesky.reading import author_of, cursor_of, is_by, is_detached
from connectors.contract import Permanent, Transient
from connectors.fields import inner
from connectors.reasons import Poison
from connectors.slices import Slice
from moderation.model import ActionKind, ItemRef

BLOCKS: Final = "app.bsky.graph.block"
LIST_SIZE: Final = 100
LIST_PAGES_MOST: Final = 1_000
# The words of a report: they name nobody and repeat nothing of the item.
REPORT_SAYS: Final = (
    "Abuse of the staff of a public service, written to or about the service's own account."
)
# The lexicons com.atproto.moderation.defs and tools.ozone.report.defs.
REASON_TYPES: Final[dict[str, str]] = {
    "rude": "com.atproto.moderation.defs#reasonRude",
    "harassment": "tools.ozone.report.defs#reasonHarassmentTargeted",
    "hate": "tools.ozone.report.defs#reasonHarassmentHateSpeech",
    "threats": "tools.ozone.report.defs#reasonViolenceThreats",
    "other": "com.atproto.moderation.defs#reasonOther",
}

NOT_SUPPORTED: Final = "Bluesky lets nobody do this to somebody else's post."
NOT_HIDEABLE: Final = (
    "Only replies to posts of your own account, and quotes of them, can be hidden on Bluesky."
)
NO_AUTHOR: Final = "The address of the post does not say who wrote it, so nobody can be blocked."
ENDLESS: Final = "Bluesky's list of blocked accounts does not come to an end."


class Deeds:
    """What one account can do about posts; labeler is who receives its reports."""

    def __init__(self, access: Access, labeler: str, report_as: str) -> None:
        self._access = access
        self._labeler = labeler
        self._reason = REASON_TYPES[report_as]
        self._acts: dict[ActionKind, Callable[[ItemRef], None]] = {
            ActionKind.HIDE: lambda ref: self._show(ref, hidden=True),
            ActionKind.UNHIDE: lambda ref: self._show(ref, hidden=False),
            ActionKind.REPORT: self._report,
            ActionKind.BLOCK: self._block,
            ActionKind.UNBLOCK: self._unblock,
        }

    @property
    def supports(self) -> frozenset[ActionKind]:
        """Return the actions there are."""
        return frozenset(self._acts)

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Carry out an action. Raises Permanent for one that does not exist here."""
        if action not in self._acts:
            raise Permanent(NOT_SUPPORTED)
        self._acts[action](ref)

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Say whether an action is in effect; None where that cannot be seen."""
        if action in {ActionKind.BLOCK, ActionKind.UNBLOCK}:
            return self._blocked(ref, wanted=action is ActionKind.BLOCK)
        if action in {ActionKind.HIDE, ActionKind.UNHIDE}:
            return self._hidden(ref, wanted=action is ActionKind.HIDE)
        return None

    def _gate(self, subject: Subject) -> tuple[Gate, str]:
        """Return which of our records hides a post, and the post of ours that it lies beside."""
        did, place = self._access.did(), subject.place
        if is_by(place.root, did):
            return THREADGATE, place.root
        if is_by(place.quoted, did):
            return POSTGATE, place.quoted
        raise Permanent(NOT_HIDEABLE)

    def _show(self, ref: ItemRef, *, hidden: bool) -> None:
        subject = subject_of(self._access, ref)
        gate, post = self._gate(subject)
        find(self._access, subject.uri)

        def exist(uris: Sequence[str]) -> Sequence[str]:
            return still_there(self._access, uris)

        gates.change(self._access, gate, post, subject.uri, listed=hidden, still_there=exist)

    def _hidden(self, ref: ItemRef, *, wanted: bool) -> bool:
        """Say whether our record and what the public is shown both are as wanted."""
        subject = subject_of(self._access, ref)
        gate, post = self._gate(subject)
        uris = [subject.uri, post]
        seen = self._access.public("app.bsky.feed.getPosts", uris=uris).json().at("posts")
        views = {str(view.get("uri")): view for view in _views(seen)}
        if subject.uri not in views:
            raise gone(self._access, subject.uri)
        held = gates.read(self._access, gate, post)
        if (subject.uri in held.listed(gate)) is not wanted:
            return False
        if gate is POSTGATE:
            return is_detached(views[subject.uri]) is wanted
        listed = inner(views.get(post, {}), "threadgate", "record").get(gate.field)
        known = isinstance(listed, list) and subject.uri in listed
        return known is wanted and self._shown_as(subject, hidden=wanted)

    def _shown_as(self, subject: Subject, *, hidden: bool) -> bool:
        """Say whether the parent's thread, as the public is shown it, agrees.

        A hidden answer is left out of the thread and stands, marked, among the others behind it;
        these are told when the answer's own parent is asked about, and not above it. Where the
        parent is gone an answer stands in neither, and the gate as the public knows it decides.
        """
        name = "app.bsky.unspecced.getPostThread"
        parent = subject.place.parent or subject.place.root
        if hidden:
            near = {"above": False, "below": 1, "branchingFactor": 100}
            thread = self._access.public(f"{name}V2", anchor=parent, **near).json()
            return subject.uri not in [view.get("uri") for view in _views(thread.at("thread"))]
        others = self._access.public(f"{name}OtherV2", anchor=parent).json()
        marked = [
            view.get("uri")
            for view in _views(others.at("thread"))
            if inner(view, "value").get("hiddenByThreadgate") is True
        ]
        return subject.uri not in marked

    def _report(self, ref: ItemRef) -> None:
        """Report a post once: a second report would be a second one there too."""
        subject = subject_of(self._access, ref)
        find(self._access, subject.uri)
        body = {
            "reasonType": self._reason,
            "reason": REPORT_SAYS,
            "subject": {
                "$type": "com.atproto.repo.strongRef",
                "uri": subject.uri,
                "cid": subject.cid,
            },
            "modTool": {"name": "watchroom"},
        }
        through = {"atproto-proxy": f"{self._labeler}#atproto_labeler"}
        self._access.procedure("com.atproto.moderation.createReport", body, headers=through)

    def _block(self, ref: ItemRef) -> None:
        """Block an author, unless the account does so already: each block is a record."""
        author = _need_author(ref)
        if any(self._blocks(author)):
            return
        did = self._access.did()
        record = {"$type": BLOCKS, "subject": author, "createdAt": now_text()}
        body = {"repo": did, "collection": BLOCKS, "record": record}
        self._access.procedure("com.atproto.repo.createRecord", body)

    def _unblock(self, ref: ItemRef) -> None:
        """Delete every block of an author: any one of them would keep the block up."""
        did = self._access.did()
        for key in list(self._blocks(_need_author(ref))):
            body = {"repo": did, "collection": BLOCKS, "rkey": key}
            self._access.procedure("com.atproto.repo.deleteRecord", body)

    def _blocked(self, ref: ItemRef, *, wanted: bool) -> bool:
        """Say whether our records and the public's view of the two accounts are as wanted."""
        author = _need_author(ref)
        if any(self._blocks(author)) is not wanted:
            return False
        exchange = self._access.public(
            "app.bsky.graph.getRelationships", actor=self._access.did(), others=[author]
        )
        related = _views(exchange.json().at("relationships"))
        return any(view.get("blocking") for view in related) is wanted

    def _blocks(self, author: str) -> Iterator[str]:
        """Yield the keys of this account's blocks of an author."""
        after = ""
        for _ in range(LIST_PAGES_MOST):
            exchange = self._access.query(
                "com.atproto.repo.listRecords",
                repo=self._access.did(),
                collection=BLOCKS,
                limit=LIST_SIZE,
                cursor=after or None,
            )
            answer = exchange.json()
            for view in _views(answer.at("records")):
                if inner(view, "value").get("subject") == author:
                    yield str(view.get("uri")).rpartition("/")[2]
            before, after = after, cursor_of(answer)
            if not after or after == before:
                return
        raise Transient(ENDLESS, retry_after=300.0)


def _need_author(ref: ItemRef) -> str:
    author = author_of(ref)
    if not author:
        raise Permanent(NO_AUTHOR)
    return author


def _views(pieces: Sequence[Slice]) -> Iterator[dict[str, object]]:
    """Yield what can be read."""
    for piece in pieces:
        try:
            yield piece.read()
        except Poison:
            continue
