### Ord för den som leder ett team: ett avbrott, tystade larm, morgonens översikt.

## Ett avbrott

outage-title = { $count ->
    [one] En kund har sedan { $time } sagt att tjänsten ligger nere: är det ett avbrott?
   *[other] { $count } kunder har sedan { $time } sagt att tjänsten ligger nere: är det ett och samma avbrott?
}
outage-body = Säg en gång vad som gäller, så kan alla i teamet använda det: samma besked till varje kund.
outage-decline = Olika fel, inte ett
outage-declined = { $who } säger att det är olika fel. Varje ärende går vidare för sig.
outage-lapsed = Ingen sa att det var ett och samma avbrott. Varje ärende går vidare för sig.
outage-open = { $count ->
    [one] Ett avbrott som { $who } håller i: ett ärende hör dit
   *[other] Ett avbrott som { $who } håller i: { $count } ärenden hör dit
}
outage-due = Dags för nästa besked: kollegor och kunder väntar på det.
outage-over = { $who } har avslutat avbrottet
outage-over-body = { $count ->
    [one] Ett ärende hörde dit. Det ska ändå följas upp och dokumenteras.
   *[other] { $count } ärenden hörde dit. Vart och ett ska ändå följas upp och dokumenteras.
}
outage-word-first = Ett avbrott: det här får varje kund höra
outage-word-new = Nytt om avbrottet: det här får varje kund höra nu
outage-word-last = Avbrottet är över: det här får varje kund höra
outage-word-body = Använd det ordagrant, efter din egen ursäkt. Lägg inte till någon annan tid eller orsak.
outage-word-last-body = Berätta för kunden, fråga om allt fungerar igen och gå vidare med ärendet.
outage-word-old = Det finns ett nyare besked om avbrottet längre ner.
outage-status = Ett avbrott: säg till varje kund
outage-says = Beskedet
outage-since = Sedan { $time }.
outage-lasted = Från { $since } till { $until }.
outage-safe = Det som är säkert: { $what }
outage-next = Nästa besked från oss: { $time }.
outage-signed = – { $who }
outage-part = Del av ett avbrott
outage-part-of = { $what } (sedan { $since })
outage-part-was = { $what } ({ $since } till { $until })

form-outage-declare = Ett avbrott: säg vad som gäller
    .title = Ett avbrott
    .submit = Berätta för alla
form-outage-update = Nytt om avbrottet
    .title = Nytt om avbrottet
    .submit = Berätta för alla
form-outage-end = Det är över
    .title = Avbrottet är över
    .submit = Berätta för alla
input-outage-what = Vad har hänt?
    .hint = Bara det du vet: ”Kortbetalningar går inte igenom.”
input-outage-since = Sedan när?
input-outage-safe = Vad är säkert, vad fungerar ändå?
    .hint = Till exempel: ”Kontanter fungerar. Inga pengar dras två gånger.”
input-outage-next = När kommer nästa besked?
input-outage-signed = Undertecknat av
input-outage-what-last = Vad får kunderna höra nu?
    .hint = Till exempel: ”Kortbetalningarna fungerar igen sedan 14:00.”

no-field-past = Välj en tid som har varit.
no-field-future = Välj en tid framåt.
no-late-outage-declared = Det är redan sagt och { $who } håller i det; alla i teamet har fått beskedet.
no-late-outage-declined = { $who } har redan sagt att det är olika fel.
no-late-outage-lapsed = Det är ett tag sedan, så jag frågar inte längre. Hör fler kunder av sig frågar jag igen.
no-late-outage-over = { $who } har redan avslutat det här avbrottet.

## Tystade larm

form-mute = Tysta mina larm
    .title = Tysta mina larm
    .submit = Tysta
    .for = Hur länge?
    .for-15m = 15 minuter
    .for-1h = En timme
    .tomorrow = Tills arbetet börjar i morgon
unmute = Sätt på larmen igen
muted = Dina larm är tysta till { $time }.
muted-body = Så länge frågar jag nästa på tur direkt. Det som är akut, godkännanden och det som ingen svarar på hörs ändå.
mute-over = { $count ->
    [one] Dina larm är på igen. En gång skulle du ha fått en fråga:
   *[other] Dina larm är på igen. { $count } gånger skulle du ha fått en fråga:
}
mute-over-nothing = Dina larm är på igen. Ingen behövde dig under tiden.
mute-waits = { $who } väntar fortfarande på någon.
mute-more = { $count ->
    [one] Och en till.
   *[other] Och { $count } till.
}
mute-minutes =
    m
    min
    minut
    minuter
mute-hours =
    h
    t
    tim
    timme
    timmar
mute-two-hours = två timmar
mute-tomorrow =
    imorgon
    i morgon
    imorron
no-mute-how = Skriv hur länge: tysta 15 min, tysta 1 timme eller tysta imorgon; högst 24h.
no-mute-supervisors = Bara teamledare får larm, så du har inget att tysta.
no-not-muted = Dina larm är inte tystade.

## Morgonens översikt

digest-title = God morgon: ditt team i dag
digest-nothing = Inget är öppet och inget förfaller i dag. Bra.
digest-overdue = Löften som har passerat sin tid
digest-today = Utlovat till i dag
digest-open-3 = Öppet: akut ({ $count })
digest-open-2 = Öppet: upprörda kunder ({ $count })
digest-open-1 = Öppet: irriterade kunder ({ $count })
digest-prevention = För att det inte ska hända igen: att göra nu
digest-completed = { $count ->
    [one] Klart i går: ett ärende.
   *[other] Klart i går: { $count } ärenden.
}
digest-causes = Vanligaste orsakerna de senaste 7 dagarna
digest-cause = { $cause } ({ $count })
digest-line = { $what } · { $who }
digest-due = { $time }: { $what } · { $who }
no-today-supervisors = Översikten är för teamledare. ”lista” visar dina egna öppna ärenden.
