### Words that every playbook shares. Short, warm, plain: what to do next, no blame, no jargon.

## Times, lists, marks

time-tomorrow = tomorrow { $time }
time-yesterday = yesterday { $time }
time-day = { $day }, { $time }
duration = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } h { $minutes } min
}
scale-of = { $mark } of 5
scale-1 = 1 – not at all
scale-2 = 2
scale-3 = 3
scale-4 = 4
scale-5 = 5 – completely
cancel = Cancel
close = Close
more = More …
not-known = not known yet
nothing-yet = nothing yet
said-nothing = (nothing was written)
severity-1 = an annoyed customer
severity-2 = an upset customer
severity-3 = urgent

## The agent's card

say = Say
never = Never
card-title = { $place } of { $of } ·
card-missing = Still missing: { $what }
card-severe = Urgent: a supervisor has been told at once.
card-taken = { $who } has it since { $time }. You are still the customer's contact.
card-pinged = I am asking { $who } to help.
card-handed = Handed over to { $who }.
card-dropped = Dropped: not an escalation.
card-closed = Recovery complete. Thank you for seeing it through.
card-not-started = Not started yet.
group-prevention = What stops it next time
note-last = Progress note, { $time }
note-at = Progress, { $time }
taken = { $who } has it and is on the way.
advised = { $who } advises:
prevention-title = To stop it next time: { $what }
prevention-late = Not done in time: { $what }
prevention-late-body = It was to stop this from happening again. Ask { $who } what is in the way.
prevention-done = Done { $time }.
prevention-press = It is done
approval-title = { $who } asks whether we may give { $amount }
approval-why = Why you: it is above your colleague’s limit. You may allow up to { $limit }.
approval-why-any = Why you: it is above your colleague’s limit, and you may allow it.
approval-moved = I have asked the next person meanwhile; the first answer counts.
approval-gone = This question is no longer open.
approval-end-granted = { $who } allows { $amount }
approval-end-less = { $who } allows { $granted } of { $amount }
approval-end-refused = { $who } does not allow { $amount }: { $why }
approval-end-expired = Nobody has decided about { $amount } in time
approval-end-alone = { $who } may decide { $amount } alone
approval-told = { $who } has been told.
approval-own = You may decide up to { $amount } yourself.
approval-alone = { $amount }: you may decide this yourself.
approval-asked = I have asked { $who } to allow { $amount }. Do not promise it yet.
approval-granted = { $who } allows { $amount }. You may promise it now.
approval-less = { $who } allows { $amount }, not the whole sum. You may promise that now.
approval-refused = { $who } does not allow { $amount }: { $why }
approval-expired = Nobody has said whether you may give { $amount }. Offer what you may decide yourself, or ask again with “Correct”.
approval-allow = Allow
record-allowed = Allowed by
record-allowed-limit = { $who }: { $amount }, within a limit of { $limit }
record-allowed-any = { $who }: { $amount }
taken-over = { $who } goes on with this customer now. Thank you; you can let go of it.
snooze = Remind me in 15 minutes
snoozed = I will remind you at { $time }.
help-coming = I have asked { $who } to help you.
help-coming-later = I may not wake anybody now. I will ask { $who } as soon as I may: { $time }.
help-coming-channel = I have asked for help in the team’s channel.
help-coming-channel-later = I may not wake anybody now. I will ask in the team’s channel as soon as I may: { $time }.
handed = { $who } has handed this recovery to you. The card above has the whole story.

offer-title = This sounds like an upset customer. Shall we go through it together?
offer-why = Heard: { $why }. Only you can see this.
offer-accept = Coach me on this
offer-decline = Not an escalation
offer-taken = Started. Your card is in our private chat.
offer-dropped = Understood: not an escalation. Thank you, that helps me listen better.

## Forms

form-answer = Answer
    .title = Answer
    .submit = Save
form-correct = Correct: { $step }
    .title = Correct
    .submit = Save
form-skip = Skip this step
    .title = Skip this step
    .submit = Skip
form-handover = Hand over
    .title = Hand over
    .submit = Hand over
form-drop = Not an escalation
    .title = Not an escalation
    .submit = Drop it
form-switch = Use another method
    .title = Use another method
    .submit = Use it
form-help = Get a supervisor
    .title = Get a supervisor
    .submit = Ask now
form-note = Progress note
    .title = Progress note
    .submit = Save
form-advise = Advise
    .title = Advise privately
    .submit = Send to the agent
form-allowless = Allow less
    .title = Allow less
    .submit = Allow this much
form-deny = Refuse
    .title = Refuse
    .submit = Refuse
form-postpone = It takes longer
    .title = It takes longer
    .submit = Save
form-pass = Pass on
    .title = Pass on
    .submit = Ask this person
form-reopen = The customer came back
    .title = Open it again
    .submit = Open again
form-start = Start a recovery
    .title = Start a recovery
    .submit = Start
    .said = What is going on?
    .hint = One line is enough: what the customer says, or what went wrong.
form-language = Language and time
    .title = Language and time
    .submit = Save
    .lang = Your language
    .zone = Your time zone
    .hint = For example Europe/Stockholm.
input-reason = Why?
input-why = What do you need?
input-advice = Your advice, for the agent alone
    .hint = One thing to say or do next.
input-allowless = How much?
input-deny = Why not? Your colleague reads this.
input-until = Until when?
input-pass = Who should have it?
input-reopen = What is wrong now?
input-note = What did you tell the customer?
input-method = Which one?
input-to = To whom?

## The supervisor

ping-title = { $who } needs you: { $severity }
ping-title-mine = { $who }: you have it
ping-title-taken = { $who }: { $by } has it
ping-title-over = { $who } has taken over this customer
ping-title-moved = { $who }: I have asked { $by }
ping-title-again = { $who }: I ask you again further down
ping-title-closed = { $who }: complete
ping-title-dropped = { $who }: not an escalation
ping-promised = Promised
ping-tried = Done so far
ping-now = Now
tried-step = { $step } ({ $time })
tried-skipped = { $step }, skipped: { $why }
take = I have it
take-over = Take over
ping-asked-now = I have asked { $who } since then.
ping-stops = Any of the buttons stops this ping: “I have it” and nobody else is asked; “Take over” and the customer is yours.
ping-taken = { $who } has it since { $time }.
ping-closed = Complete: nothing left to do.
ping-dropped = { $who } dropped it: not an escalation.
why-severe = { $where ->
    [channel] Why this channel: this is urgent, and this is where I ask first.
   *[person] Why you: this is urgent, and you are the first to be asked.
}
why-asked = { $where ->
    [channel] Why this channel: { $who } asks for a supervisor: { $why }
   *[person] Why you: { $who } asks for a supervisor: { $why }
}
why-late = { $where ->
    [channel] Why this channel: a step was not finished in time.
   *[person] Why you: a step was not finished in time.
}
why-unanswered = { $where ->
    [channel] Why this channel: no answer yet from { $before }.
   *[person] Why you: no answer yet from { $before }.
}
why-stalled = { $where ->
    [channel] Why this channel: { $before } had it, and nothing has happened since.
   *[person] Why you: { $before } had it, and nothing has happened since.
}
why-passed = Why you: { $by } passes it on to you.
why-reopened = { $where ->
    [channel] Why this channel: the customer came back, so it is open again: { $why }
   *[person] Why you: the customer came back, so it is open again: { $why }
}
why-unhappy = { $where ->
    [channel] Why this channel: the customer says that the fix did not make it right.
   *[person] Why you: the customer says that the fix did not make it right.
}
why-again = { $where ->
    [channel] Why this channel: this customer was let down before, within the last 30 days. Apologise, and make it good with something real.
   *[person] Why you: this customer was let down before, within the last 30 days. Apologise, and make it good with something real.
}
why-channel = Whoever presses first has it.
storm-title = { $count ->
    [one] One customer needs you
   *[other] { $count } customers need you
}
storm-title-unanswered = { $count ->
    [one] Nobody has answered for one customer
   *[other] Nobody has answered for { $count } customers
}
storm-title-late = { $count ->
    [one] One step is late
   *[other] { $count } steps are late
}
storm-body-late = Ask what holds each of them up. “Advise” and “Take over” stand on their cards.
storm-line = { $who }: { $severity }, waiting since { $time }
storm-line-over = { $who }: { $severity }
storm-body = They came within minutes, so they stand in one message. Take what you can; for the others I ask the next supervisor.
storm-done = Nobody here is waiting for you any more
still-title = { $who } is still waiting for you: are you on it?
still-body = You have this one, and nothing has happened for a while. Press, or it goes to the next person.
still-take = Yes, I am on it
recurs-title = The same cause again within 30 days: { $cause }
unanswered-nobody = Nobody could be asked
late-title = { $who } is late with a step: { $step }
support-title = { $who } would like your support
support-body = A conversation with a customer is behind them. Please make time today; what it is about is theirs to tell.
late-body = You have this one. Ask what holds it up; “Advise” and “Take over” stand on its card.
late-body-nobody = If nobody has it yet, press “I have it” on its card; then ask what holds it up.
late-over = This step is no longer open.
nudge-over = This is done, or no longer needed.
asked-title = { $who } asks for you again
unanswered-title = Nobody of those I asked has answered: { $who }
unanswered-body = Everybody on the list was asked. Please see that somebody takes it.

## Admins

undelivered-not-in-channel = I cannot post in { $where }: invite me there and I will post it by myself.
undelivered-archived = I cannot post in { $where }: the channel is archived. Choose another one in amends.toml.
undelivered-gone = I cannot reach { $where }: nobody is there any more. Change amends.toml.
undelivered-revoked = I am no longer allowed to write here: install the app again and set its new token.
undelivered-refused = A message to { $where } was refused.
fault-late = A ping to { $who } is late: it was due at { $time }
fault-given-up = A ping to { $who } was given up at { $time }
fault-forgotten = Since { $time } nobody is asked any more about a customer of { $who }
fault-body = Please see to it yourself. On the machine where I run, { $command } shows who was asked and what came of it.
undelivered-body = Nothing is lost: the record is stored, and the message waits.

## The team

record-title = A recovery completed by { $who }
record-skipped = Skipped
record-to-apology = Time to the apology
record-to-fix = Time to the fix
record-to-close = Time to the end

## Home, list, help

home-title = Amends
list-title = { $count ->
    [one] One open recovery
   *[other] { $count } open recoveries
}
list-empty = No open recoveries. Good.
list-missing = Missing
help-title = I coach you while a customer is upset: apologise, review, fix and follow up, document.
help-how = How
help-lines = { $platform ->
    [teams]
        “start” and what is going on: start a recovery
        “ask” and what the customer says: what do I say now?
        “draft” and your text: what is good and weak in it, for you alone
        “list”: your open recoveries
        “language”: choose your language
        “today”: a supervisor’s overview of the team
        “mute 1h”, “unmute”: a supervisor’s pings go to the next for a while
        In a channel: the same words after @Amends
   *[other]
        /amends start and what is going on: start a recovery
        /amends ask and what the customer says: what do I say now?
        /amends draft and your text: what is good and weak in it, for you alone
        /amends list: your open recoveries
        /amends language: choose your language
        /amends today: a supervisor’s overview of the team
        /amends mute 1h, /amends unmute: a supervisor’s pings go to the next for a while
}
help-method = { $platform ->
    [teams] “start carp:” and what is going on: by the method you name ({ $methods })
   *[other] /amends start carp: and what is going on: by the method you name ({ $methods })
}
help-shortcut = { $platform ->
    [desk] On any message in the channel: “Coach me on this”
   *[other] On any message: More actions, then “Coach me on this”
}
help-private = In our private chat: reply to my card, or press its buttons
language-kept = From now on I speak { $language } with you.

## A polite no

no-late-closed = This recovery is complete already; nothing was changed.
no-late-dropped = { $who } has dropped this one: not an escalation. Nothing was changed.
no-late-method = Something is written down already, so the method stays. Nothing was changed.
no-late-reopened = It is open already.
no-pass-agent = { $who } is on it already and asked for you. Choose somebody else.
no-pass-self = Choose somebody else than yourself, or press “I have it”.
no-late-allowed = This is decided already.
no-late-question = Another amount is asked for by now, so nothing was decided. Please answer the newest question.
no-limit = That is above your own limit of { $limit }. Allow less, or leave it to the next person.
no-limit-day = That is above your limit for today, { $limit }. Allow less, or leave it to the next person.
no-field-future = A time that is still to come, please.
no-field-less = An amount in the same currency, above 0 and not more than was asked for.
no-field-limit = Nobody on the ladder may allow this much. Offer less.
no-late-prevented = Nothing is left to do here.
no-early-prevented = This recovery is open again; what stops it next time comes at its end.
no-late-started = You have started this one already; the card is in our private chat.
no-late-step = That step is done already; to change it, choose “Correct” on the card.
no-late-taken = { $who } has it already. Thank you for looking.
no-late-passed = I have asked { $who } already.
no-not-started = This one has not been started yet.
no-not-supervisor = Only a supervisor of this team can take it.
no-not-yours = { $who } is on this one. Ask for a hand-over if you want to go on with it.
no-unknown-recovery = { $platform ->
    [teams] I do not know this recovery any more. Write “list” to see yours.
   *[other] I do not know this recovery any more. Write /amends list to see yours.
}
no-unknown-step = This button does not fit this recovery; nothing was changed.
no-unknown-field = This answer does not fit the step; nothing was changed.
no-cannot-skip = Cause and action are needed to complete a recovery. Two lines are enough.
no-help-exhausted = Every supervisor has been asked already. An admin is told when nobody answers.
no-help-nobody = No supervisor is set for your team. Please ask your admin.
no-handover-same = It is with this person already.
no-handover-nobody = Choose the person who goes on.
no-form = Something is missing or not readable: { $fields }
no-field-required = Please fill this in.
no-field-time = I cannot read this time. Write 14:30, or 2026-11-24 14:30.
no-field-money = I cannot read this amount. Write a number and a currency: 250 SEK.
no-field-zone = I do not know this time zone. Write it like Europe/Stockholm.
no-field-option = Please choose one of the list.
no-field-long = Too long: at most 3,000 characters.
no-which-recovery = You have several open recoveries: please answer on the card of the one you mean, or reply to it.
no-use-button = This one needs a choice: please press the button on the card.
no-nothing-to-answer = { $platform ->
    [teams] I have nothing open with you. Write “start” and what is going on.
   *[other] I have nothing open with you. Write “/amends start” and what is going on.
}
no-unknown-command = { $platform ->
    [teams] I know these words: ask, draft, start, list, language, today, mute, unmute and help.
   *[other] I know /amends ask, draft, start, list, language, today, mute, unmute and help.
}
no-unknown-language = I speak { $languages }.
no-again = That took too long to open; please press once more.
no-empty = There was no text in it.

## What was heard, as it stands after “Heard:”

reason-anger = anger
reason-broken = something broken
reason-capitals = capitals
reason-complaint = a complaint
reason-crisis = a life at risk
reason-danger = a threat
reason-discount = a discount wanted
reason-failed-again = it failed again
reason-hurt = in distress
reason-leak = somebody’s data
reason-legal = legal steps
reason-media = press or social media
reason-money-lost = money lost
reason-no-answer = nobody answered
reason-outage = an outage
reason-refused = a request refused
reason-regulator = a regulator
reason-repeat-contact = not the first time
reason-rude-staff = felt badly treated
reason-safety = safety or health
reason-threat-to-leave = may leave
reason-upset = upset
reason-urgent = urgency
reason-vulnerable = somebody vulnerable
reason-waiting = a long wait
reason-wants-manager = wants a manager
reason-wording = the wording

## Orders in words, one a line: what people may write. The words of every language are understood from everybody.

order-help = help
order-list = list
order-unmute = unmute
order-today = today
order-start = start
order-ask = ask
order-draft = draft
order-language = language
order-mute = mute
