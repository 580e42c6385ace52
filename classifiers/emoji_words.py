"""Says emoji in words, so that a model reads what a person sees."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The name in the standard is not what people mean by it, or is longer than it need be.
_MEANT = {
    "\U0001f595": "middle finger",
    "\U0001f921": "clown",
    "\U0001f4a9": "pile of shit",
    "\U0001f346": "aubergine penis",
    "\U0001f351": "peach bum",
    "\U0001f4a6": "sweat drops",
    "\U0001f602": "crying with laughter",
    "\U0001f923": "rolling with laughter",
    "\U0001f62d": "crying loudly",
    "\U0001f480": "skull dead",
    "\U0001f644": "rolling eyes",
    "\U0001f64f": "praying hands",
    "\U0001f44f": "clapping hands",
    "\U0001f44d": "thumbs up",
    "\U0001f44e": "thumbs down",
    "\U0001f525": "fire",
    "\u2764": "heart",
    "\U0001f621": "red angry face",
    "\U0001f620": "angry face",
    "\U0001f92c": "swearing face",
    "\U0001f92e": "vomiting face",
    "\U0001f922": "sick face",
    "\U0001f52a": "knife",
    "\U0001f52b": "gun",
    "\U0001f4a3": "bomb",
    "\u26b0": "coffin",
    "\U0001faa6": "gravestone",
    "\U0001f412": "monkey",
    "\U0001f435": "monkey face",
    "\U0001f648": "monkey covering eyes",
    "\U0001f64a": "monkey covering mouth",
    "\U0001f649": "monkey covering ears",
    "\U0001f98d": "gorilla",
    "\U0001f437": "pig face",
    "\U0001f416": "pig",
    "\U0001f400": "rat",
    "\U0001f40d": "snake",
    "\U0001f411": "sheep",
}
# Skin colour, presentation and joiners say nothing about what is meant.
_SILENT = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_LONE_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
_SIGN = (
    "[\u203c\u2049\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\U0001f000-\U0001f0ff\U0001f300-\U0001faff]"
)
_RUN = re.compile(f"({_SIGN})\\1*")
_FLAG_LETTERS = (
    "ad ae af al am ar at au az ba bb bd be bg br bw by ca ch cl cn co cu cy cz de dk dz ee"
    " eg es et eu fi fr gb ge gh gr hk hr hu ie il in iq ir is it jm jo jp ke kr kw lb lk lt"
    " lu lv ly ma md me mk mm mt mx my ng nl no np nz om pe ph pk pl ps pt qa ro rs ru sa sd"
    " se sg si sk so sy th tn tr tt tw ua ug us uz ve vn ye za zm zw"
)
_FLAGS = frozenset(_FLAG_LETTERS.split())
_FIRST_REGIONAL = 0x1F1E6
_JUNK = re.compile(r"\b(?:sign|symbol|emoji|with|of|variation selector-16)\b")


def emoji_to_words(text: str) -> str:
    """Return the text with each run of one emoji as its words, between blanks; the rest stays."""
    if text.isascii():
        return text
    plain = _SILENT.sub("", text)
    plain = _FLAG.sub(_flag, plain)
    plain = _LONE_REGIONAL.sub(_letter, plain)
    return _RUN.sub(_said, plain)


def _said(found: re.Match[str]) -> str:
    return f" {_words_of(found.group(1))} "


@lru_cache(maxsize=4_096)
def _words_of(sign: str) -> str:
    if sign in _MEANT:
        return _MEANT[sign]
    name = unicodedata.name(sign, "").lower()
    return " ".join(_JUNK.sub(" ", name.replace("-", " ")).split())


def _flag(found: re.Match[str]) -> str:
    letters = "".join(chr(ord(char) - _FIRST_REGIONAL + ord("a")) for char in found.group())
    # Two letters in a row that are no flag of everyday use spell a word ("f" "u").
    return f" flag {letters} " if letters in _FLAGS else letters


def _letter(found: re.Match[str]) -> str:
    return chr(ord(found.group()) - _FIRST_REGIONAL + ord("a"))
