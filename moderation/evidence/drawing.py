"""The card of a capture: what is drawn on it, and the same in words that anybody can read."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from moderation.evidence.context import Voice
from moderation.evidence.facts import Facts
from moderation.evidence.notation import moment
from moderation.evidence.printing import printable
from moderation.evidence.printing.card import FOOTER, NOT_SUPPLIED, Card, Picture, notes_on
from moderation.evidence.sight import Sight
from moderation.model import Change

OTHER_WORDS: Final = "At the capture the platform showed other words: see text-at-capture.txt."
NO_WORDS_SEEN: Final = "No version of it with words was ever seen."
NOT_ALL: Final = "{} of its {} pictures and videos could not be kept. {}"
NOT_ON_CARD: Final = "Not shown here: {}"

_TITLE: Final = "What the card {} shows, in words. The raw bytes are the exhibit."


def card_of(facts: Facts, sight: Sight, now: datetime) -> Card:
    """Return what the card of a capture shows; now is the time of the capture."""
    item, worded = facts.item, facts.worded
    parent = facts.thread.parents[0] if facts.thread.parents else None
    return Card(
        ref=facts.evidence.ref,
        organisation=facts.organisation,
        platform=facts.account.platform,
        account=facts.account.name,
        address=item.url,
        author_name=item.author_name,
        author_handle=item.author_handle,
        author_id=item.author_ref or "",
        posted_at=item.posted_at,
        first_seen_at=item.seen_at,
        captured_at=now,
        text=(worded.body or "") if worded is not None else "",
        post_text=facts.post.body if facts.post is not None else "",
        parent_text=_words_of(parent),
        pictures=tuple(
            Picture(one.png, f"Picture {number}, fetched at the capture")
            for number, one in enumerate(sight.media, 1)
            if one.png
        ),
        notes=tuple(_notes(facts, sight)),
    )


def in_words(card: Card) -> bytes:
    """Return what a card shows as plain text; what hides in it is spelt out below."""
    answered = (("Answers the post", card.post_text), ("Answers the comment", card.parent_text))
    hidden = printable.reveal(card.text)
    lines = [
        _TITLE.format(card.ref),
        "",
        _line("Organisation", card.organisation),
        _line("Platform", f"{card.platform}, {card.account}"),
        _line("Address", printable.defanged(card.address)),
        _line("Author, name as shown", card.author_name),
        _line("Author, handle", card.author_handle),
        _line("Author, id", card.author_id),
        _time("Posted, as the platform says", card.posted_at),
        _time("First seen", card.first_seen_at),
        _time("Captured", card.captured_at),
        *(_line(what, text) for what, text in answered if text),
        *_passage("As displayed", card.text),
        *_passage("With all that hides spelt out", hidden if hidden != card.text else ""),
        *_passage("Notes", "\n".join([*notes_on(f"{card.author_name}\n{card.text}"), *card.notes])),
        "",
        FOOTER,
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def lacking(sight: Sight) -> str:
    """Say in words which pictures and videos of the item are missing; empty where none is."""
    missing = [one for one in sight.media if not one.is_kept]
    if not missing:
        return ""
    return NOT_ALL.format(len(missing), len(sight.media), missing[0].skipped)


def _notes(facts: Facts, sight: Sight) -> list[str]:
    comment = sight.comment
    is_other = (
        comment is not None
        and comment.change is Change.PRESENT
        and comment.text != facts.version.body
    )
    return [
        *filter(None, [sight.note, lacking(sight)]),
        *([OTHER_WORDS] if is_other else []),
        *([NO_WORDS_SEEN] if facts.worded is None else []),
        *(NOT_ON_CARD.format(one.not_shown) for one in sight.media if one.not_shown),
    ]


def _words_of(voice: Voice | None) -> str:
    return (voice.text or "") if voice is not None else ""


def _line(what: str, text: str) -> str:
    shown = printable.reveal(text).replace("\n", " ").replace("\t", " ")
    return f"{what}: {shown or NOT_SUPPLIED}"


def _time(what: str, at: datetime | None) -> str:
    told = moment(at, "")
    return f"{what}: {told['utc']} / {told['europe_london']}" if told else f"{what}: {NOT_SUPPLIED}"


def _passage(title: str, text: str) -> list[str]:
    return ["", f"{title}:", *(f"  {line}" for line in text.splitlines())] if text else []
