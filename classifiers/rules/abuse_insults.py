"""Insults and contempt: calling somebody names, belittling them, telling them to go away."""

from __future__ import annotations

from classifiers.rules.abuse_characteristics import OWN_GROUP
from classifiers.rules.abuse_vocabulary import (
    FOOL_NOUN,
    FUCK,
    FUCKING,
    HARD_NOUN,
    IS_CALLED,
    PERSON_IS,
    PLURAL,
    SHARP,
    SHARPENED,
    SOFT_NOUN,
    THING_NOUN,
    YOUR_A,
)
from classifiers.rules.contexts import OTHERS_TO_BLAME, QUOTED
from classifiers.rules.engine import Rule, held_before, held_in_sentence
from classifiers.rules.patterns import GAP, STAFF, THEIR, THEM, YOU, YOUR, words

_ONESELF = held_before(
    "context.self",
    "The writer speaks of themselves",
    r"\b(?:i|i'?m|im|i am|i was|we|we'?re|me|myself|my|felt like|feel like"
    rf"|makes me){GAP}{words(4)}",
)
_NOT_SO = held_before(
    "context.negated",
    "Says that somebody is not this",
    r"\b(?:not|never|n't|isnt|arent|aint|nobody is|no one is|far from|anything but"
    r"|don't be)\s+(?:a |an |being )?(?:\w+ ){0,2}",
)
_FRIENDLY = held_in_sentence(
    "context.figurative",
    "Seems meant kindly",
    r"\b(?:love (?:you|ya|him|her|them|this)|legend|well done|happy birthday|thank you|thanks so"
    r"|brilliant job|miss (?:you|him|her)|proud of|mad bastards?|lucky (?:bastard|git|sod|bugger"
    r"|so and so)|jammy|poor (?:sod|bugger|bastard|git|cow|dog|thing)|daft (?:dog|cat|apeth)"
    r"|cheers (?:you|ya)|clown (?:fish|costume|face|outfit|car|nose)|clowning|the clown (?:at|from"
    r"|who)|jokers? (?:in the pack|card)|cow(?:s)? (?:stuck|in|on|rescued|fell|from)"
    r"|pig(?:s)? (?:in|on|from|rescued|farm)|tool ?(?:box|kit|belt|shed)|power tool|guide dog"
    r"|sniffer dog|hot ?dog|sheep (?:stuck|in|on|dog)|rescue dog|spanner in the works|baby (?:was"
    r"|is|girl|boy|and|deer|seal)|search dog|fire dog|good dog|dog (?:walk\w*|poo|mess)|miss ee"
    r"|animal\W+that|what a bastard of|bastard (?:time|storm|hill|weather|bus|death|chip)|wind can"
    r"|killer (?:app|set|tune)|serial killer|weed ?killer|rat (?:trap|poison|problem|infest\w*)"
    r"|rats? (?:in|around|near)|killer heels)\b",
)
_INSULT_HOLDS = (QUOTED, OWN_GROUP, _NOT_SO, _ONESELF, OTHERS_TO_BLAME, _FRIENDLY)

# Heat in somebody's defence: the insult is for another commenter, if for anyone.
_STANDS_UP = (
    r"\b(?:(?:she|he|they|who|crew|woman|lad|lass|nurse|that (?:man|lump)) (?:\w+ )?(?:saved"
    r"|carried|rescued|pulled|talked|sat with|held|delivered|stayed)|just doing (?:his|her"
    r"|their) job|doing (?:his|her|their) job|leave (?:her|him|them|the \w+) (?:alone|be)"
    r"|you(?:'?re| are)? (?:typed|typing)|typing (?:that|dat|this)|look it up|behind (?:a"
    r"|your) (?:phone|screen|keyboard)|keyboard|what (?:have|do|did) you (?:ever )?(?:done|do"
    r"|did)|try (?:doing|it yourself)|do it yourself|delete (?:that|this|dat|it)|your (?:nan|mum"
    r"|kid|kids|mother|house|gran) (?:is|lives|would|who|when|had|was)|my neighbours?"
    r"|you wouldn'?t last|you lot in the comments|who do you think|thats a lie|that'?s a lie"
    r"|some people on here|say (?:that|it) to (?:her|his|their)|pick on)\b"
)

INSULT = Rule(
    name="abuse.insult",
    says="Calls somebody an insulting name",
    patterns=(
        rf"\b{IS_CALLED}{GAP}{SHARPENED}(?:{HARD_NOUN}|{FOOL_NOUN}){PLURAL}",
        rf"\b(?:{PERSON_IS}{GAP}{SHARPENED}|{YOUR_A}){THING_NOUN}{PLURAL}",
        rf"\b{YOUR_A}{FOOL_NOUN}{PLURAL}",
        rf"\b{PERSON_IS}{GAP}(?:{SHARP}{GAP}){{0,3}}(?:useless|pathetic|thick|stupid|dumb|vile"
        r"|scum|brain ?dead|ugly|hideous|inbred|illiterate|disgusting|spineless|gutless|gormless"
        r"|clueless|worthless|bent|a waste of space|thick as \w+|evil|filth|rotten to the core"
        r"|repulsive|a joke of a \w+|ugly as \w+|fat as \w+|full of (?:shit|sh\*t|crap)|a (?:sad"
        r"|pathetic|vile|horrible|nasty|disgusting|poor|sorry) excuse for a \w+)\b",
        r"\b(?:what|absolute|total|complete|utter|such|stupid|useless|pathetic|lazy|fat|thick"
        r"|ugly|dirty|corrupt|spineless|lying|smug|jumped[- ]up|shower of|bunch of|pack of"
        rf"|load of|pair of|{FUCKING}|sad little|silly little|incompetent|arrogant|typical|vile"
        r"|dozy|horrible|disgusting|lazy useless|bent|evil|nasty"
        rf"|glorified){GAP}{SHARPENED}(?:{HARD_NOUN}|{SOFT_NOUN}){PLURAL}",
        rf"\b(?:the|that|this|those|these|{YOUR}|some|you|every|any|one|another|all|other|same"
        rf"|them){GAP}{SHARPENED}{HARD_NOUN}{PLURAL}",
        rf"(?:^|[.!?,]\s*|@\S+\s+){SHARPENED}{HARD_NOUN}{PLURAL}\W*(?:$|[.!?\n])",
        rf"^\W*(?:@\S+\W+)*{SHARPENED}(?:{HARD_NOUN}|{SOFT_NOUN}){PLURAL}\W*(?:$|mate|pal|the lot"
        r"|all of)",
        rf"\b(?:(?:{FUCK}|piss|sod|bugger|eff|jog|naff|crawl|bog|get) (?:right "
        rf"|all the way )?(?:off|of|tae fuck)\b(?: back)?(?: {YOU}| mate| pal| the lot"
        r"| will you| to| and| out|$|[.!,?\n]))",
        rf"\b(?:go )?(?:{FUCK}|screw|stuff|sod|damn|bugger|shag) (?:the lot of )?(?:{YOU}(?:rself"
        rf"| lot| all)?|yersel|him|her|them|the {STAFF}|that {STAFF})\b",
        r"\b(?:shut|shur) (?:the (?:fuck|hell) )?(?:your|ur|yer|his|her) (?:big |fat |ugly "
        r"|stupid )*(?:gob|mouth|face|trap|hole|cakehole)\b|\bshut (?:the (?:fuck|hell) )?(?:up"
        r"|it) (?:you|ya|u)\b|\bshut the (?:fuck|hell) up\b|\bcau dy geg\b",
        rf"^\W*(?:{HARD_NOUN}|cowards?|clown|muppet|jobsworth|idiot)s\b",
        r"\b(?:suck|kiss|lick) (?:my|me|ma) (?:arse|ass|balls|dick|cock|bawz|baws)\b|\bup (?:yours"
        r"|your arse)\b",
        rf"\b(?:hate|despise|loathe|detest) (?:{YOU}|this|that|that fucking|the) (?:all|lot"
        rf"|{STAFF})\b",
        r"\b(?:you|he|she|they)(?:'?ve| has| have|'?s)? (?:got )?(?:no|zero|half a|one|two"
        r"|not got a|the brain of a|a face like a?) (?:brains?|brain ?cells?|spine|balls|backbone"
        r"|brain between|slapped|smacked|bulldog|bag of|dropped|well[- ]slapped|goldfish|gnat"
        r"|decency)",
        r"\b(?:thick as (?:mince|shit|two short planks|pigshit|a plank|a brick|pig)"
        r"|face like a (?:slapped|smacked|bulldog|bag of|dropped|wet)|built like a (?:wheelie|bus"
        r"|skip|barn|whale)|daft as a brush but)",
    ),
    fires=(
        "That spokesman is a useless clown",
        "you're an absolute wanker",
        "What a bunch of muppets",
        "fuck off you lot",
        "Sam Price is a jumped up little hitler",
        "w4nker",
        "@northmoorfire you utter t*at",
        "shut your gob",
        "the fat bastard on the ladder",
        "ur pathetic",
        "She's thick as mince",
        "Typical lazy arse",
        "go fuck yourself",
        "he is a c*nt",
    ),
    silent=(
        "The clown at the open day was great with the kids",
        "Whoever did this is a moron",
        "The scumbags who set fire to the bins should be ashamed",
        "I felt like an idiot locking myself out, thanks for coming",
        "Someone called the nurse a 'fat cow' and you left it up",
        "Closing that station was a disgrace and the Chief should resign",
        "Bloody brilliant job, you fucking heroes",
        "Happy birthday you old git, love you",
        "You are not useless, you are heroes",
        "Council tax is up again and the roads are still rubbish",
        "Your dog is gorgeous",
        "They rescued a cow stuck in mud",
    ),
    holds=_INSULT_HOLDS,
    unless=_STANDS_UP,
)

CONTEMPT = Rule(
    name="abuse.contempt",
    says="Belittles somebody as worthless or unfit",
    patterns=(
        r"\bwaste of (?:a |an |the |my |good |perfectly good |our )*(?:uniform|space|oxygen|skin"
        r"|air|wage|wages|badge|chair|sperm|human|life|breath|organs|stab vest|hi-?vis)\b",
        r"\b(?:could(?:n'?t|nt| not)|cannae|can'?t) (?:even )?(?:organi[sz]e a|run a (?:bath|tap)"
        r"|pour (?:water|piss)|find (?:his|her|their|your|its) (?:own )?(?:arse|backside|bum)"
        r"|manage a|tie (?:his|her|their|your) (?:own )?(?:shoe)?laces|spell|hit a (?:cow'?s|barn)"
        r"|boil an egg|put out a (?:candle|match|fag|cigarette|chip pan|bbq|barbecue))",
        r"\b(?:not|isn'?t|ain'?t|aren'?t|isnt|arent|never) (?:even )?(?:fit|worthy"
        r"|good enough) to (?:wear|lace|clean|lick|wipe|shine|be let|breathe|look after|be in"
        r"|call (?:yourself|himself|herself))\b",
        rf"\bwould(?:n'?t|nt| not) (?:even )?(?:piss|pee|spit|trust) (?:on |in )?(?:{YOU}|him|her"
        rf"|them|that {STAFF}|the {STAFF})\b(?: \w+){{0,4}}(?: (?:fire|burning|down a|thirst"
        r"|with))?",
        rf"\b(?:crawl|crawled|go|get) (?:back )?(?:out of|under|into|to|down|from) (?:{YOUR}|a|the"
        r"|whatever|that|his|her) (?:rock|hole|gutter|sewer|cave|swamp|kennel|sty|slime)\b",
        r"\b(?:my|a|the) (?:dog|cat|nan|gran|toddler|hamster|goldfish|trained monkey|monkey|chimp"
        r"|five year old|5 year old|6 year old|kid|potato) (?:could|would|can) (?:do|have done"
        rf"|make|run) (?:a )?(?:better|{THEIR} job|that job|it better|a better)",
        rf"\bhow (?:do|does|can|does it|the (?:hell|fuck) do) (?:{YOU}|he|she|they|any of you"
        rf"|that {STAFF}) (?:even )?(?:sleep at night|look (?:at )?(?:yourself|himself|herself"
        r"|themselves)|live with (?:yourself|himself|herself|themselves))",
        r"\b(?:do (?:us|everyone|the world) (?:all )?a favou?r)\b(?: and)? (?:disappear|retire"
        r"|resign you|crawl|shut|quit you|go away)",
        r"\b(?:nobody|no ?one) (?:likes|wants|respects|can stand|would miss|gives a (?:shit"
        rf"|fuck) about|cares what) (?:{YOU}\b|him\b|her\b|that (?:man|woman|nurse|officer|clown))",
        r"\b(?:get|find) (?:a|yourself a|yersel a) (?:real|proper) job\b|\b(?:call|calls"
        r"|calling) (?:yourself|yourselves|himself|herself|themselves|that|this|him"
        r"|her) (?:a )?(?:an )?(?:fire ?fighters?|fireman|nurses?|doctors?|teachers?|paramedics?"
        r"|professionals?|officers?|heroes|hero|manager|leader|chief)\b",
        r"\b(?:plastic|failed|wannabe|pretend|toy ?town|hobby|mickey mouse|diet|wish\.com"
        r"|tesco value|poundland|poundshop) (?:fire ?(?:fighter|man)|fireman|policeman|cops?"
        r"|coppers?|bobb(?:y|ies)|paramedics?|nurses?|doctors?|soldiers?|officers?|teachers?)s?\b",
        rf"\b(?:the )?state (?:of|a|o) (?:{YOU}|him|her|it|that|this|this one|that one|them|yer"
        r"|these|ye)\b",
        rf"\b(?:sat|sitting|sit) (?:on|around on|there on) (?:{THEIR}|your) (?:fat |lazy "
        r"|big )*(?:arses?|backsides?|behinds?|bums?)\b",
        r"\b(?:sat|sit|sitting|playing|play|plays) (?:\w+ )?(?:playing )?(?:pool|snooker"
        r"|volleyball|cards|xbox|ps5|darts) all (?:day|night|shift)\b|\b(?:paid to (?:sleep|sit"
        r"|watch tv|wash engines)|sleep(?:s|ing)? all (?:night|shift) on full pay)\b",
        r"\b(?:hero(?:es)?|professional|trained|qualified)\?+ ?(?:\w+ ){0,2}(?:don'?t"
        r" make me laugh|my arse|lol|do me a favour|pull the other)\b|\bdon'?t make me laugh\b",
        rf"\b(?:hang|bow) (?:{YOUR}|his|her|their) heads? in shame (?:{YOU}|the lot)"
        r"|\b(?:jumped[- ]up|over ?promoted|tin ?pot|tinpot) (?:\w+ )?\w+",
        rf"\b(?:who|how) (?:did|does|do) (?:{YOU}|he|she|they) (?:have to )?(?:bribe|con|blag"
        rf"|pay off) (?:to )?\w+|\bwho let (?:{YOU}|him|her|this (?:one|clown|idiot"
        r"|muppet)) (?:out|in|near|on|loose|have)\b",
        rf"\bno wonder (?:{YOUR}|his|her) (?:\w+ )?(?:wife|husband|kids|missus|mum|dad|ex) (?:left"
        r"|hates?|can'?t stand|walked)",
        r"\b(?:someone|somebody|anyone) (?:should |needs? to |please )*(?:sack|fire|bin"
        rf"|get rid of) (?:{THEM}|this (?:woman|man|nurse|clown|idiot|one)|that (?:woman|man|nurse"
        r"|clown|idiot|one)) (?:already|now|before|\W*$)",
        r"\b(?:worse than useless|bad joke of a \w+|couldn'?t care less about patients"
        r"|thinks? (?:he|she) ?(?:'?s|is) (?:god|it|something special|above|the law|hard|all that)"
        r"|love(?:s)? the sound of (?:your|his|her) own voice)\b",
    ),
    fires=(
        "waste of a uniform",
        "They couldn't organise a raffle",
        "not fit to wear that uniform",
        "wouldn't trust her with a goldfish",
        "crawl back under your rock",
        "State of him!",
        "My nan could do a better job",
        "call yourself a firefighter?",
        "Sat on their fat arses playing pool all day",
        "How do you sleep at night?",
        "no wonder your wife left",
    ),
    silent=(
        "A waste of money if you ask me",
        "State of the art equipment",
        "I couldn't spell it either",
        "nobody likes a false alarm",
        "The crew were sat on the wall having a well earned brew",
    ),
    holds=(QUOTED, OWN_GROUP, _ONESELF, OTHERS_TO_BLAME),
)
