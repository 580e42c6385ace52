"""Decides which members of staff a text names, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable

from moderation.targets.confidence import Confidence
from moderation.targets.cues import is_title
from moderation.targets.first_names import first_name, nickname
from moderation.targets.given_names import GIVEN_NAMES
from moderation.targets.name_words import COMMON_WORDS, NOT_SURNAMES
from moderation.targets.people import Entry
from moderation.targets.reading import Words
from moderation.targets.scene import Mention, Scene
from moderation.targets.surnames import owner, surname
from moderation.targets.words import HONORIFICS

_NEVER_MISSPELT = COMMON_WORDS | NOT_SURNAMES
_MISSPELT_FROM = 5
_DISTINCT_FROM = 7  # letters from which hardly any word is one slip from a name
_INITIAL_OR_WORD = frozenset({"a", "i", "u", "x"})


def mentions(scene: Scene, hits: Iterable[tuple[int, Entry]]) -> list[Mention]:
    """Return the names in a text from first to last; hits are the words the directory knows."""
    found: list[Mention] = []
    past = 0
    for at, entry in hits:
        if at < past:
            continue
        mention = _mention(scene, at, entry)
        if mention is not None:
            found.append(mention)
            past = mention.end
    return found


def misspelt(scene: Scene) -> list[Mention]:
    """Return names that are one slip or one sound away from one in the directory."""
    found = []
    raw = scene.words.raw
    before = ""
    for at, word in enumerate(scene.words.low):
        honoured, title, before = before in HONORIFICS, before, word
        if len(word) < _MISSPELT_FROM or not (honoured or raw[at][0].isupper()):
            continue
        titled = honoured or is_title(title)
        if word in _NEVER_MISSPELT or (word in GIVEN_NAMES and not titled):
            continue
        known = scene.directory.entry(word)
        if known is not None and known.bearers:
            continue
        name = scene.directory.misspelt(word)
        if name is None:
            continue
        who = frozenset(scene.directory.entries[name].bearers)
        sure = titled or len(word) >= _DISTINCT_FROM or scene.about_work or scene.supports(who)
        confidence = Confidence.LIKELY if sure else Confidence.UNSURE
        start = at - 1 if titled else at
        found.append(Mention(start, at + 1, who, confidence, "by a name spelt much like it"))
    return found


def _mention(scene: Scene, at: int, entry: Entry) -> Mention | None:
    whole = _phrase(scene, at, entry)
    if whole is not None:
        return whole
    if entry.handle:
        return Mention(at, at + 1, frozenset(entry.handle), Confidence.SURE, "by handle")
    mention = surname(scene, at, entry.last) if entry.last else None
    if mention is None and entry.owned:
        mention = owner(scene, at, entry.owned)
    if mention is None and entry.nickname:
        mention = nickname(scene, at, entry.nickname)
    if mention is None and (entry.first or entry.lent):
        mention = first_name(scene, at, entry)
    return mention


def _phrase(scene: Scene, at: int, entry: Entry) -> Mention | None:
    """Return the longest name of several words that stands here."""
    low = scene.words.low
    for tokens, who in entry.phrases.get(scene.after(at), ()):
        end = at + len(tokens)
        if low[at:end] != tokens or _is_plain_speech(scene.words, at, end):
            continue
        if len(tokens[-1]) == 1 and not _is_initial_after(scene, end - 1):
            continue
        return Mention(at, end, frozenset(who), Confidence.SURE, "by name")
    return None


def _is_plain_speech(words: Words, start: int, end: int) -> bool:
    """Return whether a name made of ordinary words is just those words: “will price go up”."""
    return all(
        low in COMMON_WORDS and not raw[0].isupper()
        for low, raw in zip(words.low[start:end], words.raw[start:end], strict=True)
    )


def _is_initial_after(scene: Scene, at: int) -> bool:
    """Return whether a letter after a first name is an initial: “Ellie H”, not “Ellie I think”."""
    words = scene.words
    if "'" in words.gap_before(at):
        return False
    if words.low[at] in _INITIAL_OR_WORD:
        ends = at + 1 == len(words.low) or "." in words.gap_before(at + 1)
        return words.low[at] == "a" and words.raw[at] == "A" and ends
    return words.raw[at].isupper() or scene.one_case or is_title(scene.before(at))
