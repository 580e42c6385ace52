"""Reasons to hold a rule back: negated, quoted, figurative, about oneself, about somebody else."""

from __future__ import annotations

from classifiers.matching import pattern
from classifiers.rules.engine import Found, Hold, held_before, held_in_sentence, held_within
from classifiers.rules.patterns import GAP, any_of, words

_REPORTING = (
    r"\b(?:said|says|saying|called|calling|calls|call|wrote|writes|shouted|shouts|shouting|yelled"
    r"|screamed|told|posted|posting|commented|commenting|comment|comments|messaged|message|messages"
    r"|tweeted|texted|threatened|threatens|threatening|abuse|abusive|quote|quoting|lyric|lyrics"
    r"|song|line|sign|words|like|someone|somebody|reads?|reading|deleted|removed|reported)\b"
)
_REPORTED_SPEECH = any_of(
    r"\b(?:someone|somebody|he|she|they|people|some (?:bloke|guy|man|woman|idiot|lad|lads|people)"
    r"|a (?:man|bloke|woman|guy|lad|patient|parent|driver|customer|caller|drunk|pupil|teenager)"
    rf"|who|patients|parents|drivers|callers|trolls|yobs|kids|neighbour|ex){GAP}(?:just |once "
    r"|actually |even |also |has |have |had |was |were |been )*(?:said|told|shouted|shouting"
    r"|threatened|threatening|yelled|screamed|screaming|wrote|posted|messaged|saying|says|called"
    r"|calling|tweeted|commented)\b",
    r"\b(?:things|words|stuff|names|what (?:was|is|gets)|something) (?:\w+ )?(?:said|shouted"
    r"|called|typed|posted|written) (?:to|at|about)\b",
    rf"\b(?:got|get|being|been|was|were|is|are|having been){GAP}(?:called|told|threatened"
    r"|screamed at|shouted at|sworn at|spat at)\b",
    rf"\bcalled{GAP}(?:me|us|him|her|them|my {words(1)}\w+|our {words(1)}\w+|the crew|staff)\b",
    r"\b(?:nobody|no-?one|nurses|staff|crews|firefighters|people|anyone) (?:should|deserves?"
    r"|has to|have to|needs? to|should have to) (?:ever |be |to be |get |to )*(?:told|called|hear"
    r"|read|put up)\b",
)


def _is_quoted(found: Found) -> bool:
    """Tell whether the match stands in quotation marks, or is reported as somebody's words."""
    head = found.folded[max(0, found.start - 300) : found.start]
    if head.count('"') % 2 == 1 or _in_single_quotes(found):
        return pattern(_REPORTING).found_in(head) or pattern(_REPORTING).found_in(found.after)
    if head.rpartition("\n")[2].lstrip().startswith(">"):
        return True
    return pattern(_REPORTED_SPEECH).found_in(found.before)


def _in_single_quotes(found: Found) -> bool:
    head, tail = found.folded[: found.start], found.folded[found.end : found.end + 200]
    opened = pattern(r"(?:^|[\s(:,])'[^'\n]{0,120}$").found_in(head[-140:])
    return opened and pattern(r"^[^'\n]{0,120}[\w!.?]'(?:$|[\s,.!?)])").found_in(tail)


QUOTED = Hold(
    "context.quoted",
    "Repeats somebody else's words",
    f"quotes {_REPORTING} {_REPORTED_SPEECH}",
    _is_quoted,
)

_NOT = (
    r"(?:not|never|n't|nt|no ?one is|nobody is|nobody'?s|no ?one|nobody|don'?t|do not|won'?t"
    r"|wouldn'?t|would never|cannot|can'?t|didn'?t|isn'?t|aren'?t|ain'?t|without|instead of"
    r"|rather than|stop|against|nor|neither|hardly|dinnae|wouldnae|isnae|arenae|naw|no way)"
)
# Sounds like a denial and is none: what follows is not denied by it.
NO_DENIAL = any_of(
    r"\bnever mind\b",
    r"\b(?:don'?t|do not|dinnae) (?:you )?worry\b",
    r"\bnot (?:going to|gonna|gunna) lie\b",
    r"\b(?:won'?t|will not|not|never|cannot|can'?t) (?:going to |gonna )?(?:stop|rest|sleep)"
    rf"{GAP}{words(3)}(?:until|till|til)\b",
)
NEGATED = held_before(
    "context.negated",
    "Says that it will not happen, or should not",
    rf"\b{_NOT}{GAP}{words(3)}",
    but=NO_DENIAL,
)

FIGURATIVE_THREAT = held_within(
    "context.figurative",
    "A turn of speech, not a threat",
    any_of(
        rf"\b(?:kill|murder|smash|batter|demolish|destroy){GAP}(?:for )?(?:a|an|another|some|my"
        rf"|the|that|this|those|these){GAP}{words(2)}(?:tea|cuppa|coffee|brew|pint|beer|curry"
        r"|kebab|chippy|chips|burger|pizza|breakfast|dinner|lunch|sandwich|butty|bacon|biscuit"
        r"|cake|wine|gin|mcdonald'?s|maccies|maccy|roast|takeaway|fish|cod|haddock|bottle"
        r"|ice cream|nap|exam|test|interview|workout|gym|set|gig|record|target|song|dance|fag"
        r"|smoke|level|boss|game|match|marathon|5k|10k|run|challenge|spider|wasp|weeds?|lawn"
        r"|grass|vibe|mood|joke|lights|engine|time)\b",
        rf"\b(?:kill|killing){GAP}(?:time|two birds|off|it\b|myself laughing|me with laughter"
        r"|the (?:mood|vibe|lights|power|engine|music|noise|high street|town|village"
        r"|environment))",
        rf"\bshoot{GAP}(?:me|us|you|him|her|them|off|over|down to|a|an|the"
        rf"|some){GAP}(?:{words(1)})(?:message|dm|email|e-mail|line|text|film|video|photos?|pics?"
        r"|hoops|pool|breeze|scene|goal|question|over|an email|an e-mail)",
        r"\b(?:shoot|photo)[- ]?(?:the|a|some|an)? ?(?:film|video|documentary|photos?|advert"
        r"|music)",
        r"\b(?:hug|hugs|kiss|love|laugh|laughing|laughter|kindness|cake|chocolate"
        rf"|joke){GAP}?(?:to death|to bits)\b",
        rf"\bdead{GAP}(?:to me|right|proud|on|lucky|good|brave|kind|funny|nice|sound|chuffed|cute)",
        rf"\b(?:burn|burning|burned){GAP}(?:calories|fat|off|rubber|bridges|cd|the candle)",
        rf"\bpunch{GAP}(?:above|the air|a hole|in the code|bag)",
        rf"\b(?:punching|shooting|hanging){GAP}(?:above|for the stars|stars|out|around|baskets)",
        r"\b(?:if looks could kill|to die for|over my dead body|shoot the messenger"
        r"|shot in the arm|hang (?:out|on|around|about|up|in there)|beat (?:you|him|her"
        r"|them) (?:at|to (?:it|the))|at (?:darts|pool|chess|fifa|football|snooker|quiz|mario kart"
        r"|the quiz|five a side)|on the pitch|at the (?:quiz|match|final|charity match|football"
        r"|game|fun run|tug of war))",
    ),
)


OTHERS_TO_BLAME = held_in_sentence(
    "context.third_party",
    "Aimed at whoever caused the incident, not at staff",
    any_of(
        r"\b(?:who|that|which|whoever|what kind of|what sort of|whichever"
        rf"|some){GAP}{words(3)}(?:did this|does this|do this|done this|did that|set|sets|started"
        r"|starts|start|lit|light|lights|torched|park|parks|parked|vandal\w*|attack(?:s|ed)?"
        r"|throw|throws|threw|throwing|stole|steals?|nicked|dump|dumps|dumped|caused?|causes|cut"
        r"|drives?|drove|rang|made the call|hoax\w*|prank\w*|tips|tipped|fly ?tip\w*|block(?:s"
        r"|ed)?|leaves?|left|smash\w*|abuse[sd]?|spit|spits|spat|assault\w*|hits?|throwing|broke"
        r"|breaks|thinks? (?:it'?s|its) (?:funny|ok|okay|clever)|thought (?:it was|it'?s"
        r"|it) (?:funny|clever))\b",
        r"\b(?:arsonists?|vandals?|fly ?tippers?|thieves|thief|burglars?|yobs?|joyriders?"
        r"|litterbugs?|hoaxers?|hoax callers?|drink drivers?|boy racers?|tailgat\w+|middle lane"
        r"|culprits?|perpetrators?|deliberately lit|started deliberately|sky lanterns?"
        r"|disposable (?:bbq|barbecue)s?)\b",
    ),
)

OTHERS_DETAILS = held_in_sentence(
    "context.third_party",
    "Gives the place of an incident or a public service, not a person's details",
    any_of(
        r"\b(?:fire at|smoke|alarm|blaze|flood(?:ed|ing)?|leak|crash|rtc|accident|incident"
        r"|attended|called to|pothole|planning|application|junction|open (?:day|evening)|fete"
        r"|event|meeting|visit us|museum|church|hall|library|surgery|consultation|road ?works"
        r"|closed|closure|streetlight|street ?light|bins?|traffic|bus|hydrant|collision|on fire"
        r"|burning|trapped|gas|bonfire)\b",
        r"\b(?:call|ring|phone|contact|text|email|e-mail|dial|report it|reach) (?:us"
        r"|the (?:council|station|police|team|switchboard|helpline|charity|surgery|press office"
        r"|office|school)|control|reception|samaritans|crimestoppers|shout|childline|101|111"
        r"|non[- ]emergency)\b",
        r"\b(?:helpline|switchboard|press office|main reception|head office|out of hours (?:line"
        r"|team)|for (?:enquiries|bookings|tickets)|to book|our number is)\b",
    ),
)
