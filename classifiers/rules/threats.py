"""Threats: explicit, veiled, conditional and to property, with what makes them worse or nothing."""

from __future__ import annotations

from classifiers.rules.contexts import FIGURATIVE_THREAT, NEGATED, QUOTED
from classifiers.rules.engine import Rule, RuleFamily, held_before, held_within
from classifiers.rules.patterns import GAP, SOMEBODY, THEIR, WILL, YOU, YOU_ARE, YOUR, any_of, words
from classifiers.rules.threats_veiled import VEILED

_HARM = (
    r"(?:kill|murder|stab|shoot|strangle|behead|knife|batter|leather|thump|punch|kick|slap|deck"
    r"|chin|glass|shank|merk|wet|lamp|twat|smack|belt|hammer|hurt|harm|maim|cripple|drown|bury"
    r"|rape|poison|hang|lynch|burn|smash|beat|attack|slice|gut|stove|malky|chib|bang"
    r"|spark|jump|ambush|come for|come after)"
)
_STRONG = (
    r"(?:kill|murder|stab|shoot|strangle|behead|knife|shank|merk|batter|rape|lynch|glass|maim|burn"
    r"|chib|malky|drown|hang|punch|thump|kneecap|knock out)"
)
_HOLDS = (QUOTED, NEGATED, FIGURATIVE_THREAT)

_NOT_A_PERSON = held_within(
    "context.figurative",
    "A turn of speech, not a threat",
    rf"^[^.!?\n]*?\b{_STRONG}(?:ing)?{GAP}(?:a|an|the|my|our|some|this|that|time|for|it|off|two|over"
    r"|up|out|all|more|another|down|through|any|myself|yourself|logs?|wood|rubbish|leaves|with"
    r"|in|on|at|to|and|or|candles?|incense|coal|calories|fat|clothes|washing|weeds|one|so|again"
    r"|if|when|next|then|hard|well|from|video|photos|film|bonfires?|guy fawkes|fireworks|our|sorrows)\b",
)
_BODY_IN_PLACE = any_of(
    rf"(?:kick|cave|stove|smash|bash|stamp|punch|boot|put){GAP}{THEIR}{GAP}{words(2)}"
    r"(?:head|heid|face|teeth|skull|ribs|nose|jaw|kneecaps?|knees|legs|pus|coupon|block|lights)\b",
    rf"(?:break|snap|smash|shatter){GAP}{THEIR}{GAP}{words(2)}(?:legs?|arms?|neck|jaw|nose|fingers"
    r"|hands?|back|skull|face|spine|bones|kneecaps?|wrists?)\b",
    rf"(?:slit|cut|slash|open){GAP}{THEIR}{GAP}{words(1)}(?:throat|neck|face|belly)\b",
    rf"knock{GAP}{THEIR}{GAP}{words(1)}(?:teeth|block|head|lights)\b",
    rf"(?:put|stick|shove|plant){GAP}(?:a|one|this|my){GAP}{words(1)}(?:bullet|knife|blade|boot|fist"
    rf"|axe|brick){GAP}(?:in|into|through|up|between){GAP}{THEIR}\b",
    rf"(?:put|send|land){GAP}{SOMEBODY}{GAP}(?:in|to|into|six feet|on){GAP}{words(2)}(?:hospital"
    r"|ground|grave|box|coffin|wheelchair|a&e|a and e|intensive care|icu|under|morgue|mortuary"
    r"|life support|ward)\b",
)

EXPLICIT = Rule(
    name="threat.explicit",
    says="Says that somebody will be hurt or killed",
    patterns=(
        rf"\b{WILL}{GAP}{words(3)}{_HARM}{GAP}(?:the (?:fuck|hell|shit) out of{GAP})?(?:fucking{GAP})?"
        rf"(?:{YOU}|him|her)\b",
        rf"\b{WILL}{GAP}{words(1)}(?:get|have|do|end|finish|deal with|sort){GAP}(?:{YOU}|him|her)"
        rf"(?:{GAP}(?:pal|mate|one day|soon|for (?:this|that)|you (?:fucking )?\w+))?(?:$|[.!\n])",
        rf"\b{WILL}{GAP}{words(2)}{_STRONG}{GAP}(?:the (?:fuck|hell|shit) out of{GAP})?{SOMEBODY}",
        rf"\b{WILL}{GAP}{words(2)}(?:run|knock|do|bang|spark|fill|lay|take){GAP}(?:{YOU}|him|her|them)"
        r" (?:over|down|out|in|the fuck out)\b",
        rf"\b{_BODY_IN_PLACE}",
        rf"\b{YOU_ARE}{GAP}(?:a{GAP})?(?:fucking{GAP})?(?:dead|deid|a dead man|a dead woman|dead meat"
        r"|a goner|getting (?:stabbed|shot|battered|wet|banged|jumped|sparked|shanked|leathered"
        r"|burned|burnt|kicked in|filled in))\b",
        rf"\b{YOU}{GAP}(?:won'?t|wont|will not|will never|ain'?t (?:gonna|going to)|aren'?t going to)"
        rf"{GAP}{words(1)}(?:walk away|walk again|see (?:christmas|next|tomorrow|the|your)|make it"
        r" (?:home|out|back)|wake up|be (?:breathing|walking|alive)|live to|leave alive|get out"
        r" alive|last the)",
        rf"\b(?:someone|somebody|somebody'?s|one of {YOU}|they|he|she|{YOU})(?:'?s|'?re| is| are|'?ll"
        rf"| will){GAP}(?:gonna|going to|get|be|gunna|end up)?{GAP}?{words(2)}(?:get stabbed|get shot"
        r"|get killed|get (?:a|their|his|her|your) (?:head|face) kicked in|get battered|get leathered"
        r"|be found (?:dead|in a ditch|in the canal)|end up (?:dead|in a box|in hospital|in a"
        r" ditch|in the canal|in a body bag))",
        rf"\b(?:slowly |happily |gladly )?(?:kill|murder|stab|shoot|behead|hang|lynch|burn)"
        rf"{GAP}(?:them all|the lot of (?:them|{YOU})|{YOU} all|every (?:last )?one of (?:them|{YOU}))",
        rf"\b(?:be|i'?ll be|we'?ll be|we are|i'?m){GAP}(?:waiting|there|outside|ready|coming|round"
        rf"|stood){GAP}{words(6)}with{GAP}(?:a|my|the|an|our){GAP}{words(1)}(?:bat|knife|blade|gun"
        r"|shotgun|hammer|machete|axe|brick|crowbar|bottle|petrol|acid|iron bar|sledgehammer)s?\b",
        rf"\b(?:bullet|knife|blade|noose|grave|body bag|coffin){GAP}(?:with {YOUR} name|has {YOUR}"
        rf" name|waiting for {YOU}|for {YOU}\b|in {YOUR} (?:back|head|neck))",
    ),
    fires=(
        "I'll be waiting for your crew with a bat, you won't walk away",
        "im gonna kill you",
        "Going to kick your head in next time I see you",
        "I will stab that fat copper",
        "ur dead mate",
        "Ah'll batter ye ya wee rat",
        "someone's going to put you in hospital",
        "you won't see Christmas",
        "We'll burn the lot of you",
        "There's a bullet with your name on it",
        "I swear I'll k1ll him",
        "I will break your legs",
    ),
    silent=(
        "I could murder a cup of tea after that shift",
        "Kill the lights on the way out",
        "I'm going to kill it at the fitness test",
        "that set is killer",
        "Nobody is going to hurt you",
        "I would never hurt you or your crew",
        "Someone told my sister 'I'll kill you' and nobody did anything",
        "I'll shoot you an email tomorrow",
        "We'll beat you at darts again this year",
        "If you don't fix it I'll write to my MP",
        "My nan will kill me if I miss the open day",
        "we are going to burn the old fence at the weekend",
        "You are dead right about the staffing",
        "I'll get you a pint lads",
    ),
    holds=_HOLDS,
)

# A name after the verb: whoever the staff directory knows is matched later, not here.
EXPLICIT_BY_NAME = Rule(
    name="threat.explicit",
    says="Says that somebody will be hurt or killed",
    patterns=(rf"\b{WILL}{GAP}{_STRONG}{GAP}[a-z]\w+\b",),
    fires=("I'll stab Dan if he comes back", "im gonna shoot Sam Price", "we'll kneecap Morris"),
    silent=("We'll burn logs tonight", "Let's drown our sorrows", "going to kill time until six"),
    holds=(*_HOLDS, _NOT_A_PERSON),
)


CONDITIONAL = Rule(
    name="threat.conditional",
    says="Threatens harm if somebody does or does not do something",
    patterns=(
        rf"\b(?:if|unless|when|soon as|next time|anytime|any time|the minute|until){GAP}{words(12)}"
        rf"(?:i'?ll|i will|we'?ll|we will|there'?ll be|there will be|gonna|going to be|i'?m coming"
        rf"|we'?re coming|you'?ll|you will|they'?ll|she'?ll|he'?ll|expect|don'?t be surprised"
        rf"|be prepared for){GAP}{words(4)}(?:trouble|violence|blood|bloodshed|regret|be sorry|get"
        r" hurt|find out what|see what happens|riots?|consequences|get a smack|get a slap|get what"
        r"|brick|bricks|petrol|fists|kick off|come down there|come looking|come and find|come for"
        r"|be round|find you|burn|stab|shoot|kill|batter|punch|smash|hurt|deck|chin|beat|bury"
        r"|hospital|ambulance|dead|in a box)\b",
        r"\b(?:do it |sort it |pay (?:up|me) |answer (?:me )?|reply |tell me |resign |leave |back off |"
        r"stop (?:it )?|get out |fix it |now )or else(?:$|[.!\s])",
        rf"\b(?:come|coming|comes|set foot|show (?:your|ur|yer) (?:face|faces)|turn up|turns up|drive|"
        rf"park|step foot){GAP}{words(6)}(?:again|here|street|estate|house|door|road|way|ends|area|"
        rf"scheme){GAP}(?:and|&|n|or){GAP}(?:i'?ll|we'?ll|i will|we will|you'?ll|{YOU} will|see what|"
        rf"see if|find out|watch what)\b",
        rf"\b(?:don'?t|dont|never|dare|dare to){GAP}(?:{YOU} )?(?:ever |even |dare )*(?:come|show|set|"
        rf"turn|bring|send|step){GAP}{words(7)}(?:or (?:else|i'?ll|we'?ll|you'?ll|i will|we will|there'?ll"
        r"|ill|well|youll)|if (?:you|u|ya) (?:want|value|like|know what))",
        rf"\b(?:cross|touch|lie to|ignore|disrespect|mess with|try){GAP}(?:me|us|my \w+){GAP}(?:again|one"
        rf" more time|and|&|n){GAP}{words(2)}(?:i'?ll|we'?ll|see|you'?ll|find|watch|regret)\b",
        rf"\b(?:one|1){GAP}more{GAP}{words(4)}(?:and|&|n){GAP}(?:i'?ll|i will|we'?ll|i'?m|your|you'?re|"
        r"she'?s|he'?s|i swear)"
        rf"{GAP}{words(4)}(?:kill|stab|batter|punch|smash|hurt|dead|coming|come down|deck|burn|find)",
        rf"\bnext time{GAP}{words(8)}(?:won'?t be so|wont be so|not be so|won'?t just be|it'?ll be|won'?t"
        rf" walk|won'?t miss|won'?t be){GAP}{words(3)}(?:nice|lucky|polite|friendly|calm|words|home|egg"
        r"|eggs|talking|bricks?|patient|kind)",
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
                r"\b(?:my mp|ombudsman|solicitors?|court|legal|complain\w*|the papers|the press|vote"
                r"|petition|councillors?|sue|insurance|legislation|open day|see what happens (?:at|on)"
                r"|protest|peaceful\w*|paperwork|kick off about|smoke alarms?|escape)\b",
                r"\b(?:see|find out) what (?:we|they|crews|the team) (?:do|does)\b",
            ),
        ),
    ),
)

_BUILDING = (
    r"(?:station|fire station|fire ?house|hq|headquarters|office|offices|depot|town hall|council"
    r" (?:offices?|building)|civic centre|surgery|school|hospital|a&e|building|place|house|home|gaff"
    r"|garage|shed|front door|door|windows?|gate|flat|reception|yard|gym|library|mosque|hotel"
    r"|control room|museum|training centre)s?"
)
_VEHICLE = (
    r"(?:engine|fire engine|truck|appliance|pump|van|car|motor|tyre|tire|ambulance|bike|caravan"
    r"|vehicle|vehicles|wheels|aerial|minibus|camera|camera van)s?"
)
_WRECK = (
    r"(?:torch|burn|burn down|firebomb|petrol bomb|petrol-bomb|brick|bomb|blow up|smash|smash up"
    r"|trash|wreck|slash|key|egg|ram|spray ?paint|graffiti|set fire to|set light to|set alight|stone|vandalise|ransack"
    r"|sabotage|put a brick through|put a match to|stick a match to|put the windows (?:in|out)"
    r" (?:of|at)|storm|raze)"
)
_SHOULD = (
    rf"(?:{WILL}|should|shud|ought to|needs? to|wants? to|could|might|deserve(?:s)? to|must|why"
    r" (?:don'?t|doesn'?t) (?:we|someone|somebody)|about time (?:someone|we)|it'?s time (?:we|to)"
    r"|time to|someone please|somebody please|just|lets|will)"
)

PROPERTY = Rule(
    name="threat.property",
    says="Threatens a building, a vehicle or somebody's home, or urges others to damage it",
    patterns=(
        rf"\b{_SHOULD}{GAP}{words(2)}{_WRECK}{GAP}{words(3)}(?:{_BUILDING}|{_VEHICLE})\b",
        rf"\b(?:{_BUILDING}|{_VEHICLE}){GAP}{words(3)}(?:should|needs?|deserves?|wants|ought|will|gonna"
        rf"|is going|are going|'?ll){GAP}(?:to )?(?:be |get |to be |to get )*(?:torched|torching|burn"
        r"(?:ed|t|ing)?(?: down)?|bricked|bombed|firebombed|petrol bombed|smashed|trashed|wrecked"
        r"|slashed|keyed|egged|rammed|blown up|levelled|put through|put in)\b",
        rf"\b{THEIR}{GAP}{words(1)}(?:{_BUILDING}|{_VEHICLE}){GAP}{words(2)}(?:gets?|getting|got|be|be"
        r" getting){GAP}(?:torched|burnt|burned|bricked|smashed|keyed|slashed|egged|put through|put in"
        r"|done in|done)\b",
        rf"\b(?:put|putting|get|getting|lob|chuck|throw){GAP}(?:a |some )?(?:brick|bricks|petrol bomb"
        rf"|firework|rocks?|half a brick|molotov)s?{GAP}(?:through|at|in|into){GAP}(?:{THEIR}|the|that|every)"
        rf"{GAP}{words(1)}(?:{_BUILDING}|{_VEHICLE})\b",
        rf"\b(?:put|putting|do|doing|go){GAP}{THEIR}{GAP}(?:{words(1)})windows? (?:in|through|out|tonight)\b",
        rf"\bhope{GAP}{words(4)}(?:insured|insurance|sprinklers|smoke alarms?|cctv){GAP}{words(3)}"
        r"(?:tonight|soon|up to date|for when|when we|working when)",
        rf"\bhope{GAP}{words(1)}{THEIR}{GAP}{words(1)}(?:{_VEHICLE}|{_BUILDING}){GAP}{words(4)}(?:ok|okay"
        r"|alright|safe|there|gone|burns?|burnt|burned|in the morning|flat|explodes?)\b",
        rf"\b(?:{_VEHICLE}|tyres){GAP}{words(2)}(?:might|may|could|can|tend to|will){GAP}(?:just )?"
        rf"(?:get|be|go|have|end up){GAP}{words(1)}(?:keyed|slashed|let down|torched|flat|missing|smashed"
        r"|an accident|damaged|up in smoke|up in flames|windows)",
        rf"\b(?:burn|torch|brick|bomb|smash|storm){GAP}(?:it|the (?:whole )?(?:place|thing|lot)|them) "
        r"(?:all )?(?:down|to the ground|up|out)\b",
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

MEANS = Rule(
    name="context.means",
    says="Names a weapon, a place or a time",
    patterns=(
        r"\b(?:with|got|have|bring|bringing|grab|using|swing)(?: \w+)? (?:a|my|an|the|our|some|me|this)?"
        r" ?(?:\w+ )?(?:bat|knife|blade|gun|shotgun|rifle|pistol|hammer|machete|axe|brick|crowbar|bottle"
        r"|petrol|acid|screwdriver|golf club|sledgehammer|match|lighter|crossbow|iron bar|chain|sword"
        r"|bricks|knives|fireworks?|air rifle|stanley|knuckle ?dusters?)s?\b",
        r"\boutside (?:the |your |ur |yer |her |his |their |ya )?(?:\w+ )?(?:station|house|work|school|gates?"
        r"|surgery|office|hospital|home|door|depot|flat|nursery|gym|pub|building)\b",
        r"\b(?:in|at|round|to|down|near) (?:the |your |ur |yer |her |his |their )(?:\w+ )?(?:car park|school"
        r"|gates?|station|house|home|front door|back gate|bus stop|staff entrance|depot|gym|local|pub"
        r"|address|street|place)\b",
        r"\b(?:tonight|2nite|tonite|the ?night|tomorrow|tmrw|2moro|the morra|this (?:morning|evening|weekend)"
        r"|after (?:your |ur |his |her |the )?(?:shift|work|hours)|(?:end of|next|your|night) shift|on"
        r" (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day night"
        r"|when (?:you|u|ya|they|she|he) (?:finish|finishes|clock off|knock off|leave|leaves|gets? off|"
        r"come out|comes out))\b",
        r"\bat (?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|o'?clock)|half \w+|(?:six|seven|eight|nine|ten|eleven"
        r"|midnight|midday|noon))\b",
        r"\b(?:at|on|to|round|near|off) (?:\d{1,4}[a-z]? )?(?:[a-z'-]+ ){1,3}(?:street|st|road|rd|lane|avenue"
        r"|ave|close|drive|crescent|terrace|gardens|grove|rise|court|square)\b",
    ),
    fires=(
        "I'll be waiting for you with a bat",
        "im gonna kill you when you finish tonight",
        "I will stab him outside the station",
        "We know where you live at 14 Larkfield Rise",
    ),
    silent=(
        "See you outside the station tonight for the charity car wash",
        "I'll bring a hammer to fix it tomorrow",
    ),
)

THREATS = RuleFamily(
    "rules.threats",
    (EXPLICIT, EXPLICIT_BY_NAME, VEILED, CONDITIONAL, PROPERTY),
    modifiers=(MEANS,),
    see_through=True,
)
