"""Own evidence on pages: only what is safe is taken, as it came, and it is shown as text alone."""

from __future__ import annotations

from typing import Any

import pytest

from moderation.evidence import file_types
from moderation.evidence.keeping import vault_of
from moderation.tables import AdditionKind, AuditBodyRow
from review_ui import shell
from review_ui.additions import LARGEST_BODY
from tests.moderation.evidence.files_to_bring import CALLS, MAIL, PNG, REFUSED
from tests.review_ui.evidence_tools import additions, bring, send, text_of
from tests.review_ui.world import AWAY, Browser, World

HOSTILE = "<script>alert(1)<script>\u202egnp.png"


def _verbs(world: World) -> list[str]:
    with world.store.reading() as session:
        return [row.verb for row in session.query(AuditBodyRow).order_by(AuditBodyRow.seq)]


def test_a_screenshot_is_added_and_listed_with_who_brought_it(world: World) -> None:
    item_id = world.item()
    browser = world.browser("dana")
    answer = bring(world, browser, item_id)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/items/{item_id}#own-evidence")
    row = additions(world)[0]
    page = text_of(browser, f"/items/{item_id}")
    assert f"The file was sealed and added as {row.ref}." in page
    assert f"/evidence/additions/{row.id}" in page
    assert "Screenshot, photo or screen recording" in page
    assert "Added by Dana Price" in page
    assert "added a file to the evidence" in page
    vault = vault_of(world.app.extensions[shell.KEY].settings)
    assert vault.get(row.file_sha256) == PNG


def test_a_double_click_adds_one_file(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    form_id = small_world.form_id()
    for _ in range(2):
        answer = bring(small_world, browser, item_id, form_id=form_id)
        assert answer.status_code == 303
    assert len(additions(small_world)) == 1


def test_when_and_how_it_was_got_are_kept_in_londons_time(small_world: World) -> None:
    item_id = small_world.item()
    day: Any = {"got-day": "1", "got-month": "7", "got-year": "2026", "clock": "14:30"}
    browser = small_world.browser("dana")
    bring(small_world, browser, item_id, how="She sent it to me.", **day)
    page = text_of(browser, f"/evidence/additions/{additions(small_world)[0].id}")
    assert "1 July 2026, 14:30 BST" in page
    assert "She sent it to me." in page
    assert "Dana Price" in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"how": ""}, "too short"),
        ({"kind": ""}, "Choose an answer"),
        ({"kind": "live_page"}, "Choose what it is"),
        ({"kind": "screenshot"}, "This file is a text"),
        ({"clock": "14:30"}, "Enter the day"),
        (
            {"got-day": "1", "got-month": "7", "got-year": "2026", "clock": "2 pm"},
            "hours and minutes",
        ),
        ({"got-day": "1", "got-month": "7", "got-year": "2199"}, "future"),
    ],
)
def test_a_form_that_lacks_something_says_what(
    small_world: World, changed: dict[str, str], says: str
) -> None:
    browser, item_id = small_world.browser("dana"), small_world.item()
    answer = bring(small_world, browser, item_id, CALLS, **{"kind": "call_log", **changed})
    assert answer.status_code == 400
    assert says in answer.text
    assert additions(small_world) == []


def test_what_could_run_is_refused_whatever_it_is_called(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    for data in (*REFUSED.values(), b""):
        answer = bring(small_world, browser, item_id, data, "innocent.png", kind="file")
        assert answer.status_code == 400
    assert additions(small_world) == []


def test_a_form_without_any_file_says_so(small_world: World) -> None:
    form = {"kind": "file", "how": "long enough", "form_id": small_world.form_id()}
    answer = small_world.browser("dana").post(f"/items/{small_world.item()}/additions", form)
    assert (answer.status_code, "Choose a file" in answer.text) == (400, True)


def test_a_file_up_to_the_cap_is_taken_and_a_larger_body_is_not(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    large = b"%PDF-1.7\n" + bytes(file_types.LARGEST - 9)
    assert bring(small_world, browser, item_id, large, "a.pdf").status_code == 303
    answer = bring(small_world, browser, item_id, large + bytes(LARGEST_BODY), "a.pdf")
    assert answer.status_code == 413
    assert len(additions(small_world)) == 1


@pytest.mark.parametrize("name", ["adam", "ina", ""])
def test_who_may_add_nothing_may_not_even_send_a_large_body(small_world: World, name: str) -> None:
    item_id = small_world.item()
    browser = small_world.browser(name)
    large = PNG + bytes(3 * 1024 * 1024)
    answer = send(browser, f"/items/{item_id}/additions", {}, large, "a.png")
    assert answer.status_code == 413


def test_no_other_page_takes_a_large_body(small_world: World) -> None:
    browser = small_world.browser("lee")
    large = {"reason": "x" * 3_000_000}
    assert browser.post(f"/items/{small_world.item()}/dismiss", large).status_code == 413


def test_a_hostile_name_is_text_on_every_page_and_in_no_header(world: World) -> None:
    item_id = world.item()
    browser = world.browser("dana")
    bring(world, browser, item_id, name=HOSTILE)
    row = additions(world)[0]
    for path in (f"/items/{item_id}", f"/evidence/additions/{row.id}"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "right-to-left override" in page
    answer = browser.get(f"/evidence/additions/{row.id}/file")
    expected = f'attachment; filename="{row.ref.replace("/", "-")}.png"'
    assert answer.headers["Content-Disposition"] == expected


def test_a_mail_is_shown_as_headers_and_plain_words_and_never_as_html(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    data = MAIL.replace(b"See you soon", b"<img src=x onerror=alert(1)>")
    assert bring(small_world, browser, item_id, data, "m.eml", kind="mail").status_code == 303
    row = additions(small_world)[0]
    page = text_of(browser, f"/evidence/additions/{row.id}")
    for part in (
        "I know where you park.", "Ry\u00e4n &lt;ryan@mail.example&gt;", "car.png",
        "&lt;img src=x onerror=alert(1)&gt;", "Anybody can write any sender into a mail.",
    ):  # fmt: skip
        assert part in page, part
    assert "<b>HTML</b>" not in page
    assert "HTML</b>" not in page.replace("&lt;", "<")
    assert row.kind is AdditionKind.MAIL


def test_a_phone_log_is_shown_as_text_with_its_formulas_harmless(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("dana")
    data = CALLS + b'=HYPERLINK("http://x"),<b>1</b>\r\n'
    bring(small_world, browser, item_id, data, "log.csv", kind="call_log")
    row = additions(small_world)[0]
    page = browser.get(f"/evidence/additions/{row.id}").text
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    answer = browser.get(f"/evidence/additions/{row.id}/file")
    assert answer.data == data
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Content-Disposition"].endswith('.txt"')


def test_the_chain_keeps_who_opened_a_file(small_world: World) -> None:
    item_id = small_world.item()
    bring(small_world, small_world.browser("dana"), item_id, MAIL, "m.eml", kind="mail")
    row = additions(small_world)[0]
    browser = small_world.browser("hugh")
    browser.get(f"/evidence/additions/{row.id}")
    browser.get(f"/evidence/additions/{row.id}/file")
    assert _verbs(small_world)[-2:] == ["evidence_addition.read"] * 2


def test_an_addition_is_for_those_who_see_its_item(small_world: World) -> None:
    there = small_world.item(org=AWAY)
    bring(small_world, small_world.browser("far.dana"), there)
    row = additions(small_world)[0]
    for name in ("lee", "hugh", "bo"):
        browser = small_world.browser(name)
        for path in (f"/evidence/additions/{row.id}", f"/evidence/additions/{row.id}/file"):
            assert browser.get(path).status_code == 404, (name, path)
    assert _reads(small_world) == 0


def test_an_auditor_reads_it_only_with_a_reason(small_world: World) -> None:
    bring(small_world, small_world.browser("dana"), small_world.item())
    row = additions(small_world)[0]
    browser: Browser = small_world.browser("ina")
    assert browser.get(f"/evidence/additions/{row.id}/file").status_code == 404
    browser.post("/audit/reason", {"reason": "looking into a complaint"})
    assert browser.get(f"/evidence/additions/{row.id}/file").status_code == 200


def _reads(world: World) -> int:
    return _verbs(world).count("evidence_addition.read")
