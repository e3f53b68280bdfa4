### Words for whoever looks after a team: one outage, muted pings, the morning's digest.

## One outage

outage-title = { $count ->
    [one] One customer has said since { $time } that the service is down: an outage?
   *[other] { $count } customers have said since { $time } that the service is down: one outage?
}
outage-body = Say once what is true, and every agent can use it: the same words for every customer.
outage-decline = Several things, not one
outage-declined = { $who } says: several things, not one. Each recovery goes on by itself.
outage-lapsed = Nobody said that it was one outage. Each recovery goes on by itself.
outage-open = { $count ->
    [one] One outage, looked after by { $who }: one recovery is part of it
   *[other] One outage, looked after by { $who }: { $count } recoveries are part of it
}
outage-due = The next word is due: agents and customers wait for it.
outage-over = { $who } has ended the outage
outage-over-body = { $count ->
    [one] One recovery was part of it. It still gets its follow-up and its record.
   *[other] { $count } recoveries were part of it. Each still gets its follow-up and its record.
}
outage-word-first = One outage: this is what every customer hears
outage-word-new = News on the outage: this is what every customer hears now
outage-word-last = The outage is over: this is what every customer hears
outage-word-body = Use it as it stands, after your own apology. Add no other time and no other reason.
outage-word-last-body = Tell your customer, ask whether all is well again, and go on with the recovery.
outage-word-old = There is a newer word on the outage further down.
outage-status = One outage: say to every customer
outage-says = The status
outage-since = Since { $time }.
outage-lasted = From { $since } to { $until }.
outage-safe = What is safe: { $what }
outage-next = Next word from us: { $time }.
outage-signed = – { $who }
outage-part = Part of one outage
outage-part-of = { $what } (since { $since })
outage-part-was = { $what } ({ $since } to { $until })

form-outage-declare = One outage: say what is true
    .title = One outage
    .submit = Tell all agents
form-outage-update = News on the outage
    .title = News on the outage
    .submit = Tell all agents
form-outage-end = It is over
    .title = The outage is over
    .submit = Tell all agents
input-outage-what = What happened?
    .hint = Only what you know: “Card payments do not go through.”
input-outage-since = Since when?
input-outage-safe = What is safe, what still works?
    .hint = For example: “Cash works. No money is taken twice.”
input-outage-next = When does the next word come?
input-outage-signed = Signed by
input-outage-what-last = What do the customers hear now?
    .hint = For example: “Card payments work again since 14:00.”

no-field-past = Choose a time that has passed.
no-field-future = Choose a time to come.
no-late-outage-declared = It is declared already, and { $who } looks after it; every agent has the status.
no-late-outage-declined = { $who } has said already that these are several things.
no-late-outage-lapsed = That was a while ago, so I no longer ask. If more customers report it, I ask again.
no-late-outage-over = { $who } has ended this outage already.

## Muted pings

form-mute = Mute my pings
    .title = Mute my pings
    .submit = Mute
    .for = For how long?
    .for-15m = 15 minutes
    .for-1h = An hour
    .tomorrow = Until work begins tomorrow
unmute = Let them ring again
muted = Your pings are muted until { $time }.
muted-body = Meanwhile the next person is asked at once. What is urgent, approvals, and what nobody answers still ring.
mute-over = { $count ->
    [one] Your pings ring again. You were to be asked once:
   *[other] Your pings ring again. You were to be asked { $count } times:
}
mute-over-nothing = Your pings ring again. Nobody asked for you meanwhile.
mute-waits = { $who } still waits for somebody.
mute-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
mute-minutes =
    m
    min
    minutes
mute-hours =
    h
    hour
    hours
mute-two-hours = two hours
mute-tomorrow = tomorrow
no-mute-how = Write how long: mute 15m, mute 1h or mute tomorrow; at most 24h.
no-mute-supervisors = Only supervisors are pinged, so there is nothing to mute for you.
no-not-muted = Your pings are not muted.

## The morning's overview

digest-title = Good morning: your team today
digest-nothing = Nothing is open, nothing is due today. Good.
digest-overdue = Overdue promises
digest-today = Promised for today
digest-open-3 = Open: urgent ({ $count })
digest-open-2 = Open: upset customers ({ $count })
digest-open-1 = Open: annoyed customers ({ $count })
digest-prevention = So that it does not happen again: due
digest-completed = { $count ->
    [one] Completed yesterday: one recovery.
   *[other] Completed yesterday: { $count } recoveries.
}
digest-causes = Most frequent causes in the last 7 days
digest-cause = { $cause } ({ $count })
digest-line = { $what } · { $who }
digest-due = { $time }: { $what } · { $who }
no-today-supervisors = This overview is for supervisors. “list” shows your own open recoveries.
