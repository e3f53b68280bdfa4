### CARP. What is not said here is said in recovery/en.ftl: the last step, and every field by its id.
### `-say-<kind>` are skeletons for one kind of customer: put the facts of the case into the [brackets], leave the rest.

method-carp = CARP: control, acknowledge, refocus, solve

## Control

control-title = Control
control-body = Yourself first: breathe out, read it twice, let them finish. Go on when they answer your questions.
control-say =
    “I am [your name]. I read every word, and I stay with this until it is settled.”
control-never =
    Mirroring the sarcasm, defending yourself, explaining first
control-say-angry =
    “I am [your name]. You have my full attention, and I stay with this until it is settled.”
    The anger is about what happened, not about you. Type slowly.
control-never-angry =
    “calm down”; capitals or sarcasm back
    Explaining before they have finished
control-body-discount = A price question is no attack. Nothing went wrong? Then answer with the lines below and choose “Not an escalation”.
control-say-discount =
    “Thank you for asking me straight. [Their reason] is worth a clear answer.”
    “I cannot lower the price. I can [another value] today.”
control-never-discount =
    Being sorry for the price; “or the quality falls”
control-body-refused-request = Hear the wish out to the end, then say no once, clearly and kindly.
control-say-refused-request =
    “Tell me what you need [what they ask for] for, then I can look for the nearest thing.”
control-never-refused-request =
    “That is impossible”, before they have finished
control-body-outage = One truthful status for everybody: settle it with your manager before anybody answers alone.
control-say-outage =
    “We know that [service] is down. Our status comes at [time], the same for everybody.”
control-never-outage =
    Hiding it, guessing, or answering each one differently
control-control_at = Their first answer
    .press = They answer my questions
control-timer-nudge = Still venting? Two to five minutes are normal. Ask one short question; an answer means you may go on.

## Acknowledge

acknowledge-title = Acknowledge
acknowledge-body = One sentence for the feeling, one for the fact. Then listen.
acknowledge-say =
    “I see that this is [their feeling].”
    “[What happened] is our mistake, and I am sorry it [what it did to them].”
acknowledge-never =
    “sorry if …”, “sorry, but …”, “I know how you feel”
    Solving now: that comes two steps later
acknowledge-say-angry =
    “You have every right to be angry. [What happened] [what it stopped], and that is on us.”
    “I am looking into it and write to you at [time].”
acknowledge-never-angry =
    Thanks for an understanding nobody has shown
    Sending them after another team
acknowledge-body-discount = Thank them, and show that you heard the reason. There is nothing to be sorry for.
acknowledge-say-discount =
    “Thank you for telling me. I see that [their reason] makes the price matter.”
acknowledge-never-discount =
    Sorry for the price; a “symbolic” price
acknowledge-body-refused-request = Show that the wish makes sense. Be sorry only for what we did wrong.
acknowledge-say-refused-request =
    “I see why you need [what they ask for] for [their purpose].”
acknowledge-never-refused-request =
    “We are a small team”; anything that makes the wish look silly
acknowledge-body-outage = Own it with exact times. Say what is safe, and only what you know.
acknowledge-say-outage =
    “[Service] has been down since [start]. That is on us, and I am sorry it stops [their work].”
    “Your [data] is [safe, or: being checked until time].”
acknowledge-never-outage =
    “Some users may experience …”
    A time that nobody has promised you
acknowledge-then-say =
    Send it, then press “I have sent it”. Now listen; do not solve yet.
acknowledge-open = Write your message
acknowledge-draft = Your message
    .hint = What they feel, what happened, and where we failed that it is ours. With a clock time.
acknowledge-sent_at = Sent at
    .press = I have sent it
acknowledge-timer-nudge = They still wait for your first message. Two sentences: the feeling, the fact.
acknowledge-timer-late = The first message is late.

## Refocus

refocus-title = Refocus
refocus-body = From the feeling to the problem: ask for one fact, then say the problem back in your words.
refocus-say =
    “So that I get it right: [the problem in your words]. When did it begin?”
    “What would put this right for you?”
refocus-never =
    A question they have answered already; a guess at the cause
    Going back to the feeling once they answer
refocus-say-angry =
    “So that I put the right thing right: [the problem]. What comes first for you, [A] or [B]?”
refocus-say-discount =
    “What counts most: [the price now], [the cost over a year] or [what is included]?”
refocus-never-discount =
    Arguing that the price is fair
refocus-say-refused-request =
    “You need [what they ask for] by [date], for [purpose]: have I got that right?”
refocus-say-outage =
    “Which of your [orders, files, bookings] wait because of it? Is there a deadline before [time]?”
refocus-open = Note what they said
refocus-timer-nudge = Ask one thing: what would put this right? Then say it back.

## Solve

solve-title = Solve
solve-body = Offer a choice, say who does what by when, and keep it. A word every 20 minutes until it is done.
solve-say =
    “I can [option A] by [time], or [option B] by [time]. Which suits you?”
    “I write to you at [time] either way.”
solve-never =
    Silence past the promised time
    One way out only; passing it on and forgetting it
solve-say-angry =
    “[The repair] is done by [time]. I write to you at [time]; you need not call anybody.”
    “For [what it cost them]: [what you give back].”
solve-never-angry =
    “within the hour”, “as soon as possible”: give a clock time
    “never again”
solve-say-discount =
    “I cannot lower the price: [one reason]. I can [another value] today; that saves you [amount].”
solve-never-discount =
    A second reason, a later discount, “or the quality falls”
solve-say-refused-request =
    “We do not offer [what they ask for]: [one reason].”
    “I have noted it under [number]. The nearest thing is [option], until [time].”
solve-never-refused-request =
    “We will consider it”; a promise of what nobody has noted
solve-say-outage =
    Subject: “[Service] down since [start]: next word at [time]”
    “It stopped at [start]; it is back at [time]. Your [data] is [safe].”
    “Next word at [time]. [Manager's name and title]”
solve-never-outage =
    No next time; no name below it; another version for each customer
solve-then-say =
    One line on how far you are is enough. When it is done, ask: “Is this right for you now?”
solve-open = Promise the solution
solve-then-open = Note the customer's rating
