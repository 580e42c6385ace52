"""Slurs and stereotypes, each named after the characteristic that it attacks.

Identity words alone never fire: only slurs, insults joined to a characteristic, and stereotypes do.
Neutral and proud use of a word by those it names is held back.
"""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_in_sentence
from classifiers.rules.patterns import GAP, YOU

_PROUD = held_in_sentence(
    "context.self",
    "The writer uses the word of themselves",
    r"\b(?:as an? (?:\w+ )?(?:queer|gay|dyke|lesbian|trans|black|asian|muslim|jewish|disabled|autistic|old|older|woman|cripple|fag|poof)|proud(?:ly)?"
    r" (?:\w+ )?(?:queer|dyke|gay|trans|yid)|we (?:\w+ )?(?:queers|dykes|gays|crips|yids)|(?:i'?m|i am) (?:too old|past it|getting old|an old)|fellow (?:queers|dykes|gays)|queer (?:community|youth|history|eye"
    r"|people|firefighters?|staff)|yid army|i'?m (?:a|an) (?:\w+ )?(?:queer|dyke|bender|poof|crip|old \w+|fat \w+))\b",
)
_OTHER_SENSE = held_in_sentence(
    "context.figurative",
    "The word has another meaning here",
    r"\b(?:maine coon|coon ?hound|chinks? (?:in|of)|faggots? (?:and|in|with|for (?:tea|dinner))|(?:peas|gravy|mash|butcher'?s?) (?:and |with )?faggots?|fag"
    r" (?:break|end|packet|ash|butts?)|drystane dyke|offa'?s dyke|(?:the|a|our|stone|sea|flood) dykes?|spastic (?:colon|diplegia|quadriplegia|hemiplegia)|"
    r"cerebral palsy|fire retard\w*|retardant|bender (?:last|on|at|this|all|all weekend)|on a bender|gender bender|poof(?:,| it'?s| and| gone| of smoke)|spic and span|spick and"
    r" span|pikey (?:jokes?|slur)|slag heap|slag (?:tip|pile)|tart (?:and|recipe)|bakewell|egg custard|jam tarts?|hun(?:ny)? (?:xx?|thank|hope|you)|(?:a|the|racial) slur\b[^\]]|word"
    r" (?:is|was)|cow (?:stuck|fell|in|on|rescued)|mongolia\w*|mong(?:rel|oose)|old (?:dear|cow) (?:fell|was|next)|turn of the|dogs?|kennel|breed(?:er)?)\b",
)
_HOLDS = (QUOTED, _PROUD, _OTHER_SENSE)
_FRAME = (
    rf"(?:{YOU}|{YOU} (?:fucking|bloody|big|little|fat|dirty|stupid|ugly|old|silly|daft|thick|total|massive|pair of|bunch of|lot of)|you'?re a|ur a|your a|he'?s a|she'?s"
    r" a|is a|what a|such a|that|those|these|fucking|fuckin|bloody|dirty|stupid|ugly|filthy|bunch of|pack of|load of|another|some|fat|big|little|raging|total|"
    r"absolute|massive|screaming|flaming|typical|silly|lazy|moody|lying|smug|bitter|nasty|evil|crazy|mad|dumb|thick|daft|miserable|sour|hard[- ]faced|bossy)"
)


def _slur(kind: str, what: str, patterns: tuple[str, ...], fires: tuple[str, ...], silent: tuple[str, ...]) -> Rule:
    return Rule(f"abuse.slur.{kind}", f"Uses a slur about {what}", patterns, fires, silent, _HOLDS)


def _stereotype(
    kind: str, what: str, patterns: tuple[str, ...], fires: tuple[str, ...], silent: tuple[str, ...]
) -> Rule:
    says = f"Attacks or excludes somebody because of {what}"
    return Rule(f"abuse.stereotype.{kind}", says, patterns, fires, silent, _HOLDS)


_SCUM = (
    r"(?:scum|filth|vermin|rats?|dogs?|pigs?|cunts?|c\*nts?|bastards?|b\*stards?|parasites?|cockroach(?:es)?|savages?|animals?|invaders?|rapists?|groomers?|terrorists?|"
    r"monkeys?|apes?|wankers?|idiots?|bitch(?:es)?|whores?|freaks?|leeches|spongers?|scroungers?|trash|muck|nonces?)"
)
_PEOPLES = (
    r"(?:immigrant|migrant|foreign(?:er)?|refugee|asylum seeker|pole|polish|romanian|bulgarian|albanian|lithuanian|nigerian|african|black|brown|asian|indian|pakistani|"
    r"bangladeshi|chinese|arab|somali|eritrean|afghan|kurdish|turkish|irish|scottish|welsh|english|french|german|traveller|gyps(?:y|ies)|roma|filipino|jamaican|caribbean|"
    r"ukrainian|syrian|iraqi|boat people|white)s?"
)

SLURS = (
    _slur(
        "race",
        "race or nationality",
        (
            r"\b(?:p(?:a|\*|@)kis?|n[i1*]gg(?:er|a|ah|az|as|ers)|n\*{2,5}(?:r|a)s?|wogs?|chinks?|chinky|gooks?|gypp?os?|pike?ys?|rag ?heads?|towel ?heads?|camel (?:jockeys?"
            r"|fuckers?)|sand (?:nigger|monkey)s?|golliwogs?|dark(?:ie|y)s?|spics?|wet ?backs?|half[- ]castes?|jungle bunn(?:y|ies)|curry (?:munchers?|slurpers?)|zipper ?heads?|"
            r"porch monkeys?|yellow peril|slant ?eyes?|slitty[- ]eyed|coloured (?:bastard|cunt|nurse|doctor|woman|man|fella|bloke)s?|jigaboos?|sambos?|uncle tom|coconut (?:coon|house"
            r"|traitor)|coconuts? (?:in a suit)|jock (?:bastard|cunt|scum)s?|taff(?:y|ies) (?:bastard|cunt)s?|sheep ?shaggers?|thick (?:paddy|paddies|mick)s?|tinkers? (?:scum|bastards?)|"
            r"wops?|dagos?|polacks?|kaffirs?|abbos?)\b",
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:coons?|nips?|krauts?|honk(?:y|ie)s?)\b",
            rf"\b{_PEOPLES}{GAP}(?:\w+ )?{_SCUM}\b",
            r"\b(?:sending|send|sent|hire|hired) an? (?:\[slur\]|slur)\b|\[slur\]",
        ),
        ("Typical, sending a [slur] to do a man's job", "p*ki doctor", "get the immigrant scum out", "n****r", "pikeys the lot of them"),
        ("The Pakistani community raised £2,000", "Our Maine Coon got stuck in a tree", "There is a chink in the armour of that plan", "Polish plumber needed"),
    ),
    _slur(
        "religion",
        "religion or belief",
        (
            r"\b(?:k(?:i|\*)kes?|yids?|muzz?ies?|muzz?rats?|mussies|mudslimes?|goat ?(?:fuckers?|shaggers?|botherers?)|jihadi (?:scum|bastard|cunt)s?|taigs?|tims? (?:scum|bastards?)|papists?"
            r"|left ?footers?|fenians?|dirty (?:huns?|tims?|prods?|jews?|muslims?)|christ ?killers?|zio ?nazis?|letter ?box(?:es)? (?:woman|women|in a)|ninja (?:woman|women|letterbox)|"
            r"bible bashers?|god botherers?|kafirs?|kuff?ars?)\b",
            rf"\b(?:muslim|islam(?:ic|ist)?|jew(?:ish)?|catholic|protestant|hindu|sikh|christian|burqa|hijab|mosque)s?{GAP}(?:\w+ )?{_SCUM}\b",
        ),
        ("fenian in charge of the watch", "muslim scum running the place", "dirty jew", "another muzzie"),
        ("The Muslim firefighters' network did a great stall", "Jewish centre fire drill", "yid army on tour tonight"),
    ),
    _slur(
        "disability",
        "disability",
        (
            r"\b(?:r[e3*]t[a@*]rds?|r[e3*]t[a@*]rded|tards?|fuck ?tards?|sp[a@*]stics?|sp[a@*]zz?(?:es|mo)?|spakk?ers?|spaccas?|spackers?|m[o*]ng(?:s|o|oloid)?|window ?lickers?|flids?|downs(?:ie|y)s?|"
            r"downy (?:looking|face)|joey deacon|schizos?|mentalists? in charge|special needs (?:case|clown|idiot|muppet|woman|man|staff|crew|looking)|nut ?jobs?|head ?the ?balls?|vegetable (?:in a|on)|"
            r"midgets?|dwarf (?:nurse|doctor|man|woman|copper)|cross ?eyed (?:git|bastard|cow|cunt|bitch)|wonky[- ]eyed|four eyed|peg ?leg|stumpy|limpy)\b",
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:cripples?|mongs?|psychos?|loon(?:y|ies)|mental cases?|head ?cases?|nutters?|autistic|aspie|deaf (?:cow|git|bastard|cunt|bitch|twat))\b",
            r"\b(?:are|is|r) (?:you|u|he|she|they|yous) (?:\w+ )?(?:deaf|blind|autistic|mental|special(?: needs)?|disabled|retarded|backward|simple|slow)(?: or (?:what|just|something|stupid|thick)| mate|\?)",
        ),
        ("What a retard", "you fucking mong", "window lickers the lot of em", "are you deaf or what", "sp@stic"),
        ("Fire retardant paint works well", "My daughter has cerebral palsy and loved it", "autistic children had a quiet hour", "spastic diplegia clinic"),
    ),
    _slur(
        "sexual_orientation",
        "sexual orientation",
        (
            r"\b(?:f[a@*]gg[o0*]ts?|f\*{2,5}ts?|poofters?|poof(?:y|ta|tah)s?|batty ?(?:boy|man|men)s?|bum ?(?:boy|bandit|chum|driller)s?|shirt ?lifters?|lezz(?:er|a|o)s?|lesbos?|carpet ?munchers?|rug ?munchers?|"
            r"homos?|knob ?jockeys?|arse ?bandits?|turd ?burglars?|fudge ?packers?|pillow ?biters?|uphill gardeners?|muff ?divers?|chutney ferret|sodomites?|gaylords?|gay ?boys?|nancy ?boys?|raving queens?|"
            r"big jess(?:ie|y))\b",
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:poofs?|fags?|dykes?|benders?|queers?|bummers?|gays?|lesbians? (?:bitch|cow)|ponces?|fair(?:y|ies)|queens?)\b(?:\W|$)",
            rf"\b(?:gay|queer|lesbian|bent|homosexual|bi|lgbt\w*|rainbow){GAP}(?:\w+ )?{_SCUM}\b",
        ),
        ("bunch of poofters", "you dirty dyke", "faggot", "f****t", "gay scum", "what a big bender"),
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
            r"\b(?:tr[a@*]nn(?:y|ie|ies|ys)|she ?males?|he[- ]shes?|lady ?boys?|troons?|trannies|chicks? with dicks?|it/its thing|trans ?vest(?:ite|y) freak|attack helicopter|gender ?bender|trap in uniform)\b",
            rf"\b(?:trans|transgender|transsexual|tr\*ns){GAP}(?:\w+ )?{_SCUM}\b",
            r"\b(?:man|bloke|fella|geezer|lad|men|blokes) in (?:a )?(?:dress|dresses|frock|wig|skirt|lipstick|drag|knickers)\b",
        ),
        ("tranny on the front desk", "that's a bloke in a dress", "trans freak", "ladyboy in uniform"),
        ("Trans staff network thanks everyone", "Is the trans awareness course free?", "The man in a hi-vis helped us"),
    ),
    _slur(
        "sex",
        "sex",
        (
            rf"\b{_FRAME}{GAP}(?:\w+ )?(?:b[i*]tch(?:es)?|sl[a*]gs?|sl[u*]ts?|wh[o*]res?|hoes?|slappers?|tarts?|bints?|cows?|wenches|hags?|trollops?|floozy|floozies|skanks?|tramps?|harlots?|bimbos?|harpies|harpy|"
            r"shrews?|cunts? of a woman|witch(?:es)?|dolly birds?|femi ?nazis?|females? in charge|little girls?)\b",
            r"\b(?:b[i*]tch|sl[a*]g|sl[u*]t|wh[o*]re|slapper|skank)(?:es|s)?\b(?:\W*$| like (?:you|her)| of a| needs| should| on| in| at| behind| who| that| with)",
            r"\bthe (?:\w+ )?(?:b[i*]tch|sl[a*]g|sl[u*]t|wh[o*]re|slapper|femi ?nazi)(?:es|s)?\b",
        ),
        ("stupid bitch on the desk", "what a slag", "the slut in the blue", "silly cow", "hard-faced bitch"),
        ("Life's hard, the old slag heap is on fire", "A bakewell tart for the crew", "Bitch is the correct word for a female dog, as our breeder says", "The women on Red Watch are brilliant"),
    ),
    _slur(
        "age",
        "age",
        (
            r"\b(?:old|ancient|decrepit|senile|crusty|wrinkly|doddery|doddering|geriatric|dried[- ]up) (?:hags?|bats?|bidd(?:y|ies)|fossils?|crones?|gits?|codgers?|cows?|bags?|fart?s?|farts|trouts?|witch(?:es)?|duffers?|"
            r"goats?|fools?|bastards?|cunts?|bitch(?:es)?|relics?|mares?|coots?|gimmers?|perverts?|fogey|wankers?|pricks?|sods?|prunes?)\b",
            r"\b(?:coffin[- ]dodgers?|wrinklies|crumblies|(?:he'?s|she'?s|you'?re|is|are|were|was|well|long) past it|senile|ga ?ga|gone ga ?ga|god'?s waiting room|one foot in the grave|should be (?:in a home|drawing a pension|put out to grass)|ok boomer|boomer (?:cunt|twat|"
            r"scum|bitch|idiot))\b",
        ),
        ("silly old bat on reception", "coffin dodger running the show", "senile old fool", "she's well past it"),
        ("My old dog was rescued", "Walked past it this morning and it's fixed", "Older residents loved the tea dance", "ring pull goes past its stop"),
    ),
)
STEREOTYPES = (
    _stereotype(
        "race",
        "race or nationality",
        (
            r"\bgo(?:ing)? (?:back|home)(?: to)? (?:where (?:you|u|ya|they|he|she) (?:came|come|belong|cum)|your (?:own )?country|your own|africa|pakistan|india|poland|romania|nigeria|somalia|jamaica|china|ireland|scotland|bongo|"
            r"the jungle|albania|bangladesh|turkey|syria|afghanistan|iraq|iran|wherever)\b",
            r"\bsend (?:them|her|him|'?em|you|the lot|these people|all of them)(?: all| lot)? (?:back|home)(?: to (?:where|(?:his|her|their) own|africa|india|pakistan|poland|romania|albania)| where|\W*$)|\bdeport (?:her|him|them|you|the lot)\b",
            r"\b(?:speak|learn|try speaking) (?:proper |the |some |fucking )*(?:english|queen'?s english|king'?s english)(?: you| ffs| or (?:get|go|leave|fuck|piss|else)| in (?:england|this)|\W*$)|\bcan'?t (?:even )?(?:speak|understand a word (?:of )?(?:english|she|he)|read) (?:a"
            r" word of |proper |bloody |fucking )*(?:english|(?:she|he) says)",
            r"\bnot (?:really |properly |even |actually |one of )*(?:british|english|scottish|welsh|white|from (?:round )?here|us|local born)\b(?: (?:is|are|was|though|either|looking|enough|born|and|so|at all)|\W*$|, )",
            r"\b(?:nobody|no one|none of them|not one|hardly any|where are all the) (?:\w+ ){0,4}(?:white|english|british)(?: \w+){0,2}(?: left| anymore| any more| faces?| names?| people| staff| on|\W*$)",
            rf"\b(?:all|you|these|them|too many|bloody|those|more|full of) (?:lot of )?{_PEOPLES}(?: \w+){{0,2}} (?:are|should|need|get|come|coming|taking|took|want|can'?t|stink|smell|lazy|thick|sponging|scroung\w+|running|everywhere|in charge)\b",
            r"\b(?:smells?|stinks?|reeks?) (?:of|like) (?:curry|cabbage|garlic|goat)\b|\b(?:monkey (?:noises|chants)|🍌🐒|🐒🍌|banana (?:boat|for (?:her|him|the)))|\b(?:came|comes|come|fresh|just got) (?:over )?(?:off|on) (?:the|a) (?:\w+ )?(?:boat|dinghy|banana boat)\b",
            r"\b(?:diversity|token|quota|dei|box[- ]?tick(?:ing)?) (?:hire|hires|appointment|black|asian|brown|ethnic|foreigner|minority|man|bloke|promotion|recruit)s?\b",
        ),
        ("go back to where you came from", "send her back", "speak English ffs", "diversity hire", "not even British, that one", "too many foreigners coming here taking jobs"),
        ("Go home safe everyone", "We send them back to school with smoke alarms", "Do you speak English or Welsh at the open day?", "diversity hiring day at the hall"),
    ),
    _stereotype(
        "religion",
        "religion or belief",
        (
            r"\b(?:blow (?:us|the (?:place|station|school|hospital|bus|town)) up|got a bomb|bomb (?:under|vest)|suicide vest|checks? (?:her|his|under) (?:rucksack|headscarf|hijab))\b"
            r"(?:.{0,60}\b(?:muslim|islam|beard|hijab|burqa|headscarf|turban|allah|prayer|mosque))?|\b(?:muslim|islam|beard|hijab|burqa|headscarf|turban|allah|mosque)\w*\b.{0,60}\b(?:bomb|blow (?:us|up)|terrorist|isis|taliban|behead)\w*",
            r"\b(?:sharia|islami[sz]ation|islamification|great replacement|halal (?:hose|fire)|muslim (?:takeover|invasion|grooming|rape))\b|\b(?:take|get|rip) (?:that|her|the|your) (?:hijab|headscarf|burqa|turban|tea ?towel|rag|curtain)"
            r" (?:off|away)\b|\b(?:tea ?towel|rag|curtain|nappy) on (?:her|his|your) head\b",
            r"\b(?:looks? like|is|are) (?:a |an )?(?:\w+ )?(?:taliban|isis bride|suicide bomber|osama|bin laden|terrorist)\b|\bno (?:muslims?|jews?|catholics?|hindus?|sikhs?|mosques?) (?:in|on|allowed|wanted|here|should)\b|\b(?:jews|zionists)"
            r" (?:run|control|own|behind)\b",
        ),
        ("tea towel on her head", "that one with the hijab looks like an isis bride", "sharia fire service now", "No Muslims in our station"),
        ("The hijab she wears under the helmet is flame resistant", "Sikh temple gave the crew lunch", "The bomb squad dealt with it"),
    ),
    _stereotype(
        "disability",
        "disability or health",
        (
            r"\b(?:bet|must be|clearly|obviously|probably|definitely|is|he'?s|she'?s|are) (?:\w+ )?(?:on the spectrum|off (?:his|her|their|your) meds|not all there|a few (?:sandwiches|chips) short|missing a chromosome|extra chromosome|window licking)\b",
            r"\b(?:belongs?|should be|wants? putting|put (?:him|her|you)|lock(?:ed)? (?:him|her|you)?) (?:\w+ )?in (?:a|the) (?:padded cell|asylum|loony bin|nut ?house|special school|straitjacket|home for)|\b(?:forgot|forgotten|go (?:and )?take|skipped|missed|off) (?:to take )?"
            r"(?:your|ur|his|her) (?:meds|tablets|medication|pills)\b",
            r"\b(?:fat|obese|disabled|wheelchair|deaf|blind|autistic|dyslexic|mental|depressed|one[- ]legged|ill|sick)(?: \w+){0,2} (?:can'?t|cannot|shouldn'?t|should not|couldn'?t|has no place|have no place|no use|no good)(?: be| do| work| climb| save| carry| run| rescue| in)",
            r"\b(?:sick ?note|swinging the lead|putting it on|faking (?:it|her|his)|playing the (?:mental health|disability|stress|ptsd) card|ptsd my arse|stress my arse|snowflakes? (?:with|off|on) (?:stress|ptsd|sick))\b",
        ),
        ("forgot to take your meds?", "bet he's on the spectrum", "should be locked in a padded cell", "ptsd my arse"),
        ("My brother can't take his meds without food, thanks for asking", "Autism hour at the museum", "The blind man's guide dog can be rescued too"),
    ),
    _stereotype(
        "sexual_orientation",
        "sexual orientation",
        (
            r"\b(?:queers?|gays?|homosexuals?|lesbians?|lgbt\w*|homos?) (?:\w+ ){0,2}(?:should(?:n'?t| not)?|spread\w*|don'?t belong|can'?t|cannot|in (?:the )?(?:fire|police|schools?|showers?)|near (?:kids|children)|are (?:\w+ )?(?:disgusting|sick|wrong|nonces|groomers|perverts"
            r"|unnatural|sinners|going to hell))\b",
            r"\b(?:backs? (?:to|against) the wall|don'?t drop the soap|limp[- ]wrist\w*|that'?s so gay|how gay is (?:that|this)|takes it up the|bats for the other|watch your (?:bum|arse|back) (?:lads|in the showers?)|adam and eve not|pride (?:is|of) (?:\w+ )?(?:filth|disgusting|nonces))\b",
            r"\b(?:rainbow|pride|lgbt\w*)(?: \w+){0,3} (?:shoved|ram(?:med|ming)?|down our throats?|brainwash\w*|indoctrinat\w*|groom\w*|filth|agenda)\b",
        ),
        ("gays shouldn't be firefighters", "backs to the wall lads", "limp wristed crew", "pride flags rammed down our throats"),
        ("Pride flags look great on the station", "Gay firefighters network meets on Monday", "stood with our backs to the fence"),
    ),
    _stereotype(
        "gender_reassignment",
        "gender reassignment",
        (
            r"\b(?:pretend(?:ing|s)?|thinks?|playing|dressed up|claims?|identif(?:y|ies|ying)) (?:to be |he'?s |she'?s |as |they'?re |it'?s )*(?:a |an )?(?:woman|man|girl|female|lady|attack helicopter|cat|toaster|helicopter)\b",
            r"\bis (?:it|that|this|he|she) (?:a |even |really |actually )*(?:bloke|man|woman|boy|girl|geezer|female|male|real woman|he or a she|boy or a girl|him or her)\b(?: or|\?)",
            r"\b(?:not|never be|isn'?t|ain'?t|will never be) (?:a )?(?:real|proper|actual|biological) (?:woman|man|female|male|lady)\b|\b(?:it'?s|its|that'?s|clearly|obviously|still) (?:a )?(?:bloke|man|geezer|fella)(?:'?s)?(?: with| pretending| in lip| you can tell| look at the"
            r" adam)|\b(?:look at (?:the|that) adam'?s apple|cock in a frock|mental illness not a gender|two genders|pick a gender)\b",
        ),
        ("pretending to be a woman", "is it a bloke or what?", "never be a real woman", "cock in a frock"),
        ("Is this a woman's size or unisex?", "Real women and men on the front line"),
    ),
    _stereotype(
        "sex",
        "sex",
        (
            r"\b(?:get|go|goes|belongs?|stay|stuck|should be|better) (?:back )?(?:to|in) the (?:kitchen|sink|ironing)\b|\bmake (?:me|us) a (?:sandwich|sarnie|butty|brew love)\b|\b(?:ironing|dishes|washing up|hoovering) (?:won'?t do|to do|needs doing|isn'?t going to)\b",
            r"\b(?:a |the |proper |real )?(?:man'?s|mans|men'?s|bloke'?s) (?:job|work|world)\b|\b(?:jobs? for (?:the )?(?:men|boys|real men|a man)|not (?:a )?(?:woman'?s|girl'?s|ladies'?) (?:job|work|place))\b",
            r"\b(?:women|girls|females?|woman|birds|lasses|lady|ladies)(?: \w+){0,3} (?:can'?t|cannot|cant|shouldn'?t|should not|couldn'?t|aren'?t|are not|isn'?t|not) (?:\w+ )?(?:be|fight|drive|lift|carry|do|strong|cut out|make|lead|fit|park|handle|reach|put|belong|built)\b",
            r"\b(?:diversity|token|quota|tick ?box|box[- ]?tick(?:ing)?) (?:woman|girl|female|bird|lass|lady|tits|quota)s?\b|\b(?:only|just) (?:\w+ )?(?:got|there|hired|promoted|in)(?: \w+){0,4} (?:because|cos|coz|cause|bc|for being|for having|through) (?:she|he|they|it)?(?:'?s| is|'?re)?"
            r" ?(?:a |an |got )?(?:woman|female|girl|black|asian|brown|gay|lesbian|trans|muslim|tits|boobs|fanny|disabled|quota|diversity)",
            r"\b(?:time of the month|on the (?:blob|rag)|hormonal|hysterical|menopausal|must be (?:her|the) period|pms(?:ing)?|nagging|bossy (?:cow|mare|woman)|good for a (?:girl|woman|lass|bird)|not bad for a (?:girl|woman|lass|bird)|for a (?:girl|woman|lass) (?:she|you)"
            r"|calm down (?:love|dear|sweetheart|darling)|silly little girl|stupid woman|(?:listen|look|know|watch it|behave|smile) (?:love|sweetheart|darling|sweetcheeks|princess|petal))\b",
        ),
        (
            "get back in the kitchen",
            "no job for a woman, it's a man's job",
            "women can't carry a casualty",
            "only got the job because she's a woman",
            "time of the month is it",
            "Calm down love",
        ),
        ("Kitchen fire put out by the crew", "Women in the fire service open day", "My manager made me a sandwich", "He made us a brew, love it"),
    ),
    _stereotype(
        "age",
        "age",
        (
            r"\b(?:(?:he|she|you|they|that one|this one)(?:'?s|'?re| is| are)? (?:\w+ )?)?(?:too old|far too old|too young|way too young|past (?:it|your|his|her)|old enough to know) (?:to|for|sell|best)\b(?: (?:be|do|work|drive|climb|lead|run|the job|by|this))|\b(?:past (?:your|his|her|their) (?:sell[- ]?by|use[- ]?by|best))\b",
            r"\b(?:looks?|look|looking) (?:about |like (?:he'?s|she'?s|a) )?(?:12|twelve|ten|14|90|ninety|a hundred|100|seventy|eighty|a corpse|(?:his|her) own gran)\b|\b(?:pensioner|grandad|granny|grandma|boomer|dinosaur|child|kid|toddler|teenager) (?:in charge|in uniform|running|on the"
            r" (?:desk|phones?|pump|ladder))\b",
            r"\b(?:should(?:'?ve| have| of)|needs? to|time (?:he|she|they|you)|ought to(?: have)?) (?:been )?retire(?:d)? (?:\w+ )?(?:years|decades|ages|already|grandad|you old)|\b(?:barely|hardly|just|not long|straight) out of (?:nappies|school|college|the womb)\b",
        ),
        ("too old to climb a ladder that one", "looks about 12", "barely out of nappies", "past his sell-by date"),
        ("I'm too old to climb up there myself, thank you", "The engine is past its best and needs replacing", "Walked past the best station"),
    ),
)
