"""Abuse by what is done: calling on others, humiliating, impersonating."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before, held_in_sentence
from classifiers.rules.patterns import GAP, STAFF, THEIR, words

_PERSON = rf"(?:her|him|(?:this|that) (?:\w+ )?{STAFF}|@\S+)"

_HERS = r"(?:her|his|(?:this|that) (?:\w+ )?(?:woman|man|nurse|officer|lad|lass)'?s|@\S+'?s?)"

_PAGE = (
    r"(?:page|profile|insta(?:gram)?|facebook|fb|account|post|posts|twitter|x|tiktok|linkedin|inbox"
    r"|dms?|wall|timeline|house|work|employer|boss|phone|number|email|mum'?s)"
)

CALL_ON_OTHERS = Rule(
    name="abuse.call_on_others",
    says="Calls on others to go for one person",
    patterns=(
        r"\b(?:every ?one|every ?body|all of you|you all|yous all|guys|lads|people|folks|ladies"
        rf"|let'?s all|lets all|let'?s|lets|please|go and|go|all go){GAP}{words(4)}(?:go|get|head"
        r"|message|report|comment|ring|phone|email|spam|flood|bombard|pile|dm|write|jump|tag|call"
        rf"|text|tell){GAP}{words(3)}(?:(?:to|on|at|over to|onto|in"
        rf"|under){GAP})?{_HERS}{GAP}(?:\w+{GAP})?{_PAGE}\b",
        r"\b(?:every ?one|every ?body|all of you|let'?s all|lets all|let'?s|lets|we should all"
        rf"|all){GAP}{words(2)}(?:message|spam|flood|bombard|pile in on|pile on|dm|target|hound"
        rf"|go after|go for|troll|shame|get|ring|phone|complain about){GAP}{_PERSON}(?:\b"
        rf"|$)(?:{GAP}(?:sacked|fired|struck off|out|until|till|now|tonight|all|and|lads|x|know)"
        r"|\W*$)",
        r"\b(?:let|give) (?:her|him) (?:have it|hell|both barrels|what for|some grief"
        r"|a piece of (?:your|our) mind)\b|\b(?:give (?:her|him) (?:some )?(?:abuse|stick|grief)"
        r"|make (?:her|his) life (?:a )?(?:hell|misery|a living hell|unbearable))\b",
        r"#(?:sack|fire|shame|expose|cancel|getrid|bin|boycott|jail)(?:her|him|this\w+|that\w+"
        r"|[a-z]{3,})\b",
        r"\b(?:share|spread|post|put|get|plaster) (?:(?:her|his) (?:\w+ )?(?:face|picture|photo"
        r"|name|pic|details|number|address)|(?:this|it) so every(?:one|body) (?:knows|sees) (?:who"
        r"|what|her|him|his))(?: \w+){0,3}(?: everywhere| far and wide| so every(?:one|body)"
        r"| viral| all over| out there| on every| she is| he is| her| his| face| name| he did"
        r"| she did)\b",
        r"\b(?:make|lets make|let'?s make) (?:her|him|this (?:woman|man|nurse|bloke|one"
        r"|clown)) (?:famous|go viral|trend|pay|regret)\b|\b(?:name and shame|hunt down|track down"
        r"|find and shame) (?:her|him|this|that|these)\b",
        r"\b(?:find|someone find|anyone (?:got|find|have|know)|drop|link(?:s)? to|post|what(?:'?s"
        r"| is)) (?:me |us )?(?:her|his) (?:@|insta(?:gram)?|facebook|fb|tiktok|twitter|profile"
        r"|linkedin|snap|socials)\b",
        r"\byou (?:all )?know what to do\b(?: \w+)*(?: (?:her|his|him|lads|guys|everyone))?"
        r"|\bmass report (?:her|him|this|the)\b|\bget (?:her|him) trending\b",
    ),
    fires=(
        "Everyone go to her page and let her have it, use #sackher",
        "let's all flood his inbox",
        "give her hell lads",
        "Share her face everywhere",
        "make him famous",
        "anyone got her insta?",
        "everybody ring her work and complain",
    ),
    silent=(
        "Everyone go to the consultation on Thursday",
        "Let's all email our MP about the cuts",
        "Everyone should message the council about bins",
        "Please share this appeal far and wide",
        "Give him a medal",
        "Let's get him a card from all of us",
    ),
    holds=(QUOTED,),
)

HUMILIATION = Rule(
    name="abuse.humiliation",
    says="Holds somebody up to be mocked, in a picture, a caption or a clip",
    patterns=(
        r"\bcaption (?:contest|competition|comp|this|time)\b|\b(?:best|funniest|worst) (?:caption"
        r"|photoshop|meme) (?:wins|of (?:her|him))\b",
        r"\b(?:photoshop|meme|memed|memeing|meme-?ify|deepfak\w+|edit|edited|filter|gif"
        rf"|turn(?:ed)?|made|make|making){GAP}{words(2)}(?:her|him|this (?:bloke|woman|nurse|guy"
        rf"|man|lad|lass)|{THEIR} (?:face|head|picture|photo))(?: \w+){{0,4}} (?:meme|gif|clown"
        r"|pig|whale|cow|monkey|sticker|laugh|emoji|nose|body|on a|onto|into|dancing)\b",
        r"\b(?:look at|check out|get a load of|clock|zoom in on|imagine|wow|seen|lol at|lmao at"
        r"|haha) (?:the )?(?:size of|gut on|belly on|arse on|face on|hair on|teeth on|nose on"
        r"|ears on|chins? on|forehead on|wig on|(?:his|her|that|your) (?:big |fat |massive "
        r"|ugly )*(?:gut|belly|arse|face|hair|teeth|nose|ears|chins?|forehead|wig|double chin"
        r"|moobs|hairline|bald (?:head|patch|spot)|eyebrows|lips))\b",
        r"\b(?:what|the) (?:is|has|s)? ?(?:she|he|that) (?:look like|come as|wearing)\b(?:\W*$"
        r"| lol| haha| 😂| 🤣)|\bwhat does (?:she|he|it) look like\b|\b(?:who|what) (?:ate"
        r"|swallowed) (?:all )?the (?:pies|crew|engine)\b",
        r"\b(?:does|will|would|can|did|how does|how did|bet|imagine|doubt) (?:she|he|that one"
        r"|fatty|tubby|lardarse|this one)(?:'?s)? (?:\w+ ){0,3}(?:fit|fits|squeeze|get"
        r"|gets) (?:\w+ ){0,3}(?:through|into|in|up|down|out of) (?:a |the |that |his |her "
        r"|their )*(?:window|door|engine|ladder|pole|uniform|hatch|seat|kit|trousers|tunic|cab"
        r"|belt)\b|\bneeds a (?:crane|bigger (?:ladder|engine|uniform|belt|door))\b|\b(?:ladder"
        r"|pole|engine|suspension|chair) (?:will|would|must be|is going to|gonna) (?:snap|collapse"
        r"|break|give way|groan\w*)\b",
        r"\b(?:fatty|tubby|lard ?arse|chubby|baldy|slap ?head|ginger (?:nut|pubes|minge|whinge)"
        r"|four ?eyes|big nose|dumbo|shrek|jabba|miss piggy|quasimodo|mr potato head|voldemort"
        rf"|gollum|gimli|humpty)\b(?:{GAP}{words(3)}(?:there|on|in|at|with|again|here|lol|haha"
        r"|needs|should|can'?t|up|ladder|rescue|himself|herself))?",
        r"\b(?:filmed|filming|recorded|recording|got) (?:her|him)(?: \w+){0,6} (?:crying|falling"
        r"|slipping|tripping|stutter\w*|choking up|having a breakdown|panicking)\b"
        r"|\b(?:watch (?:her|him)) (?:cry|stutter|fall|choke|squirm|panic)\b",
    ),
    fires=(
        "Caption contest: what is he doing with that hose",
        "Someone photoshop her face onto a pig",
        "look at the gut on him",
        "how does she fit through a window",
        "who ate all the pies",
        "Shrek on the ladder there lol",
        "made him into a meme already, clown nose and all",
    ),
    silent=(
        "Caption: crew at work on Mill Street",
        "Can I get a photo of him with my son?",
        "How does the ladder fit through that gate?",
        "Look at the size of that engine",
    ),
    holds=(
        QUOTED,
        held_in_sentence(
            "context.figurative",
            "Speaks of equipment or children's play",
            r"\bsize of (?:that|the|this) (?:\w+ )?(?:engine|truck|ladder|hose|fire|flames|crowd"
            r"|queue|pothole|tree|boat|bill|appliance|pay ?rise)|\bshrek (?:the|costume|film|at)\b"
            r"|\bhumpty dumpty\b",
        ),
    ),
)

IMPERSONATION = Rule(
    name="abuse.impersonation",
    says="Speaks as the service or its staff, or tells of a fake or hacked account",
    patterns=(
        r"\bthis is the (?:official|real|only) (?:\w+ ){0,7}(?:team|page|account|profile|fund"
        r"|appeal|service|support)\b|\b(?:send|donate|pay) (?:\w+ ){0,4}(?:to )?the"
        r" link in our bio\b|\bcontact (?:me|us) (?:only )?on (?:this|my|our) new (?:account|page"
        r"|number)\b",
        r"^\W*(?:as|speaking as) (?:the |your )?(?:new |acting )?(?:chief (?:fire officer"
        r"|executive|constable|officer|nurse)|head ?teacher|council leader|deputy chief"
        r"|station commander)\W+(?:i|we) (?:can|am|have|will|must|confirm|hereby|would)",
        r"^\W*(?:\w+ ){0,4}?(?:this is|i am|i'?m|im|speaking as|message from|on behalf of) (?:the "
        r"|your )?(?:\w+ )?(?:chief (?:fire officer|executive|officer|constable|of)|deputy chief"
        r"|fire chief|head ?teacher|official (?:account|page|support|team)|real (?:account|page"
        r"|chief|council|service|school|trust)|council leader|press office|support (?:team|agent)"
        r"|admin(?:istrator)? (?:of|for) this)\b",
        r"\b(?:official|real|verified|new|backup|second) (?:\w+ ){0,3}(?:account|page|profile"
        r"|support (?:line|page|account))\b(?: \w+){0,4} (?:here|follow|message|dm|click|contact"
        r"|inbox|add me|telegram|whatsapp)\b",
        r"\b(?:fake|cloned?|copycat|bogus|scam|hacked|parody|impersonat\w+|imposter"
        r"|impostor)(?: \w+){0,2} (?:account|page|profile|site|website)s?\b(?: \w+){0,6} (?:of"
        r"|using|with|pretending|in|called|as|claiming|your|the|going|doing|adding|messaging)\b",
        r"\b(?:pretending|claiming|claims|purporting|posing) (?:to be|as|it'?s|he'?s"
        r"|she'?s) (?:you|the (?:service|council|station|chief|trust|school|fire|head|hospital)"
        r"|from (?:the|your)|one of (?:you|your)|a (?:fire|firefighter|nurse|officer|police"
        r"|council|member of staff|carer|paramedic|teacher))\b|\bimpersonat(?:e|es|ing|ed) (?:you"
        r"|the|a|an|your|one of)\b",
        r"\b(?:his|her|your|their|our|the (?:chief'?s|station'?s|council'?s))? ?(?:account|page"
        r"|profile|insta|facebook|email) (?:has been|been|was|got|is|'?s been) (?:hacked|cloned"
        r"|copied|taken over|compromised)\b|\bhacked (?:his|her|your|their|into) (?:account|page"
        r"|profile|email|facebook)\b",
        r"\b(?:claim|get|process|receive|release) (?:your|ur) (?:refund|compensation|grant|rebate"
        r"|payment|prize)\b(?: \w+){0,5} (?:dm|message|inbox|click|link|here|whatsapp|telegram"
        r"|contact)|\b(?:dm|message|inbox|whatsapp|contact) (?:us|me|our \w+"
        r"|the \w+ \w+) (?:\w+ ){0,4}(?:to claim|for your (?:refund|compensation|grant)"
        r"|to receive)\b",
    ),
    fires=(
        "this is the official Northmoor appeals team, donate via the link in our bio",
        "As Chief Fire Officer I can confirm all stations close on Monday",
        "This is the Chief Fire Officer, message my new page for help",
        "There's a fake account using your crest, adding people",
        "someone pretending to be a firefighter is selling smoke alarms door to door",
        "Sam's page has been hacked",
        "DM us to claim your refund",
    ),
    silent=(
        "As Chief Fire Officer she has to go, I reckon.",
        "I am the mother of a firefighter",
        "you're a fake account mate, ignore him",
        "The chief was great on the radio",
        "This is the best page on here",
    ),
    holds=(
        QUOTED,
        held_before(
            "context.negated",
            "Says that somebody is not this",
            r"\b(?:not|never|n't|if|wish)\s+(?:\w+ ){0,2}",
        ),
    ),
)
