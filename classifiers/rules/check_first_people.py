"""Who may be writing, or what may be planned: children and terrorism, looked at before abuse."""

from __future__ import annotations

from classifiers.rules.contexts import QUOTED
from classifiers.rules.engine import Rule, held_before, held_within

_AGE = (
    r"(?:[6-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen)"
)
_GROWN_UP = (
    r"\b(?:my (?:son|daughter|kids?|child|children|grandson|granddaughter|boy|girl|lad|wife|husband"
    r"|nephew|niece|pupils|students|form (?:loves?|adores?))|parents'? evening|as a (?:parent"
    r"|teacher|governor|mum|dad)|i taught|when i was|in my day|(?:19|20)\d\d|years? ago|governors?"
    r"|mum of|mam of|dad of|selling|jumpers?|stone|weeks pregnant|months pregnant|minutes away)\b"
)
# Pupils' talk; each of these is rare from an adult beside a teacher's title.
_TEEN_TALK = (
    r"\b(?:innit|peng|moist|fr|no cap|lool+|ahh|bruv|fam|wasteman|mandem|yute|wagwan|kmt|opp|goofy"
    r"|slay(?:ed)?|devoured|clapped|rizz|skibidi|no long talk|allow it|say less|on god|dun know"
    r"|beggin|istg|ngl|skl|tmrw|wid|wiv|bare (?:soft|chat|notes|jarring|long)|ate\W*$|the ick)\b"
    r"|[\x{1F480}\x{1F62D}\x{1F976}]"
)

CHILD_AUTHOR = (
    Rule(
        name="check.child_author",
        says="The writer may be under 18",
        patterns=(
            rf"\b(?:i'?m|im|i am|am)(?: only| just| like| literally| actually| also)? {_AGE}"
            r"(?: and (?:a half|i|my|3|three)\b| years?(?: old)?\b| yrs?(?: old)?\b| ?yo\b| btw"
            r"| now|\W*$|[.!,?)]| lol| lmao| can | my | so | but | next| still| soon| tomorrow"
            r"| in (?:two|three|a|\d) )|\bage[d]? (?:[6-9]|1[0-7])\W*$",
            r"\b(?:i'?m|im|i am|we'?re|were|we are) (?:only )?in (?:year|yr|y|class|p|s|form"
            r"|primary) ?(?:[1-9]|1[0-3]|one|two|three|four|five|six|seven)\b(?: of)?|\b(?:i'?m|im"
            r"|we'?re) in (?:mrs?|miss|ms) \w+'?s? (?:class|form)\b|\bin \d\d?[a-e]\b",
            r"\b(?:my|our) (?:head ?teacher|form tutor|teacher|form|class ?mates?|year head"
            r"|head of year|school|scool|skl|sixth form|pe teacher|maths teacher)"
            r" (?:said|says|told|made|gave|is so|won'?t let|r |is making|came|took (?:us|my))\b",
            r"\b(?:when|once|wen) i (?:grow up|am older|'?m older|leave school|finish school"
            r"|turn 1[678])\b|\bwhen im older\b",
            r"\b(?:for|doing|got|have|did|finish(?:ed)?) (?:my|our|me) (?:homework|school project"
            r"|gcses?|mocks|school trip|science project|a-?levels?|options|sats|year \d+ project)\b"
            r"|\bkids (?:in|at) my (?:year|class|school)\b|\bin my (?:brother'?s"
            r"|sister'?s )?year at school\b|\bat our school\b",
            r"\bmy (?:mum|mam|mom|dad|nan|parents|foster (?:mum|dad))(?: and dad)? (?:says? i'?m "
            r"(?:too young|not allowed|allowed)|said i'?m (?:not )?allowed|said im (?:not )?allowed"
            r"|won'?t let me|wont let me|will ground|grounded me|took my (?:phone|xbox|ps5)"
            r"|is (?:gonna|going to) kill me|locked me|doesn'?t let me)|\bdon'?t tell my (?:mum|mam"
            r"|dad|parents)\b|\b(?:got|given|get) (?:a |another |the )?detention\b",
        ),
        fires=(
            "i am ten and i pressed the siren",
            "i am in class 4 and it was the best day",
            "im 17 still",
            "im 12 and i want to be a firefighter",
            "I'm 14 years old and this is wrong",
            "im in year 9 and u came to our school",
            "when i grow up i want to drive the engine",
            "my mum won't let me go to the open day",
            "My teacher said you would come back",
            "still got a detention for being late and the bus never came",
        ),
        silent=(
            "I am ten minutes away",
            "I'm 10 minutes away",
            "I'm 12 weeks pregnant and waiting",
            "I am 16 stone and could still do it",
            "I'm in year two of this complaint",
            "I'm 45 and never seen anything like it",
            "My daughter is 14",
        ),
        holds=(
            QUOTED,
            held_before(
                "context.quoted", "Repeats somebody else's words", r"\bwhen i was\b.{0,40}"
            ),
        ),
        unless=_GROWN_UP + r"|\byear two of\b",
    ),
    Rule(
        name="check.child_author",
        says="The writer talks like a pupil, of a teacher",
        patterns=(
            r"\b(?:mr|mrs|miss|ms) [a-z]{1,12}\b|\bsir (?:is|said|was|made|looked|let|put)\b",
        ),
        fires=("miss bell is moist fr", "mr h let us off early no cap"),
        silent=("Mr Price was a great help, thank you", "Dear Mrs Wood, innit is not a word"),
        beside=(_TEEN_TALK,),
        unless=_GROWN_UP + r"|\b(?:dear|thank you|is not a word|wagwan\" at)\b",
    ),
)

_CAUSE = (
    r"(?:isis|isil|daesh|islamic state|al[ -]?qaeda|al[ -]?shabaab|boko haram|national action"
    r"|atomwaffen|ira|real ira|uvf|uda|hamas|hezbollah|hizb ut[ -]tahrir|combat 18)"
)
_HOLY_PLACES = (
    r"(?:mosques?|synagogues?|temples?|gurdwaras?|church(?:es)?|asylum (?:hotels?|centres?"
    r"|seekers?)|migrant (?:hotels?|centres?)|immigration centre|parliament|friday prayers)"
)

TERRORISM_SIGNAL = (
    Rule(
        name="check.terrorism_signal",
        says="May support or threaten terrorism",
        patterns=(
            rf"\b{_HOLY_PLACES}(?: \w+){{0,3}} (?:will|gonna|going to|is going to|should|needs to"
            r"|wants to|deserves to) (?:\W?\w+ )?\W?(?:go up|burn|blow|get (?:it|torched|bombed"
            r"|burned)|be (?:burned|burnt|torched|bombed|blown))\b",
            r"\b(?:planted|plant|planting|put|left|placed|set|setting|i have|i'?ve got|we have"
            r"|detonate|there'?s|there is) (?:a |the |my |some )?(?:pipe |nail |car |dirty "
            r"|suicide )?(?:bomb|bombs|explosives?|device|ied) (?:in|at|under|on|outside|near"
            r"|inside|by|and|tonight|tomorrow|will|to go off|ready|set)\b",
            rf"\b(?:support|supporting|join|joining|joined|pledge|pledged|loyal to|soldiers? of"
            rf"|proud of|victory to|long live|up the|glory to|member of|allegiance to|viva)"
            rf" (?:the )?{_CAUSE}\b",
            r"\bdeath to (?:the |all )?(?:west|infidels?|kuff?ar|jews|muslims|immigrants|migrants"
            r"|crusaders|christians|unbelievers|kafirs?|refugees)\b",
            rf"\b(?:attack|burn|burn down|torch|bomb|blow up|storm|shoot up|firebomb) (?:the |that "
            rf"|every |all |all the |a |their )?(?:\w+ )?(?:{_HOLY_PLACES}|hotel (?:with|full of)"
            r"|jews|muslims|infidels|kuff?ar)\b",
            r"\b(?:white jihad|race war (?:now|is|starts?)|start (?:the|a) race war|day of the rope"
            r"|14 ?/? ?88|1488|rahowa|jihad (?:against|on|now|is the)|kill (?:all )?(?:the "
            r")?(?:kuff?ar|infidels|non[- ]?believers)|martyrdom operation|lone wolf attack"
            r"|hail breivik|saint (?:tarrant|breivik|roof|number \d+)|soft targets?)\b",
            r"\bshoot(?:ing)? up (?:the |your |this |that |my )(?:\w+ )?(?:school|college|hospital"
            r"|surgery|station|office|offices|council|town hall|library|mosque|church|synagogue)\b",
        ),
        fires=(
            "I'm going to shoot up the school",
            "saying the mosque will go up like a bonfire for the cause",
            "I've planted a bomb under the town hall",
            "long live the islamic state",
            "burn down the asylum hotel",
            "death to the infidels",
            "white jihad now",
            "there's a bomb in your station set to go off",
        ),
        silent=(
            "There's a bomb disposal van at the beach, is it an old mine?",
            "Bath bombs on sale at the fete",
            "There's a WW2 bomb on the building site",
            "Bonfire Night at the church hall",
            "I support the IRA inquiry being published",
            "The mosque is collecting for the food bank",
        ),
        holds=(
            QUOTED,
            held_within(
                "context.figurative",
                "Speaks of news, history or something harmless",
                r"\b(?:disposal|ww2|wwii|world war|unexploded|bath bombs?|photo ?bombs?|inquiry"
                r"|victims|museum|hoax|squad|old mine|documentary|film)\b",
            ),
        ),
    ),
    Rule(
        name="check.terrorism_signal",
        says="Speaks as extremists do, of an attack past or to come",
        patterns=(
            r"\b(?:martyrs?|manifestos?|the brotherhood|the (?:cell|cause|struggle|caliphate)"
            r"|glory to|victory to|soldiers? (?:are|of)|brothers,|the saint who|saint of|shooters?"
            r"|crusade\w*|jihad|nail bomb|explosives|sun ?wheel|black sun|bought nails|crossbow"
            r"|fertili[sz]er|(?:mixing|making) (?:stuff|something|chemicals)|one man one"
            r"|the real thing next time|will be cleansed|christchurch|breivik|mosque shooting"
            r"|concert hall)\b",
        ),
        fires=(
            "glory to the brothers who burnt it, the next city is on the channel",
            "my cousin keeps sending that shooter's manifesto and says Saturday at the mosque",
        ),
        silent=(
            "Read the Labour manifesto before you vote next week",
            "A documentary on the IRA tonight",
            "Concert hall roof next, well done crew",
            "Remembering the victims of the mosque shooting, vigil Friday",
        ),
        holds=(QUOTED,),
        beside=(
            (
                r"\b(?:mosque|synagogue|gurdwara|church comes out|hotel|hall|council|carnival"
                r"|shopping centre|concourse|crowd|yard|(?:the|this|our) channel|telegram|gates?"
                r"|group|link|picked a date|date|timings|targets?|(?:keeps )?sending|said|says"
                r"|plans|next (?:one|city|time)|more of us|everyone who|whoever|burn them"
                r"|not go home|lit it|posted it|ready|drums|masks)\b"
            ),
        ),
        unless=(
            r"\b(?:labour|tory|reform|election|vote for|vote|party|council'?s|documentary|film"
            r"|museum|vigil|memorial|remember\w*|victims|inquiry|fete|sale|lol|concert (?:was"
            r"|tickets)|well done|anniversary|garden|lawn|allotment|picket|pay)\b"
        ),
    ),
)
