"""What rules of threat share: weapons, injuries, vows, where people are found, hints of harm."""

from __future__ import annotations

from classifiers.rules.patterns import GAP, any_of, words

WEAPON = (
    r"(?:kni(?:fe|ves)|blades?|machetes?|rambo|hatchet|axe|bat|hammer|crowbar|spanner|wheel brace"
    r"|iron bar|chain ?saw|shot ?gun|rifle|gun|air rifle|(?:twelve|12) bore|both barrels|bullets?"
    r"|(?:half )?bricks?|bottles?|petrol|acid|bleach|molotov|lighter|noose|spade|shovel"
    r"|sledge ?hammer|screwdriver|cross ?bow|scaffold pole|stanley knife|golf club|pick ?axe)"
)
BODY = (
    r"(?:heads?|heid|faces?|neck|throat|back|skull|teeth|jaw|ribs|legs?|arms?|ankles?|knees?"
    r"|kneecaps?|fingers?|hands?|eyes?|ears?|nose|chest|spine|belly)"
)
HARMED = (
    r"(?:shanked|chef+ed|stabbed|wetted|juiced|bottled|glassed|bricked|battered|leathered"
    r"|filled in|sparked(?: out)?|jumped|merked|lynched|kneecapped|knifed|petrol ?bombed"
    r"|fire ?bombed|torched|run over|knocked out|sliced|cut up|shot in the|shot dead|hospitalised"
    r"|strangled|throttled|drowned|beaten (?:up|to)|smashed in|burnt out|burned out|strung up)"
)
# Words that stake the writer's honour on what was said.
VOW = (
    r"(?:not joking|no joke\b|(?:and )?i mean it|not mess(?:in|ing)|i swear (?:on|to god|down|i)"
    r"|swear down|(?:swear |i swear )?on my (?:mum|mam|nan|kid|brother|dad|son|daughter|bab[yi]"
    r"|child)\w*'?s?\b|(?:thats?|that'?s|it'?s) a promise|\bpromise you that\b|mark my words"
    r"|do (?:the )?time for (?:it|him|her|you)|nothing (?:left )?to lose|no long talk"
    r"|you(?:'?ve| have) been warned|last warning)"
)
TIME = (
    r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?|half (?:past )?\w+|(?:quarter|ten|twenty|five) (?:past"
    r"|to) \w+|five|six|seven|eight|nine|ten|eleven|midnight|closing(?: time)?)"
)
_HIS = r"(?:your|ur|yer|yours|his|her|hers|their|theirs|[a-z]+'s)"
_HE = r"(?:you|u|ye|he|she|they)"
_THEIRS = (
    r"(?:cars?|van|motor|whip|house|home|gaff|road|street|lane|route|shifts?|bus stop|windows?"
    r"|doorstep|bedroom|curtains?|front door|gate|brakes|tyres?|alloys|wheels?|garden"
    r"|greenhouse|caravan|paint(?:work)?|bike|kids?|lads?|bairns?|wife|husband|missus|mum|mam"
    r"|daughter|son|school|dog|ladder|nan|family|drive(?:way)?|local|gym)"
)
# Where and when somebody is to be found, or what is theirs.
WHEREABOUTS = (
    rf"\b(?:finish(?:es)?|knocks? off|clocks? off|gets? off|locks? up|opens?(?: the \w+)?|leaves?"
    rf"|walks?(?: \w+){{0,4}}|off shift|home|late one){GAP}{words(2)}(?:at|by|around|about|till"
    rf"|til|past){GAP}{TIME}\b",
    rf"\b(?:walks?|walking|drives?|cycles|rides?|jogs?|runs?){GAP}{words(2)}(?:home|back|past"
    r"|thr(?:u|ough)|to (?:the|his|her|your) (?:car|bus)|by the|along|down|in) ",
    rf"\b{_HE}{GAP}{words(2)}(?:parks?|parked|smokes?)\b",
    r"\b(?:bay|level|stand|plot|pitch|berth) \d+\b",
    rf"\b{_HIS}{GAP}{words(2)}{_THEIRS}\b",
    r"\b(?:which|what) (?:door|cars?|house|street|road|bus|one|caravan|window|school|entrance"
    r"|gate|time|shift|route|gym|pub)\b",
    r"\b(?:back|side|staff|street|smokers?'?) (?:door|gate|entrance|alley)\b"
    r"|\bone (?:way|door|road) (?:in|out)\b|\bonly (?:just )?(?:the )?one (?:road|door|way)\b",
    r"\bon (?:your|ur|yer|his|her|their) (?:own|tod)\b|\b(?:all )?alone\b|\bby (?:your|him"
    r"|her)self\b",
    r"\b(?:multi ?store?y|car park|underpass|towpath|stairwell|ground floor|river path"
    r"|side gate|bus stop|alley)\b",
    rf"\b(?:know|kno|no|ken) (?:exactly |fine well )?(?:{_HIS}|which|where|what) ",
    r"\b(?:nice|lovely|tidy|bonny|pretty|big) (?:\w+ ){0,2}(?:car|van|motor|fiat|volvo|golf"
    r"|corsa|alloys|house|home|place|garden|roses|greenhouse|windows?|kids|girls|lad|hands|legs"
    r"|face|dog)\b",
)
# What turns knowing where somebody is into a threat.
HINT = any_of(
    r"\b(?:dark|unlit|no (?:cameras?|cctv|witnesses|railings|neighbours?)|nobody (?:about|around"
    r"|near|would (?:look|hear|know))|slippy|lonely)\b",
    r"\bbe (?:a |such a )?(?:shame|pity)\b|\baccidents?\b|\bthings? (?:do )?(?:happens?"
    r"|gets? (?:cut|broken))|\bhate (?:to hear|for|if|to see)\b|\b(?:folk|people) (?:go missing"
    r"|end up|fall|get hurt)\b",
    r"\bjust? (?:sayin\w*|thinking aloud)\b|\bnoted\b|\bfair warning\b|\bfunny (?:how|thing)\b"
    r"|\bfriendly advice\b|\bthought so\b|\binnit\W*$|\bisn'?t it\W*$",
    r"\b(?:find|visit|catch|wait(?:ing)? for|get|see) (?:you|u|ya|ye|him|her|them)\b"
    r"|\b(?:be|been) waiting\b|\bcome (?:looking|to find|and find)\b|\bpop (?:round|over)\b"
    r"|\bcoming for\b|\bpay(?:ing)? \w+ (?:a|an) (?:\w+ )?visit\b|\bbe seeing\b",
    r"\b(?:mind (?:how|your|yer|ur)|watch (?:your|ur|yer) (?:back|self)|better watch|be careful"
    r"|take care|look after|sleep (?:well|tight)|sleeps well|sweet dreams|good luck)\b",
    r"\b(?:few|couple|lot|load|bunch|plenty|some) of us\b|\bmy (?:lads|mates|boys|cousins?)\b",
    r"\b(?:not forgot|never forget|don'?t forget|long memor(?:y|ies))\b",
    rf"\b(?:torch|burn|brick|key|keyed|slash|smash|run (?:him|her|you|them) over"
    rf"|braking|{WEAPON})\b",
    r"\bwon'?t always\b|\bone day\b|\bnext time\b|\bsooner than\b",
)
# Whoever worries, thanks, asks or tells of themselves hints at nothing.
NO_HARM_MEANT = (
    r"\b(?:my|our) (?:wife|husband|mum|mam|dad|daughter|son|kids?|sister|brother|nan)\b|\bplease\b"
    r"|\bthank|\bwell done\b|\bheroes?\b|\bcheers\b|\bi (?:walk|drive|park|finish|work|live)\b"
    r"|\b(?:street ?)?lights? (?:up|back|on|out|need)|\bsafe\b|\bdisgrace|\bleave (?:her|him"
    r"|them) alone\b|\b(?:flask|cake|cuppa|brew|card|flowers|donat\w+|raffle|open day)\b"
    r"|\bhanded in\b|\b(?:visit|sunday service|hymns?)\b|\bpets?\b|\bpolice\b|\breport(?:ed)?\b"
    r"|\bcouncil tax\b"
)
