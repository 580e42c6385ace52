"""Explicit threats: somebody will be hurt or killed, said outright or by weapon, wound and vow."""

from __future__ import annotations

from classifiers.rules.contexts import FIGURATIVE_THREAT, NEGATED, QUOTED
from classifiers.rules.engine import Rule, held_before, held_within
from classifiers.rules.patterns import GAP, SOMEBODY, THEIR, WILL, YOU, YOU_ARE, YOUR, any_of, words
from classifiers.rules.threats_words import BODY, HARMED, VOW, WEAPON

_SAYS = "Says that somebody will be hurt or killed"
_HARM = (
    r"(?:kill|murder|stab|shoot|strangle|behead|knife|batter|leather|thump|punch|kick|slap|deck"
    r"|chin|glass|shank|merk|wet|lamp|twat|smack|belt|hammer|hurt|harm|maim|cripple|drown|bury|rape"
    r"|poison|hang|lynch|burn|smash|beat|attack|slice|gut|stove|malky|chib|bang|spark|jump|ambush"
    r"|come for|come after|run over|finish|end)"
)
_STRONG = (
    r"(?:kill|murder|stab|shoot|strangle|behead|knife|shank|merk|batter|rape|lynch|glass|maim|burn"
    r"|chib|malky|drown|hang|punch|thump|kneecap|knock out)"
)
_NOT_A_PERSON = held_within(
    "context.figurative",
    "A turn of speech, not a threat",
    rf"^[^.!?\n]*?\b{_STRONG}(?:ing)?{GAP}(?:a|an|the|my|our|some|this|that|time|for|it|off|two"
    r"|over|up|out|all|more|another|down|through|any|me|us|myself|yourself|logs?|wood|rubbish"
    r"|leaves|with|in|on|at|to|and|or|candles?|incense|coal|calories|fat|clothes|washing|weeds|one"
    r"|so|again|if|when|next|then|hard|well|from|video|photos|film|bonfires?|guy fawkes|fireworks"
    r"|sorrows)\b",
)
_A_THING_HARMS = held_before(
    "context.a_thing",
    "A thing or a decision is said to be dangerous, not a person",
    r"\b(?:junction|road|bend|roundabout|crossing|corner|lane|path|pavement|kerb|pothole|hole|steps?"
    r"|stairs?|tree|branch|wall|ice|heat|cold|damp|mould|cladding|lift|traffic|waiting lists?"
    r"|delays?|queues?|cuts?|closures?|polic(?:y|ies)|decisions?|stress|weather|bollards?"
    rf"|cycle lane){GAP}(?:\w+{GAP}){{0,2}}(?:is|are|s|re|was|were){GAP}",
)
_HOLDS = (QUOTED, NEGATED, FIGURATIVE_THREAT, _A_THING_HARMS)
_LIMBS_BROKEN = any_of(
    rf"(?:kick|cave|stove|smash|bash|boot|stamp on|put)(?:ing)?{GAP}{THEIR}{GAP}{words(2)}{BODY}"
    r"(?: in| off)?",
    rf"(?:break|snap|smash|shatter)(?:ing)?{GAP}(?:both |all )?(?:of )?{THEIR}{GAP}{words(2)}"
    rf"{BODY}",
    rf"(?:slit|cut|slash|open){GAP}{THEIR}{GAP}{words(1)}(?:throat|neck|face|belly)",
    rf"knock{GAP}{THEIR}{GAP}{words(1)}(?:teeth|block|head|lights)",
    rf"(?:put|stick|shove|plant){GAP}(?:a|one|this|my){GAP}{words(1)}(?:boot|fist|{WEAPON}){GAP}"
    rf"(?:in|into|through|up|between){GAP}{THEIR}",
)
_LAID_LOW = (
    r"(?:hospital|the ground|a grave|a box|a coffin|a wheelchair|a&e|intensive care|icu|the morgue"
    r"|life support|a ward|the (?:harbour|canal|river|cut|quarry|sea|dock|ditch)|a ditch|a skip"
    r"|(?:the|that|a) (?:window|windscreen|wall|bus|lorry|train|van)|the \d[\d.:]+|six feet)"
)

EXPLICIT = Rule(
    name="threat.explicit",
    says=_SAYS,
    patterns=(
        rf"\b{WILL}{GAP}{words(3)}{_HARM}{GAP}(?:the (?:fuck|hell|shit) out "
        rf"of{GAP})?(?:fucking{GAP})?(?:{YOU}|him|her)\b",
        rf"\b{WILL}{GAP}{words(1)}(?:get|have|do|end|finish|deal with|sort){GAP}(?:{YOU}|him"
        rf"|her)(?:{GAP}(?:pal|mate|one day|soon|for (?:this|that)|you (?:fucking )?\w+))?(?:$"
        r"|[.!\n])",
        rf"\b{WILL}{GAP}{words(2)}{_STRONG}{GAP}(?:the (?:fuck|hell|shit) out of{GAP})?{SOMEBODY}",
        rf"\b{WILL}{GAP}{words(2)}(?:run|knock|do|bang|spark|fill|lay|take){GAP}(?:{YOU}|him|her"
        r"|them|the (?:cunt|c\*nt|prick|bastard)) (?:over|down|out|in|the fuck out)\b",
        rf"\b(?:{WILL}|next time|see if i don'?t){GAP}{words(4)}{_LIMBS_BROKEN}\b",
        rf"\b{_LIMBS_BROKEN}{GAP}(?:\w+{GAP}){{0,4}}(?:next time|when i|if i (?:see|ever"
        r"|catch)|again|friday|tonight|tomorrow)\b",
        rf"\b{WILL}{GAP}{words(3)}(?:put|send|throw|chuck|bury|dump|shove|hang|drop){GAP}"
        rf"{words(3)}(?:in|into|under|through|to|off|from){GAP}{words(1)}{_LAID_LOW}\b",
        rf"\b{YOU_ARE}{GAP}(?:a{GAP})?(?:fucking{GAP})?(?:dead|deid|dead meat|a goner"
        rf"|(?:gettin|getting|gonna get){GAP}(?:\w+{GAP})?{HARMED})\b",
        r"\b(?:dead|deid) (?:man|woman) walk\w*\b|\b(?:you'?re|ye'?re|he'?s|she'?s|ur)"
        r" (?:a )?(?:deid|dead) (?:man|woman)\b",
        rf"\b(?:{YOU}|he|she|they){GAP}(?:won'?t|wont|will not|will never|ain'?t (?:gonna|going to)"
        rf"|aren'?t going to){GAP}{words(1)}(?:walk away|walk again|see (?:christmas|next|tomorrow"
        r"|the (?:end|week|year|summer))|make it (?:home|out|back)|wake up|be (?:breathing|walking"
        r"|alive)|live to|leave alive|get out alive|last the|need an ambulance|be gett?in'? back)",
        rf"\b(?:gets?|get|getting|gettin|gonna be|will be|be|is|wants?|needs|deserves? to be"
        rf"|should be){GAP}(?:\w+{GAP})?{HARMED}\b",
        r"\b(?:'?ll|will|gonna|going to|should|could|is|you|he|she) (?:be found|end up|be leaving"
        r"|leaving|be) (?:in a (?:box|body ?bag|coffin)|face down|floating|in (?:the|a) (?:canal"
        r"|ditch|river|cut|freezer))\b",
        rf"\b(?:slowly |happily |gladly )?(?:kill|murder|stab|shoot|behead|hang|lynch"
        rf"|burn){GAP}(?:them all|the lot of (?:them|{YOU})|{YOU} all|every (?:last )?one of "
        rf"(?:them|{YOU}))",
        rf"\b(?:bullet|knife|blade|noose|grave|body bag|coffin){GAP}(?:with {YOUR} name"
        rf"|has {YOUR} name|waiting for {YOU}|for {YOU}\b|in {YOUR} (?:back|head|neck))",
        r"\b(?:not|without|won'?t be) (?:brak|stopp)ing for\b|\bi (?:won'?t|wont"
        r"|will not) be braking\b",
    ),
    fires=(
        "im gonna kill you",
        "Going to kick your head in next time I see you",
        "I will stab that fat copper",
        "ur dead mate",
        "up the road I'm going to kill you",
        "Ah'll batter ye ya wee rat",
        "I'll put him through that window",
        "you won't see Christmas",
        "We'll burn the lot of you",
        "There's a bullet with your name on it",
        "I swear I'll k1ll him",
        "I will break your legs",
        "keep pushing and you'll be found face down in the canal",
        "im going to find you and break both your legs",
        "he's getting shanked outside the gates",
        "dead man walking, that one, you're a dead man",
    ),
    silent=(
        "I could murder a cup of tea after that shift",
        "that junction is going to kill someone one day",
        "These closures will kill people and you know it",
        "Kill the lights on the way out",
        "I'm going to kill it at the fitness test",
        "that set is killer",
        "Nobody is going to hurt you",
        "I would never hurt you or your crew",
        "Someone told my sister 'I'll kill you' and nobody did anything",
        'Told "touch me and I\'ll slit your throat" on a Tuesday, then back to work',
        "I'll shoot you an email tomorrow",
        "We'll beat you at darts again this year",
        "If you don't fix it I'll write to my MP",
        "My nan will kill me if I miss the open day",
        "we are going to burn the old fence at the weekend",
        "You are dead right about the staffing",
        "I'll get you a pint lads",
        "He put his head through the railings, please come",
    ),
    holds=_HOLDS,
)

# A name after the verb: whoever the staff directory knows is matched later, not here.
EXPLICIT_BY_NAME = Rule(
    name="threat.explicit",
    says=_SAYS,
    patterns=(rf"\b{WILL}{GAP}{_STRONG}{GAP}[a-z]\w+\b",),
    fires=("I'll stab Dan if he comes back", "im gonna shoot Sam Price", "we'll kneecap Morris"),
    silent=(
        "We'll burn logs tonight",
        "Let's drown our sorrows",
        "going to kill time until six",
        "if I fail mum is gonna kill me",
    ),
    holds=(*_HOLDS, _NOT_A_PERSON),
)

_WIELDED = any_of(
    rf"\b{WEAPON}{GAP}{words(3)}(?:in|to|into|through|thru|off|across|over|round|for|at"
    rf"|between){GAP}(?:(?:the|his|her|your|ur|yer|their){GAP})?(?:\w+{GAP})?(?:{BODY}"
    r"|windscreens?|cab)\b",
    r"\b(?:i'?ll|i'?m|im|ill|we'?ll|i'?ve|ive|i have|gonna|gettin|getting|needs|wants|expect"
    r"|somebody|someone|man'?s|bring|bringing|coming|be there|be waiting|waiting|be stood)\b"
    rf"[^.!?\n]{{0,60}}\b(?:with|have|has|got|bring|bringing|a|an|the|my|to|round|some)"
    rf"{GAP}{words(3)}{WEAPON}\b",
)

ARMED = Rule(
    name="threat.explicit",
    says="Names a weapon and somebody to use it on",
    patterns=(rf"\b{WEAPON}\b",),
    fires=(
        "I'll be waiting for your crew with a bat, you won't walk away",
        "tell that warden he's getting a brick through his windscreen tonight",
        "a bottle in her face is what she needs",
        "I've got petrol in the boot and I know his house",
        "I'm bringing a knife to school tomorrow",
    ),
    silent=(
        "He came at the nurse with a knife, I saw it, the police took an hour",
        "I'll bring a hammer to fix your fence tomorrow",
        "they cut her out with an axe and a crowbar, amazing lads",
        "I'm bringing my little lad with his toy axe to see you Saturday",
    ),
    holds=_HOLDS,
    beside=(
        _WIELDED,
        (
            r"\b(?:your|ur|yer|you|u|ye|his|him|her|she|he|them|tell|that (?:warden|officer|lad"
            r"|bloke|woman)|them|they|whoever|next (?:one|driver|crew)|outside|tonight|tomorrow"
            r"|tmrw|reception|car park|to (?:the )?(?:school|work|surgery|hospital|office))\b"
        ),
    ),
    unless=(
        r"\b(?:tea|brew|coffee|fix|shed|bbq|fence|garden|charity|wine|milk|beer|donat\w+|hydrant"
        r"|open day|handed|rescue\w*|said|told|saw|seen|came at|attacked|arrested|police|film"
        r"|amazing|toy|little|grandson|recycling|bank|christmas|birthday|i'?m in|my chair|thank\w*"
        r"|cut (?:her|him|them|me) out|please)\b"
    ),
)

VOWED = Rule(
    name="threat.explicit",
    says="Vows to do somebody harm",
    patterns=(
        rf"\b(?:kill|stab|stabbing|shoot|batter|break|breaking|drown|burn|burns|bury|hammer"
        rf"|smash|deck|glass|shank|finish|end|hurt|knock|stamp|run|hang|chain|{WEAPON}){GAP}"
        rf"(?:on{GAP}|down{GAP})?(?:{YOU}|him|her|them|{THEIR}|it|that|the|every)\b",
    ),
    fires=(
        "I'll finish that warden off, on my mum's life",
        "gonna burn it down and that's a promise",
    ),
    silent=(
        "swear on my kids that film is the best, it will break your heart",
        "no joke, the queue will kill you",
    ),
    holds=_HOLDS,
    beside=(VOW,),
    unless=r"\b(?:heart|queue|homework|lol|love|said|told|heroes|gonna kill me|film|the wait)\b",
)
