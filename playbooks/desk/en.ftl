### The desk's own words: the local page in a browser, and a few messages to try.

desk-title = Amends · the desk
desk-script = The desk needs JavaScript.
desk-agent = Agent
desk-supervisor = Supervisor
desk-team = Team
desk-clock = Clock
desk-later = Move the clock forward
    .m5 = +5 min
    .m20 = +20 min
    .m60 = +1 h
    .m1440 = +1 day
desk-language = Language
desk-language-all = Language for everybody
desk-home = Home
desk-list = List
desk-help = Help
desk-home-of = Home of { $who }
desk-chat-of = { $who }’s private chat with Amends
desk-write = Write to Amends
desk-write-as = Write in #{ $channel } as { $who }
desk-send = Send
desk-reply = Reply to this
desk-replying = Reply to: { $what }
desk-reply-stop = Do not reply to it
desk-coach = Coach me on this
desk-only = Only you can see this
desk-unread = new
desk-choose = Choose …
desk-samples = Try one:
desk-empty-agent = Nothing yet. Press one of the messages under #{ $channel }, and Amends offers { $who } its help.
desk-empty-supervisor = Nothing yet. { $who } is pinged when something is urgent, late, or when an agent asks.
desk-empty-channel = What the team writes to each other. Press one of the messages below.
desk-empty-recoveries = Completed recoveries are posted here.
desk-empty-home = One moment …
desk-broken = That did not work. Please try again.
desk-away = The desk has stopped. This page goes on as soon as it runs again.

## Messages to try: a label for the button, .text is what is written

desk-sample-calm = Disappointed
    .text = Customer writes: “I ordered the blue lamp and got a green one. I am a bit disappointed. Could you look into it?”
desk-sample-angry = Angry
    .text = Customer on the phone: “This is the THIRD time my delivery is late! Nobody called me back. I am furious and I want my money back.”
desk-sample-legal = Safety, lawyer
    .text = Customer says the charger caught fire next to her child's bed. She is contacting her lawyer and the newspaper today.
desk-sample-outage = Outage
    .text = Customer: “Is your system down? My shop cannot take any payments since 11:30. This is unacceptable, I am losing money every minute!”
desk-sample-discount = Discount
    .text = Customer asks whether we can give a discount on the yearly plan. A competitor is cheaper.
desk-sample-talk = Ordinary talk
    .text = Who is taking the late shift on Thursday? I can swap with somebody.
