"""A view of the queue in an address: read from its query, written back into links and forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from moderation.queries.views import Standing, View
from moderation.taxonomy import Abuse, Severity
from review_ui import forms


def from_query(query: Mapping[str, str]) -> View:
    """Return the view that an address asks for. Raises InvalidInput for a choice there is not."""
    severity = query.get("severity", "")
    level = forms.integer(query, "severity", minimum=0, maximum=4) if severity else None
    return View(
        standing=forms.maybe_choice(query, "state", Standing) or Standing.WAITING,
        severity=None if level is None else Severity(level),
        category=forms.maybe_choice(query, "category", Abuse),
        account_id=forms.maybe_integer(query, "account"),
        check_first=forms.checked(query, "check_first"),
        not_scored=forms.checked(query, "not_scored"),
        oldest_first=query.get("order", "") == "oldest",
    )


def from_form(form: Mapping[str, str]) -> View:
    """Return the view that a form carries along, so that "next" means the next of that view."""
    return from_query(dict(parse_qsl(form.get("view", ""), max_num_fields=20)))


def query_of(view: View) -> dict[str, Any]:
    """Return a view as the arguments of an address; the plain queue needs none."""
    chosen = {
        "state": "" if view.standing is Standing.WAITING else view.standing.value,
        "severity": "" if view.severity is None else str(int(view.severity)),
        "category": view.category.value if view.category else "",
        "account": str(view.account_id) if view.account_id else "",
        "check_first": "yes" if view.check_first else "",
        "not_scored": "yes" if view.not_scored else "",
        "order": "oldest" if view.oldest_first else "",
    }
    return {name: value for name, value in chosen.items() if value}


def field_of(view: View) -> str:
    """Return a view as the value of a hidden field."""
    return urlencode(query_of(view))
