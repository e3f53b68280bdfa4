### AWARE. What is not said here is said in recovery/en.ftl: every field by its id, and its options and hints.

method-aware = AWARE: acknowledge, widen, agree, resolve, evaluate

acknowledge-title = Acknowledge
acknowledge-body = Stop what you are doing. Say sorry for what they went through, and let them tell it their way.
acknowledge-say =
    “[What happened] should not have happened to you, and I am sorry. Please tell me everything, I am listening.”
acknowledge-never =
    Questions or explanations while they tell it
    “sorry if …”, “sorry, but …”
acknowledge-then-say =
    Send it, then press “I have sent it”. Let them tell it to the end.
acknowledge-open = Write your apology

widen-title = Widen
widen-body = Make room for a view you had not thought of, and let the customer help to shape the solution.
widen-say =
    “What did I not see: how did [what happened] look from where you stand?”
    “If you could choose: what would make this right?”
widen-never =
    “That cannot be”; your own solution before theirs
widen-open = Note what they said

agree-title = Agree
agree-body = Spell out what you both agreed: what, by whom, by when.
agree-say =
    “Then we do it like this: [who] does [what] by [time], and I check with you on [day] at [time]. Right?”
agree-never =
    “We will see”; anything without a time
agree-open = Note what you agreed
agree-timer-nudge = What did you agree, and by when? Note it while it is fresh.
agree-timer-late = The agreement is late.

resolve-title = Resolve
resolve-body = Do it. Follow up with everybody you handed a part to, and with the customer.
resolve-say =
    “[The part] is done, [the other part] follows by [time]. I write to you at [time] either way.”
resolve-never =
    Thinking it is done because you passed it on
resolve-open = Note the customer's rating

evaluate-title = Evaluate
evaluate-body = Look for the pattern: why could it happen, and what stops it next time?
evaluate-say =
    Two lines are enough. Has this happened before, at the same hour or the same place?
evaluate-never =
    The name of a person at fault
evaluate-open = Note cause and action
