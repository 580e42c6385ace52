"""A way to a real server that fails when it is told to, on 127.0.0.1."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import httpx


class Proxy:
    """Passes requests on; cut_after (or cut_before) names the method whose answer never comes."""

    def __init__(self, target: str) -> None:
        self.cut_after = ""
        self.cut_before = ""
        self.passed: list[str] = []
        self._target = target
        self._http = httpx.Client(trust_env=False, timeout=20.0)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._http.close()

    def pass_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Any:
        """Return the real server's answer, or None where the connection is to be cut."""
        if self.cut_before and self.cut_before in path:
            return None
        kept = {name: told for name, told in headers.items() if name.lower() not in _HOPS}
        answer = self._http.request(method, self._target + path, headers=kept, content=body)
        self.passed.append(f"{method} {path.partition('?')[0].rpartition('/')[2]}")
        return None if self.cut_after and self.cut_after in path else answer


_HOPS = frozenset({"host", "connection", "content-length", "accept-encoding"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: Proxy


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.server.proxy.pass_on(self.command, self.path, dict(self.headers), body)
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer.status_code)
        self.send_header("Content-Type", answer.headers.get("content-type", ""))
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    do_GET = do_POST = _serve  # noqa: N815  The names are the library's.
