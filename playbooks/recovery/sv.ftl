### De fyra stegen. Nyckel = steg-fält; attribut: .hint bredvid ett fält, .press på dess knapp, ett per val.
### `-say` och `-never`: en rad var, visas som de står. `-then-say`: när stegets formulär är ifyllt.
### Andra handböcker hämtar härifrån det de inte säger själva: ett stegs ord efter dess id, ett fälts efter dess id.

method-recovery = Fyra steg: be om ursäkt, gå igenom, lös, dokumentera

## Be om ursäkt

apology-title = Be om ursäkt
apology-body = Be om ursäkt först, före alla förklaringar: ta ansvar, säg vad som hände, vad du gör nu och när.
apology-say =
    ”Vi lovade dig paketet till tisdag och det kom först på fredagen. Det är vårt fel, och jag ber om ursäkt för att det förstörde din helg.”
    ”Jag tar tag i det nu och skriver till dig kl. 14:20.”
apology-never =
    ”vi beklagar om …”, ”förlåt, men …”
    ”lugna ner dig”, ”våra regler”, ”så snart som möjligt”
apology-then-say =
    Skicka den och tryck på ”Jag har skickat den”. En ursäkt räcker: lyssna nu.
apology-open = Skriv din ursäkt
apology-draft = Din ursäkt
    .hint = Vad som hände, så som kunden ser det; att felet är vårt; vad du gör nu, med klockslag.
apology-sent_at = Skickad
    .press = Jag har skickat den
apology-timer-nudge = Kunden väntar ännu på din ursäkt. Två meningar räcker: vad som hände, och att felet är vårt.
apology-timer-late = Ursäkten dröjer.

## Gå igenom

review-title = Gå igenom
review-body = Gå igenom det tillsammans med kunden innan du löser något.
review-say =
    ”Kan vi gå igenom det tillsammans, så att jag inte missar något? Vad gick fel först, som du ser det?”
    ”Vad skulle göra det bra för dig?” Upprepa sedan svaret för kunden.
review-never =
    ”Har du läst …?”, eller något som kunden redan har svarat på
    Att gissa orsaken
review-open = Anteckna vad kunden sa
review-happened = Vad som hände
    .hint = Med kundens egna ord.
review-wanted = Vad kunden vill
    .hint = Vad skulle göra det bra för kunden? Upprepa svaret.
review-happened_at = När det hände
review-deadline = När kunden senast behöver det
review-first_time = Första gången eller igen
    .first = Första gången
    .again = Det har hänt förut
review-customer = Kund- eller ordernummer
    .hint = Ett nummer, inget namn: så ser vi om samma kund råkar ut för fel två gånger.
review-timer-nudge = Vad skulle göra det bra för kunden? Fråga, och anteckna svaret.
review-timer-late = Genomgången dröjer.

## Lös och följ upp

fix-title = Lös och följ upp
fix-body = Lös det inom 20 minuter, eller skriv inom 20 minuter hur långt du har kommit. Sätt ett klockslag på varje löfte.
fix-say =
    ”En ny vara är på väg. Du har den senast kl. 14:20, och jag skriver till dig kl. 14:20 oavsett hur det går.”
fix-never =
    Tystnad efter den tid du lovade
    Ett nytt löfte utan klockslag; att skicka vidare och släppa det
fix-then-say =
    En rad om hur långt du har kommit räcker. När det är löst, fråga: ”Är det bra för dig nu?”
fix-open = Lova en lösning
fix-then-open = Anteckna kundens betyg
fix-remedy = Vad vi gör åt det
    .hint = Ersätt lika med lika: pengar för pengar, en ny vara för en trasig, en försenad tjänst görs om.
fix-owner = Ansvarig
fix-due = Utlovat till
fix-check_back = Vi hör av oss igen
    .hint = Helst 24 till 72 timmar efter lösningen.
fix-compensation = Kompensation
    .none = Ingen
    .money = Pengar
    .replacement = En ny vara
    .redo = Gjort på nytt
    .gesture = En vänlig gest
fix-amount = Belopp
    .hint = Till exempel 250 kr.
fix-fixed_at = Löst
    .press = Det är löst
fix-rating = Kundens betyg
    .hint = Fråga: hur väl rättade vi till det här, från 1 till 5?
fix-timer-progress = Dags att höra av dig till kunden: en rad om hur långt du har kommit. Tryck sedan på ”Lägesrapport”.
fix-timer-due = Det du lovade ska snart vara klart. Håller det? Om inte, säg det till kunden före tiden, inte efter.
fix-timer-overdue = Ett löfte har gått över tiden.
fix-timer-third_day = Tre dagar utan svar: fråga en gång till. Är det fortfarande tyst, hoppa över steget och skriv varför.
fix-timer-check = Snart dags att höra av dig igen: fråga om lösningen håller och om kunden är nöjd, och anteckna svaret.
fix-timer-unchecked = Ingen har hört av sig till kunden igen.

## Dokumentera

document-title = Dokumentera
document-body = Anteckna orsaken, inte vem som gjorde fel, och en sak som hindrar att det händer igen.
document-say =
    Två rader räcker. Teamet lär sig av orsaken, så var konkret.
document-never =
    Namnet på den som gjorde fel
document-open = Anteckna orsak och åtgärd
document-family = Var orsaken ligger
    .people = Människor
    .process = Arbetssätt
    .policy = Regler
    .product = Produkt eller teknik
    .partner = Samarbetspartner
    .communication = Information
    .environment = Omgivning
document-cause = Orsak
    .hint = Hur kunde det hända?
document-lacked = Vad som saknades mest
    .product = En produkt som fungerar
    .care = Människor som bryr sig
    .time = I tid, efter kundens klocka
    .resolution = Ett väl löst problem
document-factors = Vad som gjorde det värre
document-departments = Berörda avdelningar
document-prevention = Vad som hindrar det nästa gång
    .hint = En åtgärd. Om det inte finns någon, skriv varför här nedanför.
document-prevention_owner = Vem gör det
document-prevention_due = Till när
document-none_because = Ingen åtgärd, eftersom
document-lesson = Vad vi lärde oss
document-wellbeing = Hur mår du efter det här?
    .hint = Det stannar mellan dig och mig och skrivs inte in i ärendet.
    .fine = Bra
    .shaken = Det tog på mig
    .abused = Jag blev illa behandlad
document-support = Vad skulle hjälpa dig?
    .hint = Din teamledare får veta att du vill ha stöd, inget mer.
    .none = Inget, tack
    .break = En paus
    .talk = Ett samtal
    .debrief = Att gå igenom det tillsammans
document-timer-nudge = En sak är kvar: orsak och åtgärd. Två rader, så är ärendet klart.
document-timer-late = Dokumentationen dröjer.
