"""Sexual remarks to or about staff, and intimate images."""

from __future__ import annotations

from classifiers.rules.abuse_vocabulary import FUCK
from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_in_sentence
from classifiers.rules.patterns import GAP, THEIR, YOU, words

_HARMLESS = held_in_sentence(
    "context.figurative",
    "Speaks of equipment, advice or something harmless",
    r"\b(?:fire(?:man|fighter)?'?s pole|roof ?rack|rack of|rescue (?:me|us) from|from the (?:roof"
    r"|lift|tree|cliff|water)|breathing apparatus|sexual (?:health|harassment|assault|offences?)"
    r"|sexy (?:engine|truck|beast of a|new (?:engine|appliance|truck|kit))|hose (?:reel|pipe ban)"
    r"|wet (?:weather|suit|wipes)|naked flames?|hot (?:weather|day|water|chocolate|fire|drink)"
    r"|smash(?:ed)? (?:it|the (?:target|record|quiz))|breast ?(?:cancer|feed\w*|screening)"
    r"|strip(?:ped)? (?:light|of|back|out|the|search))\b",
)

SEXUAL = Rule(
    name="abuse.sexual",
    says="Makes a sexual remark about somebody",
    patterns=(
        r"\bwet t[ -]?shirt\b",
        rf"\b(?:he|she|they|{YOU}|that one|this one|him|her)(?: can| could|'?d be able to"
        r"| is welcome to) (?:definitely |defo |totally |always |come and |certainly )*(?:rescue"
        r"|save|arrest|nurse|cuff|handcuff|search|frisk|hose|light|put (?:me|my)|give me (?:mouth"
        r"|the kiss|cpr)|carry|slide|handle|examine|teach|spank|restrain|resuscitate|blow|ride"
        r"|climb|sit|tie|heat|warm|check|do) (?:me (?:any ?time|any day|all (?:day|night)"
        r"|down(?: any ?time)?|up|out|off|over|tonight|out of my|into bed|to bed)|my (?:fire|pole"
        r"|hose|pulse|heart rate|temperature|body|pipes?|any ?time|prostate|heart|tubes)|on (?:my"
        r"|me)|(?:what|whatever) (?:she|he) (?:wants|likes) (?:to|with) me)",
        r"\b(?:i'?d|id|i would|i wud|would i|wouldn'?t mind|i'?d love to|i wanna|i want to"
        r"|i'?ll)(?: \w+)? (?:smash|bang|ride|shag|bone|destroy|ruin|rail|plough|plow|hump|mount"
        rf"|poke|pound|wreck|clatter|nail|bend|lick|{FUCK}|give) (?:that|her|him|you"
        r"|it (?:all )?(?:day|night)|the (?:arse|ass|back|hell|life|fuck|shit|bolts?) (?:off"
        r"|out of|outta)|one)(?:'?s)? ?(?:over|all (?:day|night)|raw|senseless|silly|one|any|in"
        r"|to|so|$|[.!?]|tonight|like|back doors|hard)",
        r"^\W*(?:would|wud|woof|smash or pass|smash|phwo+ar|phwoar+|wid)\W*$|\bphwo+ar"
        r"|\bsmash or pass\b|\bi would\W*(?:😉|😏|👅|🍆|💦|lol)",
        r"\b(?:nice|great|lovely|cracking|amazing|unreal|fit|big|massive|huge|look at (?:the|them"
        r"|those|that|her|his)|love (?:the|them|those|her|them)|perfect|peachy|what a|them|sexy"
        r"|gorgeous|hot|decent|check out (?:the|her|his|them|those)) (?:pair of |set of |big "
        r"|massive |fat )*(?:tits|titties|boobs|boobies|arse|ass|bum|rack|jugs|knockers|melons on"
        r"|baps|bazongas|cleavage|booty|bulge|packet|breasts|norks|bangers on|legs on (?:her|that"
        r"|you)|pins on (?:her|that)|body on (?:her|him|that))\b",
        rf"\b(?:get|got|getting|take|show|flash|whip|whap) (?:{THEIR}|them|'?em|the|us|us your"
        r"|me your)(?: fucking| bloody)? ?(?:tits|titties|boobs|baps|bangers|rack|kit|clothes|top"
        r"|knickers|bra|arse|bum|uniform|jugs|trousers|pants)? (?:off|out)(?: for| love| darling"
        r"| darlin| then|\W*$)",
        r"\b(?:suck|sucking|gobble|choke on|sit on|ride|lick|deep ?throat|play with|hold|touch"
        r"|slide (?:down|up)|polish|grab) (?:my|on my|me|ma|his|this) (?:cock|dick|knob|face|pole"
        r"|hose|willy|balls|nob|helmet|todger|length|lap|bellend)\b",
        r"\b(?:send|show|dm|snap|post) (?:me |us |some |your |more |ur )*(?:nudes?|naked"
        r"|pics? love|feet pics|pics of your (?:feet|body|legs)|bikini|knickers|underwear)\b",
        r"\b(?:milf|dilf|gilf|bang ?able|fuck ?able|shag ?able|do-able|cock ?tease|prick ?tease"
        r"|up for it|gagging for (?:it|a)|dtf|blow ?jobs?|hand ?jobs?|wank(?:ing|ed)? (?:over|to"
        r"|off to)|knock one out|crack one out|toss(?:ing)? off (?:to|over)|bashed one out|horny"
        r"|hard on|stiffy|boner|semi on|cum (?:on|in|over)|creaming|wet dream|get her pregnant"
        r"|breed(?:ing)? (?:her|you)|only ?fans|stripper(?:gram)?|strip ?o ?gram|tits ?(?:and|n"
        r"|&) ?arse|doggy style|spit ?roast(?:ed)? (?:her|you)|bukkake|gang ?bang|threesome"
        r"|bit of (?:skirt|crumpet|fluff)|fanny (?:magnet|rat)|bj)\b",
        r"\b(?:fit|hot|peng|tidy|sexy) as (?:fuck|f|hell|anything)\b|\b(?:she|he|u|you)(?:'?s|'?re"
        r"| is| are| r)? (?:well |so |proper |dead |bare |pure |a bit )*(?:sexy|fuckable|bangin"
        r"|peng|shaggable|buff|a sort|tidy|fit as|fit af|worth one)\b",
        r"\b(?:what(?:'?s| is| are) (?:she|you|u|he)(?: \w+)? wearing (?:under|underneath|to bed"
        r"|right now)|under (?:that|her|his|your) (?:uniform|tunic|scrubs|skirt|kit)|bet (?:she"
        r"|he)(?:'?s| is| likes| loves| goes| takes| can| screams| looks good) (?:\w+ ){0,3}(?:goer"
        r"|bed|filthy|dirty|rough|naked|hard|in the sack|loud|scream|up for|like a train|bent over"
        r"|it up|on top|off duty))",
        r"\bwho(?:'?s|se| is| did| has)? (?:she|he) (?:\w+ )?(?:shagg\w*|sleep\w*|slept|blow\w*"
        r"|bang\w*|suck\w*|sucked off|fuck\w*) (?:with )?(?:to|for)\b|\b(?:slept|shagged|sucked"
        r"|blew|screwed) (?:her|his|your) way (?:to|into|up|through)\b",
        r"\b(?:sort|fix|cure|loosen|cheer) (?:her|him|you) (?:right )?(?:out|up)? ?(?:with|needs?"
        r"|wants?)? ?a good (?:seeing to|shag|fuck|hard|rogering|servicing)|\b(?:needs?|wants?"
        r"|could do with) (?:a )?(?:good )?(?:seeing to|shag|shagging|fucking|rogering|servicing"
        r"|spanking|a right good)\b",
    ),
    fires=(
        "will there be a wet t-shirt round with the hose",
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
        r"\b(?:pics?|photos?|pictures?|videos?|vids?|footage|clips?) of (?:her|him|you"
        r"|that \w+) (?:\w+ )?(?:getting (?:changed|undressed|dressed)|in the (?:shower|bath"
        r"|changing)|undress\w*|naked|topless|in (?:her|his|your) (?:underwear|bra|knickers|pants"
        r"|undies))",
        r"\b(?:got|have|seen|found|share|sharing|post|posting|leak|leaked|leaking|send|sending"
        rf"|selling|swap|trade|wants?|upload|spread)\b{GAP}{words(3)}(?:(?:{THEIR}|that \w+'?s"
        rf"|\w+'?s){GAP}(?:\w+ )?(?:nudes?|naked (?:pics?|photos?|selfies?|pictures?|vids?"
        r"|videos?)|sex ?tape|intimate (?:pics?|photos?|video)|topless (?:pics?|photos?|selfies?)"
        r"|dirty (?:pics?|photos)|tit pics?))\b",
        r"\b(?:nudes?|naked (?:pics?|photos?|pictures?|videos?)|topless (?:pics?|photos?)"
        r"|sex ?tapes?|intimate (?:pics?|photos?|images?|videos?)|porn|ai porn|deep ?fakes?"
        r"|upskirts?|up-skirts?) (?:\w+ )?(?:of|with|featuring) (?:her|him|you|them|that|this|the"
        r"|your|their|his|@)",
        r"\b(?:deep ?fake(?:d|s)?|nudif\w+|undress(?:ed|ing)? (?:app|ai|bot)|ai (?:undress\w*"
        rf"|stripped)|photoshopped|put {THEIR} (?:face|head) on){GAP}{words(3)}(?:her|him|you|them"
        r"|porn|naked|nude|body|that)\b",
        r"\b(?:here'?s|heres|have|look at|this is|check out|want to see|wanna see|like"
        r"|rate) (?:a (?:pic|photo|picture|video) of )?my (?:cock|dick|knob|penis|willy|todger"
        r"|boner|erection)\b|\b(?:dick|cock|knob|willy) ?pics?\b",
        r"\b(?:her|his|their) (?:nudes?|naked (?:pics?|photos?)|only ?fans) (?:are|is|got|were"
        r"|have been|link)\b",
    ),
    fires=(
        "i've got a photo of her getting changed at the gym",
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
