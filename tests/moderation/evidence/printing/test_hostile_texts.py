"""A thousand hostile texts: each gives a card and a document that keeps its claims."""

from __future__ import annotations

import pytest

from moderation.evidence.printing import card, documents
from moderation.evidence.printing.documents import CLAIMS
from tests.moderation.evidence.hostile_texts import COUNT, hostile_texts
from tests.moderation.evidence.printing import reading
from tests.moderation.evidence.printing.making import attachment_of, card_of, document_of

SHARE = 50
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("start", range(0, COUNT, SHARE))
def test_every_hostile_text_gives_a_card_and_a_document(start: int) -> None:
    for text in hostile_texts()[start : start + SHARE]:
        made = card.png(card_of(text=text, author_name=text[:80], address=text[:80]))
        assert made.startswith(PNG), ascii(text[:80])
        record = attachment_of(text.encode("utf-8", "surrogatepass"))
        printed = documents.printed(document_of(text, title=text[:80], footer=text[:80]), [record])
        assert printed.claims == CLAIMS, ascii(text[:80])
        assert reading.claims(printed.data) == set(CLAIMS)
