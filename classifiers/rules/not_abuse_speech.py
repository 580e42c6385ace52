"""Ordinary speech that can look like abuse: quoting, defending, swearing in praise, joking."""

from __future__ import annotations

from classifiers.rules.abuse_vocabulary import FUCKING
from classifiers.rules.engine import Rule
from classifiers.rules.not_abuse_words import SOUR

PROFANITY = Rule(
    name="not_abuse.profanity_untargeted",
    says="Swears for emphasis, not at anybody",
    patterns=(
        r"\bshit[- ]?hot\b",
        rf"\b(?:{FUCKING}|damn|shit ?hot|bastard)\W+(?:\w+\W+){{0,2}}(?:brilliant|amazing|legends?"
        r"|heroes|hero|awesome|good|great|lovely|love|loved|hell|freezing|fantastic|superb|class"
        r"|mint|quality|ace|proud|well done|marvel\w*|epic|incredible|outstanding|belter|magic"
        r"|stars?|champions?|hot|cold|nora|ada|hard work|mad|wild|scary|terrifying|beautiful"
        r"|gorgeous|delicious|mental|hilarious|impressive|respect|right|yes|finally|miracle|yaldi"
        r"|braw|lush|canny|boss|sound)\b",
        r"\b(?:holy|oh|aw|ah|well) (?:shit|fuck|crap|bollocks|bugger)\b|\bshit the bed\b"
        r"|\bthe (?:dog'?s|mutt'?s) (?:bollocks|nuts)\b|\b(?:for (?:fuck|f\W{1,3}k|christ|god"
        r"|feck)'?s? sakes?|ffs|wtf|what the (?:fuck|hell|f\W{1,3}k)|no fucking way|fuck (?:me"
        r"|yeah|yes|knows|all)|bloody hell|bugger me|fuckin hell|fecking hell)\b",
        r"\b(?:scared|frightened) the (?:shit|crap|life|hell) out of (?:me|us)\b|\b(?:hard|brave"
        r"|good|fit|cool|class|mint|tough|proud|cold|hot|busy) as (?:fuck|f\W{0,3}k|shit)\b"
        r"|\bmad (?:bastards|buggers|fuckers)\b(?:\W+\w+){0,6}\W+(?:respect|love|heroes|legends"
        r"|brave|hats|proud|thank)\b",
        r"\b(?:fuck|sod|screw) (?:cancer|covid|brexit|the (?:weather|rain|cold)|this (?:weather"
        r"|rain|heat|traffic|cold)|that(?:'?s| is| for| looks)|it|mondays?)\b|\b(?:pissing down"
        r"|pissed it down|bollocks to (?:that|this|the weather)|bloody (?:weather|rain|traffic"
        r"|seagulls?|pigeons?))\b",
    ),
    fires=(
        "Bloody brilliant job, fucking heroes",
        "holy shit that was close",
        "you lot are hard as fuck",
        "ffs the bridge is shut again",
        "Fuck cancer, great fundraiser",
        "the dog's bollocks",
        "Fair play, shit hot response from the lads",
    ),
    silent=("fuck off you lot", "Thank you for a great day", "you fucking muppets"),
)

QUOTING = Rule(
    name="not_abuse.quoting_or_reporting_abuse",
    says="Repeats or reports what somebody else said",
    patterns=(
        r"\b(?:called|calling|call|calls) (?:me|her|him|them|us|our \w+|the crew|my \w+|staff"
        r"|the \w+) (?:a |an |all |names|every name|the n|slurs?|\W{0,2}[\"'])",
        r"\b(?:said|says|saying|shouted|shouting|wrote|commented|told|messaged|posted|yelled"
        r"|screamed)\b(?: \w+){0,6}[ :,]+[\"'][a-z]",
        r"\b(?:someone|somebody|a (?:man|bloke|woman|guy|patient|driver|parent|caller|pupil)"
        r"|some (?:bloke|guy|man|idiot|woman)) (?:\w+ ){0,2}(?:said|told|shouted|called|threatened"
        r"|yelled|screamed|wrote|commented|messaged|posted|spat)\b",
        r"\b(?:and )?(?:you|they|you'?ve) (?:left|leave|leaving) (?:it|that|this|the comment"
        r"|them) (?:up|on here|there)\b|\bwhy (?:hasn'?t|has|is|are|haven'?t) (?:this|that|these"
        r"|those|the)(?: \w+)? (?:comments? )?(?:still |not )*(?:been )?(?:removed|deleted|up"
        r"|hidden|taken down)\b",
        r"\b(?:look at|read(?:ing)?|seen?|saw|report(?:ed|ing)?|screenshot(?:ted"
        r"|s)? of) (?:some of )?(?:the |these |those |this |that |his |her )(?:\w+ )?(?:comments?"
        r"|abuse|message|replies)\b|\b(?:got|gets?|getting|had|being) (?:\w+ )?(?:abuse|threats"
        r"|called names|sworn at|spat (?:at|on)|screamed at)\b",
    ),
    fires=(
        "Someone called her 'a fat cow' and you left it up",
        "A bloke shouted 'I'll kill you' at the crew",
        "Why hasn't this comment been removed?",
        "my sister gets abuse every shift",
        'He said "go home" to the nurse',
    ),
    silent=("Call me when you can", "I said thank you to the crew", "You left the gate open"),
)

COUNTER_SPEECH = Rule(
    name="not_abuse.counter_speech",
    says="Defends staff or asks others to stop",
    patterns=(
        r"\bleave (?:her|him|them|the \w+|these \w+|those \w+|our \w+|the poor \w+) (?:alone|be)\b"
        r"|\b(?:give (?:her|him|them|it) a (?:break|rest)|behave yourselves)\b",
        r"\b(?:don'?t|stop|dont|quit|no need to|nobody should|enough of) (?:\w+ )?(?:speak"
        r"|speaking|talk|talking|abus\w+|attack\w*|bully\w*|troll\w*|have a go"
        r"|having a go|slag(?:ging)?|slating|blam\w+|insult\w*|shouting|threaten\w*"
        r"|being (?:so )?(?:horrible|nasty|vile|rude)|be (?:so )?(?:horrible|nasty|rude))\b",
        r"\b(?:show|have|try|learn) (?:some|a bit of|a little) (?:respect|compassion|decency"
        r"|manners|kindness)\b|\b(?:they(?:'?re| are)|she'?s|he'?s|she is|he is|staff are"
        r"|crews? (?:are|is)|just) (?:only |just )?(?:doing|did|trying to do) (?:their|her|his|a"
        r"|the) (?:job|jobs|best)\b",
        r"\b(?:no ?one|nobody|they|she|he|staff|crews?) (?:don'?t |doesn'?t |do not |does not "
        r"|didn'?t )?deserves? (?:this|that|to be|any of|all this|the abuse|abuse|the hate"
        r"|better)\b|\b(?:keyboard (?:warriors?|heroes)|these trolls|the trolls|haters"
        r"|some of (?:the|these) comments|armchair (?:experts?|firefighters?))\b",
        r"\b(?:don'?t listen to|ignore|pay no attention to) (?:them|the (?:haters|trolls|idiots"
        r"|negativ\w+|comments|moaners)|these|him|her)\b|\bif you(?:'?ve"
        r"| have)? (?:got )?(?:nothing|can'?t say anything|not got anything) (?:nice|good|positive"
        r"|kind)\b|\bwould you (?:say|speak|talk)(?: \w+){0,3} (?:to (?:their|her|his|your)"
        r"|like that)\b",
        r"\b(?:ashamed of|disgusted (?:at|by)|shocked (?:at|by)|appalled (?:at|by)"
        r"|sick of) (?:some of )?(?:the|these|yourselves|all the) (?:\w+ )?(?:comments|abuse"
        r"|people|negativ\w+|hate|replies)\b|\b(?:i )?stand (?:with|by) (?:her|him|them|our|the)\b"
        r"|\bwhat (?:have|did) you (?:ever )?(?:done|do) (?:for|today)\b",
    ),
    fires=(
        "Leave her alone you clown",
        "They're only doing their job",
        "Nobody deserves this abuse",
        "show some respect",
        "stop attacking the crew",
        "Ignore the trolls",
    ),
    silent=(
        "I left her a card",
        "She deserves a medal is what I think",
        "the job advert is closed",
        "posting every day till you pack it in",
    ),
    unless=r"\b(?:till you pack|having to come back off|picking nose)\b",
)

HUMOUR = Rule(
    name="not_abuse.satire_or_humour",
    says="Has signs of joking; read it in its thread",
    patterns=(
        r"\b(?:in other news|breaking news:|plot twist|said no ?one ever|dad joke|i'?ll get (?:my"
        r"|me) coat|hold my (?:beer|pint)|first world problems|coming to netflix)\b",
        r"(?:^|\s)/s(?:\W|$)",
    ),
    fires=(
        "In other news, the pole is still there",
        "Plot twist: the cat rang 999",
        "I'll get my coat",
        "Great plan /s",
    ),
    silent=(
        "The also-ran team did well",
        "A parade on Sunday",
        "look at the face on her lol",
    ),
    unless=SOUR,
)
