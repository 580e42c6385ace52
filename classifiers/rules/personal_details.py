"""Personal details of somebody: number, postcode, e-mail, vehicle and account.

Numbers and addresses that the service itself gives out (999, 101, 111, 0800, role mailboxes) and
details that the writers give of themselves are no rule's business here.
"""

from __future__ import annotations

import re

from classifiers.matching import pattern
from classifiers.rules.engine import Found, Rule, RuleFamily
from classifiers.rules.personal_address import ADDRESS
from classifiers.rules.personal_holds import GIVEN_OUT, OWN_DETAILS, PLACES, SOMETHING_HAPPENED
from classifiers.rules.personal_routine import ROUTINE
from classifiers.rules.personal_whereabouts import DESCRIBED

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
        "Reporter at the Northmoor Gazette, who do I speak to? 01632 960 114",
        "My number is 07700 900123, please call me back",
        "You can ring the council switchboard on 01632 960001",
        "I pay £07000000000 a year it feels like",
        "ref 00000000000",
    ),
    holds=PLACES,
    unless=GIVEN_OUT,
    keep=_is_private_number,
)

POSTCODE = Rule(
    name="personal.postcode",
    says="Gives a full postcode",
    patterns=(r"\b(?:[begmlnsw]|[a-z]{2})\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}\b",),
    fires=("her postcode is QX4 7ZZ", "he's down at qx47zz", "Sam Price QX4 7ZZ just saying"),
    silent=(
        "Fire at QX4 7ZZ, please send someone",
        "my postcode is QX4 7ZZ and my bin was missed",
        "on the m1 2nd junction",
        "leaving at 9 2day",
    ),
    holds=PLACES,
    unless=SOMETHING_HAPPENED,
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
    holds=PLACES,
    unless=GIVEN_OUT,
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
    holds=(OWN_DETAILS,),
    keep=_is_plate,
)

HANDLE = Rule(
    name="personal.handle",
    says="Gives somebody's own account on another platform",
    patterns=(
        r"\b(?:her|his|their|[a-z]+'s) (?:own |private |personal |real |other "
        r"|home )?(?:insta(?:gram)?|facebook|fb|tik ?tok|twitter|snap(?:chat)?|linked ?in|strava"
        r"|vinted|tinder|hinge)(?: account| page| profile| handle| name)?(?:'?s| is|:"
        r"| =) ?@?[a-z0-9][a-z0-9._-]{3,}",
        r"\bfind (?:him|her|them) (?:on|under) (?:insta(?:gram)?|facebook|fb|tik ?tok|twitter"
        r"|snap(?:chat)?|linked ?in|strava|vinted|tinder)\b",
    ),
    fires=(
        "her insta is @jo.larch_22 if anybody fancies telling her",
        "find him on strava, same run every morning",
    ),
    silent=(
        "my insta is @jo.larch_22, tag me in the photos",
        "The station's facebook is great for updates",
        "her Facebook was hacked, do not accept",
    ),
    holds=PLACES,
    unless=r"\b(?:great|brilliant|hacked|fake|official|lovely|good|down|broken|not working)\b",
)

PERSONAL_DETAILS = RuleFamily(
    "rules.personal_details",
    (PHONE, ADDRESS, POSTCODE, EMAIL, PLATE, HANDLE, *DESCRIBED, ROUTINE),
)
