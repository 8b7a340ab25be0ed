"""Three weeks in a space of twenty, lived through its pages and actions.

Everybody comes on every working day, at some time of it, and looks at the same kinds of pages; who
writes is drawn apart from that. So visits do not depend on who writes, but each text is written on
a visit, in a minute near to what that visit leaves elsewhere.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from flask import Flask

from forum.cli import jobs, worker
from forum.models.circles import Role
from tests.journeys.at_rest.doings import Doings
from tests.support import community, workplaces
from tests.support.held_clock import HeldClock
from tests.support.space_people import Space

NAMES = (
    *("Ana", "Ben", "Cem", "Dora", "Eva", "Fay", "Gil", "Hana", "Ivo", "Jun"),
    *("Kai", "Lea", "Mia", "Nico", "Oya", "Pia", "Quin", "Rosa", "Sven", "Tess"),
)
_PAIRS = ("Northwind", "Contoso", "Fabrikam", "Litware", "Tailspin", "Wingtip", "Proseware")
_ALONE = ("Adatum", "Alpine", "Trey", "Lucerne", "Margie", "Relecloud")
EMPLOYERS = dict(zip(NAMES, (*_PAIRS, *_PAIRS, *_ALONE), strict=True))
"""Seven firms with two members each, six with one."""
WIDE, KIN = "Adatum", 20
"""One member's employer is of a large group, which puts more on a wall than others do."""
MODERATORS = ("Cem", "Dora")
WORKING_DAYS = 15
TOPICS, REPLIES = 17, 55
"""A day."""
NIGHT, FRIDAY = timedelta(hours=3, minutes=30), 4


def begin(app: Flask, dice: Random) -> Doings:
    """An open circle with a space of twenty members, and somebody who is only in the circle."""
    space = Space.founded(app, EMPLOYERS)
    space.come("Olga")
    for name in MODERATORS:
        space.appoint(name)
    with app.app_context():
        workplaces.group("The group", WIDE, *(f"{WIDE} {number}" for number in range(KIN)))
        retail = community.find("retail")
        community.join(space.people["Olga"], retail, Role.MODERATOR)
        running = community.topic(space.people["Olga"], retail, "The running topic")
    return Doings(space, dice, running=running)


def live(doings: Doings, clock: HeldClock) -> Iterator[int]:
    """One day after the other; with each it is the morning after, and the night's work is done."""
    nine = clock.forward()
    for day in range(WORKING_DAYS):
        _one_day(doings, clock, nine)
        nine += timedelta(days=3 if nine.weekday() == FRIDAY else 1)
        clock.set(nine.replace(hour=0) + NIGHT)
        work(doings.app)
        yield day


def work(app: Flask) -> None:
    """What the worker does when it comes round."""
    with app.app_context():
        jobs.run_repeating(worker.REPEATING)
        jobs.run_due(worker.handlers(app))


def _one_day(doings: Doings, clock: HeldClock, nine: datetime) -> None:
    clock.set(nine)
    doings.speak_openly("Olga")
    dice = doings.dice
    comes_at = {name: dice.uniform(1, 720) for name in NAMES}
    tells, answers = ([dice.choice(NAMES) for _ in range(each)] for each in (TOPICS, REPLIES))
    for name in sorted(NAMES, key=comes_at.__getitem__):
        clock.set(nine + timedelta(minutes=comes_at[name]))
        doings.look_around(name)
        acts = [doings.tell] * tells.count(name) + [doings.answer] * answers.count(name)
        acts += _other_acts(doings, name)
        dice.shuffle(acts)
        for act in acts:
            clock.forward(seconds=dice.uniform(5, 60))
            act(name)


def _other_acts(doings: Doings, name: str) -> list:
    """What is done now and then on a visit, by who writes and by who doesn't."""
    now_and_then = {
        doings.react: 0.5,
        doings.report: 0.1,
        doings.begin_an_answer: 0.3,
        doings.begin_a_topic: 0.2,
        doings.begin_in_the_open: 0.2,
        doings.edit: 0.1,
        doings.add_a_picture: 0.1,
        doings.begin_an_edit: 0.3,
        doings.speak_openly: 0.2,
        doings.ask_for_a_link: 0.05,
        doings.sign_in_again: 0.05,
        doings.keep_order: 0.5 if name in MODERATORS else 0,
    }
    return [act for act, often in now_and_then.items() if doings.dice.random() < often]
