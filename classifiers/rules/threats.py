"""The family of threats: explicit ones here, with what makes any threat worse."""

from __future__ import annotations

from classifiers.rules.contexts import FIGURATIVE_THREAT, NEGATED, QUOTED
from classifiers.rules.engine import Rule, RuleFamily, held_within
from classifiers.rules.patterns import GAP, SOMEBODY, THEIR, WILL, YOU, YOU_ARE, YOUR, any_of, words
from classifiers.rules.threats_conditional import CONDITIONAL, PROPERTY
from classifiers.rules.threats_veiled import VEILED

_HARM = (
    r"(?:kill|murder|stab|shoot|strangle|behead|knife|batter|leather|thump|punch|kick|slap|deck"
    r"|chin|glass|shank|merk|wet|lamp|twat|smack|belt|hammer|hurt|harm|maim|cripple|drown|bury|rape"
    r"|poison|hang|lynch|burn|smash|beat|attack|slice|gut|stove|malky|chib|bang|spark|jump|ambush"
    r"|come for|come after)"
)

_STRONG = (
    r"(?:kill|murder|stab|shoot|strangle|behead|knife|shank|merk|batter|rape|lynch|glass|maim|burn"
    r"|chib|malky|drown|hang|punch|thump|kneecap|knock out)"
)

_HOLDS = (QUOTED, NEGATED, FIGURATIVE_THREAT)

_NOT_A_PERSON = held_within(
    "context.figurative",
    "A turn of speech, not a threat",
    rf"^[^.!?\n]*?\b{_STRONG}(?:ing)?{GAP}(?:a|an|the|my|our|some|this|that|time|for|it|off|two"
    r"|over|up|out|all|more|another|down|through|any|myself|yourself|logs?|wood|rubbish|leaves"
    r"|with|in|on|at|to|and|or|candles?|incense|coal|calories|fat|clothes|washing|weeds|one|so"
    r"|again|if|when|next|then|hard|well|from|video|photos|film|bonfires?|guy fawkes|fireworks"
    r"|our|sorrows)\b",
)

_BODY_IN_PLACE = any_of(
    rf"(?:kick|cave|stove|smash|bash|stamp|punch|boot|put){GAP}{THEIR}{GAP}{words(2)}(?:head|heid"
    r"|face|teeth|skull|ribs|nose|jaw|kneecaps?|knees|legs|pus|coupon|block|lights)\b",
    rf"(?:break|snap|smash|shatter){GAP}(?:both |all )?(?:of )?{THEIR}{GAP}{words(2)}(?:legs?"
    r"|arms?|neck|jaw|nose|fingers|hands?|back|skull|face|spine|bones|kneecaps?|wrists?)\b",
    rf"(?:slit|cut|slash|open){GAP}{THEIR}{GAP}{words(1)}(?:throat|neck|face|belly)\b",
    rf"knock{GAP}{THEIR}{GAP}{words(1)}(?:teeth|block|head|lights)\b",
    rf"(?:put|stick|shove|plant){GAP}(?:a|one|this|my){GAP}{words(1)}(?:bullet|knife|blade|boot"
    rf"|fist|axe|brick){GAP}(?:in|into|through|up|between){GAP}{THEIR}\b",
    rf"(?:put|send|land){GAP}{SOMEBODY}{GAP}(?:in|to|into|six feet|on){GAP}{words(2)}(?:hospital"
    r"|ground|grave|box|coffin|wheelchair|a&e|a and e|intensive care|icu|under|morgue|mortuary"
    r"|life support|ward)\b",
)

EXPLICIT = Rule(
    name="threat.explicit",
    says="Says that somebody will be hurt or killed",
    patterns=(
        rf"\b{WILL}{GAP}{words(3)}{_HARM}{GAP}(?:the (?:fuck|hell"
        rf"|shit) out of{GAP})?(?:fucking{GAP})?(?:{YOU}|him|her)\b",
        rf"\b{WILL}{GAP}{words(1)}(?:get|have|do|end|finish|deal with|sort){GAP}(?:{YOU}|him"
        rf"|her)(?:{GAP}(?:pal|mate|one day|soon|for (?:this|that)|you (?:fucking )?\w+))?(?:$"
        r"|[.!\n])",
        rf"\b{WILL}{GAP}{words(2)}{_STRONG}{GAP}(?:the (?:fuck|hell|shit) out of{GAP})?{SOMEBODY}",
        rf"\b{WILL}{GAP}{words(2)}(?:run|knock|do|bang|spark|fill|lay|take){GAP}(?:{YOU}|him|her"
        r"|them) (?:over|down|out|in|the fuck out)\b",
        rf"\b{_BODY_IN_PLACE}",
        rf"\b{YOU_ARE}{GAP}(?:a{GAP})?(?:fucking{GAP})?(?:dead|deid|a dead man|a dead woman"
        r"|dead meat|a goner|getting (?:stabbed|shot|battered|wet|banged|jumped|sparked|shanked"
        r"|leathered|burned|burnt|kicked in|filled in))\b",
        rf"\b{YOU}{GAP}(?:won'?t|wont|will not|will never|ain'?t (?:gonna|going to)"
        rf"|aren'?t going to){GAP}{words(1)}(?:walk away|walk again|see (?:christmas|next|tomorrow"
        r"|the|your)|make it (?:home|out|back)|wake up|be (?:breathing|walking|alive)|live to"
        r"|leave alive|get out alive|last the)",
        rf"\b(?:someone|somebody|somebody'?s|one of {YOU}|they|he|she|{YOU})(?:'?s|'?re| is| are"
        rf"|'?ll| will){GAP}(?:gonna|going to|get|be|gunna|end up)?{GAP}?{words(2)}(?:get stabbed"
        r"|get shot|get killed|get (?:a|their|his|her|your) (?:head|face) kicked in|get battered"
        r"|get leathered|be found (?:dead|face down|floating|in the cut|in the river|in a ditch"
        r"|in the canal)|end up (?:dead|in a box|in hospital|in a ditch|in the canal"
        r"|in a body bag))",
        r"\b(?:slowly |happily |gladly )?(?:kill|murder|stab|shoot|behead|hang|lynch"
        rf"|burn){GAP}(?:them all|the lot of (?:them|{YOU})|{YOU} all"
        rf"|every (?:last )?one of (?:them|{YOU}))",
        rf"\b(?:be|i'?ll be|we'?ll be|we are|i'?m){GAP}(?:waiting|there|outside|ready|coming|round"
        rf"|stood){GAP}{words(6)}with{GAP}(?:a|my|the|an|our){GAP}{words(1)}(?:bat|knife|blade|gun"
        r"|shotgun|hammer|machete|axe|brick|crowbar|bottle|petrol|acid|iron bar|sledgehammer)s?\b",
        rf"\b(?:bullet|knife|blade|noose|grave|body bag|coffin){GAP}(?:with {YOUR} name"
        rf"|has {YOUR} name|waiting for {YOU}|for {YOU}\b|in {YOUR} (?:back|head|neck))",
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
        "keep pushing and you'll be found face down in the canal",
        "im going to find you and break both your legs",
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

MEANS = Rule(
    name="context.means",
    says="Names a weapon, a place or a time",
    patterns=(
        r"\b(?:with|got|have|bring|bringing|grab|using|swing)(?: \w+)? (?:a|my|an|the|our|some|me"
        r"|this)? ?(?:\w+ )?(?:bat|knife|blade|gun|shotgun|rifle|pistol|hammer|machete|axe|brick"
        r"|crowbar|bottle|petrol|acid|screwdriver|golf club|sledgehammer|match|lighter|crossbow"
        r"|iron bar|chain|sword|bricks|knives|fireworks?|air rifle|stanley|knuckle ?dusters?)s?\b",
        r"\boutside (?:the |your |ur |yer |her |his |their |ya )?(?:\w+ )?(?:station|house|work"
        r"|school|gates?|surgery|office|hospital|home|door|depot|flat|nursery|gym|pub|building)\b",
        r"\b(?:in|at|round|to|down|near) (?:the |your |ur |yer |her |his "
        r"|their )(?:\w+ )?(?:car park|school|gates?|station|house|home|front door|back gate"
        r"|bus stop|staff entrance|depot|gym|local|pub|address|street|place)\b",
        r"\b(?:tonight|2nite|tonite|the ?night|tomorrow|tmrw|2moro|the morra|this (?:morning"
        r"|evening|weekend)|after (?:your |ur |his |her |the )?(?:shift|work|hours)|(?:end of|next"
        r"|your|night) shift|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes"
        r"|thurs|fri|satur|sun)day night|when (?:you|u|ya|they|she|he) (?:finish|finishes"
        r"|clock off|knock off|leave|leaves|gets? off|come out|comes out))\b",
        r"\bat (?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|o'?clock)|half \w+|(?:six|seven|eight|nine|ten"
        r"|eleven|midnight|midday|noon))\b",
        r"\b(?:at|on|to|round|near|off) (?:\d{1,4}[a-z]? )?(?:[a-z'-]+ ){1,3}(?:street|st|road|rd"
        r"|lane|avenue|ave|close|drive|crescent|terrace|gardens|grove|rise|court|square)\b",
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
