"""Policies, rotas, absences and working time in amends.toml: what they become, and every slip in them told at start."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.core.hours import Hours, Window
from bot.core.limits import Limit
from bot.core.policy import Absence, Level, Policy, Rota, Shift
from bot.errors import SettingsError
from bot.people import Organisation
from bot.settings import from_env

GOOD = """
admins = ["boss"]

[people]
sue = "U1"
omar = "U2"
ann = "U3"
boss = "U9"

[team.support]
recoveries = "C1"
supervisors = ["sue", "omar"]
agents = ["ann"]
time_zone = "Europe/Stockholm"
working_hours = "mon-fri 08:00-17:00, sat 10:00-14:00"
policy = "calm"

[team.support.policies]
3 = "urgent"

[policy.calm]
levels = [{ people = ["sue"], wait = "15m" }, { rota = "floor" }]

[policy.urgent]
levels = [{ rota = "floor", wait = "5m" }, { channel = "C5" }, { policy = "calm" }]
repeat = 2
fallback = "C7"
owner = "boss"
idle = "20m"

[rota.floor]
time_zone = "Europe/Stockholm"
covers = "mon-sun 07:00-22:00"
[[rota.floor.shift]]
people = ["sue"]
hours = "07:00-15:00"
[[rota.floor.shift]]
people = ["omar", "sue"]
hours = "mon-fri 15:00-22:00, sat-sun 15:00-24:00"

[[absence]]
person = "omar"
from = 2026-12-20
until = 2027-01-06

[limits]
agent = [{ recovery = "200 EUR", day = "500 EUR" }, { recovery = "2000 SEK" }]
supervisor = { recovery = "1000.50 EUR" }
"""
LIMITS = (
    Limit("agent", "EUR", Decimal(200), Decimal(500)),
    Limit("agent", "SEK", Decimal(2000)),
    Limit("supervisor", "EUR", Decimal("1000.50")),
)
ENV = {"SLACK_BOT_TOKEN": "xoxb-123-secret", "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5"}
EVERY = tuple(range(7))


def organisation(folder: Path, text: str = GOOD) -> Organisation:
    file = folder / "amends.toml"
    file.write_text(text, "utf-8")
    return from_env(ENV, file, ("ar", "en", "sv"), ("recovery",)).organisation


def test_what_a_team_s_policies_become(tmp_path: Path) -> None:
    found = organisation(tmp_path)
    (team,) = found.teams
    floor = Rota(
        "floor",
        "Europe/Stockholm",
        (
            Shift(("U1",), (Window(EVERY, time(7), time(15)),)),
            Shift(("U2", "U1"), (Window((0, 1, 2, 3, 4), time(15), time(22)), Window((5, 6), time(15), time(0)))),
        ),
    )
    away = Absence("U2", date(2026, 12, 20), date(2027, 1, 6))
    calm = (Level(("U1",), wait=timedelta(minutes=15)), Level(rota=floor))
    assert team.policy(1) == team.policy(2)
    assert team.policy(2) == Policy(
        calm, supervisors=("U1", "U2"), absences=(away,), zone="Europe/Stockholm", limits=LIMITS
    )
    assert team.policy(3) == Policy(
        (Level(rota=floor, wait=timedelta(minutes=5)), Level(channel="C5"), *calm),
        repeat=2,
        channel="C7",
        owner="U9",
        idle=timedelta(minutes=20),
        supervisors=("U1", "U2"),
        absences=(away,),
        zone="Europe/Stockholm",
        limits=LIMITS,
    )
    assert team.working == Hours(
        (Window((0, 1, 2, 3, 4), time(8), time(17)), Window((5,), time(10), time(14))), "Europe/Stockholm"
    )
    assert (found.admins, team.ladder) == (("U9",), ("U1", "U2"))
    assert team.agents == {"U3"}


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        ('{ people = ["sue"], wait', '{ people = ["eve"], wait', "policy.calm.levels[1].people", "'eve'"),
        ('owner = "boss"', 'owner = "eve"', "policy.urgent.owner", "'eve'"),
        ('admins = ["boss"]', 'admins = ["eve"]', "admins", "'eve'"),
        ('supervisors = ["sue", "omar"]', 'supervisors = ["sue", "eve"]', "team.support.supervisors", "'eve'"),
        ('person = "omar"', 'person = "eve"', "absence[1].person", "'eve'"),
        ('people = ["omar", "sue"]', 'people = ["eve", "sue"]', "rota.floor.shift[2].people", "'eve'"),
        ('wait = "15m"', 'wait = "0m"', "policy.calm.levels[1].wait", "'0m'"),
        ('wait = "15m"', "wait = 15", "policy.calm.levels[1].wait", "15"),
        ('idle = "20m"', 'idle = "soon"', "policy.urgent.idle", "'soon'"),
        ("repeat = 2", "repeat = -1", "policy.urgent.repeat", "-1"),
        ("repeat = 2", "repeat = 99", "policy.urgent.repeat", "99"),
        ('{ channel = "C5" }', '{ channel = "#help" }', "policy.urgent.levels[2].channel", "'#help'"),
        ('{ channel = "C5" }', '{ channel = "C5", rota = "floor" }', "policy.urgent.levels[2].-", "rota, channel"),
        ('{ channel = "C5" }', '{ wait = "5m" }', "policy.urgent.levels[2].-", "nothing"),
        ('{ policy = "calm" }', '{ policy = "night" }', "policy.urgent.levels[3].policy", "'night'"),
        ('{ policy = "calm" }', '{ policy = "urgent" }', "policy.urgent.levels[3].policy", "a loop: urgent → urgent"),
        (
            '{ rota = "floor" }]',
            '{ policy = "urgent" }]',
            "policy.urgent.levels[3].policy",
            "a loop: calm → urgent → calm",
        ),
        ('{ rota = "floor", wait = "5m" }', '{ rota = "night" }', "policy.urgent.levels[1].rota", "'night'"),
        ('policy = "calm"\n\n[team', 'policy = "clam"\n\n[team', "team.support.policy", "'clam'"),
        ('3 = "urgent"', '4 = "urgent"', "team.support.policies.4", "an unknown key"),
        ('hours = "07:00-15:00"', 'hours = "07:00-14:00"', "rota.floor.shift", "nobody from mon 14:00"),
        ('sat-sun 15:00-24:00"', 'sat 15:00-24:00"', "rota.floor.shift", "nobody from sun 15:00"),
        ('covers = "mon-sun 07:00-22:00"\n', "", "rota.floor.shift", "nobody from mon 00:00"),
        ('people = ["omar", "sue"]', 'people = ["omar"]', "rota.floor.shift", "nobody from 2026-12-20 15:00"),
        ('hours = "07:00-15:00"', 'hours = "7-15"', "rota.floor.shift[1].hours", "'7-15'"),
        ('hours = "07:00-15:00"', 'hours = "moon 07:00-15:00"', "rota.floor.shift[1].hours", "'moon 07:00-15:00'"),
        ('hours = "07:00-15:00"', 'hours = "07:00-07:00"', "rota.floor.shift[1].hours", "'07:00-07:00'"),
        ("until = 2027-01-06", "until = 2026-12-19", "absence[1].until", "datetime.date(2026, 12, 19)"),
        ("until = 2027-01-06", "", "absence[1].until", "nothing"),
        ("until = 2027-01-06", 'until = 2027-01-06\ninstead = "omar"', "absence[1].instead", "'omar'"),
        ('[rota.floor]\ntime_zone = "Europe/Stockholm"', "[rota.floor]", "rota.floor.time_zone", "nothing"),
        ('"mon-fri 08:00-17:00, sat 10:00-14:00"', '"office"', "team.support.working_hours", "'office'"),
        ('"200 EUR"', '"200"', "limits.agent[1].recovery", "'200'"),
        ('"200 EUR"', '"-200 EUR"', "limits.agent[1].recovery", "'-200 EUR'"),
        ('"200 EUR"', '"200 euros"', "limits.agent[1].recovery", "'200 euros'"),
        ('"200 EUR"', '"200 XQZ"', "limits.agent[1].recovery", "'200 XQZ'"),
        ('"200 EUR"', "200", "limits.agent[1].recovery", "200"),
        ('"500 EUR"', '"500 SEK"', "limits.agent[1].day", "'500 SEK'"),
        ('"500 EUR"', '"100 EUR"', "limits.agent[1].day", "'100 EUR'"),
        ('"2000 SEK"', '"2000 EUR"', "limits.agent[2].recovery", "'2000 EUR'"),
        ("supervisor = {", "boss = {", "limits.boss", "an unknown key"),
        ('{ recovery = "1000.50 EUR" }', '{ day = "10 EUR" }', "limits.supervisor[1].recovery", "nothing"),
        ('omar = "U2"', "omar = 2", "people.omar", "2"),
        ("[policy.calm]\nlevels = [{", "[policy.calm]\nlevel = [{", "policy.calm.level", "an unknown key"),
    ],
)
def test_every_slip_is_told_with_its_place(tmp_path: Path, old: str, new: str, key: str, found: str) -> None:
    assert old in GOOD
    with pytest.raises(SettingsError) as error:
        organisation(tmp_path, GOOD.replace(old, new))
    told = {problem.key: (problem.found, problem.expected) for problem in error.value.problems}
    assert told[key][0] == found
    assert told[key][1]


def test_a_slip_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        organisation(tmp_path, GOOD.replace('wait = "15m"', 'wait = "0m"'))
    assert [problem.key for problem in error.value.problems] == ["policy.calm.levels[1].wait"]


def test_quiet_hours_must_leave_some_of_the_working_time(tmp_path: Path) -> None:
    text = GOOD.replace('policy = "calm"\n\n', 'policy = "calm"\nquiet_hours = "06:00-23:00"\n\n')
    with pytest.raises(SettingsError) as error:
        organisation(tmp_path, text)
    assert [problem.key for problem in error.value.problems] == ["team.support.working_hours"]


def test_without_names_everybody_in_a_ladder_is_known_from_a_team(tmp_path: Path) -> None:
    plain = """
admins = ["U9"]
[team.support]
recoveries = "C1"
supervisors = ["U1"]
policy = "calm"
[policy.calm]
levels = [{ people = ["U1", "U2"] }]
"""
    with pytest.raises(SettingsError) as error:
        organisation(tmp_path, plain)
    assert [(problem.key, problem.found) for problem in error.value.problems] == [
        ("policy.calm.levels[1].people", "'U2'")
    ]
    assert organisation(tmp_path, plain.replace('"U2"', '"U9"')).teams[0].policy(1).levels == (Level(("U1", "U9")),)


def test_whoever_is_away_is_not_asked_by_a_plain_ladder_either(tmp_path: Path) -> None:
    text = """
admins = ["U9"]
[team.support]
recoveries = "C1"
supervisors = ["U1", "U2"]
[[absence]]
person = "U1"
from = 2026-12-20
until = 2026-12-24
"""
    assert organisation(tmp_path, text).teams[0].policy(3).absences == (
        Absence("U1", date(2026, 12, 20), date(2026, 12, 24)),
    )
