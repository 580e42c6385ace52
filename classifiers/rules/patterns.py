"""Linear-time patterns over folded text: one door to RE2, and the small words that rules share.

RE2 has no back-references and no look-around, so no pattern can take more than linear time. Its
sets read a text once for all the rules of a family together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import re2

_MEMORY_BYTES = 32 << 20
# The folding cuts long runs of a letter down to one, so a doubled letter in a rule may be single.
_DOUBLED = re.compile(r"(?<![\\\[])([a-z])\1(?![*+?{\]])")

# Between two words of one sentence: blanks and light punctuation, never a full stop.
GAP = r"[\s,;:'\"*~_()-]+"
YOU = r"(?:you|u|ya|ye|yous|youse|y'all|yas)"
YOUR = r"(?:your|ur|yer|yr|youse)"
YOU_ARE = r"(?:you'?re|you are|u r|u are|yous? are|youse are|you lot are|ye are|yer|ur)"
THEY_ARE = (
    r"(?:he'?s|she'?s|they'?re|he is|she is|they are|it'?s|that'?s|is|are|was|were"
    r"|he was|she was)"
)
THEM = r"(?:him|her|them|'?em|these|those)"
THEIR = rf"(?:{YOUR}|his|her|their|hers|theirs)"
STAFF = (
    r"(?:fire ?fighter|fire ?m[ae]n|fire ?wom[ae]n|firey|firie|crew|watch|paramedic|medic|nurse"
    r"|doctor|dr|gp|surgeon|matron|midwife|midwives|teacher|head ?teacher|ta|lecturer|tutor"
    r"|call ?handler|call ?taker|operator|dispatcher|control ?room|receptionist|officer|warden"
    r"|inspector|councill?or|planner|clerk|chief|cfo|commander|station manager|manager|gaffer"
    r"|boss|bin ?m[ae]n|social worker|carer|driver|spokes(?:man|woman|person)|staff|worker"
    r"|engineer|housing officer|librarian|lad|bloke|lass|woman|women|man|men|guy|girl|boy|lot"
    r"|geezer|fella|fellow|chap|wifey|wummin|team|copper|pcso|clown|bitch|cunt|prick|bastard"
    r"|wanker|twat|scumbag|idiot|fuckers?|dickhead)(?:s|es)?"
)
# Somebody in reach of the writer: a pronoun, a handle, or a word for staff.
SOMEBODY = (
    rf"(?:{YOU}|{THEM}|@\S+|(?:the|that|this|those|these|every|any|all|all of|one of|{THEIR}|our)"
    rf"{GAP}(?:\w+{GAP}){{0,3}}{STAFF}|the lot of {YOU}|{YOU} (?:all|lot)|your lot)\b"
)
WILL = (
    r"(?:i'?ll|i will|we'?ll|we will|i'?m (?:gonna|gunna|gona|going to|goin to|gannae|gan|gan to"
    r"|about to|coming to)|im a|ima|imma|a'?m gonnae|ah'?ll|ahm gonnae|al|we'?re (?:gonna|gunna"
    r"|going to|coming to)|i'?d (?:love|like|happily|gladly|pay good money) ?(?:to)?"
    r"|i (?:want|wanna|need|swear|promise|hope|am going)(?: to)?|we (?:should|ought to|need to)"
    r"|let'?s|let me|gonna|gunna|wanna|want to|going to|someone'?s (?:gonna|going to)"
    r"|one of (?:us|these days) (?:will|is going to)|me and my (?:mates|lads|boys) (?:will|are))"
)


def words(most: int) -> str:
    """Return a pattern for up to so many words of the same sentence, each with its gap."""
    return rf"(?:[\w@#£$&']+{GAP}){{0,{most}}}"


def any_of(*patterns: str) -> str:
    """Return one pattern that matches whatever any of these does."""
    return "(?:" + "|".join(patterns) + ")"


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY_BYTES
    options.log_errors = False
    return options


def _lenient(pattern: str) -> str:
    return _DOUBLED.sub(r"\1\1?", pattern)


class Pattern:
    """One compiled pattern; searching takes time linear in the text."""

    def __init__(self, pattern: str) -> None:
        self._compiled = re2.compile(_lenient(pattern), _options())

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern occurs anywhere in the text."""
        return self._compiled.search(text) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places of the non-overlapping matches, from left to right."""
        for found in self._compiled.finditer(text):
            yield found.span()


@cache
def pattern(source: str) -> Pattern:
    """Return the compiled pattern for a source; the same source is compiled once."""
    return Pattern(source)


class PatternSet:
    """Many patterns read in one pass."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._set = re2.Set.SearchSet(_options())
        for source in sources:
            self._set.Add(_lenient(source))
        self._set.Compile()

    def which(self, text: str) -> list[int]:
        """Return the positions, in ascending order, of the patterns that occur in the text."""
        return sorted(self._set.Match(text) or ())
