"""The words by which a text points at staff, a service or somebody else, as British people write.

All words stand folded (see reading.fold): lower case, no accents, no apostrophes. A phrase is
written with single spaces.
"""

from __future__ import annotations

from moderation.targets.listing import listed, phrases
from moderation.targets.other_words import (
    CHARACTERISTIC,
    CHARACTERISTIC_PHRASES,
    FIGURE_PHRASES,
    FIGURES,
    INSULTED,
    INSULTED_PHRASES,
    MAYBE_CHARACTERISTIC,
)


class Points:
    """What one word or phrase may point at; a text is read by gathering these bits.

    Plain numbers, because every word of every text is compared with them: members of an enum cost
    several times as much.
    """

    YOU = 1
    YOU_ALL = 2
    HE_SHE = 4
    RANK = 8
    PERSON = 16
    GROUP = 32
    GROUP_IF_POINTED = 64
    SERVICE = 128
    SERVICE_IF_POINTED = 256
    FIGURE = 512
    CHARACTERISTIC = 1024
    MAYBE_CHARACTERISTIC = 2048
    ONE_PERSON = 4096
    KIN = 8192
    COUNTER = 16384
    WORK = 32768
    NOTHING = 65536
    BEGINS_PHRASE = 131072
    NAMED_FIGURE = 262144
    INSULTED = 524288


DETERMINERS = listed("the that this your ur yer our these those yon")
MINE = listed("my our his her their")

# Titles stand before a surname. “Sister” and “constable” are ranks of a kind, and read the same.
TITLES = listed(
    "mr mrs ms miss mx dr doctor nurse sister matron pc pcso wpc sgt sergeant constable cllr "
    "councillor alderman prof professor sir dame lord lady rev reverend coach "
    "insp inspector supt chief"
)

# Titles that are nothing but titles, so that a small letter after them is a name too.
HONORIFICS = listed("mr mrs ms miss mx dr cllr councillor")

# The last word of a rank or job: what may stand right before a name, or close to it.
RANKS = listed(
    "manager officer chief firefighter fireman firewoman ff wm cm sm gm am acfo dcfo cfo acm "
    "wc sc lff commander controller operator dispatcher handler nurse sister matron midwife hca "
    "doctor consultant surgeon gp registrar paramedic emt technician constable sergeant inspector "
    "superintendent pc pcso teacher headteacher head headmaster headmistress principal tutor "
    "lecturer ta caretaker receptionist secretary clerk warden librarian councillor cllr leader "
    "director executive ceo supervisor spokesman spokeswoman spokesperson adviser advisor porter "
    "cleaner mechanic driver planner surveyor lifeguard coordinator deputy boss captain "
    "lieutenant"
)

# A job that, with “the” or “that” before it, points at one person.
JOBS = RANKS - listed("am head chief boss leader deputy executive") | listed(
    "spokeswoman operative attendant admin moderator binman dustman postie caseworker call-taker"
)

PERSONS = listed(
    "lad lass lassie bloke guy fella fellow geezer man woman girl boy lady chap person one "
    "gentleman dude wifey bird muppet clown idiot moron joker prick twat wanker tosser dickhead "
    "cow bitch bint bastard knob bellend gobshite numpty melt plank fool liar coward"
)

# What follows a person pointed at by what they do: “the lad on the ladder”.
DOING = listed(
    "on in at with behind driving from who that answering doing holding running wearing manning "
    "taking standing sat sitting reading speaking talking writing posting replying whos by near"
)

WORK = listed(
    "ladder desk phone phones engine engines pump hose video vid clip photo photos pic pics "
    "picture "
    "uniform reception counter ward wards ae truck appliance radio helmet interview telly tv page "
    "account control station stations watch shift call calls crew fire fires firefighter nights "
    "switchboard 999 111 101 surgery clinic classroom assembly gate van screen "
    "livestream "
    "kit drill press release desk hat mic podium meeting inbox chat twitter facebook"
)

YOU = listed(
    "you u ya ye yer your ur youre yourself youve youd youll yours thee thou thi thy yersel"
)
YOU_ALL = listed("yous youse yourselves yas yiz yez yall")
# “You muppets” speaks to the organisation as much as “you” does; these speak to its people.
YOU_ALL_AFTER_YOU = listed("lot people guys folk lads ladies")
HE_SHE = listed("he she him her his hers himself herself hes shes")

# People of the author's own or strangers: a “he” or “her” after one of these is not ours.
KIN = listed(
    "dad daddy father mum mummy mam mother mom son daughter husband hubby wife missus partner "
    "brother bro sis uncle auntie aunt cousin nan nana gran granny grandma grandad grandfather "
    "grandmother friend mate pal neighbour neighbor kid kids child baby toddler boyfriend "
    "girlfriend niece nephew dog cat puppy kitten horse stepdad stepson landlord tenant bairn wean "
    "patient customer caller passenger pupil student parent resident"
)

GROUP = listed(
    "firefighters firemen firewomen crews staff nurses doctors paramedics midwives teachers "
    "officers wardens handlers operators controllers managers bosses inspectors receptionists "
    "workers employees drivers consultants surgeons gps librarians caretakers binmen "
    "carers porters cleaners lifeguards sergeants constables bobbies coppers pcsos dispatchers "
    "technicians teams volunteers mechanics advisers planners clerks"
)
GROUP_IF_POINTED = listed("lads team crew watch guys girls ladies boys department control")
GROUP_PHRASES = phrases(
    "you lot, your lot, that lot, this lot, you people, you guys, control room, "
    "red watch, white watch, blue watch, green watch, black watch, amber watch, gold watch, "
    "purple watch, day crew, night crew, on call crew, senior leadership, leadership team, "
    "senior management, top brass, press team, comms team, call centre, front line, "
    "social media team, bin men, call takers, dinner ladies, the lot of you, the lot of u, "
    "lot of yous, every one of them, every one of you"
)

SERVICE = listed("nhs brigade constabulary council councils police frs ambulance")
SERVICE_IF_POINTED = listed(
    "service trust school hospital authority force organisation organization college academy "
    "surgery university borough page outfit"
)
SERVICE_PHRASES = phrases(
    "fire service, fire brigade, fire and rescue, rescue service, ambulance service, "
    "fire authority, county council, city council, borough council, town council, "
    "district council, parish council, police force, town hall, city hall, health board, "
    "police service, prison service, probation service"
)
# In these, “council” is a bill or a house and “staff” a place: neither is meant.
OTHER_PHRASES = phrases(
    "council tax, council house, council houses, council estate, council flat, council flats, "
    "council housing, police car, police station, ambulance crew, service charge, page views, "
    "staff gate, staff car, staff room, staff entrance, staff shortages, staff door, staff parking"
)

ONE_PERSON_PHRASES = phrases(
    "whoever runs, whoever wrote, whoever writes, whoever posted, whoever posts, whoever answered, "
    "whoever is running, whoever does, whoever did, whoever took, whoever was, whoever drove, "
    "whoever is in, whoever is on, page admin, admin of this page, social media person, "
    "social media intern, social media manager, whoever is behind, whoever replied, "
    "whoever decided, whoever approved, whoever picked up, whoever made this, "
    "one of your firefighters, one of your officers, one of your staff, one of your nurses, "
    "one of your drivers, one of your call handlers, one of your crew, one of your teachers, "
    "one of your wardens, one of your managers, one of your paramedics, one of the nurses, "
    "one of your lads, whoever runs this page"
)

COUNTER_PHRASES = phrases(
    "lay off, leave them alone, leave her alone, leave him alone, show some respect, "
    "have some respect, give them a break, give her a break, give him a break, pick on someone, "
    "stop being horrible, stop having a go, how dare you speak, how dare you talk, "
    "keyboard warrior, keyboard warriors, doing their job, doing her job, doing his job, "
    "only doing their, leave the lad alone, leave the lass alone, leave the poor, bullying someone"
)


def _vocabulary() -> tuple[dict[str, int], dict[str, tuple[tuple[tuple[str, ...], int], ...]]]:
    single: dict[str, int] = {}
    for words, points in (
        (YOU, Points.YOU),
        (YOU_ALL, Points.YOU_ALL),
        (HE_SHE, Points.HE_SHE),
        (RANKS, Points.RANK),
        (JOBS, Points.RANK),
        (PERSONS, Points.PERSON),
        (GROUP, Points.GROUP),
        (GROUP_IF_POINTED, Points.GROUP_IF_POINTED),
        (SERVICE, Points.SERVICE),
        (SERVICE_IF_POINTED, Points.SERVICE_IF_POINTED),
        (FIGURES, Points.FIGURE),
        (CHARACTERISTIC, Points.CHARACTERISTIC),
        (MAYBE_CHARACTERISTIC, Points.MAYBE_CHARACTERISTIC),
        (KIN, Points.KIN),
        (INSULTED, Points.INSULTED),
        (WORK, Points.WORK),
    ):
        for word in words:
            single[word] = single.get(word, 0) | points
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for texts, points in (
        (GROUP_PHRASES, Points.GROUP),
        (SERVICE_PHRASES, Points.SERVICE),
        (OTHER_PHRASES, Points.NOTHING),
        (FIGURE_PHRASES, Points.FIGURE),
        (CHARACTERISTIC_PHRASES, Points.CHARACTERISTIC),
        (ONE_PERSON_PHRASES, Points.ONE_PERSON),
        (COUNTER_PHRASES, Points.COUNTER),
        (INSULTED_PHRASES, Points.INSULTED),
    ):
        for text in texts:
            words_of = tuple(text.split())
            phrases.setdefault(words_of[0], []).append((words_of, points))
            single[words_of[0]] = single.get(words_of[0], 0) | Points.BEGINS_PHRASE
    longest_first = {
        word: tuple(sorted(found, key=lambda phrase: -len(phrase[0])))
        for word, found in phrases.items()
    }
    return single, longest_first


VOCABULARY, PHRASES = _vocabulary()
