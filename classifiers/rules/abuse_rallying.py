"""Calls on others to go for one person."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule
from classifiers.rules.patterns import GAP, STAFF, words

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
        rf"|text|tell){GAP}{words(3)}(?:(?:to|on|at|over "
        rf"to|onto|in|under){GAP})?{_HERS}{GAP}(?:\w+{GAP})?{_PAGE}\b",
        r"\b(?:every ?one|every ?body|all of you|let'?s all|lets all|let'?s|lets|we should all"
        rf"|all){GAP}{words(2)}(?:message|spam|flood|bombard|pile in on|pile on|dm|target|hound"
        rf"|go after|go for|troll|shame|get|ring|phone|complain about){GAP}{_PERSON}(?:\b"
        rf"|$)(?:{GAP}(?:sacked|fired|struck off|out|until|till|now|tonight|all|and|lads|x|know)"
        r"|\W*$)",
        r"\b(?:let|give) (?:her|him) (?:have it|hell|both barrels|what for|some grief"
        r"|a piece of (?:your|our) mind)\b|\b(?:give (?:her|him) (?:some )?(?:abuse|stick|grief)"
        r"|make (?:her|his) life (?:a )?(?:hell|misery|a living hell|unbearable))\b",
        r"#(?:sack|fire|shame|expose|cancel|getrid|bin|jail)(?:her|him|this\w+|that\w+)\b",
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

# A call, and what is to come of it: neither is one without the other.
RALLIED = Rule(
    name="abuse.call_on_others",
    says="Calls on others to go for one person, until something happens to them",
    patterns=(
        r"\b(?:every ?(?:one|body)|every1|every parent|all of (?:you|us)|you all|let'?s|lets|we all"
        r"|who'?s (?:up for|in|coming|joining)|mission|get in here|flood|spam|bombard|pile in"
        r"|keep (?:'?em|them) coming|copy (?:and )?paste|new game|whoever makes|fifty of us"
        r"|twenty of us|\d+ of us|spread (?:it|this)|mass report)\b",
        r"(?:^|[.!?,:\n]\s*|\band )(?:ring|phone|email|message|post|tag|report|comment|screenshot"
        r"|sign|turn up|share|review|go|find) (?:her|him|it|this|that|them|on|under|up|to|outside"
        r"|at|every|the|one)\b",
    ),
    fires=(
        "everyone comment on her page till she turns them off",
        "Who's up for ringing his work every day until he quits",
        "copy paste it under all her posts, one star each",
    ),
    silent=(
        "Everyone share the appeal please, he has been missing since Friday",
        "Let's all send her a card for her leaving do",
        "ring him on the usual number, he will sort your bin",
    ),
    holds=(QUOTED,),
    beside=(
        (
            r"\b(?:(?:till|until|til) (?:she|he|they|it|her|his)\b|so (?:she|he) (?:has|knows"
            r"|can'?t|sees)|makes? (?:her|him) (?:cry|quit|leave|resign)|see how long|(?:get"
            r"|got) (?:her|him) (?:sacked|fired|out|struck)|struck off|(?:she|he) (?:quits?"
            r"|resigns?|cries|breaks|leaves|learns|goes|cracks)|in tears|word for word|(?:one"
            r"|1) star|same time|target is|(?:her|his|(?:mr|mrs|miss) \w+'?s?) (?:\w+ )?(?:page"
            r"|posts?|insta|inbox|dms|work|phone|email|boss|street|drive|house|profile|accounts?"
            r"|replies|comments|reviews|employer))\b|#(?:\w+out|sack\w+|flood\w+|silence\w+|nogo\w+"
            r"|bin\w{3,}|shame\w+)\b"
        ),
    ),
    unless=(
        r"\b(?:save|petition|mps?|councillors?|consultation|please (?:keep|don'?t|leave|stop|act)"
        r"|leave (?:her|him)|thank\w*|hug|well done|vigil|donat\w+|stop (?:it|this)|delete|reported"
        r"|someone (?:has|is)|somebody|organising|they'?re|missing|appeal|birthday|flowers|cards?"
        r"|admin|not answering|no answer|check on|my (?:son|daughter|wife|husband|mum|dad))\b"
    ),
)
