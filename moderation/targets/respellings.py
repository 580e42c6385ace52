"""Given names that are spelt in several ways: Siân and Shan, Mohammed and Muhammad."""

from __future__ import annotations

# One line a name, as people in Britain hear and spell it; each stands for all the others.
_LINES = """
aisha ayesha aysha aishah
aled alled
aoife eefa efa ifa
agnieszka agnieska agneszka agniezka agnes
alan allan allen alun
alistair alasdair alastair alister
amir ameer
ann anne
aneurin nye
beverley beverly
bronwen bronwyn
catherine katherine kathryn catharine katharine cathryn
callum calum
ciaran kieran kieron keiran
claire clare clair
darren darran daren
debra deborah debora
dylan dillon
ewan euan ewen owen
eilidh ailee aylee eileigh
elliot eliot elliott
emlyn emlin
fatima fatema fatimah
ffion fion feeon
gareth garath
geoffrey jeffrey geoff jeff
gethin gethyn
graham graeme grahame
gurdeep gurdip gurdeap
hannah hanna
harjit harjeet
huw hugh hew
ian iain
imran emran imraan
jon john
katarzyna kasia katazyna katarzina
kelly kelley kellie
kirsty kirstie
krzysztof krystof christof
leanne leeanne lianne
lesley leslie
llewellyn llewelyn lewellyn
lukasz lucas lukas lukash
lynn lynne
malgorzata gosia
mark marc
mohammed mohamed muhammad mohammad muhammed mohamad mohamud mahomed mehmed
neil neal
niamh neve neave niav neeve
nicola nichola
ngozi ngosi
oluwaseun seun oluseun
olusegun segun
parveen parvin perveen
pawel paul
philip phillip
piotr peter pete
priya preya pria
rachel rachael
rebecca rebekah
rhiannon rianon rhianon
rhys reece rees reese
robin robyn
roisin rosheen
rukhsana ruksana roksana
sara sarah
saoirse sersha
sean shaun shawn
shanelle chanelle chanel
sian shan sharn
sinead shinead
siobhan shevaun shivaun chevonne siobhain shiv
stephen steven stephan
stuart stewart
susan suzanne
tariq tarik
tomasz tomek thomas tom
tracey tracy
wojciech wojtek
yusuf yousuf yousef yusef youssef
yvonne evonne
zainab zaynab zeinab
zofia sofia zosia sophia
"""

RESPELT = tuple(frozenset(line.split()) for line in _LINES.strip().splitlines())
