"""Abuse by what is done: calling on others, humiliating, impersonating, alleging, going beyond."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before, held_in_sentence
from classifiers.rules.patterns import GAP, STAFF, THEIR, YOU, YOUR, words

_PERSON = rf"(?:her|him|this (?:\w+ )?(?:woman|man|nurse|officer|bloke|{STAFF})|that (?:\w+ )?(?:woman|man|nurse|officer|{STAFF})|@\S+)"
_HERS = r"(?:her|his|this (?:\w+ )?(?:woman|man|nurse|officer|lad|lass)'?s|that (?:\w+ )?(?:woman|man|nurse|officer)'?s|@\S+'?s?)"
_PAGE = r"(?:page|profile|insta(?:gram)?|facebook|fb|account|post|posts|twitter|x|tiktok|linkedin|inbox|dms?|wall|timeline|house|work|employer|boss|phone|number|email|mum'?s)"

CALL_ON_OTHERS = Rule(
    name="abuse.call_on_others",
    says="Calls on others to go for one person",
    patterns=(
        rf"\b(?:every ?one|every ?body|all of you|you all|yous all|guys|lads|people|folks|ladies|let'?s all|lets all|let'?s|lets|please|go and|go|all go){GAP}{words(4)}"
        rf"(?:go|get|head|message|report|comment|ring|phone|email|spam|flood|bombard|pile|dm|write|jump|tag|call|text|tell){GAP}{words(3)}(?:(?:to|on|at|over to|onto|in|under)"
        rf"{GAP})?{_HERS}{GAP}(?:\w+{GAP})?{_PAGE}\b",
        rf"\b(?:every ?one|every ?body|all of you|let'?s all|lets all|let'?s|lets|we should all|all){GAP}{words(2)}(?:message|spam|flood|bombard|pile in on|pile on|dm|target|hound|"
        rf"go after|go for|troll|shame|get|ring|phone|complain about){GAP}{_PERSON}(?:\b|$)(?:{GAP}(?:sacked|fired|struck off|out|until|till|now|tonight|all|and|lads|x|know)|\W*$)",
        r"\b(?:let|give) (?:her|him) (?:have it|hell|both barrels|what for|some grief|a piece of (?:your|our) mind)\b|\b(?:give (?:her|him) (?:some )?(?:abuse|stick|grief)|make (?:her|his) life"
        r" (?:a )?(?:hell|misery|a living hell|unbearable))\b",
        r"#(?:sack|fire|shame|expose|cancel|getrid|bin|boycott|jail)(?:her|him|this\w+|that\w+|[a-z]{3,})\b",
        r"\b(?:share|spread|post|put|get|plaster) (?:(?:her|his) (?:\w+ )?(?:face|picture|photo|name|pic|details|number|address)|(?:this|it) so every(?:one|body) (?:knows|sees) (?:who|what|her|him|his))(?: \w+){0,3}"
        r"(?: everywhere| far and wide| so every(?:one|body)| viral| all over| out there| on every| she is| he is| her| his| face| name| he did| she did)\b",
        r"\b(?:make|lets make|let'?s make) (?:her|him|this (?:woman|man|nurse|bloke|one|clown)) (?:famous|go viral|trend|pay|regret)\b|\b(?:name and shame|hunt down|track down|find and shame) (?:her|him|this|that|these)\b",
        r"\b(?:find|someone find|anyone (?:got|find|have|know)|drop|link(?:s)? to|post|what(?:'?s| is)) (?:me |us )?(?:her|his) (?:@|insta(?:gram)?|facebook|fb|tiktok|twitter|profile|linkedin|snap|socials)\b",
        r"\byou (?:all )?know what to do\b(?: \w+)*(?: (?:her|his|him|lads|guys|everyone))?|\bmass report (?:her|him|this|the)\b|\bget (?:her|him) trending\b",
    ),
    fires=(
        "Everyone go to her page and let her have it, use #sackher",
        "let's all flood his inbox",
        "give her hell lads",
        "Share her face everywhere",
        "make him famous",
        "anyone got her insta?",
        "everybody ring her work and complain",
    ),
    silent=(
        "Everyone go to the consultation on Thursday",
        "Let's all email our MP about the cuts",
        "Everyone should message the council about bins",
        "Please share this appeal far and wide",
        "Give him a medal",
        "Let's get him a card from all of us",
    ),
    holds=(QUOTED,),
)

HUMILIATION = Rule(
    name="abuse.humiliation",
    says="Holds somebody up to be mocked, in a picture, a caption or a clip",
    patterns=(
        r"\bcaption (?:contest|competition|comp|this|time)\b|\b(?:best|funniest|worst) (?:caption|photoshop|meme) (?:wins|of (?:her|him))\b",
        rf"\b(?:photoshop|meme|memed|memeing|meme-?ify|deepfak\w+|edit|edited|filter|gif|turn(?:ed)?|made|make|making){GAP}{words(2)}(?:her|him|this (?:bloke|woman|nurse|guy|man|lad|lass)|{THEIR} (?:face|head|picture|photo))"
        r"(?: \w+){0,4} (?:meme|gif|clown|pig|whale|cow|monkey|sticker|laugh|emoji|nose|body|on a|onto|into|dancing)\b",
        r"\b(?:look at|check out|get a load of|clock|zoom in on|imagine|wow|seen|lol at|lmao at|haha) (?:the )?(?:size of|gut on|belly on|arse on|face on|hair on|teeth on|nose on|ears on|chins? on|forehead on|wig on|(?:his|her|that|your) (?:big |fat |massive |ugly )*"
        r"(?:gut|belly|arse|face|hair|teeth|nose|ears|chins?|forehead|wig|double chin|moobs|hairline|bald (?:head|patch|spot)|eyebrows|lips))\b",
        r"\b(?:what|the) (?:is|has|s)? ?(?:she|he|that) (?:look like|come as|wearing)\b(?:\W*$| lol| haha| 😂| 🤣)|\bwhat does (?:she|he|it) look like\b|\b(?:who|what) (?:ate|swallowed) (?:all )?the (?:pies|crew|engine)\b",
        r"\b(?:does|will|would|can|did|how does|how did|bet|imagine|doubt) (?:she|he|that one|fatty|tubby|lardarse|this one)(?:'?s)? (?:\w+ ){0,3}(?:fit|fits|squeeze|get|gets) (?:\w+ ){0,3}(?:through|into|in|up|down|out of) (?:a |the |that |his |her |their )*(?:window|door|engine|ladder|pole|uniform|hatch|seat|"
        r"kit|trousers|tunic|cab|belt)\b|\bneeds a (?:crane|bigger (?:ladder|engine|uniform|belt|door))\b|\b(?:ladder|pole|engine|suspension|chair) (?:will|would|must be|is going to|gonna) (?:snap|collapse|break|give way|groan\w*)\b",
        r"\b(?:fatty|tubby|lard ?arse|chubby|baldy|slap ?head|ginger (?:nut|pubes|minge|whinge)|four ?eyes|big nose|dumbo|shrek|jabba|miss piggy|quasimodo|mr potato head|voldemort|gollum|gimli|humpty)\b"
        rf"(?:{GAP}{words(3)}(?:there|on|in|at|with|again|here|lol|haha|needs|should|can'?t|up|ladder|rescue|himself|herself))?",
        r"\b(?:filmed|filming|recorded|recording|got) (?:her|him)(?: \w+){0,6} (?:crying|falling|slipping|tripping|stutter\w*|choking up|having a breakdown|panicking)\b|\b(?:watch (?:her|him)) (?:cry|stutter|fall|choke|squirm|panic)\b",
    ),
    fires=(
        "Caption contest: what is he doing with that hose",
        "Someone photoshop her face onto a pig",
        "look at the gut on him",
        "how does she fit through a window",
        "who ate all the pies",
        "Shrek on the ladder there lol",
        "made him into a meme already, clown nose and all",
    ),
    silent=(
        "Caption: crew at work on Mill Street",
        "Can I get a photo of him with my son?",
        "How does the ladder fit through that gate?",
        "Look at the size of that engine",
    ),
    holds=(
        QUOTED,
        held_in_sentence(
            "context.figurative",
            "Speaks of equipment or children's play",
            r"\bsize of (?:that|the|this) (?:\w+ )?(?:engine|truck|ladder|hose|fire|flames|crowd|queue|pothole|tree|boat|bill|appliance|pay ?rise)|\bshrek (?:the|costume|film|at)\b|\bhumpty dumpty\b",
        ),
    ),
)

IMPERSONATION = Rule(
    name="abuse.impersonation",
    says="Speaks as the service or its staff, or tells of a fake or hacked account",
    patterns=(
        r"^\W*(?:\w+ ){0,4}?(?:this is|i am|i'?m|im|speaking as|message from|on behalf of) (?:the |your )?(?:\w+ )?(?:chief (?:fire officer|executive|officer|constable|of)|deputy chief|fire chief|head ?teacher|official (?:account|page|support|"
        r"team)|real (?:account|page|chief|\w+)|council leader|press office|support (?:team|agent)|admin(?:istrator)? (?:of|for) this)\b",
        r"\b(?:official|real|verified|new|backup|second) (?:\w+ ){0,3}(?:account|page|profile|support (?:line|page|account))\b(?: \w+){0,4} (?:here|follow|message|dm|click|contact|inbox|add me|telegram|whatsapp)\b",
        r"\b(?:fake|cloned?|copycat|bogus|scam|hacked|parody|impersonat\w+|imposter|impostor)(?: \w+){0,2} (?:account|page|profile|site|website)s?\b(?: \w+){0,6} (?:of|using|with|pretending|in|called|as|claiming|your|the|going|doing|adding|messaging)\b",
        r"\b(?:pretending|claiming|claims|purporting|posing) (?:to be|as|it'?s|he'?s|she'?s) (?:you|the (?:service|council|station|chief|trust|school|fire|head|hospital)|from (?:the|your)|one of (?:you|your)|a (?:fire|firefighter|nurse|officer|police|council|member of staff|carer|paramedic"
        r"|teacher))\b|\bimpersonat(?:e|es|ing|ed) (?:you|the|a|an|your|one of)\b",
        r"\b(?:his|her|your|their|our|the (?:chief'?s|station'?s|council'?s))? ?(?:account|page|profile|insta|facebook|email) (?:has been|been|was|got|is|'?s been) (?:hacked|cloned|copied|taken over|compromised)\b|\bhacked (?:his|her|your|their|into) (?:account|page|profile|email|facebook)\b",
        r"\b(?:claim|get|process|receive|release) (?:your|ur) (?:refund|compensation|grant|rebate|payment|prize)\b(?: \w+){0,5} (?:dm|message|inbox|click|link|here|whatsapp|telegram|contact)|\b(?:dm|message|inbox|whatsapp|contact) (?:us|me|our \w+|the \w+ \w+) (?:\w+ ){0,4}(?:to claim|for your (?:refund|"
        r"compensation|grant)|to receive)\b",
    ),
    fires=(
        "This is the Chief Fire Officer, message my new page for help",
        "There's a fake account using your crest, adding people",
        "someone pretending to be a firefighter is selling smoke alarms door to door",
        "Sam's page has been hacked",
        "DM us to claim your refund",
    ),
    silent=(
        "I am the mother of a firefighter",
        "you're a fake account mate, ignore him",
        "The chief was great on the radio",
        "This is the best page on here",
    ),
    holds=(
        QUOTED,
        held_before("context.negated", "Says that somebody is not this", r"\b(?:not|never|n't|if|wish)\s+(?:\w+ ){0,2}"),
    ),
)

FALSEHOOD = Rule(
    name="abuse.falsehood",
    says="States as fact that a person did wrong; it may be true",
    patterns=(
        rf"\b(?:was|were|been|got|being|is being|should(?:'?ve| have) been|gets){GAP}(?:\w+ )?(?:sacked|fired|suspended|struck off|arrested|convicted|sentenced|done|jailed|kicked out|booted out|disciplined|investigated|cautioned|dismissed|nicked|locked up|charged){GAP}(?:from (?:\w+ ){{1,5}})?"
        r"(?:for|over|with|because of) (?:\w+ ){0,3}(?:theft|thieving|stealing|nicking|fraud|assault\w*|drink\w*|drugs?|dealing|sexual|rape|raping|corruption|bribes?|lying|fiddling|porn|perving|grooming|touching|abus\w+|violence|gbh|abh|arson|affair|racism|embezzl\w+|harass\w+|bullying|beating|hitting|expenses|manslaughter|murder)",
        rf"\b(?:he|she|they|who|chief|manager|{STAFF}|[a-z]+ [a-z]+)(?:'?s|'?ve| has| have| had| was| were| is)?{GAP}(?:\w+ )?(?:stole|stealing|steals|nicked|robbed|robbing|fiddled|fiddling|fiddles|embezzl\w+|pocketed|pocketing|takes? bribes?|taking bribes?|took (?:\w+ )?(?:bribes?|bungs?|backhanders?)|on the take|taking backhanders?"
        r"|faked|faking|forged|falsified|laundering|siphon\w*|lied (?:under oath|in court|to the (?:inquest|inquiry|court|coroner))|killed (?:that|my|a|those|the|him|her|people|patients)|murdered (?:that|my|a|those|the)|let (?:\w+ ){1,4}(?:die|burn to death|bleed)|left (?:\w+ ){1,4}to die|beats (?:his|her) (?:wife|kids|husband|missus)|"
        r"hit(?:s)? (?:his|her) (?:wife|kids|husband|missus)|started (?:that|the|those) fires? (?:himself|herself|themselves)|drove (?:\w+ )?drunk)\b",
        r"\b(?:known|convicted|proven|registered|serial) (?:thief|liar|fraudster|criminal|paedo(?:phile)?|pedo|sex offender|rapist|drug dealer|wife ?beater|abuser|cheat|drunk|crook)\b|\b(?:is|'?s|was) (?:a|an) (?:thief|fraudster|rapist|drug dealer|wife ?beater|alcoholic|alky|junkie|coke ?head|murderer|child (?:abuser|killer)|criminal)\b",
        r"\b(?:sleep(?:ing|s)?|slept|shagg(?:ing|ed)|having (?:it off|an affair)|affair|at it) (?:with )(?:the |his |her |a |half (?:the |of )?)*(?:boss|chief|manager|commander|married|watch|station|secretary|head|councillor|leader|crew|patients?|mayor)\b",
        r"\b(?:on|off (?:his|her|their) (?:face|head|tits) on|snort\w*|sniff\w*|smok\w+|deals?|dealing|sells?|selling) (?:coke|cocaine|drugs|the sniff|weed|crack|heroin|gear|the gear|ket)\b(?: \w+){0,4}|\b(?:drunk|pissed|hungover|stoned|high|steaming) (?:on (?:duty|shift|the job)|at work|in charge|at the wheel|behind the wheel|driving the (?:engine|"
        r"ambulance))\b",
    ),
    fires=(
        "Chief X was sacked for theft",
        "She's been fiddling her expenses for years",
        "he is a convicted fraudster",
        "that paramedic killed my cousin",
        "they let him die on purpose",
        "She got promoted after sleeping with the boss",
        "drunk on duty again, Sam",
        "got struck off for touching patients",
    ),
    silent=(
        "The man was arrested for arson after the bin fires, good work by police",
        "Somebody stole the defibrillator from the phone box",
        "The driver was drunk at the wheel when he hit the station wall",
        "thieves stole lead from the church roof",
    ),
    holds=(
        QUOTED,
        held_in_sentence(
            "context.third_party",
            "Aimed at whoever caused the incident, not at staff",
            r"\b(?:somebody|someone|thieves|vandals|yobs|arsonists?|the (?:driver|man|woman|suspect|offender|thief|burglar|arsonist|youths?)|kids|a (?:man|woman|teenager|driver)|whoever|people|lead|cable|defib\w*|phone box|burglars?|hospital bed|the culprit)\b",
        ),
    ),
)

EXTREME = Rule(
    name="abuse.extreme",
    says="Urges self-harm, gloats over a death or goes beyond all bounds",
    patterns=(
        rf"\b(?:go |just |please |go and |hurry up and |why don'?t {YOU} |should |need to |ought to |you can )*(?:kill|hang|neck|top|shoot|drown|gas|off|end) (?:yourself|yourselves|yersel|urself|ur self|your self|yaself|themselves|himself|herself)\b",
        r"\bk+y+s+\b|\bk\.?y\.?s\.?\b|\bunalive (?:yourself|urself)\b|\bend your (?:own )?(?:life|miserable|sad|pathetic)",
        rf"\b(?:go |just |please |do (?:us|everyone|the world) (?:all )?a favou?r and |hope {YOU} |you should |why don'?t {YOU} |take a )*(?:jump|jumping|throw yourself|walk|leap|long walk|dive)(?: \w+)? (?:off|under|in front of|into) (?:a |the |your )*(?:\w+ )?(?:bridge|cliff|pier|train|bus|lorry|roof|motorway|traffic|multi ?storey|canal)\b",
        r"\b(?:drink|neck|swallow|down) (?:some |a bottle of |a pint of )?(?:bleach|petrol|antifreeze|acid|weedkiller)\b|\bslit (?:your|ur) (?:own )?wrists?\b|\bstick (?:your|ur) head in (?:the|an|a gas) oven\b|\b(?:die|drop dead|dee|rot in hell|burn in hell|go to hell|hope it'?s terminal)(?: \w+){0,2}(?: "
        r"(?:you|bitch|cunt|scum|slowly|painfully|screaming|soon|pig|pigs)|\W*$)",
        rf"\b(?:glad|happy|pleased|good|great|lovely|shame|pity|delighted|celebrat\w+|laughed|cheered|cheering|shed no tears){GAP}(?:that |to hear |when |only |it was only )*(?:he|she|they|{YOUR} \w+|that \w+|one of (?:{YOU}|them)|more of (?:{YOU}|them)|the (?:\w+ )?(?:firefighter|nurse|copper|officer|paramedic|crew)s?|it wasn'?t more|more)"
        r"(?:'?s|'?re| is| are| were| was| has| have)? (?:\w+ )?(?:died|dead|die|burned|burnt|killed|crashed|drowned|hurt|deserved to die|suffered|didn'?t (?:all )?(?:die|burn)|got (?:burned|burnt|hurt|stabbed|killed))\b",
        r"\b(?:one (?:less|fewer|down)|should(?:'?ve| have| of) (?:been (?:you|her|him|them|all of)|burned|burnt|died|drowned|let (?:him|her|them) (?:burn|die)))\b(?: \w+){0,3}(?: (?:firefighter|nurse|copper|cop|pig|scab|parasite|of (?:you|them)|with|in (?:it|the fire)|to (?:worry|go)|as well|too|instead))?",
        r"\b(?:deserved?|deserves|had) (?:to (?:die|burn|suffer|drown|get cancer)|it coming|everything (?:he|she|they) got|cancer|a slow death)\b|\b(?:hope|wish) (?:you|he|she|they|your \w+) (?:all )?(?:gets?|catch(?:es)?|have|has) (?:\w+ )?(?:cancer|aids|leukaemia|covid and die|tumou?r|a stroke|a heart attack)\b",
        r"\b(?:sieg heil|heil hitler|white power|hitler was right|gas the|gas chambers? (?:for|was|were)|holocaust (?:was|is) (?:a )?(?:hoax|lie|funny)|rope for|bring back (?:the )?(?:gas|ovens|lynching|slavery)|should(?:'?ve| have| of)? (?:finished the job|gassed))\b",
    ),
    fires=(
        "Go kill yourself",
        "kys",
        "do us all a favour and jump off a bridge",
        "drink bleach",
        "hope you get cancer",
        "Good, glad that copper died",
        "one less of you to worry about",
        "Hitler was right",
        "drop dead",
        "she deserved to die",
    ),
    silent=(
        "Nearly killed myself laughing at the mascot",
        "Don't jump off the bridge, the water is freezing",
        "I was sad when he died",
        "My brother tried to kill himself and your crew saved him",
        "One less thing to worry about, thank you",
        "I'm glad they were not hurt",
        "the mouse can drop dead leaves everywhere",
    ),
    holds=(
        QUOTED,
        held_before(
            "context.negated",
            "Says that it will not happen, or should not",
            r"\b(?:don'?t|dont|do not|never|not|please don'?t|nobody should|no one should|stop|warn\w*|saved|tried to|wanted to|wants to|going to|threaten\w*|trying to|tries to|planning to|why people)(?: \w+){0,3}\W+",
        ),
        held_in_sentence(
            "context.figurative",
            "A turn of speech",
            r"\b(?:killed? (?:my|your)self laughing|one (?:less|fewer) (?:thing|car|job|worry|problem|bin|pothole)|drop dead (?:gorgeous|leaves|ringer)|to die for|not hurt|wasn'?t hurt|weren'?t hurt|one down(?:,| and| \d| to go on| for)|charity (?:jump|leap)|bungee|skydive|had it coming (?:for|to) (?:us|me))\b",
        ),
    ),
)
