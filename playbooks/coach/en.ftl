### Asked mid-conversation. Each kind of customer has three things to say (`-say`) and one not to (`-never`), a line
### each; [brackets] are for the facts. `coach-angry-fix-say`: the words of one phase, where it matters which.

coach-say = You could say
# What stands before a name
coach-titles =
    Mr
    Mrs
    Ms
    Miss
    Dr
coach-past = It ended well before
coach-past-line = { $did } (the customer: { $rating } of 5)
coach-past-money = { $did }, { $amount }
coach-nothing = I have no good advice for this one.
coach-nothing-body = Say in one line what the customer says or wants, or ask a supervisor.
coach-anyway = With almost any customer it helps to say
coach-anyway-say =
    “Tell me what happened, from your side. I am listening.”
    “What would put it right for you?”
    “I find out and write to you by [time].”

coach-angry = For an angry customer
coach-angry-apologise-say =
    “You have every right to be angry. [What happened] is our mistake, and I am sorry.”
    “I am on it now and write to you at [time], whatever I know by then.”
    “Tell me what it has cost you. I am listening.”
coach-angry-apologise-never = “Please calm down”, or any reason before the apology
coach-angry-review-say =
    “I want to get this right. What went wrong first, from where you stand?”
    “So it was [what happened], and you need [what] by [time]. Have I got it?”
    “What would put this right for you?”
coach-angry-review-never = A question that they have answered already
coach-angry-fix-say =
    “I am doing [action] myself. It is done by [time].”
    “You can have [option] today or [option] by [day]. Which suits you better?”
    “I write to you at [time] either way, also if nothing has changed.”
coach-angry-fix-never = “As soon as possible”: give a time, and keep it

coach-failure = When something went wrong
coach-failure-apologise-say =
    “You were promised [what] and got [what]. That is on us, and I am sorry.”
    “I see what it did to your [day, trip, work].”
    “I am looking at it now and write to you by [time].”
coach-failure-apologise-never = “Sorry if …” or “sorry, but …”
coach-failure-review-say =
    “Can we go through it together, so that I miss nothing?”
    “When did you first notice it, and what have you tried?”
    “What would put this right for you, and by when?”
coach-failure-review-never = A guess at the cause
coach-failure-fix-say =
    “Here is what I do: [action], done by [time].”
    “You get back [sum, new one, visit]: what you lost, in kind.”
    “I check with you on [day] that it holds.”
coach-failure-fix-never = A new promise without a time

coach-document-say =
    “It is fixed. Does it work for you now?”
    “From 1 to 5: how well did we put this right?”
    “What you told us changes [what we do] from [day].”
coach-document-never = “This will never happen again”

coach-discount = When they want a discount
coach-discount-say =
    “I cannot lower the price. What I can do today is [option], which gives you [value].”
    “What matters most to you in [product]? Then I look for what fits.”
    “If you decide by [day], I add [extra].”
coach-discount-never = An apology for the price, or a hint that it falls later

coach-outage = When the service is down
coach-outage-say =
    “[Service] has been down since [start]. It is our fault, and we are on it.”
    “Your [data, money, orders] are safe. What does not work is [what].”
    “The next word comes at [time], also if it is not fixed.”
coach-outage-never = “It should be back soon”, or a different story for each customer

coach-legal = When they speak of a lawyer, an authority or the press
coach-legal-first = Get a supervisor now, and promise nothing beyond your limit.
coach-legal-why = The customer speaks of a lawyer, an authority or the press.
coach-legal-say =
    “That is your right, and I will not stand in the way. I would like to put it right first.”
    “So that nothing gets lost: it is about [what happened], and you want [what]. Is that so?”
    “[Name], who may decide this, calls you by [time].”
coach-legal-never = Arguing about who is right

coach-manager = When they want a manager
coach-manager-say =
    “Of course. I am asking [name] now; you hear from us by [time].”
    “So that you need not tell it twice: [what happened], and you want [what]. Right?”
    “I stay with you until [name] has it.”
coach-manager-never = “They will tell you the same”

coach-leave = When they are about to leave
coach-leave-say =
    “I understand that you think of leaving after [what happened]. We let you down.”
    “Before you decide: I can have [repair] done by [time].”
    “If you still want to go, I close it today and you owe nothing more.”
coach-leave-never = The contract, the notice period, or a gift before the apology

coach-waiting = When they have waited too long
coach-waiting-apologise-say =
    “You have waited since [day] and nobody told you why. That is our mistake.”
    “It stands at [where it is now]. The next step is [step], by [time].”
    “From now on you have me: I write at [time] either way.”
coach-waiting-apologise-never = “Thank you for your patience”

coach-crisis = When somebody speaks of ending their life
coach-crisis-first = Stay in contact, and get a supervisor now. If a life is in danger, call the emergency number.
coach-crisis-why = The customer speaks of ending their life.
coach-crisis-say =
    “I am glad you told me. I stay with you.”
    “Are you safe right now? Is somebody with you?”
    “I am getting somebody who can help. [Helpline] answers day and night.”
coach-crisis-never = Arguing, “it will be fine”, or being the one who hangs up

coach-danger = When you are threatened
coach-danger-first = Your safety comes first: step back, get a colleague, and call the police if it is urgent.
coach-danger-why = A customer is threatening me.
coach-danger-say =
    “I want to help you. I cannot while you threaten me.”
    “I am ending this here. [Name] takes over.”
    “You can reach us in writing at [address].”
coach-danger-never = Staying alone with them, or answering the threat

coach-safety = When somebody may be hurt
coach-safety-first = People first: call the emergency number if somebody is hurt or cannot breathe, then get a supervisor.
coach-safety-why = Somebody may be hurt.
coach-safety-say =
    “Is anyone hurt, or having trouble breathing? I am calling for help now.”
    “Please stop using or eating [what], and keep it as it is.”
    “I stay with you. [Name] calls you within [minutes].”
coach-safety-never = Any talk of money or fault before everybody is safe

coach-abuse = When you are insulted
coach-abuse-first = You need not take this. A supervisor can take over now, and a break is yours.
coach-abuse-why = A customer is insulting me.
coach-abuse-say =
    “I want to solve this with you. I cannot while I am insulted.”
    “If it goes on, I end the conversation. You are welcome back [when].”
    “[Name] takes over from here.”
coach-abuse-never = Answering in kind, or putting up with it in silence

coach-leak = When others’ data was seen, or an account was taken over
coach-leak-first = Personal data: get a supervisor now, the law counts in hours.
coach-leak-why = Somebody saw another person’s data, or an account was taken over.
coach-leak-say =
    “Thank you for telling me. I take it to [name] at once.”
    “Please do not pass it on, and keep what you saw until [name] has rung you.”
    “You hear by [time] who saw what, and what we do about it.”
coach-leak-never = “It is probably nothing”, or opening the other person’s data yourself

coach-distress = When they are in tears
coach-distress-apologise-say =
    “I am so sorry. Take the time you need, I am here.”
    “I understand that [what happened] means far more than [a parcel].”
    “You need not do anything now. I arrange [action] and call you at [time].”
coach-distress-apologise-never = “Don’t cry”, “calm down”, or asking for the order number first

coach-charged = When money was taken that they cannot explain
coach-charged-say =
    “I see why that worries you. I am looking at [the charge] of [day] now.”
    “If it is our mistake, you have [sum] back by [day], and I send you the proof.”
    “You hear from me by [time]. If somebody else may have the card, block it with your bank now.”
coach-charged-never = “That cannot be”, or asking for the whole card number

coach-confused = When they cannot follow
coach-confused-say =
    “That is on me, I went too fast. We take one thing at a time.”
    “Today only [one thing] matters. The rest can wait.”
    “I write it down for you in three lines. Shall we read them together?”
coach-confused-never = “As I said”, or the same explanation again, only louder

coach-cold = When they turn silent or cold
coach-cold-say =
    “I have a feeling that I missed what matters most to you. What is it?”
    “You can tell me straight. I would rather know.”
    “This is what I do either way: [action], by [time].”
coach-cold-never = “Glad that is settled!”, before they have said so

coach-cancelled = When a trip or booking is cancelled
coach-cancelled-say =
    “[Your flight, booking] is cancelled, and that upsets your whole day. I am sorry.”
    “You can have [option] at [when], [option] at [when], or your money back. Which do you want?”
    “For tonight I arrange [hotel, meals, transport]. You have it confirmed by [time].”
coach-cancelled-never = “It is not our fault”, before they know what happens next

coach-stock = When it is sold out
coach-stock-say =
    “You counted on [product], and it is sold out. I am sorry.”
    “I can have one for you on [day], or you take [option] today.”
    “I am asking [shop, supplier] now. You have a yes or a no by [time].”
coach-stock-never = “It should be in soon”, without a date

coach-refused = When we cannot do what they ask
coach-refused-say =
    “I cannot do [request], and I would rather say so now than let you wait.”
    “The reason is [one reason]. What I can do today is [option].”
    “If that is not enough, I ask [name] once more and tell you by [time].”
coach-refused-never = “It is our policy” and nothing else, or “we will look into it” when the answer is no

coach-again = When it went wrong a second time
coach-again-first = A second failure takes more than a repair: ask a supervisor what you may give.
coach-again-why = It went wrong a second time.
coach-again-apologise-say =
    “You had this before, and it should not have come back. That is our mistake, and I am sorry.”
    “You need not tell it again: I am reading what was done and what was missed.”
    “This time I do [something else], and I stay on it until you say that it works.”
coach-again-apologise-never = The same repair once more, or “never again”

## Words that tell a question to us, a text to the customer, and a text about the customer

coach-asks =
    what do i say
    what do i tell
    what do i write
    what do i answer
    what do i reply
    what do i do
    what should i
    what can i say
    what can i tell
    what can i offer
    what shall i
    what would you say
    what would you do
    how do i answer
    how do i reply
    how do i respond
    how do i handle
    how do i tell
    how do i calm
    how should i
    how can i calm
    how can i say
    how can i tell
    may i give
    may i offer
    may i refund
    can i offer
    am i allowed
    any advice
    any ideas
    any tips
    help me answer
    help me reply
coach-yours =
    you
    your
    yours
    you're
    you've
    you'll
coach-theirs =
    the customer
    customer
    customers
    client
    she
    he
    she's
    he's
    the guest

## A draft, reviewed

coach-review = Your draft: { $count } things to mend
coach-review-one = Your draft: one thing to mend
coach-review-good = Your draft is good. Send it.
coach-review-has = Good
coach-review-more = { $count ->
    [one] One more thing shows when these are mended.
   *[other] { $count } more things show when these are mended.
}
coach-private = Only you see this. I keep no marks.
coach-slot-time = [time]
# The words of the slots in playbooks/review that each fact of the case belongs in, one a line.
coach-slot-fact = { $fact }
coach-slots-happened =
    what happened
    What happened
    what went wrong
    what we did
    their words
coach-slots-wanted =
    request
coach-slots-remedy =
    next step
    Next step
    action
    Repair
coach-missed-kept = Thank you. I keep it for whoever tunes my ears.

## Forms

form-ask = What do I say now?
    .title = What do I say now?
    .submit = Ask
    .said = What does the customer say or want?
    .hint = One line is enough. It is not stored.
form-draft = Review my draft
    .title = Review my draft
    .submit = Review
    .said = Your draft
    .hint = Only you see the answer. The draft is not kept, and nothing goes to the customer.
form-missed = You missed one
    .title = You missed one
    .submit = Send
    .said = The message I should have heard
    .hint = As it was written, without names. It is kept until somebody has tuned the signals.
form-supervisor = Get a supervisor
    .title = Get a supervisor
    .submit = Ask now
    .said = What do you need?
    .hint = It starts a recovery, so that the supervisor sees what it is about.

## A polite no

no-ask-empty = { $platform ->
    [teams] Write what is going on after “ask”: one line is enough.
   *[other] Write what is going on after “/amends ask”: one line is enough.
}
no-draft-empty = { $platform ->
    [teams] There was no draft. Paste it after “draft”, or write “start” and press “Review my draft”.
   *[other] There was no draft. Paste it after “/amends draft”, or press “Review my draft” on my home page.
}
no-draft-long = That is too long for me. Paste only what the customer will read, at most 5,000 characters.
no-draft-wordless = I see no words in it. Write one sentence that says what happened.
no-draft-code = That looks like code or a log. Paste the words for the customer.
no-draft-language = I read English, Arabic and Swedish. This looks like another language.
no-field-private = I keep no such numbers or addresses. Please say it in words, or use your own order number.

## In place of what is never kept

mask-card = [card number]
mask-iban = [IBAN]
mask-email = [e-mail address]
mask-phone = [phone number]
mask-identity = [identity number]
