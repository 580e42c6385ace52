"""The texts of letters: a reference and a link, and of a week its counts; no text, no name."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from typing import Final

from moderation.reporting.editions import Edition
from moderation.reporting.wording import HEADLINE, cell_says, week_says
from moderation.settings import Settings
from moderation.tables import AlertRow

# One sentence per rule, for somebody who reads it on a telephone among strangers.
SAYS: Final = {
    "AL1": "A critical item needs a person.",
    "AL2": "A high-severity item aimed at staff needs a person. It is not confirmed.",
    "AL4": "A pattern over several items needs a person. It is not confirmed.",
    "AL6": "An item that may be about somebody’s safety needs a person now.",
    "AL10": "Something technical needs a person.",
    "CASE": "A case is waiting for you.",
    "WEEK": "The weekly summary is ready.",
    "WEEK-WIDE": "The weekly summary is ready.",
}
_FOLDED_LINK: Final = {"AL10": "/health"}
_CLOSE: Final = "Sign in to see it. This letter was sent by Watchroom; answers are not read."


def alert_letter(alert: AlertRow, settings: Settings) -> EmailMessage:
    """Return the letter for one alert: its sentence, its reference and its link."""
    says = SAYS[alert.rule]
    lines = [says, "", f"Reference: {alert.ref}", f"Open: {settings.base_url}{alert.link}"]
    return _letter(alert, settings, f"{says.split('. ')[0].rstrip('.')} ({alert.ref})", lines)


def folded_letter(alert: AlertRow, count: int, settings: Settings) -> EmailMessage:
    """Return the letter that stands for many alerts of one rule, sent under the oldest of them."""
    link = settings.base_url + _FOLDED_LINK.get(alert.rule, "/queue")
    what = "1 more alert is" if count == 1 else f"{count:,} more alerts are"
    lines = [
        f"{what} waiting for you.",
        "Many came within an hour, so they are told in one letter. None is lost.",
        f"Each of them: {SAYS[alert.rule]}",
        "",
        f"Open: {link}",
    ]
    return _letter(alert, settings, f"{what} waiting", lines)


def week_letter(alert: AlertRow, edition: Edition, settings: Settings) -> EmailMessage:
    """Return the letter for a weekly summary, with the leading figures of the edition given.

    It is meant for the wide edition: a letter may be read by people who may not see the page.
    """
    title = week_says(edition.week)
    rows = [
        (HEADLINE[line.name], cell_says(line.now, edition.small_below))
        for line in edition.headlines
    ]
    link = f"{settings.base_url}{alert.link}"
    lines = [title, "", *(f"{name}: {count}" for name, count in rows), "", f"Open: {link}"]
    message = _letter(alert, settings, f"Weekly summary {alert.ref}", lines)
    message.add_alternative(_html(title, rows, link), subtype="html")
    return message


def _html(title: str, rows: list[tuple[str, str]], link: str) -> str:
    cells = "".join(
        f'<tr><th scope="row" align="left">{escape(name)}</th><td>{escape(count)}</td></tr>'
        for name, count in rows
    )
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>"
        f"<h1>{escape(title)}</h1><table><caption>The week in figures</caption>{cells}</table>"
        f'<p><a href="{escape(link)}">Open the summary</a></p><p>{escape(_CLOSE)}</p>'
        "</body></html>"
    )


def _letter(alert: AlertRow, settings: Settings, subject: str, lines: list[str]) -> EmailMessage:
    """Return a letter with its fixed headers: sent twice, it is the same letter to a mail server.

    Raises ValueError where an address or a subject holds a line break.
    """
    message = EmailMessage()
    message["Subject"] = f"Watchroom: {subject[:1].lower()}{subject[1:]}"
    message["From"] = settings.mail_from
    message["To"] = alert.recipient
    message["Date"] = format_datetime(alert.created_at)
    message["Message-ID"] = alert.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join([*lines, "", _CLOSE, ""]))
    return message
