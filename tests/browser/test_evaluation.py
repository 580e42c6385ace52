"""The report on detection as its readers open it: from a file, without a server or a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity, TargetType
from tests.browser.axe import assert_accessible, assert_fits
from tests.worker.evaluating.judged_tools import HARMLESS, RUN, example, judged, proposal
from worker.evaluating.judging import Judged, Judgement
from worker.evaluating.labelling import Group
from worker.evaluating.page import page as written
from worker.evaluating.reading import Fault
from worker.evaluating.report import measured

Picture = Callable[[Page, str], None]
RUDE = "you useless pillock <img src=x onerror=\"document.title='broken'\">"
HIDDEN = 'you useless pillock <img src=x onerror="document.title='


def comments() -> list[Judged]:
    """Return a comment of every category and class, each judged in its own way."""
    groups = {Group.TAG: ("veiled", "x" * 90), Group.ORGANISATION: ("harrowmere",)}
    abuse = [
        judged(
            example(
                RUDE,
                id=f"A-{place}",
                post="Our open day is on Saturday",
                categories=(code,),
                severity=Severity.S3,
                target=TargetType.NAMED_STAFF,
                staff_id="HM-01",
                check_first=frozenset({CheckFirst.EMERGENCY_REPORT}),
                groups=groups,
            ),
            proposal(code, severity=Severity.S2) if place % 2 else proposal(),
            place / 20,
        )
        for place, code in enumerate(Abuse)
    ]
    fine = [
        judged(
            example(RUDE, id=f"N-{place}", not_abuse=code, groups=groups),
            proposal(Abuse.MENACE, reasons=(f"Said: “{RUDE}”",)) if place % 3 else proposal(),
            place / 30,
        )
        for place, code in enumerate(NotAbuse)
    ]
    unread = judged(example(id="U-1", wanted=True), proposal(), None, "Welsh is not supported")
    return [*abuse, *fine, unread]


@pytest.fixture
def report(tmp_path: Path) -> str:
    """The address of a report that holds every part."""
    path = tmp_path / "report.html"
    judgement = Judgement(comments(), [Fault(7, "not JSON")], 1)
    path.write_text(written(measured(judgement, HARMLESS, RUN)), encoding="utf-8")
    return path.as_uri()


def test_the_report_is_accessible_and_fetches_nothing(
    page: Page, report: str, picture: Picture
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report)
    assert_accessible(page)
    assert_fits(page)
    expect(page.get_by_role("img")).to_have_count(3)
    picture(page, "evaluation")
    assert asked == [report]


def test_offensive_words_are_folded_until_somebody_opens_them(
    page: Page, report: str, picture: Picture
) -> None:
    page.goto(report)
    expect(page.get_by_text(HIDDEN).first).to_be_hidden()
    # With the keyboard, as with the mouse.
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details blockquote").first).to_be_visible()
    expect(page.locator("details blockquote").first).to_contain_text(RUDE)
    expect(page.locator("details blockquote").nth(1)).to_be_hidden()
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_accessible(page)
    picture(page, "evaluation-open")
    assert page.title() == "How well detection works – Watchroom"


def test_the_report_fits_a_phone(phone: Page, report: str, picture: Picture) -> None:
    phone.goto(report)
    phone.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert_accessible(phone)
    assert_fits(phone)
    picture(phone, "evaluation-phone")


def test_a_report_without_labels_is_accessible_too(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(written(measured(Judgement(), {}, RUN)), encoding="utf-8")
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("How well detection works")
    assert_accessible(page)
