"""What is more urgent than abuse: a child or an adult at risk was harmed or is in danger."""

from __future__ import annotations

from classifiers.rules.engine import Rule
from classifiers.rules.patterns import any_of

_NAME = "check.safeguarding_allegation"
_CHILD = (
    r"\b(?:twins|young (?:ones|lad|lass|person|people)|wee (?:one|boy|brother|sister|fella|man)"
    r"|little (?:brother|sister)|babba|teen(?:ager)?s?|only (?:1[0-7]|twelve|thirteen|fourteen)"
    r"|child|children|kids?|pupils?|cadets?|girls?|boys?|toddlers?|bab(?:y|ies)|bairns?|wean"
    r"|wee lass|lass(?:ie)?|little (?:ones?|lad|girl|boy)s?|lad|daughter|son|grandson|granddaughter"
    r"|nephew|niece|(?:year|yr) ?(?:[1-9]|1[01])s?|\d{1,2}[- ]?(?:year|yr)s?[- ]?olds?|(?:she"
    r"|he)(?:'?s| is) (?:six|seven|eight|nine|ten|eleven|\d{1,2})|mine(?:'s)?|young girls?)\b"
)
_AT_RISK = (
    r"\b(?:dementia|learning (?:difficult\w+|disabilit\w+)|autistic|sen|in a wheelchair"
    r"|residents|care home|sheltered|old (?:boy|man|lady|woman|fella)|elderly"
    r"|grandad|grandmother|gran|nan|aunt(?:ie|y)?|ninety|eighty|vulnerable|day centre)\b"
)
# Harm, the marks it leaves, and what ought never to be done to them.
_HARM = (
    r"\b(?:hits?|hitting|hurts?|hurting|slaps?|slapped|punch(?:es|ed)|kick(?:s|ed) (?:him|her|them"
    r"|my|the)|beats?|beaten|grab(?:s|bed|bing)?|gripp\w*|drag(?:s|ged|ging)|pinned|shook|push(?:es"
    r"|ed)|shov\w+|chok\w+|strangl\w*|restraint|restrained|bruis\w*|finger ?marks?|hand ?(?:marks?"
    r"|shaped)|marks? (?:on|round|all)|black and blue|split lip|broken wrist|burns? on"
    r"|by the (?:neck|collar|hair|arm)|flinch\w*|hands? (?:round|over|up) (?:her|his|my|their"
    r"|its))\b",
    r"\b(?:touch(?:es|ed|ing)|grop\w*|molest\w*|abus(?:e|ed|es|ing)|groom(?:s|ed|ing)"
    r"|assault\w*|interfered|raped?|kiss(?:es)?|cubicle|undress\w*|sexted|sleeping with"
    r"|flirting)\b|\b(?:messag(?:es|ed|ing)|texting|dm(?:s|ing|'?d)|snapchatt?\w*|alone with (?:a"
    r"|the|my|our|two|young|any) (?:child|kids?|girls?|boys?|pupils?|son|daughter))\b",
    r"\block(?:s|ed)? (?:in|out|up|me|him|her|them|the|my)\b|\bchained\b|\btied (?:to|up)\b"
    r"|\bleft (?:\w+ )?(?:alone|on (?:its|his|her|their) own|behind|in it)\b|\bhome alone\b"
    r"|\bstarv\w*|\bfor food\b|\bno food\b|\bwets? (?:him|her)self\b|\bnot safe\b|\bin danger\b"
    r"|\bneglect\w*|\bstore cupboard\b|\bunplugged\b|\b(?:her|his) mouth\b|\bstopped eating\b",
    r"\b(?:scared|frightened|afraid|terrified) (?:of|to)\b|\bwon'?t (?:tell|have a bath)\b"
    r"|\bgone mute\b|\bscreaming\b|\bdisclos\w+|\bnot to tell\b|\bnobody would believe\b"
    r"|\b(?:bank card|takes? (?:her|his) money|get (?:his|her) money|signed (?:her|his))\b"
    r"|\b(?:gives?|giving) (?:\w+ ){0,3}(?:vapes|drink|weed|money)\b",
)
_CARER = (
    r"\b(?:key ?worker|support worker|youth (?:worker|leader)|scout leader|guide leader|tutor"
    r"|trainer|house ?parent|vicar|childminder|child ?minder|nursery|playgroup|porter|hca"
    r"|health ?care assistant|bank staff|pa|one to one|1:1|transport assistant|lodger|landlord"
    r"|mum'?s (?:fella|partner|new man|bloke)|her (?:fella|partner|new man)|volunteer|vicar"
    r"|foster (?:home|carer|mum|dad|placement)|placement|carers?|teachers?|ta"
    r"|teaching assistant|coach|instructor|escort|driver|taxi|night (?:man|staff|team)|staff"
    r"|(?:lunch|dinner) ?(?:time)? lady|worker|mentor|helpers?|caretaker|lollipop (?:man|lady)"
    r"|nurse|agency|residential|(?:calm|inclusion|reset|isolation) room|step ?-?(?:dad|father|mum"
    r"|mother)|mum'?s boyfriend|my (?:foster )?dad|her da|uncle|neighbou?r|next door|upstairs"
    r"|flat above|man (?:at|on|in)|contact centre|unit leader|one of (?:the|your) (?:crew|lads|men"
    r"|staff|firefighters|officers|nurses|paramedics|doctors|teachers|wardens|porters)|sir|boss"
    r"|respite|care home|day centre|football coach|swimming (?:teacher|coach"
    r"|instructor))\b"
)
# Signs so plain that who had charge of them need not be said.
_PLAIN_SIGNS = (
    r"\b(?:hand ?shaped|finger ?marks?|thumb ?marks?|belt marks?|cigarette burns?|black and blue"
    r"|bruis(?:es|ed|ing) (?:on|all|up|round|down|every)|marks? (?:on|round|all over) (?:her|his"
    r"|their|its) (?:arms?|legs?|neck|wrists?|back|face|body))\b",
    r"\b(?:begs?|begging|cries|screams) (?:not to|when|every time|if) (?:\w+ ){0,6}(?:go|back|goes"
    r"|dropped|home|comes?)\b|\b(?:flinch\w*|cowers?|jumps) (?:when|if|every|at)\b"
    r"|\bwet(?:s|ting)? (?:him|her|them)sel(?:f|ves)\b|\bwon'?t (?:let (?:me|us)|tell us) "
    r"(?:wash|bath|see|who|what)\b",
    r"\b(?:eat\w*|food) (?:\w+ )?(?:out of|from) (?:the )?bins?\b|\b(?:asking|knocking"
    r"|begging) (?:us |round )?for (?:food|bread|something to eat)\b|\bnot (?:been )?(?:fed|changed"
    r"|washed)\b|\b(?:no (?:coat|shoes|food|heating)|barefoot|filthy|same (?:nappy|clothes)|soaked"
    r"|soiled)\b[^.!?]{0,50}\b(?:every (?:day|night|morning)|again|days|night|for hours|alone"
    r"|outside)\b",
    r"\b(?:our|your|a) (?:little )?secret\b|\bnot to tell\b|\bspecial friend\b|\b(?:gives?|gave"
    r"|buys?|bought) (?:her|him|them|my \w+|the \w+) (?:\w+ ){0,3}(?:a (?:new )?phone|vapes"
    r"|trainers|cash|gifts|presents|drink|weed|lifts)\b|\b(?:sits?|sat) on his (?:lap|knee)\b"
    r"|\b(?:older|grown) (?:man|men|bloke|lad)s?\b|\b(?:meet|meets|met|met up with) (?:him|her"
    r"|men) (?:in|at|after)\b",
    r"\block(?:s|ed)? (?:her|him|them|the \w+|mum|dad|nan) (?:in|out)\b|\b(?:lock"
    r"|bolt) (?:is )?on the outside\b|\bleft (?:\w+ )?(?:on (?:its|his|her|their) own|alone) (?:all"
    r"|every|at|for|most)\b|\bhome alone (?:all|every|at|most|again)\b|\bchained to\b"
    r"|\btied to (?:a|the)\b",
    r"\b(?:hands?|arm) (?:round|on|over|up) (?:her|his|their) (?:neck|throat|mouth|skirt|leg)\b"
    r"|\b(?:touch\w*|grop\w*|film\w*|photograph\w*) (?:the |my |our |little |young )*"
    r"(?:kids|girls|boys|children|daughter|son|lad)\b|\b(?:her|his) (?:bank card|pension|savings)\b"
    r"[^.!?]{0,60}\b(?:gone|missing|took|taken|keeps|holds|borrow\w*|carer|neighbour|nephew)\b",
)
# Both named and the harm told: thanks, cuts and first aid speak of the same people.
_NOTHING_ALLEGED = (
    r"\b(?:thank\w*|well done|loved|brilliant|amazing|training|awareness|poster|brave|proud"
    r"|hero(?:es)?|budget|closing|closed|cuts?|vote|ofsted|lol|lmao|inquiry|historic|19\d\d|saved"
    r"|visit was|detention|ehcp|parking|queue|hit (?:his|her|my|their) (?:head|knee"
    r"|elbow|arm|leg|thumb)|never leave|consultation|fell (?:off|over)|poorly|vaccin\w*|duty staff"
    r"|told to stop|mums? (?:are|is) asking)\b|[\x{1F602}\x{1F923}\x{1F480}]"
)
_PREDATOR = (
    r"\b(?:nonce|paedo|pedo|peado|paedophile|pedophile|predator|kidd(?:y|ie) fiddler|sex offender"
    r"|groomer|child abuser)s?\b"
)


SAFEGUARDING_ALLEGATION = (
    Rule(
        name=_NAME,
        says="May say that a child or an adult at risk was harmed or is in danger",
        patterns=_HARM,
        fires=(
            "my step dad hits me when he's drunk, im scared to sleep",
            "Your cadet instructor has been messaging a 14 year old girl at night",
            "one of your lads touched my daughter at the open evening",
            "My nan was left alone and bruised by the carer",
            "a teacher there is sleeping with a pupil",
            "the boy next door is in danger, I hear him screaming every night",
            "My son got grabbed by the neck by a TA",
            "night staff at the care home lock the residents in, I have seen it",
        ),
        silent=(
            "My son hit his head and your crew were brilliant with the kids",
            "The kids loved the visit",
            "Please keep children away from the water",
            "Great work with young people",
            "my daughter was thrilled to sit in the engine",
            "Safeguarding training for every coach and carer on Tuesday",
        ),
        beside=(any_of(_CHILD, _AT_RISK), _CARER),
        unless=_NOTHING_ALLEGED,
    ),
    Rule(
        name=_NAME,
        says="May tell of signs that a child or an adult at risk is being harmed",
        patterns=_PLAIN_SIGNS,
        fires=(
            "the wee boy upstairs has bruises on his arms again, he's six",
            "that little lass is knocking for food at nine at night",
            "he bought my daughter a new phone and told her it was their secret, she's thirteen",
        ),
        silent=(
            "My dog cries when I go out, sorry neighbours",
            "the pumpkin was filthy again, kids loved it",
            "Secret santa for the little ones, our secret!",
        ),
        beside=(any_of(_CHILD, _AT_RISK),),
        unless=_NOTHING_ALLEGED + r"|\b(?:dogs?|cats?|puppy|santa|raffle)\b",
    ),
    Rule(
        name=_NAME,
        says="May say that somebody who is a danger to children works among them",
        patterns=(_PREDATOR,),
        fires=(
            "you are protecting a nonce, he works with kids",
            "why is a sex offender helping at cadets",
        ),
        silent=("Online predators: advice for parents", "hang the nonces"),
        beside=(
            (
                r"\b(?:work(?:s|ing)|teach(?:es|ing)|helping|coach\w*|cadets|scouts|nursery"
                r"|your staff|your (?:crew|watch)|employ\w*|hired?|protecting|covering|hiding"
                r"|volunteer\w*)\b"
            ),
        ),
        unless=r"\b(?:advice|online|training|awareness|guidance|talk|course)\b",
    ),
    Rule(
        name=_NAME,
        says="May say that a child is not safe where they live",
        patterns=(
            r"\b(?:my|me) (?:\w+ )?(?:dad|step ?-?dad|mum|uncle|carer|brother|step ?-?mum|mam|da)"
            r"(?:'?s)? (?:\w+ ){0,4}(?:hits?|hurts?|touches|locks?|beats|comes in|burns?|chokes"
            r"|threatens|locked|hit|starves) (?:\w+ )?(?:me|us|my (?:mum|sister|brother|wee \w+)"
            r"|the door)\b",
            r"\b(?:i'?m|im|i am|we'?re) (?:\w+ )?(?:scared|afraid|frightened) (?:to (?:sleep"
            r"|go home|be (?:at )?home|tell)|of (?:my (?:dad|step ?dad|mum|uncle|carer)"
            r"|him at home))\b|\bnot safe (?:at home|in (?:my|this|our) house|here with)\b",
        ),
        fires=("my dad locks me in the shed when im late", "im scared to go home tonight"),
        silent=("my dad hit a six at the match", "I'm scared to go on the ladder"),
    ),
)
