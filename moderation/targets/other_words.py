"""The words for others than staff: politicians, groups of people, insults for several."""

from __future__ import annotations

from moderation.targets.listing import listed, phrases

# Insults for several: “thieving gets” under a post means whoever stands behind it.
INSULTED = listed(
    """
    gits wankers clowns pillocks bastards bastarts basterds pricks ninnies jokers parasites
    spanners gobshites morons thieves liars leeches muppets cowards shysters robbers crooks
    vermin wasters tossers idiots fools cretins twats cunts knobs dickheads imbeciles numpties
    bellends arseholes scumbags freeloaders jobsworths plonkers charlatans shitehawks eejits
    halfwits divs melts turds cowboys skivers hypocrites
    """
)

INSULTED_PHRASES = phrases(
    "shower of, useless bunch, useless shower, useless outfit, joke of an outfit, money grabbing"
)

# With a name after them, unless the directory knows it: “Cllr Hargreaves”.
ELECTED = listed("cllr councillor alderman")

FIGURES = listed(
    "government tories labour libdems westminster downing parliament starmer farage badenoch "
    "chancellor sunak streeting truss boris trump putin mps mp mayor pm minister ministers "
    "politicians holyrood senedd stormont councillors cllrs cabinet"
)

FIGURE_PHRASES = phrases(
    "prime minister, home secretary, health secretary, education secretary, "
    "first minister, police and crime commissioner, lib dems, reform uk"
)

CHARACTERISTIC = listed(
    "islam muslims jews sikhs hindus immigrants migrants foreigners blacks whites asians africans "
    "pakistanis indians romanians bulgarians albanians gypsies feminists gays lesbians homosexuals "
    "queers bisexuals illegals roma gypos tinkers papists prods zionists jihad"
)

# These are as often part of an ordinary request (disabled parking) as of an attack.
MAYBE_CHARACTERISTIC = listed(
    "women females disabled autistic christians catholics protestants refugees asylum poles "
    "travellers chinese trans transgender lgbt lgbtq pensioners boomers oaps"
)

CHARACTERISTIC_PHRASES = phrases(
    "black people, white people, brown people, asian people, gay people, trans people, "
    "disabled people, old people, young people, these foreigners, ethnic minorities, "
    "muslim people, jewish people, trans women, trans men, religion of peace, their own kind"
)
