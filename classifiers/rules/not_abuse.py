"""The family of what is not abuse: criticism, complaint, question, thanks, and others' voices."""

from __future__ import annotations

from classifiers.rules.check_first_complaints import WENT_WRONG
from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Found, Rule, RuleFamily, held_before, held_within
from classifiers.rules.not_abuse_speech import COUNTER_SPEECH, HUMOUR, PROFANITY, QUOTING
from classifiers.rules.not_abuse_voices import (
    GRIEVANCE,
    POLITICAL,
    PROTECTED_DISCLOSURE,
    RECLAIMED,
    UNION,
)
from classifiers.rules.not_abuse_words import SOUR

_SERVICE = (
    r"(?:council|service|trust|station|department|management|leaders?(?:hip)?|chief|bosses|board"
    r"|authority|government|county|hospital|a&e|surgery|school|decision|policy|plan|plans|closure"
    r"|closing|cuts|response|response times|priorities|spending|budget|consultation|roads?"
    r"|potholes?|bins?|contract|contractors?|website|phone line|system|charges|fees|parking|comms"
    r"|press office|statement|post|meeting)"
)

CRITICISM = Rule(
    name="not_abuse.criticism",
    says="Criticises a decision, a service or how it is led",
    patterns=(
        r"\b(?:(?:what a |absolute |total )?(?:load|pile|pack) of (?:\w+ )?(?:rubbish|nonsense"
        r"|tosh|lies|crap|bollocks|tripe|waffle)|get a grip|get your act together|heads (?:should"
        r"|must|need to) roll|held to account|sack the lot of (?:you|them)|from top to bottom"
        r"|could run (?:this|the) (?:place|council|service|station|country) better|killed (?:this"
        r"|our|the) (?:town|city|village|high street)|stop wasting|same old story|having a laugh"
        r"|taking the mick|gave my life to (?:that|this) job|on their knees|this is criminal"
        r"|fix the (?:roads|potholes|pavements))\b",
        rf"\b{_SERVICE}\b(?:\W+\w+){{0,8}}\W+(?:disgrace(?:ful)?|shambles|joke|disgusting"
        r"|appalling|shocking|ridiculous|unacceptable|not good enough|poor|terrible|awful|useless"
        r"|rubbish|shameful|embarrassing|failed|failing|fails|wrong|out of touch|a mess|badly"
        r"|too slow|dangerous|incompetent|pathetic|stupid|scandal|scandalous|waste|wasted|farce"
        r"|nonsense|insult|let us down|letting us down|resign|needs to go|should go|sacked"
        r"|a bad idea|unsafe|crap|shite?|pants|bollocks|dire|woeful|(?:a |an )?(?:\w+ )?nightmare"
        r"|knackered|broken|gone to the dogs|taking the piss|a piss ?take|bloody awful)\b",
        r"\b(?:disgrace(?:ful)?|shambles|shambolic|disgusting|appalling|shocking|ridiculous"
        r"|unacceptable|terrible|awful|useless|rubbish|shameful|embarrassing|stupid|poor|bad"
        rf"|crazy|daft|scandalous|pathetic|crap|shit)\b(?:\W+\w+){{0,5}}\W+{_SERVICE}\b",
        r"\b(?:absolute |total |complete |utter |an? |bloody |national )*(?:disgrace|shambles|joke"
        r"|farce|mess|scandal|embarrassment|let ?down)\b(?:\W*$|[.!,])",
        r"\b(?:not good enough|should (?:resign|be ashamed|do better|step down)|(?:must|needs? to"
        r"|ought to) (?:resign|go|step down|do better|sort it out|be held to account)|out of touch"
        r"|waste of (?:\w+ )?(?:money|tax|time|taxpayers?'?s?|resources|public)|poor (?:service"
        r"|decision|show|communication|leadership)|wrong (?:decision|priorities|call)"
        r"|let(?:ting)? (?:us|people|everyone|the (?:public|community|town)|residents) down"
        r"|cuts cost lives|too many (?:chiefs|managers|bosses)|overpaid|mismanag\w+|incompeten\w+"
        r"|could do better|do better|bad decision|shame on (?:the )?(?:council|chief|government"
        r"|management|you))\b",
        r"\b(?:never|rarely|hardly ever) (?:see|get|hear|listen)\b(?:\W+\w+){0,6}\W+(?:for our"
        r"|round here|from you|to us|to residents|council tax|anymore)\b|\bwhat (?:do"
        r"|are) we (?:even )?pay(?:ing)? (?:\w+ ){0,3}for\b|\bthanks for nothing\b"
        r"|\bwell done for nothing\b|\b(?:don'?t|do not|totally|strongly) (?:agree"
        r"|disagree) with\b",
    ),
    fires=(
        "Closing that station was a disgrace and the Chief should resign",
        "What a shambles.",
        "The council is useless at fixing roads",
        "Not good enough",
        "waste of taxpayers money",
        "What a load of rubbish, nobody believes a word of it",
        "You've killed this town with your parking charges",
        "Heads should roll for this",
        "Stop wasting money on glossy leaflets and fix the potholes",
        "My kids could run this place better",
        "Get a grip, the lot of you",
        "Sack the lot of them, starting at the top",
        "Thanks for nothing",
        "Your website is crap",
        "this website is a pile of shite, sort the phone line out",
        "The bins are shit round here and the council is taking the piss",
        "parking charges are a bloody nightmare, the plan is bollocks",
    ),
    silent=(
        "Fair play, shit hot response from the lads",
        "Lovely to see the crew at the fair",
        "What time do you open?",
        "What a great consultation evening",
    ),
    holds=(held_within("context.figurative", "A turn of praise", r"\bshit[- ]?hot\b"),),
    unless=SOUR + r"|\b(?:no joke|not joking)\b",
)

# Somebody is pursued for an answer that they do not owe.
_PESTERING = (
    r"\b(?:answer me|reply (?:to )?me|replied to my (?:message|card|letter|flowers)|day (?:two"
    r"|three|four|five|six|\d+)\b|explaining yourself|your hair|some of us have been waiting"
    r"|you are a|you'?re a|wish you|heard you'?re home|seen you|still no reply about)"
)

COMPLAINT = Rule(
    name="not_abuse.complaint",
    says="Says that something went wrong for the writer",
    patterns=(
        *WENT_WRONG,
        r"\b(?:you|they|crew|crews|ambulance|engine|it) (?:lot )?took (?:you |them |over "
        r"|more than |nearly |almost |about |around |at least |a whole )*(?:\d+|an?|two|three|four"
        r"|five|six|ten|twenty|thirty|forty|fifty|half an) ?(?:min|mins|minutes|hours?|hrs?|days?"
        r"|weeks?|months?)\b",
        r"\b(?:still|been) (?:\w+ )?waiting (?:for|on|over|since|\d|to hear|months|weeks)"
        r"|\b(?:nobody|no ?one|noone|never) (?:has |have |'?s |even |ever )*(?:came|come|turned up"
        r"|showed up|got back|replied|called back|rang back|answered|responded|phoned back"
        r"|contacted)\b",
        r"\b(?:my|our) (?:\w+ ){1,4}(?:was|were|got|has been|have been|is|are) (?:\w+ )?(?:ignored"
        r"|damaged|destroyed|burned|burnt|flooded|missed|cancelled|lost|left|refused|late|broken"
        r"|wrong|rude|not (?:collected|answered|fixed|treated|seen))\b",
        r"\b(?:i|we|my \w+) (?:was|were|got|have been|'?ve been|had been|had to"
        r"|has been) (?:\w+ )?(?:ignored|waiting|told to wait|left|treated|refused|fobbed off"
        r"|passed from|kept|sent away|cut off|on hold|spoken to|overcharged|misdiagnosed|wait)\b",
        r"\b(?:formal |make a |made a |put in a )complaint\b|\b(?:missed|not collected|not emptied"
        r"|not been) (?:my |our |the )?(?:bin|bins|collection|appointment|fixed|repaired"
        r"|emptied)\b|\b(?:rang|called|emailed|phoned|reported|asked) (?:\w+ ){0,4}(?:twice|times"
        r"|no reply|no answer|nothing happened|no response)\b",
        r"\b(?:no|not a single|zero) (?:reply|response|answer|apology|call ?back|update|help)\b"
        r"|\b(?:rude|dismissive|patronising|unhelpful|horrible) (?:to (?:me|us|my|her|him)"
        r"|on the phone|staff|receptionist|attitude)\b",
    ),
    fires=(
        "You took 40 minutes and my garage burned",
        "I was left on hold for an hour",
        "my bins were missed again",
        "rang you three times, no reply",
        "Staff were rude to my mum",
    ),
    silent=(
        "Great job by all the crews",
        "It took me back to my childhood",
        "Still waiting on you to answer me Claire. Day four",
    ),
    unless=_PESTERING + "|" + SOUR,
)

QUESTION = Rule(
    name="not_abuse.question",
    says="Asks a question",
    patterns=(
        r"\b(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should"
        r"|has|have|any(?:one|body)|am i)\b[^.!?\n]+\?",
        r"^\W*(?:@\S+\s+)*(?:please )?(?:how (?:do|does|can|long|much|many|often)|what (?:time|day"
        r"|number|is the|are the|do i)|when (?:is|are|does|do|will)|where (?:is|are|can|do)"
        r"|do you (?:know|have|do|still|need)|is there|are there|can (?:i|we|you)|does any(?:one"
        r"|body)|any (?:idea|news|update)s? )\b",
    ),
    fires=(
        "What time does the open day start?",
        "how do I apply to be on call",
        "Is the pool open today?",
    ),
    silent=(
        "Thank you so much",
        "What a day it was for the town.",
        "Is she twelve? Did her mum pack her lunch?",
    ),
    unless=SOUR + r"|\b(?:he|she|his|her|him|he'?s|she'?s|that the|mr|mrs|miss|ms|is it\?|are we\?"
    r"|asking for a friend|just asking|supposed to be|award for what|for what)\b",
)


def _is_no_question(found: Found) -> bool:
    """Refuse praise that is itself put in doubt ("Heroes?")."""
    return found.folded[found.end : found.end + 1] != "?"


THANKS = Rule(
    name="not_abuse.thanks",
    says="Thanks or praises",
    patterns=(
        r"\b(?:thank(?:s| you|ing)|thankyou|thx|ty|cheers|diolch|ta (?:for|lads|very|so)|well done"
        r"|good (?:job|work|effort|on you|lads)|great (?:job|work|team|effort|response|service"
        r"|people|bunch|lads)|(?:brilliant|amazing|fantastic|excellent|superb|outstanding"
        r"|incredible|wonderful|lovely|awesome|cracking|top) (?:job|work|team|service|crew|effort"
        r"|people|bunch|lads|staff|folk|response|guys))\b",
        r"\b(?:hats off|much appreciated|(?:so |very |really |eternally |forever )grateful"
        r"|god bless|respect to|massive respect|proud of (?:you|our|them|her|him)"
        r"|keep up the (?:good|great)|bless (?:you|them|her|him)|saved (?:my|our|his"
        r"|her) (?:\w+ )?(?:life|lives|home|house|dog|cat|son|daughter|mum|dad|nan)|life ?savers?"
        r"|can'?t thank|forever in your debt|heroes|legends?|true hero|real hero|congratulations"
        r"|congrats|so proud|all the best|hope (?:everyone|you'?re all|they'?re all"
        r"|all) (?:\w+ )?(?:ok|okay|safe|alright|well)|couldn'?t fault|highly recommend|keep safe"
        r"|stay safe)\b",
        r"[\x{1F44F}\x{2764}\x{1F64F}\x{1F49A}\x{1F499}\x{1F9E1}\x{1F44D}\x{1F60D}\x{1F970}]",
    ),
    fires=(
        "Thank you to the crew who came so quickly",
        "Absolute legends",
        "Diolch yn fawr",
        "Well done all",
        "you saved my dog",
    ),
    silent=(
        "Thanks for nothing",
        "no thanks to you lot",
        "Yeah well done on the tax rise",
        "Heroes? Don't make me laugh",
    ),
    holds=(
        held_within(
            "context.figurative",
            "May be meant bitterly",
            r"^(?:thanks?(?: you)?|well done|cheers|congrat\w+|great (?:job|work)|good (?:job"
            r"|work)|heroes|legends?|life ?savers?|amazing job|brilliant job)\W{0,3}(?:for"
            r"|on) (?:nothing|the (?:tax|cuts|closure|fine)|wast\w+|clos\w+|ruin\w+"
            r"|taking (?:so long|\d+)|letting|killing|making (?:it|things) worse|ignoring|leaving)",
        ),
        held_before(
            "context.negated",
            "Says that somebody is not this",
            r"\b(?:no|not|hardly|wouldn'?t call (?:them|you|him|her)|so[- ]called"
            r"|call (?:yourselves|themselves))\W+(?:\w+\W+)?",
        ),
        QUOTED,
    ),
    unless=SOUR + r"|\bnot even a thank you\b|\b(?:didn'?t|rude not to) say thank you\b"
    r"|\bthank you for my\b|\bwhoever (?:typed|wrote)\b|\bdoes mummy\b|\b(?:yes|oh) well done\b",
    keep=_is_no_question,
)

NOT_ABUSE = RuleFamily(
    "rules.not_abuse",
    (
        CRITICISM,
        COMPLAINT,
        PROFANITY,
        QUOTING,
        COUNTER_SPEECH,
        HUMOUR,
        QUESTION,
        THANKS,
        POLITICAL,
        UNION,
        GRIEVANCE,
        PROTECTED_DISCLOSURE,
        RECLAIMED,
    ),
)
