"""The headers stand on every answer, whatever became of the request."""

from __future__ import annotations

import re

import pytest
from flask import Flask, Response, render_template_string
from flask.testing import FlaskClient

from review_ui import csp


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("review_ui")
    csp.install(app)

    @app.get("/page")
    def page() -> str:
        return render_template_string("{{ csp_nonce() }} {{ csp_nonce() }}")

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("broken on purpose")

    @app.get("/sealed")
    def sealed() -> Response:
        return Response("bytes", headers={"Content-Security-Policy": "sandbox"})

    return app.test_client()


def nonce_of(policy: str) -> str:
    found = re.search(r"'nonce-([^']+)'", policy)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("path", "status"), [("/page", 200), ("/missing", 404), ("/broken", 500), ("/page/", 404)]
)
def test_every_answer_carries_every_header(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'nonce-")
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    for name, value in csp.HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_refused_method_carries_the_headers_too(client: FlaskClient) -> None:
    assert "Content-Security-Policy" in client.post("/page").headers


def test_the_nonce_is_one_in_an_answer_and_new_in_the_next(client: FlaskClient) -> None:
    answers = [client.get("/page") for _ in range(2)]
    nonces = [nonce_of(answer.headers["Content-Security-Policy"]) for answer in answers]
    assert nonces[0] != nonces[1]
    assert [answer.text for answer in answers] == [f"{nonce} {nonce}" for nonce in nonces]
    assert len(nonces[0]) >= 22  # 128 bits in base64


def test_a_view_with_its_own_policy_keeps_it(client: FlaskClient) -> None:
    assert client.get("/sealed").headers["Content-Security-Policy"] == "sandbox"


def test_static_files_may_be_cached(client: FlaskClient) -> None:
    with client.get("/static/watchroom.css") as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] != "no-store"
        assert "Content-Security-Policy" in answer.headers
