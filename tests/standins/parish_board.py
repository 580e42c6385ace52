"""A stand-in for Parish Board, the invented platform of the recipe in CONTRIBUTING.md."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moderation.model import ItemRef
from tests.standins.base import Answer, Request, StandIn
from tests.standins.faults import PATIENCE_S, Fault

if TYPE_CHECKING:
    from tests.connectors.specimens import Specimen

PAGE = 50
TOKEN = "good-token"
NAME = "northmoor"
PLACE = re.compile(r"at-([0-9]+)", re.ASCII)
NOT_FOUND = Answer({"error": "not_found"}, 404)
ODD = Answer({"error": "unknown_parameter"}, 400)


@dataclass
class Remark:
    """One comment. of is its post, to the comment that it answers."""

    id: str
    of: str
    text: str
    at: datetime
    to: str | None
    author: str | None
    hidden: bool = False
    gone: bool = False
    poisoned: bool = False


class ParishBoardStandIn(StandIn):
    """One account's board: posts, comments below them, and a switch that hides a comment."""

    platform = "parish_board"

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.may = ["read", "hide"]
        self._token = TOKEN
        self._posts: dict[str, tuple[str, datetime]] = {}
        self._remarks: dict[str, Remark] = {}

    def settings(self) -> dict[str, Any]:
        return {"base_url": self.url, "timeout_s": PATIENCE_S, "account": NAME}

    def secrets(self) -> dict[str, str]:
        return {"token": self._token}

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        with self.lock:
            native_id = f"p{len(self._posts) + 1}"
            self._posts[native_id] = (text, at or self.clock.now())
            return native_id

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader",
        at: datetime | None = None,
        poisoned: bool = False,
    ) -> str:
        with self.lock:
            native_id = f"c{len(self._remarks) + 1}"
            self._remarks[native_id] = Remark(
                native_id,
                post_id,
                text,
                at or self.clock.now(),
                parent,
                author,
                poisoned=poisoned,
            )
            return native_id

    def edit(self, native_id: str, text: str) -> None:
        self._remarks[native_id].text = text

    def remove(self, native_id: str) -> None:
        self._remarks[native_id].gone = True

    def is_hidden(self, native_id: str) -> bool:
        return self._remarks[native_id].hidden

    def lose_access(self) -> None:
        self._token = ""

    def renew_access(self) -> None:
        self._token = f"{TOKEN}-renewed"

    def rate_limited(self, request: Request) -> Answer:
        return Answer({"error": "too_often"}, 429, {"Retry-After": "30"})

    def answer(self, request: Request) -> Answer:
        if not self._token or request.headers.get("authorization") != f"Bearer {self._token}":
            return Answer({"error": "unauthorised"}, 401)
        needed = "read" if request.method == "GET" else "hide"
        if request.path != "/v1/me" and needed not in self.may:
            return Answer({"error": "not_allowed", "needs": needed}, 403)
        match [request.method, *request.path.strip("/").split("/")]:
            case ["GET", "v1", "me"]:
                return Answer({"id": "a1", "name": NAME, "may": self.may})
            case ["GET", "v1", "comments"]:
                return self._listed(request, "comments", list(self._remarks.values()), self._told)
            case ["GET", "v1", "posts"]:
                return self._listed(request, "posts", list(self._posts), self._whole)
            case [method, "v1", "comments", native_id, *rest]:
                return self._one(method, self._remarks.get(native_id), rest)
        return NOT_FOUND

    def _one(self, method: str, remark: Remark | None, rest: list[str]) -> Answer:
        if remark is None or remark.gone:
            return NOT_FOUND
        if (method, rest) == ("GET", []):
            return Answer(self._told(remark))
        if method in {"PUT", "DELETE"} and rest == ["hidden"]:
            remark.hidden = method == "PUT"
            return Answer(status=204)
        return NOT_FOUND

    def _listed(self, request: Request, name: str, every: list[Any], tell: Any) -> Answer:
        if len(request.query) != 1 or not request.query.keys() <= {"after", "since"}:
            return ODD
        start = self._start(request, every)
        if start is None:
            return Answer({"error": "unknown_cursor"}, 410)
        end = min(start + PAGE, len(every))
        shown = [one for one in every[start:end] if not getattr(one, "gone", False)]
        shown = self.shaken(shown, every[max(0, start - PAGE) : start])
        paging = {"next": f"at-{end}", "more": end < len(every)}
        return Answer({name: [tell(one) for one in shown], "paging": paging})

    def _start(self, request: Request, every: list[Any]) -> int | None:
        if "since" in request.query:
            since = datetime.fromisoformat(request.one("since"))
            newer = (place for place, one in enumerate(every) if self._at(one) >= since)
            return next(newer, len(every))
        place = PLACE.fullmatch(request.one("after"))
        if place is None or self.faults.strikes(Fault.EXPIRED_CURSOR):
            return None
        return int(place[1])

    def _at(self, one: Remark | str) -> datetime:
        return self._posts[one][1] if isinstance(one, str) else one.at

    def _whole(self, post_id: str) -> dict[str, Any]:
        below = [one for one in self._remarks.values() if one.of == post_id and not one.gone]
        return {"id": post_id, "comments": [self._told(one) for one in below]}

    def _told(self, remark: Remark) -> dict[str, Any]:
        author = {"id": f"u-{remark.author}", "name": str(remark.author).title()}
        return {
            "id": remark.id,
            "text": 7 if remark.poisoned else remark.text,
            "at": remark.at.isoformat(),
            "author": author if remark.author else None,
            "post": {"id": remark.of, "text": self._posts[remark.of][0]},
            "reply_to": remark.to,
            "url": f"https://parishboard.example/{remark.of}#{remark.id}",
            "hidden": remark.hidden,
        }


def specimen(_folder: Path, until: ExitStack) -> Specimen:
    """Return an account with two posts, 120 comments, some of them replies, and one poisoned."""
    # Imported here, as the table of specimens imports a platform's stand-in.
    from tests.connectors.specimens import Specimen

    board = until.enter_context(ParishBoardStandIn())
    began = board.clock.now() - timedelta(hours=3)
    posts = [board.post(f"Open day {day}.", at=began) for day in (1, 2)]
    ids: list[str] = []
    for number in range(120):
        at = began + timedelta(minutes=number ^ 1)  # Each second one arrives before the first.
        parent = ids[-2] if number % 5 == 4 else None
        ids.append(board.comment(posts[number % 2], f"Nice {number}", parent=parent, at=at))
    board.comment(posts[0], "Poison", at=began + timedelta(minutes=130), poisoned=True)
    ref = ItemRef(ids[3], author_id="u-reader", post_id=posts[1])
    return Specimen(board.settings(), ids, ref, board.secrets(), poison=True)
