"""The stand-ins do what a platform does with a client that dies while it speaks."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest
import requests

from tests.standins.graph import FacebookStandIn

HEAD = b"POST /v23.0/1_2 HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "sent",
    [HEAD, HEAD + b"Content-Len", HEAD + b"Content-Length: 14\r\n\r\nis_hid"],
    ids=["no length", "half a header", "half a body"],
)
def test_half_a_request_reaches_no_platform(sent: bytes) -> None:
    with FacebookStandIn() as server:
        at = urlsplit(server.url)
        with socket.create_connection((at.hostname, at.port), timeout=5) as client:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            assert client.recv(100) == b""
        assert server.calls() == []
        requests.post(f"{server.url}/v23.0/1_2", data={"is_hidden": "true"}, timeout=5)
        assert len(server.calls("POST")) == 1
