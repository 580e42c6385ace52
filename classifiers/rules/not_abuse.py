"""Signs of what is not abuse: criticism, complaint, quoting, counter-speech, union, thanks, more."""

from __future__ import annotations

from classifiers.rules.abuse_vocabulary import FUCKING
from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Found, Rule, RuleFamily, held_before, held_within
from classifiers.rules.not_abuse_voices import (
    GRIEVANCE,
    POLITICAL,
    PROTECTED_DISCLOSURE,
    RECLAIMED,
    UNION,
)

_SERVICE = (
    r"(?:council|service|trust|station|department|management|leaders?(?:hip)?|chief|bosses|board|authority|government|county|hospital|a&e|surgery|school|decision|policy|plan|plans|closure|closing|cuts|"
    r"response|response times|priorities|spending|budget|consultation|roads?|potholes?|bins?|contract|contractors?|website|phone line|system|charges|fees|parking|comms|press office|statement|post|meeting)"
)

CRITICISM = Rule(
    name="not_abuse.criticism",
    says="Criticises a decision, a service or how it is led",
    patterns=(
        rf"\b{_SERVICE}\b(?:\W+\w+){{0,8}}\W+(?:disgrace(?:ful)?|shambles|joke|disgusting|appalling|shocking|ridiculous|unacceptable|not good enough|poor|terrible|awful|useless|rubbish|shameful|embarrassing|failed|failing|fails|wrong|out of touch|a mess|badly|too slow|dangerous|incompetent|pathetic|stupid|scandal"
        r"|scandalous|waste|wasted|farce|nonsense|insult|let us down|letting us down|resign|needs to go|should go|sacked|a bad idea|unsafe)\b",
        rf"\b(?:disgrace(?:ful)?|shambles|shambolic|disgusting|appalling|shocking|ridiculous|unacceptable|terrible|awful|useless|rubbish|shameful|embarrassing|stupid|poor|bad|crazy|daft|scandalous|pathetic|crap|shit)\b(?:\W+\w+){{0,5}}\W+{_SERVICE}\b",
        r"\b(?:absolute |total |complete |utter |an? |bloody |national )*(?:disgrace|shambles|joke|farce|mess|scandal|embarrassment|let ?down)\b(?:\W*$|[.!,])",
        r"\b(?:not good enough|should (?:resign|be ashamed|do better|step down)|(?:must|needs? to|ought to) (?:resign|go|step down|do better|sort it out|be held to account)|out of touch|waste of (?:\w+ )?(?:money|tax|time|taxpayers?'?s?|resources|public)|poor (?:service|decision|show|communication|leadership)|"
        r"wrong (?:decision|priorities|call)|let(?:ting)? (?:us|people|everyone|the (?:public|community|town)|residents) down|cuts cost lives|too many (?:chiefs|managers|bosses)|overpaid|mismanag\w+|incompeten\w+|could do better|do better|bad decision|shame on (?:the )?(?:council|chief|government|management|you))\b",
        r"\b(?:never|rarely|hardly ever) (?:see|get|hear|listen)\b(?:\W+\w+){0,6}\W+(?:for our|round here|from you|to us|to residents|council tax|anymore)\b|\bwhat (?:do|are) we (?:even )?pay(?:ing)? (?:\w+ ){0,3}for\b|\bthanks for nothing\b|\bwell done for nothing\b|\b(?:don'?t|do not|totally|strongly) (?:agree|disagree) with\b",
    ),
    fires=(
        "Closing that station was a disgrace and the Chief should resign",
        "What a shambles.",
        "The council is useless at fixing roads",
        "Not good enough",
        "waste of taxpayers money",
        "Thanks for nothing",
    ),
    silent=("Lovely to see the crew at the fair", "What time do you open?", "What a great consultation evening"),
)

COMPLAINT = Rule(
    name="not_abuse.complaint",
    says="Says that something went wrong for the writer",
    patterns=(
        r"\b(?:you|they|crew|crews|ambulance|engine|it) (?:lot )?took (?:you |them |over |more than |nearly |almost |about |around |at least |a whole )*(?:\d+|an?|two|three|four|five|six|ten|twenty|thirty|forty|fifty|half an) ?(?:min|mins|minutes|hours?|hrs?|days?|weeks?|months?)\b",
        r"\b(?:still|been) (?:\w+ )?waiting (?:for|on|over|since|\d|to hear|months|weeks)|\b(?:nobody|no ?one|noone|never) (?:has |have |'?s |even |ever )*(?:came|come|turned up|showed up|got back|replied|called back|rang back|answered|responded|phoned back|contacted)\b",
        r"\b(?:my|our) (?:\w+ ){1,4}(?:was|were|got|has been|have been|is|are) (?:\w+ )?(?:ignored|damaged|destroyed|burned|burnt|flooded|missed|cancelled|lost|left|refused|late|broken|wrong|rude|not (?:collected|answered|fixed|treated|seen))\b",
        r"\b(?:i|we|my \w+) (?:was|were|got|have been|'?ve been|had been|had to|has been) (?:\w+ )?(?:ignored|waiting|told to wait|left|treated|refused|fobbed off|passed from|kept|sent away|cut off|on hold|spoken to|overcharged|misdiagnosed|wait)\b",
        r"\b(?:formal |make a |made a |put in a )complaint\b|\b(?:missed|not collected|not emptied|not been) (?:my |our |the )?(?:bin|bins|collection|appointment|fixed|repaired|emptied)\b|\b(?:rang|called|emailed|phoned|reported|asked) (?:\w+ ){0,4}(?:twice|times|no reply|no answer|nothing happened|no response)\b",
        r"\b(?:no|not a single|zero) (?:reply|response|answer|apology|call ?back|update|help)\b|\b(?:rude|dismissive|patronising|unhelpful|horrible) (?:to (?:me|us|my|her|him)|on the phone|staff|receptionist|attitude)\b",
    ),
    fires=(
        "You took 40 minutes and my garage burned",
        "I was left on hold for an hour",
        "my bins were missed again",
        "rang you three times, no reply",
        "Staff were rude to my mum",
    ),
    silent=("Great job by all the crews", "It took me back to my childhood"),
)

PROFANITY = Rule(
    name="not_abuse.profanity_untargeted",
    says="Swears for emphasis, not at anybody",
    patterns=(
        rf"\b(?:{FUCKING}|damn|shit ?hot|bastard)\W+(?:\w+\W+){{0,2}}(?:brilliant|amazing|legends?|heroes|hero|awesome|good|great|lovely|love|loved|hell|freezing|fantastic|superb|class|mint|quality|ace|proud|well done|marvel\w*|epic|incredible|outstanding|belter|magic|stars?|champions?|hot|cold|nora|ada|hard work|mad|wild"
        r"|scary|terrifying|beautiful|gorgeous|delicious|mental|hilarious|impressive|respect|right|yes|finally|miracle|yaldi|braw|lush|canny|boss|sound)\b",
        r"\b(?:holy|oh|aw|ah|well) (?:shit|fuck|crap|bollocks|bugger)\b|\bshit the bed\b|\bthe (?:dog'?s|mutt'?s) (?:bollocks|nuts)\b|\b(?:for (?:fuck|f\W{1,3}k|christ|god|feck)'?s? sakes?|ffs|wtf|what the (?:fuck|hell|f\W{1,3}k)|no fucking way|fuck (?:me|yeah|yes|knows|all)|bloody hell|bugger me|fuckin hell|fecking hell)\b",
        r"\b(?:scared|frightened) the (?:shit|crap|life|hell) out of (?:me|us)\b|\b(?:hard|brave|good|fit|cool|class|mint|tough|proud|cold|hot|busy) as (?:fuck|f\W{0,3}k|shit)\b|\bmad (?:bastards|buggers|fuckers)\b(?:\W+\w+){0,6}\W+(?:respect|love|heroes|legends|brave|hats|proud|thank)\b",
        r"\b(?:fuck|sod|screw) (?:cancer|covid|brexit|the (?:weather|rain|cold)|this (?:weather|rain|heat|traffic|cold)|that(?:'?s| is| for| looks)|it|mondays?)\b|\b(?:pissing down|pissed it down|bollocks to (?:that|this|the weather)|bloody (?:weather|rain|traffic|seagulls?|pigeons?))\b",
    ),
    fires=(
        "Bloody brilliant job, fucking heroes",
        "holy shit that was close",
        "you lot are hard as fuck",
        "ffs the bridge is shut again",
        "Fuck cancer, great fundraiser",
        "the dog's bollocks",
    ),
    silent=("fuck off you lot", "Thank you for a great day", "you fucking muppets"),
)

QUOTING = Rule(
    name="not_abuse.quoting_or_reporting_abuse",
    says="Repeats or reports what somebody else said",
    patterns=(
        r"\b(?:called|calling|call|calls) (?:me|her|him|them|us|our \w+|the crew|my \w+|staff|the \w+) (?:a |an |all |names|every name|the n|slurs?|\W{0,2}[\"'])",
        r"\b(?:said|says|saying|shouted|shouting|wrote|commented|told|messaged|posted|yelled|screamed)\b(?: \w+){0,6}[ :,]+[\"'][a-z]",
        r"\b(?:someone|somebody|a (?:man|bloke|woman|guy|patient|driver|parent|caller|pupil)|some (?:bloke|guy|man|idiot|woman)) (?:\w+ ){0,2}(?:said|told|shouted|called|threatened|yelled|screamed|wrote|commented|messaged|posted|spat)\b",
        r"\b(?:and )?(?:you|they|you'?ve) (?:left|leave|leaving) (?:it|that|this|the comment|them) (?:up|on here|there)\b|\bwhy (?:hasn'?t|has|is|are|haven'?t) (?:this|that|these|those|the)(?: \w+)? (?:comments? )?(?:still |not )*(?:been )?(?:removed|deleted|up|hidden|taken down)\b",
        r"\b(?:look at|read(?:ing)?|seen?|saw|report(?:ed|ing)?|screenshot(?:ted|s)? of) (?:some of )?(?:the |these |those |this |that |his |her )(?:\w+ )?(?:comments?|abuse|message|replies)\b|\b(?:got|gets?|getting|had|being) (?:\w+ )?(?:abuse|threats|called names|sworn at|spat (?:at|on)|screamed at)\b",
    ),
    fires=(
        "Someone called her 'a fat cow' and you left it up",
        "A bloke shouted 'I'll kill you' at the crew",
        "Why hasn't this comment been removed?",
        "my sister gets abuse every shift",
        "He said \"go home\" to the nurse",
    ),
    silent=("Call me when you can", "I said thank you to the crew", "You left the gate open"),
)

COUNTER_SPEECH = Rule(
    name="not_abuse.counter_speech",
    says="Defends staff or asks others to stop",
    patterns=(
        r"\bleave (?:her|him|them|the \w+|these \w+|those \w+|our \w+|the poor \w+) (?:alone|be)\b|\b(?:give (?:her|him|them|it) a (?:break|rest)|back off|pack it in|behave yourselves|wind your neck in)\b",
        r"\b(?:don'?t|stop|dont|quit|no need to|nobody should|enough of) (?:\w+ )?(?:speak|speaking|talk|talking|abus\w+|attack\w*|pick(?:ing)?|bully\w*|troll\w*|have a go|having a go|slag(?:ging)?|slating|blam\w+|insult\w*|shouting|threaten\w*|moaning|being (?:so )?(?:horrible|nasty|vile|rude)|be (?:so )?(?:horrible|nasty|rude))\b",
        r"\b(?:show|have|try|learn) (?:some|a bit of|a little) (?:respect|compassion|decency|manners|kindness)\b|\b(?:they(?:'?re| are)|she'?s|he'?s|she is|he is|staff are|crews? (?:are|is)|just) (?:only |just )?(?:doing|did|trying to do) (?:their|her|his|a|the) (?:job|jobs|best)\b",
        r"\b(?:no ?one|nobody|they|she|he|staff|crews?) (?:don'?t |doesn'?t |do not |does not |didn'?t )?deserves? (?:this|that|to be|any of|all this|the abuse|abuse|the hate|better)\b|\b(?:keyboard (?:warriors?|heroes)|these trolls|the trolls|haters|some of (?:the|these) comments|armchair (?:experts?|firefighters?))\b",
        r"\b(?:don'?t listen to|ignore|pay no attention to) (?:them|the (?:haters|trolls|idiots|negativ\w+|comments|moaners)|these|him|her)\b|\bif you(?:'?ve| have)? (?:got )?(?:nothing|can'?t say anything|not got anything) (?:nice|good|positive|kind)\b|\bwould you (?:say|speak|talk)(?: \w+){0,3} (?:to (?:their|her|his|your)|like that)\b",
        r"\b(?:ashamed of|disgusted (?:at|by)|shocked (?:at|by)|appalled (?:at|by)|sick of) (?:some of )?(?:the|these|yourselves|all the) (?:\w+ )?(?:comments|abuse|people|negativ\w+|hate|replies)\b|\b(?:i )?stand (?:with|by) (?:her|him|them|our|the)\b|\bwhat (?:have|did) you (?:ever )?(?:done|do) (?:for|today)\b",
    ),
    fires=(
        "Leave her alone you clown",
        "They're only doing their job",
        "Nobody deserves this abuse",
        "show some respect",
        "stop attacking the crew",
        "Ignore the trolls",
    ),
    silent=("I left her a card", "She deserves a medal is what I think", "the job advert is closed"),
)

HUMOUR = Rule(
    name="not_abuse.satire_or_humour",
    says="Has signs of joking; read it in its thread",
    patterns=(
        r"\b(?:asking for a friend|only joking|just kidding|only kidding|jk|tongue in cheek|pmsl|rofl|lmf?ao|banter|in other news|breaking news|plot twist|said no ?one ever|dad joke|i'?ll get (?:my|me) coat|satire|parody|hold my (?:beer|pint)|first world problems)\b",
        r"(?:^|\s)/s(?:\W|$)|[\x{1F602}\x{1F923}\x{1F61C}\x{1F61D}\x{1F609}\x{1F92A}\x{1F606}\x{1F605}]|\b(?:a?ha(?:ha)+h?|lol)\b",
    ),
    fires=("Asking for a friend: is the pole still there?", "Only joking lads", "hahaha the cat won", "Great plan /s"),
    silent=("The also-ran team did well", "A parade on Sunday"),
)

QUESTION = Rule(
    name="not_abuse.question",
    says="Asks a question",
    patterns=(
        r"\b(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|has|have|any(?:one|body)|am i)\b[^.!?\n]{2,200}\?",
        r"^\W*(?:@\S+\s+)*(?:please )?(?:how (?:do|does|can|long|much|many|often)|what (?:time|day|number|is the|are the|do i)|when (?:is|are|does|do|will)|where (?:is|are|can|do)|do you (?:know|have|do|still|need)|is there|are there|can (?:i|we|you)|does any(?:one|body)|any (?:idea|news|update)s? )\b",
    ),
    fires=("What time does the open day start?", "how do I apply to be on call", "Is the pool open today?"),
    silent=("Thank you so much", "What a day it was for the town."),
)

def _is_no_question(found: Found) -> bool:
    """Refuse praise that is itself put in doubt ("Heroes?")."""
    return found.folded[found.end : found.end + 1] != "?"


THANKS = Rule(
    name="not_abuse.thanks",
    says="Thanks or praises",
    patterns=(
        r"\b(?:thank(?:s| you|ing)|thankyou|thx|ty|cheers|diolch|ta (?:for|lads|very|so)|well done|good (?:job|work|effort|on you|lads)|great (?:job|work|team|effort|response|service|people|bunch|lads)|(?:brilliant|amazing|fantastic|excellent|superb|outstanding|incredible|wonderful|lovely|awesome|cracking|top) (?:job|work|team|service|crew"
        r"|effort|people|bunch|lads|staff|folk|response|guys))\b",
        r"\b(?:hats off|much appreciated|(?:so |very |really |eternally |forever )grateful|god bless|respect to|massive respect|proud of (?:you|our|them|her|him)|keep up the (?:good|great)|bless (?:you|them|her|him)|saved (?:my|our|his|her) (?:\w+ )?(?:life|lives|home|house|dog|cat|son|daughter|mum|dad|nan)|life ?savers?|can'?t thank|"
        r"forever in your debt|heroes|legends?|true hero|real hero|congratulations|congrats|so proud|all the best|hope (?:everyone|you'?re all|they'?re all|all) (?:\w+ )?(?:ok|okay|safe|alright|well)|couldn'?t fault|highly recommend|keep safe|stay safe)\b",
        r"[\x{1F44F}\x{2764}\x{1F64F}\x{1F49A}\x{1F499}\x{1F9E1}\x{1F44D}\x{1F60D}\x{1F970}]",
    ),
    fires=("Thank you to the crew who came so quickly", "Absolute legends", "Diolch yn fawr", "Well done all", "you saved my dog"),
    silent=("Thanks for nothing", "no thanks to you lot", "Yeah well done on the tax rise", "Heroes? Don't make me laugh"),
    holds=(
        held_within(
            "context.figurative",
            "May be meant bitterly",
            r"^(?:thanks?(?: you)?|well done|cheers|congrat\w+|great (?:job|work)|good (?:job|work)|heroes|legends?|life ?savers?|amazing job|brilliant job)\W{0,3}(?:for|on) (?:nothing|the (?:tax|cuts|closure|fine)|wast\w+|clos\w+|ruin\w+|taking (?:so long|\d+)|letting|killing|making (?:it|things) worse|ignoring|leaving)",
        ),
        held_before("context.negated", "Says that somebody is not this", r"\b(?:no|not|hardly|wouldn'?t call (?:them|you|him|her)|so[- ]called|call (?:yourselves|themselves))\W+(?:\w+\W+)?"),
        QUOTED,
    ),
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
