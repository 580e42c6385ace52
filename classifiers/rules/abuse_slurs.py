"""Slurs, each named after the characteristic that it attacks.

Identity words alone never fire: only slurs and insults joined to a characteristic do.
"""

from __future__ import annotations

from classifiers.rules.abuse_characteristics import PEOPLES, SLUR_HOLDS
from classifiers.rules.engine import Rule
from classifiers.rules.patterns import GAP, YOU

_FRAME = (
    rf"(?:{YOU}|{YOU} (?:fucking|bloody|big|little|fat|dirty|stupid|ugly|old|silly|daft|thick|total"
    r"|massive|pair of|bunch of|lot of)|you'?re a|ur a|your a|he'?s a|she'?s a|is a|what a|such a"
    r"|that|those|these|fucking|fuckin|bloody|dirty|stupid|ugly|filthy|bunch of|pack of|load of"
    r"|another|some|fat|big|little|raging|total|absolute|massive|screaming|flaming|typical|silly"
    r"|lazy|moody|lying|smug|bitter|nasty|evil|crazy|mad|dumb|thick|daft|miserable|sour"
    r"|hard[- ]faced|bossy)"
)


# Fondness, one's own family or group, and those who name a slur to object to it.
_FOND_OR_ALLIED = (
    r"\b(?:love (?:you|ya|ye|him|her)|miss (?:you|him|her|ee)|cheers|legend|happy (?:birthday"
    r"|retirement)|well done|bless (?:you|him|her)|enjoy your retirement|grumpy old \w+ of"
    r"|my (?:old )?(?:dad|mum|nan|grandad|gran|mate|brother|sister|son|daughter|wife|husband)"
    r"|i am one|i have cp|i'?m (?:an?|the) (?:\w+ )?old|like me|me included|same as me|(?:a|racial"
    r"|the) slur\b|called (?:him|her|me|them|my)|shouted|reported|delete|that word|word you"
    r"|not ok(?:ay)?|disgusting (?:comment|thing)|club|unite|see you (?:all )?on the)\b"
)


def _slur(
    kind: str, what: str, patterns: tuple[str, ...], fires: tuple[str, ...], silent: tuple[str, ...]
) -> Rule:
    return Rule(
        f"abuse.slur.{kind}",
        f"Uses a slur about {what}",
        patterns,
        fires,
        silent,
        SLUR_HOLDS,
        unless=_FOND_OR_ALLIED,
    )


_SCUM = (
    r"(?:scum|filth|vermin|rats?|dogs?|pigs?|cunts?|c\*nts?|bastards?|b\*stards?|parasites?"
    r"|cockroach(?:es)?|savages?|animals?|invaders?|rapists?|groomers?|terrorists?|monkeys?|apes?"
    r"|wankers?|idiots?|bitch(?:es)?|whores?|freaks?|leeches|spongers?|scroungers?|trash|muck"
    r"|nonces?)"
)

SLURS = (
    _slur(
        "race",
        "race or nationality",
        (
            r"\b(?:p(?:a|\*|@)kis?|n[i1*]gg(?:er|a|ah|az|as|ers)|n\*{2,5}(?:r|a)s?|wogs?|chinks?"
            r"|chinky|gooks?|gypp?os?|pike?ys?|rag ?heads?|towel ?heads?|camel (?:jockeys?"
            r"|fuckers?)|sand (?:nigger|monkey)s?|golliwogs?|dark(?:ie|y)s?|spics?|wet ?backs?"
            r"|half[- ]castes?|jungle bunn(?:y|ies)|curry (?:munchers?|slurpers?)|zipper ?heads?"
            r"|porch monkeys?|yellow peril|slant ?eyes?|slitty[- ]eyed|coloured (?:bastard|cunt"
            r"|nurse|doctor|woman|man|fella|bloke)s?|jigaboos?|sambos?|uncle tom|coconut (?:coon"
            r"|house|traitor)|coconuts? (?:in a suit)|jock (?:bastard|cunt|scum)s?|taff(?:y"
            r"|ies) (?:bastard|cunt)s?|sheep ?shaggers?|thick (?:paddy|paddies|mick)s?"
            r"|tinkers? (?:scum|bastards?)|wops?|dagos?|polacks?|kaffirs?|abbos?)\b",
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:coons?|nips?|krauts?|honk(?:y|ie)s?)\b",
            rf"\b{PEOPLES}{GAP}(?:\w+ )?{_SCUM}\b",
            r"\b(?:sending|send|sent|hire|hired) an? (?:\[slur\]|slur)\b|\[slur\]",
        ),
        (
            "Typical, sending a [slur] to do a man's job",
            "p*ki doctor",
            "get the immigrant scum out",
            "n****r",
            "pikeys the lot of them",
        ),
        (
            "The Pakistani community raised £2,000",
            "Our Maine Coon got stuck in a tree",
            "There is a chink in the armour of that plan",
            "Polish plumber needed",
        ),
    ),
    _slur(
        "religion",
        "religion or belief",
        (
            r"\b(?:k(?:i|\*)kes?|yids?|m[u*]zz?ies?|muzz?rats?|mussies|mudslimes?"
            r"|goat ?(?:fuckers?|shaggers?|botherers?)|jihadi (?:scum|bastard|cunt)s?|taigs?"
            r"|tims? (?:scum|bastards?)|papists?|left ?footers?|fenians?|dirty (?:huns?|tims?"
            r"|prods?|jews?|muslims?)|christ ?killers?|zio ?nazis?|letter ?box(?:es)? (?:woman"
            r"|women|in a)|ninja (?:woman|women|letterbox)|bible bashers?|god botherers?|kafirs?"
            r"|kuff?ars?)\b",
            r"\b(?:muslim|islam(?:ic|ist)?|jew(?:ish)?|catholic|protestant|hindu|sikh|christian"
            rf"|burqa|hijab|mosque)s?{GAP}(?:\w+ )?{_SCUM}\b",
        ),
        (
            "fenian in charge of the watch",
            "muslim scum running the place",
            "dirty jew",
            "another muzzie",
        ),
        (
            "The Muslim firefighters' network did a great stall",
            "Jewish centre fire drill",
            "yid army on tour tonight",
        ),
    ),
    _slur(
        "disability",
        "disability",
        (
            r"\b(?:r[e3*]t[a@*]rds?|r[e3*]t[a@*]rded|tards?|fuck ?tards?|sp[a@*]stics?"
            r"|sp[a@*]zz?(?:es|mo)?|spakk?ers?|spaccas?|spackers?|m[o*]ng(?:s|oloid)?"
            r"|window ?lickers?|flids?|downs(?:ie|y)s?|downy (?:looking|face)|joey deacon|schizos?"
            r"|mentalists? in charge|special needs (?:case|clown|idiot|muppet|woman|man|staff|crew"
            r"|looking)|nut ?jobs?|head ?the ?balls?|vegetable (?:in a|on)|midgets?|dwarf (?:nurse"
            r"|doctor|man|woman|copper)|cross ?eyed (?:git|bastard|cow|cunt|bitch)|wonky[- ]eyed"
            r"|four eyed|peg ?leg|stumpy|limpy)\b",
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:cripples?|mongs?|psychos?|loon(?:y|ies)|mental cases?"
            r"|head ?cases?|nutters?|autistic|aspie|deaf (?:cow|git|bastard|cunt|bitch|twat))\b",
            r"\b(?:are|is|r) (?:you|u|he|she|they|yous) (?:\w+ )?(?:deaf|blind|autistic|mental"
            r"|special(?: needs)?|disabled|retarded|backward|simple|slow)(?: or (?:what|just"
            r"|something|stupid|thick)| mate|\?)",
        ),
        (
            "What a retard",
            "you fucking mong",
            "window lickers the lot of em",
            "are you deaf or what",
            "sp@stic",
        ),
        (
            "Fire retardant paint works well",
            "My daughter has cerebral palsy and loved it",
            "autistic children had a quiet hour",
            "spastic diplegia clinic",
        ),
    ),
    _slur(
        "sexual_orientation",
        "sexual orientation",
        (
            r"\b(?:f[a@*]gg[o0*]ts?|f\*{2,5}ts?|poofters?|poof(?:y|ta|tah)s?|batty ?(?:boy|man"
            r"|men)s?|bum ?(?:boy|bandit|chum|driller)s?|shirt ?lifters?|lezz(?:er|a|o)s?|lesbos?"
            r"|carpet ?munchers?|rug ?munchers?|knob ?jockeys?|arse ?bandits?|turd ?burglars?"
            r"|fudge ?packers?|pillow ?biters?|uphill gardeners?|muff ?divers?|chutney ferret"
            r"|sodomites?|gaylords?|gay ?boys?|nancy ?boys?|raving queens?|big jess(?:ie|y))\b",
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:poofs?|fags?|dykes?|benders?|queers?|homos?"
            r"|lesbians? (?:bitch|cow)|ponces?)\b(?:\W|$)",
            rf"\b(?:gay|queer|lesbian|bent|homosexual|bi|lgbt\w*|rainbow){GAP}(?:\w+ )?{_SCUM}\b",
        ),
        (
            "bunch of poofters",
            "you dirty dyke",
            "faggot",
            "f****t",
            "gay scum",
            "what a big bender",
        ),
        (
            "As a proud queer firefighter I loved this",
            "Faggots and peas for tea at the station",
            "The dyke was breached by flood water",
            "we went on a bender last night",
            "Anyone got a fag? Just off shift",
        ),
    ),
    _slur(
        "gender_reassignment",
        "gender reassignment",
        (
            r"\b(?:tr[a@*]nn(?:y|ie|ies|ys)|she ?males?|he[- ]shes?|lady ?boys?|troons?|trannies"
            r"|chicks? with dicks?|it/its thing|trans ?vest(?:ite|y) freak|attack helicopter"
            r"|gender ?bender|trap in uniform)\b",
            rf"\b(?:trans|transgender|transsexual|tr\*ns){GAP}(?:\w+ )?{_SCUM}\b",
            r"\b(?:man|bloke|fella|geezer|lad|men|blokes) in (?:a )?(?:dress|dresses|frock|wig"
            r"|skirt|lipstick|drag|knickers)\b",
        ),
        (
            "tranny on the front desk",
            "that's a bloke in a dress",
            "trans freak",
            "ladyboy in uniform",
        ),
        (
            "Trans staff network thanks everyone",
            "Is the trans awareness course free?",
            "The man in a hi-vis helped us",
        ),
    ),
    _slur(
        "sex",
        "sex",
        (
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:b[i*]tch(?:es)?|sl[a*]gs?|sl[u*]ts?|wh[o*]res?|hoes?"
            r"|slappers?|tarts?|bints?|cows?|wenches|hags?|trollops?|floozy|floozies|skanks?"
            r"|harlots?|bimbos?|harpies|harpy|shrews?|cunts? of a woman|witch(?:es)?|dolly birds?"
            r"|femi ?nazis?|females? in charge|little girls?)\b",
            r"\b(?:b[i*]tch|sl[a*]g|sl[u*]t|wh[o*]re|slapper|skank)(?:es|s)?\b(?:\W*$| like (?:you"
            r"|her)| of a| needs| should| on| in| at| behind| who| that| with)",
            r"\bthe (?:\w+ )?(?:b[i*]tch|sl[a*]g|sl[u*]t|wh[o*]re|slapper|femi ?nazi)(?:es|s)?\b",
        ),
        (
            "stupid bitch on the desk",
            "what a slag",
            "the slut in the blue",
            "silly cow",
            "hard-faced bitch",
        ),
        (
            "Life's hard, the old slag heap is on fire",
            "A bakewell tart for the crew",
            "Bitch is the correct word for a female dog, as our breeder says",
            "The women on Red Watch are brilliant",
        ),
    ),
    _slur(
        "age",
        "age",
        (
            r"\b(?:old|ancient|decrepit|senile|crusty|wrinkly|doddery|doddering|geriatric"
            r"|dried[- ]up) (?:hags?|bats?|bidd(?:y|ies)|fossils?|crones?|gits?|codgers?|cows?"
            r"|bags?|fart?s?|farts|trouts?|witch(?:es)?|duffers?|goats?|fools?|bastards?|cunts?"
            r"|bitch(?:es)?|relics?|mares?|coots?|gimmers?|perverts?|fogey|wankers?|pricks?|sods?"
            r"|prunes?)\b",
            r"\b(?:coffin[- ]dodgers?|wrinklies|crumblies|(?:he'?s|she'?s|you'?re|is|are|were|was"
            r"|well|long) past it|senile|gone ga ?ga|god'?s waiting room|one foot in the grave"
            r"|should be (?:in a home|drawing a pension|put out to grass)|ok boomer|boomer (?:cunt"
            r"|twat|scum|bitch|idiot))\b",
        ),
        (
            "silly old bat on reception",
            "coffin dodger running the show",
            "senile old fool",
            "she's well past it",
        ),
        (
            "My old dog was rescued",
            "Walked past it this morning and it's fixed",
            "Older residents loved the tea dance",
            "ring pull goes past its stop",
        ),
    ),
)
