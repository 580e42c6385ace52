"""Voices that need protecting: politics, unions, grievances, whistle-blowers, own words."""

from __future__ import annotations

from classifiers.rules.engine import Rule, held_in_sentence
from classifiers.rules.not_abuse_words import SOUR

POLITICAL = Rule(
    name="not_abuse.political_or_protest",
    says="Speaks of politics, protest or public policy",
    patterns=(
        r"\b(?:vote|voted|voting|voter|election|elections|elected|petition|protest(?:s|ed|ing"
        r"|ers?)?|march on|demo|demonstration|campaign(?:ing|ers?)?|rally|referendum|manifesto"
        r"|ballot box|by-?election|purdah|mp|mps|msp|councillors?|cabinet|minister|ministers"
        r"|prime minister|downing street|westminster|holyrood|senedd|parliament|government|tory"
        r"|tories|labour|lib ?dems?|liberal democrats?|greens|reform uk|snp|plaid|ukip|farage"
        r"|starmer|badenoch|austerity|privatis\w+|nationalis\w+|council tax|taxpayers?|cuts"
        r"|funding|brexit|levelling up|devolution|mayor)\b",
        r"\b(?:save|keep|protect|defend|hands off) (?:our|the|my) (?:\w+ )?(?:station|stations"
        r"|fire ?service|nhs|hospital|a&e|library|school|control|engine|crew|jobs|services?)\b",
    ),
    fires=(
        "Vote them out over the cuts",
        "Save our station",
        "sign the petition",
        "This government has starved you of money",
        "write to your MP",
    ),
    silent=(
        "Thanks for the visit",
        "My garden was on fire",
        "He is in labour ward 3 with his wife",
    ),
    holds=(
        held_in_sentence(
            "context.figurative",
            "The word has another meaning here",
            r"\b(?:labour (?:ward|suite|pains?|room|of love)|in labour|cuts and bruises|shortcuts?"
            r"|cuts? (?:his|her|my|it|out|down|the (?:grass|hedge|power|roof))|haircuts?"
            r"|photo ?shoot|christmas party|vote for (?:your|the) (?:favourite|best)"
            r"|kitchen cabinet|filing cabinet|medicine cabinet|vote (?:\w+ ){0,3}(?:calendar"
            r"|mascot|photo))\b",
        ),
    ),
    unless=SOUR,
)

UNION = Rule(
    name="not_abuse.union_speech",
    says="Speaks for or of a trade union on industrial matters",
    patterns=(
        r"\b(?:fbu|fire brigades union|unison|unite the union|gmb|rcn|nasuwt|neu|bma"
        r"|prospect union|pcs union|frsa|foa|rmt|aslef|ucu|usdaw|tuc|trade unions?|the union"
        r"|our union|union (?:rep|reps|members?|official|branch|meeting|says?|said|statement"
        r"|busting)|unions|shop steward|branch (?:secretary|rep|chair)|brigade (?:committee"
        r"|secretary))\b",
        r"\b(?:strike (?:action|ballot|vote|day|days|pay)|on strike|striking|industrial action"
        r"|picket(?:s|ed|ing)?(?: line)?|work to rule|action short of|pay (?:offer|rise|deal|claim"
        r"|dispute|restoration|cut|freeze|award)|collective bargaining|solidarity|fire and rehire"
        r"|balloted|ballot(?:ing)? (?:members|for))\b",
    ),
    fires=(
        "FBU members say this rota is unsafe",
        "Solidarity from the picket line",
        "the pay offer is an insult",
        "our union rep raised it in March",
    ),
    silent=(
        "The European Union flag",
        "Rugby union club fire",
        "Lightning strike hit the church",
        "Credit union open at ten",
        "Drive past that picket line and I won't be braking",
    ),
    unless=SOUR + r"|\b(?:picket (?:bib|any ?time)|my picket|you'?re all)\b",
)

GRIEVANCE = Rule(
    name="not_abuse.employee_opinion_or_grievance",
    says="A member of staff seems to air a view or a grievance about work",
    patterns=(
        r"\b(?:as|speaking as|i'?m|im|i am|being|from) (?:a |an |one of )?(?:\w+ )?(?:serving"
        r"|current|former|retired|ex|retained|on[- ]call|wholetime|your own|your|frontline"
        r"|front line) (?:\w+ )?(?:fire ?fighters?|nurse|teacher|paramedic|officer|employee"
        r"|member of staff|staff|member|crew|control operator|carer|social worker|doctor|midwife"
        r"|worker|ff|cm|wm)\b",
        r"\b(?:i|we) (?:still |have |'?ve |used to |currently |only )*(?:work|worked|serve|served"
        r"|working) (?:here|for (?:you|this (?:service|council|trust|lot)|the (?:service|council"
        r"|trust))|there|in control|on (?:nights|the ward|the pumps|this watch)|at (?:this"
        r"|your) (?:station|school|hospital))\b",
        r"\bmorale\b|\b(?:our|my) (?:rota|shift pattern|watch|line manager|crew manager"
        r"|station manager|overtime|annual leave|sick pay|appraisal|grievance|ward|pension"
        r"|management|managers|bosses|depot)\b",
        r"\b(?:those of )?us (?:on|at|in) (?:the )?(?:front ?line|shop floor|nights|station"
        r"|control|ward|ground)\b|\b(?:staff|crews|we|colleagues) (?:are|were|feel|have been"
        r"|'?re) (?:\w+ )?(?:exhausted|burnt out|burned out|ignored|undervalued|overworked"
        r"|on our knees|at breaking point|leaving in droves|short[- ]staffed|understaffed|bullied"
        r"|scared to speak)\b",
    ),
    fires=(
        "Morale on nights is rock bottom",
        "As a serving firefighter I can say the rota does not work",
        "we are exhausted and ignored",
        "I work for you and found out on Facebook",
    ),
    silent=("Great work by your staff", "My dad was brave", "I work in town and saw the smoke"),
)

_FROM_WITHIN = (
    r"\b(?:i|i'?ve|we|we'?ve|us|our|me|my|staff|crews?|colleagues|management|bosses|they"
    r"|whole thing|members|kit|sets?|whistle ?-?blow\w*)\b"
)

PROTECTED_DISCLOSURE = Rule(
    name="not_abuse.protected_disclosure_possible",
    says="May be whistle-blowing: alleges wrongdoing, a safety failing or a cover-up",
    patterns=(
        r"\b(?:we|i|staff|crews?|they|people|nurses|teachers) (?:were|was|are|got|have been"
        r"|had been|'?ve been|get) (?:all |always |repeatedly )*(?:told|asked|ordered|forced"
        r"|pressured|made|instructed|warned) (?:to |not to )(?:\w+ ){0,2}(?:sign|lie|falsify|keep"
        r"|cover|say|ignore|fake|change|delete|hide|fudge|backdate|speak|report|record|tick|shut"
        r"|destroy|pass|log|mention)\b",
        r"\bcover(?:ed|ing|s)?[- ]?up\b|\bcovered it up\b|\bwhistle ?-?blow\w*"
        r"|\bswept under the (?:carpet|rug)\b|\bbrushed under\b|\b(?:gagging (?:order|clause)|nda"
        r"|non[- ]disclosure|hush money|silenced)\b",
        r"\b(?:(?:sign(?:ed|ing)? off|passed|issued|used|using|sent out with"
        r"|given) (?:\w+ ){0,3})?(?:kit|equipment|engine|appliance|ladder|set|sets|ba|radio"
        r"|vehicle|building|drug|drugs|cladding|hoses?)(?: \w+){0,2} (?:that |which |has |have "
        r"|was |were |issued |is |are )?(?:fail(?:ed|s|ing)?|faulty|unsafe|out of (?:test|date)"
        r"|untested|defective|broken|not (?:been )?tested)\b|\b(?:failed|faulty|unsafe|out of test"
        r"|untested|defective) (?:kit|equipment|breathing apparatus|ba sets?|ladders?|appliances?"
        r"|radios?|ppe|cladding|hoses?)\b",
        r"\b(?:falsif\w+|fiddl(?:ed|ing)|fudg(?:ed|ing)|doctored|manipulat(?:ed|ing)|massag(?:ed"
        r"|ing)|backdat(?:ed|ing)|forg(?:ed|ing)|cook(?:ed|ing)) (?:the |all |their |training "
        r"|our |those |safety )*(?:records?|figures|stats|statistics|response times|books|logs?"
        r"|data|paperwork|certificates?|waiting (?:lists?|times)|reports?|rotas?)\b",
        r"\b(?:i|we|it was|was|been) (?:\w+ )?(?:reported|raised|flagged) (?:it|this|that"
        r"|concerns?)?(?: \w+){0,5} (?:and (?:nothing|got|was|were|they|i)|but (?:nothing|they|was"
        r"|management)|ignored|buried|to management|to hr|internally|punished|threatened)\b"
        r"|\b(?:management|bosses|they|chiefs?|hr) (?:\w+ )?(?:knew|know|were warned|was warned"
        r"|ignored (?:it|the warnings?|our|reports))\b",
        r"\b(?:sexual(?:ly)? (?:harass\w+|assault\w+)|racis[mt]|bull(?:y|ied|ying)|harass(?:ed"
        r"|ment))(?: \w+){0,5} (?:ignored|covered|dismissed|swept|protected|promoted"
        r"|nothing (?:was )?done|hr (?:did|said|knew)|by (?:my|a|the|his|her|our) (?:manager|boss"
        r"|officer|watch|colleagues?|superior)|on (?:the|our|my) watch|culture)\b",
    ),
    fires=(
        "We were told to sign off kit that failed",
        "They fiddled the response times",
        "the whole thing was a cover-up",
        "BA sets issued out of test",
        "I reported it and was threatened",
        "Management knew about the cladding",
    ),
    silent=("We were told to wait outside", "Passed the test today", "The rug was on fire"),
    beside=(_FROM_WITHIN,),
    unless=SOUR + r"|\b(?:spread this|look (?:it|her|him) up|drink driv\w+|ask anyone"
    r"|everyone (?:at|in) \w+ (?:\w+ )?knows|has a record|knew what to do)\b",
)

RECLAIMED = Rule(
    name="not_abuse.reclaimed_or_self_reference",
    says="The writer uses the words of themselves",
    patterns=(
        r"\b(?:as an? |i'?m an? |i am an? |im a |we |us |fellow |being an? )(?:\w+ )?(?:proud "
        r"|old |big |fat |daft |little |mad |ugly |ginger |bald |grumpy |silly )*(?:queer|gay|dyke"
        r"|lesbian|trans|bisexual|black|asian|muslim|jewish|disabled|autistic|crip|cripple|fag"
        r"|poof|queers|dykes|fatty|old git|old fart|old biddy|old bat|idiot|fool|muppet|numpty"
        r"|plonker|wally|pillock|dinosaur|boomer)\b",
        r"\b(?:i|me|i'?ve been|i was|felt like|feel like|my own) (?:\w+ ){0,3}(?:such |like "
        r"|being )?(?:a |an )?(?:\w+ )?(?:idiot|fool|muppet|numpty|plonker|wally|pillock|dick|knob"
        r"|tit|twat|clown|moron|stupid|daft cow|silly cow|silly old \w+)\b",
    ),
    fires=(
        "As a proud queer firefighter I loved this",
        "I felt like an idiot locking myself out",
        "I'm a daft old git but I tested mine",
        "I was such a numpty leaving the pan on",
    ),
    silent=(
        "You are an idiot",
        "They treated me well",
        "the queer history walk starts at two",
        "your a f u c k i n g idiot",
    ),
    # In a word spelt letter by letter a lone “i” is nobody.
    unless=r"\b\w \w \w \w\b",
)
