"""Personal details: the street or house where somebody lives."""

from __future__ import annotations

from classifiers.matching import pattern
from classifiers.rules.engine import Found, Rule, held_in_sentence
from classifiers.rules.patterns import GAP
from classifiers.rules.personal_holds import PLACES, SOMETHING_HAPPENED

STREET = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|crescent|cres|way|court|place|terrace|tce"
    r"|gardens|gdns|grove|hill|rise|row|view|walk|mews|square|park|green|gate|wynd|brae|vale|parade"
    r"|croft|meadows?|fields?|bank|quay|wharf|cottages?|villas|heights|chase|end|side)"
)
_NOT_ASTREET = pattern(
    r"^\d+(?:s|st|nd|rd|th)\b|\b(?:minutes?|mins?|hours?|hrs|miles?|engines?|cars?|on|in|the|of|at"
    r"|down|up|from|a|and|pumps?|appliances?|crews?|people|houses?|years?|days?|weeks?|months?"
    r"|metres?|yards?|times|to|it|is|for|this|that|your|my|our|per|fire|bins?|million|thousand|quid"
    r"|pounds|firefighters?|more|was|were|are|have|has|had|he|she|they|we|you|i|by|along|near|past"
    r"|off|over|with|ton|tonne|foot|km|mph|planes?|lads?|men|women|calls?|jobs?|stations?|schools?"
    r"|kids|children|pm|am|litres?|storey)\b"
)


_HOME_OF_SOMEBODY = (
    r"\b(?:he|she|his|her|hers|him|he'?s|she'?s|hes|shes|they|their|them|that'?s|thats|lives?"
    r"|living|rents|moved|home|house|door|knock|address|you'?ll find|where you|warden|officer)\b"
)


def _is_street(found: Found) -> bool:
    return not found.matched[0].isdigit() or not _NOT_ASTREET.found_in(found.matched)


ADDRESS = Rule(
    name="personal.address",
    says="Gives a street or house where somebody lives",
    patterns=(
        rf"\b\d{{1,4}}[a-z]?,?\s+(?:[a-z'-]+\s+){{1,3}}{STREET}\b",
        r"\b(?:flat|apartment|unit)\s+\d{1,3}[a-z]?\b[\s,]+(?:[a-z'-]+\s+){0,3}(?:house|court"
        r"|point|heights|tower|towers|lodge|mansions)\b",
        rf"\b(?:he|she|they|him|her|bloke|lad|lass|[a-z]+ [a-z]+|who)(?:'?s)?{GAP}(?:lives?|living"
        rf"|resides|stays|bides){GAP}(?:at|on|in|near|off|round|up|down|opposite|behind"
        rf"|next (?:door )?to|just off){GAP}(?:the |number |no )?(?:\d{{1,4}}[a-z]? )?(?:[a-z'-]+"
        rf" ){{0,3}}{STREET}\b",
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
        "FIRE in the kitchen 22 Larkfield Close hurry",
        "does it apply to year 11s part way",
    ),
    holds=(
        *PLACES,
        held_in_sentence(
            "context.self",
            "The writer gives their own details",
            r"\b(?:my|our|i|we|anyone|anybody|everyone|people|residents|those"
            r"|neighbours?)(?: \w+){0,3} (?:who |that )?(?:lives?|living)\b",
        ),
    ),
    beside=(_HOME_OF_SOMEBODY,),
    unless=SOMETHING_HAPPENED,
    keep=_is_street,
)
