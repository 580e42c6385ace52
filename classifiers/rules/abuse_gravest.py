"""Allegations of wrongdoing, and what is beyond all bounds: urging self-harm, gloating."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before, held_in_sentence
from classifiers.rules.patterns import GAP, STAFF, YOU, YOUR

FALSEHOOD = Rule(
    name="abuse.falsehood",
    says="States as fact that a person did wrong; it may be true",
    patterns=(
        r"\b(?:takes?|taking|took|accepts?|pockets?) (?:\w+ )?(?:cash|bungs?|envelopes?|kickbacks?"
        r"|back ?handers?|bribes?) (?:in|to|for|from|off|under)\b|\bgot convicted (?:for|of)\b",
        r"\b(?:was|were|been|got|being|is being|should(?:'?ve| have) been"
        rf"|gets){GAP}(?:\w+ )?(?:sacked|fired|suspended|struck off|arrested|convicted|sentenced"
        r"|done|jailed|kicked out|booted out|disciplined|investigated|cautioned|dismissed|nicked"
        rf"|locked up|charged){GAP}(?:from (?:\w+ ){{1,5}})?(?:for|over|with"
        r"|because of) (?:\w+ ){0,3}(?:theft|thieving|stealing|nicking|fraud|assault\w*"
        r"|drink\w*|drugs?|dealing|sexual|rape|raping|corruption|bribes?|lying|fiddling|porn"
        r"|perving|grooming|touching|abus\w+|violence|gbh|abh|arson|affair|racism|embezzl\w+"
        r"|harass\w+|bullying|beating|hitting|expenses|manslaughter|murder)",
        rf"\b(?:he|she|they|who|chief|manager|{STAFF}|[a-z]+ (?:has|is|was))(?:'?s|'?ve| has| have"
        rf"| had| was| were| is)?{GAP}(?:\w+ )?(?:stole|stealing|steals|nicked|robbed|robbing"
        r"|fiddled|fiddling|fiddles|embezzl\w+|pocketed|pocketing|takes? bribes?|taking bribes?"
        r"|took (?:\w+ )?(?:bribes?|bungs?|backhanders?)|on the take|taking backhanders?|faked"
        r"|faking|forged|falsified|laundering|siphon\w*|lied (?:under oath|in court"
        r"|to the (?:inquest|inquiry|court|coroner))|killed (?:that|my|a|those|the|him|her|people"
        r"|patients)|murdered (?:that|my|a|those|the)|let (?:\w+ ){1,4}(?:die|burn to death"
        r"|bleed)|left (?:\w+ ){1,4}to die|beats (?:his|her) (?:wife|kids|husband|missus)"
        r"|hit(?:s)? (?:his|her) (?:wife|kids|husband|missus)|started (?:that|the"
        r"|those) fires? (?:himself|herself|themselves)|drove (?:\w+ )?drunk)\b",
        r"\b(?:known|convicted|proven|registered|serial) (?:thief|liar|fraudster|criminal"
        r"|paedo(?:phile)?|pedo|sex offender|rapist|drug dealer|wife ?beater|abuser|cheat|drunk"
        r"|crook)\b|\b(?:is|'?s|was) (?:a|an) (?:thief|fraudster|rapist|drug dealer|wife ?beater"
        r"|alcoholic|alky|junkie|coke ?head|murderer|child (?:abuser|killer)|criminal)\b",
        r"\b(?:sleep(?:ing|s)?|slept|shagg(?:ing|ed)|having (?:it off|an affair)|affair"
        r"|at it) (?:with )(?:the |his |her |a |half (?:the |of )?)*(?:boss|chief|manager"
        r"|commander|married|watch|station|secretary|head|councillor|leader|crew|patients?"
        r"|mayor)\b",
        r"\b(?:he|she|they|who|lot)(?:'?s|'?re| is| are| was| were)? (?:\w+ )?(?:on|snort\w*"
        r"|sniff\w*|smok\w+|deals?|dealing|sells?|selling) (?:coke|cocaine|drugs|the sniff|weed"
        r"|crack|heroin|gear|the gear|ket)\b",
        r"\b(?:drunk|pissed|hungover|stoned|high|steaming) (?:on (?:duty|shift|the job)|at work"
        r"|in charge|at the wheel|behind the wheel|driving the (?:engine|ambulance))\b",
    ),
    fires=(
        "takes cash in envelopes to pass buildings",
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
        "He's been robbed twice on that taxi rank and never missed a shift",
        "who nicked my yoghurt out of the station fridge",
        "man murdered that piano solo",
        "The man was arrested for arson after the bin fires, good work by police",
        "Somebody stole the defibrillator from the phone box",
        "The driver was drunk at the wheel when he hit the station wall",
        "thieves stole lead from the church roof",
    ),
    unless=r"\b(?:been robbed|piano|keyboard|guitar|song|yoghurt|fridge|biscuits?|my lunch|show)\b",
    holds=(
        QUOTED,
        held_in_sentence(
            "context.third_party",
            "Aimed at whoever caused the incident, not at staff",
            r"\b(?:somebody|someone|thieves|vandals|yobs|arsonists?|the (?:driver|man|woman"
            r"|suspect|offender|thief|burglar|arsonist|youths?)|kids|a (?:man|woman|teenager"
            r"|driver)|whoever|people|lead|cable|defib\w*|phone box|burglars?|hospital bed"
            r"|the culprit)\b",
        ),
    ),
)

EXTREME = Rule(
    name="abuse.extreme",
    says="Urges self-harm, gloats over a death or goes beyond all bounds",
    patterns=(
        rf"\b(?:go |just |please |go and |hurry up and |why don'?t {YOU} |should |need to "
        r"|ought to |you can )*(?:kill|hang|neck|top|shoot|drown|gas|off|end) (?:yourself"
        r"|yourselves|yersel|urself|ur self|your self|yaself|themselves|himself|herself)\b",
        r"\bk+y+s+\b|\bk\.?y\.?s\.?\b|\bunalive (?:yourself|urself)\b|\bend your (?:own )?(?:life"
        r"|miserable|sad|pathetic)",
        rf"\b(?:go |just |please |do (?:us|everyone|the world) (?:all )?a favou?r and |hope {YOU} "
        rf"|you should |why don'?t {YOU} |take a )*(?:jump|jumping|throw yourself|walk|leap"
        r"|long walk|dive)(?: \w+)? (?:off|under|in front of|into) (?:a |the "
        r"|your )*(?:\w+ )?(?:bridge|cliff|pier|train|bus|lorry|roof|motorway|traffic"
        r"|multi ?storey|canal)\b",
        r"\b(?:drink|neck|swallow|down) (?:some |a bottle of |a pint of )?(?:bleach|petrol"
        r"|antifreeze|acid|weedkiller)\b|\bslit (?:your|ur) (?:own )?wrists?\b|\bstick (?:your"
        r"|ur) head in (?:the|an|a gas) oven\b|\b(?:die|drop dead|rot in hell|burn in hell"
        r"|go to hell|hope it'?s terminal)(?: \w+){0,2} (?:you (?:\w+ )?\w+|bitch|cunt|scum|slowly"
        r"|painfully|screaming|pig|pigs)\b|^\W*(?:drop dead|rot in hell|burn in hell)\W*$",
        r"\b(?:glad|happy|pleased|good|great|lovely|shame|pity|delighted|celebrat\w+|laughed"
        rf"|cheered|cheering|shed no tears){GAP}(?:that |to hear |when |only |it was only )*(?:he"
        rf"|she|they|{YOUR} \w+|that \w+|one of (?:{YOU}|them)|more of (?:{YOU}|them)"
        r"|the (?:\w+ )?(?:firefighter|nurse|copper|officer|paramedic|crew)s?|it wasn'?t more"
        r"|more)(?:'?s|'?re| is| are| were| was| has| have)? (?:\w+ )?(?:died|dead|die|burned"
        r"|burnt|killed|crashed|drowned|hurt|deserved to die|suffered|didn'?t (?:all )?(?:die"
        r"|burn)|got (?:burned|burnt|hurt|stabbed|killed))\b",
        r"\b(?:one (?:less|fewer) (?:firefighter|nurse|copper|cop|pig|scab|parasite|of (?:you"
        r"|them))|should(?:'?ve| have| of) (?:burned|burnt|died|drowned|been (?:you|all of you)"
        r"|let (?:him|her|them) (?:burn|die)))\b",
        r"\b(?:deserved?|deserves|had) (?:to (?:die|burn|suffer|drown|get cancer)"
        r"|everything (?:he|she|they) got|cancer|a slow death)\b|\b(?:hope|wish) (?:you|he|she"
        r"|they|your \w+) (?:all )?(?:gets?|catch(?:es)?|have|has) (?:\w+ )?(?:cancer|aids"
        r"|leukaemia|covid and die|tumou?r|a stroke|a heart attack)\b",
        r"\b(?:sieg heil|heil hitler|white power|hitler was right|gas the|gas chambers? (?:for|was"
        r"|were)|holocaust (?:was|is) (?:a )?(?:hoax|lie|funny)|rope for"
        r"|bring back (?:the )?(?:gas|ovens|lynching|slavery)|should(?:'?ve| have"
        r"| of)? (?:finished the job|gassed))\b",
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
            r"\b(?:don'?t|dont|do not|never|not|please don'?t|nobody should|no one should|stop"
            r"|warn\w*|saved|tried to|wanted to|wants to|going to|threaten\w*|trying to|tries to"
            r"|planning to|why people)(?: \w+){0,3}\W+",
        ),
        held_in_sentence(
            "context.figurative",
            "A turn of speech",
            r"\b(?:killed? (?:my|your)self laughing|one (?:less|fewer) (?:thing|car|job|worry"
            r"|problem|bin|pothole)|drop dead (?:gorgeous|leaves|ringer)|to die for|not hurt"
            r"|wasn'?t hurt|weren'?t hurt|one down(?:,| and| \d| to go on| for)|charity (?:jump"
            r"|leap)|bungee|skydive|had it coming (?:for|to) (?:us|me))\b",
        ),
    ),
)
