"""Given names and short forms that people in Britain have, by the gender they mostly go with.

They keep “Kevin Okafor” from being read as our Dana Okafor, and tell “Mrs Young” from “Mr Young”.
All stand folded, as reading.fold leaves them.
"""

from __future__ import annotations

from collections.abc import Collection

from moderation.targets.listing import listed

MEN = listed(
    """
    aaron abdul adam adebayo adewale adrian ahmed aidan alan alasdair albert alec aled alexander
    alfie alfred ali alistair allan allen amir andrew andy angus anil anthony antony ant archie
    arjun arnold arthur barney barry baz ben benjamin bernard bert bill billy bob bobby boris
    brad bradley brendan brett brian bruce bryan bryn callum cameron carl cedric charles charlie
    chidi chris christopher clarence clifford clive colin conor connor craig curtis cyril dafydd
    damian dan daniel danny darren dave david davey dean declan delroy dennis derek dermot
    desmond dewi dilip dom dominic don donald dougie doug douglas duncan dylan eamonn ed eddie
    edward edwin elliot emeka emlyn emyr eric ernest ethan euan evan ewan faisal farooq fergus
    finlay finn francis frank fraser fred freddie frederick gareth gary gavin gaz geoff geoffrey
    george geraint gerald gerard gethin giles glen glyn gordon graeme graham grant greg gregory
    gurdeep guy gwyn hamish hamza harold harry harvey hassan haydn hector henry herbert horace
    howard hugh hugo huw hywel iain ian idris imran ifan iqbal irfan isaac ivan ivor iwan jack
    jacob jake jamal james jamie jason javed jeff jeffrey jeremy jerome jez jim jimmy joe joel
    john johnny jon jonathan jonny joseph josh joshua julian justin kamil karl keith ken kenneth
    kenny kev kevin khalid kieran kofi krzysztof kwame kyle lachlan larry laurence lawrence len
    lenny leo leon leonard leroy lewis liam lloyd louis luca lucas lukasz luke magnus malcolm
    malik marc marcus marek mark martin martyn mateusz matt matthew maurice max mehmet michael
    mick mike mikey mo mohamed mohammad mohammed mohsin muhammad murdo mustafa nathan nathaniel
    ned neil niall nicholas nigel noah noel norman oliver ollie olly oluwaseun olusegun omar
    oscar osman owain owen paddy patrick paul pawel percy pete peter phil philip phillip pierre
    piotr pradeep rahul raj ralph ramesh rashid ravi ray raymond reece reg reginald rhodri rhys
    richard rick ricky rob robbie robert rod roderick rodney roger roland ron ronald ronnie rory
    ross roy rufus rupert russell ryan sajid saleem sanjay scott sean seamus sebastian shaun
    shane shawn sid sidney simon sion stan stanley stefan stephen steve steven stewart stuart
    sunil tahir tariq ted terence theo thomas tim timothy tobias toby todd tom tommy tomasz
    tomos tony trevor tristan tunde umar usman vernon victor vikram vincent vince wayne wesley
    wes wilfred will william winston yusuf zac zachary zeeshan
    """
)
WOMEN = listed(
    """
    abbie abby abigail adaeze agnes agnieszka aileen aisha aishah aleksandra alexandra alice
    alison amanda amara amelia amina amy andrea angela angie anita anjali ann anna anne annabel
    annie anya aoife asha audrey ava ayesha barbara beatrice becky bernadette beryl beth bethan
    betty beverley brenda bridget bronwen caitlin carla carly carol caroline carolyn carys cath
    catherine cathy catriona ceri charlotte chantelle cheryl chloe christina christine claire
    clara clare clodagh colleen constance cynthia daisy dana dani danielle daphne dawn debbie
    deborah debs debra delia denise diana diane dolores donna doreen doris dorothy edith eileen
    eilidh eira eirlys elaine eleanor eleri elin elizabeth ella ellen ellie elsie emily emma
    enid erin esther ethel eve evelyn evie ewa farah fatima felicity ffion fiona flora florence
    folasade frances freya gail gemma georgia georgina geraldine gill gillian ginny gladys
    glenda gloria grace grainne gwen gwenda hannah harriet hayley hazel heather heidi helen
    helena hilary hilda holly imogen ingrid irene iris isabel isabella isla jackie jacqueline
    jade jane janet janice jasmine jayne jean jeanette jemima jen jenna jennifer jenny jess
    jessica jill jo joan joanna joanne jodie josephine joy joyce judith judy julia julie june
    karen kasia kate katarzyna katherine kathleen kathryn kathy katie katrina kayleigh keira
    kelly kerry kirsty krystyna lara laura lauren leah leanne lesley lily linda lindsay lisa liz
    lizzie lois lorna lorraine louise lucy lydia lynda lynn lynne mabel madeleine magda
    magdalena maggie maisie malgorzata mandy margaret maria marian marie marion marjorie martha
    mary maureen mavis megan melanie melissa meera mia michelle mildred millie miriam moira
    molly mona monica morag morwenna muriel myra nadia nancy naomi natalie natasha nellie nerys
    ngozi nia niamh nicola nina nora noreen norma nuala olga olive olivia orla paige pam pamela
    parveen patricia patsy paula pauline pearl peggy penelope penny philippa phoebe phyllis
    pippa polly poppy precious priya rachel rebecca rhian rhiannon rita roisin rosalind rosemary
    rosie rowena roxanne ruby rukhsana ruth sadia sally samantha sandra sara sarah saoirse
    shabana shanice sharon sheila shelly shirley shona sian sinead siobhan sonia sophia sophie
    stacey stella stephanie sue sunita susan susannah suzanne sylvia tabitha tamara tanya tara
    teresa tess theresa thelma tina tracey tracy trish una ursula valerie vanessa vera verity
    veronica victoria violet vicky vivien vivienne wendy wilma winifred yasmin yetunde yvette
    yvonne zadie zahra zainab zara zoe zofia
    """
)
EITHER = listed(
    """
    alex ashley casey charlie chris darcy dee frankie gurpreet harjit harper jan jay jaz jesse
    jordan kai kay kim lee leslie loz manpreet marley mel morgan nat nic nick nicky pat rae
    reese ricki riley robin robyn rowan sam sandy shannon sky taylor terry tyler val viv
    """
)
GIVEN_NAMES = MEN | WOMEN | EITHER

# A title says it more surely than the name.
MENS_TITLES = listed("mr sir lord father")
WOMENS_TITLES = listed("mrs miss ms dame lady")


def gender_of(word: str) -> str:
    """Return "m" or "f" where a title or a given name says it, else nothing."""
    if word in MENS_TITLES or word in MEN:
        return "m"
    return "f" if word in WOMENS_TITLES or word in WOMEN else ""


_HE = listed("he him his himself hes")
_SHE = listed("she her hers herself shes")


def gender_said(low: Collection[str]) -> str:
    """Return "m" where a text says “he”, "f" where it says “she”, nothing where both or neither."""
    he, she = not _HE.isdisjoint(low), not _SHE.isdisjoint(low)
    if he == she:
        return ""
    return "m" if he else "f"
