"""Writes a report as one page that works by itself: no script, no network, every text escaped."""

from __future__ import annotations

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from moderation.when import london_moment
from review_ui.words import severity, words
from worker.evaluating import plots, wording
from worker.evaluating.identity import SENTENCES, gap
from worker.evaluating.report import Report

MOST_ROWS: Final = 40
_FILTERS: Final = {
    "area": wording.area,
    "counts": wording.counts,
    "label": wording.label,
    "likelihood": wording.likelihood,
    "moment": london_moment,
    "percent": wording.percent,
    "proposed": wording.proposed,
    "severity": severity,
    "shown": wording.shown,
    "taken_for": wording.taken_for,
    "words": words,
}


def page(report: Report) -> str:
    """Return the page as HTML; offensive words in it stay folded until somebody opens them."""
    pages = Environment(
        loader=PackageLoader("worker.evaluating", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= _FILTERS
    shares = report.shares
    return pages.get_template("report.html").render(
        report=report,
        main=[(wording.MAIN[name], one) for name, one in report.main.items()],
        plots={
            "roc": plots.roc(shares.curve),
            "precision_recall": plots.precision_recall(shares.curve),
            "reliability": plots.reliability(shares.bins),
        }
        if shares
        else {},
        size=plots.SIZE,
        groups=[(wording.GROUP[group], parts) for group, parts in report.groups.items()],
        most_rows=MOST_ROWS,
        true_codes=_codes(report, 0),
        said_codes=_codes(report, 1),
        gap=gap(report.identity),
        singled_out=sorted(
            ((group, one) for group, one in report.identity.items() if one.hits),
            key=lambda pair: -pair[1].hits,
        ),
        sentences=SENTENCES,
    )


def _codes(report: Report, side: int) -> list[str]:
    """Return the codes on one side of the confusion table, the commonest first."""
    totals: dict[str, int] = {}
    for pair, count in report.confusion.items():
        totals[pair[side]] = totals.get(pair[side], 0) + count
    return sorted(totals, key=lambda code: (-totals[code], code))
