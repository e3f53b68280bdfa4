### Ord som alla handböcker delar. Kort, varmt, enkelt: vad man gör härnäst, inga anklagelser, ingen jargong.

## Tider, listor, betyg

time-tomorrow = i morgon { $time }
time-yesterday = i går { $time }
time-day = { $day } { $time }
duration = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } tim { $minutes } min
}
scale-of = { $mark } av 5
scale-1 = 1 – inte alls
scale-2 = 2
scale-3 = 3
scale-4 = 4
scale-5 = 5 – helt och hållet
cancel = Avbryt
close = Stäng
more = Mer …
not-known = inte känt ännu
nothing-yet = inget ännu
said-nothing = (inget skrevs)
severity-1 = irriterad kund
severity-2 = upprörd kund
severity-3 = akut läge

## Kortet för den som har kunden

say = Så här
never = Undvik
card-title = { $place } av { $of } ·
card-missing = Saknas ännu: { $what }
card-severe = Akut: en teamledare har fått veta det direkt.
card-taken = { $who } är med sedan { $time }. Du är fortfarande kundens kontakt.
card-pinged = Jag frågar { $who } om hjälp.
card-handed = Överlämnat till { $who }.
card-dropped = Avslutat: falskt larm.
card-closed = Ärendet är klart. Tack för att du höll i det ända till slutet.
card-not-started = Inte startat ännu.
group-prevention = Vad som hindrar det nästa gång
note-last = Lägesrapport, { $time }
note-at = Läget, { $time }
taken = { $who } tar det och är på väg.
advised = { $who } ger dig ett råd:
prevention-title = För att det inte ska hända igen: { $what }
prevention-late = Inte gjort i tid: { $what }
prevention-late-body = Det skulle hindra att det händer igen. Fråga { $who } vad som står i vägen.
prevention-done = Klart { $time }.
prevention-press = Det är gjort
approval-title = { $who } undrar om vi får ge { $amount }
approval-why = Varför du: det är mer än vad din kollega får besluta. Du får godkänna upp till { $limit }.
approval-why-any = Varför du: det är mer än vad din kollega får besluta, och du får godkänna det.
approval-moved = Jag har frågat nästa person också; första svaret gäller.
approval-gone = Frågan är inte öppen längre.
approval-end-granted = { $who } godkänner { $amount }
approval-end-less = { $who } godkänner { $granted } av { $amount }
approval-end-refused = { $who } godkänner inte { $amount }: { $why }
approval-end-expired = Ingen hann svara om { $amount }
approval-end-alone = { $who } får själv besluta om { $amount }
approval-told = { $who } har fått veta det.
approval-own = Du får själv besluta om upp till { $amount }.
approval-alone = { $amount }: det får du besluta om själv.
approval-asked = Jag har bett { $who } godkänna { $amount }. Lova det inte än.
approval-granted = { $who } godkänner { $amount }. Nu kan du lova det.
approval-less = { $who } godkänner { $amount }, inte hela summan. Nu kan du lova det.
approval-refused = { $who } godkänner inte { $amount }: { $why }
approval-expired = Ingen har svarat om { $amount }. Erbjud det du själv får besluta om, eller fråga igen med ”Rätta”.
approval-allow = Godkänn
record-allowed = Godkänt av
record-allowed-limit = { $who }: { $amount }, inom en gräns på { $limit }
record-allowed-any = { $who }: { $amount }
taken-over = { $who } tar över kunden nu. Tack, du kan släppa det.
snooze = Påminn mig om 15 minuter
snoozed = Jag påminner dig { $time }.
help-coming = Jag har bett { $who } att hjälpa dig.
help-coming-later = Just nu får jag inte störa någon. Jag frågar { $who } så snart jag får: { $time }.
help-coming-channel = Jag har bett om hjälp åt dig i teamets kanal.
help-coming-channel-later = Just nu får jag inte störa någon. Jag frågar i teamets kanal så snart jag får: { $time }.
handed = { $who } har lämnat över det här ärendet till dig. Hela historien står på kortet här ovanför.

offer-title = Det låter som en upprörd kund. Ska vi ta det tillsammans?
offer-why = Jag hörde: { $why }. Bara du kan se det här.
offer-accept = Coacha mig
offer-decline = Falskt larm
offer-taken = Vi är i gång. Kortet ligger i vår privata chatt.
offer-dropped = Jag förstår, falskt larm. Tack, det hjälper mig att lyssna bättre.

## Formulär

form-answer = Svara
    .title = Svara
    .submit = Spara
form-correct = Rätta: { $step }
    .title = Rätta
    .submit = Spara
form-skip = Hoppa över steget
    .title = Hoppa över steget
    .submit = Hoppa över
form-handover = Lämna över
    .title = Lämna över
    .submit = Lämna över
form-drop = Falskt larm
    .title = Falskt larm
    .submit = Avsluta
form-switch = Använd en annan metod
    .title = En annan metod
    .submit = Använd den
form-help = Ta hjälp av teamledare
    .title = Ta hjälp av teamledare
    .submit = Fråga nu
form-note = Lägesrapport
    .title = Lägesrapport
    .submit = Spara
form-advise = Ge ett råd
    .title = Ett råd, privat
    .submit = Skicka till medarbetaren
form-allowless = Godkänn mindre
    .title = Godkänn mindre
    .submit = Godkänn summan
form-deny = Säg nej
    .title = Säg nej
    .submit = Säg nej
form-postpone = Det tar längre tid
    .title = Det tar längre tid
    .submit = Spara
form-pass = Skicka vidare
    .title = Skicka vidare
    .submit = Fråga personen
form-reopen = Kunden har hört av sig igen
    .title = Öppna ärendet igen
    .submit = Öppna igen
form-start = Starta ett ärende
    .title = Starta ett ärende
    .submit = Starta
    .said = Vad är det som händer?
    .hint = En rad räcker: vad kunden säger, eller vad som gick fel.
form-language = Språk och tid
    .title = Språk och tid
    .submit = Spara
    .lang = Ditt språk
    .zone = Din tidszon
    .hint = Till exempel Europe/Stockholm.
input-reason = Varför?
input-why = Vad behöver du?
input-advice = Ditt råd, bara för medarbetaren
    .hint = En sak att säga eller göra nu.
input-allowless = Hur mycket?
input-deny = Varför inte? Din kollega läser det här.
input-until = Till när?
input-pass = Vem ska ta det?
input-reopen = Vad är fel nu?
input-note = Vad har du sagt till kunden?
input-method = Vilken?
input-to = Till vem?

## Teamledaren

ping-title = { $who } behöver dig: { $severity }
ping-title-mine = { $who }: du har hand om det
ping-title-taken = { $who }: { $by } har hand om det
ping-title-over = { $who } har tagit över kunden
ping-title-moved = { $who }: jag har frågat { $by }
ping-title-again = { $who }: jag frågar dig igen längre ner
ping-title-closed = { $who }: klart
ping-title-dropped = { $who }: falskt larm
ping-promised = Utlovat
ping-tried = Gjort hittills
ping-now = Nu
tried-step = { $step } ({ $time })
tried-skipped = { $step }, överhoppat: { $why }
take = Jag tar det
take-over = Ta över
ping-asked-now = Sedan dess har jag frågat { $who }.
ping-stops = Alla knapparna tystar larmet: med ”Jag tar det” frågar jag ingen annan, med ”Ta över” är kunden din.
ping-taken = { $who } har hand om det sedan { $time }.
ping-closed = Klart: inget kvar att göra.
ping-dropped = { $who } har avslutat det: falskt larm.
why-severe = { $where ->
    [channel] Varför den här kanalen: det är akut, och här frågar jag först.
   *[person] Varför du: det är akut, och du står först på tur.
}
why-asked = { $where ->
    [channel] Varför den här kanalen: { $who } vill ha hjälp av en teamledare: { $why }
   *[person] Varför du: { $who } vill ha hjälp av en teamledare: { $why }
}
why-late = { $where ->
    [channel] Varför den här kanalen: ett steg blev inte klart i tid.
   *[person] Varför du: ett steg blev inte klart i tid.
}
why-unanswered = { $where ->
    [channel] Varför den här kanalen: { $before } har inte svarat.
   *[person] Varför du: { $before } har inte svarat.
}
why-stalled = { $where ->
    [channel] Varför den här kanalen: { $before } hade tagit det, och sedan har inget hänt.
   *[person] Varför du: { $before } hade tagit det, och sedan har inget hänt.
}
why-passed = Varför du: { $by } skickar det vidare till dig.
why-reopened = { $where ->
    [channel] Varför den här kanalen: kunden har hört av sig igen, så ärendet är öppet på nytt: { $why }
   *[person] Varför du: kunden har hört av sig igen, så ärendet är öppet på nytt: { $why }
}
why-unhappy = { $where ->
    [channel] Varför den här kanalen: kunden säger att lösningen inte räckte.
   *[person] Varför du: kunden säger att lösningen inte räckte.
}
why-again = { $where ->
    [channel] Varför den här kanalen: vi har svikit samma kund förut, under de senaste 30 dagarna. Be om ursäkt och gottgör på riktigt.
   *[person] Varför du: vi har svikit samma kund förut, under de senaste 30 dagarna. Be om ursäkt och gottgör på riktigt.
}
why-channel = Den som trycker först tar det.
storm-title = { $count ->
    [one] En kund behöver dig
   *[other] { $count } kunder behöver dig
}
storm-title-unanswered = { $count ->
    [one] Ingen har svarat för en kund
   *[other] Ingen har svarat för { $count } kunder
}
storm-title-late = { $count ->
    [one] Ett steg är sent
   *[other] { $count } steg är sena
}
storm-body-late = Fråga vad som dröjer för var och en. ”Ge ett råd” och ”Ta över” finns på korten.
storm-line = { $who }: { $severity }, väntar sedan { $time }
storm-line-over = { $who }: { $severity }
storm-body = De kom inom några minuter, så jag har samlat dem här. Ta dem du hinner; för de andra frågar jag nästa på tur.
storm-done = Ingen här väntar på dig längre
still-title = { $who } väntar fortfarande på dig: är du på det?
still-body = Du har tagit det här och inget har hänt på ett tag. Tryck, annars går frågan till nästa på tur.
still-take = Ja, jag är på det
recurs-title = Samma orsak igen inom 30 dagar: { $cause }
unanswered-nobody = Det fanns ingen att fråga
late-title = { $who } är sen med ett steg: { $step }
support-title = { $who } vill gärna ha ditt stöd
support-body = Det kommer efter ett kundärende. Ta dig tid redan i dag; vad det gäller är upp till din kollega att berätta.
late-body = Du har tagit det här. Fråga vad som dröjer; ”Ge ett råd” och ”Ta över” finns på kortet.
late-body-nobody = Om ingen har tagit det ännu: tryck ”Jag tar det” på kortet, och fråga sedan vad som dröjer.
late-over = Det steget är inte öppet längre.
nudge-over = Det är gjort, eller behövs inte längre.
asked-title = { $who } ber om din hjälp igen
unanswered-title = Ingen har svarat. Jag har frågat: { $who }
unanswered-body = Alla på listan är tillfrågade. Se till att någon tar det.

## Administratörer

undelivered-not-in-channel = Jag kan inte skriva i { $where }: bjud in mig dit, så skickar jag det själv.
undelivered-archived = Jag kan inte skriva i { $where }: kanalen är arkiverad. Välj en annan i amends.toml.
undelivered-gone = Jag når inte { $where }: ingen finns där längre. Ändra i amends.toml.
undelivered-revoked = Jag får inte längre skriva här: installera appen igen och lägg in dess nya token.
undelivered-refused = Ett meddelande till { $where } togs inte emot.
fault-late = Ett larm till { $who } är försenat: det skulle ha gått { $time }
fault-given-up = Ett larm till { $who } kom aldrig fram; jag slutade försöka { $time }
fault-forgotten = Sedan { $time } frågar jag ingen längre om en av kunderna hos { $who }
fault-body = Ta själv hand om det. På maskinen där jag körs visar { $command } vem som har tillfrågats och vad det ledde till.
undelivered-body = Inget har gått förlorat: allt är sparat, och meddelandet väntar.

## Teamet

record-title = { $who } har avslutat ett ärende
record-skipped = Överhoppat
record-to-apology = Tid till ursäkten
record-to-fix = Tid till lösningen
record-to-close = Tid till avslutet

## Hem, lista, hjälp

home-title = Amends
list-title = { $count ->
    [one] Ett öppet ärende
   *[other] { $count } öppna ärenden
}
list-empty = Inga öppna ärenden. Bra.
list-missing = Saknas
help-title = Jag coachar dig när en kund är upprörd: be om ursäkt, gå igenom, lös och följ upp, dokumentera.
help-how = Gör så här
help-lines = { $platform ->
    [teams]
        ”starta” och vad som händer: starta ett ärende
        ”fråga” och vad kunden säger: vad säger jag nu?
        ”utkast” och din text: vad som är bra och svagt i den, bara för dig
        ”lista”: dina öppna ärenden
        ”språk”: välj språk
        ”idag”: teamledarens översikt över teamet
        ”tysta 1 timme”, ”ljud på”: teamledarens larm går till nästa en stund
        I en kanal: samma ord efter @Amends
   *[other]
        /amends starta och vad som händer: starta ett ärende
        /amends fråga och vad kunden säger: vad säger jag nu?
        /amends utkast och din text: vad som är bra och svagt i den, bara för dig
        /amends lista: dina öppna ärenden
        /amends språk: välj språk
        /amends idag: teamledarens översikt över teamet
        /amends tysta 1 timme, /amends ljud på: teamledarens larm går till nästa en stund
}
help-method = { $platform ->
    [teams] ”starta carp:” och vad som händer: med den metod du nämner ({ $methods })
   *[other] /amends starta carp: och vad som händer: med den metod du nämner ({ $methods })
}
help-shortcut = { $platform ->
    [desk] På vilket meddelande som helst i kanalen: ”Coacha mig”
    [teams] På vilket meddelande som helst: Fler alternativ, sedan ”Coacha mig”
   *[other] På vilket meddelande som helst: Fler åtgärder, sedan ”Coacha mig”
}
help-private = I vår privata chatt: svara på mitt kort, eller tryck på knapparna
language-kept = Vi fortsätter på ditt språk: { $language }.

## Ett vänligt nej

no-late-closed = Det här ärendet är redan klart. Inget har ändrats.
no-late-dropped = { $who } har avslutat det här: falskt larm. Inget har ändrats.
no-late-method = Något är redan antecknat, så metoden ligger fast. Inget ändrades.
no-late-reopened = Det är redan öppet.
no-pass-agent = { $who } har redan ärendet och har frågat dig. Välj någon annan.
no-pass-self = Välj någon annan än dig själv, eller tryck ”Jag tar det”.
no-late-allowed = Det här är redan avgjort.
no-late-question = Nu gäller frågan ett annat belopp, så inget har avgjorts. Svara på den senaste frågan.
no-limit = Det är mer än din egen gräns på { $limit }. Godkänn mindre, eller lämna det till nästa.
no-limit-day = Det är mer än din gräns för i dag, { $limit }. Godkänn mindre, eller lämna det till nästa.
no-field-future = En tid som inte har varit, tack.
no-field-less = En summa i samma valuta, över 0 och högst så mycket som det gäller.
no-field-limit = Ingen jag kan fråga får godkänna så mycket. Erbjud mindre.
no-late-prevented = Här finns inget kvar att göra.
no-early-prevented = Ärendet är öppet igen; det som hindrar det nästa gång kommer i slutet.
no-late-started = Du har redan startat det här. Kortet ligger i vår privata chatt.
no-late-step = Det steget är redan klart. Välj ”Rätta” på kortet om du vill ändra något.
no-late-taken = { $who } har redan tagit det. Tack för att du ställde upp.
no-late-passed = Jag har redan frågat { $who }.
no-not-started = Det här har inte startats ännu.
no-not-supervisor = Bara en teamledare i det här teamet kan ta det.
no-not-yours = { $who } har hand om det här. Be att få det överlämnat om du vill gå vidare med det.
no-unknown-recovery = { $platform ->
    [teams] Jag hittar inte det här ärendet längre. Skriv ”lista” så ser du dina.
   *[other] Jag hittar inte det här ärendet längre. Skriv /amends lista så ser du dina.
}
no-unknown-step = Knappen hör inte till det här ärendet. Inget har ändrats.
no-unknown-field = Svaret passar inte i det här steget. Inget har ändrats.
no-cannot-skip = Orsak och åtgärd behövs för att avsluta ett ärende. Två rader räcker.
no-help-exhausted = Alla teamledare är redan tillfrågade. Om ingen svarar får en administratör veta det.
no-help-nobody = Ditt team saknar teamledare här. Be din administratör lägga till en.
no-handover-same = Det ligger redan hos den personen.
no-handover-nobody = Välj vem som tar över.
no-form = Något saknas eller går inte att läsa: { $fields }
no-field-required = Fyll i det här.
no-field-time = Jag kan inte läsa tiden. Skriv 14:30, eller 2026-11-24 14:30.
no-field-money = Jag kan inte läsa beloppet. Skriv ett tal och en valuta: 250 kr.
no-field-zone = Jag känner inte till den tidszonen. Skriv den så här: Europe/Stockholm.
no-field-option = Välj något i listan.
no-field-long = För långt: högst 3 000 tecken.
no-which-recovery = Du har flera öppna ärenden. Svara på kortet för det du menar.
no-use-button = Här behöver du välja: tryck på knappen på kortet.
no-nothing-to-answer = { $platform ->
    [teams] Vi har inget öppet just nu. Skriv ”starta” och vad som händer.
   *[other] Vi har inget öppet just nu. Skriv ”/amends starta” och vad som händer.
}
no-unknown-command = { $platform ->
    [teams] De här orden kan jag: fråga, utkast, starta, lista, språk, idag, tysta, ljud på och hjälp.
   *[other] Jag kan /amends fråga, utkast, starta, lista, språk, idag, tysta, ljud på och hjälp.
}
no-unknown-language = De språk jag kan: { $languages }.
no-again = Det tog för lång tid att öppna. Tryck en gång till.
no-empty = Det fanns ingen text i meddelandet.

## Det som hördes, så som det står efter ”Jag hörde:”

reason-anger = ilska
reason-broken = något är trasigt
reason-capitals = versaler
reason-complaint = ett klagomål
reason-crisis = ett liv i fara
reason-danger = ett hot
reason-discount = vill ha rabatt
reason-failed-again = det gick fel igen
reason-hurt = ledsen eller skakad
reason-leak = någons uppgifter
reason-legal = juridiska steg
reason-media = press eller sociala medier
reason-money-lost = förlorade pengar
reason-no-answer = ingen har svarat
reason-outage = ett avbrott
reason-refused = ett nej till kunden
reason-regulator = en myndighet
reason-repeat-contact = inte första gången
reason-rude-staff = dåligt bemötande
reason-safety = säkerhet eller hälsa
reason-threat-to-leave = kan lämna oss
reason-upset = upprörd
reason-urgent = det är bråttom
reason-vulnerable = någon i en utsatt situation
reason-waiting = lång väntan
reason-wants-manager = vill tala med en chef
reason-wording = ordvalet

## Order i ord, ett per rad: vad man kan skriva. Alla språks ord förstås av alla.

order-help = hjälp
order-list = lista
order-unmute =
    ljud på
    sluta tysta
order-today =
    idag
    i dag
order-start = starta
order-ask = fråga
order-draft = utkast
order-language = språk
order-mute =
    tysta
    tyst
