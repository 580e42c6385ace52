"""What is more urgent than abuse: somebody may be about to take or harm their own life."""

from __future__ import annotations

from classifiers.rules.engine import Rule
from classifiers.rules.patterns import any_of

_NAME = "check.welfare_concern"
_SAYS = "Somebody may be at risk of suicide or self-harm"
_OTHER = (
    r"(?:he|she|they|my (?:\w+ )?(?:mate|friend|pal|butty|brother|sister|son|daughter|husband|wife"
    r"|partner|niece|nephew|grandson|granddaughter|dad|da|mum|mam|neighbour|lad|lass|ex|cousin"
    r"|student)|me mate|someone|somebody|a (?:lad|man|woman|girl|boy|lady)|the kid)"
)
_SELF_HARM = (
    r"(?:die|end (?:it(?: all)?|my life|things|everything)|(?:kill|hang)(?:ing)? (?:myself|mysel"
    r"|himself|herself)|top(?:ping)? (?:myself|himself|herself)|tak(?:e|ing) (?:my|his|her) own"
    r"|overdos\w+|not (?:be here|wake up|exist)|disappear(?:ing)? forever)"
)
_SURE = (
    rf"\b(?:want|wants|wanted|wanna|going|gonna|ready|planning|plan|trying|tried|about|tempted)"
    rf"(?: to| of)?(?: just)? {_SELF_HARM}\b|\b(?:thoughts of|thinking (?:of|about)|feel like)"
    rf" (?:dying|{_SELF_HARM}|ending (?:it|my|things)|suicide)\b",
    r"\b(?:don'?t|dont|dinnae|do not|didn'?t) (?:want|wanna)(?: to)? (?:be (?:here|alive|around)"
    r"(?: any ?more| no more| tomorrow|\W*$|[.!,])|live|wake up|exist|carry on|go on)\b"
    r"|\bddim isio (?:bod|byw)\b",
    r"\b(?:i|i'?m|im|i am|he'?s|she'?s|is|feel|feeling|been|really|proper) suicidal\b"
    r"|\b(?:self ?-?harm(?:ed|ing)|cut(?:ting)?|hurt(?:ing)?) (?:myself|himself|herself|again)\b"
    r"|\bself ?-?harm(?:ed|ing)?\b|\bbeen cutting\b|\b(?:did|does|doing) her arms\b",
    r"\b(?:better off|easier|happier|be better) (?:\w+ )?(?:dead|without me"
    r"|if i (?:just )?(?:wasn'?t|wasnt|weren'?t|was not|died|was gone|went))\b"
    r"|\bif i wasn'?t here\b|\bwish i (?:was|were) (?:dead|never born)"
    r"|\bwish i (?:could (?:just )?(?:die|sleep forever)|wouldn'?t wake up)",
    r"\b(?:no ?one|nobody|anyone|noone) (?:would|will|wud|'?d) (?:even )?(?:miss|notice|care)"
    r"(?: \w+){0,3} (?:me|if i|i was|i'?m|gone|empty)\b|\bwouldn'?t (?:even )?miss me\b",
    r"\b(?:i'?ve|ive|i have|i|she'?s|he'?s|she has|he has) (?:just )?(?:taken|took) (?:\w+ )?"
    r"(?:an overdose|all (?:my|the|of|her|his)|too many|loads of|\d+ )(?: \w+){0,2} ?(?:pills"
    r"|tablets|meds|medication|paracetamol|them|overdose)?\b|\btaken an overdose\b",
    rf"\b{_OTHER}(?:'?s|'?ve| has| have| is)? (?:\w+ ){{0,5}}(?:wants? to die|wanna die"
    r"|(?:kill|hang|harm|hurt) (?:himself|herself|themselves)|end (?:his|her|their|it)\b"
    r"|take (?:his|her|their) own|jump(?:ing)? (?:off|in front)|has a plan)\b",
    r"\b(?:by the time|when) (?:you|anyone|somebody) (?:read|open|see|find)s? this\b"
    r"|\bthis is my (?:last|final) (?:post|message|goodbye)\b|\bgoodbye (?:everyone|all|world)\b"
    r"|\bpicked (?:the|my|a) (?:day|bridge|spot)\b|\b(?:posted|saying|said) goodbye\b",
)
_PARTING = any_of(
    r"\bgoodbye\b|\b(?:won'?t|wont|shan'?t|shant|will not) be (?:here|around|needing|round|seeing"
    r"|needin)\b|\bwon'?t need\b|\bthat'?s me (?:done|gone)\b|\bthats me (?:done|gone)\b"
    r"|\bmade my peace\b|\bwritten (?:the|my) (?:letters?|notes?|will)\b|\bleft (?:a|his|her|my)"
    r" (?:note|watch|keys|phone|letter)\b|\b(?:papers|affairs|everything|things) in order\b"
    r"|\bput everything straight\b|\b(?:a|the) note (?:saying|in|for)\b",
    r"\b(?:gave|given|giving|gives) (?:\w+ ){0,4}away\b|\b(?:gave|given) (?:me|my|his|her) (?:\w+ )"
    r"{0,2}(?:dog|cat|guitar|bike|watch|records|ring|keys)\b|\blook after (?:my|the) (?:dog|cat"
    r"|kids|girls|boys)\b",
    r"\btell (?:my|him|her|mum|them|the|mrs?|miss) (?:\w+ ){0,3}(?:sorry|i (?:love|loved|tried)"
    r"|was (?:kind|good))\b|\bsorry (?:for|about) (?:everything|all of it|it all)\b"
    r"|\bplease don'?t be sad\b|\bonly good (?:bit|thing|one)\b|\bsay sorry (?:for|to)\b",
)
_MEANS = any_of(
    r"\b(?:sat|sitting|stood|standing|stand|im|i'?m|walk|walking) (?:\w+ ){0,3}(?:bridge|footbridge"
    r"|ledge|railings?|tracks|railway|cliff|pier|quarry|top of the multi ?store?y|platform"
    r"|viaduct)\b",
    r"\bwrong side of the rail\w*\b|\b(?:tablets|pills|paracetamol|rope|noose|razor|insulin)"
    r" (?:\w+ ){0,4}(?:saved|ready|counted|lined|here|table|in front|hand|shed|under|in it)\b"
    r"|\b(?:saved|counted|look(?:ing)? at|got|have) (?:\w+ ){0,3}(?:tablets|pills|paracetamol"
    r"|rope)\b|\bguns? in (?:a|the|his)\b",
)
_ALONE = (
    r"\b(?:tonight|alone|nobody|no ?one|crying|quiet|peaceful|shoes|done|tell (?:my|them|her|him)"
    r"|won'?t move|wont move|didnt know who|don'?t know who|check on|3 ?am|every night|most nights"
    r"|just sat here|stopped sleeping)\b"
)
_DESPAIR = any_of(
    r"\b(?:no|not much|what'?s the|whats the|see the|see any|see much) (?:point|reason|way out"
    r"|future)(?: (?:any ?more|anymore|in (?:it|living|anything|life|being|going)|of (?:it|being"
    r"|another)|to (?:it|any)|me|living|being)|\W*$|[.!,])",
    r"\b(?:can'?t|cant|carnt|cannot|cannae) (?:do|go on|take|face|cope|carry on|keep going|live)"
    r"(?: \w+){0,3} (?:any ?more|no more|nother|another (?:night|day|winter|year|friday)"
    r"|like this)\b"
    r"|\b(?:i|we) (?:just )?(?:can'?t|cant|cannae) (?:go on|do this|carry on)\W*$",
    r"\btired of (?:living|being here|fighting|it all)\b|\bwant (?:it|everything|the pain) to"
    r" (?:stop|end|be over)\b|\bbe with (?:him|her|mum|dad|them) (?:now|again)\b"
    r"|\bi (?:don'?t|dont) (?:know|no) what i'?ll do (?:to myself|if)\b|\bfelt (?:so )?calm\b"
    r"|\bonly thing (?:that|what) (?:stops|keeps) me\b|\bnobody'?s problem\b|\bmyself safe\b"
    r"|\bcan'?t see a way\b|\beveryone'?s burden\b|\ba burden\b|\bjust (?:go|be) to sleep\b",
)
_WORRY = any_of(
    r"\b(?:worried|please|pls|can (?:some(?:one|body)|you|a)|could (?:some(?:one|body)|you|your)"
    r"|don'?t know (?:who|what)|didnt know who|who (?:do|can) i|ring|isn'?t answering"
    r"|not answering|haven'?t answered|hasn'?t answered|won'?t answer|wont answer|phone'?s off"
    r"|find (?:him|her)|check on|hasn'?t left|not left)\b",
)
# “I can't do this any more” is despair, “I can't do this form any more” is not.
_TASKS = (
    r"\b(?:can'?t|cant|carnt|cannot|cannae) (?:do|take|face)(?: \w+){0,2} (?:forms?|websites?|app"
    r"|apps|queues?|phones?|calls?|bins?|surveys?|parking|portals?|passwords?|paperwork|commute"
    r"|drive|puzzles?|crosswords?|building works?|roadworks|diversions?)\b"
)
# A turn of speech, a campaign, a thing of the past, or cruelty told to somebody else.
_NOT_MEANT = (
    r"\b(?:lol|lmao|haha|boring|homework|traffic|diet|laughing|laughter|embarrass\w*|shame|cringe"
    r"|training|awareness|campaign|charity|sponsor\w*|raised|prevention|mural|maths|netflix"
    r"|episode|film|station party|retir\w*|leaving do|lost my (?:brother|son|dad|friend|mate)"
    r"|(?:19|20)\d\d|years? ago|saved my|(?:she|he) saved|vote|council tax|farewell|fundrais\w*"
    r"|(?:kill|hang) (?:your|ur)sel\w+|do us (?:all )?a favou?r|jump then|just do it|cuteness"
    r"|queue|hair ?cut|parking|boredom|this heat|of (?:heat|hunger|thirst)|driv\w+ (?:is|was|on)"
    r"|suicidal (?:driv\w+|cyclist\w*|squirrels?|pheasants?|policy|pigeons?)"
    r"|on (?:saturday|sunday|monday|tuesday|wednesday|thursday|friday),? sorry|bus)\b"
    r"|[\x{1F602}\x{1F923}\x{1F480}]"
)

_NO_PARTING = (
    _NOT_MEANT + r"|\b(?:sofa|collect\w*|bins?|space|appointment|for sale|regatta|fishing"
    r"|swimming lessons?|reception|lost property|handed|crash|water is|raffle|prizes?)\b"
)


def _taking_leave(
    patterns: str, beside: str, fires: tuple[str, ...], silent: tuple[str, ...]
) -> Rule:
    """Make a rule of two signs: neither a gift nor a bridge alone says anything."""
    return Rule(
        _NAME,
        "Somebody seems to be taking leave, with signs of despair or worry",
        (patterns,),
        fires,
        silent,
        beside=(beside,),
        unless=_NO_PARTING,
    )


WELFARE_CONCERN = (
    Rule(
        name=_NAME,
        says=_SAYS,
        patterns=(*_SURE, _DESPAIR),
        fires=(
            "don't really see the point any more. got enough tablets saved up",
            "I just can't go on any more",
            "cant do this anymore",
            "I can't face the nights any more",
            "I really can't take this pain any more",
            "I can't face people any more",
            "i cant face yet another day",
            "honestly want to end it all",
            "nobody would miss me if i went",
            "My brother says he's going to kill himself tonight and nobody will come",
            "I've taken all my tablets",
            "im suicidal and the crisis line just rings out",
            "they'd be better off without me",
            "I don't want to be here anymore",
            "standing on the bridge, goodbye everyone",
            "wnt it all to stop, dont want to wake up",
        ),
        silent=(
            "I nearly died laughing, nearly wanted to die of embarrassment",
            "Suicidal driving on that roundabout",
            "Great suicide prevention training, thank you",
            "I can't go on Saturday, sorry",
            "I can't do this form any more, where is the paper one",
            "I want to die of shame over that cake",
            "ready to kill myself laughing",
            "I don't want to be here in this queue all day",
            "What's the point of the consultation if you never read it",
        ),
        unless=any_of(_NOT_MEANT, _TASKS),
    ),
    _taking_leave(
        _PARTING,
        any_of(_DESPAIR, _MEANS, _WORRY),
        (
            "my mate has given his dog away and his phone's off, can someone check on him",
            "wont be needing the permit after friday, got the pills ready",
            "left a note and her keys, she isn't answering, who do i ring",
        ),
        (
            "Giving away a sofa, can someone collect tonight please",
            "I won't be needing the space on Friday, ring me if you want it",
            "She left her keys at reception",
        ),
    ),
    _taking_leave(
        _MEANS,
        any_of(_DESPAIR, _PARTING, _ALONE),
        (
            "sat on the old railway bridge. no point any more",
            "she's on the wrong side of the railings, crying, don't know who to tell",
        ),
        ("stood on the bridge watching the regatta, lovely", "sat on the pier with chips, bliss"),
    ),
)
