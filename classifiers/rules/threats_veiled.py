"""Veiled threats: hints of harm, of being watched, of knowing where somebody is to be found."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before, held_within
from classifiers.rules.patterns import GAP, THEIR, YOU, YOU_ARE, YOUR, any_of, words

VEILED = Rule(
    name="threat.veiled",
    says="Hints that harm will come to somebody, or that they are being watched",
    patterns=(
        rf"\b(?:we|i|they|lads|people|everyone|everybody|some of us|plenty of people|my mates?|us"
        rf"|folk){GAP}(?:all |both |do |already )*(?:know|knows|seen|saw|found out|no|ken){GAP}"
        rf"(?:exactly |fine well |full well )?where{GAP}(?:{YOU}|he|she|they|{YOUR} \w+|your crews?|the"
        rf" crew|staff|the staff|that \w+|his \w+|her \w+)(?:'?s|'?re| all| lot)?{GAP}{words(2)}"
        r"(?:lives?|park|parks|parked|finish|finishes|drink|drinks|work|works|sleep|sleeps|shop"
        r"|shops|train|trains|go|goes|stay|stays|bide|at|walk|walks|eats?|gans?|is|are)\b",
        rf"\bi{GAP}(?:know|no|ken){GAP}(?:{words(2)})where{GAP}(?:{YOU}|he|she|they)(?:'?s| all)? "
        r"(?:live|lives|park|parks|work|works|stay|stays|finish|finishes|drink|drinks)\b",
        rf"\bknow{GAP}(?:what|which){GAP}(?:car|time|bus|gym|pub|school|street|house|shift|route|road)"
        rf"s?{GAP}(?:{YOU}|he|she|they|{YOUR} \w+|his \w+|her \w+)\b",
        rf"\b(?:watch|watching|mind){GAP}{YOUR}(?:self|sel| own)?{GAP}?(?:back|step|selves)\b",
        r"\b(?:better|best|you should|id|i'd|need to) watch (?:yourself|yersel|yourselves|it|out)\b",
        r"\blook(?:ing)? over (?:your|ur|yer|his|her|their) shoulder|one eye open\b",
        r"\b(?:be|would be|wud be|it'?d be|what) a (?:real |crying |terrible |right |great )?shame"
        rf"(?: it would be)? (?:if|when|were)\b{GAP}{words(3)}(?:something|anything|anyone|happen"
        rf"\w*|burn\w*|lost|broke\w*|smash\w*|accident|{THEIR}|found out)",
        r"\bshame if (?:something|anything) (?:happened|happens|was to happen|were to happen)",
        r"\b(?:accidents|things|bad things|stuff) (?:do |can |always )?happens? (?:to|don'?t they"
        r"|you know|all the time|on dark)",
        rf"\b(?:{YOU}|he|she|they|{YOU} lot|{YOU} all)(?:'?ll|'?re| will| are|'?s| is| has| have|'?ve)"
        rf"?{GAP}(?:gonna |going to |all |soon |about to )*(?:get|got|getting|have|having|deserve)"
        r" (?:what'?s|whats|what is|wots|wits|everything|all (?:that is|that'?s|they'?ve got)) (?:coming"
        r"|comin)",
        rf"\b(?:{YOU}|he|she|they)(?:'?ll| will| gonna|'?re gonna|'?s gonna| is going to| are going"
        rf" to|'?re going to){GAP}(?:soon |all |all of you |both )*(?:get (?:yours|his|hers|theirs)\b"
        r"|pay for (?:this|that|it|what)|regret (?:this|that|it|ever|the day|what)|rue the day|wish"
        r" (?:you|he|she|they)(?:'?d)? (?:never|hadn'?t)|be sorry|find out\b|learn the hard way|see"
        r" what happens|suffer)",
        rf"\b{YOUR}{GAP}(?:time|day|turn|number|days){GAP}(?:is|are|will|'?s|s)?{GAP}?(?:coming|come|up"
        r"|numbered|next)\b",
        rf"\b(?:{YOU_ARE}|he'?s|she'?s|they'?re) (?:next|on (?:the|my|our) list)\b",
        rf"\b(?:we'?re|we are|i'?m|im|i am|they'?re|someone is|someone'?s|people are) (?:coming|comin)"
        rf"{GAP}(?:for|after|to get|to find){GAP}(?:{YOU}|him|her|them|{YOUR} (?:family|kids|wife))\b",
        rf"\b(?:we|i)(?:'?ll| will|'?m gonna|'?re gonna|'?m going to|'?re going to)? {words(1)}(?:find|hunt"
        rf"|track){GAP}(?:{YOU}|him|her|them){GAP}?(?:down|out|all|one day|$|[.!])",
        r"\bfind out where (?:you|u|he|she|they|that \w+|this \w+|your \w+)(?: all)? (?:live|lives"
        r"|park|parks|drink|drinks|work|works|go|goes|finish)",
        rf"\b(?:any ?one|any ?body|who|does any ?one|can any ?one|some ?one) (?:know|knows|tell me|got|"
        rf"find|say|else know){GAP}(?:us |me )?(?:where{GAP}{words(4)}(?:lives?|parks?|drinks?|finish"
        rf"|finishes|stays?)|(?:his|her|their|this \w+'?s) (?:home )?(?:address|house|car reg|reg|plate))",
        r"\b(?:where|which (?:street|road|house)) (?:does|do|dis) (?:he|she|they|this (?:nurse|man|woman"
        r"|guy|bloke|officer|lass|lad|teacher|doctor)) (?:live|park|drink)\b",
        rf"\b(?:pay|paying|paid){GAP}(?:{YOU}|him|her|them|{YOUR} \w+|his \w+|her \w+){GAP}(?:all )?a"
        r" (?:little |nice |quiet |wee )?visit\b",
        rf"\bsee{GAP}{YOU}{GAP}{words(2)}(?:outside|in the car park|after (?:work|your shift|hours)"
        r"|when you(?:'re| are) (?:alone|off duty|on your own)|round the back|without your uniform)",
        rf"\b(?:wait till|wait until|wait til|when|till) (?:i|we) (?:see|catch|get hold of|bump into"
        rf"|find|get) (?:{YOU}|him|her|them|that)\b{GAP}?{words(3)}(?:off duty|alone|out|on {YOUR} own"
        r"|in the street|without|in town|down|in person)",
        rf"\b(?:seen|saw|see|watched|watching|been watching|following|followed){GAP}(?:{YOUR}|his|her)"
        rf"{GAP}{words(1)}(?:kids?|wife|husband|daughter|son|mrs|missus|family|mum|girl|boy|bairns?"
        rf"|house|partner)\b",
        rf"\b(?:nice|lovely|bonny|pretty) (?:little |wee )?(?:kids?|wife|house|car|family|daughter|girl"
        rf"|van|motor|home|place|bairns?){GAP}{words(1)}(?:{YOU}|he|she|they)(?:'?ve| have|'?s)? got\b",
        rf"\b(?:wouldn'?t|wouldnt|would not|wudnt|widnae) (?:want|like) to (?:be|see) (?:{YOU}|him|her"
        r"|them|in (?:your|his|her|their) shoes)",
        r"\b(?:not|isn'?t|no|aint|ain'?t|never) a threat\W{1,3}(?:it'?s |its |but |that'?s |just )*a"
        r" (?:promise|fact|warning)",
        r"\b(?:you(?:'ve| have|ve)? been warned|consider (?:this|yourself) (?:a |your )?(?:final |last"
        r" |only |fair )?warn\w*|(?:last|final) warning (?:to|for) (?:you|him|her|them))",
        r"\b(?:should|ought to|needs? to|want(?:s)?|deserves?|need) (?:all )?(?:be |to be |get |to get"
        r" |a good )*(?:shot|hung|hanged|strung up|lynched|stabbed|horsewhipped|put down|put against"
        r" a wall|kneecapped|kicking|slap|hiding|battering|shooting|tarred and feathered|beaten"
        r"|burned alive|burnt alive|drowned|gassed|bottling|beating|pasting|leathering|knifing)\b",
        rf"\b(?:hope|hoping|pray|wish|can'?t wait (?:until|till|for)|hopefully){GAP}(?:that )?(?:{YOU}"
        rf"|{YOUR} \w+|he|she|they|his \w+|her \w+|their \w+|someone|somebody|one of {YOU}|it'?s {YOUR}"
        rf" (?:house|kids|family|mum)){GAP}{words(3)}(?:dies?|dead|die|burn|burns|burned|crash|crashes"
        r"|cancer|stabbed|killed|hurt|drown|drowns|choke|chokes|rot|suffer|next|raped|bleed|bleeds"
        r"|run over|jumped|batters|stabs|kills|shoots)\b",
        rf"\b(?:mind|careful) how {YOU} (?:go|drive|walk) home\b",
        rf"\bsnitches get\b|\bwe never forget a face\b|\bdark (?:nights|mornings|roads?|lane) (?:coming"
        rf"|and|where|on)\b{GAP}{words(3)}(?:alone|own|shift|home|walk)",
        rf"\b(?:got|have|taken|took){GAP}(?:a )?(?:pics?|photos?|pictures?|note) of{GAP}(?:{YOUR}|his"
        r"|her|their) (?:car|house|reg|plate|number plate|kids|van)",
        rf"\b(?:got|have|know) {YOUR} (?:reg|registration|number plate|plate|home address|address)\b",
        rf"\bsleep (?:well|tight) (?:tonight )?(?:while|in) .{{0,20}}(?:can|lasts)|enjoy {YOUR} (?:last|"
        r"kneecaps|legs|teeth)\b",
        r"\btick tock\b",
    ),
    fires=(
        "We know where you park.",
        "we all know where you finish work",
        "I know where she lives",
        "Be a shame if something happened to that nice new van",
        "Better watch your back pal",
        "Anyone know where this nurse lives?",
        "You'll get what's coming to you",
        "See you outside after your shift",
        "whoever runs this place should be shot",
        "Sleep with one eye open",
        "I hope your house burns down and nobody comes",
        "It's not a threat, it's a promise",
        "your days are numbered",
        "wouldn't want to be you walking home tonight",
        "They'll pay for what they did to my brother",
        "I've seen your wife at the school gates",
    ),
    silent=(
        "Does anyone know where the open day is?",
        "Do you know where you can park for the fun run?",
        "We will pay for this in council tax",
        "It would be a shame if the station closed",
        "Watch your step on the ice, everyone",
        "I know where you are coming from",
        "We know where the hydrants are",
        "Someone said 'I know where you live' to the nurse, disgusting",
        "Hope your family are all safe",
        "See you outside the station on Saturday for the car wash",
        "You'll regret missing the bake sale",
    ),
    holds=(
        QUOTED,
        held_before(
            "context.negated",
            "Says that it will not happen, or should not",
            rf"\b(?:do|if|does|don'?t|nobody|no one|never|not){GAP}{words(1)}",
        ),
        held_within(
            "context.figurative",
            "A turn of speech, not a threat",
            any_of(
                r"\bwatch (?:your|ur) step\b",
                r"\bregret (?:missing|not)\b",
                r"\bwhere (?:you|he|she|they)(?:'?re| are|'?s| is)? (?:coming|at)\b",
                r"\b(?:car wash|open day|open evening|bbq|barbecue|fun run|fundraiser|quiz|match"
                r"|fayre|fair|parade|bake sale|gig)\b",
                r"\bshould (?:all )?get (?:a )?shot\b",
            ),
        ),
    ),
)
