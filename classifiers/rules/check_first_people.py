"""What is more urgent than abuse: harm to a child or adult at risk, child authors, terrorism."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before, held_in_sentence, held_within
from classifiers.rules.patterns import GAP, STAFF, words

_CHILD = (
    r"(?:child|children|kids?|pupils?|students?|cadets?|girls?|boys?|toddlers?|baby|babies"
    r"|teenagers?|schoolgirls?|schoolboys?|\d{1,2}[- ]?(?:year|yr)s?[- ]?olds?|year (?:7|8|9|10"
    r"|11)s?|son|daughter|little (?:one|girl|boy)|(?:boy|girl|child|kid|baby|family) (?:next door"
    r"|upstairs|downstairs|opposite)|grandson|granddaughter|nephew|niece|minor|minors|underage \w+"
    r"|young (?:girls?|boys?|lads?|people|person)|vulnerable (?:\w+ )?(?:adults?|woman|man|patient"
    r"|people|person)|patients?|residents?|service users?|nan|grandad|grandmother"
    r"|elderly (?:\w+ )?(?:woman|man|lady|patient|mother|mum|dad)|mother|mum|dad)"
)

SAFEGUARDING_ALLEGATION = Rule(
    name="check.safeguarding_allegation",
    says="May say that a child or an adult at risk was harmed or is in danger",
    patterns=(
        r"\b(?:step ?-?(?:dad|mum|father|mother)|dad|mum|father|mother|mum'?s boyfriend|uncle"
        r"|carer|brother|foster (?:dad|mum|carer)) (?:\w+ ){0,4}(?:hits?|hurts?|touches|touched"
        r"|beats|threatens|locks|burns?|comes into|hitting|hurting|touching|punches|kicks"
        r"|strangles|starves)(?: \w+)? (?:me|us|my (?:sister|brother|mum|wee \w+|little \w+))\b",
        r"\b(?:i'?m|im|i am|we'?re|we are|kids are|she'?s|he'?s) (?:too |really |so )?(?:scared"
        r"|afraid|frightened) (?:to (?:sleep|go home|be (?:at )?home|tell)|of (?:my (?:dad"
        r"|step ?dad|mum|uncle|carer)|him at home))\b|\bnot safe (?:at home|in (?:my|this"
        r"|our) house|here with)\b",
        rf"\b(?:{STAFF}|he|she|who|they|someone|him|her|you|your \w+){GAP}{words(4)}(?:touched"
        r"|touching|groped|groping|abused|abusing|assaulted|assaulting|raped|raping|molested"
        r"|molesting|fondled|groomed|grooming|sexted|sexting|slapped|hit|punched|kicked|hurt"
        r"|grabbed|dragged|pinned|neglected|starved|bruised|beat|beaten|interfered with"
        r"|took advantage of|exposed himself to|flashed|perving on|preyed on"
        rf"|preying on){GAP}(?:a |an |my |our |the |some |her |his |their |young |little |by |on "
        rf"|up |two |three |several )*{_CHILD}\b",
        r"\b(?:messag\w+|texting|texted|dm(?:'?d|ed|ing)?|snapchatting|seeing|dating"
        r"|sleeping with|slept with|sex with|having sex with|asking for pics? (?:from|off)"
        r"|sending (?:\w+ )?(?:pics?|photos?|messages) to|flirting with|relationship with"
        rf"|inappropriate with|alone with){GAP}(?:a |an |my |our |the |some |her |his |their "
        r"|young |little |with |two |other )*(?:child|children|kids?|pupils?|students?|cadets?"
        r"|school ?girls?|school ?boys?|\d{1,2}[- ]?(?:year|yr)s?[- ]?olds?|\d{1,2} ?yo"
        r"|year (?:7|8|9|10|11)s?|underage \w+|young girls?|young boys?|minors?|teenage girls?"
        r"|girls? (?:in|from) (?:her|his|the|my) (?:class|school)|vulnerable \w+|patients?)\b",
        rf"\b{_CHILD}{GAP}{words(3)}(?:was|were|been|being|is|got|get"
        rf"|getting){GAP}{words(2)}(?:touched|groped|abused|assaulted|raped|molested|groomed"
        r"|hit by|slapped|punched|hurt by|grabbed|locked in|left alone|neglected|restrained"
        r"|starved|beaten|bullied by (?:the|a|his|her) (?:teacher|staff|ta))\b",
        rf"\b{_CHILD}{GAP}(?:is|are|'?s){GAP}(?:\w+ )?(?:in danger|at risk|not safe|being hurt"
        r"|unsafe|home alone|screaming|being hit)\b",
        r"\b(?:not safe|unsafe|shouldn'?t be|should not be|never be|can'?t be trusted|keep (?:him"
        r"|her|them) away|don'?t let (?:him|her|them)|allowed)(?: \w+){0,3} (?:around|near|with"
        r"|alone with|working with|from) (?:any |our |your |the |young |vulnerable |all )*(?:kids"
        r"|children|girls|boys|pupils|teenagers|adults|patients)\b",
        r"\b(?:nonce|paedo|pedo|paedophile|pedophile|predator|kiddy fiddler|kiddie fiddler"
        rf"|sex offender|groomer){GAP}{words(5)}(?:work\w*|teach\w*|school|cadets?|children|kids"
        r"|scouts|nursery|with (?:kids|children)|staff|crew|watch|station|ward|employ\w*|coach\w*"
        r"|visits?)\b",
        r"\b(?:protecting|hiding|covering (?:up )?for|employ\w*|hired|hire) (?:a |an |the |that "
        r"|your )*(?:known |convicted )?(?:nonce|paedo|pedo|paedophile|child abuser|abuser|rapist"
        r"|sex offender|predator|groomer)s?\b",
    ),
    fires=(
        "my step dad hits me when he's drunk, im scared to sleep",
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
            r"\b(?:never leave (?:a )?child|training|policy says|awareness|course|hit (?:his|her"
            r"|my|their) (?:head|knee|elbow|arm|leg|thumb)|helpline)\b",
        ),
    ),
)

CHILD_AUTHOR = Rule(
    name="check.child_author",
    says="The writer may be under 18",
    patterns=(
        r"\b(?:i'?m|im|i am)(?: only| just)? (?:six|seven|eight|nine|ten|eleven|twelve|thirteen"
        r"|fourteen|fifteen|sixteen|seventeen)(?: years?(?: old)?| and i\b| and my\b|\W*$|[,!.])",
        r"\b(?:i'?m|im|i am)(?: only| just)? (?:[6-9]|1[0-7]) (?:still|next|soon|tomorrow|today"
        r"|in (?:a|two|three|january|february|march|april|may|june|july|august|september|october"
        r"|november|december)) ?(?:so|but|lol|month|months|week|weeks|\W|$)",
        r"\b(?:i'?m|im|i am) in (?:class|primary|reception|nursery|p|s|form) ?(?:[1-7]|one|two"
        r"|three|four|five|six)\b",
        r"\b(?:i'?m|im|i am)(?: only| just| like| literally| actually)? (?:[6-9]"
        r"|1[0-7])(?: and (?:a half|i|my)| years?(?: old)?| yrs?(?: old)?| ?yo\b| btw|$|[.!,?)]"
        r"| lol| lmao)",
        r"\b(?:i'?m|im|i am|we'?re|were|we are) in (?:year|yr|y) ?(?:[2-9]|1[0-3])\b",
        r"\b(?:my|our) (?:head ?teacher|form tutor|teacher|form|class ?mates?|year head"
        r"|head of year|school|sixth form|pe teacher|maths teacher) (?:said|says|told|made|gave"
        r"|is so|won'?t let|is making|came|took (?:us|my))\b",
        r"\b(?:when|once) i (?:grow up|am older|'?m older|leave school|finish school"
        r"|turn 1[678])\b|\bwhen im older\b",
        r"\b(?:for|doing|got|have|did) (?:my|a|our) (?:homework|school project|gcses?|mocks"
        r"|school trip|science project|a-?levels?|year \d+ project)\b",
        r"\bmy (?:mum|mam|mom|dad|nan|parents)(?: and dad)? (?:says? i'?m (?:too young"
        r"|not allowed)|won'?t let me|will ground me|grounded me|took my (?:phone|xbox|ps5))",
    ),
    fires=(
        "i am ten and i pressed the siren",
        "i am in class 4 and it was the best day",
        "im 17 still",
        "im 12 and i want to be a firefighter",
        "I'm 14 years old and this is wrong",
        "im in year 9 and u came to our school",
        "when i grow up i want to drive the engine",
        "my mum won't let me go to the open day",
        "My teacher said you would come back",
    ),
    silent=(
        "I am ten minutes away",
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
        r"\b(?:mosque|synagogue|temple|gurdwara|asylum hotel|migrant hotel"
        r"|church)(?: \w+){0,3} (?:will|gonna|going to|is going to|should|needs to|wants to"
        r"|deserves to) (?:\W?\w+ )?\W?(?:go up|burn|blow|get (?:it|torched|bombed|burned)"
        r"|be (?:burned|burnt|torched|bombed|blown))\b",
        r"\b(?:planted|plant|planting|put|left|placed|set|setting|i have|i'?ve got|we have"
        rf"|detonate|there'?s|there is){GAP}(?:a |the |my |some )?(?:pipe |nail |car |dirty "
        rf"|suicide )?(?:bomb|bombs|explosives?|device|ied){GAP}(?:in|at|under|on|outside|near"
        r"|inside|by|and|tonight|tomorrow|will|to go off|ready|set)\b",
        r"\b(?:support|supporting|join|joining|joined|pledge|pledged|loyal to|soldiers? of"
        r"|proud of|love|victory to|long live|up the|glory to|with|for|member of|allegiance to"
        r"|viva) (?:the )?(?:isis|isil|daesh|islamic state|al[ -]?qaeda|al[ -]?shabaab|boko haram"
        r"|national action|atomwaffen|feuerkrieg|ira|real ira|uvf|uda|hamas|hezbollah"
        r"|hizb ut[ -]tahrir|combat 18|sonnenkrieg)\b",
        r"\bdeath to (?:the |all )?(?:west|infidels?|kuff?ar|jews|muslims|immigrants|migrants"
        r"|crusaders|christians|unbelievers|kafirs?|refugees)\b",
        r"\b(?:attack|burn|burn down|torch|bomb|blow up|storm|shoot up|firebomb) (?:the |that "
        r"|every |all |all the |a |their )?(?:\w+ )?(?:mosques?|synagogues?|church(?:es)?|temple"
        r"|gurdwara|asylum (?:hotel|seekers?|centre)|migrant (?:hotel|centre)|hotel (?:with"
        r"|full of)|immigration (?:centre|lawyers?)|parliament|jews|muslims|infidels|kuff?ar)\b",
        r"\b(?:white jihad|race war (?:now|is|starts?)|start (?:the|a) race war|day of the rope"
        r"|14 ?/? ?88|1488|rahowa|gas the (?:jews|muslims|kikes)|jihad (?:against|on|now|is the)"
        r"|kill (?:all )?(?:the )?(?:kuff?ar|infidels|non[- ]?believers)|martyrdom operation"
        r"|lone wolf attack|hail breivik|saint (?:tarrant|breivik|roof))\b",
    ),
    fires=(
        "saying the mosque will go up like a bonfire for the cause",
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
            r"\b(?:disposal|ww2|wwii|world war|unexploded|bath bombs?|photo ?bombs?|inquiry"
            r"|victims|museum|hoax|squad|old mine|documentary|film)\b",
        ),
    ),
)
