"""Reads words of abuse whose letters are masked with signs, such as "f**k" or "w***er"."""

from __future__ import annotations

import re
from functools import lru_cache

# Only words that a mask makes sense for, the likelier ones first.
_VERBS = (
    "fuck shit piss wank cock arse crap kill rape shag bugger motherfuck bullshit screw murder stab"
    " shoot"
)
_VERB_ENDINGS = ("", "ing", "er", "s", "ed", "ers", "in", "y")
_NOUNS = (
    "cunt bastard twat bitch arsehole asshole bollocks dick dickhead prick slag slut whore idiot"
    " moron scum scumbag knob knobhead bellend fag faggot paki pikey nigger nigga retard spastic"
    " paedo pedo rapist poof dyke tranny chink wog coon mong minge fanny gimp gobshite gypsy muppet"
    " nazi nonce pillock porn pussy sex shithead shite shitty slapper spaz stupid tit tosser turd"
    " arsewipe pisshead shitbag shithole bint fuckface fuckwit dimwit bloody cretin"
)
_MASK = r"[*#\u2022\u25cf\u00b7~%^]"
_MASKED = re.compile(rf"(?<![\w*])(?:[a-z]+{_MASK}+[a-z]*|\*+[a-z]{{2,}})(?![\w*])")
_QUICK = re.compile(rf"[a-z]{_MASK}|\*[a-z]")
_LONGEST = 24


_WORDS = (
    *(stem + ending for stem in _VERBS.split() for ending in _VERB_ENDINGS),
    *(stem + ending for stem in _NOUNS.split() for ending in ("", "s")),
)
# Every word that is worth hiding.
HIDDEN = frozenset(_WORDS)


def unmask(folded: str) -> str:
    """Return the folded text with masked words read as the word they stand for.

    A mask counts as one letter for each sign; where no word fits, one sign may stand for two or
    more letters ("f*ing"). A masked word that fits no known one stays as it is.
    """
    if not _QUICK.search(folded):
        return folded
    return _MASKED.sub(_read, folded)


def _read(found: re.Match[str]) -> str:
    word = found.group()
    return _kept_reading(word) if len(word) <= _LONGEST else word


@lru_cache(maxsize=4_096)
def _kept_reading(word: str) -> str:
    loose = re.compile(re.sub(r"[^a-z]+", "[a-z]+", word))
    fitting = [known for known in _WORDS if loose.fullmatch(known)]
    # min keeps the first of equals, and the likelier words stand first.
    return min(fitting, key=lambda known: abs(len(known) - len(word)), default=word)
