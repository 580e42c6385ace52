"""Accessibility as a check: axe-core over a page as it stands in the browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@cache
def _axe() -> str:
    return SOURCE.read_text()


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds on the page, best practice included.

    A click comes back once the new page has begun to arrive, so the page is let finish first:
    half of one has no main part and no heading.
    """
    page.wait_for_load_state()
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(
        """rules => axe.run(document, {runOnly: rules}).then(answer => answer.violations)""",
        list(RULES),
    )
    return found


def assert_accessible(page: Page) -> None:
    """Fail with each rule that is broken, where, and how to mend it."""
    lines = [
        f"{rule['id']}: {rule['help']}\n    {node['html']}\n    {node['failureSummary']}"
        for rule in violations(page)
        for node in rule["nodes"]
    ]
    assert not lines, f"axe on {page.url}:\n" + "\n".join(lines)


def assert_fits(page: Page) -> None:
    """Fail when a reader would have to scroll sideways."""
    page.wait_for_load_state()
    page_width, window_width = page.evaluate(
        "() => [document.documentElement.scrollWidth, window.innerWidth]"
    )
    assert page_width <= window_width, f"{page.url} is {page_width} px wide in {window_width} px"
