"""Personal details in hints: two signs together tell where somebody is to be found, and when."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule
from classifiers.rules.patterns import any_of
from classifiers.rules.personal_address import STREET

_COLOUR = r"(?:red|blue|green|white|black|gr[ae]y|silver|yellow|orange|brown|purple|pink)"
_MAKE = (
    r"(?:car|van|bmw|audi|merc\w*|ford|fiesta|focus|corsa|golf|polo|astra|vauxhall|mini|fiat"
    r"|toyota|yaris|nissan|qashqai|juke|kia|hyundai|skoda|seat|tesla|range rover|land rover|honda"
    r"|civic|peugeot|renault|clio|volvo|jeep|passat|insignia|octavia|transit|motor ?bike|scooter"
    r"|mazda|suzuki)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_KIN = (
    r"(?:wife|husband|missus|mrs|mum|mam|mother|nan|kids?|lads?|girls?|boys?|sons?|daughters?"
    r"|bairns?|little ones?|yute|girlfriend|boyfriend|partner|sister|brother|dad|family|lass"
    r"|other half)"
)
_HOME = any_of(
    r"\b(?:lives?|living|staying|stays|rents|renting|moved in|bides|flat|house|bungalow"
    r"|sleep(?:s|ing)?)\b(?: \w+){0,6} (?:[a-z']+ "
    + STREET
    + r"|above the|over the|next (?:to|door)|behind the|by the|opposite|near the|end of|off"
    r"|number \d+|no \d+)\b",
    rf"\b{_COLOUR} (?:front )?door\b|\b(?:bottom|top|middle) (?:flat|buzzer)\b|\bbuzzer\b",
    rf"\b\d{{1,3}}[a-z]? (?:[a-z']+ ){{1,2}}{STREET}\b",
)
_VEHICLE = (
    rf"\b{_COLOUR} (?:\w+ )?{_MAKE}\b|\b(?:reg|plate|registration)(?: \w+){{0,3}}"
    r" (?:is|[a-z]{2}\d\d)|\bdrives (?:a|the) "
)
_WHEN = any_of(
    rf"\b(?:every|on|most|always|usually|mornings?|nights?) (?:\w+ )?{_DAY}\b",
    rf"\b{_DAY}(?: (?:and|to|til) {_DAY})?(?: \w+){{0,3}} (?:from|at|till?|after|\d|night|morning"
    r"|evening)",
    r"\b(?:from|at|by|till|after|around|about) (?:half |quarter (?:past|to) )?"
    r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?|five|six|seven|eight|nine|ten|eleven)\b",
    r"\bevery (?:morning|night|evening|friday|week|october)\b|\bfour on,? four off\b",
)
_FAMILY = (
    rf"\b(?:his|her|their|[a-z]+'?s) (?:\w+ )?{_KIN}\b(?: \w+){{0,5}} (?:at|in|to|on|behind"
    rf"|works?|goes|does|runs?|drops?|walks?)\b|\b(?:his|her|their) (?:two |little )?{_KIN}\b"
)
_HAUNT = (
    r"\b(?:drinks|trains|plays|shops|goes|always|swims|prays|worships|coaches)\b(?: \w+){0,4}"
    r" (?:in|at|down|round|on) (?:the|st|\w+'s) |\b(?:gym|tennis club|golf club|zumba|quiz night"
    r"|slimming world|five a side|allotment|gurdwara|mosque|church|care home|nursery"
    r"|school run)\b"
)
_INVITED = (
    r"\b(?:if|in case|for) (?:any ?(?:one|body)|people|you|folk|those)(?:'?s| is| are| lot)?"
    r" (?:\w+ ){0,3}(?:want\w*|fancies|fancy|cross|ask\w*|wondering|interested|would like|has"
    r"|have|whose)\b",
    r"\b(?:go|come|pop|nip) (?:and |(?:round|over|down) (?:and )?)?(?:knock|ask|tell|see|park"
    r"|have a (?:word|chat|look|browse)|say|browse|ring|press|discuss|fine|call)\b",
    r"\bsay (?:hi|hello)\b|\bdo with that (?:what|as)\b|\bfancies a (?:chat|word)\b"
    r"|\bjust so (?:every ?(?:one|body)|you|people)\b|\b(?:everyone|everybody) (?:knows?|nos)\b",
    r"\bask (?:him|her|them|any ?one)\b|\b(?:tell|thank|speak to|see|visit) (?:him|her|them)"
    r" (?:in person|yourselves|to (?:his|her) face|face to face)\b|\bface to face\b"
    r"|\bkeep (?:pressing|knocking|ringing)\b|\bwanting a word\b|\breturn the favour\b"
    r"|\bshare (?:it|this)\b|\bpass it on\b|\bhow brave\b",
)
_OF_SOMEBODY = (
    r"\b(?:he|she|his|her|him|he'?s|she'?s|hes|shes|they|mrs?|ms|miss|dr|lives|drives|drinks"
    r"|rents|staying|that (?:warden|nurse|officer|lad|lass|bloke|woman|teacher))\b"
)
_OPEN_TO_ALL = (
    r"\b(?:i|i'?m|im|i'?ve|my|our|we|we'?re|me|us|thank\w*|well done|please|meetings?"
    r"|consultation|open day|fire (?:at|in)|smoke|crash|stuck|road ?works|potholes?|bins?|delete"
    r"|removed?|reported|take (?:it|that|this) down|mods?|moderat\w+|police|lights?|union|hurry"
    r"|coats?|donat\w+)\b"
)


def _described(
    patterns: tuple[str, ...], beside: str, fires: tuple[str, ...], silent: tuple[str, ...]
) -> Rule:
    """Make a rule of two signs: neither a car nor a day alone tells where somebody is."""
    return Rule(
        "personal.routine",
        "Tells of somebody's home, shifts, family, car or habits",
        patterns,
        fires,
        silent,
        (QUOTED,),
        beside=(beside, _OF_SOMEBODY),
        unless=_OPEN_TO_ALL,
    )


DESCRIBED = (
    _described(
        _INVITED,
        any_of(_HOME, _VEHICLE, _WHEN, _FAMILY, _HAUNT),
        (
            "she drinks in the Bell on Fridays if anyone fancies a chat",
            "He's in the gym every morning, go and say hello",
        ),
        (
            "The church has coats if anyone wants one",
            "If anyone has seen a grey Corsa driving off from the crash ring 101",
            "Pop down and see the crew on Saturday at ten",
        ),
    ),
    _described(
        (_HOME,),
        any_of(_VEHICLE, _WHEN),
        (
            "lives above the bookies, green Fiesta outside, that's her",
            "he's the blue door, in after six",
        ),
        ("There's a grey van on fire outside number 4", "Who lives above the shop?"),
    ),
    _described(
        (_VEHICLE,),
        any_of(_WHEN, _FAMILY, _HAUNT),
        (
            "she drives a white Yaris, gym at seven",
            "grey Golf, that's his wife at the school run in it",
        ),
        ("white van man again at eight in the morning", "My red Fiat was hit at nine"),
    ),
    _described(
        (_HAUNT,),
        any_of(_WHEN, _FAMILY),
        (
            "She goes to the gym on Ropery Lane at six",
            "he's at the allotment every Friday with his lads",
        ),
        ("The nursery opens at eight", "We go to church on Sundays"),
    ),
)
