"""Pages under way are answered when the process that serves them is told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.request import urlopen

import pytest
from waitress.server import create_server

from worker.commands.serving import end_pages

PATIENCE_S = 15


def test_a_page_under_way_is_answered_whole_while_the_server_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked, may_answer = threading.Event(), threading.Event()

    def slow_page(_asked: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked.set()
        may_answer.wait(PATIENCE_S)
        start("200 OK", [("Content-Length", "5")])
        return [b"whole"]

    server = create_server(slow_page, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    answers: list[bytes] = []

    def visit() -> None:
        with urlopen(f"http://127.0.0.1:{server.effective_port}/", timeout=PATIENCE_S) as answer:
            answers.append(answer.read())

    visitor = threading.Thread(target=visit)
    visitor.start()
    assert asked.wait(PATIENCE_S)
    ending = threading.Thread(target=end_pages, args=(server,))
    with caplog.at_level(logging.INFO):
        ending.start()
        while server.socket is not None:
            ending.join(0.01)
        may_answer.set()
        ending.join(PATIENCE_S)
        visitor.join(PATIENCE_S)
    assert answers == [b"whole"]
    assert not caplog.records
    with pytest.raises(OSError, match="refused"):
        urlopen(f"http://127.0.0.1:{server.effective_port}/", timeout=PATIENCE_S)
