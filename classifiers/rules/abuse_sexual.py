"""Sexual remarks to or about staff, and intimate images."""

from __future__ import annotations

from classifiers.rules.abuse_vocabulary import FUCK
from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_in_sentence
from classifiers.rules.patterns import GAP, THEIR, YOU, words

_HARMLESS = held_in_sentence(
    "context.figurative",
    "Speaks of equipment, advice or something harmless",
    r"\b(?:fire(?:man|fighter)?'?s pole|roof ?rack|rack of|rescue (?:me|us) from|from the (?:roof|lift|tree|cliff|water)|breathing"
    r" apparatus|sexual (?:health|harassment|assault|offences?)|sexy (?:engine|truck|beast of a|new (?:engine|appliance|truck|kit))"
    r"|hose (?:reel|pipe ban)|wet (?:weather|suit|wipes)|naked flames?|hot (?:weather|day|water|chocolate|fire|drink)|smash(?:ed)? (?:it|the"
    r" (?:target|record|quiz))|breast ?(?:cancer|feed\w*|screening)|strip(?:ped)? (?:light|of|back|out|the|search))\b",
)

SEXUAL = Rule(
    name="abuse.sexual",
    says="Makes a sexual remark about somebody",
    patterns=(
        rf"\b(?:he|she|they|{YOU}|that one|this one|him|her)(?: can| could|'?d be able to| is welcome to) (?:definitely |defo |totally |always "
        r"|come and |certainly )*(?:rescue|save|arrest|nurse|cuff|handcuff|search|frisk|hose|light|put (?:me|my)|give me (?:mouth|the kiss|"
        r"cpr)|carry|slide|handle|examine|teach|spank|restrain|resuscitate|blow|ride|climb|sit|tie|heat|warm|check|do) "
        r"(?:me (?:any ?time|any day|all (?:day|night)|down(?: any ?time)?|up|out|off|over|tonight|out of my|into bed|to bed)|my (?:fire|pole|hose"
        r"|pulse|heart rate|temperature|body|pipes?|any ?time|prostate|heart|tubes)|on (?:my|me)|(?:what|whatever) (?:she|he) (?:wants|likes)"
        r" (?:to|with) me)",
        r"\b(?:i'?d|id|i would|i wud|would i|wouldn'?t mind|i'?d love to|i wanna|i want to|i'?ll)(?: \w+)? (?:smash|bang|ride|shag|bone|do|destroy|"
        rf"ruin|rail|plough|plow|hump|mount|poke|pound|wreck|clatter|nail|bend|lick|{FUCK}|give) (?:that|her|him|you|it (?:all )?(?:day|night)|the"
        r" (?:arse|ass|back|hell|life|fuck|shit|bolts?) (?:off|out of|outta)|one)(?:'?s)? ?(?:over|all (?:day|night)|raw|senseless|silly|one|any|in|to|so|$|[.!?]"
        r"|tonight|like|back doors|hard)",
        r"^\W*(?:would|wud|woof|smash or pass|smash|phwo+ar|phwoar+|wid)\W*$|\bphwo+ar|\bsmash or pass\b|\bi would\W*(?:😉|😏|👅|🍆|💦|lol)",
        r"\b(?:nice|great|lovely|cracking|amazing|unreal|fit|big|massive|huge|look at (?:the|them|those|that|her|his)|love (?:the|them|those|her|them)|"
        r"perfect|peachy|what a|them|sexy|gorgeous|hot|decent|check out (?:the|her|his|them|those)) (?:pair of |set of |big |massive |fat )*"
        r"(?:tits|titties|boobs|boobies|arse|ass|bum|rack|jugs|knockers|melons on|baps|bazongas|cleavage|booty|bulge|packet|breasts|norks|bangers on"
        r"|legs on (?:her|that|you)|pins on (?:her|that)|body on (?:her|him|that))\b",
        rf"\b(?:get|got|getting|take|show|flash|whip|whap) (?:{THEIR}|them|'?em|the|us|us your|me your)(?: fucking| bloody)? ?(?:tits|titties|boobs|baps"
        r"|bangers|rack|kit|clothes|top|knickers|bra|arse|bum|uniform|jugs|trousers|pants)?"
        r" (?:off|out)(?: for| love| darling| darlin| then|\W*$)",
        r"\b(?:suck|sucking|gobble|choke on|sit on|ride|lick|deep ?throat|play with|hold|touch|slide (?:down|up)|polish|grab) (?:my|on my|me|ma|his|this)"
        r" (?:cock|dick|knob|face|pole|hose|willy|balls|nob|helmet|todger|length|lap|bellend)\b",
        r"\b(?:send|show|dm|snap|post) (?:me |us |some |your |more |ur )*(?:nudes?|naked|pics? love|feet pics|pics of your (?:feet|body|legs)|bikini"
        r"|knickers|underwear)\b",
        r"\b(?:milf|dilf|gilf|bang ?able|fuck ?able|shag ?able|do-able|cock ?tease|prick ?tease|up for it|gagging for (?:it|a)|dtf|blow ?jobs?|hand ?jobs?"
        r"|wank(?:ing|ed)? (?:over|to|off to)|knock one out|crack one out|toss(?:ing)? off (?:to|over)|bashed one out|horny|hard on|stiffy|boner|semi on"
        r"|cum (?:on|in|over)|creaming|wet dream|get her pregnant|breed(?:ing)? (?:her|you)|only ?fans|stripper(?:gram)?|strip ?o ?gram|tits ?(?:and|n|&) ?arse"
        r"|doggy style|spit ?roast(?:ed)? (?:her|you)|bukkake|gang ?bang|threesome|bit of (?:skirt|crumpet|fluff)|fanny (?:magnet|rat)|bj)\b",
        r"\b(?:fit|hot|peng|tidy|sexy) as (?:fuck|f|hell|anything)\b|\b(?:she|he|u|you)(?:'?s|'?re| is| are| r)? (?:well |so |proper |dead |bare |pure |a bit"
        r" )*(?:sexy|fuckable|bangin|peng|shaggable|buff|a sort|tidy|fit as|fit af|worth one)\b",
        r"\b(?:what(?:'?s| is| are) (?:she|you|u|he)(?: \w+)? wearing (?:under|underneath|to bed|right now)|under (?:that|her|his|your) (?:uniform|tunic"
        r"|scrubs|skirt|kit)|bet (?:she|he)(?:'?s| is| likes| loves| goes| takes| can| screams| looks good)"
        r" (?:\w+ ){0,3}(?:goer|bed|filthy|dirty|rough|naked|hard|in the sack|loud|scream|up for|like a train|bent over|it up|on top|off duty))",
        r"\bwho(?:'?s|se| is| did| has)? (?:she|he) (?:\w+ )?(?:shagg\w*|sleep\w*|slept|blow\w*|bang\w*|suck\w*|sucked off|fuck\w*) (?:with )?(?:to|for)\b|\b(?:slept|"
        r"shagged|sucked|blew|screwed) (?:her|his|your) way (?:to|into|up|through)\b",
        r"\b(?:sort|fix|cure|loosen|cheer) (?:her|him|you) (?:right )?(?:out|up)? ?(?:with|needs?|wants?)? ?a good (?:seeing to|shag|fuck|hard|rogering|servicing)"
        r"|\b(?:needs?|wants?|could do with) (?:a )?(?:good )?(?:seeing to|shag|shagging|fucking|rogering|servicing|spanking|a right good)\b",
    ),
    fires=(
        "She can rescue me any time, nice pic though, send more",
        "I'd smash that",
        "get your tits out love",
        "nice arse on that one, great rack",
        "he can slide down my pole",
        "suck my dick",
        "Phwoar",
        "bet she's filthy in bed",
        "send nudes",
        "needs a good shag that one",
        "what's she wearing under that uniform",
    ),
    silent=(
        "You smashed the target, well done",
        "She can rescue people from the roof in the dark",
        "Get your smoke alarms out and test them",
        "Breast cancer screening van is here on Tuesday",
        "I'd love to give you all a medal",
        "Hot day for it, get the paddling pool out",
        "the firefighters slide down the pole in the film",
    ),
    holds=(QUOTED, _HARMLESS),
)

SEXUAL_IMAGE = Rule(
    name="abuse.sexual_image",
    says="Speaks of sharing or making an intimate image of somebody",
    patterns=(
        rf"\b(?:got|have|seen|found|share|sharing|post|posting|leak|leaked|leaking|send|sending|selling|swap|trade|wants?|upload|spread)\b{GAP}"
        rf"{words(3)}(?:(?:{THEIR}|that \w+'?s|\w+'?s){GAP}(?:\w+ )?(?:nudes?|naked (?:pics?|photos?|selfies?|pictures?|vids?|videos?)|sex ?tape|intimate"
        r" (?:pics?|photos?|video)|topless (?:pics?|photos?|selfies?)|dirty (?:pics?|photos)|tit pics?))\b",
        r"\b(?:nudes?|naked (?:pics?|photos?|pictures?|videos?)|topless (?:pics?|photos?)|sex ?tapes?|intimate (?:pics?|photos?|images?|videos?)|porn|ai"
        r" porn|deep ?fakes?|upskirts?|up-skirts?) (?:\w+ )?(?:of|with|featuring) (?:her|him|you|them|that|this|the|your|their|his|@)",
        rf"\b(?:deep ?fake(?:d|s)?|nudif\w+|undress(?:ed|ing)? (?:app|ai|bot)|ai (?:undress\w*|stripped)|photoshopped|put {THEIR} (?:face|head) on){GAP}{words(3)}"
        r"(?:her|him|you|them|porn|naked|nude|body|that)\b",
        r"\b(?:here'?s|heres|have|look at|this is|check out|want to see|wanna see|like|rate) (?:a (?:pic|photo|picture|video) of )?my (?:cock|dick|knob|"
        r"penis|willy|todger|boner|erection)\b|\b(?:dick|cock|knob|willy) ?pics?\b",
        r"\b(?:her|his|their) (?:nudes?|naked (?:pics?|photos?)|only ?fans) (?:are|is|got|were|have been|link)\b",
    ),
    fires=(
        "anyone got her nudes?",
        "I've seen that nurse's naked pics",
        "going to make a deepfake of her",
        "here's my cock love",
        "sent her a dick pic",
        "naked photos of him on my phone",
        "I'll leak your nudes if you don't answer",
    ),
    silent=(
        "Lovely photos of her at the award night",
        "Great picture of him with the new engine",
        "No naked flames near the tent please",
    ),
    holds=(QUOTED, _HARMLESS),
)
