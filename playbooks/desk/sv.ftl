### Skrivbordets egna ord: den lokala sidan i webbläsaren, och några meddelanden att prova.

desk-title = Amends · skrivbordet
desk-script = Skrivbordet behöver JavaScript.
desk-agent = Den som har kunden
desk-supervisor = Teamledare
desk-team = Teamet
desk-clock = Klocka
desk-later = Ställ fram klockan
    .m5 = +5 min
    .m20 = +20 min
    .m60 = +1 h
    .m1440 = +1 dag
desk-language = Språk
desk-language-all = Språk för alla
desk-home = Hem
desk-list = Lista
desk-help = Hjälp
desk-home-of = Startsida för { $who }
desk-chat-of = Privat chatt mellan { $who } och Amends
desk-write = Skriv till Amends
desk-write-as = Skriv i #{ $channel } som { $who }
desk-send = Skicka
desk-reply = Svara på det här
desk-replying = Svar på: { $what }
desk-reply-stop = Svara inte på det
desk-coach = Coacha mig
desk-only = Bara du kan se det här
desk-unread = nytt
desk-choose = Välj …
desk-samples = Prova ett:
desk-empty-agent = Inget ännu. Tryck på ett av meddelandena under #{ $channel }, så erbjuder Amends { $who } sin hjälp.
desk-empty-supervisor = Inget ännu. { $who } får veta när något är akut eller försenat, eller när någon ber om hjälp.
desk-empty-channel = Här skriver teamet till varandra. Tryck på ett av meddelandena här nedanför.
desk-empty-recoveries = Här hamnar de färdiga ärendena.
desk-empty-home = Ett ögonblick …
desk-broken = Det gick inte. Försök igen.
desk-away = Skrivbordet har stannat. Sidan går vidare så snart det är i gång igen.

## Meddelanden att prova: knappens ord, och i .text det som skrivs

desk-sample-calm = Besviken
    .text = Kunden skriver: ”Jag beställde den blå lampan och fick en grön. Jag är lite besviken. Kan ni titta på det?”
desk-sample-angry = Arg
    .text = Kund i telefon: ”Det är TREDJE gången leveransen är sen! Ingen ringde tillbaka. Jag är rasande och vill ha pengarna tillbaka.”
desk-sample-legal = Säkerhet, advokat
    .text = Kunden säger att laddaren fattade eld bredvid barnets säng. Hon kontaktar sin advokat och tidningen i dag.
desk-sample-outage = Avbrott
    .text = Kund: ”Ligger ert system nere? Min butik kan inte ta betalt sedan 11.30. Det är oacceptabelt, jag förlorar pengar varje minut!”
desk-sample-discount = Rabatt
    .text = Kunden undrar om vi kan ge rabatt på årsplanen. En konkurrent är billigare.
desk-sample-talk = Vanligt prat
    .text = Vem tar kvällspasset på torsdag? Jag kan byta med någon.
