"""Short forms and other spellings of given names, both ways: “Trev” may be our Trevor."""

from __future__ import annotations

from moderation.targets.respellings import RESPELT

# One line a name: the full forms before the colon, the short ones after it; all folded.
_LINES = """
abigail: abby abi
agnieszka: aga agnes
alan allan allen: al
aleksandra alexandra: alex sandra ola lexi
alexander: alex alec sandy xander
amanda: mandy
andrew: andy drew
angela: ange angie
anthony: tony ant
barbara: barb babs
barry: baz bazza
benjamin: ben benny
bernard: bernie
beverley: bev
bradley: brad
brendan: bren
bridget: bridie biddy
cameron: cam
carol caroline carolyn: caz carrie
catherine katherine kathryn kathleen: kate katie cath cathy kath kathy kat kitty
charles: charlie chas chaz
charlotte: charlie lottie char
christine christina: chris tina chrissie
christopher: chris kit
colin: col
cynthia: cindy
daniel: dan danny
danielle: dani dan
david dafydd: dave davey dai daf
deborah: deb debs debbie
denise: den
derek: del degsy
dominic: dom
donald: don donny
dorothy: dot dotty
douglas: doug dougie duggie
edward: ed eddie ted teddy ned
eleanor: ellie nell nora
elizabeth: liz lizzie beth betty betsy eliza libby lisa
emily: em emmy
emma: em
emmanuel: manny
ewan euan: ewie
fiona: fi fee
florence: flo
francis: frank frankie
frances: fran frankie
frederick: fred freddie
gabriel gabrielle: gabe gabby
gareth: gaz gary
gary: gaz gazza
geoffrey: geoff
gerald gerard: gerry ged
gillian: gill jill
gordon: gordy
graham graeme: gray
gregory: greg
hannah: han
harold: harry
harriet: hattie harry
helen: nell
henry: harry hal
hugh: hughie
imran: immy
isabel isabella: izzy bella
jacqueline: jackie jacqui
james: jim jimmy jamie
janet: jan
jasmine: jaz jas
jeffrey: jeff
jennifer: jen jenny jenni
jeremy: jez jezza
jessica: jess jessie
joanna joanne: jo joey
john: johnny jack
jonathan: jon jonny jono
joseph: joe joey
joshua: josh
joyce: joy
judith: judy jude
julia julie: jules
kamaljit kamal: kam
kenneth: ken kenny
kevin: kev
kimberley: kim
kirsty: kirst
laurence lawrence: larry laurie loz
lauren: loz
leonard: len lenny leo
leslie lesley: les
louise: lou
lucy: luce
malcolm: malc mal
margaret: maggie meg peggy marge mags
maria marie: mia
martin: marty
matthew: matt matty
maureen: mo
maurice: mo
megan: meg
melanie: mel
michael: mike mick mickey micky
michelle: shell shelly chelle
mohammed mohamed muhammad mohammad: mo
natalie: nat
nathan nathaniel: nath nate
nicholas: nick nicky
nicola: nicky nic nikki
nigel: nige
oliver: ollie olly
olivia: liv livvy
oluwaseun: seun
pamela: pam
patricia: pat tricia trish patsy
patrick: pat paddy
paula: paul
penelope: penny
peter: pete
philip phillip: phil pip
philippa: pip pippa
priscilla: cilla
rachel: rach
raymond: ray
rebecca: becky becca bex
reginald: reg reggie
rhiannon: rhi
richard: rick ricky rich dick dickie richie
robert: rob bob bobby robbie bert
roderick: rod roddy
roger: rog
ronald: ron ronnie
rosemary: rose rosie
rukhsana: roxy
russell: russ
samantha: sam sammy
samuel: sam sammy
sandra: sandy
sarah: sal sally
sean shaun: shauny
sharon: shaz shazza
simon: si
sophie: soph
stacey: stace
stanley: stan
stephanie: steph
stephen steven: steve stevie ste
stewart stuart: stu stewie
susan suzanne: sue susie suzie suz
tamara: tammy
terence: terry tel
theodore: theo ted
theresa teresa: terry tess tessa
thomas: tom tommy
timothy: tim
tracey tracy: trace
trevor: trev
valerie: val
veronica: ronnie vera
victoria: vicky vicki vick tori
vincent: vince vinny
vivienne: viv
wendy: wend
william: will bill billy willie liam
winifred: win winnie
yusuf: yus
zachary: zac zak
"""


def _table() -> dict[str, frozenset[str]]:
    others: dict[str, set[str]] = {}
    for line in _LINES.strip().splitlines():
        full, _, short = line.partition(":")
        for name in full.split():
            others.setdefault(name, set()).update(short.split())
            for known in short.split():
                others.setdefault(known, set()).add(name)
    for forms in RESPELT:
        for name in forms:
            others.setdefault(name, set()).update(forms - {name})
    return {name: frozenset(found) for name, found in others.items()}


OTHER_FORMS = _table()
