### LAST. Only what it says differently: everything else comes from recovery/en.ftl.

method-last = LAST: listen, apologise, solve, thank

listen-title = Listen
listen-body = Let them tell it to the end. Then ask what they want.
listen-say =
    “I am listening. What went wrong, and what would help you now?”
listen-never =
    Interrupting
listen-open = Note what they said
listen-timer-nudge = What happened, and what do they want? Two lines are enough.

apologise-title = Apologise
apologise-body = Own it in one sentence.
apologise-say =
    “[What happened] is our mistake, and I am sorry it [what it did to you].”
apologise-never =
    “sorry if …”, “sorry, but …”
apologise-open = Write your apology

solve-title = Solve
solve-body = Say what you do and by when. Then do it.
solve-say =
    “I [what you do] by [time], and I write to you at [time] either way.”
solve-never =
    “as soon as possible”
solve-open = Promise the fix
solve-then-open = Note the customer's rating

thank-title = Thank, and note
thank-body = Thank them now that it is put right, for what they told you. Then note the cause.
thank-say =
    “Thank you for telling us about [what happened]. Because of you we [what changes].”
thank-never =
    Thanks before it is put right; the name of a person at fault
thank-open = Note cause and action
