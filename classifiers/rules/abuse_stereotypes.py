"""Stereotypes and calls to exclude, each named after the characteristic that it attacks."""

from __future__ import annotations

from classifiers.rules.abuse_characteristics import PEOPLES, SLUR_HOLDS
from classifiers.rules.engine import Rule


def _stereotype(
    kind: str, what: str, patterns: tuple[str, ...], fires: tuple[str, ...], silent: tuple[str, ...]
) -> Rule:
    says = f"Attacks or excludes somebody because of {what}"
    return Rule(f"abuse.stereotype.{kind}", says, patterns, fires, silent, SLUR_HOLDS)


STEREOTYPES = (
    _stereotype(
        "race",
        "race or nationality",
        (
            r"\bback (?:to )?where (?:you|he|she|they|u) (?:all )?(?:came|come"
            r"|belong)s?\b(?: from)?",
            r"\b(?:wants?|needs?|should be|ought to be|deserves?|get (?:her|him"
            r"|them)) deport(?:ing|ed)\b|\bhire english(?: speakers?)?\b|\bch[i*]ng ch[aoiu*]ng\b",
            r"\b(?:never|can'?t|cannot|couldn'?t|don'?t) understand a (?:bloody "
            r"|fucking )?word (?:of )?(?:these|those|this|she|he|they|any of)\b",
            r"\bgo(?:ing)? (?:back|home)(?: to)? (?:where (?:you|u|ya|they|he|she) (?:came|come"
            r"|belong|cum)|your (?:own )?country|your own|africa|pakistan|india|poland|romania"
            r"|nigeria|somalia|jamaica|china|ireland|scotland|bongo|the jungle|albania|bangladesh"
            r"|turkey|syria|afghanistan|iraq|iran|wherever)\b",
            r"\bsend (?:them|her|him|'?em|you|the lot|these people|all of them)(?: all"
            r"| lot)? (?:back|home)(?: to (?:where|(?:his|her|their) own|africa|india|pakistan"
            r"|poland|romania|albania)| where|\W*$)|\bdeport (?:her|him|them|you|the lot)\b",
            r"\b(?:speak|learn|try speaking) (?:proper |the |some |fucking )*(?:english"
            r"|queen'?s english|king'?s english)(?: you| ffs| or (?:get|go|leave|fuck|piss|else)"
            r"| in (?:england|this)|\W*$)|\bcan'?t (?:even )?(?:speak"
            r"|understand a word (?:of )?(?:english|she|he)|read) (?:a word of |proper |bloody "
            r"|fucking )*(?:english|(?:she|he) says)",
            r"\bnot (?:really |properly |even |actually |one of )+(?:british|english|scottish"
            r"|welsh|white|from (?:round )?here|local born)\b(?: (?:is|are|was|though|either"
            r"|looking|enough|born|and|so|at all)|\W*$|, )",
            r"\b(?:nobody|no one|none of them|not one|hardly any|where are all the) (?:\w+"
            r" ){0,4}(?:white|english|british)(?: \w+){0,2}(?: left| anymore| any more| faces?"
            r"| names?| people| staff| on|\W*$)",
            rf"\b(?:all|you|these|them|too many|bloody|those|more|full of) (?:lot of )?{PEOPLES}"
            r" (?:are|should|need|get|come|coming|taking|took|want|can'?t|stink|smell|lazy|thick"
            r"|sponging|scroung\w+|running|everywhere|in charge)\b",
            r"\b(?:smells?|stinks?|reeks?) (?:of|like) (?:curry|cabbage|garlic|goat)\b"
            r"|\bmonkey (?:noises|chants)|\x{1F34C}\x{1F412}|\x{1F412}\x{1F34C}|\bbanana boat"
            r"|\b(?:came|comes|come|fresh|just got) (?:over )?(?:off|on) (?:the"
            r"|a) (?:\w+ )?(?:boat|dinghy)\b",
            r"\b(?:diversity|token|quota|dei|box[- ]?tick(?:ing)?) (?:hire|hires|appointment|black"
            r"|asian|brown|ethnic|foreigner|minority|man|bloke|promotion|recruit)s?\b",
        ),
        (
            "send the deputy chief back where he came from",
            "can never understand a word these ones say on the phone",
            "wants deporting not a pay cheque",
            "go back to where you came from",
            "send her back",
            "speak English ffs",
            "diversity hire",
            "not even British, that one",
            "too many foreigners coming here taking jobs",
        ),
        (
            "Go home safe everyone",
            "We send them back to school with smoke alarms",
            "Do you speak English or Welsh at the open day?",
            "diversity hiring day at the hall",
        ),
    ),
    _stereotype(
        "religion",
        "religion or belief",
        (
            r"\b(?:islam|muslims?|jews?|judaism|catholics?|christianity|hindus?|sikhs?|muhammad"
            r"|mohammed|the pope)(?: is| are| was)? (?:a |an |all )?(?:disease|cancer|plague"
            r"|death cult|cult|poison|evil|filth|vermin|terrorists?|paedos?|barbari\w+|backward)\b",
            r"\b(?:blow (?:us|the (?:place|station|school|hospital|bus|town)) up|got a bomb"
            r"|bomb (?:under|vest)|suicide vest)\b.{0,60}\b(?:muslim|beard|hijab|burqa|headscarf"
            r"|turban|allah|prayer)\b|\b(?:beard|hijab|burqa|headscarf"
            r"|turban)\w*\b.{0,40}\b(?:bomb|blow (?:us|up)|terrorist|isis|taliban|behead)\w*",
            r"\b(?:sharia (?:fire|now|here|council|state|police|school|law (?:now|here|next|coming"
            r"|soon))|islami[sz]ation|islamification|great replacement|halal (?:hose|fire)"
            r"|muslim (?:takeover|invasion|grooming|rape))\b|\b(?:take|get|rip) (?:that|her|the"
            r"|your) (?:hijab|headscarf|burqa|turban|tea ?towel|rag|curtain) (?:off|away)\b"
            r"|\b(?:tea ?towel|rag|curtain|nappy) on (?:her|his|your) head\b",
            r"\b(?:looks? like|is|are) (?:a |an )?(?:\w+ )?(?:taliban|isis bride|suicide bomber"
            r"|osama|bin laden|terrorist)\b|\bno (?:muslims?|jews?|catholics?|hindus?|sikhs?"
            r"|mosques?) (?:in|on|allowed|wanted|here|should)\b|\b(?:jews|zionists) (?:run|control"
            r"|own|behind)\b",
        ),
        (
            "islam is a disease and you lot are grovelling to it",
            "tea towel on her head",
            "that one with the hijab looks like an isis bride",
            "sharia fire service now",
            "No Muslims in our station",
        ),
        (
            "The hijab she wears under the helmet is flame resistant",
            "Sikh temple gave the crew lunch",
            "The bomb squad dealt with it",
        ),
    ),
    _stereotype(
        "disability",
        "disability or health",
        (
            r"\b(?:bet|must be|clearly|obviously|probably|definitely|is|he'?s|she'?s"
            r"|are) (?:\w+ )?(?:on the spectrum|off (?:his|her|their|your) meds|not all there"
            r"|a few (?:sandwiches|chips) short|missing a chromosome|extra chromosome"
            r"|window licking)\b",
            r"\b(?:belongs?|should be|wants? putting|put (?:him|her|you)|lock(?:ed)? (?:him|her"
            r"|you)?) (?:\w+ )?in (?:a|the) (?:padded cell|asylum|loony bin|nut ?house"
            r"|special school|straitjacket|home for)|\b(?:forgot|forgotten|go (?:and )?take"
            r"|skipped|missed|off) (?:to take )?(?:your|ur|his|her) (?:meds|tablets|medication"
            r"|pills)\b",
            r"\b(?:fat|obese|disabled|wheelchair|deaf|blind|autistic|dyslexic|mental|depressed"
            r"|one[- ]legged|ill|sick)(?: \w+){0,2} (?:can'?t|cannot|shouldn'?t|should not"
            r"|couldn'?t|has no place|have no place|no use|no good)(?: be| do| work| climb| save"
            r"| carry| run| rescue| in)",
            r"\b(?:sick ?note|swinging the lead|putting it on|faking (?:it|her|his)"
            r"|playing the (?:mental health|disability|stress|ptsd) card|ptsd my arse"
            r"|stress my arse|snowflakes? (?:with|off|on) (?:stress|ptsd|sick))\b",
        ),
        (
            "forgot to take your meds?",
            "bet he's on the spectrum",
            "should be locked in a padded cell",
            "ptsd my arse",
        ),
        (
            "My brother can't take his meds without food, thanks for asking",
            "Autism hour at the museum",
            "The blind man's guide dog can be rescued too",
        ),
    ),
    _stereotype(
        "sexual_orientation",
        "sexual orientation",
        (
            r"\b(?:queers?|gays?|homosexuals?|lesbians?|lgbt\w*"
            r"|homos?) (?:\w+ ){0,2}(?:should(?:n'?t| not)?|spread\w*|don'?t belong|can'?t|cannot"
            r"|in (?:the )?(?:fire|police|schools?|showers?)|near (?:kids|children)"
            r"|are (?:\w+ )?(?:disgusting|sick|wrong|nonces|groomers|perverts|unnatural|sinners"
            r"|going to hell))\b",
            r"\b(?:backs? (?:to|against) the wall|don'?t drop the soap|limp[- ]wrist\w*"
            r"|that'?s so gay|how gay is (?:that|this)|takes it up the|bats for the other"
            r"|watch your (?:bum|arse|back) (?:lads|in the showers?)|adam and eve not|pride (?:is"
            r"|of) (?:\w+ )?(?:filth|disgusting|nonces))\b",
            r"\b(?:rainbow|pride|lgbt\w*)(?: \w+){0,3} (?:shoved|ram(?:med|ming)?"
            r"|down our throats?|brainwash\w*|indoctrinat\w*|groom\w*|filth|agenda)\b",
        ),
        (
            "gays shouldn't be firefighters",
            "backs to the wall lads",
            "limp wristed crew",
            "pride flags rammed down our throats",
        ),
        (
            "Pride flags look great on the station",
            "Gay firefighters network meets on Monday",
            "stood with our backs to the fence",
        ),
    ),
    _stereotype(
        "gender_reassignment",
        "gender reassignment",
        (
            r"\b(?:pretend(?:ing|s)?|thinks?|playing|dressed up|claims?|identif(?:y|ies"
            r"|ying)) (?:to be |he'?s |she'?s |as |they'?re |it'?s )*(?:a |an )?(?:woman|man|girl"
            r"|female|lady|attack helicopter|cat|toaster|helicopter)\b",
            r"\bis (?:it|that|this|he|she) (?:a |even |really |actually )*(?:bloke|man|woman|boy"
            r"|girl|geezer|female|male|real woman|he or a she|boy or a girl|him or her)\b(?: or"
            r"|\?)",
            r"\b(?:not|never be|isn'?t|ain'?t|will never be) (?:a )?(?:real|proper|actual"
            r"|biological) (?:woman|man|female|male|lady)\b|\b(?:it'?s|its|that'?s|clearly"
            r"|obviously|still) (?:a )?(?:bloke|man|geezer|fella)(?:'?s)?(?: with| pretending"
            r"| in lip| you can tell| look at the adam)|\b(?:look at (?:the|that) adam'?s apple"
            r"|cock in a frock|mental illness not a gender|two genders|pick a gender)\b",
        ),
        (
            "pretending to be a woman",
            "is it a bloke or what?",
            "never be a real woman",
            "cock in a frock",
        ),
        ("Is this a woman's size or unisex?", "Real women and men on the front line"),
    ),
    _stereotype(
        "sex",
        "sex",
        (
            r"\b(?:get|go|goes|belongs?|stay|stuck|should be|better) (?:back )?(?:to"
            r"|in) the (?:kitchen|sink|ironing)\b|\bmake (?:me|us) a (?:sandwich|sarnie|butty"
            r"|brew love)\b|\b(?:ironing|dishes|washing up|hoovering) (?:won'?t do|to do"
            r"|needs doing|isn'?t going to)\b",
            r"\b(?:a |proper |real )(?:man'?s|mans|men'?s|bloke'?s) (?:job|work|world)\b"
            r"|\b(?:jobs? for (?:the )?(?:men|boys|real men|a man)|not (?:a )?(?:woman'?s|girl'?s"
            r"|ladies'?) (?:job|work|place))\b",
            r"\b(?:women|girls|females?|woman|birds|lasses|lady|ladies)(?: \w+){0,3} (?:can'?t"
            r"|cannot|cant|shouldn'?t|should not|couldn'?t|aren'?t|are not|isn'?t"
            r"|not) (?:\w+ )?(?:be|fight|drive|lift|carry|do|strong|cut out|make|lead|fit|park"
            r"|handle|reach|put|belong|built)\b",
            r"\b(?:diversity|token|quota|tick ?box|box[- ]?tick(?:ing)?) (?:woman|girl|female|bird"
            r"|lass|lady|tits|quota)s?\b|\b(?:only|just) (?:\w+ )?(?:got|there|hired|promoted"
            r"|in)(?: \w+){0,4} (?:because|cos|coz|cause|bc|for being|for having|through) (?:she"
            r"|he|they|it)?(?:'?s| is|'?re)? ?(?:a |an |got )?(?:woman|female|girl|black|asian"
            r"|brown|gay|lesbian|trans|muslim|tits|boobs|fanny|disabled|quota|diversity)",
            r"\b(?:time of the month|on the (?:blob|rag)|hormonal|hysterical|menopausal"
            r"|must be (?:her|the) period|pmsing|nagging (?:cow|woman|bitch|hag)|bossy (?:cow|mare"
            r"|woman)|good for a (?:girl|woman|lass|bird)|not bad for a (?:girl|woman|lass|bird)"
            r"|for a (?:girl|woman|lass) (?:she|you)|calm down (?:love|dear|sweetheart|darling)"
            r"|silly little girl|stupid woman|(?:listen|look|know|watch it|behave|smile) (?:love"
            r"|sweetheart|darling|sweetcheeks|princess|petal))\b",
        ),
        (
            "get back in the kitchen",
            "no job for a woman, it's a man's job",
            "women can't carry a casualty",
            "only got the job because she's a woman",
            "time of the month is it",
            "Calm down love",
        ),
        (
            "Kitchen fire put out by the crew",
            "Women in the fire service open day",
            "My manager made me a sandwich",
            "He made us a brew, love it",
        ),
    ),
    _stereotype(
        "age",
        "age",
        (
            r"\b(?:(?:he|she|you|they|that one|this one)(?:'?s|'?re| is"
            r"| are)? (?:\w+ )?)?(?:too old|far too old|too young|way too young|past (?:it|your"
            r"|his|her)|old enough to know) (?:to|for|sell|best)\b(?: (?:be|do|work|drive|climb"
            r"|lead|run|the job|by|this))|\b(?:past (?:your|his|her|their) (?:sell[- ]?by"
            r"|use[- ]?by|best))\b",
            r"\b(?:looks?|look|looking) (?:about |like (?:he'?s|she'?s|a) )?(?:12|twelve|ten|14|90"
            r"|ninety|a hundred|100|seventy|eighty|a corpse|(?:his|her) own gran)\b|\b(?:pensioner"
            r"|grandad|granny|grandma|boomer|dinosaur|child|kid|toddler|teenager) (?:in charge"
            r"|in uniform|running|on the (?:desk|phones?|pump|ladder))\b",
            r"\b(?:should(?:'?ve| have| of)|needs? to|time (?:he|she|they|you)"
            r"|ought to(?: have)?) (?:been )?retire(?:d)? (?:\w+ )?(?:years|decades|ages|already"
            r"|grandad|you old)|\b(?:barely|hardly|just|not long|straight) out of (?:nappies"
            r"|school|college|the womb)\b",
        ),
        (
            "too old to climb a ladder that one",
            "looks about 12",
            "barely out of nappies",
            "past his sell-by date",
        ),
        (
            "I'm too old to climb up there myself, thank you",
            "The engine is past its best and needs replacing",
            "Walked past the best station",
        ),
    ),
)
