"""A Mastodon instance on this machine: notifications, threads, reports and blocks, as 4.5 has them.

What the platform does not offer (hiding, deleting what others wrote) is 404 here as well. A cursor
never expires: Mastodon pages by ids. It tells unknown parameters apart, where a real one is silent.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.mastodon import connector as mastodon_account
from moderation.model import Comment, ItemRef
from tests.standins import mastodon_bodies as bodies
from tests.standins.base import Answer, Request
from tests.standins.mastodon_bodies import PARAMETERS, Person, Toot, iso
from tests.standins.mastodon_world import HOST, LOST, MOST, TOKEN, MastodonWorld, Note
from tests.standins.means import means

if TYPE_CHECKING:
    from tests.connectors.specimens import Specimen

WINDOW_S = 300
DESCENDANTS = 4096
BATCH = 20


class Refused(Exception):
    """The instance answers with an error."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = Answer({"error": error}, status)


class MastodonStandIn(MastodonWorld):
    """The server."""

    def answer(self, request: Request) -> Answer:
        """Answer a call, with the headers that say how many more are taken."""
        window = int(self.clock.now().timestamp()) // WINDOW_S
        self._windows[window] = self._windows.get(window, 0) + 1
        if self._windows[window] > self.allowance:
            return self.rate_limited(request)
        try:
            answer = self._routed(request)
        except Refused as err:
            answer = err.answer
        answer.headers.update(self._limits(window))
        return answer

    def rate_limited(self, request: Request) -> Answer:
        """Return what Mastodon says to too many calls."""
        window = int(self.clock.now().timestamp()) // WINDOW_S
        return Answer({"error": "Too many requests"}, 429, self._limits(window, left=0))

    def server_error(self, request: Request) -> Answer:
        """Return Mastodon's own body of a 500."""
        return Answer({"error": "Internal Server Error"}, 500)

    def _limits(self, window: int, left: int | None = None) -> dict[str, str]:
        reset = self.clock.now() + timedelta(
            seconds=WINDOW_S - self.clock.now().timestamp() % WINDOW_S
        )
        spare = max(0, self.allowance - self._windows.get(window, 0))
        return {
            "X-RateLimit-Limit": str(self.allowance),
            "X-RateLimit-Remaining": str(spare if left is None else left),
            "X-RateLimit-Reset": reset.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }

    def _routed(self, request: Request) -> Answer:
        # The library puts a slash behind some of its addresses.
        path = request.path.rstrip("/")
        for method, pattern, scope, parameters, call in self._routes():
            found = re.fullmatch(pattern, path)
            if method != request.method or found is None:
                continue
            self._admit(request, scope)
            given = set(request.query) | set(request.form() if request.body else {})
            if not given <= PARAMETERS.get(parameters, frozenset()):
                raise Refused(422, "Validation failed: Unknown parameter")
            return call(request, *found.groups())
        raise Refused(404, "Not Found")

    def _routes(self) -> list[tuple[str, str, str, str, Callable[..., Answer]]]:
        routes: list[tuple[str, str, str, str, Callable[..., Answer]]] = [
            ("GET", "/api/v1/accounts/verify_credentials", "read:accounts", "", self._me),
            ("GET", "/api/v1/apps/verify_credentials", "", "", self._application),
            ("GET", "/api/v1/notifications", "read:notifications", "notifications", self._list),
            (
                "GET",
                "/api/v1/accounts/relationships",
                "read:follows",
                "relationships",
                self._relationships,
            ),
            (
                "GET",
                r"/api/v1/accounts/(\w+)/statuses",
                "read:statuses",
                "account statuses",
                self._statuses_of,
            ),
            ("GET", r"/api/v1/statuses/([\w-]+)", "read:statuses", "", self._status),
            ("GET", r"/api/v1/statuses/([\w-]+)/context", "read:statuses", "", self._context),
            ("POST", "/api/v1/reports", "write:reports", "reports", self._report),
            ("POST", r"/api/v1/accounts/(\w+)/(un)?block", "write:blocks", "", self._block),
        ]
        if self.has_batches:
            routes.append(("GET", "/api/v1/statuses", "read:statuses", "statuses", self._batch))
        return routes

    def _admit(self, request: Request, scope: str) -> None:
        if self.lost:
            raise Refused(*LOST[self.lost])
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            raise Refused(401, "The access token is invalid")
        if scope and not {scope, scope.split(":")[0]} & self.scopes:
            refused = Refused(403, "This action is outside the authorized scopes")
            refused.answer.headers["WWW-Authenticate"] = (
                'Bearer realm="Doorkeeper", error="insufficient_scope", '
                f'error_description="Access to this resource requires scope \\"{scope}\\"."'
            )
            raise refused

    def _me(self, _request: Request) -> Answer:
        return Answer(bodies.account(self.us, HOST) | {"source": {}, "role": {}})

    def _application(self, _request: Request) -> Answer:
        told = {"scopes": sorted(self.scopes)} if self.tells_scopes else {}
        return Answer({"id": "7", "name": "Watchroom", "website": None} | told)

    def _list(self, request: Request) -> Answer:
        kinds = set(request.query.get("types[]", ()))
        hidden = request.one("include_filtered") not in {"true", "1"}
        shown = [
            note
            for note in self._window(request)
            if not (hidden and note[4]) and (not kinds or note[1] in kinds)
        ]
        count = min(int(request.one("limit", "40")), MOST, self.page_most)
        forward = "min_id" in request.query
        page = (shown[:count] if forward else shown[-count:])[::-1]
        before = self._beside(request, forward=forward)
        link = self._link(request, [str(note[0]) for note in page], is_full=len(page) == count)
        listed = [self._note(note) for note in self.shaken(page, before)]
        return Answer(b"[" + b",".join(listed) + b"]", headers=link)

    def _window(self, request: Request) -> list[Note]:
        """Return a stretch of notifications, oldest first, that is long enough for a page."""
        if "min_id" in request.query:
            at = bisect_right(self._notes, self._number(request, "min_id"), key=lambda n: n[0])
            step, stop = 1, len(self._notes)
        else:
            at = len(self._notes) - 1
            if "max_id" in request.query:
                at = bisect_left(self._notes, self._number(request, "max_id"), key=lambda n: n[0])
                at -= 1
            step, stop = -1, -1
        found: list[Note] = []
        while at != stop and len(found) < 4 * MOST:
            if self._is_shown(self._notes[at][2]):
                found.append(self._notes[at])
            at += step
        return found[::step]

    def _beside(self, request: Request, *, forward: bool) -> list[Note]:
        if not {"min_id", "max_id"} & set(request.query):
            return []
        at = self._number(request, "min_id" if forward else "max_id")
        near = self._notes[max(0, at - 3) : at] if forward else self._notes[at - 1 : at + 2]
        return [note for note in near if self._is_shown(note[2])][::-1]

    def _number(self, request: Request, name: str) -> int:
        told = request.one(name)
        return int(told) if told.isdigit() else 0

    def _link(self, request: Request, ids: list[str], *, is_full: bool) -> dict[str, str]:
        if not ids:
            return {}
        address = f"https://{HOST}{request.path}"
        links = [f'<{address}?max_id={ids[-1]}>; rel="next"'] if is_full else []
        return {"Link": ", ".join([*links, f'<{address}?min_id={ids[0]}>; rel="prev"'])}

    def _note(self, note: Note) -> bytes:
        number, kind, toot_id, at, _ = note
        toot = self.toots[toot_id]
        head = {
            "id": str(number),
            "type": kind,
            "created_at": iso(at),
            "account": bodies.account(toot.author, HOST),
        }
        body = json.dumps(head, ensure_ascii=False).encode()
        return body[:-1] + b', "status": ' + bodies.status(toot, HOST) + b"}"

    def _is_shown(self, toot_id: str) -> bool:
        toot = self.toots.get(toot_id)
        if toot is None or toot.author.suspended or self.blocks(toot.author.id):
            return False
        return (self.clock.now() - toot.at).total_seconds() >= self.list_lag_s

    def blocks(self, account_id: str) -> bool:
        settled = [on for at, on in self._blocks.get(account_id, ()) if self.is_settled(at)]
        return bool(settled) and settled[-1]

    def _there(self, toot_id: str) -> Toot:
        toot = self.toots.get(toot_id)
        if toot is None or toot.author.suspended:
            raise Refused(404, "Record not found")
        return toot

    def _status(self, _request: Request, toot_id: str) -> Answer:
        return Answer(bodies.status(self._there(toot_id), HOST))

    def _batch(self, request: Request) -> Answer:
        ids = request.query.get("id[]", [])
        if len(ids) > BATCH:
            raise Refused(422, "Validation failed: Unknown parameter")
        found = [self.toots[one] for one in ids if one in self.toots]
        return _list_of(self.shaken([one for one in found if not one.author.suspended], []))

    def _statuses_of(self, request: Request, account_id: str) -> Answer:
        if account_id != self.us.id:
            raise Refused(404, "Record not found")
        end = bisect_left(self._own, self._number(request, "max_id") or 1 << 99, key=int)
        count = int(request.one("limit", "20"))
        page = self._own[max(0, end - count) : end][::-1]
        link = self._link(request, page, is_full=len(page) == count)
        answer = _list_of(self.shaken([self.toots[one] for one in page], []))
        answer.headers.update(link)
        return answer

    def _context(self, _request: Request, toot_id: str) -> Answer:
        toot = self._there(toot_id)
        above: list[Toot] = []
        while toot.above and toot.above in self.toots:
            toot = self.toots[toot.above]
            above.insert(0, toot)
        below: list[Toot] = []
        waiting = list(self.toots[toot_id].below)[::-1]
        while waiting and len(below) < DESCENDANTS:
            one = waiting.pop()
            if one in self.toots:
                waiting += self.toots[one].below[::-1]
                below += [self.toots[one]] if self._is_shown(one) else []
        body = b'{"ancestors":%b,"descendants":%b}' % (
            _list_of(above).bytes(),
            _list_of(self.shaken(below, [])).bytes(),
        )
        told = {"Mastodon-Async-Refresh": f'id="{toot_id}", retry=3'}
        return Answer(body, headers=told if toot_id in self.refreshing else {})

    def _report(self, request: Request) -> Answer:
        form = request.form()
        self._account(form.get("account_id", ""))
        toot = self._there(form.get("status_ids[]", ""))
        if toot.author.id != form["account_id"]:
            raise Refused(404, "Record not found")
        if len(form.get("comment", "")) > 1000:
            raise Refused(
                422, "Validation failed: Comment is too long (maximum is 1000 characters)"
            )
        if form.get("category") == "violation" and "rule_ids[]" not in form:
            raise Refused(422, "Validation failed: Rule ids does not reference valid rules")
        told = {
            "id": str(len(self.reports) + 1),
            "action_taken": False,
            "action_taken_at": None,
            "category": form.get("category", "other"),
            "comment": form.get("comment", ""),
            "forwarded": form.get("forward") in {"1", "true"} and bool(toot.author.domain),
            "created_at": iso(self.clock.now()),
            "status_ids": [toot.id],
            "rule_ids": None,
            "target_account": bodies.account(toot.author, HOST),
        }
        self.reports.append(told)
        return Answer(told)

    def _account(self, account_id: str) -> Person:
        found = [one for one in self.people.values() if one.id == account_id]
        if not found:
            raise Refused(404, "Record not found")
        return found[0]

    def _block(self, _request: Request, account_id: str, lifts: str | None) -> Answer:
        self._account(account_id)
        self._blocks.setdefault(account_id, []).append((self.clock.now(), not lifts))
        return Answer(bodies.relationship(account_id, blocking=not lifts))

    def _relationships(self, request: Request) -> Answer:
        told = []
        for account_id in request.query.get("id[]", []):
            known = [one for one in self.people.values() if one.id == account_id]
            if known and (not known[0].suspended or request.one("with_suspended")):
                blocking = self.blocks(account_id)
                told.append(bodies.relationship(account_id, blocking=blocking))
        return Answer(told)


def _list_of(toots: list[Toot]) -> Answer:
    return Answer(b"[" + b",".join(bodies.status(toot, HOST) for toot in toots) + b"]")


POISON = b'{"id":"1","content":"<p>Far too much</p>","replies_count":' + b"9" * 5_000 + b"}"


def specimen(folder: Path, until: ExitStack) -> Specimen:
    """Return an account with three posts, 150 answers to them, a mention, a quote and poison."""
    # Imported here, as the table of specimens imports this module.
    from tests.connectors.specimens import Specimen

    server = until.enter_context(MastodonStandIn())
    began = server.clock.now() - timedelta(hours=3)
    posts = [server.post(f"Open day {day}.", at=began) for day in (1, 2, 3)]
    ids: list[str] = []
    for count in range(150):
        at = began + timedelta(minutes=count + 1)
        parent = ids[-1] if count % 5 == 4 else None
        post = posts[(count - 1) % 3] if parent else posts[count % 3]
        ids.append(
            server.comment(post, f"Answer {count}", parent=parent, author=f"reader {count}", at=at)
        )
    server.comment(posts[0], "", author="poison", at=server.clock.now(), raw=POISON)
    ids += [server.mention("Hello @brigade"), server.quote(posts[0], "Look at this")]
    given = means(folder / "asked", **server.secrets())
    connector = mastodon_account.connect(server.settings(), given)
    page = connector.poll("comments", None)
    first = next(one for one in page.records if isinstance(one, Comment) and one.post)
    author = first.author.id if first.author else None
    post_id = first.post.id if first.post else ""
    ref = ItemRef(first.native_id, first.url, author, post_id, first.raw)
    return Specimen(server.settings(), ids, ref, secrets=server.secrets(), poison=True)
