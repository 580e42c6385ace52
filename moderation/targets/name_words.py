"""Names that are ordinary words too, and words that are no names.

All stand folded, as.fold leaves them.
"""

from __future__ import annotations

from moderation.targets.listing import listed

# Names that are ordinary words too: they count only with a capital and something beside them.
COMMON_WORDS = listed(
    """
    abbott angel apple april archer art ash august baker ball banks barn barber bass bay beach
    bean bear bell berry best better bill bird bishop black blaze blunt bob book booth boss bowl
    bowman boy bridge bridges bright brook brooks brown bull burn burns bush butcher butler
    butter cape carpenter carter case cash castle chambers chance chase cheese cherry chief
    child christian church clay cliff close cold cole cook cooper court cousin crane cross cup
    curry cutter dale dark dawn day days dean dear dick doc door drake drew driver drum east eve
    fair faith farmer fast field fields finch fish fisher fleet flint flood floods flower
    flowers ford forest foster fox frank freeman friend frost gaffer gamble garden gardener gate
    gates gay ginger glass glen glover gold good gore gown grace grant gray green grey guy hail
    hall hand hands hardy harp hart harvest hay head heath hill hills hogg holiday holly home
    honey hood hook hope horn horne house hunt hunter hurst ivy jack jay joy joyce judge june
    just keen key king kitchen knight lake lamb lance land lane law laws lea lee light little
    lock long lord lot love lucky lynch mace major marina march mark marks marsh mason mate may
    mead meadows mercer mercy merry mike miles mill miller mills moody moon moor moore moss
    mount nice nick noble north oak oaks page pal park parker parks parsons pat patience pearl
    penny pepper person piece pierce pike piper player pleasant plant plum pole pool poole poor
    pope porter post potter pound power powers price prince quick rain ray read red reed rice
    rich rider ridge ring river rivers rob rock root rose row rowan ruby rush sadler sage sailor
    salt sandy sarge savage self sergeant sharp shepherd shield shields ship shore short silver
    singer skinner skip skipper sky small smart snow south spark sparks speed spring star
    starling steel stern stone storm street strong sue sugar summer summers sunny swan sweet
    swift tanner taylor temple thatcher thorn tiny town townsend trees turner tyler vale victor
    vine viola violet wade walker wall walls ward ware waters way weaver webb webster well wells
    west wheeler white wild will winter winters wise wolf wood woods wren wright young abbey
    badger barker barrow beard beck bench bent beth blow border bounds bowler brand brass bread
    brewer brewster broad bullock burden butt button candle cannon carver catch chalk chandler
    chaplain chapel cheer chill choice clear clerk clover coach cobb cock coffin coin comb
    constable coop copper cord corner cotton couch craft craven crisp crook crow crown cutler
    cutting dance dent dew diamond dodge dolly dove down draper duke dunk dyer eagle early earl
    elder english fall fell fence fern ferry fine firth flagg flair flash fold force forge fowl
    frame french fry fuller gale game garland gent gentle gentry goat goldsmith goose grain
    grave grind grove guest gull gunner hack hale hammer harbour harder haven hawk heard heart
    hedge heron high hind hole hollow hooper horse hose hull humble husband ivory jewel jolly
    joiner kettle kite last lawless leach leaf legge lever lily lion loft louder low luck
    mariner marine marker master mere middle mole monk more morning mould mule mutter nail neat
    nest new nightingale noon nunn nutter old onions orchard paradise parish parrot partridge
    pass peach peacock peel pen pew pickles pigeon pinch pitt play plumb plumber pratt pride
    proud purse rabbit race raven reader ready reason rogue rook room roper round rudd rust
    salmon sample sands sawyer scholar seal sears seed setter shade shearer sheriff shine
    shoulder silk skill slack slater sleigh sly smiles snell sole spence spicer spice spinner
    spoon squire stack stamp stead steer still stock stoker stokes strange straw stride stringer
    sudden swallow swann sword tackle tail tailor thrush tiger till tipping toe toogood treasure
    treat true trout truelove tubb twist upright vane vest virgin wake waller warden washer
    watchman waterman weeks welcome wheel whisker whittle wicked widow wiggle willing window
    wing wisdom wish witch with worth yard yew
    """
)

# Names so short that they are mostly something else; only a title or a first name makes them one.
TINY_WORDS = listed(
    """
    al am an as at ay ba be bo by ca da de di do ed el em en er fa fi go ha he hi ho hu id if in
    is it ka ko la le li lo lu ma man may me mi mo my na ng no of oh ok on or pa pi po ro sa see
    she so ta tan the ti to tu uh um un up us vu wa we wu xu ya ye yo you yu
    """
)
# Of the common words, those that stand without “the” in ordinary speech (“price is”, “young and
# old”, “will you”), so that standing bare does not make them names.
BARE_WORDS = listed(
    """
    april ash august bass bay best better bird black blunt brown cash chance christian cheese
    cherry child church clay close cold cook cousin curry dark dawn day days dear dick doc east
    even fair faith farmer fast flint flood floods flowers ford free friend frost garden gay
    ginger glass gold good gore grace gray green grey hail hand hands hardy hay heath holiday
    holly home honey hope house hunt ivy joy june just justice keen lamb land law laws light
    little long lot love low lucky mace major march mark marsh may mercy merry mike miles moss
    nice noble north oak pal park parks patience pearl people pepper pleasant poor porter post
    pound power powers prince quick rain read red rich rice rock round row rush sage salt self
    sharp sherry shore short silver sky small smart snow south spark speed spring star steel
    stern still storm street strong sue sugar summer sunny sweet swift taylor tiny town trees
    wall walls ward water waters way well wells west white wild will winter wise wood woods
    young down early clear cheer chill fine fell fall french english game more last new old high
    head heard heart horse play pride proud race ready reason stock strange straw sudden till
    treat true welcome with worth luck neat morning middle master broad bread blow bent catch
    choice cotton dance force gentle harder hack jolly louder lord pass peel pen skill silk
    slack sand sands wake willing wish price
    """
)

# These are written with a capital in the middle of a sentence too, whoever is meant.
CAPITAL_WORDS = listed(
    """
    april august black brown christian church day dawn dear dick doc east english fair field
    french gay god good green hall hill holiday holly home house hunt king lake law light little
    london long lord love march mark master may new north park parks prince queen red rich road
    rock royal south spring street summer sunny town ward wards well wells west white will
    winter young
    """
)

# Everyday capitalised words that may follow a first name without being its surname.
NOT_SURNAMES = listed(
    """
    i im ive id the a an and but or so if is was has had will would can could should must may
    you your u he she it its they we us them this that these those there here what why when
    where who how not no yes ok thanks thank well good great lovely brilliant please sorry just
    only also then than now never always very really absolutely all both our my me his her their
    at in on of for from to with about by as are were be been do does did dont get got go going
    come off love lol omg happy congratulations xx xxx
    """
)
