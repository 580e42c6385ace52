"""What is more urgent than abuse: an emergency now, and somebody's life at risk."""

from __future__ import annotations

from classifiers.rules.engine import Rule, held_in_sentence, held_within
from classifiers.rules.patterns import GAP, any_of, words

_BURNING_THING = (
    r"(?:house|flat|flats|home|building|kitchen|shed|garage|car|van|lorry|bus|caravan|boat|barn"
    r"|field|moor|heath|bin|bins|skip|roof|chimney|school|shop|pub|warehouse|factory|tree|trees"
    r"|hedge|grass|woods|tower|block|hotel|church|next door'?s?|neighbour'?s|balcony|loft|oven"
    r"|cooker|hob|toaster|substation|pylon|battery|scooter|garden|fence|gorse|haystack|stable"
    r"|house opposite|estate)"
)

EMERGENCY_REPORT = Rule(
    name="check.emergency_report",
    says="May report an emergency that is happening now",
    patterns=(
        r"\b(?:help|please|pls|plz|urgent|sos)\b[^.!?\n]{0,40}\b(?:stuck|trapped) (?:in|on|under"
        r"|up)\b",
        r"\b(?:i|he|she|they|we|dad|mum|him|her|baby|nan|grandad)?(?:'?s)? ?(?:can'?t|cant|cannot"
        r"|struggling to|unable to) breathe\b",
        r"\b(?:woman|man|child|kid|kids|someone|somebody|people|family|baby|lady|bloke|girl|boy"
        r"|person) (?:\w+ ){0,3}(?:at|in|on|from|out of|hanging) (?:a |an "
        r"|the )?(?:\w+ ){0,3}(?:window|ledge|roof|balcony)\b[^!?\n]*\b(?:waving|screaming"
        r"|shouting|stuck|still there|help|smoke|hanging|trapped|ladder|please)\b",
        r"\bsend (?:a |the |another )?(?:ladder|engine|crew|boat|ambulance|help|someone)s? (?:to"
        r"|now|please|asap|quick)\b",
        rf"\b{_BURNING_THING}{GAP}{words(3)}(?:is|are|'?s|has|have|'?ve|just|still|properly"
        rf"|well){GAP}(?:currently |now |just |literally |all |well |gone |caught |going "
        r"|really )*(?:on fire|up in flames|alight|ablaze|caught fire|caught light|gone up"
        r"|burning|smoking|in flames)\b",
        r"\b(?:there'?s|there is|theres|there are|i can see|we can see|can see|i see|huge|big"
        rf"|massive|large){GAP}(?:a |an |some |loads of |lots of |thick |black |massive |big "
        r"|huge |large |really )*(?:fire|flames|smoke|blaze|explosion|gas leak|crash|rtc|accident"
        r"|pile ?up|flood|flooding|person trapped|someone trapped|people trapped"
        rf"|wildfire){GAP}{words(4)}(?:now|near|at|on|in|by|behind|outside|opposite|coming|down|up"
        r"|from|here|across|under|next|over)\b",
        r"\b(?:fire|smoke|flames|explosion|crash|gas leak) (?:at|on|in|behind|near|by|outside"
        r"|coming (?:from|out)|opposite) (?:the |my |our |a )?(?:\w+ ){0,4}(?:right now|now|please"
        r"|pls|quick|hurry|help|asap|send|urgent|urgently|getting bigger|spreading)\b",
        r"\b(?:can|could|please|pls|need|send|we need|i need|get)\b(?: (?:you|someone|to|us|me"
        r"|please))* ?(?:send|need|get)? ?(?:a |an |the |some )?(?:fire engines?|fire brigade"
        r"|fire service|ambulance|paramedics?|crew|help|someone|engine|police|lifeboat"
        r"|rescue) (?:\w+ ){0,5}(?:now|asap|quick|quickly|urgently|immediately|straight away|hurry"
        r"|right away|please hurry|stat)\b",
        r"\b(?:he|she|someone|somebody|a (?:man|woman|child|kid|lad|girl|boy|lady|bloke|dog|baby"
        r"|person)|my \w+|i|i'?m|im|we|we'?re|people|they|they'?re)(?:'?s|'?re| is| are| am"
        r"|'?m)? (?:\w+ )?(?:trapped|stuck (?:in (?:the |a )?(?:lift|mud|water|river|sea|car|bath"
        r"|fire|smoke|flat|house)|under|on the (?:roof|ledge|cliff))|not breathing|unconscious"
        r"|drowning|choking|bleeding (?:out|badly|heavily)|having a (?:heart attack|stroke|seizure"
        r"|fit)|hanging off|(?:being|getting) swept|in the (?:water|river|canal|sea) and)\b",
        r"\b(?:has|have|'?s|just) collapsed\b (?:at|in|on|outside|here|and|by|near|please|right)",
        r"\b(?:i|we|you) can (?:really )?smell (?:gas|burning|smoke)\b|\bsmell(?:s)? of (?:gas"
        r"|burning) (?:in|at|on|coming|really|very|by|near)\b|\bstrong smell of (?:gas|burning"
        r"|smoke)",
        r"\b(?:carbon monoxide|co|gas|smoke) alarms? (?:is|are|has been|keeps?|'?s|won'?t stop"
        r"|just|been) (?:\w+ )?(?:going off|sounding|beeping and|went off and|gone off)\b",
        r"\b(?:please|pls|plz)(?: \w+)? (?:come|help|hurry)(?: \w+)? (?:quick|quickly|now|fast"
        r"|asap|hurry)\b",
        r"\b(?:help|hurry)[ !,]+(?:there'?s|theres|there is|it'?s|its|we'?re|were|i'?m|im|my|the"
        r"|please)\b.{0,40}\b(?:fire|smoke|trapped|flames|drowning|breathing|collapsed|burning"
        r"|water|gas|crash\w*|bleeding)\b",
        r"\b(?:can'?t get (?:through|an answer)|no ?one(?: is|'?s)? (?:answering|picking up)"
        r"|on hold) (?:\w+ ){0,3}999\b|\b999 (?:is |are |isn'?t |not )(?:\w+ )?(?:answering"
        r"|working|ringing out|busy)\b",
    ),
    fires=(
        "please help stuck in the lift at Weaver House with my dad, he cant breathe",
        "theres a woman at a 4th floor window waving a towel, send ladder to the back please",
        "There's smoke coming out of the flats on Mill Street, can you send someone",
        "my neighbours shed is on fire",
        "HELP there's a fire at the back of our house",
        "I can smell gas really strong in the hallway",
        "someone is trapped in the lift at the civic centre",
        "Please come quick, he's not breathing",
        "need an ambulance at the park asap",
        "Big fire behind Tesco right now",
        "carbon monoxide alarm is going off what do I do",
        "on hold to 999 for ten minutes",
    ),
    silent=(
        "Great window display at the station, people stopped in the street to look.",
        "That set was on fire last night",
        "You lot are on fire today, great quiz",
        "What should I do if my house is on fire?",
        "There was a fire at the pub last year",
        "Fire safety talk at the library on Monday",
        "The fire on Mill Street was put out quickly, thank you",
        "need to get the fire service pay sorted",
        "There's a fire station in our town",
        "stuck in traffic again",
    ),
    holds=(
        held_in_sentence(
            "context.figurative",
            "Speaks of what has been or might be, not of now",
            any_of(
                r"\b(?:if|what (?:should|would|do) (?:i|you|we)(?: \w+)? (?:if|when|for)|imagine"
                r"|in case|when (?:your|a|my|there'?s|someone)|suppose|would you|drill|exercise"
                r"|training|film|movie|game|pretend|hypothetical\w*|last (?:night|year|week|month"
                r"|time|summer)|yesterday|years? ago|weeks? ago|days? ago|back in|in (?:19|20)\d\d"
                r"|remember|used to|the other (?:day|night)|earlier this|anniversary|plaque)\b",
                r"\b(?:fire|smoke) (?:station|stations|engine|engines|service|alarm(?:s)? (?:in|on"
                r"|at|fitted|should|testing)|safety|door|doors|crew|sale|pit|work|works"
                r"|brigade (?:museum|union))\b(?:(?:[^.!?]{0,40})(?:in our|museum|closing|closed"
                r"|open|parked|being built|to look|near us|at the (?:fete|show|gala)))",
                r"\b(?:a fire (?:station|engine|service|door|drill|pit|officer)|flood (?:defences?"
                r"|plain|barrier|of (?:complaints|comments|tears|messages)))\b",
            ),
        ),
    ),
)

WELFARE_CONCERN = Rule(
    name="check.welfare_concern",
    says="Somebody may be at risk of suicide or self-harm",
    patterns=(
        r"\b(?:don'?t|dont|can'?t|cant|cannae|no longer|do not|hard to)(?: really| even"
        r"| ever)? see (?:the|a|any|much) (?:point|reason|future|way out)(?: any ?more| anymore"
        r"| in (?:it|living|anything|life|going on|being)| of (?:it|living|being)|\W*$)",
        r"\b(?:tablets|pills|paracetamol|meds) (?:all )?(?:saved|stashed|counted|lined"
        r"|ready)(?: up| out)?\b|\b(?:ring|call|phone|text|contact) (?:\w+ ){0,4}(?:samaritans"
        r"|116 ?123|85258|papyrus)\b",
        r"\b(?:want|wants|wanted|wanna|going|gonna|thinking (?:of|about)|feel like|ready|planning"
        r"|plan|trying|tried|need|about|consider\w*|thoughts of|tempted)(?: to)? (?:just |be "
        r"|myself |of )*(?:die|dying|dead|end(?:ing)? (?:it(?: all)?|my life|things|everything)"
        r"|kill(?:ing)? (?:myself|mysel|my self)|hang(?:ing)? myself|top(?:ping)? myself"
        r"|overdos\w+|jump(?:ing)? off|take my (?:own )?life|taking my (?:own )?life"
        r"|disappear(?:ing)? forever|not (?:be here|wake up|exist))\b",
        r"\b(?:i|i'?ve|we) (?:just )?(?:can'?t|cant|cannae|cannot) (?:go on|do this|take (?:it"
        r"|this|much more)|cope|carry on|live like this|keep going)(?: \w+)? ?(?:any ?more|anymore"
        r"|no more|any longer|much longer|like this|$|[.!])",
        r"\b(?:don'?t|dont|dinnae|do not) (?:want|wanna)(?: to)? (?:be here|live|wake up|exist"
        r"|be alive|carry on|go on)(?: \w+)?(?: any ?more| anymore|$|[.!,])",
        r"\b(?:no|not much|any|what'?s the|see no) (?:point|reason)(?: in| to)? (?:me )?(?:living"
        r"|going on|being here|carrying on|to live|live|anymore|being alive|life)\b",
        r"\b(?:better off|be happier|easier) (?:dead|without me|if i (?:wasn'?t|weren'?t|was not"
        r"|died|was gone))\b",
        r"\b(?:i'?m|im|i am|feel|feeling|felt|he'?s|she'?s|they'?re|he is|she is|is"
        r"|been) (?:\w+ )?(?:suicidal|self ?-?harming)\b|\bself ?-?harm(?:ed|ing)?(?: again)?\b"
        r"|\b(?:cut|cutting|cuts|hurt|hurting) (?:myself|himself|herself|themselves) (?:again"
        r"|on purpose|every|because|to)\b",
        r"\b(?:end|ending|ended|take|taking) (?:my|his|her|their)(?: own)? (?:life|pain)\b",
        r"\b(?:no ?one|nobody|noone) (?:would|will|wud) (?:even )?(?:miss|notice"
        r"|care)(?: \w+)? (?:me|if i)\b",
        r"\b(?:i'?ve|ive|i have|i|she'?s|he'?s) (?:just )?(?:taken|took) (?:\w+ )?(?:an overdose"
        r"|all (?:my|the|of (?:my|the)) (?:pills|tablets|meds|medication|paracetamol)"
        r"|too many (?:pills|tablets)|\d+ (?:pills|tablets|paracetamol))",
        r"\b(?:he|she|they|my \w+|mate|friend|brother|son|daughter)(?:'?s|'?re| is| are| has"
        r"| have)? (?:\w+ ){0,3}(?:going to|gonna|threatening to|says? (?:he|she|they)(?:'?s|'?ll"
        r"| will|'?re| is| wants? to)|talking about|wants? to|tried to) (?:\w+ )?(?:kill(?:ing)?"
        r" (?:himself|herself|themselves)|jump(?:ing)?|end(?:ing)? (?:it|his|her|their)"
        r"|take (?:his|her|their) own|hang (?:himself|herself))\b",
        r"\b(?:on|stood on|standing on|sat on|up on) the (?:bridge|ledge|roof|edge|railway"
        r"|tracks)(?:[ ,]+\w+){0,3}[ ,]+(?:jump|bye|goodbye|done|sorry|end it|can'?t|over)\b"
        r"|\bgoodbye (?:everyone|all|world)\b|\bthis is my (?:last|final) (?:post|message"
        r"|goodbye)\b",
        r"\bwish i (?:was|were) (?:dead|never born)|\bwish i (?:could (?:just )?(?:die"
        r"|sleep forever)|wasn'?t here|didn'?t exist|wouldn'?t wake up)",
    ),
    fires=(
        "don't really see the point any more. got enough tablets saved up",
        "love please ring the Samaritans on 116 123 right now",
        "I just can't go on any more",
        "honestly want to end it all",
        "nobody would miss me if i went",
        "My brother says he's going to kill himself tonight and nobody will come",
        "I've taken all my tablets",
        "im suicidal and the crisis line just rings out",
        "they'd be better off without me",
        "I don't want to be here anymore",
        "standing on the bridge, goodbye",
    ),
    silent=(
        "I nearly died laughing, nearly wanted to die of embarrassment",
        "Suicidal driving on that roundabout",
        "Great suicide prevention training, thank you",
        "I can't go on Saturday, sorry",
        "I want to die of shame over that cake",
        "ready to kill myself laughing",
        "I don't want to be here in this queue all day",
    ),
    holds=(
        held_within(
            "context.figurative",
            "A turn of speech, not a sign of danger",
            r"\b(?:laughing|laughter|embarrass\w*|shame|cringe|from cuteness|of cuteness"
            r"|suicidal (?:driv\w+|cyclist\w*|pheasants?|squirrels?|policy|move)|on (?:saturday"
            r"|sunday|monday|tuesday|wednesday|thursday|friday)|in this (?:queue|traffic|heat)"
            r"|of (?:boredom|heat|hunger|thirst|happiness|laughter)|prevention|awareness|training"
            r"|go on (?:holiday|the|a|about))\b",
        ),
    ),
)
