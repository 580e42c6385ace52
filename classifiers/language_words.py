"""Small words of languages that the model does not know, none of them an English word.

Written for this project from common function words and greetings; words that also occur in English
comments (die, met, plus, gan) are left out, so that English can never gather them.
"""

from __future__ import annotations

SMALL_WORDS = {
    "Welsh": (
        "a'r achos ambell amser angen ardderchog ateb beth ble bod bore bydd byddwch byth cadw "
        "cael chi chi'n chwi criw cymraeg cymru cyngor cywilydd dda ddim dewch diolch diolchgar "
        "dod dros drwy dwi dych ei eich ein eisiau erioed eto ewch fawr fel fi fydd gallu gallwch "
        "gilydd gorsaf gwaith gwarthus gwasanaeth gwelwch gwneud gwych gyda heb heddiw hefyd hwn "
        "hyn hynny i'r iawn llawer mae mae'n mae'r mwy mynd nadolig nawr neges nes nhw ni'n nid "
        "o'r oedd oes ofnadwy oherwydd ond pam pawb plant pobl prynhawn rhag rhai rhaid rhywun "
        "roedd rydw rydych rydyn siarad sut sydd teulu ti tref tân unrhyw wedi weithiau wrth ydy "
        "ydych yma yn yno yr ysgol yw yw'r"
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
        "ale bardzo bez być był była było będzie będą coś czy dla dlaczego dobry dobrze dzień "
        "dzięki dziękuję gdzie ich jak jego jej jest jestem jesteś jesteście już kiedy ktoś która "
        "które który kurwa macie mają mam masz mnie może można nam nas nie nigdy nikt od odbiera "
        "oni otwarta pani po pomoc pożarna praca proszę przez przy się sobotę straż strażacy "
        "szkoła są tak tam tego telefonu teraz też trzeba ty tylko wam więc wszyscy wszystko wy "
        "za zawsze ze źle że żeby"
    ),
    "Romanian": (
        "această acest acești acolo acum ai aici ajutor asta au avem aveți bună cand ce ceva "
        "cineva cu când că daca dacă dar din doar dupa după ea ei este fara fi foarte fost fără "
        "il lor lui mai mea mereu meu mult multumesc mulțumesc niciodată nimeni nimic nu oameni "
        "pe pentru pompieri pompierii prea rog sau scoala sunat sunt să toate toți unde va vine "
        "voi vostru vă ziua îi îl într-o într-un școală și"
    ),
    "French": (
        "au aussi aux avec avoir bien bonjour c'est ce ces cette chez comme d'un d'une dans des "
        "du elles encore est fait ils j'ai jamais je les leur leurs mais merci mes moins mon même "
        "n'est notre nous où parce pas pompiers pour pourquoi qu'il quand que qui rien sans ses "
        "sont sur tes toujours tous tout toute très une vos votre vous ça école été être"
    ),
    "Spanish": (
        "ayuda bomberos buenos como cuando cómo del donde día ellos entre es esa escuela ese eso "
        "esta estar este esto estos está están fue gracias hasta hay hola las les los muy más "
        "nada nosotros nunca para pero por porque que quien qué ser señor siempre sobre su sus "
        "también toda todo todos trabajo tú una ustedes"
    ),
    "Portuguese": (
        "ajuda ao até bom bombeiros como das dia dos eles escola esta estar este está estão foi "
        "há isso isto já mais mas muito nada nas nunca não nós obrigada obrigado olá onde para "
        "por porque quando que quem sem sempre ser seu sobre sua são também todos trabalho tudo "
        "uma você vocês é"
    ),
    "Italian": (
        "abbiamo aiuto alla anche ancora avere bene buongiorno che chi ciao cosa dei del della "
        "delle dove essere fino già gli grazie hai il io lavoro loro mai molto nel nella niente "
        "perché più pompieri quando questa questi questo scuola sei sempre senza siete sono sopra "
        "stato sua suo tutti tutto una voi è"
    ),
    "German": (
        "aber alles als arbeit auch auf aus bei bitte danke das dein dem den der des doch durch "
        "ein eine einen euer feuerwehr für gut guten haben hallo hier hilfe ich ihr immer ist "
        "kein keine mal mehr mit nach nicht nichts nie noch nur oder schon schule sehr sein sich "
        "sie und unser von vor waren warum wenn werden wie wir wird wo zu über"
    ),
    "Dutch": (
        "alles als altijd bedankt bij brandweer dan deze dit een erg geen goed hallo hebben heel "
        "het hier hulp ik je jouw jullie kan maar meer mijn moet naar niet niets nog nooit onze "
        "ook uit van voor waar waarom wel werk wij wordt zich zijn"
    ),
    "Somali": (
        "aad aan ay ayaa baan dabka dadka fadlan haa hadda halkan iyo ka kala ku kuwa leh "
        "mahadsanid marka maya oo shaqada soo tahay tihiin uu waa waxa waxaa waxay yahay"
    ),
    "Turkish": (
        "ama bir biz bu burada daha değil ederim evet gibi hayır hiç ile itfaiye iyi için iş "
        "kadar kötü merhaba mı nasıl ne neden nerede okul olan olarak onlar sen siz sonra "
        "teşekkür teşekkürler var yardım yok çok önce şey şimdi"
    ),
    "Lithuanian": (
        "ačiū aš buvo būti dar darbas dėl gaisrininkai ir jau jie jūs kad kai kaip kodėl kur "
        "labai labas mes mokykla ne niekada niekas nėra pagalba pat prie su taip tik visada visi "
        "viskas yra ši šis"
    ),
    "Hungarian": (
        "aki ami az azt csak egy ez hogy iskola itt jó kérem köszi köszönöm mert minden mindig "
        "mint munka már még nagyon napot nem ott segítség senki soha szia te ti tűzoltók vagy van "
        "volt én és ők"
    ),
    "Czech": (
        "ahoj ale byl byla bylo být díky děkuji hasiči jak je jen ještě jsem jsi jsme jsou jste "
        "kde když která který moc nikdy oni pomoc proč práce při také tato tento už velmi vy "
        "všechno všichni vždy škola že"
    ),
    "Albanian": (
        "asgjë ata dhe edhe faleminderit gjithmonë gjithë jam janë je jemi jeni ju ka kjo ku kur "
        "kurrë ky ndihmë ne nga një nuk në por pse punë për përshëndetje që shkolla shumë ti të "
        "unë zjarrfikësit është"
    ),
    "Urdu in Latin letters": (
        "aap abhi accha acha agar alaikum ap apna apne apni assalam aur bahut bhai bhi bohat "
        "bohot gaya ghar hai hain hamesha hum humara jab janab jazakallah ka kaam kab kabhi kahan "
        "kaise kar karna karo karte ke ki ko koi kuch kya kyun lekin liye logon magar mai "
        "mashallah nahi nahin paise par raha rahe rahi sab sahib salaam shukriya tha thay theek "
        "thi toh tum tumhara woh ye yeh"
    ),
    "Punjabi in Latin letters": (
        "akal apna apne asi bahut changa chardi gaya hai han hun jadon je ji kado kala kar karde "
        "karo ki kithe kiven koi kujh kyon lai mainu nahi nu paji rahe reha sadda sanu sare sat "
        "shukriya sri te theek tuhada tuhanu tusi veer veerji vi waheguru"
    ),
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
    "bairn u ur im dont cant innit mate bro fam lol lmao omg"
)
