"""Veiled threats: hints of harm, of being watched, of knowing where somebody is to be found."""

from __future__ import annotations

from classifiers.rules.contexts import NO_DENIAL, QUOTED
from classifiers.rules.engine import Rule, held_before, held_within
from classifiers.rules.patterns import GAP, THEIR, YOU, YOU_ARE, YOUR, any_of, words

_WHERE = r"(?:where|were|wer|wher|whaur)"

VEILED = Rule(
    name="threat.veiled",
    says="Hints that harm will come to somebody, or that they are being watched",
    patterns=(
        r"\baccidents (?:do |can |always )?happen (?:in|to|at|on|up|out|round) (?:nice|big"
        r"|people like|those who|your|their|the best|dark|folk|lone)\b",
        rf"\b(?:shame|pity) if {words(4)}(?:came back to|flat tyres?|tyres|slipped|fell"
        r"|got (?:hurt|lost|a visit|burned|burnt)|a visit|found (?:it|them|her|him))\b",
        rf"\bknow{GAP}which{GAP}(?:cars?|house|van|door|desk|locker)s?{GAP}(?:is|are){GAP}(?:yours"
        rf"|his|hers|theirs|{YOUR})\b",
        r"\b(?:few|some|bunch|couple|load|lot) of (?:us|the lads|my mates)(?: are| is"
        r"|'?re)? (?:popping|going|coming|heading|nipping) (?:round|over|down|up"
        r"|to)\b[^.!?\n]*\b(?:she|he|her|his|they|their|him|them)\b",
        r"\b(?:i'?ll|ill|we'?ll|might|gonna|going to|will) be (?:stood |sat )?waiting (?:for"
        rf"|on) (?:{YOU}\b|him\b|her\b|them\b|the \w+ (?:lads|crew|lot|watch|boys|girls)"
        rf"|{YOUR} (?:crew|lot|lads|car|shift))",
        r"\b(?:we|i|im|ill|i'?m|i'?ll|we'?re|we'?ll) (?:will |are |am |going to |gonna "
        r"|coming to )*(?:find|hunt|track) (?:you|u|him|her|them)(?: down| all| and|\W*$)",
        r"\b(?:long |lonely )?dark (?:walk|road|lane|path|car park|alley) (?:to|home|back|from"
        r"|at night|on your own)\b[^.!?\n]*\b(?:shift|car|alone|own|finish\w*|bins|tonight"
        r"|staff)\b|\bfinish(?:es)? at \w+[^.!?\n]*\bdark walk\b",
        r"\bcareful (?:who|whose|what|where) (?:you|he|she|they) (?:\w+ ){0,3}(?:mess|meddle|cross"
        r"|upset|livelihoods?|park|walk|drink|say|tread)\w*\b",
        r"\b(?:we|i|they|lads|people|everyone|everybody|some of us|plenty of people|my mates?|us"
        rf"|folk){GAP}(?:all |both |do |already )*(?:know|knows|kno|seen|saw|found"
        rf"|found out|no|ken){GAP}(?:exactly |fine well |full well )?{_WHERE}{GAP}"
        rf"(?:{YOU}|he|she|they|{YOUR} \w+"
        r"|your crews?|the crew|staff|the staff|that \w+|his \w+|her \w+)(?:'?s|'?re| all"
        rf"| lot)?{GAP}{words(2)}(?:lives?|park|parks|parked|finish|finishes|drink|drinks|work"
        r"|works|sleep|sleeps|shop|shops|train|trains|go|goes|stay|stays|bide|at|walk|walks|eats?"
        r"|gans?|is|are)\b",
        rf"\b(?:i|ah|a){GAP}(?:know|kno|no|ken|found){GAP}(?:{words(2)}){_WHERE}{GAP}(?:{YOU}|he"
        r"|she|they)(?:'?s| all)? (?:live|lives|bide|park|parks|work|works|stay|stays"
        r"|finish|finishes|drink|drinks)\b",
        rf"\b(?:we|i|lads|people)(?: all)? (?:know|no|ken){GAP}(?:what|which){GAP}(?:car|time|bus"
        rf"|gym|pub|school|street|house|shift|route|road)s?{GAP}(?:{YOU}|he|she|they|{YOUR} \w+"
        rf"|his \w+"
        r"|her \w+)\b",
        rf"\b(?:better|best|should|wanna|want to|need to|needs to|i'd|id) (?:start )?(?:watch"
        rf"|watching|mind){GAP}(?:{YOUR} (?:back|self)|yourself|yersel|ursel\w*|yourselves)\b"
        rf"|\b(?:watch|mind) {YOUR} back\b",
        r"\b(?:you'?ll|he'?ll|she'?ll|they'?ll|better|keep|spend) (?:\w+ ){0,5}look(?:ing)? over"
        r" (?:your|ur|yer|his|her|their) shoulder|\bone eye open\b",
        r"\b(?:be|would be|wud be|it'?d be|what) a (?:real |crying |terrible |right "
        rf"|great )?(?:shame|pity)(?: it would be)? (?:if|when|were)\b{GAP}{words(3)}(?:something"
        rf"|anything|anyone|happen\w*|burn(?:ed|t) down|lost|broke\w*|smash\w*|accident|{THEIR}"
        r"|found out)",
        r"\bshame if (?:something|anything) (?:happened|happens|was to happen|were to happen)",
        r"\b(?:accidents|things|bad things|stuff) (?:do |can |always )?happens? (?:to|don'?t they"
        r"|you know|all the time|on dark)",
        rf"\b(?:{YOU}|he|she|they|{YOU} lot|{YOU} all)(?:'?ll|'?re| will| are|'?s| is| has| have"
        rf"|'?ve)?{GAP}(?:gonna |going to |all |soon |about to )*(?:get|got|getting|have|having"
        r"|deserve) (?:what'?s|whats|what is|wots|wits|everything|all (?:that is|that'?s"
        r"|they'?ve got)) (?:coming|comin)",
        rf"\b(?:{YOU}|he|she|they)(?:'?ll| will| gonna|'?re gonna|'?s gonna| is going to"
        rf"| are going to|'?re going to){GAP}(?:soon |all |all of you |both )*(?:get (?:yours|his"
        r"|hers|theirs)\b|pay for (?:this|that|it|what)|regret (?:this|that|it|ever|the day|what)"
        r"|rue the day|wish (?:you|he|she|they)(?:'?d)? (?:never|hadn'?t)|be sorry|find out\b"
        r"|learn the hard way|see what happens|suffer)",
        rf"\b{YOUR}{GAP}(?:time|day|turn|number|days){GAP}(?:is|are|will|'?s|s)?{GAP}?(?:coming"
        r"|come|up|numbered|next)\b",
        rf"\b(?:{YOU_ARE}|he'?s|she'?s|they'?re) (?:next|on (?:the|my|our) list)\b",
        r"\b(?:we'?re|we are|i'?m|im|i am|they'?re|someone is|someone'?s|people are) (?:coming"
        rf"|comin){GAP}(?:for|after|to get|to find){GAP}(?:{YOU}|him|her|them|{YOUR} (?:family"
        r"|kids|wife))\b",
        r"\bfind out where (?:you|u|he|she|they|that \w+|this \w+|your \w+)(?: all)? (?:live|lives"
        r"|park|parks|drink|drinks|work|works|go|goes|finish)",
        r"\b(?:any ?one|any ?body|who|does any ?one|can any ?one|some ?one) (?:know|knows|tell me"
        rf"|got|find|say|else know){GAP}(?:us |me )?(?:where{GAP}{words(4)}(?:lives?|parks?"
        r"|drinks?|finish|finishes|stays?)|(?:his|her|their|this \w+'?s) (?:home )?(?:address"
        r"|house|car reg|reg|plate))",
        r"\b(?:where|which (?:street|road|house)) (?:does|do|dis) (?:he|she|they|this (?:nurse|man"
        r"|woman|guy|bloke|officer|lass|lad|teacher|doctor)) (?:live|park|drink)\b",
        rf"\b(?:pay|paying|paid){GAP}(?:{YOU}|him|her|them|{YOUR} \w+|his \w+"
        rf"|her \w+){GAP}(?:all )?a (?:little |nice |quiet |wee )?visit\b",
        rf"\bsee{GAP}{YOU}{GAP}{words(2)}(?:outside|in the car park|after (?:work|your shift"
        r"|hours)|when you(?:'re| are) (?:alone|off duty|on your own)|round the back"
        r"|without your uniform)",
        r"\b(?:wait till|wait until|wait til|when|till) (?:i|we) (?:see|catch|get hold of"
        rf"|bump into|find|get) (?:{YOU}|him|her|them|that)\b{GAP}?{words(3)}(?:off duty|alone|out"
        rf"|on {YOUR} own|in the street|without|in town|down|in person)",
        rf"\b(?:seen|saw|see|watched|watching|been watching|following|followed){GAP}(?:{YOUR}|his"
        rf"|her){GAP}{words(1)}(?:kids?|wife|husband|daughter|son|mrs|missus|family|mum|girl|boy"
        r"|bairns?|house|partner)\b",
        r"\b(?:nice|lovely|bonny|pretty) (?:little |wee )?(?:kids?|wife|house|car|family|daughter"
        rf"|girl|van|motor|home|place|bairns?){GAP}{words(1)}(?:{YOU}|he|she|they)(?:'?ve| have"
        r"|'?s)? got\b",
        rf"\b(?:wouldn'?t|wouldnt|would not|wudnt|widnae) (?:want|like) to (?:be|see) (?:{YOU}|him"
        r"|her|them|in (?:your|his|her|their) shoes)",
        r"\b(?:not|isn'?t|no|aint|ain'?t|never) a threat\W{1,3}(?:it'?s |its |but |that'?s "
        r"|just )*a (?:promise|fact|warning)",
        r"\b(?:you(?:'ve| have|ve)? been warned(?:\W*$|[.!,])|consider (?:this|yourself) (?:a "
        r"|your )?(?:final |last |only |fair )?warn\w*|(?:last|final) warning (?:to|for) (?:you"
        r"|him|her|them))",
        r"\b(?:should|ought to|needs? to|want(?:s)?|deserves?|need) (?:all |both |each |just "
        r"|really |fucking )*(?:be |to be |get |to get |a good )*(?:shot|hung|hanged"
        r"|strung up|lynched|stabbed|horsewhipped|put down|put against a wall|kneecapped|kicking"
        r"|slap|hiding|battering|shooting"
        r"|tarred and feathered|beaten|burned alive|burnt alive|drowned|gassed|bottling|beating"
        r"|pasting|leathering|knifing)\b",
        r"\b(?:deserves?|needs?|wants?|earned) a (?:good |right |proper |fucking )*(?:bullet"
        r"|noose|battering|beating|hiding|kicking|knifing|leathering|pasting)\b"
        r"|\bdeserves? a rope\b",
        r"\b(?:hope|hoping|pray|wish|can'?t wait (?:until|till|for)"
        rf"|hopefully){GAP}(?:that )?(?:{YOU}|{YOUR} \w+|he|she|they|his \w+|her \w+|their \w+"
        rf"|someone|somebody|one of {YOU}|it'?s {YOUR} (?:house|kids|family"
        rf"|mum)){GAP}{words(3)}(?:dies?|dead|die|burn|burns|burned|crash|crashes|cancer|stabbed"
        r"|killed|hurt|drown|drowns|choke|chokes|rot|suffer|next|raped|bleed|bleeds|run over"
        r"|jumped|batters|stabs|kills|shoots)\b",
        rf"\b(?:mind|careful) how {YOU} (?:go|drive|walk) home\b",
        r"\bsnitches get\b|\bwe never forget a face\b|\bdark (?:nights|mornings|roads?"
        rf"|lane) (?:coming|and|where|on)\b{GAP}{words(3)}(?:alone|own|shift|home|walk)",
        rf"\b(?:got|have|taken|took){GAP}(?:a )?(?:pics?|photos?|pictures?|note) of{GAP}(?:{YOUR}"
        r"|his|her|their) (?:car|house|reg|plate|number plate|kids|van)",
        rf"\b(?:got|have|know) {YOUR} (?:reg|registration|number plate|plate|home address"
        r"|address)\b",
        r"\bsleep (?:well|tight) (?:tonight )?(?:while|in) .{0,20}(?:can|lasts)"
        rf"|enjoy {YOUR} (?:last|kneecaps|legs|teeth)\b",
        r"^\W*(?:\S+ ){0,2}tick,? tock\W*(?:\S+\W*)?$",
    ),
    fires=(
        "Accidents happen in nice big houses up there",
        "They should both be shot",
        "we no were u live",
        "ah ken whaur ye bide",
        "that man deserves a bullet",
        "Never mind, I know where you live",
        "few of us popping round there tonight when she's back off shift",
        "it's a long dark walk to the staff car park on your own",
        "we all know which cars are yours",
        "Be a pity if his own front door got a visit",
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
        "Accidents happen, glad everyone is alright",
        "What a pity if they closed it",
        "It is a dark road home from the village, can the council fix the lamps?",
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
        "I know where you live is a great song",
        "The boat at the lido needs a rope",
    ),
    holds=(
        QUOTED,
        held_before(
            "context.negated",
            "Says that it will not happen, or should not",
            rf"\b(?:do|if|does|don'?t|nobody|no one|never|not){GAP}{words(1)}",
            but=NO_DENIAL,
        ),
        held_within(
            "context.figurative",
            "A turn of speech, not a threat",
            any_of(
                r"\bwatch (?:your|ur) step\b",
                r"\b(?:great|best|good|old|favourite|banging) (?:song|tune|film|book)\b",
                r"\bregret (?:missing|not)\b",
                r"\bwhere (?:you|he|she|they)(?:'?re| are|'?s| is)? (?:coming|at)\b",
                r"\b(?:car wash|open day|open evening|bbq|barbecue|fun run|fundraiser|quiz|match"
                r"|fayre|fair|parade|bake sale|gig)\b",
                r"\bshould (?:all )?get (?:a )?shot\b",
            ),
        ),
    ),
)
