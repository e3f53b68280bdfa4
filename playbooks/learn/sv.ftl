### LEARN. Bara det som sägs på ett annat sätt: allt annat kommer från recovery/sv.ftl.

method-learn = LEARN: lyssna, visa förståelse, be om ursäkt, svara, berätta

listen-title = Lyssna
listen-body = Låt kunden berätta färdigt. Fråga sedan vad kunden vill.
listen-say =
    ”Jag lyssnar. Vad hände först, och vad skulle göra det bra?”
listen-never =
    Att avbryta; att gissa slutet på berättelsen
listen-open = Anteckna vad kunden sa
listen-timer-nudge = Vad hände, och vad vill kunden? Två rader räcker.

apologise-title = Förstå, be om ursäkt
apologise-body = Säg hur det måste kännas och ta sedan ansvar.
apologise-say =
    ”[Det som hände] kostade dig [vad det kostade]. Det är vårt fel, och jag ber om ursäkt.”
apologise-never =
    ”Jag vet hur det känns”; ”förlåt, men …”
apologise-open = Skriv din ursäkt

respond-title = Svara
respond-body = Säg vad du gör och till när. Gör det sedan.
respond-say =
    ”Jag [det du gör] till kl. [tid], och jag skriver till dig kl. [tid] oavsett hur det går.”
respond-never =
    ”så snart som möjligt”
respond-open = Lova en lösning
respond-then-open = Anteckna kundens betyg

notify-title = Berätta för teamet
notify-body = Berätta för teamet: orsaken, och vad som hindrar det nästa gång.
notify-say =
    Två rader räcker.
notify-never =
    Namnet på den som gjorde fel
notify-open = Anteckna orsak och åtgärd
