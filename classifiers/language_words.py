"""Small words of languages that the model does not know, none of them an English word.

Written for this project from common function words and greetings; words that also occur in English
comments (die, met, plus, gan) are left out, so that English can never gather them.
"""

from __future__ import annotations

SMALL_WORDS = {
    "Welsh": (
        "a'r achos ambell amser angen ardderchog arian ateb athrawon barcio bawb bechod beth "
        "blant ble bobl bod bore bws bydd bydda byddai byddwch byth cachu cadw cael cariad "
        "casgliad celwydd celwyddog cer chi chi'n chwi cinio criw croeso cymraeg cymru "
        "cymuned cyngor cytuno cywilydd dda ddim ddod ddoe deud dewch digon diolch diolchgar "
        "dirwy dod dros drwy dweud dwi dych dysgu dân dîm ei eich ein eisiau erbyn erioed ers "
        "eto ewch farw fawr fel ffordd ffrindiau ffyliaid fi fod fory fyd fydd fyddai fyny "
        "gallu gallwch galon genod gilydd gofyn goleuadau gorsaf grafu gwaith gwarthus "
        "gwasanaeth gweld gwell gwelwch gwirion gwneud gwrando gwych gyda gymuned haeddiannol "
        "hapus heb heddiw hefyd helpwch heol hogia hogiau hwn hwyl hyll hyn hynny i'r iawn "
        "ladd lawr lladd llawer llongyfarchiadau llwyr lwc mae mae'n mae'r mamgu marw mawr "
        "meddwl meddyg merched mwy mwyn mynd nadolig nain nawr neb neges nes newydd nhw ni'n "
        "nid nyrs nyrsys o'r oedd oes ofnadwy oherwydd ond pam parcio pawb penblwydd pentref "
        "plant plîs pobl pobol pryd prynhawn rhag rhai rhaid rhoi rhowch rhywun roedd rwan "
        "rydw rydych rydyn siarad siop siopau stryd sut sydd taid teulu ti toriadau tref "
        "trigolion twpsyn tân tîm unrhyw waeth wedi weithiau werth wnaeth wneud wnewch wrth "
        "wych ydi ydy ydych yfory yma yn yno yr ysbyty ysgol yw yw'r"
    ),
    "Scottish Gaelic": (
        "ach agad againn agam agus aice aig aige airson ann anns bha bhith bho bidh carson cha "
        "chan ciamar càite daoine dhan duine dè eil feasgar fhathast gach gaidhlig glè gu "
        "gàidhlig h-uile iad latha leat leibh leis madainn mòr nach nuair obair oidhche rinn "
        "seirbheis seo sgoil sibh sinn tapadh teine tha uile às"
    ),
    "Irish": (
        "ach acu agaibh againn agat agus anseo aon beidh bhí cad chun conas cén duine dóiteán "
        "faoi freisin fós gach gaeilge leis lá maidin maith mór nach nuair ní níl obair oíche "
        "raibh scoil seo siad sibh tá ón"
    ),
    "Polish": (
        "ale bardzo bez bohaterowie boję brawo brednie być był była było będzie będą chce "
        "chcę chłopaki coś czy dla dlaczego dobry dobrze dodzwonić domu dzieci dzieki "
        "dziekuje dzień dzięki dziękuję gdzie hańba ich jak jebana jebane jebany jego jej "
        "jest jestem jesteś jesteście już kiedy ktoś która które który kurwa kurwo lekarz "
        "ludzie macie mają mam masz mnie mogę moj moja moje może można mój nam nas nasz nasze "
        "nie nigdy nikt od odbiera oni otwarta otwarte pani po pomoc pomocy pozdrawiam "
        "pozdrowienia pożar pożarna praca proszę przez przy robota sie się skurwysyn sobotę "
        "spierdalaj straż strażacy strażaków szacunek szkole szkoła szmata szpital są tak tam "
        "tego telefonu teraz też trzeba ty tylko umrzec umrzeć wam wielkie więc wracaj wstyd "
        "wszyscy wszystkim wszystko wy wypierdalaj za zabic zabije zabiję zabić zawsze "
        "zdechniesz zdechnij ze śmierć świetna źle że żeby"
    ),
    "Romanian": (
        "această acest acești acolo acum ai aici ajutor asta au avem aveți baieti bine bună "
        "băieți cand ce ceva cineva copii copiii cu când că daca dacă dar din doamne doar "
        "dracu dupa după ea ei eroi este fara felicitari felicitări fi foarte fost frumos "
        "fără il lor lui mai mea mereu meu moarte morti mortii mult multumesc multumim "
        "mulțumesc mulțumim niciodată nimeni nimic nu oameni oamenii omor pe pentru pompieri "
        "pompierii prea pula raspunde rog răspunde sau scoala spitalu spitalul sunat sunt să "
        "toate toți unde va vine voi vostru vă ziua îi îl într-o într-un școală și țara"
    ),
    "French": (
        "arrêtez au aussi aux avec avoir beaucoup bien bonjour bonne c'est casse ce ces cette "
        "chez comme connard connasse d'un d'une dans des du elles encore est fait "
        "félicitations gars gueule ils j'ai jamais je les leur leurs mais maison menteur "
        "menteurs mentir merci merde mes meurs moins mon mourir même n'est notre nous nuls où "
        "parce pas pompiers pour pourquoi pute qu'il quand que quel quelle qui rien salope "
        "sans secours ses sont tes toi toujours tous tout toute très tu tuer une vais veux "
        "vos votre vous ça école équipe été êtes être"
    ),
    "Spanish": (
        "ayuda bomberos buen buenos cabron cabrón callate como cuando cuándo cállate cómo del "
        "donde día dónde ellos entre equipo es esa escuela ese eso esta estar este esto estos "
        "está están felicidades felicitaciones fue fuego gilipollas gracias hasta hay hijo "
        "hijos hola héroes las les los matar mierda morir muchas muere muerte muy más nada "
        "nosotros nunca para pero por porque puta puto que quien quiero qué ser señor siempre "
        "sobre su sus también tiene tienen toda todo todos trabajo tú una ustedes vete "
        "vosotros voy vuestra"
    ),
    "Portuguese": (
        "ajuda ao aos até bom bombeiros caralho como das dia dos eles equipa equipe escola "
        "esta estar este está estão fica filho fogo foi heróis há isso isto já mais mas matar "
        "merda morre morrer muito nada nas nunca não nós obrigada obrigado olá onde para "
        "parabéns pela pelo por porque puta quando que quem quero sem sempre ser seu sobre "
        "sua são também todos trabalho tudo uma você vocês vou é ótimo"
    ),
    "Italian": (
        "abbiamo aiuto alla ammazzo anche ancora avere bene bravi bruciare buona buongiorno "
        "che chi ciao complimenti cosa dei del della delle dove essere fino fuoco già gli "
        "grazie hai il io lavoro loro mai merda molto morire muori nel nella niente perché "
        "più pompieri puttana quando quanto questa questi questo ragazzi scuola sei sempre "
        "senza siete sono sopra stato stronza stronzo sua suo tutte tutti tutto uccido una "
        "vaffanculo voglio voi è"
    ),
    "German": (
        "aber alles als arbeit arschloch auch auf aus bei bist bitte brennt bringe dank danke "
        "das dein dem den der des doch dumme durch ein eine einen euer feuerwehr fotze für "
        "gemacht gut guten haben hallo herzlichen hier hilfe hure ich ihr immer ist kein "
        "keine leute mal mehr mein meine mit nach nicht nichts nie noch nur oder scheisse "
        "scheiße schon schule schön sehr sein sich sie sterben tolle töten umbringen und "
        "unser verpiss vielen von vor waren warum wenn werden wichser wie wir wird wo zu über"
    ),
    "Dutch": (
        "alles als altijd bedankt bij brandweer dan deze dit een erg geen goed hallo hebben "
        "heel het hier hulp ik je jouw jullie kan maar meer mijn moet naar niet niets nog nooit "
        "onze ook uit van voor waar waarom wel werk wij wordt zich zijn"
    ),
    "Somali": (
        "aad aan ay ayaa baad baan caawimaad dab-damiska dabka dadka dhammaan dhan fadlan haa "
        "hadda halkan ilaahay iyo ka kala ku kuwa leh mahadsan mahadsanid mahadsantihiin marka "
        "maya oo qof shaqada soo tahay tihiin uu waa waad walaal waxa waxaa waxay yahay"
    ),
    "Turkish": (
        "ama bir biz bu burada daha değil ederim elinize emeğinize evet gelsin gibi hayır hiç "
        "ile itfaiye iyi için iş kadar kolay kötü merhaba mı nasıl ne neden nerede okul olan "
        "olarak onlar sağol sağolun sen siz sonra teşekkür teşekkürler var yardım yok çok önce "
        "şey şimdi"
    ),
    "Lithuanian": (
        "aciu atidaryta ačiu ačiū aš buvo būti dar darbas dėkoju dėkui dėl gaisrininkai jau jie "
        "jūs kada kai kaip kodėl labai labas mes mokykla ne niekada niekas nėra pagalba pat "
        "prie puiku su taip tik uz už vaikai visada visi viskas yra šaunuoliai ši šis"
    ),
    "Hungarian": (
        "aki ami az azt csak egy ez hogy iskola itt jó kérem köszi köszönöm mert minden mindig "
        "mint munka már még nagyon napot nem ott segítség senki soha szia te ti tűzoltók vagy "
        "van volt én és ők"
    ),
    "Czech": (
        "ahoj ale byl byla bylo být díky děkuji hasiči jak je jen ještě jsem jsi jsme jsou jste "
        "kde když která který moc nikdy oni pomoc proč práce při také tato tento už velmi vy "
        "všechno všichni vždy škola že"
    ),
    "Albanian": (
        "asgjë ata dhe edhe faleminderit gjithmonë gjithë jam janë je jemi jeni ju ka kjo ku "
        "kurrë ky ndihmë ne nga një nuk në por pse punë për përshëndetje që shkolla shumë ti të "
        "unë zjarrfikësit është"
    ),
    "Urdu in Latin letters": (
        "aap abhi accha acha agar alaikum ap apna apne apni assalam aur bahut behenchod bhai "
        "bhi bilkul bohat bohot chahiye dena diya dua duaein gaya ghar hai hain hamesha "
        "haramzada haramzadi hoga hogi hua hum humara jab janab jazak jazakallah ka kaam kab "
        "kabhi kahan kaise kar karein karna karo karte ke khush ki kiya ko koi kuch kutta "
        "kutte kutti kya kyun lekin liye logon madad madarchod magar mai marjao marunga "
        "mashallah meherbani mujhe nahi nahin paise raha rahe rahi rakhe sab sahib salaam "
        "shukria shukriya tha thay theek thi toh tum tumhara wala wali woh ye yeh zyada"
    ),
    "Punjabi in Latin letters": (
        "akal apna apne asi bahut bohut changa chardi dhannvad dhanvaad gaya hai han hun jadon "
        "je ji kado kala kar karde karo ki kithe kiven koi kujh kyon lai mainu nahi nu paji "
        "rahe reha saade sadda sanu sare sat shukriya sri te theek tuhada tuhadi tuhanu tusi "
        "tusin vadhiya veer veerji vi waheguru"
    ),
    "Latvian": (
        "arī jums jūs kāpēc labdien liela liels mums nav paldies skola slimnīca ugunsdzēsēji "
        "visiem ļoti"
    ),
    "Slovak": (
        "ako hasiči kde kedy nemocnica nie pekne prečo som ste sú veľmi všetkým ďakujem "
        "ďakujeme škola že"
    ),
    "Swahili": (
        "asante habari hospitali karibu kwa kwenu lini msaada nini ninyi sana shule tafadhali "
        "wapi watu wote"
    ),
    "Filipino": (
        "bakit hindi inyong kailan kayo lahat maraming mga naman ninyo po saan salamat tulong"
    ),
}

# Words that other languages or English also use: they count only beside a word from above.
COMPANIONS = {
    "Welsh": "a am ar bach bore da dim i lle mam na ni nos o pob un y",
    "French": "a bonne bravo me mille on une",
    "Italian": "a bravo i me mille no super",
    "Romanian": "a bravo doamne i o",
    "Spanish": "a bravo gran me no",
    "Portuguese": "a as bravo do gente me no o",
    "Polish": "a do i o super to",
    "Filipino": "ang sa",
    "German": "am an in so will",
    "Latvian": "ar no par",
}
# Languages that share a script are told apart by these.
SCRIPT_WORDS = {
    "Ukrainian": "дякую дякуємо дуже щиро будь ласка що немає коли школа де",
    "Russian": "спасибо большое очень что когда это как где почему пожалуйста молодцы всем",
    "Bulgarian": "благодаря много какво кога къде защо няма сте браво",
}

# Everyday English words, with those of dialect and text speak, to weigh against the others.
ENGLISH_WORDS = (
    "the a an and or but if then so because of to in on at by for with from about into over "
    "after before off out up down under again there here this that these those it its it's is "
    "isn't are was were be been being am do does did don't didn't doesn't have has had having "
    "will would can can't could should won't shall may might must i i'm i've i'll you you're "
    "your yours he she they we me him her them us my our their his hers what when where who "
    "why how which all any some no not more most much many just only very too also even still "
    "never always ever now today people like good bad great well get got go going come make "
    "know think see want need thank thanks love please one two new time day own than as "
    "nothing something someone everyone way back right fire station crew council nurse "
    "service job work ye yer wee aye nae dae wi tae fae wisnae cannae dinnae divvent gan wor "
    "bairn u ur im dont cant innit mate bro fam lol lmao omg lads lass lasses guys folks pal mates "
    "brother brothers sis lovely brilliant amazing done best keep cheers happy everybody family "
    "team "
    "fantastic jobs bless hero heroes legend legends"
)
