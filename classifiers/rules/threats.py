"""The family of threats, with what makes any threat worse: a weapon, a place or a time."""

from __future__ import annotations

from classifiers.rules.engine import Rule, RuleFamily
from classifiers.rules.threats_conditional import CONDITIONAL, PROPERTY
from classifiers.rules.threats_explicit import ARMED, EXPLICIT, EXPLICIT_BY_NAME, VOWED
from classifiers.rules.threats_hinted import EMOJI, HINTED
from classifiers.rules.threats_veiled import VEILED
from classifiers.rules.threats_watching import WATCHING

MEANS = Rule(
    name="context.means",
    says="Names a weapon, a place or a time",
    patterns=(
        r"\b(?:with|got|have|bring|bringing|grab|using|swing)(?: \w+)? (?:a|my|an|the|our|some|me"
        r"|this)? ?(?:\w+ )?(?:bat|knife|blade|gun|shotgun|rifle|pistol|hammer|machete|axe|brick"
        r"|crowbar|bottle|petrol|acid|screwdriver|golf club|sledgehammer|match|lighter|crossbow"
        r"|iron bar|chain|sword|bricks|knives|fireworks?|air rifle|stanley|knuckle ?dusters?)s?\b",
        r"\boutside (?:the |your |ur |yer |her |his |their |ya )?(?:\w+ )?(?:station|house|work"
        r"|school|gates?|surgery|office|hospital|home|door|depot|flat|nursery|gym|pub|building)\b",
        r"\b(?:in|at|round|to|down|near) (?:the |your |ur |yer |her |his "
        r"|their )(?:\w+ )?(?:car park|school|gates?|station|house|home|front door|back gate"
        r"|bus stop|staff entrance|depot|gym|local|pub|address|street|place)\b",
        r"\b(?:tonight|2nite|tonite|the ?night|tomorrow|tmrw|2moro|the morra|this (?:morning"
        r"|evening|weekend)|after (?:your |ur |his |her |the )?(?:shift|work|hours)|(?:end of|next"
        r"|your|night) shift|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes"
        r"|thurs|fri|satur|sun)day night|when (?:you|u|ya|they|she|he) (?:finish|finishes"
        r"|clock off|knock off|leave|leaves|gets? off|come out|comes out))\b",
        r"\bat (?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|o'?clock)|half \w+|(?:six|seven|eight|nine|ten"
        r"|eleven|midnight|midday|noon))\b",
        r"\b(?:at|on|to|round|near|off) (?:\d{1,4}[a-z]? )?(?:[a-z'-]+ ){1,3}(?:street|st|road|rd"
        r"|lane|avenue|ave|close|drive|crescent|terrace|gardens|grove|rise|court|square)\b",
    ),
    fires=(
        "I'll be waiting for you with a bat",
        "im gonna kill you when you finish tonight",
        "I will stab him outside the station",
        "We know where you live at 14 Larkfield Rise",
    ),
    silent=(
        "See you outside the station tonight for the charity car wash",
        "I'll bring a hammer to fix it tomorrow",
    ),
)

THREATS = RuleFamily(
    "rules.threats",
    (
        EXPLICIT,
        EXPLICIT_BY_NAME,
        ARMED,
        VOWED,
        VEILED,
        HINTED,
        WATCHING,
        EMOJI,
        CONDITIONAL,
        PROPERTY,
    ),
    modifiers=(MEANS,),
    see_through=True,
)
