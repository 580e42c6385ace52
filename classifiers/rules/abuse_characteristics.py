"""What slurs and stereotypes share: whom they name, and when a word means no harm."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_in_sentence

OWN_GROUP = held_in_sentence(
    "context.self",
    "The writer uses the word of themselves",
    r"\b(?:from one (?:\w+ ){1,4}to another|speaking as (?:a|one|your)|as (?:a|the|your"
    r"|one of the) (?:\w+ )?(?:resident|local|friendly|certified|proud|registered|official"
    r"|professional)|i am one|i'?m one|one myself|i get to say|unite\b|(?:club|brigade|gang"
    r"|crew),? (?:says|reporting|president|here|welcomes?|assemble)|reporting (?:in|for duty)"
    r"|up the \w+|us \w+s (?:used|have|are|get|at)|that'?s me|me at|your (?:local )?friendly"
    r"|would \w+ again|says my (?:\w+ )?(?:mum|nan|aunt|dad|wife|husband)|two (?:old|fat"
    r"|daft) \w+ (?:at|in|on) the|jammy \w+)\b",
)
_PROUD = held_in_sentence(
    "context.self",
    "The writer uses the word of themselves",
    r"\b(?:(?:queer|dyke|poof|bender|fag|lesbian|gay|crip)(?: \w+){0,5} here\b"
    r"|as an? (?:\w+ )?(?:queer|gay|dyke|lesbian|trans|black|asian|muslim|jewish|disabled|autistic"
    r"|old|older|woman|cripple|fag|poof)|proud(?:ly)? (?:\w+ )?(?:queer|dyke|gay|trans|yid)"
    r"|we (?:\w+ )?(?:queers|dykes|gays|crips|yids)|(?:i'?m|i am) (?:too old|past it|getting old"
    r"|an old)|fellow (?:queers|dykes|gays)|queer (?:community|youth|history|eye|people"
    r"|firefighters?|staff)|yid army|i'?m (?:a|an) (?:\w+ )?(?:queer|dyke|bender|poof|crip|old \w+"
    r"|fat \w+))\b",
)

_OTHER_SENSE = held_in_sentence(
    "context.figurative",
    "The word has another meaning here",
    r"\b(?:maine coon|coon ?hound|chinks? (?:in|of)|faggots? (?:and|in|with|for (?:tea|dinner))"
    r"|(?:peas|gravy|mash|butcher'?s?) (?:and |with )?faggots?|fag (?:break|end|packet|ash|butts?)"
    r"|drystane dyke|offa'?s dyke|(?:the|a|our|stone|sea|flood) dykes?|spastic (?:colon|diplegia"
    r"|quadriplegia|hemiplegia)|cerebral palsy|fire retard\w*|retardant|bender (?:last|on|at|this"
    r"|all|all weekend)|on a bender|gender bender|poof(?:,| it'?s| and| gone| of smoke)"
    r"|spic and span|spick and span|pikey (?:jokes?|slur)|slag heap|slag (?:tip|pile)|tart (?:and"
    r"|recipe)|bakewell|egg custard|jam tarts?|hun(?:ny)? (?:xx?|thank|hope|you)|(?:a|the"
    r"|racial) slur\b[^\]]|word (?:is|was)|cow (?:stuck|fell|in|on|rescued)|mongolia\w*|mong(?:rel"
    r"|oose)|old (?:dear|cow) (?:fell|was|next)|turn of the|dogs?|kennel|breed(?:er)?)\b",
)

SLUR_HOLDS = (QUOTED, OWN_GROUP, _PROUD, _OTHER_SENSE)

PEOPLES = (
    r"(?:immigrant|migrant|foreign(?:er)?|refugee|asylum seeker|pole|polish|romanian|bulgarian"
    r"|albanian|lithuanian|nigerian|african|black|brown|asian|indian|pakistani|bangladeshi|chinese"
    r"|arab|somali|eritrean|afghan|kurdish|turkish|irish|scottish|welsh|english|french|german"
    r"|traveller|gyps(?:y|ies)|roma|filipino|jamaican|caribbean|ukrainian|syrian|iraqi|boat people"
    r"|white)s?"
)
# Forebears who came by boat, and wards that smell of dinner, are no slight.
_SOMEBODYS_OWN = (
    r"\b(?:my (?:great )?(?:grand\w*|nan|dad|mum|family|gran)|great gran\w*|nobody (?:in|here"
    r"|there)|the whole ward|give them a|kitchen for|mods|reported the|we see it|leave (?:her"
    r"|him) alone)\b"
)


def stereotype(
    kind: str, what: str, patterns: tuple[str, ...], fires: tuple[str, ...], silent: tuple[str, ...]
) -> Rule:
    """Make a rule about a stereotype, or a call to exclude, named after the characteristic."""
    says = f"Attacks or excludes somebody because of {what}"
    return Rule(
        f"abuse.stereotype.{kind}", says, patterns, fires, silent, SLUR_HOLDS, unless=_SOMEBODYS_OWN
    )
