"""Frozen values that cross between rooms: what a connector returns and what a classifier says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ActionKind(StrEnum):
    """Something done on the platform."""

    HIDE = "hide"
    UNHIDE = "unhide"
    DELETE = "delete"
    REPORT = "report"
    BLOCK = "block"
    UNBLOCK = "unblock"


class ItemKind(StrEnum):
    """What sort of contact an item is."""

    COMMENT = "comment"
    REPLY = "reply"
    MENTION = "mention"
    QUOTE = "quote"
    VISITOR_POST = "visitor_post"
    REVIEW = "review"
    MESSAGE = "message"
    PHONE_CALL = "phone_call"
    EMAIL = "email"
    TEXT_MESSAGE = "text_message"
    LETTER = "letter"
    IN_PERSON = "in_person"
    PERSONAL_ACCOUNT = "personal_account"
    VIRTUAL_MEETING = "virtual_meeting"


class Change(StrEnum):
    """How this sight of a comment differs from the one before."""

    PRESENT = "present"
    DELETED = "deleted"


class GoneBy(StrEnum):
    """Whose deed it was that an item is gone, where the platform lets one tell.

    What the server does that holds an author's account cannot be told from the author's own deed.
    """

    AUTHOR = "author"
    PLATFORM = "platform"


class Standing(StrEnum):
    """Whether the public sees a comment, as the platform itself says; UNKNOWN where it does not."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    HELD = "held"
    UNKNOWN = "unknown"


class How(StrEnum):
    """Which way an action on one item goes."""

    API = "api"
    BY_HAND = "by_hand"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Capability:
    """What can be done about one item, and if not by us, why not and where by hand.

    says is for people: what to know before pressing the button, or why there is none; it is empty
    where there is nothing to say. link is the place on the platform for a person to do it, steps
    what to press there, in order; both are empty unless it is done by hand.
    """

    how: How
    says: str = ""
    link: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a comment, exactly as delivered with it; nothing is looked up.

    profile and avatar are the addresses of their page and of their picture.
    """

    id: str
    handle: str = ""
    name: str = ""
    profile: str = ""
    avatar: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """The organisation's post that a comment answers."""

    id: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """How one answer of a platform came, without a secret: the request, the answer, the connection.

    url is without the values that were cut; cut names each of these, such as "header
    Authorization". Headers are as sent and as received, in order. http is such as "HTTP/1.1"; tls,
    cipher and certificate (DER, of this very connection) are empty without TLS. remote is address
    and port of the other end, client what made the call, and at when the answer was complete.
    """

    method: str
    url: str
    status: int
    at: datetime
    cut: tuple[str, ...] = ()
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()
    http: str = ""
    tls: str = ""
    cipher: str = ""
    certificate: bytes = b""
    remote: str = ""
    client: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as the platform returned it.

    native_id is text whatever the platform calls it. author is None where the platform withholds
    it. created_at is the platform's own time, in UTC, or None where it gives none. raw holds the
    bytes of this comment alone as they came. media holds the addresses of its pictures and videos
    as delivered; nothing is fetched from them. collected says how it came, where it was asked for
    by itself. gone_by is whose deed a deletion was, None where the platform does not tell.
    """

    native_id: str
    text: str
    raw: bytes
    created_at: datetime | None = None
    author: Author | None = None
    post: Post | None = None
    parent_id: str | None = None
    url: str = ""
    kind: ItemKind = ItemKind.COMMENT
    change: Change = Change.PRESENT
    standing: Standing = Standing.UNKNOWN
    media: tuple[str, ...] = ()
    collected: tuple[Collected, ...] = ()
    gone_by: GoneBy | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record of a page that cannot be taken in; its bytes go to quarantine with the reason."""

    raw: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a poll: records oldest first, the next cursor (opaque text), exact bytes.

    more says that another page follows at once. whole names posts, by native id, whose comments
    have now been shown completely by this round of re-reading: what we hold below them and was not
    among the records may be gone. shown_since says the same of every thread that began since then,
    below whichever post. rest_s is how many seconds the platform asks to be left alone.
    collected says how the bytes came, in the order of the answers.
    """

    records: tuple[Comment | Unreadable, ...]
    cursor: str
    raw: bytes
    more: bool = False
    whole: tuple[str, ...] = ()
    rest_s: float = 0.0
    collected: tuple[Collected, ...] = ()
    shown_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemRef:
    """Where an item lives: its native id at the platform, and what we hold of it.

    raw holds its bytes as they came when it was last seen, empty where they are not at hand.
    """

    native_id: str
    url: str = ""
    author_id: str | None = None
    post_id: str = ""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Hit:
    """One rule that fired: its name, the sentence shown to people, and where in the text.

    start and end are character offsets into the text as given to the classifier.
    """

    rule: str
    says: str
    start: int = 0
    end: int = 0


class Failure(StrEnum):
    """What went wrong with a detector when it should have answered."""

    BROKE = "broke"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    BAD_ANSWER = "bad_answer"
    STOPPED = "stopped"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class Signal:
    """One detector's reading of one text.

    model is "name@revision". scores maps Detoxify's label names to numbers in [0, 1]; they are not
    probabilities until someone has calibrated them; None means that the detector could not answer,
    and unscored says why in words for people. codes maps the house's own codes ("abuse",
    "abuse.menace", "not_abuse.criticism", "check.welfare_concern", "target.service") to calibrated
    shares in [0, 1], empty where a model does not speak them. hits are the rules that fired. words
    are the parts of the text that weighed most, heaviest first. read_as is the plain reading that
    was scored, and read_by the version of the normaliser that made it. failure says that it should
    have answered and did not: such a text is never clear.
    """

    model: str
    scores: Mapping[str, float] | None = None
    hits: tuple[Hit, ...] = ()
    words: tuple[str, ...] = ()
    unscored: str = ""
    codes: Mapping[str, float] = field(default_factory=dict)
    read_as: str = ""
    read_by: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One line of the staff directory. aliases holds other names and handles, without the @."""

    staff_id: str
    full_name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    station: str = ""
    public_role: bool = False
    org: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
