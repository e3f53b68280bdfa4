### LEARN. Only what it says differently: everything else comes from recovery/en.ftl.

method-learn = LEARN: listen, empathise, apologise, respond, notify

listen-title = Listen
listen-body = Let them tell it to the end. Then ask what they want.
listen-say =
    “I am listening. What happened first, and what would put it right?”
listen-never =
    Interrupting; guessing the end of the story
listen-open = Note what they said
listen-timer-nudge = What happened, and what do they want? Two lines are enough.

apologise-title = Empathise, apologise
apologise-body = Say how it must feel, then own it.
apologise-say =
    “[What happened] cost you [what it cost]. That is on us, and I am sorry.”
apologise-never =
    “I know how you feel”; “sorry, but …”
apologise-open = Write your apology

respond-title = Respond
respond-body = Say what you do and by when. Then do it.
respond-say =
    “I [what you do] by [time], and I write to you at [time] either way.”
respond-never =
    “as soon as possible”
respond-open = Promise the fix
respond-then-open = Note the customer's rating

notify-title = Notify
notify-body = Tell the team: the cause, and what stops it next time.
notify-say =
    Two lines are enough.
notify-never =
    The name of a person at fault
notify-open = Note cause and action
