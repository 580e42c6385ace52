"""Stereotypes and calls to exclude: sex, gender, sexual orientation and age."""

from __future__ import annotations

from classifiers.rules.abuse_characteristics import stereotype

STEREOTYPES_OF_SEX_AND_AGE = (
    stereotype(
        "sexual_orientation",
        "sexual orientation",
        (
            r"\b(?:queers?|gays?|homosexuals?|lesbians?|lgbt\w*|homos?) (?:\w+ "
            r"){0,2}(?:should(?:n'?t| not)?|spread\w*|don'?t belong|can'?t|cannot"
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
    stereotype(
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
            r"|obviously|still) (?:a )?(?:bloke|man|geezer|fella)(?:'?s)?(?: pretending"
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
    stereotype(
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
            r"\b(?:time of the month|on the (?:blob|rag)|must be (?:her|the) period|pmsing"
            r"|nagging (?:cow|woman|bitch|hag)|bossy (?:cow|mare|woman)|good for a (?:girl|woman"
            r"|lass|bird)|not bad for a (?:girl|woman|lass|bird)|for a (?:girl|woman|lass) (?:she"
            r"|you)|calm down (?:love|dear|sweetheart|darling)|silly little girl|stupid woman)\b",
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
    stereotype(
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
