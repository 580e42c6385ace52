"""Hints of harm in set phrases and in emoji: what a shame it would be, who is next."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule
from classifiers.rules.patterns import THEIR, YOU, YOUR, words

_SAYS = "Hints that harm will come to somebody"
_LOST = (
    r"(?:went up|goes up|met an?|got (?:hurt|lost|burnt|burned|keyed|scratched|slashed|broken)"
    r"|gets? (?:hurt|lost|burnt|keyed|scratched|slashed|broken)|late home|forgot to brake"
    r"|something|anything|someone|somebody|slip\w*|fell|fall|burn\w*|smash\w*|broke\w*|wheels?"
    r"|brakes?|happen\w*|caught fire|disappear\w*|went missing|accident|tripped|flat tyre|let down"
    r"|visit|crash\w*)"
)

HINTED = Rule(
    name="threat.veiled",
    says=_SAYS,
    patterns=(
        r"\bbe (?:a |such a )?(?:real |terrible |crying |right )?(?:shame|pity|tragedy)"
        r"(?:\W*(?:$|just say\w*|wouldn'?t it|about (?:the|that|your|his|her) (?:paint|brakes"
        r"|windows?|tyres?|dog|cat|garden|car|van|house|face|legs?|hands?|kids?))"
        rf"|\W+if\W+{words(4)}{_LOST})",
        r"\b(?:checks?|look(?:s)?) (?:under|beneath) (?:your|ur|yer|his|her|their) (?:\w+ )?(?:car"
        r"|van|whip|motor|bed|bike)\b|\bchecked (?:their|his|her|your|the) (?:wheel nuts|brakes?"
        r"|brake (?:lines?|cables?))\b|\b(?:bring|wear) (?:your |yer |ur |some )?(?:running shoes"
        r"|trainers|flat shoes|hard hat|crash helmet|stab vest)\b",
        r"\b(?:brave|hard|tough|big|smug|cocky|mouthy) (?:\w+ ){0,4}without (?:the|that|your|ur"
        r"|his|her|a) (?:uniform|vest|lanyard|badge|desk|glass|hi ?vis|mates|crew|helmet|whistle)\b"
        r"|\bhow (?:brave|hard|tough|big|smug|cocky) (?:you|u|he|she|they)"
        r" (?:are|is|r)\b.{0,30}\b(?:without|when|outside|on your own|off duty)\b",
        r"\b(?:again|once more|one more time|near (?:my|our|us|me)|down (?:our|this|my) \w+)"
        r" (?:and|n|&) (?:we'?ll |you'?ll |ull |just )?(?:see|watch|find out) (?:what|wot|how"
        r"|where)\b|\bsee how (?:you|u|he|she|they) likes? (?:it|that)\b"
        r"|\blearn what it feels like\b|\ba taste of (?:your|their|his|her) own\b",
        r"\b(?:folk|people|tenants?|town|ends|lads|village|estate|families|we|street|some of us)"
        r"(?: \w+){0,4} (?:a )?long memor(?:y|ies)\b|\b(?:ends|mandem|mans?|lads|town|street"
        r"|village|estate) (?:ain'?t|aint|dont|don'?t|never|not|won'?t|naw) (?:forgot|forget"
        r"|forgets|forgotten)\b|\bforgets? a face\b|\b(?:will|gonna) be remembered by (?:name|face)"
        r"|\bwe'?ll (?:remember|know|get) (?:exactly )?who (?:you|crosse\w+|they) are\b",
        rf"\b(?:hope|bet) (?:she|he|they|{YOU})(?:'?ve|'?s| has| have)? (?:got )?(?:someone holding"
        r"|good (?:life )?insurance|good dental|eyes in the back)",
        rf"\b{THEIR} (?:\w+ )?(?:gaff|house|car|turn|road|kids?|gate|van|yard) (?:is |'s "
        rf"|'?ll be )?next\b|\b(?:could|might|will) be (?:{YOU}|yourself|{YOUR} \w+) next\b"
        r"|\bthe ?next (?:one|crew|officer|driver|warden|copper|bus|man|woman|lad)(?: \w+){0,8}"
        r" (?:gets? (?:it|a|the|what)|getting a|gettin a|comes out on|leaves in|won'?t (?:be so"
        r"|leave|walk|get))\b",
        r"\b(?:ta|cheers|thanks?|thankyou) for (?:the (?:times|address|route)|showing (?:us "
        r"|me )?(?:which|where|what)|telling us (?:which|where|when))\b",
        rf"\b(?:watch|mind|look after) (?:yourself|ursel\w*|yersel\w*|himself|herself|{YOUR} own"
        r" self) (?:on|at|in|down|up|near|when|crossing|going)\b|\b(?:folk|people|officers|wardens"
        r"|men) (?:\w+ )?(?:go|have gone|get) missing\b",
        r"\b(?:ask (?:him|her|them|the last one) what happened to|what happened to the last"
        r" (?:one|man|lad|bloke|fella|woman))\b|\blast (?:one|man|bloke|lad|planner|fella|officer"
        r"|warden|woman) (?:who|that|as) (?:\w+ ){1,6}(?:had his|had her|got his|got her|never"
        r" (?:walk|work)\w*|moved|left in)\b",
        r"\bnobody (?:would|'?d|will) (?:look|hear|find|know|miss)\b.{0,20}\b(?:you|him|her|them"
        r"|it)\b|\bno ?body'?d look\b",
        rf"\b(?:i'?ll|we'?ll|i'?m|we'?re|be|some of us|few of us|lot of us)(?: all)? (?:\w+ )?"
        rf"(?:in {YOUR} car park|at {YOUR} (?:gate|door|house|step)|behind {YOUR} car"
        rf"|outside {YOUR} (?:house|door|work|gate|school)|outside when (?:you|he|she))",
    ),
    fires=(
        "Nice alloys that. Be a shame about the tyres",
        "wonder if he checks under his car of a morning",
        "let's see how hard you are without the uniform",
        "come down our street again and see what happens",
        "tenants have long memories",
        "your house next",
        "the next warden down here gets a slap",
        "Cheers for the times",
        "what happened to the last one who tried that, ask him",
        "few of us at your gate Sunday",
    ),
    silent=(
        "It would be a shame if the library closed",
        "Check under your car for cats in this cold",
        "Bring your running shoes for the fun run on Sunday",
        "We have long memories, see you at the ballot box in May",
        "Who is next in the queue?",
        "Cheers for the times, see you at the open day with the kids",
        "See how you like it on our wages, try the food bank",
        "Look after yourself on the ice everyone",
    ),
    holds=(QUOTED,),
    unless=(
        r"\b(?:vote|voted|election|ballot|polls|petition|heroes?|bless|kindness|sacrifice|proud"
        r"|fun run|park ?run|5k|10k|pe kit|open day|cats?|hedgehogs?|wages?|our money|minimum wage"
        r"|food bank|double shift|on hold|waiting room|ice|icy|weather|everyone|bins?|closed"
        r"|closes|shut|lost|lol|nan'?s|thank\w*|well done|happy birthday)\b"
    ),
)

# Knife, hammer, axe, bomb, firecracker, gun, brick, coffin.
_WEAPONS = r"\x{1F52A}\x{1F528}\x{1FA93}\x{1F4A3}\x{1F9E8}\x{1F52B}\x{1F9F1}\x{26B0}"
# Houses, vehicles, people, eyes, footprints.
_THEIRS = (
    r"\x{1F3E0}\x{1F3E1}\x{1F697}\x{1F698}\x{1F692}\x{1F440}\x{1F463}\x{1F474}\x{1F475}\x{1F46E}"
    r"\x{1F469}\x{1F468}"
)
# What is added for effect: a question, a crash, an hourglass, an egg, a ticket, a rose, a target.
_ADDED = r"\x{2753}\x{1F4A5}\x{23F3}\x{1F95A}\x{1F3AB}\x{1F339}\x{1F3AF}\x{1F480}"

EMOJI = Rule(
    name="threat.veiled",
    says="Puts signs of a weapon beside signs of a person, home or vehicle",
    patterns=(
        rf"[{_WEAPONS}][^\n]{{0,3}}[{_THEIRS}{_ADDED}]",
        rf"[{_THEIRS}{_ADDED}][^\n]{{0,3}}[{_WEAPONS}]",
        r"\x{1F9E8}[^\n]{0,3}\x{1F52A}|\x{1F525}[^\n]{0,3}[\x{1F3E0}\x{1F3E1}]",
    ),
    fires=(
        "\U0001f52a\U0001f440 tonight",
        "\U0001f525\U0001f3e0 soon",
        "for her \U0001f339\U0001f52a",
    ),
    silent=(
        "\U0001f692\u2764\ufe0f",
        "Happy Diwali \U0001f386\U0001f9e8\U0001f44f",
        "fire at ours \U0001f3e0 please help \U0001f525",
    ),
    holds=(QUOTED,),
    unless=r"\b(?:fire at|smoke|please|help|pls|send|diwali|eid|bonfire night|lego|well done"
    r"|thank\w*|build|built)\b",
)
