"""Threats with a condition, and threats to buildings, vehicles and homes."""

from __future__ import annotations

from classifiers.rules.contexts import FIGURATIVE_THREAT, NEGATED, QUOTED
from classifiers.rules.engine import Rule, held_before, held_within
from classifiers.rules.patterns import GAP, THEIR, WILL, YOU, any_of, words

CONDITIONAL = Rule(
    name="threat.conditional",
    says="Threatens harm if somebody does or does not do something",
    patterns=(
        r"\b(?:if|unless|when|soon as|next time|anytime|any time|the minute"
        rf"|until){GAP}{words(12)}(?:i'?ll|i will|we'?ll|we will|there'?ll be|there will be"
        r"|i'?m coming|we'?re coming|you'?ll|you will|they'?ll|she'?ll|he'?ll|expect"
        rf"|don'?t be surprised|be prepared for){GAP}{words(4)}(?:trouble|violence|blood|bloodshed"
        r"|regret|be sorry|get hurt|find out what|see what happens|riots?|consequences"
        r"|get a smack|get a slap|get what|brick|bricks|petrol|fists|kick off|come down there"
        r"|come looking|come and find|come for|be round|find you|burn|stab|shoot|kill|batter"
        r"|punch|smash|hurt|deck|chin|beat|bury|hospital|ambulance|dead|in a box)\b",
        r"\b(?:do it |sort it |pay (?:up|me) |answer (?:me )?|reply |tell me |resign |leave "
        r"|back off |stop (?:it )?|get out |fix it |now )or else(?:$|[.!\s])",
        r"\b(?:come|coming|comes|set foot|show (?:your|ur|yer) (?:face|faces)|turn up|turns up"
        rf"|drive|park|step foot){GAP}{words(6)}(?:again|here|street|estate|house|door|road|way"
        rf"|ends|area|scheme){GAP}(?:and|&|n|or){GAP}(?:i'?ll|we'?ll|i will|we will|you'?ll"
        rf"|{YOU} will|see what|see if|find out|watch what)\b",
        rf"\b(?:don'?t|dont|never|dare|dare to){GAP}(?:{YOU} )?(?:ever |even |dare )*(?:come|show"
        rf"|set|turn|bring|send|step){GAP}{words(7)}(?:or (?:else|i'?ll|we'?ll|you'?ll|i will"
        r"|we will|there'?ll|ill|well|youll)|if (?:you|u|ya) (?:want|value|like|know what))",
        rf"\b(?:cross|touch|lie to|ignore|disrespect|mess with|try){GAP}(?:me|us"
        rf"|my \w+){GAP}(?:again|one more time|and|&|n){GAP}{words(2)}(?:i'?ll|we'?ll|see|you'?ll"
        r"|find|watch|regret)\b",
        rf"\b(?:one|1){GAP}more{GAP}{words(4)}(?:and|&|n){GAP}(?:i'?ll|i will|we'?ll|i'?m|your"
        rf"|you'?re|she'?s|he'?s|i swear){GAP}{words(4)}(?:kill|stab|batter|punch|smash|hurt|dead"
        r"|coming|come down|deck|burn|find)",
        rf"\bnext time{GAP}{words(8)}(?:won'?t be so|wont be so|not be so|won'?t just be|it'?ll be"
        rf"|won'?t walk|won'?t miss|won'?t be){GAP}{words(3)}(?:nice|lucky|polite|friendly|calm"
        r"|words|home|egg|eggs|talking|bricks?|patient|kind)",
        r"\b(?:fuck|f\W{0,3}k|mess|piss) (?:around|about) and (?:find out|see)\b",
    ),
    fires=(
        "If you come down our street again there'll be trouble",
        "Come round here again and see what happens",
        "Answer me or else",
        "One more ticket and I'll punch that warden",
        "Don't come back to this estate or we'll be ready",
        "Next time I won't be so polite",
        "unless you drop the charges you will regret it",
        "show your face on this estate again and we'll brick you",
    ),
    silent=(
        "If you don't reply I'll contact my MP",
        "If nothing changes we'll be writing to the ombudsman",
        "Unless you fix it I will make a formal complaint",
        "If you come to the open day you'll see what we do",
        "Next time I won't be calling the council",
        "If you smell gas, will you ring us or someone else?",
        "If I kick off about it I'll be seen as the bad guy",
    ),
    holds=(
        QUOTED,
        held_before(
            "context.negated",
            "Says that it will not happen, or should not",
            rf"\b(?:i am|i'?m|we'?re|we are) not saying{GAP}{words(2)}",
        ),
        held_within(
            "context.figurative",
            "Speaks of lawful steps or of the work itself",
            any_of(
                r"\b(?:my mp|ombudsman|solicitors?|court|legal|complain\w*|the papers|the press"
                r"|vote|petition|councillors?|sue|insurance|legislation|open day"
                r"|see what happens (?:at|on)|protest|peaceful\w*|paperwork|kick off about"
                r"|smoke alarms?|escape)\b",
                r"\b(?:see|find out) what (?:we|they|crews|the team) (?:do|does)\b",
            ),
        ),
    ),
)

_BUILDING = (
    r"(?:station|fire station|fire ?house|hq|headquarters|office|offices|depot|town hall"
    r"|council (?:offices?|building)|civic centre|surgery|school|hospital|a&e|building|place|house"
    r"|home|gaff|garage|shed|front door|door|windows?|gate|flat|reception|yard|gym|library|mosque"
    r"|hotel|control room|museum|training centre)s?"
)

_VEHICLE = (
    r"(?:engine|fire engine|truck|appliance|pump|van|car|motor|tyre|tire|ambulance|bike|caravan"
    r"|vehicle|vehicles|wheels|aerial|minibus|camera|camera van)s?"
)

_WRECK = (
    r"(?:torch|burn|burn down|firebomb|petrol bomb|petrol-bomb|brick|bomb|blow up|smash|smash up"
    r"|trash|wreck|slash|key|egg|ram|spray ?paint|graffiti|set fire to|set light to|set alight"
    r"|stone|vandalise|ransack|sabotage|put a brick through|put a match to|stick a match to"
    r"|put the windows (?:in|out) (?:of|at)|storm|raze)"
)

_SHOULD = (
    rf"(?:{WILL}|should|shud|ought to|needs? to|wants? to|could|might|deserve(?:s)? to|must"
    r"|why (?:don'?t|doesn'?t) (?:we|someone|somebody)|about time (?:someone|we)|it'?s time (?:we"
    r"|to)|time to|someone please|somebody please|just|lets|will)"
)

PROPERTY = Rule(
    name="threat.property",
    says="Threatens a building, a vehicle or somebody's home, or urges others to damage it",
    patterns=(
        rf"\b{_SHOULD}{GAP}{words(2)}{_WRECK}{GAP}{words(3)}(?:{_BUILDING}|{_VEHICLE})\b",
        rf"\b(?:{_BUILDING}|{_VEHICLE}){GAP}{words(3)}(?:should|needs?|deserves?|wants|ought|will"
        rf"|gonna|is going|are going|'?ll){GAP}(?:to )?(?:be |get |to be |to get )*(?:torched"
        r"|torching|burn(?:ed|t|ing)?(?: down)?|bricked|bombed|firebombed|petrol bombed|smashed"
        r"|trashed|wrecked|slashed|keyed|egged|rammed|blown up|levelled|put through|put in)\b",
        rf"\b{THEIR}{GAP}{words(1)}(?:{_BUILDING}|{_VEHICLE}){GAP}{words(2)}(?:gets?|getting|got"
        r"|be|be getting){GAP}(?:torched|burnt|burned|bricked|smashed|keyed|slashed|egged"
        r"|put through|put in|done in|done)\b",
        rf"\b(?:put|putting|get|getting|lob|chuck|throw){GAP}(?:a |some )?(?:brick|bricks"
        rf"|petrol bomb|firework|rocks?|half a brick|molotov)s?{GAP}(?:through|at|in"
        rf"|into){GAP}(?:{THEIR}|the|that|every){GAP}{words(1)}(?:{_BUILDING}|{_VEHICLE})\b",
        rf"\b(?:put|putting|do|doing|go){GAP}{THEIR}{GAP}(?:{words(1)})windows? (?:in|through|out"
        r"|tonight)\b",
        rf"\bhope{GAP}{words(4)}(?:insured|insurance|sprinklers|smoke alarms?"
        rf"|cctv){GAP}{words(3)}(?:tonight|soon|up to date|for when|when we|working when)",
        rf"\bhope{GAP}{words(1)}{THEIR}{GAP}{words(1)}(?:{_VEHICLE}"
        rf"|{_BUILDING}){GAP}{words(4)}(?:ok|okay|alright|safe|there|gone|burns?|burnt|burned"
        r"|in the morning|flat|explodes?)\b",
        rf"\b(?:{_VEHICLE}|tyres){GAP}{words(2)}(?:might|may|could|can|tend to"
        rf"|will){GAP}(?:just )?(?:get|be|go|have|end up){GAP}{words(1)}(?:keyed|slashed|let down"
        r"|torched|flat|missing|smashed|an accident|damaged|up in smoke|up in flames|windows)",
        rf"\b{_SHOULD}{GAP}{words(2)}(?:burn|torch|brick|bomb|smash|storm){GAP}(?:it|the (?:whole "
        rf")?(?:place|thing|lot)"
        r"|them) (?:all )?(?:down|to the ground|up|out)\b",
    ),
    fires=(
        "Someone should torch that station.",
        "We'll put your windows through",
        "that van wants burning",
        "Hope your car is ok in the morning",
        "I'm gonna key your car",
        "let's burn down the council offices",
        "Hope you've got good insurance for when we come tonight",
        "Your tyres might just end up slashed",
        "chuck a brick through his window",
    ),
    silent=(
        "Someone set fire to the bins behind the station",
        "Kids are smashing up cars on Mill Street, please come",
        "The station should be saved, not closed",
        "They should spray the whole building with foam",
        "How long will the house burn for in the training film?",
        "You should fit smoke alarms in every home",
        "My house could have burned down, thank you all",
        "hope your car is fixed soon",
    ),
    holds=(QUOTED, NEGATED, FIGURATIVE_THREAT),
)
