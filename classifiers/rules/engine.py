"""What a rule is, and how a family of rules reads a text: one pass, then only what fired."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from classifiers.folding import FOLDING_VERSION, Folded, fold, join_spelt_out, undisguise
from classifiers.masked_words import unmask
from classifiers.matching import PatternSet, pattern
from moderation.model import Hit, Signal

MAX_CHARS = 20_000
MAX_PLACES = 8
_NEAR_CHARS = 120
_BESIDE_CHARS = 100
_UNLESS_CHARS = 200
_SENTENCE_ENDS = ".!?\n"


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule's pattern occurs, in the folded view, beside the original text."""

    original: str
    folded: str
    start: int
    end: int

    @property
    def matched(self) -> str:
        """Return the folded words that matched."""
        return self.folded[self.start : self.end]

    @property
    def before(self) -> str:
        """Return what stands before the match in its own sentence, 80 characters at most."""
        head = self.folded[max(0, self.start - 80) : self.start]
        return head[max(head.rfind(mark) for mark in _SENTENCE_ENDS) + 1 :]

    @property
    def after(self) -> str:
        """Return what follows the match in its own sentence, 80 characters at most."""
        tail = self.folded[self.end : self.end + 80]
        ends = [place for mark in _SENTENCE_ENDS if (place := tail.find(mark)) >= 0]
        return tail[: min(ends, default=len(tail))]

    def within(self, distance: int) -> str:
        """Return the match with up to so many characters on either side of it."""
        return self.folded[max(0, self.start - distance) : self.end + distance]

    @property
    def sentence(self) -> str:
        """Return the sentence around the match."""
        return self.before + self.matched + self.after


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason to hold a rule back at one place; name and says become a hit in its stead.

    source names what the hold looks for, for the hash of the family.
    """

    name: str
    says: str
    source: str
    applies: Callable[[Found], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for: a dotted name, the sentence people read, patterns, and examples.

    fires and silent are texts that the rule must and must not fire on; the tests read them.
    beside are signs that all have to occur within 100 characters: one alone would be too little.
    unless, where given, must not occur within 200 characters of it.
    keep, where given, is asked about each place and answers whether the match counts.
    """

    name: str
    says: str
    patterns: tuple[str, ...]
    fires: tuple[str, ...]
    silent: tuple[str, ...] = ()
    holds: tuple[Hold, ...] = ()
    beside: tuple[str, ...] = ()
    unless: str = ""
    keep: Callable[[Found], bool] | None = None
    source: str = field(init=False)
    """The rule's patterns as one alternation, made once: it is looked up for every text."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", "(?:" + "|".join(self.patterns) + ")")


def held_before(name: str, says: str, source: str, *, but: str = "") -> Hold:
    """Hold a rule back when the pattern ends right where the match begins.

    Only what follows the last place where but occurs counts.
    """
    anchored = f"(?:{source})$"

    def applies(found: Found) -> bool:
        before = found.before
        ends = [end for _, end in pattern(but).spans(before)] if but else []
        return pattern(anchored).found_in(before[ends[-1] :] if ends else before)

    return Hold(name, says, f"{anchored} {but}".rstrip(), applies)


def held_within(name: str, says: str, source: str) -> Hold:
    """Hold a rule back when the pattern occurs in the matched words and what follows them."""
    return Hold(
        name,
        says,
        f"within {source}",
        lambda found: pattern(source).found_in(found.matched + found.after),
    )


def held_in_sentence(name: str, says: str, source: str) -> Hold:
    """Hold a rule back when the pattern occurs anywhere in the sentence of the match."""
    return Hold(name, says, source, lambda found: pattern(source).found_in(found.sentence))


class RuleFamily:
    """A classifier made of rules: its signals carry hits and no scores.

    modifiers are rules that count only near a hit of an ordinary rule. With see_through, signs that
    stand for letters ("tw@t") are read as letters too.
    """

    def __init__(
        self,
        name: str,
        rules: Sequence[Rule],
        *,
        modifiers: Sequence[Rule] = (),
        see_through: bool = False,
    ) -> None:
        self.name = name
        self.rules = (*rules, *modifiers)
        self.sha256 = _hash(self.rules)
        self.model = f"{name}@{self.sha256[:12]}"
        self._see_through = see_through
        self._modifiers = tuple(modifiers)
        self._set = PatternSet([rule.source for rule in rules])

    def score(self, texts: Sequence[str]) -> list[Signal]:
        """Return one Signal per text, in order; only the first 20,000 characters are read."""
        return [Signal(model=self.model, hits=self._read(text[:MAX_CHARS])) for text in texts]

    def _read(self, original: str) -> tuple[Hit, ...]:
        folded = fold(original)
        hits = self._hits(original, folded, folded.text)
        if self._see_through:
            clear = undisguise(folded.text)
            if clear != folded.text:
                hits += self._hits(original, folded, clear)
            closed_up = unmask(join_spelt_out(clear))
            if closed_up != clear:
                # Places are lost in closing up, so such a hit spans the whole text.
                found = self._hits(original, Folded(closed_up), closed_up)
                hits += [replace(hit, start=0, end=len(original)) for hit in found]
        return _in_order(hits)

    def _hits(self, original: str, folded: Folded, view: str) -> list[Hit]:
        hits: list[Hit] = []
        for place in self._set.which(view):
            hits.extend(_hits_of(self.rules[place], original, folded, view))
        if any(not hit.rule.startswith("context.") for hit in hits):
            for rule in self._modifiers:
                near = _hits_of(rule, original, folded, view)
                hits.extend(hit for hit in near if _is_near(hit, hits))
        return hits


def _hits_of(rule: Rule, original: str, folded: Folded, view: str) -> Iterator[Hit]:
    # Asked of the whole text first: finding places costs more than finding out that there is one.
    if not all(pattern(sign).found_in(view) for sign in rule.beside):
        return
    for number, (start, end) in enumerate(pattern(rule.source).spans(view)):
        if number == MAX_PLACES:
            return
        found = Found(original, view, start, end)
        if not _counts(rule, found):
            continue
        hold = next((hold for hold in rule.holds if hold.applies(found)), None)
        name, says = (hold.name, hold.says) if hold else (rule.name, rule.says)
        yield Hit(name, says, *folded.original_span(start, end))


def _counts(rule: Rule, found: Found) -> bool:
    near = found.within(_BESIDE_CHARS) if rule.beside else ""
    if not all(pattern(sign).found_in(near) for sign in rule.beside):
        return False
    if rule.unless and pattern(rule.unless).found_in(found.within(_UNLESS_CHARS)):
        return False
    return rule.keep is None or rule.keep(found)


def _is_near(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(
        hit.start - other.end < _NEAR_CHARS and other.start - hit.end < _NEAR_CHARS
        for other in others
        if not other.rule.startswith("context.")
    )


def _in_order(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Drop doubles, keep one hit per rule and beginning, and sort by place."""
    unique = {(hit.rule, hit.start): hit for hit in hits}
    return tuple(sorted(unique.values(), key=lambda hit: (hit.start, hit.rule)))


def _hash(rules: Sequence[Rule]) -> str:
    digest = hashlib.sha256(f"folding {FOLDING_VERSION}".encode())
    for rule in rules:
        holds = "|".join(f"{hold.name} {hold.source}" for hold in rule.holds)
        keep = rule.keep.__name__ if rule.keep else ""
        parts = (rule.name, rule.says, rule.source, *rule.beside, rule.unless, holds, keep)
        digest.update("\n".join((*parts, "")).encode())
    return digest.hexdigest()
