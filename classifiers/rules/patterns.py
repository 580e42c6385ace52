"""The small words that rules share: who is spoken to, who is spoken of, what will be done."""

from __future__ import annotations

# Between two words of one sentence: blanks and light punctuation, never a full stop.
GAP = r"(?:[\s,;:'\"*~_()-]+)"
YOU = r"(?:you|u|ya|ye|yous|youse|y'all|yas)"
YOUR = r"(?:your|ur|yer|yr|youse)"
YOU_ARE = r"(?:you'?re|you are|u r|u are|yous? are|youse are|you lot are|ye are|yer|ur)"
THEY_ARE = (
    r"(?:he'?s|she'?s|they'?re|he is|she is|they are|it'?s|that'?s|is|are|was|were|he was|she was)"
)
THEM = r"(?:him|her|them|'?em|these|those)"
THEIR = rf"(?:{YOUR}|his|her|their|hers|theirs)"
STAFF = (
    r"(?:fire ?fighter|fire ?m[ae]n|fire ?wom[ae]n|firey|firie|crew|watch|paramedic|medic|nurse"
    r"|doctor|dr|gp|surgeon|matron|midwife|midwives|teacher|head ?teacher|ta|lecturer|tutor"
    r"|call ?handler|call ?taker|operator|dispatcher|control ?room|receptionist|officer|warden"
    r"|inspector|councill?or|planner|clerk|chief|cfo|commander|station manager|manager|gaffer|boss"
    r"|bin ?m[ae]n|social worker|carer|driver|spokes(?:man|woman|person)|staff|worker|engineer"
    r"|housing officer|librarian|lad|bloke|lass|woman|women|man|men|guy|girl|boy|lot|geezer|fella"
    r"|fellow|chap|wifey|wummin|team|copper|pcso|clown|bitch|cunt|prick|bastard|wanker|twat|scumbag"
    r"|idiot|fuckers?|dickhead)(?:s|es)?"
)
# Somebody in reach of the writer: a pronoun, a handle, or a word for staff.
SOMEBODY = (
    rf"(?:{YOU}|{THEM}|@\S+|(?:the|that|this|those|these|every|any|all|all of|one of|{THEIR}"
    rf"|our){GAP}(?:\w+{GAP}){{0,3}}{STAFF}|the lot of {YOU}|{YOU} (?:all|lot)|your lot)\b"
)
WILL = (
    r"(?:i'?ll|i will|we'?ll|we will|i'?m (?:gonna|gunna|gona|going to|goin to|gannae|gan|gan to"
    r"|about to|coming to)|im a|ima|imma|a'?m gonnae|ah'?ll|ahm gonnae|al|we'?re (?:gonna|gunna"
    r"|going to|coming to)|i'?d (?:love|like|happily|gladly|pay good money) ?(?:to)?|i (?:want"
    r"|wanna|need|swear|promise|hope|am going)(?: to)?|we (?:should|ought to|need to)|let'?s|let me"
    r"|gonna|gunna|wanna|want to|going to|someone'?s (?:gonna|going to)|one of (?:us"
    r"|these days) (?:will|is going to)|me and my (?:mates|lads|boys) (?:will|are))"
)


def words(most: int) -> str:
    """Return a pattern for up to so many words of the same sentence, each with its gap."""
    return rf"(?:[\w@#£$&']+{GAP}){{0,{most}}}"


def any_of(*patterns: str) -> str:
    """Return one pattern that matches whatever any of these does."""
    return "(?:" + "|".join(patterns) + ")"
