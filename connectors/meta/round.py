"""Goes round an account's posts and reads what stands below them, one request at a time.

A round lists posts, chooses some and walks the comments of each. Polling chooses those that changed
since the round before; re-reading takes all of them. The round lives in the cursor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Protocol

from connectors.contract import Gone, Transient
from connectors.meta.errors import BadParameter
from connectors.meta.walk import LOOPS, PAGES_MOST, Record, Walk, walk_from
from moderation.model import Post

POST_TEXT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Told:
    """One post as a listing shows it.

    mark changes when something below the post does. made and moved are when it was made and last
    changed, in seconds since 1970, 0 where that is not told. comments is how many stand below it.
    record is the post itself, where it is somebody else's. below says whether what stands below it
    is to be read at all.
    """

    post: Post
    mark: str
    made: float = 0.0
    moved: float = 0.0
    comments: int = 0
    record: Record | None = None
    below: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a listing of posts."""

    posts: tuple[Told, ...]
    after: str
    raw: bytes
    rest_s: float


@dataclass(frozen=True, slots=True)
class Below:
    """One page of what stands below a post.

    order is what the platform says of how its list stands, and listed are the records of that list
    where records holds others as well. branches are the lists that were cut short inside it, to be
    walked on from where they ended.
    """

    records: tuple[Record, ...]
    after: str
    raw: bytes
    rest_s: float
    order: str = ""
    listed: tuple[Record, ...] | None = None
    branches: tuple[Branch, ...] = ()


class Source(Protocol):
    """What a platform shows: listings of posts, and what stands below one of them.

    listings is how many there are. flat says that all levels stand in one list, so that the newest
    comment, wherever it is, stands first.
    """

    flat: bool
    listings: int

    def listed(self, listing: int, after: str, since: float | None) -> Listed:
        """Return a page of a listing; since leaves out the posts made before, where it can."""

    def below(self, post: Post, branch: str, after: str) -> Below:
        """Return a page of a post's comments, or of those below one comment, the branch."""


@dataclass(frozen=True, slots=True)
class Task:
    """One post to be walked, down to the time until, or wholly where that is None."""

    id: str
    text: str
    url: str
    until: float | None

    @property
    def post(self) -> Post:
        """Return the post."""
        return Post(self.id, self.text, self.url)


@dataclass(frozen=True, slots=True)
class Branch:
    """One list below the first post: that of a comment, or the post's own where below is empty.

    The post's own list lies at the bottom of the pile; lists that it cut short are laid on top.
    """

    below: str = ""
    walk: Walk = field(default_factory=Walk)


TRUNK: Final = (Branch(),)


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round stands.

    began is when it began, in seconds since 1970. listing is the place of the listing that is
    being read, -1 once all have been, after its cursor, and pages how many of it have been read.
    tasks are the posts still to be walked, and pile the lists below the first of them.
    """

    began: float
    listing: int = 0
    after: str = ""
    pages: int = 0
    tasks: tuple[Task, ...] = ()
    pile: tuple[Branch, ...] = TRUNK

    @property
    def ended(self) -> bool:
        """Say whether nothing is left to ask."""
        return self.listing < 0 and not self.tasks

    def on(self, after: str, *, listings: int) -> Round:
        """Return the round after a page of a listing; after is empty where the listing ends here.

        Raises Transient when the pages of a listing lead in a circle.
        """
        if not after:
            following = self.listing + 1
            place = following if following < listings else -1
            return replace(self, after="", pages=0, listing=place)
        if after == self.after or self.pages + 1 >= PAGES_MOST:
            raise Transient(LOOPS, retry_after=900.0)
        return replace(self, after=after, pages=self.pages + 1)

    def again(self) -> Round:
        """Return the round at the beginning of its listing, whose cursor has been forgotten."""
        return replace(self, after="", pages=self.pages + 1)

    def told(self) -> dict[str, Any]:
        """Return the round as a cursor holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Step:
    """What one request brought, and the round after it."""

    round: Round
    records: tuple[Record, ...] = ()
    raw: bytes = b""
    rest_s: float = 0.0
    whole: tuple[str, ...] = ()


def walk_below(source: Source, at: Round) -> Step:
    """Ask for one page below the first post that is still to be walked.

    A post that is gone counts as shown completely: nothing is left below it.
    """
    task, (*rest, top) = at.tasks[0], at.pile
    try:
        got = source.below(task.post, top.below, top.walk.after)
    except BadParameter:
        if not top.walk.after:
            raise
        return Step(replace(at, pile=(*rest, replace(top, walk=top.walk.again()))))
    except Gone:
        return _with_pile(at, Step(at), tuple(rest) if top.below else ())
    until = None if top.below else task.until
    listed = got.records if got.listed is None else got.listed
    then = top.walk.on(listed, got.after, until=until, order=got.order)
    pile = (*rest, *((replace(top, walk=then),) if then else ()), *got.branches)
    return _with_pile(at, Step(at, got.records, got.raw, got.rest_s), pile)


def _with_pile(at: Round, step: Step, pile: tuple[Branch, ...]) -> Step:
    """Return the step with what is left of the first post; without the post when nothing is."""
    if pile:
        return replace(step, round=replace(at, pile=pile))
    done = replace(at, tasks=at.tasks[1:], pile=TRUNK)
    return replace(step, round=done, whole=(at.tasks[0].id,))


def round_from(told: Mapping[str, Any]) -> Round:
    """Return a round from a cursor. Raises KeyError, TypeError or ValueError."""
    return Round(
        float(told["began"]),
        int(told["listing"]),
        str(told["after"]),
        int(told["pages"]),
        tuple(_task(task) for task in told["tasks"]),
        tuple(Branch(str(one["below"]), walk_from(one["walk"])) for one in told["pile"]) or TRUNK,
    )


def _task(told: Mapping[str, Any]) -> Task:
    until = told["until"]
    return Task(
        str(told["id"]),
        str(told["text"]),
        str(told["url"]),
        None if until is None else float(until),
    )


def task_of(told: Told, until: float | None) -> Task:
    """Return the task of walking a post; of a long text its beginning is carried along."""
    return Task(told.post.id, told.post.text[:POST_TEXT], told.post.url, until)
