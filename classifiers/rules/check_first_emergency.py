"""What is more urgent than abuse: an emergency that is happening now."""

from __future__ import annotations

from classifiers.rules.engine import Found, Rule
from classifiers.rules.patterns import any_of

_NAME = "check.emergency_report"
_SAYS = "May report an emergency that is happening now"

# Somebody is dying or nearly so, whatever else is said.
_IN_PERIL = (
    r"\b(?:not|isn'?t|stopped|hardly|barely) (?:breathing|waking|responding|shivering|talking)\b"
    r"|\bno pulse\b|\bunresponsive\b|\bunconscious\b|\bstruggling to breath\w*"
    r"|\b(?:won'?t|wont|can'?t|cannot|doesn'?t|cannae) (?:wake up|breathe?|be woken)\b"
    r"|\btrouble (?:with )?(?:his |her |their |my )?breathing\b",
    r"\b(?:has|have|'s|just|gent|lady|man|woman|lad|lass) collapsed\b|\bslumped\b"
    r"|\bgone (?:grey|gray|blue|limp|under|through) (?:and|in|the|now)\b|\bgone into labour\b"
    r"|\bwaters (?:have |just )?broke\w*|\blips (?:are|r|is) (?:\w+ ){0,2}(?:blue|funny|purple)"
    r"|\bfunny colour\b|\bin labour (?:and|now)\b|\bbleeding (?:out|badly|heavily)\b",
    r"\b(?:gone|went|fell|fallen|falling|goes) (?:in(?:to)?|through|under|off) the"
    r" (?:ice|water|river|beck|canal|mud|weir|pier|harbour|roof|sea|reservoir|estuary)\b"
    r"|\b(?:gone through|two|one|someone|somebody) (?:\w+ )?on the ice\b|\bone'?s gone through\b",
    r"\b(?:send|need|get|call) (?:\w+ )?(?:an |a |the |another )?(?:ambulance|paramedics?"
    r"|fire ?(?:engine|brigade)|ladder|lifeboat|air ambulance|police) (?:\w+ ){0,5}(?:now|asap"
    r"|quick\w*|urgent\w*|immediately|please|pls|to|at)\b",
    r"\b(?:no ?one|nobody|can'?t get|cant get|cannot get|on hold) (?:\w+ ){0,4}(?:999|112)\b"
    r"|\b999 (?:is |are |isn'?t |not |won'?t |keeps )(?:\w+ )?(?:answering|working|ringing"
    r"|engaged|busy|through)\b|\b(?:please|pls|plz) (?:\w+ )?(?:come|hurry) (?:quick|now|fast)",
    r"\b(?:machete|gunman|balaclava|shooter|man with a (?:knife|gun|machete|axe))\b[^.!?]{0,60}"
    r"\b(?:gate|school|yard|outside|now|kids|street|shop|bus|running)\b",
    r"\b(?:he|she|they)(?:'?s|'?re| is| are) (?:\w+ )?(?:kicking|smashing|breaking|trying to get in"
    r"|outside my) (?:\w+ ){0,3}(?:door|window|house|in)\b|\b(?:gone missing|is missing"
    r"|cant find (?:my|him|her)) (?:\w+ ){0,6}(?:\d|year old|since|hours?|autistic|dementia)\b",
    r"\b(?:throat|face) (?:is |has )?(?:\w+ )?(?:closing|swelling|swollen|dropped|drooping)\b"
    r"|\bepi ?pen\b|\bfit(?:ting)? and (?:wont|won'?t)\b|\bswallowed (?:a "
    r"|some )?(?:\w+ )?(?:battery|batteries|bleach|magnets?|tablets)\b"
    r"|\blocked in (?:the )?(?:\w+ )?car\b[^.!?]{0,40}\b(?:hot|baby|sun|dog)\b"
    r"|\bcut off by the tide\b|\bon the (?:railway )?(?:tracks|line) (?:at|by|near|now)\b",
    r"\b(?:petrol|gas|acid|chemical\w*|fumes) (?:is |'s )?(?:leaking|pouring|coming)"
    r" (?:on|from|out|up|through|in)\b|\bwire (?:is )?(?:on the ground|down|sparking)\b",
)
# Something is burning, rising, falling or hissing.
_HAZARD = (
    r"\b(?:smoke|flames|sparks|reek) (?:\w+ )?(?:coming|comin|pouring|billowing|rising|out of|off"
    r"|from|under|thr(?:u|ough)|everywhere)\b|\bthick (?:black )?smoke\b"
    r"|\b(?:full|fu'?) (?:of|o'?) (?:smoke|reek|gas)\b|\b(?:smoke|reek) all\b"
    r"|\bsmok(?:e|es|y|ing|in)\b",
    r"\b(?:is|are|'s|its?|just|has|caught|catched|gone|still|well|properly|house|flat|car|van|shed"
    r"|bin|bins|pan|loft|kitchen) (?:on fi(?:re|er)|alight|ablaze|burning|up in flames|caught fire"
    r"|sparking|hissin\w*)\b|\bon (?:fire|fier) (?:now|up ?stairs|up ?stars|next|at|in|outside"
    r"|the (?:now|noo)|here|behind)\b|\b(?:big|huge|massive|there'?s a) (?:fire|blaze)\b"
    r"|\bfire (?:is |has )?(?:spreading|coming|getting)\b|^\W*fire\W+(?:at "
    r"|in )?(?:the )?(?:kitchen|house|flat|back|\d)",
    r"\bsmell(?:s|ing)? (?:of |like |o'? )?(?:gas|eggs|burning|smoke)\b|\bgas (?:smell|leak"
    r"|is (?:coming|leaking))\b|\bstink(?:s|ing)? of gas\b",
    r"\bwatt?er (?:is |'s )?(?:\w+ )?(?:up to|coming|rising|over|pouring)\b|\bup to (?:the|his|her"
    r"|my|our) (?:windows?|bonnet|waist|chest|neck|chin)\b|\bflood\w* (?:in|into|coming) \w+",
    r"\b(?:wall|tree|roof|ceiling|crane|chimney|scaffold\w*|lamp ?post|power ?line|cable)(?:'?s)?"
    r"(?: \w+){0,3} (?:down on|on top|coming (?:off|down)|come down|came down|falling|collaps\w*"
    r"|gone through|doon)\b|\binto the power ?line\b",
    r"\balarms? (?:is |are |'s |keeps? )?(?:still )?(?:going(?: off)?|sounding)\b"
    r"|\bgoing off (?:now|and)\b|\bpan is (?:\w+ )?(?:black|smok\w+|alight)\b|\bhot to touch\b"
    r"|\bbattery (?:is |'s )?(?:hiss\w+|smok\w+|swell\w+)\b|\bcrackling (?:inside|in|behind)\b",
    r"\b(?:on|onto) its (?:side|roof)\b|\b(?:car|lorry|van|bus|tanker|boat)"
    r"(?:'?s| has| have)? (?:\w+ )?(?:gone|hit|over|rolled|flipped|sunk)"
    r" (?:in(?:to)?|through|off|the|over|on)\b|\bpinned (?:under|by|against)\b"
    r"|\bjumped (?:the|its|it'?s) (?:track|wall|road|break|line)\b|\bcollapsed\b",
    r"\b(?:trapped|stuck|stranded|pinned) (?:in (?:the |a )?(?:lift|mud|car|water|river|flat|house"
    r"|bath|smoke|fire|tree)|on (?:the |a )?(?:roof|ledge|cliff|crane|ice)|under|inside|up)\b"
    r"|\b(?:in a|in the) lift\b|\bhanging (?:off|out of|from) (?:the|a)\b"
    r"|\b(?:drowning|choking|fitting|seizure|chest pains?|having a (?:stroke|heart attack|fit))\b",
    r"\b(?:people|folk|kids?|someone|somebody|woman|man|mans|lady|lads?|girl|boy|we'?re|were"
    r"|waving) (?:\w+ ){0,4}(?:on|at|up) (?:the |teh |a )(?:\w+ ){0,2}(?:ledge|roof|window|parapet"
    r"|crane)\b|\b(?:car|boat|people|kids?|someone|somebody|lad|lads|man|woman|horse|dog"
    r"|heads?) (?:\w+ ){0,3}in the (?:river|water|canal|sea|beck|slurry\w*|reservoir|mud|quarry|ice"
    r"|estuary)\b",
)
_URGE = any_of(
    r"\b(?:right now|now|the noo|please|pls|plz|plese|help|hurry|quick(?:ly)?|asap|urgent\w*"
    r"|send|anyone|someone|somebody|nobody|no ?one|naebody|no answer|what (?:do|should|shud)"
    r" (?:i|we)|shud (?:i|we)|do (?:i|we)|can (?:you|u|yous)|could you|where are|is it normal"
    r"|is one meant|can'?t (?:get|ring|call|find|see)|cant (?:get|ring|call|find|see))\b",
    r"\bon (?:my|his|her|our) own\b|\b(?:top|\d(?:st|nd|rd|th)) (?:floor|flair)\b|\bup ?sta?irs\b"
    r"|\bnext ?door'?s?\b|\b(?:kids|old man|lady|people|folk|husband|baby|oxygen|wheelchair)\b"
    r"|\b(?:comin|coming|inside|behind|still in|outside|opposite|screaming|shouting|banging)\b"
    r"|\b(?:lane|street|road|close|rd|bridge|flats?|mill|school|loft|caravans?|stairs?)\b",
)
# What has been, might be, or is meant otherwise.
_NOT_NOW = (
    r"\b(?:last (?:night|year|week|month|time|summer|winter|\w+day)|yesterday|(?:years?|weeks?"
    r"|days?|months?|yrs?) ago|in (?:19|20)\d\d|back in|when (?:i was|the|you|your|we|my|it)"
    r"|remember\w*|thank\w*|thanks|well done|training|drills?|exercise|simulat\w*|film|movie|series"
    r"|episode|casualty|if (?:your|you|there|it|someone|a|the|my|we|i)|in case|practi[cs]e|demo"
    r"|museum|anniversary|bbq|barbecue|candles?|mixtape|quiz|lol|lmao|haha|used to|pretend|dummy"
    r"|mannequin|imagine|every (?:time|year|week|winter|bonfire|night)|council tax|ticket|traffic"
    r"|vote\w*|cuts?|closure|closed|closing|since (?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december|last)|brave|bless|hero(?:es)?|proud|saved|rescued"
    r"|survived|charity|raised|sponsor\w*|strike|would have|could have|complain\w*|photos?|medals?"
    r"|inquiry|jams?|visit|career|gig|album|outfit|disco|mood|shift|smoke alarms\W|free smoke"
    r"|fitt?(?:ed|ing) (?:a )?(?:smoke|alarms?)|test(?:ed|ing)? (?:ours|mine|your|the)|(?:was|were"
    r"|been|got) (?:put out|brought out|on fire|burning|alight|trapped|stuck)|is out\b"
    r"|for (?:months|years|weeks)|no smoking|smoking (?:area|shelter|ban)|like (?:he|she|you|they)"
    r"|bet\b|on fire (?:today|tonight|lately)|blowing smoke|smoke and mirrors|threatened"
    r"|(?:has|have|had)(?:n'?t| not| never) stopped|never stops"
    r"|gonna (?:kill|stab)|until (?:june|july|march|may)|resign\w*)\b|[\x{1F602}\x{1F923}\x{1F480}]"
)


def _is_short(found: Found) -> bool:
    """Take short texts alone: nobody writes at length while something burns."""
    return len(found.folded) <= 320


EMERGENCY_REPORT = (
    Rule(
        name=_NAME,
        says=_SAYS,
        patterns=_IN_PERIL,
        fires=(
            "Please come quick, he's not breathing",
            "need an ambulance at the park asap",
            "old lad just collapsed by the bakers, no pulse",
            "on hold to 999 for ten minutes",
            "two lads on the ice and one has gone under the water",
            "my waters have broke and the road is shut",
            "man with a machete outside the school gate",
        ),
        silent=(
            "If he is not breathing start compressions, says the film",
            "My nan collapsed last year and your crew saved her",
            "I can't breathe laughing \U0001f602",
            "send an engine to the summer fete please, if you can spare one",
            "My grandson sat in the cab and hasn't stopped talking since",
        ),
        unless=_NOT_NOW,
        keep=_is_short,
    ),
    Rule(
        name=_NAME,
        says=_SAYS,
        patterns=_HAZARD,
        fires=(
            "There's smoke coming out of the flats on Mill Street, can you send someone",
            "my neighbours shed is on fire, kids inside",
            "please help stuck in the lift at Weaver House with my dad",
            "theres a woman at a 4th floor window waving a towel, send ladder to the back please",
            "I can smell gas really strong in the hallway, what do we do",
            "someone is trapped in the lift at the civic centre",
            "Big fire behind Tesco right now",
            "carbon monoxide alarm is going off what do I do",
            "watter coming in the front door now an me nan's in a wheelchair",
            "tree has come down on top of a van on Larch Lane, somebody inside",
        ),
        silent=(
            "Great window display at the station, people stopped in the street to look.",
            "That set was on fire last night",
            "You lot are on fire today, great quiz",
            "What should I do if my house is on fire?",
            "There was a fire at the pub last year",
            "Fire safety talk at the library on Monday",
            "The fire on Mill Street was put out quickly, thank you",
            "need to get the fire service pay sorted",
            "There's a fire station in our town",
            "stuck in traffic again",
            "Smoke drill at the school went well, kids loved it",
        ),
        beside=(_URGE,),
        unless=_NOT_NOW,
        keep=_is_short,
    ),
)
