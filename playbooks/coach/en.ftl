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

coach-refused = When we cannot do what they ask
coach-refused-say =
    “We do not offer [request], and I will not keep you waiting for it.”
    “The nearest thing is [option], today until [time].”
    “I have written your idea down with your name. If it comes, you hear it from me.”
coach-refused-never = “We will look into it”, when the answer is no

coach-outage = When the service is down
coach-outage-say =
    “[Service] has been down since [time]. It is our fault, and we are on it.”
    “Your [data, money, orders] are safe. What does not work is [what].”
    “The next word comes at [time], also if it is not fixed.”
coach-outage-never = “It should be back soon”, or a different story for each customer

coach-legal = When they speak of a lawyer, an authority or the press
coach-legal-say =
    “That is your right, and I will not stand in the way. I would like to put it right first.”
    “So that nothing gets lost: it is about [what happened], and you want [what]. Is that so?”
    “[Name], who may decide this, calls you by [time].”
coach-legal-never = Arguing about who is right, or a promise outside your limit: get a supervisor now

coach-safety = When somebody may be hurt
coach-safety-say =
    “Are you safe now? Is anyone hurt?”
    “Please stop using [product] and switch it off.”
    “I am getting [name] on this at once; you have a call within [minutes].”
coach-safety-never = Any talk of money or fault before everybody is safe

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
coach-waiting-say =
    “You have waited since [day] and nobody told you why. That is our mistake.”
    “It stands at [where it is now]. The next step is [step], by [time].”
    “From now on you have me: I write at [time] either way.”
coach-waiting-never = “Thank you for your patience”

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
