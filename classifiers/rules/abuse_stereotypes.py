"""Stereotypes and calls to exclude: origin, belief and disability."""

from __future__ import annotations

from classifiers.rules.abuse_characteristics import PEOPLES, stereotype

STEREOTYPES = (
    stereotype(
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
            r"| in (?:england|this)|\W*$)|\bcan'?t (?:even )?(?:speak|understand a word (?:of "
            r")?(?:english|she|he)|read) (?:a word of |proper |bloody |fucking )*(?:english|(?:she"
            r"|he) says)",
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
    stereotype(
        "religion",
        "religion or belief",
        (
            r"\b(?:islam|muslims?|jews?|judaism|catholics?|christianity|hindus?|sikhs?|muhammad"
            r"|mohammed|the pope)(?: is| are| was)? (?:a |an |all )?(?:disease|cancer|plague"
            r"|death cult|cult|poison|evil|filth|vermin|terrorists?|paedos?|barbari\w+|backward)\b",
            r"\b(?:blow (?:us|the (?:place|station|school|hospital|bus|town)) up|got a bomb"
            r"|bomb (?:under|vest)|suicide vest)\b.{0,60}\b(?:muslim|beard|hijab|burqa|headscarf"
            r"|turban|allah|prayer)\b|\b(?:beard|hijab|burqa|headscarf|turban)\w*\b.{0,40}\b(?:bomb"
            r"|blow (?:us|up)|terrorist|isis|taliban|behead)\w*",
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
    stereotype(
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
)
