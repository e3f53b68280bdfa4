### LAST. Bara det som sägs på ett annat sätt: allt annat kommer från recovery/sv.ftl.

method-last = LAST: lyssna, be om ursäkt, lös, tacka

listen-title = Lyssna
listen-body = Låt kunden berätta färdigt. Fråga sedan vad kunden vill.
listen-say =
    ”Jag lyssnar. Vad gick fel, och vad skulle hjälpa dig nu?”
listen-never =
    Att avbryta
listen-open = Anteckna vad kunden sa
listen-timer-nudge = Vad hände, och vad vill kunden? Två rader räcker.

apologise-title = Be om ursäkt
apologise-body = Ta ansvar i en mening.
apologise-say =
    ”[Det som hände] är vårt fel, och jag ber om ursäkt för att det [vad det ställde till].”
apologise-never =
    ”vi beklagar om …”, ”förlåt, men …”
apologise-open = Skriv din ursäkt

solve-title = Lös
solve-body = Säg vad du gör och till när. Gör det sedan.
solve-say =
    ”Jag [det du gör] till kl. [tid], och jag skriver till dig kl. [tid] oavsett hur det går.”
solve-never =
    ”så snart som möjligt”
solve-open = Lova en lösning
solve-then-open = Anteckna kundens betyg

thank-title = Tacka och anteckna
thank-body = Tacka kunden nu när det är rättat, för det du fick veta. Anteckna sedan orsaken.
thank-say =
    ”Tack för att du berättade om [det som hände]. Tack vare dig [det som ändras].”
thank-never =
    Tack innan det är rättat; namnet på den som gjorde fel
thank-open = Anteckna orsak och åtgärd
