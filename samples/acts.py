"""What people do with an ask, one function for each act; `PLAY` names them for the shapes."""

from collections.abc import Callable
from datetime import date, timedelta

from samples.cast import Party, Person
from samples.people import PEOPLE
from samples.phrases import bank, fitting, in_season
from samples.script import Ask, Event, Promise
from samples.stage import Draft, without
from samples.story import Story, replied, spoken
from samples.wording import heads, located

Act = Callable[[Story, float, float], None]


def answer(story: Story, low: float, high: float) -> None:
    """Somebody of the obliged side gives what was asked."""
    person = story.answerer()
    if story.owner is not None and story.stage.likely(0.08):
        person = story.colleague(person)
    _answer(story, story.wait(person, low, high))


def answer_by_colleague(story: Story, low: float, high: float) -> None:
    """Somebody else of the obliged side answers."""
    _answer(story, story.wait(story.colleague(story.last.sender), low, high))


def answer_in_time(story: Story, _low: float, _high: float) -> None:
    """The promise is kept."""
    _answer_by(story, story.stage.deck.rng.choice([0, 0, -1]))


def answer_overdue(story: Story, _low: float, _high: float) -> None:
    """The promise is kept late."""
    _answer_by(story, story.stage.deck.rng.randint(2, 9))


def acknowledge(story: Story, low: float, high: float) -> None:
    """A mere "thanks, received"."""
    person = story.wait(story.answerer(), low, high)
    mail = story.reply(person, [story.say(person, story.stage.act("ack"), first=story.asker.first)], "acknowledgement")
    story.happen("acknowledged", mail)


def chase(story: Story, low: float, high: float) -> None:
    """The asking side asks again."""
    asker = story.wait(story.asker, low, high)
    chased = sum(event.act == "chaser" for event in story.asks[0].events)
    words = [story.say(asker, story.stage.act("chaser_hard" if chased else "chaser"), asked=_asked(story, asker))]
    boss = PEOPLE[story.relationship.decision_makers[0 if story.obliged.role == "client" else 1]]
    escalated = chased > 0 and story.stage.likely(0.4) and boss is not asker
    if escalated:
        words.append(story.say(asker, story.stage.act("escalate"), boss=boss.first))
    mail = story.again(asker, words, "chaser", (boss,) if escalated else ())
    story.asked(mail, words[0], "chaser")
    story.happen("chaser", mail)


def chase_after_promise(story: Story, _low: float, _high: float) -> None:
    """The promised day is over and nothing came."""
    _until(story, story.asker, story.stage.deck.rng.randint(1, 3))
    chase(story, 0, 3)


def promise(story: Story, low: float, high: float) -> None:
    """Somebody promises an answer by a date."""
    person = story.wait(story.answerer(), low, high)
    due = person.organisation.worktime.days_on(story.now.date(), story.stage.deck.rng.randint(2, 9))
    words = story.say(person, story.stage.act("promise"), due=person.voice.date(due, story.stage.deck.rng))
    mail = story.reply(person, [words], "promise")
    story.owner = person
    story.happen("volunteered", mail, person, "volunteered")
    story.promise = Promise(mail.id, located(words, mail.text), person.address, mail.at, due, story.asks[0])
    story.stage.script.promises.append(story.promise)


def volunteer(story: Story, low: float, high: float) -> None:
    """Somebody takes it."""
    person = story.wait(story.answerer(), low, high)
    mail = story.reply(person, [story.say(person, story.stage.act("volunteer"))], "volunteering")
    story.owner = person
    story.happen("volunteered", mail, person, "volunteered")


def assign(story: Story, low: float, high: float) -> None:
    """Somebody gives it to a colleague by name."""
    person = story.wait(story.answerer(), low, high)
    heir = story.colleague(person)
    name = heir.first if story.stage.likely(0.65) else heir.name
    words = story.say(person, story.stage.act("assign"), name=name)
    mail = story.reply(person, [words], "assignment", (heir,))
    if words.startswith(("@", f"{name},")):
        story.asked(mail, words, "assignment")
    story.owner = heir
    story.happen("assigned", mail, heir, "assigned")


def pass_the_buck(story: Story, low: float, high: float) -> None:
    """Somebody says that it is not theirs and names another."""
    person = story.wait(story.answerer(), low, high)
    story.hint = story.colleague(person)
    words = story.say(person, story.stage.act("decline_redirect"), other=story.hint.first, me=person.first)
    mail = story.reply(person, [words], "refusal")
    story.owner, story.refused = None, person
    story.happen("refused", mail, person)


def redirect(story: Story, low: float, high: float) -> None:
    """The asker turns to the person who was named."""
    asker, heir = story.wait(story.asker, low, high), story.hint
    if heir is None or story.refused is None:
        return
    words = story.say(asker, story.stage.act("redirect"), first=heir.first, refuser=story.refused.first)
    mail = story.stage.send(
        Draft(
            asker,
            story.now,
            (heir,),
            replied(story.root.subject, asker),
            (words,),
            without(story.last.cc, heir, asker),
            "chaser",
            story.last,
        )
    )
    story.last, story.owner = mail, heir
    story.asked(mail, words, "redirect")
    story.happen("chaser", mail, heir, "addressed")


def refuse(story: Story, low: float, high: float) -> None:
    """The obliged side says no."""
    person = story.wait(story.answerer(), low, high)
    mail = story.reply(person, [story.say(person, story.stage.act("decline_flat"))], "decline")
    story.happen("declined", mail)


def withdraw(story: Story, low: float, high: float) -> None:
    """The asker needs it no longer."""
    asker = story.wait(story.asker, low, high)
    story.happen("withdrawn", story.again(asker, [story.say(asker, story.stage.act("withdraw"))], "withdrawal"))


def ask_back(story: Story, low: float, high: float) -> None:
    """The obliged side needs to know something first."""
    person = story.wait(story.answerer(), low, high)
    question, story.reply_to_query = story.stage.deck.deal(f"query {story.exchange.key}", story.exchange.queries)
    words = story.say(person, question)
    intro = [story.say(person, story.stage.act("query_intro"))] if story.stage.likely(0.5) else []
    mail = story.reply(person, [*intro, words], "question back")
    story.asked(mail, words, "question_back")
    story.owner = person
    story.happen("asked_back", mail, person, "acting")


def reply_to_question(story: Story, low: float, high: float) -> None:
    """The asker replies to the question back."""
    asker = story.wait(story.asker, low, high)
    mail = story.reply(asker, [story.say(asker, story.reply_to_query)], "reply")
    story.happen("asker_replied", mail)


def answer_elsewhere(story: Story, low: float, high: float) -> None:
    """The answer comes in a mail of its own, on another matter."""
    person = story.wait(story.answerer(), low, high)
    news = in_season(bank("chat")[f"{person.organisation.id} news"], story.now.month)
    named = {"othersubject": story.root.subject, "asked": _asked(story, person)}
    paragraphs = (
        story.say(person, story.stage.deck.deal(f"news {person.organisation.id}", news)),
        story.say(person, story.stage.act("elsewhere"), **named) + " " + _solution(story, person),
    )
    subject = story.stage.deck.deal("chat both", bank("chat")["both subject"])
    plain, asides = spoken(paragraphs)
    mail = story.stage.send(
        Draft(person, story.now, (story.asker,), story.say(person, subject), plain, act="answer elsewhere")
    )
    for aside in asides:
        story.asked(mail, aside, "follow_up")
    story.happen("answered", mail, person)


def out_of_office(story: Story, _low: float, _high: float) -> None:
    """The reader's mailbox answers by itself."""
    person = story.answerer()
    deputy = story.colleague(person)
    story.now += timedelta(seconds=story.stage.deck.rng.randrange(3, 50))
    words = story.say(person, story.stage.act("ooo"), deputy=f"{deputy.name} ({deputy.address})")
    subject = (
        f"{'Automatische Antwort' if person.voice.signature == 'german' else 'Automatic reply'}: {story.root.subject}"
    )
    draft = Draft(
        person,
        story.now,
        (story.asker,),
        subject,
        (words,),
        act="out of office",
        answering=story.root,
        automatic="auto-replied",
        bare=True,
    )
    story.happen("out_of_office", story.stage.send(draft))


def hand_on(story: Story, low: float, high: float) -> None:
    """Somebody says that it was passed on, to nobody in particular."""
    person = story.wait(story.answerer(), low, high)
    mail = story.reply(person, [story.say(person, story.stage.act("handed_on"))], "handing on")
    story.happen("handed_on", mail)


def forward_inside(story: Story, low: float, high: float) -> None:
    """A reader forwards the mail to colleagues, which is an ask inside the company."""
    person, stage = story.wait(story.answerer(), low, high), story.stage
    group = stage.likely(0.4)
    heir: Party = (
        stage.deck.rng.choice(stage.groups(person.organisation, story.exchange.topic))
        if group
        else story.colleague(person)
    )
    words = story.say(person, stage.act("internal_forward"))
    mark = "WG" if person.voice.signature == "german" else "FW" if person.voice.program == "outlook" else "Fwd"
    mail = stage.send(
        Draft(
            person,
            story.now,
            (heir,),
            f"{mark}: {story.root.subject}",
            (words,),
            act="forward inside",
            forwarding=story.root,
        )
    )
    story.happen("handed_on", mail)
    story.forwarded = mail
    ask = Ask(
        mail.id,
        located(words, mail.text),
        mail.at,
        person.address,
        "request",
        story.exchange.topic,
        story.relationship.id,
        "internal",
        "group" if group else "named",
        [heir.address],
        heads((heir,)),
        story.obliged,
        main=False,
    )
    ask.sentences.append({"message_id": mail.id, "quote": ask.quote, "role": "ask"})
    if isinstance(heir, Person):
        ask.events.append(Event(mail.at, "asked", mail.id, person.address, heir.address, "addressed"))
    story.asks.append(ask)
    stage.script.asks.append(ask)


def claim_inside(story: Story, low: float, high: float) -> None:
    """A colleague who got it forwarded takes it, seen by the client's people only."""
    forward = story.forwarded
    if forward is None:
        return
    heir = forward.to[0] if isinstance(forward.to[0], Person) else story.colleague(forward.sender)
    person = story.wait(heir, low, high)
    words = story.say(person, story.stage.act("volunteer"))
    draft = Draft(
        person,
        story.now,
        (forward.sender,),
        replied(forward.subject, person),
        (words,),
        act="volunteering",
        answering=forward,
    )
    mail = story.stage.send(draft)
    story.owner = person
    story.happen("volunteered", mail, person, "volunteered")


def correct(story: Story, low: float, high: float) -> None:
    """The last writer sends a correction or a second copy."""
    person = story.wait(story.last.sender, low, high)
    wrong = story.last
    act = "correction" if story.stage.likely(0.7) else "resend"
    mail = story.reply(person, [story.say(person, story.stage.act(act))], act)
    story.stage.script.corrections.append({"message_id": mail.id, "corrects": wrong.id, "kind": act})


def thank(story: Story, low: float, high: float) -> None:
    """The asker says thanks."""
    asker = story.wait(story.asker, low, high)
    story.reply(asker, [story.say(asker, story.stage.act("thanks"), first=story.last.sender.first)], "thanks")


def drift(story: Story, low: float, high: float) -> None:
    """The conversation turns to something else, under a new subject."""
    person = story.wait(story.last.sender, low, high)
    words = story.say(person, story.stage.act("drift"))
    subject = story.say(person, story.stage.deck.deal("chat both", bank("chat")["both subject"]))
    mail = story.reply(person, [words], "drift", subject=f"{subject} (was: {story.root.subject})")
    story.happen("subject_drift", mail, asks=story.asks)


def _answer(story: Story, person: Person) -> None:
    mail = story.reply(person, [_solution(story, person)], "answer")
    asks = story.open_asks() if story.extra_answered or not story.extra else story.open_asks()[:1]
    story.happen("answered", mail, person, "acting", asks)


def _solution(story: Story, person: Person) -> str:
    answers = fitting(story.wish, story.exchange.answers)
    helper = story.colleague(person).name
    words = story.say(
        person, story.stage.deck.deal(f"answer {story.exchange.key} {answers[0]}", answers), helper=helper
    )
    if story.extra and story.stage.likely(0.75):
        story.extra_answered = True
        words += " " + story.say(person, story.extra)
    return words


def _answer_by(story: Story, days: int) -> None:
    person = story.answerer()
    _until(story, person, days)
    _answer(story, story.wait(person, 0.5, 6))


def _until(story: Story, person: Person, days: int) -> None:
    due = story.promise.due if story.promise else story.now.date()
    day: date = person.organisation.worktime.days_on(due, days)
    story.now = max(story.now, person.organisation.worktime.at(day, 9))


def _asked(story: Story, person: Person) -> str:
    return person.voice.date(story.root.at.date(), story.stage.deck.rng)


PLAY: dict[str, Act] = {
    "answer": answer,
    "answer_colleague": answer_by_colleague,
    "answer_due": answer_in_time,
    "answer_overdue": answer_overdue,
    "ack": acknowledge,
    "chaser": chase,
    "chaser_overdue": chase_after_promise,
    "promise": promise,
    "volunteer": volunteer,
    "assign": assign,
    "decline": pass_the_buck,
    "redirect": redirect,
    "refuse": refuse,
    "withdraw": withdraw,
    "query": ask_back,
    "reply": reply_to_question,
    "elsewhere": answer_elsewhere,
    "ooo": out_of_office,
    "handed_on": hand_on,
    "inside": forward_inside,
    "claimed": claim_inside,
    "correction": correct,
    "thanks": thank,
    "drift": drift,
}
"""The acts by the names that the shapes use."""
