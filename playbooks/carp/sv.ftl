### CARP. Det som inte sägs här sägs i recovery/sv.ftl: sista steget, och varje fält efter sitt id.
### `-say-<sort>` är stommar för en sorts kund: sätt in ärendets fakta i [hakparenteserna] och låt resten stå.

method-carp = CARP: behåll lugnet, bekräfta, byt fokus, lös

## Behåll lugnet

control-title = Behåll lugnet
control-body = Du själv först: andas ut, läs två gånger, låt kunden tala till punkt. Gå vidare när du får svar på dina frågor.
control-say =
    ”Jag heter [ditt namn]. Jag läser allt du skriver och släpper inte det här förrän det är löst.”
control-never =
    Att svara på sarkasm med sarkasm, försvara dig, förklara först
control-say-angry =
    ”Jag heter [ditt namn]. Du har hela min uppmärksamhet, och jag släpper inte det här förrän det är löst.”
    Ilskan gäller det som hände, inte dig. Skriv långsamt.
control-never-angry =
    ”lugna ner dig”; versaler eller sarkasm tillbaka
    Att förklara innan kunden är klar
control-body-discount = En prisfråga är inget angrepp. Har inget gått fel? Svara med raderna här nedanför och välj ”Falskt larm”.
control-say-discount =
    ”Tack för en rak fråga. [Kundens skäl] förtjänar ett tydligt svar.”
    ”Jag kan inte sänka priset. Jag kan [annat värde] redan i dag.”
control-never-discount =
    Att be om ursäkt för priset; ”annars blir kvaliteten sämre”
control-body-refused-request = Lyssna på hela önskemålet. Säg sedan nej en gång, tydligt och vänligt.
control-say-refused-request =
    ”Berätta vad du behöver [det kunden ber om] till, så letar jag efter det som ligger närmast.”
control-never-refused-request =
    ”Det är omöjligt”, innan kunden är klar
control-body-outage = Ett sant besked till alla: bestäm det med din chef innan någon svarar på egen hand.
control-say-outage =
    ”Vi vet att [tjänsten] ligger nere. Vårt besked kommer kl. [tid], samma till alla.”
control-never-outage =
    Att dölja det, gissa eller svara var och en olika
control-control_at = Kundens första svar
    .press = Kunden svarar på mina frågor
control-timer-nudge = Fortfarande upprörd? Två till fem minuter är normalt. Ställ en kort fråga; får du svar kan du gå vidare.

## Bekräfta

acknowledge-title = Bekräfta
acknowledge-body = En mening om känslan, en om det som hände. Lyssna sedan.
acknowledge-say =
    ”Jag ser att det här är [kundens känsla].”
    ”[Det som hände] är vårt fel, och jag ber om ursäkt för att det [vad det ställde till].”
acknowledge-never =
    ”vi beklagar om …”, ”förlåt, men …”, ”jag vet hur det känns”
    Att lösa nu: det kommer två steg senare
acknowledge-say-angry =
    ”Du har all rätt att vara arg. [Det som hände] [vad det stoppade], och det är vårt fel.”
    ”Jag tar reda på det nu och skriver till dig kl. [tid].”
acknowledge-never-angry =
    Tack för en förståelse som ingen har visat
    Att skicka kunden vidare till ett annat team
acknowledge-body-discount = Tacka, och visa att du har hört skälet. Det finns inget att be om ursäkt för.
acknowledge-say-discount =
    ”Tack för att du säger det. Jag förstår att [kundens skäl] gör priset viktigt.”
acknowledge-never-discount =
    Ursäkter för priset; ett ”symboliskt” pris
acknowledge-body-refused-request = Visa att önskemålet är rimligt. Be bara om ursäkt för det vi har gjort fel.
acknowledge-say-refused-request =
    ”Jag förstår varför du behöver [det kunden ber om] till [syftet].”
acknowledge-never-refused-request =
    ”Vi är ett litet team”; allt som får önskemålet att låta dumt
acknowledge-body-outage = Ta ansvar med exakta tider. Säg vad som är säkert, och bara det du vet.
acknowledge-say-outage =
    ”[Tjänsten] har legat nere sedan [start]. Det är vårt ansvar, och jag ber om ursäkt för att det stoppar [kundens arbete].”
    ”[Dina uppgifter] är [säkra, eller: kontrolleras fram till tid].”
acknowledge-never-outage =
    ”Vissa användare kan uppleva …”
    En tid som ingen har lovat dig
acknowledge-then-say =
    Skicka det och tryck på ”Jag har skickat den”. Lyssna nu; lös inget ännu.
acknowledge-open = Skriv ditt meddelande
acknowledge-draft = Ditt meddelande
    .hint = Vad kunden känner, vad som hände och, om vi har gjort fel, att felet är vårt. Med klockslag.
acknowledge-sent_at = Skickad
    .press = Jag har skickat den
acknowledge-timer-nudge = Kunden väntar ännu på ditt första meddelande. Två meningar: känslan och det som hände.
acknowledge-timer-late = Det första meddelandet dröjer.

## Byt fokus

refocus-title = Byt fokus
refocus-body = Från känslan till problemet: fråga efter ett faktum och upprepa sedan problemet med dina egna ord.
refocus-say =
    ”Så att jag förstår rätt: [problemet med dina ord]. När började det?”
    ”Vad skulle göra det bra för dig?”
refocus-never =
    En fråga som kunden redan har svarat på; en gissning om orsaken
    Att gå tillbaka till känslan när kunden svarar på frågor
refocus-say-angry =
    ”Så att jag rättar till rätt sak: [problemet]. Vad är viktigast för dig först, [A] eller [B]?”
refocus-say-discount =
    ”Vad betyder mest: [priset nu], [kostnaden på ett år] eller [vad som ingår]?”
refocus-never-discount =
    Att argumentera för att priset är rimligt
refocus-say-refused-request =
    ”Du behöver [det kunden ber om] senast [datum], till [syftet]: har jag förstått rätt?”
refocus-say-outage =
    ”Vilka av dina [ordrar, filer, bokningar] väntar på grund av det här? Finns det en tidsgräns före [tid]?”
refocus-open = Anteckna vad kunden sa
refocus-timer-nudge = Fråga en sak: vad skulle göra det bra? Upprepa sedan svaret.

## Lös

solve-title = Lös
solve-body = Ge ett val, säg vem som gör vad och när, och håll det. Ett ord var tjugonde minut tills det är klart.
solve-say =
    ”Jag kan [alternativ A] till kl. [tid] eller [alternativ B] till kl. [tid]. Vilket passar dig?”
    ”Jag skriver till dig kl. [tid] oavsett hur det går.”
solve-never =
    Tystnad efter den tid du lovade
    Bara en utväg; att skicka vidare och släppa det
solve-say-angry =
    ”[Reparationen] är klar kl. [tid]. Jag skriver till dig kl. [tid]; du behöver inte ringa någon.”
    ”För [det som det kostade dig]: [det du får tillbaka].”
solve-never-angry =
    ”inom en timme”, ”så snart som möjligt”: ge ett klockslag
    ”det händer aldrig igen”
solve-say-discount =
    ”Jag kan inte sänka priset: [ett skäl]. Jag kan [annat värde] redan i dag; det sparar dig [belopp].”
solve-never-discount =
    Ett skäl till, en senare rabatt, ”annars blir kvaliteten sämre”
solve-say-refused-request =
    ”Vi erbjuder inte [det du ber om]: [ett skäl].”
    ”Jag har noterat det med nummer [nummer]. Det närmaste är [alternativ], fram till kl. [tid].”
solve-never-refused-request =
    ”Vi ska fundera på det”; ett löfte om något som ingen har noterat
solve-say-outage =
    Ämnesrad: ”[Tjänsten] ligger nere sedan [start]: nästa besked kl. [tid]”
    ”Den stannade kl. [start] och är tillbaka kl. [tid]. [Dina uppgifter] är [säkra].”
    ”Nästa besked kl. [tid]. [Chefens namn och titel]”
solve-never-outage =
    Ingen nästa tid; inget namn under; en egen version till varje kund
solve-then-say =
    En rad om hur långt du har kommit räcker. När det är klart, fråga: ”Är det bra för dig nu?”
solve-open = Lova en lösning
solve-then-open = Anteckna kundens betyg
