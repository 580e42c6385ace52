"""Personal details: somebody's shifts, family, school, car or habits, told outright."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before, held_in_sentence
from classifiers.rules.patterns import GAP, any_of, words

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
        rf"\b(?:his|her|their){GAP}(?:wife|husband|missus|mrs|partner|girlfriend"
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
