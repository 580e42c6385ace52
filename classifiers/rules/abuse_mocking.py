"""Holds somebody up to be mocked, in a picture, a caption or a clip."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_in_sentence
from classifiers.rules.patterns import GAP, THEIR, words

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

PASSED_ROUND = Rule(
    name="abuse.humiliation",
    says="Made a picture or clip to mock somebody, and passes it round",
    patterns=(
        r"\b(?:made|making|edit(?:ed)?|photoshop\w*|stickers?|memed?|gif|slowed|remix\w*|an? ai\b"
        r"|ai (?:one|voice|pic|version|video)|deep ?fak\w*|zoomed|zoom in|paused?|screenshott?\w*"
        r"|loop(?:ed)?|filter|clip(?:ped)?|captions?|side by side|profile pic|cut ?out|printed|drew"
        r"|mocked up|swapped|put (?:his|her|(?:mr|mrs|miss) \w+'?s?|\w+'s) (?:face|head|pic|photo)"
        r"|turned (?:him|her)|who wore it|vid of (?:him|her)|pic of (?:him|her))\b",
    ),
    fires=(
        "slowed it down so he sounds drunk, it's on my channel, 4k views",
        "made a sticker of her face, dm for it",
        "put his head on a pig, link in bio, share it round",
    ),
    silent=(
        "made a cake for the crew, share it out lads",
        "Someone has made a meme of her, take it down",
        "I made a video of the open day, link below, well done all",
    ),
    holds=(QUOTED,),
    beside=(
        (
            r"\b(?:link|in (?:my )?bio|my (?:channel|page|story|stories|profile)|the group"
            r"|group chat|tik ?tok|insta|\d+k? (?:views|likes|plays|votes)|keep sharing|share (?:it"
            r"|this|round)|sharing|pass it|tag (?:her|him|his|them)|posted (?:it|in|on)|post (?:it"
            r"|yours)|dm (?:for|me)|use it|go and vote|vote|on the \w+ (?:chat|page|group)"
            r"|who wants|want it|fyp|followers|send me yours|best one|already|everywhere"
            r"|parents'? chat|banter)\b"
        ),
    ),
    unless=(
        r"\b(?:thank\w*|well done|proud|lovely|delete|take (?:it|this|that) down|reported|someone"
        r" (?:has|is)|somebody has|sick of|disgusting|not funny|leave (?:her|him)|seagull|cat|dog"
        r"|open day|cake|with (?:his|her) permission|police|petition|fundrais\w*|screenshot,? time"
        r")\b"
    ),
)
