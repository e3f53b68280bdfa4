### The four steps. Key = step-field; attributes: .hint beside an input, .press on its button, one per option.
### `-say` and `-never`: one line each, shown as they stand. `-then-say`: once the step's form is in.
### Other playbooks take from here what they do not say themselves: a step's words by its id, a field's by its id.

method-recovery = Four steps: apologise, review, fix, document

## Apologise

apology-title = Apologise
apology-body = Say sorry first, before any reason: own it, name what happened, say what you do next and when.
apology-say =
    “You were promised Tuesday and it came Friday. That is our mistake, and I am sorry it cost you the weekend.”
    “I am on it now and will write to you at 14:20.”
apology-never =
    “sorry if …”, “sorry, but …”
    “calm down”, “our policy”, “as soon as possible”
apology-then-say =
    Send it, then press “I have sent it”. One sorry is enough: now listen.
apology-open = Write your apology
apology-draft = Your apology
    .hint = What happened, in the customer's terms; that it is ours; what you do next, with a clock time.
apology-sent_at = Sent at
    .press = I have sent it
apology-timer-nudge = Still waiting for your apology. Two sentences are enough: what happened, and that it is ours.
apology-timer-late = The apology is late.

## Review

review-title = Review
review-body = Go through it together with the customer before you fix anything.
review-say =
    “Can we go through it together so that I miss nothing? What went wrong first, from where you stand?”
    “What would put this right for you?” Then read it back.
review-never =
    “Did you read …?”, or anything they have answered already
    A guess at the cause
review-open = Note what they said
review-happened = What happened
    .hint = In the customer's own words.
review-wanted = What they want
    .hint = What would put it right for them? Read it back.
review-happened_at = When it happened
review-deadline = Deadline on their side
review-first_time = First time or again
    .first = First time
    .again = It happened before
review-customer = Customer or order number
    .hint = A number, no name: it lets us see when the same customer is let down twice.
review-timer-nudge = What would put this right for the customer? Ask, and note the answer.
review-timer-late = The review is late.

## Fix and follow up

fix-title = Fix and follow up
fix-body = Fix it within 20 minutes, or write within 20 minutes how far you are. Every promise gets a clock time.
fix-say =
    “I have the replacement under way. It is with you by 14:20, and I write to you at 14:20 either way.”
fix-never =
    Silence past the promised time
    A new promise without a time; passing it on and forgetting it
fix-then-say =
    One line on how far you are is enough. When it is fixed, ask: “Is this right for you now?”
fix-open = Promise the fix
fix-then-open = Note the customer's rating
fix-remedy = What we do about it
    .hint = Give back in kind: money for money, a new one for a broken one, a redo for a late service.
fix-owner = Who sees to it
fix-due = Promised for
fix-check_back = Check back with the customer
    .hint = Best 24 to 72 hours after the fix.
fix-compensation = Compensation
    .none = None
    .money = Money
    .replacement = A replacement
    .redo = Done again
    .gesture = A gesture
fix-amount = Amount
    .hint = For example 250 SEK.
fix-fixed_at = Fixed at
    .press = It is fixed
fix-rating = The customer's rating
    .hint = Ask: how well did we put this right, from 1 to 5?
fix-timer-progress = Time for a word to the customer: one line on how far you are. Then press “Progress note”.
fix-timer-due = What you promised is due soon. Will it hold? If not, tell the customer before the time, not after.
fix-timer-overdue = A promise has passed its time.
fix-timer-third_day = No answer after three days: ask once more. If it stays silent, skip this step and say so.
fix-timer-check = Time to check back soon: ask whether it holds and whether they are content, then note the answer.
fix-timer-unchecked = Nobody has checked back with the customer.

## Document

document-title = Document
document-body = Note the cause, not a culprit, and one thing that stops it from happening again.
document-say =
    Two lines are enough. The team learns from the cause, so be concrete.
document-never =
    The name of a person at fault
document-open = Note cause and action
document-family = Where the cause lies
    .people = People
    .process = Process
    .policy = Policy
    .product = Product or technology
    .partner = Partner
    .communication = Information
    .environment = Surroundings
document-cause = Cause
    .hint = Why could it happen?
document-lacked = What was missing most
    .product = A product that works
    .care = People who care
    .time = In time, by the customer's clock
    .resolution = A problem solved well
document-factors = What made it worse
document-departments = Departments involved
document-prevention = What stops it next time
    .hint = One action. If there is none, say why below.
document-prevention_owner = Who does it
document-prevention_due = Until when
document-none_because = No action, because
document-lesson = What we learned
document-wellbeing = How are you after this?
    .hint = Between you and me: it stands in no record.
    .fine = Fine
    .shaken = It got to me
    .abused = I was abused
document-support = What would help you?
    .hint = Your supervisor hears that you would like support, and nothing more.
    .none = Nothing, thank you
    .break = A break
    .talk = A talk
    .debrief = Going through it together
document-timer-nudge = One thing is left: cause and action. Two lines and this recovery is complete.
document-timer-late = The record is late.
