"""The page: whatever stands in a comment is shown as words, folded, and nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import worker.evaluating
from moderation.taxonomy import Abuse, CheckFirst, NotAbuse, Severity
from tests import template_rules
from tests.worker.evaluating.judged_tools import HARMLESS, RUN, example, judged, proposal, report
from worker.evaluating import wording
from worker.evaluating.figures import Counted
from worker.evaluating.judging import Judgement
from worker.evaluating.labelling import Group
from worker.evaluating.page import MOST_ROWS, page
from worker.evaluating.reading import Fault
from worker.evaluating.report import Report, measured

TEMPLATES = sorted((Path(worker.evaluating.__file__).parent / "templates").iterdir())
HOSTILE = "</blockquote><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
FLAG = proposal(Abuse.MENACE, reasons=(f"A threat: “{HOSTILE}”",))
KNOWN_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "h3", "p"),
    *("strong", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li", "code"),
    *("figure", "figcaption", "svg", "line", "polyline", "circle", "text"),
    *("details", "summary", "bdi", "blockquote"),
}


class Tags(HTMLParser):
    """Collects the tags of a page, its attributes, and the words that are folded."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.folded, self.open = "", 0
        self.plain = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.open += tag == "details"

    def handle_endtag(self, tag: str) -> None:
        self.open -= tag == "details"

    def handle_data(self, data: str) -> None:
        if self.open:
            self.folded += data
        else:
            self.plain += data


def hostile() -> Report:
    groups = {Group.TAG: (HOSTILE,), Group.ORGANISATION: ("x" * 500,)}
    comments = [
        judged(example(HOSTILE, id=HOSTILE, post=HOSTILE, groups=groups), FLAG, 0.9),
        judged(example("missed", categories=(Abuse.DOXING,)), proposal(), 0.1),
        judged(example("", kind_told=False), proposal(), None, HOSTILE),
    ]
    judgement = Judgement(comments, [Fault(4, HOSTILE)], 1)
    return measured(judgement, HARMLESS, replace(RUN, detectors=((HOSTILE, "00"),), policy=HOSTILE))


def test_hostile_text_makes_no_tag_no_attribute_and_no_template() -> None:
    html = page(hostile())
    found = Tags(html)
    assert found.names <= KNOWN_TAGS
    assert not [name for name in found.attributes if name.startswith("on") or name == "src"]
    assert "{{ 7 * 7 }}" in html
    assert found.folded.count("<script>alert(1)</script>") == 4


def test_the_words_of_a_comment_stand_folded_alone() -> None:
    rude = "you absolute pillock"
    comment = judged(example(rude, id="T-1"), replace(FLAG, reasons=(f"Said: “{rude}”",)))
    found = Tags(page(report(comment)))
    assert found.folded.count(rude) == 2
    assert rude not in found.plain


def test_the_page_fetches_nothing_and_forbids_it() -> None:
    html = page(hostile())
    assert "default-src 'none'; style-src 'unsafe-inline'" in html
    assert not re.search(r"<(script|link|img|iframe|object|base|form|a)\b", html)
    assert not re.search(r"url\(|@import|https?:", html)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_its_templates_keep_the_rules_but_hold_their_own_style(path: Path) -> None:
    broken = set(template_rules.faults(path.read_text()))
    assert broken <= ({"no inline style: our policy blocks it"} if "report" in path.name else set())


@pytest.mark.parametrize("text", ["\ud800", "a\x00b\x1b[31m", "\u202eevil", "x" * 100_000])
def test_odd_signs_can_be_written_and_do_not_steer(text: str) -> None:
    html = page(report(judged(example(text, post=text), FLAG)))
    assert html.encode("utf-8")
    assert "\x00" not in html
    assert "\x1b" not in html
    assert len(html) < 30_000


def test_each_plot_has_its_numbers_in_a_table_beside_it() -> None:
    rows = [(example(categories=(Abuse.MENACE,)), 0.9), (example(), 0.15)]
    html = page(report(*(judged(one, FLAG, share) for one, share in rows)))
    assert html.count('role="img"') == html.count("<figure>") == 3
    assert "<caption>If everything from a share on were flagged</caption>" in html
    assert "<caption>Reliability in ten bins</caption>" in html
    # The ROC curve of a model that is always right goes straight up and then across.
    assert 'points="0.0,240.0 0.0,0.0 240.0,0.0 "' in html


def test_every_label_has_its_table() -> None:
    first = example(
        categories=(Abuse.MENACE,),
        severity=Severity.S3,
        check_first=frozenset({CheckFirst.EMERGENCY_REPORT}),
        groups={Group.SECTOR: ("fire",)},
    )
    html = page(report(judged(first, FLAG), judged(example(not_abuse=NotAbuse.THANKS), FLAG)))
    for caption in (
        "Categories of abuse",
        "What is not abuse",
        "Severities",
        "What to check first",
        "True category (down) and proposed category (across)",
        "By sector",
        "Harmless sentences that were flagged",
    ):
        assert f"<caption>{caption}</caption>" in html
    assert "S3: High" in html
    assert "Menace or veiled threat" in html


def test_one_class_alone_and_nothing_at_all_make_a_page() -> None:
    assert "A curve needs both" in page(report(judged(example(), proposal())))
    assert "No line names a severity." in page(report(judged(example(), proposal())))
    empty = page(report())
    assert "0 of" not in empty
    assert "Neutral words for groups of people" in empty


def test_only_the_largest_parts_are_shown() -> None:
    comments = [
        judged(example(groups={Group.TAG: (f"tag-{number}",)}), proposal()) for number in range(60)
    ]
    html = page(report(*comments))
    assert html.count(">tag-") == MOST_ROWS
    assert f"The {MOST_ROWS} largest of 60." in html


def test_figures_are_said_in_words() -> None:
    assert wording.counts(Counted(1, 3)) == "33.3 % (1 of 3)"
    assert wording.counts(Counted()) == "none"
    assert wording.label(judged(example(kind_told=False), proposal())) == "Not abuse"
    assert wording.label(judged(example(abusive=True), proposal())) == "Abuse"
