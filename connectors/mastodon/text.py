"""Takes the words of a Mastodon post out of its HTML, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Final

from connectors.fields import text_of
from connectors.reasons import TEXT_LIMIT, Poison

# The tags that Mastodon lets through; what looks like any other tag is text that somebody typed.
# Where a tag does not end before the next one begins it is text as well: Python's own parser would
# look for its end through all that follows, once for each of them, which takes minutes.
_STRAY: Final = re.compile(
    r"<(?!/?(?:p|br|span|a|del|s|pre|blockquote|code|b|strong|u|i|em|ul|ol|li|ruby|rt|rp|h[1-6]|div)"
    r"""(?:[\s/][^<>"']*(?:"[^"<>]*"[^<>"']*|'[^'<>]*'[^<>"']*)*)?>)""",
    re.IGNORECASE,
)
_BLOCKS: Final = frozenset(
    {"p", "pre", "blockquote", "ul", "ol", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_EDGES: Final = re.compile(r" *\n *")
_LINES: Final = re.compile(r"\n{3,}")


class _Visible(HTMLParser):
    """Collects what is seen: of a shortened link only its middle, with the dots behind it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links = 0
        self._spans: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self._break()
        elif tag == "a":
            self._links += 1
        elif tag == "span":
            self._spans.append(self._shortening(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        elif tag == "a":
            self._links = max(0, self._links - 1)
        elif tag == "span" and self._spans and self._spans.pop() == "ellipsis":
            self.parts.append("…")

    def handle_data(self, data: str) -> None:
        words = _SPACE.sub(" ", data)
        if "invisible" not in self._spans and not (words == " " and self._is_at_edge()):
            self.parts.append(words)

    def _shortening(self, attrs: list[tuple[str, str | None]]) -> str:
        """Return how a span shortens its link; outside a link nothing is left out."""
        classes = (dict(attrs).get("class") or "").split()
        known = [name for name in ("invisible", "ellipsis") if name in classes]
        return known[0] if known and self._links else ""

    def _break(self) -> None:
        if not self._is_at_edge():
            self.parts.append("\n")

    def _is_at_edge(self) -> bool:
        return not self.parts or self.parts[-1].endswith("\n")


def plain(html: str) -> str:
    """Return what a person reads of a post's HTML; a line for each paragraph and each break."""
    reader = _Visible()
    reader.feed(_STRAY.sub("&lt;", html))
    reader.close()
    return _LINES.sub("\n\n", _EDGES.sub("\n", "".join(reader.parts))).strip()


def words_of(status: Mapping[str, Any]) -> str:
    """Return all words of a post: warning, text, a poll's options, descriptions of pictures.

    Raises Poison where one of them is not text, or all of them together are too long.
    """
    poll = status.get("poll")
    options = _objects(poll.get("options")) if isinstance(poll, Mapping) else []
    media = _objects(status.get("media_attachments"))
    parts = [
        text_of(status, "spoiler_text").strip(),
        plain(text_of(status, "content")),
        *(f"• {text_of(option, 'title')}" for option in options),
        *(f"[{said}]" for one in media if (said := text_of(one, "description").strip())),
    ]
    words = "\n".join(part for part in parts if part)
    if len(words) > TEXT_LIMIT:
        raise Poison(f"The text is longer than {TEXT_LIMIT:,} characters.")
    return words


def _objects(value: Any) -> list[Mapping[str, Any]]:
    listed = value if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, Mapping)]
