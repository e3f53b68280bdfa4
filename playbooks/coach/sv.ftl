### Frågor mitt i ett samtal. Varje slags kund har tre saker att säga (`-say`) och en att låta bli (`-never`), en
### rad var; [hakar] är för fakta. `coach-angry-fix-say`: orden för en fas, där det spelar roll vilken.

coach-say = Du kan säga
# What stands before a name
coach-titles =
    herr
    fru
    fröken
coach-past = Så slutade det väl förut
coach-past-line = { $did } (kunden: { $rating } av 5)
coach-past-money = { $did }, { $amount }
coach-nothing = Här har jag inget bra råd.
coach-nothing-body = Skriv på en rad vad kunden säger eller vill, eller fråga en teamledare.
coach-anyway = Med nästan alla kunder hjälper det att säga
coach-anyway-say =
    ”Berätta vad som hände, från ditt håll. Jag lyssnar.”
    ”Vad skulle göra det bra för dig?”
    ”Jag tar reda på det och skriver till dig senast [tid].”

coach-angry = När kunden är arg
coach-angry-apologise-say =
    ”Du har all rätt att vara arg. [Vad som hände] är vårt fel, och jag ber om ursäkt.”
    ”Jag tar tag i det nu och skriver till dig kl. [tid], vad jag än vet då.”
    ”Berätta vad det har kostat dig. Jag lyssnar.”
coach-angry-apologise-never = ”Lugna ner dig”, eller en förklaring före ursäkten
coach-angry-review-say =
    ”Jag vill att det blir rätt. Vad gick fel först, som du ser det?”
    ”Det var alltså [vad som hände], och du behöver [vad] senast [tid]. Stämmer det?”
    ”Vad skulle göra det bra igen för dig?”
coach-angry-review-never = En fråga som kunden redan har svarat på
coach-angry-fix-say =
    ”Jag gör [åtgärd] själv. Det är klart senast [tid].”
    ”Du kan få [förslag] i dag eller [förslag] på [dag]. Vad passar dig bäst?”
    ”Jag skriver till dig kl. [tid] i vilket fall, även om inget har ändrats.”
coach-angry-fix-never = ”Så snart som möjligt”: ge en tid och håll den

coach-failure = När något har gått fel
coach-failure-apologise-say =
    ”Du blev lovad [vad] och fick [vad]. Det är vårt fel, och jag ber om ursäkt.”
    ”Jag förstår vad det gjorde med din [dag, resa, arbetsdag].”
    ”Jag ser på det nu och skriver till dig senast [tid].”
coach-failure-apologise-never = ”Jag beklagar om …” eller ”ursäkta, men …”
coach-failure-review-say =
    ”Kan vi gå igenom det tillsammans, så att jag inte missar något?”
    ”När märkte du det först, och vad har du provat?”
    ”Vad skulle göra det bra igen för dig, och till när?”
coach-failure-review-never = En gissning om orsaken
coach-failure-fix-say =
    ”Så här gör jag: [åtgärd], klart senast [tid].”
    ”Du får tillbaka [belopp, en ny, ett besök]: det du förlorade, i samma slag.”
    ”Jag hör av mig på [dag] för att se att det håller.”
coach-failure-fix-never = Ett nytt löfte utan tid

coach-document-say =
    ”Nu är det löst. Fungerar det för dig?”
    ”Från 1 till 5: hur väl gjorde vi det bra igen?”
    ”Det du berättade ändrar [hur vi gör] från och med [dag].”
coach-document-never = ”Det här händer aldrig igen”

coach-discount = När kunden vill ha rabatt
coach-discount-say =
    ”Priset kan jag inte sänka. Det jag kan göra i dag är [förslag], och det ger dig [värde].”
    ”Vad är viktigast för dig med [produkten]? Då letar jag efter det som passar.”
    ”Bestämmer du dig senast [dag] lägger jag till [något extra].”
coach-discount-never = En ursäkt för priset, eller en antydan om att det sjunker senare

coach-outage = När tjänsten ligger nere
coach-outage-say =
    ”[Tjänsten] har legat nere sedan kl. [starttid]. Felet är vårt, och vi arbetar med det.”
    ”Dina [uppgifter, pengar, beställningar] är trygga. Det som inte fungerar är [vad].”
    ”Nästa besked kommer kl. [tid], även om det inte är löst.”
coach-outage-never = ”Det är nog snart igång”, eller olika besked till olika kunder

coach-legal = När kunden talar om jurist, myndighet eller tidningen
coach-legal-first = Ta hjälp av en teamledare nu, och lova inget mer än du får.
coach-legal-why = Kunden talar om jurist, myndighet eller tidningen.
coach-legal-say =
    ”Det är din rätt, och jag står inte i vägen. Jag vill gärna göra det bra igen först.”
    ”Så att inget tappas bort: det gäller [vad som hände], och du vill ha [vad]. Stämmer det?”
    ”[Namn], som får besluta om det här, ringer dig senast [tid].”
coach-legal-never = Att tvista om vem som har rätt

coach-manager = När kunden vill tala med en chef
coach-manager-say =
    ”Självklart. Jag frågar [namn] nu; du hör av oss senast [tid].”
    ”Så att du slipper berätta två gånger: [vad som hände], och du vill ha [vad]. Stämmer det?”
    ”Jag är kvar hos dig tills [namn] har det.”
coach-manager-never = ”Chefen säger samma sak”

coach-leave = När kunden är på väg att lämna oss
coach-leave-say =
    ”Jag förstår att du tänker lämna oss efter [vad som hände]. Vi svek dig.”
    ”Innan du bestämmer dig: jag kan ha [åtgärd] klar senast [tid].”
    ”Vill du ändå gå avslutar jag det i dag, och du är inte skyldig något mer.”
coach-leave-never = Avtalet, uppsägningstiden, eller en gåva före ursäkten

coach-waiting = När kunden har väntat för länge
coach-waiting-apologise-say =
    ”Du har väntat sedan [dag] och ingen sade varför. Det är vårt fel.”
    ”Just nu är läget [läget]. Nästa steg är [steg], senast [tid].”
    ”Från och med nu har du mig: jag skriver kl. [tid] i vilket fall.”
coach-waiting-apologise-never = ”Tack för ditt tålamod”

coach-crisis = När någon talar om att inte vilja leva
coach-crisis-first = Håll kontakten och ta hjälp av en teamledare nu. Är det fara för livet: ring 112.
coach-crisis-why = Kunden talar om att inte vilja leva.
coach-crisis-say =
    ”Jag är glad att du berättar det. Jag är kvar hos dig.”
    ”Är du trygg just nu? Är någon hos dig?”
    ”Jag hämtar någon som kan hjälpa till. [Stödlinjen] svarar dygnet runt.”
coach-crisis-never = Att argumentera, säga ”det ordnar sig” eller vara den som lägger på

coach-danger = När du blir hotad
coach-danger-first = Din säkerhet går först: backa undan, hämta en kollega och ring 112 om det är bråttom.
coach-danger-why = En kund hotar mig.
coach-danger-say =
    ”Jag vill hjälpa dig. Det kan jag inte när du hotar mig.”
    ”Jag avslutar det här nu. [Namn] tar över.”
    ”Du kan nå oss skriftligt på [adress].”
coach-danger-never = Att bli kvar ensam med kunden, eller svara på hotet

coach-safety = När någon kan ha skadats
coach-safety-first = Människan först: ring 112 om någon är skadad eller har svårt att andas, och ta sedan hjälp av en teamledare.
coach-safety-why = Någon kan ha skadats.
coach-safety-say =
    ”Är någon skadad eller har svårt att andas? Jag ringer efter hjälp nu.”
    ”Använd eller ät inte mer av [vad], och spara det som det är.”
    ”Jag är kvar hos dig. [Namn] ringer dig inom [minuter].”
coach-safety-never = Ett ord om pengar eller skuld innan alla är i trygghet

coach-abuse = När du blir förolämpad
coach-abuse-first = Du behöver inte tåla det här. En teamledare kan ta över nu, och en paus har du rätt till.
coach-abuse-why = En kund förolämpar mig.
coach-abuse-say =
    ”Jag vill lösa det här med dig. Det kan jag inte när du förolämpar mig.”
    ”Fortsätter det så avslutar jag samtalet. Du är välkommen tillbaka [när].”
    ”[Namn] tar över härifrån.”
coach-abuse-never = Att ge igen med samma mynt, eller att tyst stå ut

coach-leak = När någon har sett andras uppgifter, eller ett konto är kapat
coach-leak-first = Personuppgifter: ta hjälp av en teamledare nu, lagen räknar i timmar.
coach-leak-why = Någon har sett en annans uppgifter, eller ett konto är kapat.
coach-leak-say =
    ”Tack för att du säger till. Jag tar det till [namn] genast.”
    ”Sprid det inte vidare, och spara det du såg tills [namn] har ringt dig.”
    ”Senast [tid] får du veta vem som såg vad och vad vi gör åt det.”
coach-leak-never = ”Det är säkert ingen fara”, eller att själv öppna den andres uppgifter

coach-distress = När kunden gråter
coach-distress-apologise-say =
    ”Jag är verkligen ledsen för det här. Ta den tid du behöver, jag är här.”
    ”Jag förstår att [vad som hände] betyder mycket mer än [ett paket].”
    ”Du behöver inte göra något nu. Jag ordnar [vad] och ringer dig kl. [tid].”
coach-distress-apologise-never = ”Gråt inte”, ”lugna dig”, eller att fråga efter ordernumret först

coach-charged = När pengar har dragits och kunden inte vet varför
coach-charged-say =
    ”Jag förstår att det oroar dig. Jag ser på [dragningen] den [dag] nu.”
    ”Är det vårt fel har du [belopp] tillbaka senast [dag], och jag skickar underlaget till dig.”
    ”Du hör av mig senast [tid]. Kan någon annan ha ditt kort: spärra det hos banken nu.”
coach-charged-never = ”Det kan inte stämma”, eller att be om hela kortnumret

coach-confused = När kunden inte hänger med
coach-confused-say =
    ”Det är mitt fel, jag gick för fort fram. Vi tar en sak i taget.”
    ”I dag är det bara [en sak] som spelar roll. Resten kan vänta.”
    ”Jag skriver ner det åt dig på tre rader. Ska vi läsa dem tillsammans?”
coach-confused-never = ”Som jag sa”, eller samma förklaring en gång till, fast högre

coach-cold = När kunden blir tyst eller kall
coach-cold-say =
    ”Jag har en känsla av att jag har missat det som är viktigast för dig. Vad är det?”
    ”Säg det rakt ut. Jag vill hellre veta.”
    ”Det här gör jag hur som helst: [åtgärd], senast [tid].”
coach-cold-never = ”Skönt att det är löst!” innan kunden själv har sagt det

coach-cancelled = När en resa eller bokning är inställd
coach-cancelled-say =
    ”[Resan, bokningen] är inställd, och det förstör hela din dag. Jag ber om ursäkt.”
    ”Du kan få [förslag] kl. [när], [förslag] kl. [när] eller pengarna tillbaka. Vad vill du?”
    ”För i kväll ordnar jag [hotell, mat, transport]. Du har det bekräftat senast [tid].”
coach-cancelled-never = ”Det är inte vårt fel”, innan kunden vet vad som händer nu

coach-stock = När varan är slut
coach-stock-say =
    ”Du räknade med [produkten], och den är slut. Jag är ledsen för det.”
    ”Jag kan ha en till dig på [dag], eller så tar du [förslag] i dag.”
    ”Jag frågar [butiken, leverantören] nu. Du har ett ja eller nej senast [tid].”
coach-stock-never = ”Den kommer nog snart”, utan datum

coach-refused = När vi inte kan göra det kunden ber om
coach-refused-say =
    ”[Önskemål] kan jag inte ordna, och det säger jag hellre nu än låter dig vänta.”
    ”Skälet är [ett skäl]. Det jag kan göra i dag är [förslag].”
    ”Räcker inte det frågar jag [namn] en gång till och ger dig svar senast [tid].”
coach-refused-never = ”Det är vår policy” och inget mer, eller ”vi ska se på det” när svaret är nej

coach-again = När det har gått fel en andra gång
coach-again-first = Ett andra fel kräver mer än en åtgärd: fråga en teamledare vad du får ge.
coach-again-why = Det har gått fel en andra gång.
coach-again-apologise-say =
    ”Det här har du råkat ut för förut, och det skulle inte ha hänt igen. Det är vårt fel, och jag ber om ursäkt.”
    ”Du slipper berätta igen: jag läser vad som är gjort och vad som missades.”
    ”Den här gången gör jag [något annat], och jag släpper det inte förrän du säger att det fungerar.”
coach-again-apologise-never = Samma åtgärd en gång till, eller ”det händer aldrig igen”

## Ord som visar en fråga till oss, en text till kunden och en text om kunden

coach-asks =
    vad säger jag
    vad skriver jag
    vad svarar jag
    vad gör jag
    vad ska jag
    vad skall jag
    vad kan jag säga
    vad kan jag erbjuda
    vad kan jag svara
    vad bör jag
    vad hade du sagt
    hur svarar jag
    hur säger jag
    hur ska jag
    hur skall jag
    hur bör jag
    hur bemöter jag
    hur lugnar jag
    hur hanterar jag
    får jag ge
    får jag lova
    får jag erbjuda
    får jag betala
    kan jag erbjuda
    några råd
    något råd
    några tips
    hjälp mig svara
    hjälp mig att svara
coach-yours =
    du
    dig
    din
    ditt
    dina
    er
    ert
    era
    ni
coach-theirs =
    kunden
    kund
    kunder
    hon
    han
    gästen

## Ett utkast, granskat

coach-review = Ditt utkast: { $count } saker att ändra
coach-review-one = Ditt utkast: en sak att ändra
coach-review-good = Ditt utkast är bra. Skicka det.
coach-review-has = Bra
coach-review-more = { $count ->
    [one] En sak till visar sig när de här är ändrade.
   *[other] { $count } saker till visar sig när de här är ändrade.
}
coach-private = Bara du ser det här. Jag sätter inga betyg.
coach-slot-time = [tid]
# Orden i hakarna i playbooks/review som varje fakta i ärendet hör hemma i, ett på varje rad.
coach-slot-fact = { $fact }
coach-slots-happened =
    vad som hände
    Vad som hände
    vad som gick fel
    vad vi gjorde
    kundens ord
coach-slots-wanted =
    önskemål
coach-slots-remedy =
    nästa steg
    Nästa steg
    åtgärd
    Åtgärd
coach-missed-kept = Tack. Jag sparar det åt den som ställer in mina öron.

## Formulär

form-ask = Vad säger jag nu?
    .title = Vad säger jag nu?
    .submit = Fråga
    .said = Vad säger eller vill kunden?
    .hint = En rad räcker. Den sparas inte.
form-draft = Granska mitt utkast
    .title = Granska mitt utkast
    .submit = Granska
    .said = Ditt utkast
    .hint = Bara du ser svaret. Utkastet sparas inte, och inget går till kunden.
form-missed = Du missade ett
    .title = Du missade ett
    .submit = Skicka
    .said = Meddelandet som jag borde ha hört
    .hint = Som det skrevs, utan namn. Det sparas tills någon har ställt in signalerna.
form-supervisor = Ta hjälp av teamledare
    .title = Ta hjälp av teamledare
    .submit = Fråga nu
    .said = Vad behöver du?
    .hint = Det startar ett ärende, så att teamledaren ser vad det gäller.

## Ett artigt nej

no-ask-empty = { $platform ->
    [teams] Skriv vad som händer efter ”fråga”: en rad räcker.
   *[other] Skriv vad som händer efter ”/amends fråga”: en rad räcker.
}
no-draft-empty = { $platform ->
    [teams] Det fanns inget utkast. Klistra in det efter ”utkast”, eller skriv ”starta” och tryck på ”Granska mitt utkast”.
   *[other] Det fanns inget utkast. Klistra in det efter ”/amends utkast”, eller tryck på ”Granska mitt utkast” på min hemsida.
}
no-draft-long = Det är för långt för mig. Klistra in bara det kunden ska läsa, högst 5 000 tecken.
no-draft-wordless = Jag ser inga ord i det. Skriv en mening om vad som hände.
no-draft-code = Det ser ut som kod eller en logg. Klistra in orden till kunden.
no-draft-language = Jag läser svenska, engelska och arabiska. Det här ser ut som ett annat språk.
no-field-private = Sådana nummer och adresser sparar jag inte. Säg det med ord, eller använd ert eget ordernummer.

## I stället för det som aldrig sparas

mask-card = [kortnummer]
mask-iban = [IBAN]
mask-email = [e-postadress]
mask-phone = [telefonnummer]
mask-identity = [personnummer]
