"""What the YouTube stand-in answers: the Data API v3 for one channel, and Google's POST /token."""

from __future__ import annotations

import base64
import json
import secrets as entropy
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.standins import youtube_bodies as bodies
from tests.standins.base import Answer, Request, StandIn
from tests.standins.faults import Fault
from tests.standins.youtube_table import GLOBALS, METHODS, Method
from tests.standins.youtube_world import (
    CHANNEL,
    HELD,
    LISTED,
    PUBLISHED,
    READ_ONLY,
    REJECTED,
    SCOPE,
    Access,
    Key,
    World,
    later,
    page_of,
)

TOKEN_SECONDS = 3599
INLINE_REPLIES = 5


class YouTubeApi(StandIn):
    """The protocol over one channel. appear_s is how long a new comment is missing from the lists.

    A test may set: most (records on a page), units_a_day, tells_status (with comments in lists),
    lists_held_replies, unknown_is_404 (asked by id), expired_reason, limited_status and refused
    (ids of comments that may not be moderated, and with which error).
    """

    platform = "youtube"

    def __init__(self, *, appear_s: float = 0.0, **more: Any) -> None:
        super().__init__(**more)
        self.appear_s = appear_s
        self.world = World()
        self.access = Access()
        self.most = 100
        self.units_a_day = 10_000
        self.units: dict[str, int] = {}
        self.tells_status = True
        self.lists_held_replies = True
        self.unknown_is_404 = False
        self.is_switched_off = False
        self.expired_reason = "processingFailure"
        self.limited_status = 403
        self.refused: dict[str, tuple[int, str]] = {}
        self._before: dict[str, list[Key]] = {}

    def answer(self, request: Request) -> Answer:
        """Answer one request of the API or of the sign-in."""
        self.world.settle(self.clock.now())
        if request.path == "/token":
            return self._token(request)
        method = METHODS.get((request.method, request.path))
        if method is None:
            return bodies.error(404, "notFound", "Not Found")
        wrong = self._wrong(request, method)
        return wrong or self._answers(request, method)

    def server_error(self, request: Request) -> Answer:
        """Return the 500 of the API, or of the sign-in."""
        if request.path == "/token":
            return bodies.sign_in_error(500, "internal_failure", "Internal failure.")
        return bodies.error(500, "backendError", "Internal error encountered.")

    def rate_limited(self, request: Request) -> Answer:
        """Return the API's way, or the sign-in's, to say: slower."""
        if request.path == "/token":
            return bodies.sign_in_error(429, "rate_limit_exceeded", "Slow down.")
        return bodies.error(self.limited_status, "rateLimitExceeded", "Slow down.")

    def _token(self, request: Request) -> Answer:
        form = request.form()
        if request.method != "POST":
            return bodies.sign_in_error(404, "not_found", "There is nothing here.")
        if form.get("grant_type") != "refresh_token":
            return bodies.sign_in_error(400, "unsupported_grant_type", "Not that grant.")
        if (form.get("client_id"), form.get("client_secret")) != (
            "client",
            self.access.client_secret,
        ):
            return bodies.sign_in_error(401, "invalid_client", "The OAuth client was not found.")
        if self.access.is_revoked or form.get("refresh_token") != self.access.refresh_token:
            return bodies.sign_in_error(400, "invalid_grant", "Token has been expired or revoked.")
        token = f"ya29.canary-{entropy.token_hex(8)}"
        self.access.tokens[token] = self.clock.now() + timedelta(seconds=TOKEN_SECONDS)
        told: dict[str, Any] = {"access_token": token, "expires_in": TOKEN_SECONDS}
        told |= {"scope": self.access.scope, "token_type": "Bearer"}
        if self.access.ends_in is not None:
            told["refresh_token_expires_in"] = self.access.ends_in
        if self.access.next_refresh_token:
            self.access.refresh_token = told["refresh_token"] = self.access.next_refresh_token
        return Answer(told)

    def _wrong(self, request: Request, method: Method) -> Answer | None:
        """Return what keeps a request from being answered: access, quota, or its parameters."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.access.tokens.get(token, self.clock.now()) <= self.clock.now():
            return bodies.error(401, "authError", "Invalid Credentials")
        if self.is_switched_off:
            return bodies.error(403, "accessNotConfigured")
        if not self._spend(method.units):
            return bodies.error(403, "quotaExceeded", "You have exceeded your quota.")
        scopes = set(self.access.scope.split())
        about_comments = method.resource in {"comments", "commentThreads"}
        if not scopes & ({SCOPE} if about_comments else {SCOPE, READ_ONLY}):
            return bodies.error(403, "insufficientPermissions", "Insufficient Permission")
        return self._parameters(request, method)

    def _parameters(self, request: Request, method: Method) -> Answer | None:
        given = set(request.query)
        if given - method.parameters - GLOBALS:
            return bodies.error(400, "badRequest", "Unknown name: cannot bind query parameter.")
        if not method.required <= given:
            return bodies.error(400, "required", "Required parameter is missing.")
        if method.filters and len(given & method.filters) != 1:
            return bodies.error(400, "badRequest", "Exactly one filter must be given.")
        size = request.one("maxResults", "20")
        if not size.isdigit() or not 1 <= int(size) <= 100:
            return bodies.error(400, "badRequest", "Invalid value for maxResults.")
        return None

    def _spend(self, units: int) -> bool:
        """Count units of the day that ends at midnight in California."""
        day = self.clock.now().astimezone(ZoneInfo("America/Los_Angeles")).date().isoformat()
        self.units[day] = self.units.get(day, 0) + units
        return self.units[day] <= self.units_a_day

    def _answers(self, request: Request, method: Method) -> Answer:
        if method.name == "setModerationStatus":
            return self._moderate(request)
        if method.resource == "channels":
            return self._channels(request)
        if method.resource == "playlistItems":
            return self._uploads(request)
        if method.resource == "comments":
            return self._by_id(request) if "id" in request.query else self._replies(request)
        return self._threads(request)

    def _moderate(self, request: Request) -> Answer:
        ids = [one for told in request.query["id"] for one in told.split(",")]
        status, ban = request.one("moderationStatus"), request.one("banAuthor") == "true"
        if status not in {PUBLISHED, HELD, REJECTED} or len(ids) > 50:
            return bodies.error(400, "badRequest", "Invalid value.")
        if ban and status != REJECTED:
            return bodies.error(400, "banWithoutReject")
        if refusal := self._refusal(ids, status):
            return refusal
        now = self.clock.now()
        for remark in (self.world.remarks[one] for one in ids):
            self.world.set_status(remark, status, later(now, self.lag_s), now)
            if ban and remark.author is not None:
                self.world.banned.add(remark.author)
        return Answer(b"", 204)

    def _refusal(self, ids: list[str], status: str) -> Answer | None:
        if not self.access.is_owner:
            return bodies.error(403, "forbidden")
        if any(one not in self.world.remarks for one in ids):
            return bodies.error(404, "commentNotFound")
        for one in ids:
            if one in self.refused:
                return bodies.error(*self.refused[one])
            if self.world.remarks[one].status == REJECTED != status:
                return bodies.error(400, "processingFailure")
        return None

    def _channels(self, request: Request) -> Answer:
        own = self.access.channel
        title = "Northmoor Fire and Rescue" if own == CHANNEL else "Southmoor Fire and Rescue"
        items = [bodies.channel(own, title)] if own and request.one("mine") == "true" else []
        return Answer(bodies.listing("channelListResponse", items))

    def _uploads(self, request: Request) -> Answer:
        if request.one("playlistId") != "UU" + CHANNEL[2:] or not self.world.videos:
            return bodies.error(404, "playlistNotFound")
        shelf = self.world.uploads()
        return self._page(
            request,
            "playlistItemListResponse",
            shelf,
            lambda key: bodies.playlist_item(self.world.videos[key[1]]),
        )

    def _threads(self, request: Request) -> Answer:
        status, video = request.one("moderationStatus", PUBLISHED), request.one("videoId")
        if status not in LISTED or "id" in request.query:
            return bodies.error(400, "badRequest")
        channel = request.one("allThreadsRelatedToChannelId")
        if channel and channel != CHANNEL:
            return bodies.error(404, "channelNotFound")
        if status != PUBLISHED and not (self.access.is_owner and self.access.channel == CHANNEL):
            return bodies.error(403, "forbidden")
        if video and video not in self.world.videos:
            return bodies.error(404, "videoNotFound")
        if video and not self.world.videos[video].is_open:
            return bodies.error(403, "commentsDisabled")
        shelf = self.world.threads(status, video)
        if not self.lists_held_replies and status != PUBLISHED:
            shelf = [key for key in shelf if self.world.remarks[key[1]].shown == status]
        kind = "commentThreadListResponse"
        return self._page(request, kind, shelf, lambda key: self._one_thread(request, status, key))

    def _one_thread(self, request: Request, status: str, key: Key) -> Any:
        remark = self.world.remarks[key[1]]
        below = self.world.below(remark.id, status)
        shown = [self._comment(request, one) for one in below[:INLINE_REPLIES]]
        total = len(self.world.below(remark.id, PUBLISHED))
        return bodies.thread(self._comment(request, key), remark, shown, total, CHANNEL)

    def _replies(self, request: Request) -> Answer:
        parent = request.one("parentId")
        if parent not in self.world.remarks:
            return bodies.error(404, "commentNotFound")
        if not self.world.videos[self.world.remarks[parent].video].is_open:
            return bodies.error(403, "commentsDisabled")
        shelf = self.world.below(parent, PUBLISHED)
        kind = "commentListResponse"
        return self._page(request, kind, shelf, lambda key: self._comment(request, key))

    def _by_id(self, request: Request) -> Answer:
        ids = [one for told in request.query["id"] for one in told.split(",")]
        found = [self.world.remarks[one] for one in ids if one in self.world.remarks]
        keys = [one.key for one in found if one.status != REJECTED]
        if self.unknown_is_404 and len(keys) < len(ids):
            return bodies.error(404, "commentNotFound")
        items = [self._comment(request, key) for key in keys]
        return self._sent(bodies.listing("commentListResponse", items), keys)

    def _comment(self, request: Request, key: Key) -> Any:
        by_id = "id" in request.query or not self.tells_status
        plain = request.one("textFormat", "html") == "plainText"
        bare = request.path.endswith("/comments")
        remark = self.world.remarks[key[1]]
        return bodies.comment(remark, CHANNEL, plain=plain, by_id=by_id, bare=bare)

    def _page(
        self, request: Request, kind: str, shelf: list[Key], made: Callable[[Key], Any]
    ) -> Answer:
        """Answer with a page; its token is good for the same query alone."""
        query = {name: told for name, told in request.query.items() if name != "pageToken"}
        about = json.dumps([request.path, query], sort_keys=True)
        token = request.one("pageToken")
        behind = _opened(token, about)
        if token and (behind is None or self.faults.strikes(Fault.EXPIRED_CURSOR)):
            return bodies.error(400, self.expired_reason)
        most = min(self.most, int(request.one("maxResults", "20")))
        keys, follows = page_of(shelf, behind, most)
        shown = self.shaken(keys, self._before.get(token, []))
        after = _sealed(keys[-1], about) if follows and keys else ""
        if after:
            self._before = {after: keys}
        return self._sent(bodies.listing(kind, [made(key) for key in shown], after, most), shown)

    def _sent(self, body: dict[str, Any], keys: list[Key]) -> Answer:
        """Return a body with the bytes of poisoned comments in it."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        marks = [key[1] for key in keys if key[1] in self.world.remarks]
        for parent in [*marks]:
            marks += [one[1] for one in self.world.below(parent, PUBLISHED)[:INLINE_REPLIES]]
        for native_id in marks:
            if poison := self.world.remarks[native_id].poison:
                sent = sent.replace(f'"poison:{native_id}"'.encode(), poison)
        return Answer(sent)


def _sealed(key: Key, about: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([*key, about]).encode()).decode()


def _opened(token: str, about: str) -> Key | None:
    try:
        at, native_id, query = json.loads(base64.urlsafe_b64decode(token)) if token else (0, "", "")
    except ValueError:
        return None
    return (at, native_id) if query == about else None
