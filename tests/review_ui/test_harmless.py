"""Other people's text on a page: nothing hidden, nothing turned round, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.tables import AccountRow, PostRow
from review_ui.harmless import visible
from tests.review_ui.world import World

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script xlink:href=data:,alert(1)></script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=alert(1) x=\"",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% import os %}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>click</a>",
    "<form action=//evil.example><button>send",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "\u202ethgir ot tfel\u202c",
    "＜script＞alert(1)＜/script＞",
    "\x1b]0;title\x07",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script>alert(1)</script>",
    "http://evil.example/login?x=<script>",
)  # fmt: skip


class Reader(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _faults(page: str) -> Iterator[str]:
    """Name everything on a page that could run or lead away."""
    reader = Reader()
    reader.feed(page)
    for tag, attributes in reader.tags:
        if tag in {"iframe", "object", "embed", "base", "math", "style", "video", "img", "svg"}:
            yield f"<{tag}>"
        if tag == "script" and not attributes.get("nonce"):
            yield "a script without its nonce"
        for name, value in attributes.items():
            if _runs_or_leads_away(name, value or ""):
                yield f"{tag} {name}={value}"


def _runs_or_leads_away(name: str, value: str) -> bool:
    if name in {"href", "src", "action"}:
        return not value.startswith(("/", "#")) or value.startswith("//")
    return name.startswith("on") or name in {"style", "srcdoc", "formaction", "http-equiv"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_every_text_of_an_item_is_only_shown(small_world: World, attack: str) -> None:
    first = small_world.item(words=attack, author_ref="the-same")
    parent = small_world.item(words=attack, native_id="the-parent", author_ref="the-same")
    item_id = small_world.item(
        words=attack,
        post=attack,
        reasons=(attack,),
        author_handle=attack,
        author_name=attack,
        author_ref="the-same",
        parent_native_id="the-parent",
        url=attack,
    )
    with small_world.store.transaction() as session:
        for row in session.query(AccountRow):
            row.name = attack
        for post in session.query(PostRow):
            post.url = attack
    browser = small_world.browser("lee")
    for path in ("/queue", "/queue?state=all", *(f"/items/{n}" for n in (first, parent, item_id))):
        page = browser.get(path).text
        assert not list(_faults(page)), path


def test_a_text_that_looks_like_a_template_is_shown_as_it_was_written(small_world: World) -> None:
    item_id = small_world.item(words="{{ 7 * 7 }}", reasons=("{{ config }}",))
    page = small_world.browser("lee").get(f"/items/{item_id}").text
    assert "{{ 7 * 7 }}" in page
    assert "{{ config }}" in page


def test_an_address_in_a_text_is_no_link(small_world: World) -> None:
    item_id = small_world.item(words="see https://evil.example/now", url="https://evil.example/x")
    page = small_world.browser("lee").get(f"/items/{item_id}").text
    assert "https://evil.example/now" in page
    assert 'href="https://' not in page


def test_an_attack_in_a_name_or_an_address_line_is_only_shown(small_world: World) -> None:
    attack = "<script>alert(1)</script>"
    admin = small_world.browser("adam")
    form = {"name": attack, "email": "x@example.org", "role": "auditor", "password": "a" * 20}
    assert admin.post("/users/add", form).status_code == 303
    assert not list(_faults(admin.get("/users").text))
    assert not list(_faults(admin.get(f"/{attack}").text))
    assert not list(_faults(admin.get("/queue?state=" + attack).text))


@given(st.text())
def test_the_pieces_of_a_text_join_up_to_exactly_what_was_written(text: str) -> None:
    assert "".join(piece.text for piece in visible(text)) == text


@given(st.text(alphabet=st.characters(categories=["Cf", "Cc", "Cs", "Co", "Cn"])))
def test_what_cannot_be_seen_has_a_name(text: str) -> None:
    for piece in visible(text):
        if piece.text not in {"\n", "\t"}:
            assert piece.name or set(piece.text) <= {"\n", "\t", "\u200d"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("plain words", []),
        ("a\u202eb", ["right-to-left override"]),
        ("pay\u200bpal", ["zero-width space"]),
        ("\ufeffstart", ["byte order mark"]),
        ("bell\x07", ["U+0007"]),
        ("👨\u200d👩\u200d👧 family", []),
        ("join\u200dnothing", ["zero-width joiner"]),
        ("line\nand\ttab", []),
        ("non\u00a0breaking", []),
    ],
)
def test_only_what_hides_or_turns_text_is_named(text: str, names: list[str]) -> None:
    assert [piece.name for piece in visible(text) if piece.name] == names


def test_no_text_is_no_piece() -> None:
    assert visible(None) == visible("") == []
