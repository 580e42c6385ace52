"""Replays a feed: follows a JSON Lines file as it grows, and keeps what is done to its comments.

Settings: path (the feed; needed), platform (what it stands for), page_size, lag_s (how many seconds
its reads lag behind its writes), settle_s and faults (see connectors/replay_faults.py). Lines are
those of connectors/lines.py; a line with a known id and other text is an edit, one with
"change": "deleted" a deletion by the author.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from connectors import lines
from connectors.contract import (
    COMMENTS,
    Checked,
    Feed,
    Gone,
    Kind,
    Means,
    Option,
    Permanent,
    Transient,
)
from connectors.following import cursor_at, found_from, start_at
from connectors.inverse import INVERSE
from connectors.options import number
from connectors.reading import PAGE_BYTES
from connectors.replay_faults import Call, Fault, When, read_script
from connectors.replay_state import Place, ReplayState
from moderation.model import (
    ActionKind,
    Capability,
    Change,
    Comment,
    How,
    ItemRef,
    Page,
    Unreadable,
)

PAGE_SIZE: Final = 100
STATE_FILE: Final = "replay.db"
NO_AUTHOR: Final = "The platform does not say who wrote this, so nobody can be blocked."

_NOTES: Final = {
    ActionKind.HIDE: "Others no longer see it. Its author still does.",
    ActionKind.DELETE: "It cannot be brought back.",
    ActionKind.REPORT: "The platform does not say what became of a report.",
    ActionKind.BLOCK: "The author can no longer write to this account.",
}


class Replay:
    """A feed in a file, with a platform's behaviour around it.

    Deleted, hidden and blocked are kept in state_dir and outlive a restart. clock gives seconds.
    """

    supports = frozenset(ActionKind)
    feeds: tuple[Feed, ...] = (COMMENTS,)
    reread_every_s = 0

    def __init__(
        self,
        feed: Path,
        state: ReplayState,
        *,
        platform: str = "replay",
        page_size: int = PAGE_SIZE,
        lag_s: float = 0.0,
        settle_s: float | None = None,
        faults: tuple[Fault, ...] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.platform = platform
        # Twice the lag, as one ought to allow where a lag was only measured.
        self.settle_s = 2 * lag_s if settle_s is None else settle_s
        self.state = state
        self._feed = feed
        self._page_size = page_size
        self._lag_s = lag_s
        self._faults = faults
        self._clock = clock

    def poll(self, feed: str, cursor: str | None) -> Page:
        """Return up to page_size lines behind the cursor; from the start of a replaced file."""
        self._stumble(Call.POLL)
        with self._open() as stream:
            at = start_at(stream, cursor).offset
            records: list[Comment | Unreadable] = []
            raw: list[bytes] = []
            size = 0
            for found in found_from(stream, at):
                at += found.length
                if found.record is not None:
                    records.append(found.record)
                # Blank lines before the first record are passed over, so that no number of them
                # makes a page without records, which would say that nothing is new.
                if records:
                    size += len(found.kept)
                    raw.append(found.kept)
                if len(records) >= self._page_size or size >= PAGE_BYTES:
                    break
            return Page(tuple(records), cursor_at(stream, at), b"".join(raw), more=bool(records))

    def reread(self, cursor: str | None, since: datetime) -> Page:
        """Return an empty page: a feed in a file says itself what was edited or deleted."""
        return Page((), "", b"")

    def fetch(self, ref: ItemRef) -> Comment:
        """Return a comment from its latest line. Raises Gone once anybody has deleted it."""
        self._stumble(Call.FETCH)
        place = self._present(ref)
        with self._open() as stream:
            stream.seek(place.start)
            found = lines.from_json(stream.read(place.length).rstrip(b"\r\n"))
        if isinstance(found, Unreadable) or found.native_id != ref.native_id:
            raise Transient("The feed was replaced while it was read.", retry_after=1.0)
        return found

    def act(self, ref: ItemRef, action: ActionKind) -> None:
        """Keep an action in the state; a second one of the same kind changes nothing."""
        self._stumble(Call.ACT)
        if action in {ActionKind.BLOCK, ActionKind.UNBLOCK}:
            if not ref.author_id:
                raise Permanent(NO_AUTHOR)
        elif action is not ActionKind.DELETE or not self._deleted_by_us(ref):
            self._present(ref)
        self.state.record(ref, action, at=self._clock())
        self._stumble(Call.ACT, When.AFTER)

    def can_read_back(self, action: ActionKind) -> bool:
        """Say yes to all but a report, of which a platform shows nothing."""
        return action is not ActionKind.REPORT

    def read_back(self, ref: ItemRef, action: ActionKind) -> bool | None:
        """Return what is in effect, as a reader sees it who lags behind by lag_s."""
        self._stumble(Call.READ_BACK)
        if not self.can_read_back(action):
            return None
        if action in {ActionKind.HIDE, ActionKind.UNHIDE}:
            self._present(ref)
        seen = self.state.in_effect(ref, action, until=self._clock() - self._lag_s)
        if action is ActionKind.DELETE and not seen:
            self._present(ref)
        return seen

    def note(self, action: ActionKind) -> str:
        """Return what a person should know before pressing the button."""
        return _NOTES.get(action, "")

    def undo_of(self, action: ActionKind) -> ActionKind | None:
        """Return the action that takes this one back; a deletion and a report are final."""
        return INVERSE.get(action)

    def capability(self, ref: ItemRef, action: ActionKind) -> Capability:
        """Say yes to everything, but to a block where nobody knows whom."""
        if action in {ActionKind.BLOCK, ActionKind.UNBLOCK} and not ref.author_id:
            return Capability(How.NO, NO_AUTHOR)
        return Capability(How.API, self.note(action))

    def check(self) -> Checked:
        """Return the feed's own name: nobody can take the access to a file away."""
        return Checked(str(self._feed), self._feed.name)

    def _stumble(self, call: Call, when: When = When.BEFORE) -> None:
        for fault in self._faults:
            if (fault.call, fault.when) == (call, when) and fault.strikes(
                self.state.count_call(fault.name)
            ):
                raise fault.raised()

    def _deleted_by_us(self, ref: ItemRef) -> bool:
        until = self._clock() - self._lag_s
        return self.state.in_effect(ref, ActionKind.DELETE, until=until)

    def _present(self, ref: ItemRef) -> Place:
        """Return where a comment stands. Raises Gone when its author or this account deleted it."""
        self._note_places()
        place = self.state.place_of(ref.native_id)
        if place is None or place.gone or self._deleted_by_us(ref):
            raise Gone("The comment no longer exists.")
        return place

    def _note_places(self) -> None:
        """Bring the notes of where comments stand up to the end of the feed."""
        with self._open() as stream:
            known = self.state.cursor()
            start = start_at(stream, known)
            at = start.offset
            places: dict[str, Place] = {}
            for found in found_from(stream, at):
                if isinstance(found.record, Comment):
                    gone = found.record.change is Change.DELETED
                    places[found.record.native_id] = Place(at, found.length, gone)
                at += found.length
            if at != start.offset or start.afresh:
                self.state.note_places(places, cursor_at(stream, at), afresh=start.afresh)

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        try:
            with self._feed.open("rb") as stream:
                yield stream
        except OSError as err:
            why = err.strerror or type(err).__name__
            raise Transient(f"The replay's feed cannot be read ({why}).") from err


def connect(settings: Mapping[str, Any], means: Means) -> Replay:
    """Return the replay that an account's settings describe. Raises SettingsError, saying which."""
    settle_s = settings.get("settle_s")
    return Replay(
        Path(str(settings["path"])),
        ReplayState(means.folder / STATE_FILE),
        platform=str(settings.get("platform", "replay")),
        page_size=int(number(settings, "page_size", PAGE_SIZE, least=1)),
        lag_s=number(settings, "lag_s", 0.0),
        settle_s=None if settle_s is None else number(settings, "settle_s", 0.0),
        faults=read_script(settings.get("faults", [])),
    )


KIND: Final = Kind(
    connect,
    settings={
        "path": Option("the JSON Lines file that it follows.", needed=True),
        "platform": Option("the platform that it stands for."),
        "page_size": Option("how many lines make a page."),
        "lag_s": Option("how many seconds its reads lag behind its writes."),
        "settle_s": Option("how many seconds to wait before reading an action back."),
        "faults": Option("a script of faults, for tests."),
    },
)
