"""What is more urgent than abuse, first part: lives at risk, children, terrorism; and the family."""

from __future__ import annotations

from classifiers.rules.check_first_routes import (
    COMPLAINT,
    DATA_BREACH_SIGNAL,
    INFORMATION_REQUEST,
    MEDIA_ENQUIRY,
)
from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, RuleFamily, held_before, held_in_sentence, held_within
from classifiers.rules.patterns import GAP, STAFF, any_of, words

_BURNING_THING = (
    r"(?:house|flat|flats|home|building|kitchen|shed|garage|car|van|lorry|bus|caravan|boat|barn|field"
    r"|moor|heath|bin|bins|skip|roof|chimney|school|shop|pub|warehouse|factory|tree|trees|hedge|grass"
    r"|woods|tower|block|hotel|church|next door'?s?|neighbour'?s|balcony|loft|oven|cooker|hob|toaster"
    r"|substation|pylon|battery|scooter|garden|fence|gorse|haystack|stable|house opposite|estate)"
)

EMERGENCY_REPORT = Rule(
    name="check.emergency_report",
    says="May report an emergency that is happening now",
    patterns=(
        rf"\b{_BURNING_THING}{GAP}{words(3)}(?:is|are|'?s|has|have|'?ve|just|still|properly|well){GAP}"
        rf"(?:currently |now |just |literally |all |well |gone |caught |going |really )*(?:on fire|up in flames"
        r"|alight|ablaze|caught fire|caught light|gone up|burning|smoking|in flames)\b",
        rf"\b(?:there'?s|there is|theres|there are|i can see|we can see|can see|i see|huge|big|massive|large)"
        rf"{GAP}(?:a |an |some |loads of |lots of |thick |black |massive |big |huge |large |really )*(?:fire"
        r"|flames|smoke|blaze|explosion|gas leak|crash|rtc|accident|pile ?up|flood|flooding|person trapped"
        r"|someone trapped|people trapped|wildfire)"
        rf"{GAP}{words(4)}(?:now|near|at|on|in|by|behind|outside|opposite|coming|down|up|from|here|across"
        r"|under|next|over)\b",
        r"\b(?:fire|smoke|flames|explosion|crash|gas leak) (?:at|on|in|behind|near|by|outside|coming (?:from|out)"
        r"|opposite) (?:the |my |our |a )?(?:\w+ ){0,4}(?:right now|now|please|pls|quick|hurry|help|asap|send"
        r"|urgent|urgently|getting bigger|spreading)\b",
        r"\b(?:can|could|please|pls|need|send|we need|i need|get)\b(?: (?:you|someone|to|us|me|please))* ?(?:send"
        r"|need|get)? ?(?:a |an |the |some )?(?:fire engines?|fire brigade|fire service|ambulance|paramedics?"
        r"|crew|help|someone|engine|police|lifeboat|rescue)"
        r" (?:\w+ ){0,5}(?:now|asap|quick|quickly|urgently|immediately|straight away|hurry|right away|please"
        r" hurry|stat)\b",
        r"\b(?:he|she|someone|somebody|a (?:man|woman|child|kid|lad|girl|boy|lady|bloke|dog|baby|person)|my"
        r" \w+|i|i'?m|im|we|we'?re|people|they|they'?re)(?:'?s|'?re| is| are| am|'?m)? (?:\w+ )?(?:trapped|stuck"
        r" (?:in (?:the |a )?(?:lift|mud|water|river|sea|car|bath|fire|smoke|flat|house)|under|on the (?:roof"
        r"|ledge|cliff))|not breathing|unconscious|drowning|choking|bleeding (?:out|badly|heavily)"
        r"|having a (?:heart attack|stroke|seizure|fit)|hanging off|(?:being|getting) swept|in the"
        r" (?:water|river|canal|sea) and)\b",
        r"\b(?:has|have|'?s|just) collapsed\b (?:at|in|on|outside|here|and|by|near|please|right)",
        r"\b(?:i|we|you) can (?:really )?smell (?:gas|burning|smoke)\b|\bsmell(?:s)? of (?:gas|burning) (?:in|at"
        r"|on|coming|really|very|by|near)\b|\bstrong smell of (?:gas|burning|smoke)",
        r"\b(?:carbon monoxide|co|gas|smoke) alarms? (?:is|are|has been|keeps?|'?s|won'?t stop|just|been)"
        r" (?:\w+ )?(?:going off|sounding|beeping and|went off and|gone off)\b",
        r"\b(?:please|pls|plz)(?: \w+)? (?:come|help|hurry)(?: \w+)? (?:quick|quickly|now|fast|asap|hurry|us|me)\b",
        r"\b(?:help|hurry)[ !,]+(?:there'?s|theres|there is|it'?s|its|we'?re|were|i'?m|im|my|the|please)\b.{0,40}"
        r"\b(?:fire|smoke|trapped|flames|drowning|breathing|collapsed|burning|water|gas|crash\w*|bleeding)\b",
        r"\b(?:can'?t get (?:through|an answer)|no ?one(?: is|'?s)? (?:answering|picking up)|on hold)"
        r" (?:\w+ ){0,3}999\b|\b999 (?:is |are |isn'?t |not )(?:\w+ )?(?:answering|working|ringing out|busy)\b",
    ),
    fires=(
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
                r"\b(?:if|what (?:should|would|do) (?:i|you|we)(?: \w+)? (?:if|when|for)|imagine|in case|when (?:your|a|my|there'?s|someone)"
                r"|suppose|would you|drill|exercise|training|film|movie|game|pretend|hypothetical\w*|last (?:night"
                r"|year|week|month|time|summer)|yesterday|years? ago|weeks? ago|days? ago|back in|in (?:19|20)\d\d"
                r"|remember|used to|the other (?:day|night)|earlier this|anniversary|plaque)\b",
                r"\b(?:fire|smoke) (?:station|stations|engine|engines|service|alarm(?:s)? (?:in|on|at|fitted|should"
                r"|testing)|safety|door|doors|crew|sale|pit|work|works|brigade (?:museum|union))\b(?:(?:[^.!?]{0,40})"
                r"(?:in our|museum|closing|closed|open|parked|being built|to look|near us|at the (?:fete|show"
                r"|gala)))",
                r"\b(?:a fire (?:station|engine|service|door|drill|pit|officer)|flood (?:defences?|plain|barrier"
                r"|of (?:complaints|comments|tears|messages)))\b",
            ),
        ),
    ),
)

WELFARE_CONCERN = Rule(
    name="check.welfare_concern",
    says="Somebody may be at risk of suicide or self-harm",
    patterns=(
        r"\b(?:want|wants|wanted|wanna|going|gonna|thinking (?:of|about)|feel like|ready|planning|plan|trying"
        r"|tried|need|about|consider\w*|thoughts of|tempted)(?: to)? (?:just |be |myself |of )*(?:die|dying"
        r"|dead|end(?:ing)? (?:it(?: all)?|my life|things|everything)|kill(?:ing)? (?:myself|mysel|my self)"
        r"|hang(?:ing)? myself|top(?:ping)? myself|overdos\w+|jump(?:ing)? off|take my (?:own )?life"
        r"|taking my (?:own )?life|disappear(?:ing)? forever|not (?:be|wake up|exist))\b",
        r"\b(?:i|i'?ve|we) (?:just )?(?:can'?t|cant|cannae|cannot) (?:go on|do this|take (?:it|this|much more)"
        r"|cope|carry on|live like this|keep going)(?: \w+)? ?(?:any ?more|anymore|no more|any longer|much longer"
        r"|like this|$|[.!])",
        r"\b(?:don'?t|dont|dinnae|do not) (?:want|wanna)(?: to)? (?:be here|live|wake up|exist|be alive|carry on"
        r"|go on)(?: \w+)?(?: any ?more| anymore|$|[.!,])",
        r"\b(?:no|not much|any|what'?s the|see no) (?:point|reason)(?: in| to)? (?:me )?(?:living|going on|being"
        r" here|carrying on|to live|live|anymore|being alive|life)\b",
        r"\b(?:better off|be happier|easier) (?:dead|without me|if i (?:wasn'?t|weren'?t|was not|died|was gone))\b",
        r"\b(?:i'?m|im|i am|feel|feeling|felt|he'?s|she'?s|they'?re|he is|she is|is|been) (?:\w+ )?(?:suicidal"
        r"|self ?-?harming)\b|\bself ?-?harm(?:ed|ing)?(?: again)?\b|\b(?:cut|cutting|cuts|hurt|hurting) (?:myself"
        r"|himself|herself|themselves) (?:again|on purpose|every|because|to)\b",
        r"\b(?:end|ending|ended|take|taking) (?:my|his|her|their)(?: own)? (?:life|pain)\b",
        r"\b(?:no ?one|nobody|noone) (?:would|will|wud) (?:even )?(?:miss|notice|care)(?: \w+)? (?:me|if i)\b",
        r"\b(?:i'?ve|ive|i have|i|she'?s|he'?s) (?:just )?(?:taken|took) (?:\w+ )?(?:an overdose|all (?:my|the|of"
        r" (?:my|the)) (?:pills|tablets|meds|medication|paracetamol)|too many (?:pills|tablets)|\d+ (?:pills"
        r"|tablets|paracetamol))",
        r"\b(?:he|she|they|my \w+|mate|friend|brother|son|daughter)(?:'?s|'?re| is| are| has| have)? (?:\w+ ){0,3}"
        r"(?:going to|gonna|threatening to|says? (?:he|she|they)(?:'?s|'?ll| will|'?re| is| wants? to)|talking"
        r" about|wants? to|tried to)"
        r" (?:\w+ )?(?:kill(?:ing)? (?:himself|herself|themselves)|jump(?:ing)?|end(?:ing)? (?:it|his|her|their)"
        r"|take (?:his|her|their) own|hang (?:himself|herself))\b",
        r"\b(?:on|stood on|standing on|sat on|up on) the (?:bridge|ledge|roof|edge|railway|tracks)(?:[ ,]+\w+){0,3}"
        r"[ ,]+(?:jump|bye|goodbye|done|sorry|end it|can'?t|over)\b|\bgoodbye (?:everyone|all|world)\b|\bthis is my"
        r" (?:last|final) (?:post|message|goodbye)\b",
        r"\bwish i (?:was|were) (?:dead|never born)|\bwish i (?:could (?:just )?(?:die|sleep forever)|wasn'?t here"
        r"|didn'?t exist|wouldn'?t wake up)",
    ),
    fires=(
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
            r"\b(?:laughing|laughter|embarrass\w*|shame|cringe|from cuteness|of cuteness|suicidal (?:driv\w+|cyclist"
            r"\w*|pheasants?|squirrels?|policy|move)|on (?:saturday|sunday|monday|tuesday|wednesday|thursday|friday)"
            r"|in this (?:queue|traffic|heat)|of (?:boredom|heat|hunger|thirst|happiness|laughter)|prevention"
            r"|awareness|training|go on (?:holiday|the|a|about))\b",
        ),
    ),
)

_CHILD = (
    r"(?:child|children|kids?|pupils?|students?|cadets?|girls?|boys?|toddlers?|baby|babies|teenagers?|schoolgirls?"
    r"|schoolboys?|\d{1,2}[- ]?(?:year|yr)s?[- ]?olds?|year (?:7|8|9|10|11)s?|son|daughter|little (?:one|girl|boy)"
    r"|(?:boy|girl|child|kid|baby|family) (?:next door|upstairs|downstairs|opposite)|grandson|granddaughter|nephew|niece|minor|minors|underage \w+|young (?:girls?|boys?|lads?|people|person)"
    r"|vulnerable (?:\w+ )?(?:adults?|woman|man|patient|people|person)|patients?|residents?|service users?|nan"
    r"|grandad|grandmother|elderly (?:\w+ )?(?:woman|man|lady|patient|mother|mum|dad)|mother|mum|dad)"
)
SAFEGUARDING_ALLEGATION = Rule(
    name="check.safeguarding_allegation",
    says="May say that a child or an adult at risk was harmed or is in danger",
    patterns=(
        rf"\b(?:{STAFF}|he|she|who|they|someone|him|her|you|your \w+){GAP}{words(4)}(?:touched|touching|groped|groping"
        r"|abused|abusing|assaulted|assaulting|raped|raping|molested|molesting|fondled|groomed|grooming|sexted|sexting"
        rf"|slapped|hit|punched|kicked|hurt|grabbed|dragged|pinned|neglected|starved|bruised|beat|beaten|interfered"
        rf" with|took advantage of|exposed himself to|flashed|perving on|preyed on|preying on){GAP}(?:a |an |my |our"
        rf" |the |some |her |his |their |young |little |by |on |up |two |three |several )*{_CHILD}\b",
        rf"\b(?:messag\w+|texting|texted|dm(?:'?d|ed|ing)?|snapchatting|seeing|dating|sleeping with|slept with|sex with"
        rf"|having sex with|asking for pics? (?:from|off)|sending (?:\w+ )?(?:pics?|photos?|messages) to|flirting with"
        rf"|relationship with|inappropriate with|alone with){GAP}(?:a |an |my |our |the |some |her |his |their |young"
        rf" |little |with |two |other )*(?:child|children|kids?|pupils?|students?|cadets?|school ?girls?|school ?boys?"
        r"|\d{1,2}[- ]?(?:year|yr)s?[- ]?olds?|\d{1,2} ?yo|year (?:7|8|9|10|11)s?|underage \w+|young girls?"
        r"|young boys?|minors?|teenage girls?|girls? (?:in|from) (?:her|his|the|my) (?:class|school)|vulnerable"
        r" \w+|patients?)\b",
        rf"\b{_CHILD}{GAP}{words(3)}(?:was|were|been|being|is|got|get|getting){GAP}{words(2)}(?:touched|groped|abused"
        r"|assaulted|raped|molested|groomed|hit by|slapped|punched|hurt by|grabbed|locked in|left alone|neglected"
        r"|restrained|starved|beaten|bullied by (?:the|a|his|her) (?:teacher|staff|ta))\b",
        rf"\b{_CHILD}{GAP}(?:is|are|'?s){GAP}(?:\w+ )?(?:in danger|at risk|not safe|being hurt|unsafe|home alone"
        r"|screaming|being hit)\b",
        r"\b(?:not safe|unsafe|shouldn'?t be|should not be|never be|can'?t be trusted|keep (?:him|her|them) away"
        r"|don'?t let (?:him|her|them)|allowed)(?: \w+){0,3} (?:around|near|with|alone with|working with|from) (?:any"
        r" |our |your |the |young |vulnerable |all )*(?:kids|children|girls|boys|pupils|teenagers|adults|patients)\b",
        rf"\b(?:nonce|paedo|pedo|paedophile|pedophile|predator|kiddy fiddler|kiddie fiddler|sex offender|groomer)"
        rf"{GAP}{words(5)}(?:work\w*|teach\w*|school|cadets?|children|kids|scouts|nursery|with (?:kids|children)|staff"
        r"|crew|watch|station|ward|employ\w*|coach\w*|visits?)\b",
        r"\b(?:protecting|hiding|covering (?:up )?for|employ\w*|hired|hire) (?:a |an |the |that |your )*(?:known |"
        r"convicted )?(?:nonce|paedo|pedo|paedophile|child abuser|abuser|rapist|sex offender|predator|groomer)s?\b",
    ),
    fires=(
        "Your cadet instructor has been messaging a 14 year old",
        "one of your lads touched my daughter at the open day",
        "My nan was left alone and bruised, she was hit by the carer",
        "he shouldn't be working around kids after what he did",
        "a teacher there is sleeping with a pupil",
        "the boy next door is in danger, I hear him every night",
        "you are protecting a nonce",
        "My son got grabbed by a TA",
    ),
    silent=(
        "My son hit his head and your crew were brilliant with the kids",
        "The kids loved the visit",
        "Please keep children away from the water",
        "Great work with young people",
        "my daughter was thrilled to sit in the engine",
    ),
    holds=(
        held_in_sentence(
            "context.figurative",
            "Speaks of advice, training or other news",
            r"\b(?:never leave (?:a )?child|training|policy says|awareness|course|hit (?:his|her|my|their) (?:head|knee"
            r"|elbow|arm|leg|thumb)|helpline)\b",
        ),
    ),
)

CHILD_AUTHOR = Rule(
    name="check.child_author",
    says="The writer may be under 18",
    patterns=(
        r"\b(?:i'?m|im|i am)(?: only| just| like| literally| actually)? (?:[6-9]|1[0-7])(?: and (?:a half|i|my)| years?"
        r"(?: old)?| yrs?(?: old)?| ?yo\b| btw|$|[.!,?)]| lol| lmao)",
        r"\b(?:i'?m|im|i am|we'?re|were|we are) in (?:year|yr|y) ?(?:[2-9]|1[0-3])\b",
        r"\b(?:my|our) (?:head ?teacher|form tutor|teacher|form|class ?mates?|year head|head of year|school|sixth form"
        r"|pe teacher|maths teacher) (?:said|says|told|made|gave|is so|won'?t let|is making|came|took (?:us|my))\b",
        r"\b(?:when|once) i (?:grow up|am older|'?m older|leave school|finish school|turn 1[678])\b|\bwhen im older\b",
        r"\b(?:for|doing|got|have|did) (?:my|a|our) (?:homework|school project|gcses?|mocks|school trip|science project"
        r"|a-?levels?|year \d+ project)\b",
        r"\bmy (?:mum|mam|mom|dad|nan|parents)(?: and dad)? (?:says? i'?m (?:too young|not allowed)|won'?t let me"
        r"|will ground me|grounded me|took my (?:phone|xbox|ps5))",
    ),
    fires=(
        "im 12 and i want to be a firefighter",
        "I'm 14 years old and this is wrong",
        "im in year 9 and u came to our school",
        "when i grow up i want to drive the engine",
        "my mum won't let me go to the open day",
        "My teacher said you would come back",
    ),
    silent=(
        "I'm 10 minutes away",
        "I'm 12 weeks pregnant and waiting",
        "I am 16 stone and could still do it",
        "I'm in year two of this complaint",
        "I'm 45 and never seen anything like it",
        "My daughter is 14",
    ),
    holds=(
        QUOTED,
        held_before("context.quoted", "Repeats somebody else's words", r"\bwhen i was\b.{0,40}"),
    ),
)

TERRORISM_SIGNAL = Rule(
    name="check.terrorism_signal",
    says="May support or threaten terrorism",
    patterns=(
        rf"\b(?:planted|plant|planting|put|left|placed|set|setting|i have|i'?ve got|we have|detonate|there'?s|there is)"
        rf"{GAP}(?:a |the |my |some )?(?:pipe |nail |car |dirty |suicide )?(?:bomb|bombs|explosives?|device|ied){GAP}"
        rf"(?:in|at|under|on|outside|near|inside|by|and|tonight|tomorrow|will|to go off|ready|set)\b",
        r"\b(?:support|supporting|join|joining|joined|pledge|pledged|loyal to|soldiers? of|proud of|love|victory to|long"
        r" live|up the|glory to|with|for|member of|allegiance to|viva) (?:the )?(?:isis|isil|daesh|islamic state|al"
        r"[ -]?qaeda|al[ -]?shabaab|boko haram|national action|atomwaffen|feuerkrieg|ira|real ira|uvf|uda|hamas"
        r"|hezbollah|hizb ut[ -]tahrir|combat 18|sonnenkrieg)\b",
        r"\bdeath to (?:the |all )?(?:west|infidels?|kuff?ar|jews|muslims|immigrants|migrants|crusaders|christians"
        r"|unbelievers|kafirs?|refugees)\b",
        r"\b(?:attack|burn|burn down|torch|bomb|blow up|storm|shoot up|firebomb) (?:the |that |every |all |all the |a"
        r" |their )?(?:\w+ )?(?:mosques?|synagogues?|church(?:es)?|temple|gurdwara|asylum (?:hotel|seekers?|centre)"
        r"|migrant (?:hotel|centre)|hotel (?:with|full of)|immigration (?:centre|lawyers?)|parliament|jews|muslims"
        r"|infidels|kuff?ar)\b",
        r"\b(?:white jihad|race war (?:now|is|starts?)|start (?:the|a) race war|day of the rope|14 ?/? ?88|1488|rahowa"
        r"|gas the (?:jews|muslims|kikes)|jihad (?:against|on|now|is the)|kill (?:all )?(?:the )?(?:kuff?ar|infidels"
        r"|non[- ]?believers)|martyrdom operation|lone wolf attack|hail breivik|saint (?:tarrant|breivik|roof))\b",
    ),
    fires=(
        "I've planted a bomb under the town hall",
        "long live the islamic state",
        "burn down the asylum hotel",
        "death to the infidels",
        "white jihad now",
        "there's a bomb in your station set to go off",
    ),
    silent=(
        "There's a bomb disposal van at the beach, is it an old mine?",
        "Bath bombs on sale at the fete",
        "There's a WW2 bomb on the building site",
        "Bonfire Night at the church hall",
        "I support the IRA inquiry being published",
        "The mosque is collecting for the food bank",
    ),
    holds=(
        QUOTED,
        held_within(
            "context.figurative",
            "Speaks of news, history or something harmless",
            r"\b(?:disposal|ww2|wwii|world war|unexploded|bath bombs?|photo ?bombs?|inquiry|victims|museum|hoax|squad"
            r"|old mine|documentary|film)\b",
        ),
    ),
)

CHECK_FIRST = RuleFamily(
    "rules.check_first",
    (
        EMERGENCY_REPORT,
        WELFARE_CONCERN,
        SAFEGUARDING_ALLEGATION,
        CHILD_AUTHOR,
        TERRORISM_SIGNAL,
        COMPLAINT,
        MEDIA_ENQUIRY,
        INFORMATION_REQUEST,
        DATA_BREACH_SIGNAL,
    ),
)
