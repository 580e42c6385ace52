"""What people call a role: its short forms, its everyday names, and what a boss is over."""

from __future__ import annotations

from moderation.targets.listing import listed

# Short for a role: both ways of writing it point at the same holder.
ROLE_SHORT: dict[str, tuple[str, ...]] = {
    "chief fire officer": ("cfo", "chief", "fire chief"),
    "chief officer": ("chief", "fire chief"),
    "deputy chief fire officer": ("dcfo", "deputy chief"),
    "deputy chief officer": ("dco", "deputy chief"),
    "assistant chief fire officer": ("acfo", "assistant chief"),
    "assistant chief officer": ("aco", "assistant chief"),
    "chief executive": ("ceo", "chief exec", "chief executive officer"),
    "chief executive officer": ("ceo", "chief exec", "chief executive"),
    "chief constable": ("chief",),
    "headteacher": ("head teacher", "headmaster", "headmistress", "head"),
    "head teacher": ("headteacher", "headmaster", "headmistress", "head"),
    "deputy headteacher": ("deputy head", "deputy head teacher"),
    "principal": ("head", "headteacher", "head teacher"),
    "leader of the council": ("council leader",),
    "council leader": ("leader of the council",),
    "chair of governors": ("chair of the governors",),
    "chief nurse": ("chief nursing officer",),
    "medical director": ("chief medical officer",),
    "station manager": ("sm",),
    "station commander": ("sc",),
    "watch manager": ("wm",),
    "watch commander": ("wc",),
    "crew manager": ("cm",),
    "crew commander": ("cc",),
    "group manager": ("gm",),
    "group commander": ("gc",),
    "area manager": ("am",),
    "area commander": ("ac",),
    "school crossing patrol": ("lollipop man", "lollipop lady", "lollipop woman"),
    "lunchtime supervisor": ("dinner lady",),
    "canteen supervisor": ("canteen lady", "dinner lady"),
    "school cook": ("dinner lady", "cook"),
    "site manager": ("caretaker",),
    "caretaker": ("site manager",),
    "civil enforcement officer": ("traffic warden", "parking warden", "ticket man"),
    "receptionist": ("lady on reception", "woman on reception"),
    "police constable": ("pc", "constable"),
}

_OVER = listed("manager head director supervisor superintendent lead leader")
# By the word for somebody in charge: what the directory may call them.
BOSSES: dict[str, frozenset[str]] = {
    "manager": _OVER,
    "boss": _OVER | {"chief"},
    "gaffer": _OVER,
    "supervisor": _OVER,
    "head": _OVER,
    "lead": _OVER,
    "director": frozenset({"director", "head"}),
    "supremo": _OVER,
    "chief": _OVER | {"chief"},
    "tsar": _OVER,
    "czar": _OVER,
}

_WASTE = ("waste", "refuse", "recycling")
_ROADS = ("highways", "roads")
_PRESS = ("communications", "press", "media")
# Everyday words for a field of work, and what the directory may call it.
FIELDS: dict[str, tuple[str, ...]] = {
    "bin": _WASTE,
    "bins": _WASTE,
    "rubbish": _WASTE,
    "tip": _WASTE,
    "pothole": _ROADS,
    "potholes": _ROADS,
    "road": _ROADS,
    "roads": _ROADS,
    "ticket": ("parking", "enforcement"),
    "tickets": ("parking", "enforcement"),
    "parking": ("parking",),
    "comms": _PRESS,
    "press": _PRESS,
    "media": _PRESS,
    "pr": _PRESS,
    "hr": ("people", "hr", "personnel"),
    "personnel": ("people", "hr"),
    "money": ("finance",),
    "tree": ("tree", "trees"),
    "trees": ("tree",),
    "kids": ("children", "childrens"),
    "library": ("libraries", "library"),
    "libraries": ("library", "libraries"),
    "casualty": ("emergency",),
    "nursing": ("nurse", "nursing"),
    "dinner": ("catering", "kitchen"),
    "sports": ("pe", "sports", "leisure"),
    "leisure": ("leisure",),
    "exam": ("exams",),
}
