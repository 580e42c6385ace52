"""Personal details of somebody: number, address, postcode, e-mail, vehicle, routine and family.

Numbers and addresses that the service itself gives out (999, 101, 111, 0800, role mailboxes) and
details that the writers give of themselves are no rule's business here.
"""

from __future__ import annotations

import re

from classifiers.matching import pattern
from classifiers.rules.contexts import OTHERS_DETAILS, QUOTED
from classifiers.rules.engine import Found, Rule, RuleFamily, held_before, held_in_sentence
from classifiers.rules.patterns import GAP, any_of, words

_STREET = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|crescent|cres|way|court|place|terrace|tce"
    r"|gardens|gdns|grove|hill|rise|row|view|walk|mews|square|park|green|gate|wynd|brae|vale|parade"
    r"|croft|meadows?|fields?|bank|quay|wharf|cottages?|villas|heights|chase|end|side)"
)
_LIVING = (
    r"\b(?:lives?|living|resides?|stays? (?:at|in|on)|bides?|home is|home address|address is"
    r"|address|house is|flat is|his (?:house|gaff|flat|place)|her (?:house|gaff|flat|place)"
    r"|their (?:house|home|place)|find (?:him|her|them)|round (?:his|hers|theirs))\b"
)
_CAR = (
    r"\b(?:plate|plates|reg|registration|car|drives?|driving|van|motor|bmw|audi|merc|mercedes|ford"
    r"|fiesta|focus|corsa|golf|vw|polo|astra|vauxhall|mini|fiat|toyota|nissan|qashqai|juke|kia"
    r"|hyundai|skoda|seat|tesla|range rover|land rover|honda|peugeot|renault|clio|volvo|jeep"
    r"|motorbike)\b"
)
_PUBLIC_PREFIX = ("0800", "0808", "0845", "0844", "0870", "03", "09")
_PUBLIC_MAIL = re.compile(
    r"@(?:[\w.-]+\.)?(?:gov\.uk|nhs\.uk|nhs\.net|police\.uk|parliament\.uk|gov\.wales|gov\.scot)$"
    r"|^(?:info|press|pressoffice|media|enquiries|enquiry|contact|hello|hr|office|admin|support"
    r"|help|customer\.?services?|complaints|reception|foi|dpo|news|newsdesk|bookings|recruitment"
    r"|events|no-?reply|fundraising|communications|comms)@"
)
_NOT_A_STREET = pattern(
    r"\b(?:minutes?|mins?|hours?|hrs|miles?|engines?|cars?|on|in|the|of|at|down|up|from|a|and"
    r"|pumps?|appliances?|crews?|people|houses?|years?|days?|weeks?|months?|metres?|yards?|times|to"
    r"|it|is|for|this|that|your|my|our|per|fire|bins?|million|thousand|quid|pounds|firefighters?"
    r"|more|was|were|are|have|has|had|he|she|they|we|you|i|by|along|near|past|off|over|with|ton"
    r"|tonne|foot|km|mph|planes?|lads?|men|women|calls?|jobs?|stations?|schools?|kids|children|pm"
    r"|am|litres?|storey)\b"
)


def _is_private_number(found: Found) -> bool:
    digits = "".join(char for char in found.matched if char.isdigit())
    if digits.startswith("0044"):
        digits = digits[4:]
    elif digits.startswith("44"):
        digits = digits[2:]
    digits = "0" + digits.lstrip("0")
    if len(digits) not in {10, 11} or digits.startswith(_PUBLIC_PREFIX):
        return False
    return digits[1] in "1257" and len(set(digits[2:])) > 2


def _is_street(found: Found) -> bool:
    return not found.matched[0].isdigit() or not _NOT_A_STREET.found_in(found.matched)


def _is_private_mail(found: Found) -> bool:
    return _PUBLIC_MAIL.search(found.matched.strip()) is None


def _is_plate(found: Found) -> bool:
    """Take a spaced plate only beside talk of a vehicle or written in capitals."""
    written = found.original[found.start : found.end]
    return (written.isupper() and len(found.original) == len(found.folded)) or pattern(
        _CAR
    ).found_in(found.sentence)


def _is_postcode(found: Found) -> bool:
    return found.matched.strip()[-2:] not in {"nd", "rd", "th", "st", "ft", "px"}


_OWN_NUMBER = held_before(
    "context.self",
    "The writer gives their own details",
    rf"\b(?:my|our|me|us|i'?m|im|i am|we are|we'?re|i live|we live){GAP}{words(6)}",
)
_LIVES_THERE = pattern(_LIVING)


def _incident_hold(found: Found) -> bool:
    return not _LIVES_THERE.found_in(found.sentence) and OTHERS_DETAILS.applies(found)


_INCIDENT = type(OTHERS_DETAILS)(
    OTHERS_DETAILS.name, OTHERS_DETAILS.says, OTHERS_DETAILS.source + _LIVING, _incident_hold
)
_PLACES = (_OWN_NUMBER, _INCIDENT)

PHONE = Rule(
    name="personal.phone",
    says="Gives a telephone number that is not a public line",
    patterns=(r"(?:\+|\b)(?:44|0044|0)(?:[\s().-]{0,3}\d){9,10}\b",),
    fires=(
        "Ring him at home on 01632 960 123, see how he likes it",
        "Sam's mobile is 07700 900123",
        "+44 7700 900 456 is her number",
        "0770-0900-789 go on, call her",
    ),
    silent=(
        "In an emergency call 999, or 101 if it can wait",
        "Ring 0808 157 0123 about student finance",
        "Call us on 0306 999 0123",
        "My number is 07700 900123, please call me back",
        "You can ring the council switchboard on 01632 960001",
        "I pay £07000000000 a year it feels like",
        "ref 00000000000",
    ),
    holds=_PLACES,
    keep=_is_private_number,
)

ADDRESS = Rule(
    name="personal.address",
    says="Gives a street or house where somebody lives",
    patterns=(
        rf"\b\d{{1,4}}[a-z]?,?\s+(?:[a-z'-]+\s+){{1,3}}{_STREET}\b",
        r"\b(?:flat|apartment|unit)\s+\d{1,3}[a-z]?\b[\s,]+(?:[a-z'-]+\s+){0,3}(?:house|court"
        r"|point|heights|tower|towers|lodge|mansions)\b",
        rf"\b(?:he|she|they|him|her|bloke|lad|lass|[a-z]+ [a-z]+|who)(?:'?s)?{GAP}(?:lives?|living"
        rf"|resides|stays|bides){GAP}(?:at|on|in|near|off|round|up|down|opposite|behind"
        rf"|next (?:door )?to|just off){GAP}(?:the |number |no )?(?:\d{{1,4}}[a-z]? )?(?:[a-z'-]+"
        rf" ){{0,3}}{_STREET}\b",
    ),
    fires=(
        "He's at 14 Larkfield Rise if anyone fancies a chat",
        "That's Sam from Blue watch, lives on Larkfield Rise",
        "her home address is 2b Old Mill Lane",
        "she lives off Tannery Road",
        "Flat 3, Beech Court is where you'll find him",
    ),
    silent=(
        "It took 20 minutes down the road",
        "2 fire engines on Mill Street",
        "There is a fire at 14 Larkfield Rise",
        "I live at 14 Larkfield Rise and nobody came",
        "Meeting at 3 Church Street about the consultation",
        "my mum lives on Mill Street and is scared",
        "People who live on Mill Road are fed up with the traffic",
        "5 years in the same place",
    ),
    holds=(
        *_PLACES,
        held_in_sentence(
            "context.self",
            "The writer gives their own details",
            r"\b(?:my|our|i|we|anyone|anybody|everyone|people|residents|those"
            r"|neighbours?)(?: \w+){0,3} (?:who |that )?(?:lives?|living)\b",
        ),
    ),
    keep=_is_street,
)

POSTCODE = Rule(
    name="personal.postcode",
    says="Gives a full postcode",
    patterns=(r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}\b",),
    fires=("her postcode is QX4 7ZZ", "he's down at qx47zz", "Sam Price QX4 7ZZ just saying"),
    silent=(
        "Fire at QX4 7ZZ, please send someone",
        "my postcode is QX4 7ZZ and my bin was missed",
        "on the m1 2nd junction",
        "leaving at 9 2day",
    ),
    holds=_PLACES,
    keep=_is_postcode,
)

EMAIL = Rule(
    name="personal.email",
    says="Gives a private e-mail address",
    patterns=(r"\b[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}\b",),
    fires=("send it all to sam.price@example.com", "Her private one: dan1986@example.org"),
    silent=(
        "Write to press@northmoor.example or foi@northmoor.gov.uk",
        "email me at jo@example.com",
        "@northmoorfire well done",
    ),
    holds=_PLACES,
    keep=_is_private_mail,
)

PLATE = Rule(
    name="personal.plate",
    says="Gives a vehicle's number plate",
    patterns=(
        r"\b[a-hj-pr-y][a-hj-y]\d{2}\s?[a-hj-pr-z]{3}\b",
        r"\b[a-hj-np-tv-y]\d{1,3}\s[a-hj-pr-z]{3}\b",
    ),
    fires=(
        "Grey Corsa, AB12 CDE, that's his",
        "she drives the red mini ab12 cde",
        "AB12CDE parked outside the nick",
    ),
    silent=(
        "open until ten on no10 the whole week",
        "my car is AB12 CDE and it was hit by a bin lorry",
        "B12 has more vitamins",
        "I am in ward b12 for now",
    ),
    holds=(_OWN_NUMBER,),
    keep=_is_plate,
)

ROUTINE = Rule(
    name="personal.routine",
    says="Tells of somebody's shifts, family, school, car or habits",
    patterns=(
        rf"\b(?:he|she|[a-z]+)(?:'?s| is){GAP}(?:always |usually )?off (?:every |on |most )*(?:mon"
        r"|tue|tues|wed|weds|thu|thurs|fri|sat|sun)(?:day)?s?\b",
        rf"\b(?:his|her|their){GAP}(?:missus|wife|husband|mrs|lads?|girls?|kids?|boys?|daughters?"
        rf"|sons?){GAP}(?:does|do|at|go|goes|run|runs|has|got){GAP}{words(4)}(?:on|at|in"
        rf"|to){GAP}\w+",
        rf"\b(?:he|she)(?:'?s| is)?{GAP}(?:always |usually |normally |only |just )*(?:finishes"
        r"|starts|clocks (?:on|off)|knocks off|gets (?:off|in|home)|leaves(?: work| home"
        r"| the station)?|on shift|on nights|off duty|working nights"
        rf"|works nights){GAP}{words(2)}(?:at|around|about|by|before|till|until|on"
        rf"|every){GAP}(?:\w+{GAP})?(?:\d|six|seven|eight|nine|ten|eleven|midnight|half|mon|tue"
        r"|wed|thu|fri|sat|sun|night|morning)",
        rf"\b(?:his|her|their|[a-z]+'s){GAP}(?:wife|husband|missus|mrs|partner|girlfriend"
        r"|boyfriend|mum|mother|dad|sister|brother|daughter|son|kids?|children|bairns?"
        rf"|little girl|little boy){GAP}(?:also |still )*(?:works?|goes|go|attends?|is|are|plays?"
        rf"|trains?|drinks?|lives?){GAP}(?:at|to|in|for|on|behind|near){GAP}\w+",
        r"\b(?:wife|husband|missus|mrs|girlfriend|boyfriend) (?:works|drinks|teaches"
        rf"|trains) (?:at|in|for){GAP}\w+",
        rf"\b(?:he|she)(?:'?s)?{GAP}(?:always |usually |often )*(?:drinks|trains|drives|parks"
        r"|shops|runs|jogs|cycles|walks (?:his|her|the) dog|takes (?:his|her|the) kids"
        rf"|picks (?:his|her|the) kids up){GAP}{words(3)}(?:at|in|on|to|a|the|from|round|behind"
        r"|past)\b",
        rf"\b(?:his|her|their){GAP}(?:kids?|daughter|son|children|bairns?|little (?:girl"
        rf"|boy)){GAP}(?:is |are )?(?:at|goes? to|in){GAP}(?:\w+{GAP}){{0,4}}(?:school|primary"
        r"|nursery|academy|college|infants?|juniors?)\b",
    ),
    fires=(
        "Tom is off every tues and weds",
        "his missus does nails on Mill Lane and their lads at Larkfield Juniors",
        "she finishes at six on Thursdays",
        "That's Sam from Blue watch, his wife works at the bakery",
        "Her kids go to St Mark's Primary",
        "he always drinks in the Red Lion after",
        "she drives a blue Corsa with a dent",
        "He gets off at about ten most nights",
    ),
    silent=(
        "My daughter goes to St Mark's and loved your visit",
        "He works hard at the station",
        "our kids go to that school and loved it",
        "The open day finishes at six",
        "she drives me mad in the nicest way",
        "My son is in the hospital and the staff were great",
    ),
    holds=(
        QUOTED,
        held_before(
            "context.self",
            "The writer gives their own details",
            rf"\b(?:my|our|i|we|me|us){GAP}{words(4)}",
        ),
        held_in_sentence(
            "context.figurative",
            "A turn of speech, not a detail",
            any_of(
                r"\bdrives? (?:me|us|you|him|her|it|people|everyone|the (?:engine|truck|fire"
                r"|ambulance))\b",
                r"\b(?:drives|runs|walks) (?:a hard bargain|the (?:show|place|council|country"
                r"|service))",
                r"\b(?:my|our) (?:\w+ ){0,2}(?:wife|husband|son|daughter|mum|dad|kids?|brother"
                r"|sister)\b",
            ),
        ),
    ),
)

PERSONAL_DETAILS = RuleFamily(
    "rules.personal_details",
    (PHONE, ADDRESS, POSTCODE, EMAIL, PLATE, ROUTINE),
)
