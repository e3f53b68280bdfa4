### AWARE. Det som inte sägs här sägs i recovery/sv.ftl: varje fält efter sitt id, med val och tips.

method-aware = AWARE: bekräfta, vidga, kom överens, lös, utvärdera

acknowledge-title = Bekräfta
acknowledge-body = Släpp det du håller på med. Be om ursäkt för det kunden har gått igenom, och låt kunden berätta på sitt sätt.
acknowledge-say =
    ”[Det som hände] skulle inte ha hänt dig, och jag ber om ursäkt. Berätta allt för mig, jag lyssnar.”
acknowledge-never =
    Frågor eller förklaringar medan kunden berättar
    ”vi beklagar om …”, ”förlåt, men …”
acknowledge-then-say =
    Skicka den och tryck på ”Jag har skickat den”. Låt kunden berätta färdigt.
acknowledge-open = Skriv din ursäkt

widen-title = Vidga
widen-body = Ge plats för ett sätt att se som du inte hade tänkt på, och låt kunden vara med och forma lösningen.
widen-say =
    ”Vad har jag missat: hur såg [det som hände] ut från ditt håll?”
    ”Om du fick välja: vad skulle göra det bra?”
widen-never =
    ”Det kan inte stämma”; din egen lösning före kundens
widen-open = Anteckna vad kunden sa

agree-title = Kom överens
agree-body = Säg tydligt vad ni har kommit överens om: vad, av vem och till när.
agree-say =
    ”Då gör vi så här: [vem] gör [vad] till kl. [tid], och jag hör av mig till dig [dag] kl. [tid]. Stämmer det?”
agree-never =
    ”Vi får se”; allt som saknar en tid
agree-open = Anteckna överenskommelsen
agree-timer-nudge = Vad har ni kommit överens om, och till när? Anteckna det medan det är färskt.
agree-timer-late = Överenskommelsen dröjer.

resolve-title = Lös
resolve-body = Gör det. Följ upp med alla som fick en del av det, och med kunden.
resolve-say =
    ”[Den ena delen] är klar, [den andra delen] kommer senast kl. [tid]. Jag skriver till dig kl. [tid] oavsett hur det går.”
resolve-never =
    Att tro att det är klart för att du har skickat det vidare
resolve-open = Anteckna kundens betyg

evaluate-title = Utvärdera
evaluate-body = Leta efter mönstret: hur kunde det hända, och vad hindrar det nästa gång?
evaluate-say =
    Två rader räcker. Har det hänt förut, vid samma tid eller på samma plats?
evaluate-never =
    Namnet på den som gjorde fel
evaluate-open = Anteckna orsak och åtgärd
