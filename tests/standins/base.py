"""What every stand-in shares: an HTTP server on 127.0.0.1, its clock and its journal."""

from __future__ import annotations

import json
import select
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import parse_qs, urlsplit

from tests.standins.faults import HANGS, LONGEST_HANG_S, Fault, FaultScript
from tests.standins.pictures import engine

Listed = TypeVar("Listed")


class Clock:
    """The stand-in's time: real time, moved on when a test says so."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, seconds: float) -> None:
        """Move on."""
        self._ahead += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Request:
    """One request as it came. Names of headers are in lower case."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    def one(self, name: str, default: str = "") -> str:
        """Return a parameter of the query."""
        return self.query.get(name, [default])[0]

    def form(self) -> dict[str, str]:
        """Return a form's fields."""
        read = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[0] for name, values in read.items()}

    def json(self) -> Any:
        """Return a JSON body; None when there is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass
class Answer:
    """What the server says. A body that is not bytes is sent as JSON."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=UTF-8"

    def bytes(self) -> bytes:
        """Return the body as it is sent."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False).encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Entry:
    """One line of the journal. path has no query; fault is what struck."""

    at: datetime
    method: str
    path: str
    query: dict[str, list[str]]
    body: bytes
    status: int
    fault: Fault | None


HTML = b"<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>"


class StandIn:
    """One platform's server. A subclass gives answer() and rate_limited(); answer() runs locked.

    An answer that hangs keeps its client waiting until the client gives up.

    Beside the protocol, every stand-in lets a test (or the demonstration) play the public and the
    platform: post(), comment(), mention(), edit() and remove() below.
    """

    platform: ClassVar[str]

    def __init__(self, *, faults: FaultScript | None = None, lag_s: float = 0.0) -> None:
        self.faults = faults or FaultScript()
        self.clock = Clock()
        self.lag_s = lag_s
        self.journal: list[Entry] = []
        self.pictures: dict[str, bytes] = {}
        self.lock = threading.RLock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.stand_in = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def url(self) -> str:
        """Return the server's address without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        """Start serving."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # What a platform's stand-in gives.

    def answer(self, request: Request) -> Answer:
        """Return the platform's answer, and do what was asked."""
        raise NotImplementedError

    def server_error(self, request: Request) -> Answer:
        """Return the platform's own body of a 500."""
        return Answer({"error": "Internal server error"}, 500)

    def rate_limited(self, request: Request) -> Answer:
        """Return the platform's own way to say that it is asked too often."""
        raise NotImplementedError

    # The world behind the server; every method returns or takes native ids.

    def settings(self) -> dict[str, Any]:
        """Return an account's settings that lead here, with PATIENCE_S."""
        raise NotImplementedError

    def secrets(self) -> dict[str, str]:
        """Return an account's secrets that are good here."""
        raise NotImplementedError

    def post(self, text: str = "Open day on Saturday.", *, at: datetime | None = None) -> str:
        """Publish one of the organisation's own posts and return its id."""
        raise NotImplementedError

    def comment(
        self,
        post_id: str,
        text: str,
        *,
        parent: str | None = None,
        author: str | None = "reader",
        at: datetime | None = None,
    ) -> str:
        """Write a comment (a reply where parent is given) and return its id.

        author None means that the platform withholds who wrote it, where it can.
        """
        raise NotImplementedError

    def mention(self, text: str, *, author: str = "reader") -> str:
        """Write something that names the account elsewhere, and return its id."""
        raise NotImplementedError

    def edit(self, native_id: str, text: str) -> None:
        """Let an author change the words."""
        raise NotImplementedError

    def remove(self, native_id: str) -> None:
        """Let an author delete a comment."""
        raise NotImplementedError

    def is_hidden(self, native_id: str) -> bool:
        """Say whether the public no longer sees it because the account hid it."""
        raise NotImplementedError

    def lose_access(self) -> None:
        """End the account's access, as when its password was changed."""
        raise NotImplementedError

    def renew_access(self) -> None:
        """Take access again; secrets() gives what is good from now on."""
        raise NotImplementedError

    def show(self, name: str = "engine.png", data: bytes = b"") -> str:
        """Serve a picture from here on and return its address; a real small one if none is given.

        Pictures come without access, fault or journal, as from a platform's other servers.
        """
        self.pictures[f"/media/{name}"] = data or engine()
        return f"{self.url}/media/{name}"

    # What a platform's stand-in uses.

    def is_settled(self, at: datetime) -> bool:
        """Say whether what was written at that time is seen by readers by now."""
        return (self.clock.now() - at).total_seconds() >= self.lag_s

    def shaken(self, page: list[Listed], before: list[Listed]) -> list[Listed]:
        """Return a page's records as a faulty server gives them; before is the page before."""
        shown = list(page)
        if shown and self.faults.strikes(Fault.DROPPED):
            out = self.faults.some(len(shown))
            shown = [record for place, record in enumerate(shown) if place not in out]
        if before and self.faults.strikes(Fault.DUPLICATED):
            shown = before[-3:] + shown
        if self.faults.strikes(Fault.REORDERED):
            self.faults.shuffle(shown)
        return shown

    def calls(self, method: str = "", path: str = "") -> list[Entry]:
        """Return the journal's lines of a method, and of paths that hold this."""
        return [
            entry
            for entry in list(self.journal)
            if (not method or entry.method == method) and path in entry.path
        ]

    # The server's side.

    def serve(self, request: Request) -> tuple[Answer | None, Fault | None]:
        """Return the answer (None: none at all) and the fault that struck."""
        if request.path.startswith("/media/"):
            shown = self.pictures.get(request.path)
            return Answer(shown or b"", 200 if shown else 404, content_type="image/png"), None
        fault = self.faults.draw(request.method)
        answer = self._struck(request, fault)
        status = answer.status if answer else 0
        self.journal.append(
            Entry(
                self.clock.now(),
                request.method,
                request.path,
                request.query,
                request.body,
                status,
                fault,
            )
        )
        return answer, fault

    def _struck(self, request: Request, fault: Fault | None) -> Answer | None:
        if fault is Fault.SERVER_ERROR:
            return self.server_error(request)
        if fault is Fault.BAD_GATEWAY:
            return Answer(HTML, 502, content_type="text/html")
        if fault is Fault.HTML_200:
            return Answer(HTML, 200, content_type="text/html")
        if fault is Fault.RATE_LIMITED:
            return self.rate_limited(request)
        if fault in {Fault.CUT_BEFORE, Fault.HANG_BEFORE}:
            return None
        with self.lock:
            answer = self.answer(request)
        if fault is Fault.APPLIED_BUT_500:
            return self.server_error(request)
        return None if fault in {Fault.CUT_AFTER, Fault.HANG_AFTER} else answer


_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stand_in: StandIn

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away, which is what the faults are for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One write for each answer: two small ones meet the client's delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the journal holds every call."""

    def _serve(self) -> None:
        address = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        without = self.command in _WITH_BODY and "Content-Length" not in self.headers
        if without or len(body) < length:
            # The client died while it was sending: no platform acts on half a request.
            self.close_connection = True
            return
        request = Request(
            self.command,
            address.path,
            parse_qs(address.query, keep_blank_values=True),
            {name.lower(): value for name, value in self.headers.items()},
            body,
        )
        answer, fault = self.server.stand_in.serve(request)
        if fault in HANGS:
            self._outwait()
        if answer is None:
            self.close_connection = True
            return
        said = answer.bytes()
        if fault is Fault.TRUNCATED:
            said = said[: len(said) // 2]
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if answer.status != 204 and self.command != "HEAD":
            self.wfile.write(said)
        self.wfile.flush()

    def _outwait(self) -> None:
        """Wait until the client has gone, which is when its connection can be read to its end."""
        select.select([self.connection], [], [], LONGEST_HANG_S)


for _method in ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"):
    setattr(_Handler, f"do_{_method}", _Handler._serve)
