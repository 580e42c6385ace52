"""Names that are words, words that are no names, and names that many people have.

All stand folded, as reading.fold leaves them.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Names that are ordinary words too: they count only with a capital and something beside them.
COMMON_WORDS = _words(
    """
    abbott angel apple april archer art ash august baker ball banks barn barber bass bay beach bean
    bear bell berry best better bill bird bishop black blaze blunt bob book booth boss bowl bowman
    boy bridge bridges bright brook brooks brown bull burn burns bush butcher butler butter cape
    carpenter carter case cash castle chambers chance chase cheese cherry chief child christian
    church clay cliff close cold cole cook cooper court cousin crane cross cup curry cutter dale
    dark dawn day days dean dear dick doc door drake drew driver drum east eve fair faith farmer
    fast field fields finch fish fisher fleet flint flood floods flower flowers ford forest foster
    fox frank freeman friend frost gaffer gamble garden gardener gate gates gay ginger glass glen
    glover gold good gore gown grace grant gray green grey guy hail hall hand hands hardy harp hart
    harvest hay head heath hill hills hogg holiday holly home honey hood hook hope horn horne
    house hunt hunter hurst ivy jack jay joy joyce judge june just keen key king kitchen knight
    lake lamb lance land lane law laws lea lee light little lock long lord lot love lucky lynch
    mace major marina march mark marks marsh mason mate may mead meadows mercer mercy merry mike
    miles mill miller mills moody moon moor moore moss mount nice nick noble north oak oaks page
    pal park parker parks parsons pat patience pearl penny pepper person piece pierce pike piper
    player pleasant plant plum pole pool poole poor pope porter post potter pound power powers
    price prince quick rain ray read red reed rice rich rider ridge ring river rivers rob rock
    root rose row rowan ruby rush sadler sage sailor salt sandy sarge savage self sergeant sharp
    shepherd shield shields ship shore short silver singer skinner skip skipper sky small smart
    snow south spark sparks speed spring star starling steel stern stone storm street strong
    sue sugar summer summers sunny swan sweet swift tanner taylor temple thatcher thorn tiny town
    townsend trees turner tyler vale victor vine viola violet wade walker wall walls ward ware
    waters way weaver webb webster well wells west wheeler white wild will winter winters wise
    wolf wood woods wren wright young
    """
)

# Everyday capitalised words that may follow a first name without being its surname.
NOT_SURNAMES = _words(
    """
    i im ive id the a an and but or so if is was has had will would can could should must may
    you your u he she it its they we us them this that these those there here what why when where
    who how not no yes ok thanks thank well good great lovely brilliant please sorry just only also
    then than now never always very really absolutely all both our my me his her their at in on of
    for from to with about by as are were be been do does did dont get got go going come on off
    love lol omg happy congratulations xx xxx
    """
)

# Given names and short forms that people have, so that “Kevin Okafor” is not our Dana Okafor.
GIVEN_NAMES = _words(
    """
    aaron abbie abdul abigail adam adrian agnieszka ahmed aisha alan alex alexander alexandra alfie
    ali alice alison amanda amelia amina amir amy andrea andrew andy angela anna anne annie anthony
    antony anya arjun arthur asha ashley ayesha barbara barry becky ben benjamin bernard beth betty
    beverley billy bob bobby brenda brian bronwen bruce bryan callum cameron carl carla carly carol
    caroline catherine cath charles charlie charlotte cheryl chloe chris christine christopher
    claire clare clive colin connor courtney craig dafydd daisy damian dan dani daniel danielle
    danny darren dave david dawn dean debbie deborah declan denise dennis derek diane dom dominic
    donald donna doreen dorothy doug douglas duncan dylan ed eddie edward eileen elaine eleanor
    elizabeth ella ellen ellie emily emma eric erin ethan euan evan evie faisal farah fatima fiona
    frances francis frank fred freya gareth gary gavin gemma geoff george georgia gerald geraint
    gill gillian glen gordon grace graeme graham greg gurpreet gwen hamza hannah harjit harriet
    harry harvey hayley heather helen henry holly howard hugh ian imran iqbal irene isaac isabel
    isla ivan iwan jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jason
    jasmine jay jayne jean jeff jen jenna jennifer jenny jeremy jess jessica jill jim jimmy jo joan
    joanna joanne joe joel john johnny jon jonathan jordan joseph josh joshua joyce judith judy
    julia julian julie june justin kamil karen karl kate katherine kathleen kathryn kathy katie
    kay keith kelly ken kenneth kerry kev kevin khalid kieran kim kirsty kyle lauren laura lee leah
    leanne len leo leon leonard lesley leslie lewis liam linda lindsay lisa liz lizzie lloyd logan
    lorraine louis louise luca lucy luke lynn lynne maggie malcolm mandy marc marcus margaret maria
    marian marie marion mark martin martyn mary mateusz matt matthew maureen max megan mel melanie
    melissa mia michael michelle mick mike miriam mo mohamed mohammad mohammed molly mohsin morag
    muhammad nadia naomi natalie natasha nathan neil niall nicholas nick nicky nicola nigel nina
    noah norman olivia oliver ollie omar oscar owen paige pam pamela patricia patrick paul paula
    pauline peter pete phil philip phillip phoebe piotr polly poppy pradeep priya rachel rahul raj
    ralph ravi ray raymond rebecca reece rhian rhys richard rick ricky rita rob robert robin robyn
    rod roger ron ronald rory rosie ross roy russell ruth ryan sadia sally sam samantha samuel
    sandra sanjay sara sarah scott sean shane shannon sharon shaun sheila shirley shona sian simon
    siobhan sonia sophie stacey stan stella stephanie stephen steve steven stewart stuart sue
    susan suzanne sylvia tahir tanya tariq ted teresa terry theo theresa thomas tim timothy tina
    toby todd tom tommy tony tracey tracy trevor usman valerie vanessa vera veronica vicky victoria
    vikram vincent wayne wendy wes william yasmin yusuf yvonne zac zahra zainab zara zoe
    """
)
