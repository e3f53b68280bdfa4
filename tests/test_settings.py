"""Settings: every mistake is told at once with file, key, found and expected; a secret is never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.hours import Quiet
from bot.core.policy import plain
from bot.errors import Problem, SettingsError
from bot.people import Organisation
from bot.settings import SLACK_API, Settings, SlackSettings, from_env

GOOD = """
language = "en"
time_zone = "Europe/Stockholm"
admins = ["U1", "U2"]
listen = "off"

[team.front]
recoveries = "C9"
supervisors = ["U3", "U4"]
agents = ["U5"]
wait = "1h"
quiet_hours = "22:00-07:30"
language = "sv"
playbook = "recovery"

[team.front.channels]
C1 = "open"
C2 = "off"

[team.riyadh]
recoveries = "19:abc@thread.tacv2"
supervisors = ["U6"]
time_zone = "Asia/Riyadh"
"""
SLACK = {"SLACK_BOT_TOKEN": "xoxb-123-secret", "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5"}
TEAMS = {
    "TEAMS_APP_ID": "11111111-2222-3333-4444-555555555555",
    "TEAMS_APP_PASSWORD": "s3cret~password",
    "TEAMS_TENANT_ID": "66666666-7777-8888-9999-000000000000",
}


def read(folder: Path, text: str = GOOD, env: Mapping[str, str] = SLACK) -> Settings:
    file = folder / "amends.toml"
    file.write_text(text, "utf-8")
    return from_env(env, file, ("ar", "en", "sv"), ("recovery",))


def mistakes(folder: Path, text: str = GOOD, env: Mapping[str, str] = SLACK) -> tuple[Problem, ...]:
    with pytest.raises(SettingsError) as error:
        read(folder, text, env)
    assert str(error.value) == "\n".join(map(str, error.value.problems))
    return error.value.problems


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    env = {**SLACK, "AMENDS_DB": "x/y.db", "AMENDS_HOST": "::1", "AMENDS_PORT": "8080", "SLACK_APP_TOKEN": "xapp-1"}
    found = read(tmp_path, env=env)
    assert (found.database, found.host, found.port) == (Path("x/y.db"), "::1", 8080)
    assert found.slack == SlackSettings(env["SLACK_BOT_TOKEN"], env["SLACK_SIGNING_SECRET"], "xapp-1", SLACK_API)
    assert found.slack.socket_mode
    assert found.organisation.admins == ("U1", "U2")
    assert found.organisation.listen == "off"
    front, riyadh = found.organisation.teams
    assert (front.id, front.recoveries, front.ladder) == ("front", "C9", ("U3", "U4"))
    assert front.agents == {"U5"}
    assert (front.wait, front.language, front.zone) == (timedelta(hours=1), "sv", "Europe/Stockholm")
    assert front.quiet == Quiet(time(22), time(7, 30), "Europe/Stockholm")
    assert front.channels == {"C1": "open", "C2": "off"}
    assert (riyadh.language, riyadh.zone, riyadh.wait, riyadh.quiet) == (
        "en",
        "Asia/Riyadh",
        timedelta(minutes=10),
        None,
    )


def test_what_need_not_be_set(tmp_path: Path) -> None:
    found = read(tmp_path, 'admins = ["U1"]\n[team.a]\nrecoveries = "C9"\nsupervisors = ["U3"]\n')
    assert (found.database, found.host, found.port) == (Path("amends.db"), "127.0.0.1", 3000)
    assert found.slack is not None
    assert not found.slack.socket_mode
    (team,) = found.organisation.teams
    assert (team.language, team.zone, team.channels, found.organisation.listen) == ("en", "UTC", {}, "offer")


def test_slack_is_never_asked_for_where_teams_is_set(tmp_path: Path) -> None:
    found = read(tmp_path, env=TEAMS)
    assert found.slack is None
    assert found.teams is not None
    assert found.teams.app_id == TEAMS["TEAMS_APP_ID"]


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        ('language = "en"', 'language = "xx"', "language", "'xx'"),
        ('language = "en"', "language = []", "language", "[]"),
        ('"Europe/Stockholm"', '"Stockholm"', "time_zone", "'Stockholm'"),
        ('"Europe/Stockholm"', "[1]", "time_zone", "[1]"),
        ('admins = ["U1", "U2"]', "", "admins", "nothing"),
        ('admins = ["U1", "U2"]', "admins = []", "admins", "[]"),
        ('admins = ["U1", "U2"]', 'admins = "U1"', "admins", "'U1'"),
        ('admins = ["U1", "U2"]', "admins = [1]", "admins", "[1]"),
        ('admins = ["U1", "U2"]', 'admins = ["U1", "U1"]', "admins", "['U1', 'U1']"),
        ('admins = ["U1", "U2"]', 'admins = ["#general"]', "admins", "['#general']"),
        ('listen = "off"', 'listen = "on"', "listen", "'on'"),
        ('listen = "off"', 'lissen = "off"', "lissen", "an unknown key"),
        ('recoveries = "C9"', "", "team.front.recoveries", "nothing"),
        ('recoveries = "C9"', 'recoveries = "#recoveries"', "team.front.recoveries", "'#recoveries'"),
        ('recoveries = "C9"', "recoveries = 9", "team.front.recoveries", "9"),
        ('supervisors = ["U3", "U4"]', "", "team.front.supervisors", "nothing"),
        ('supervisors = ["U3", "U4"]', 'supervisors = ["U3", "U3"]', "team.front.supervisors", "['U3', 'U3']"),
        ('agents = ["U5"]', 'agents = "U5"', "team.front.agents", "'U5'"),
        ('wait = "1h"', 'wait = "0m"', "team.front.wait", "'0m'"),
        ('wait = "1h"', "wait = 10", "team.front.wait", "10"),
        ('wait = "1h"', 'wait = "1 hour"', "team.front.wait", "'1 hour'"),
        ('wait = "1h"', 'wait = "1d"', "team.front.wait", "'1d'"),
        ("22:00-07:30", "22-07", "team.front.quiet_hours", "'22-07'"),
        ("22:00-07:30", "24:00-07:30", "team.front.quiet_hours", "'24:00-07:30'"),
        ("22:00-07:30", "07:00-07:00", "team.front.quiet_hours", "'07:00-07:00'"),
        ('language = "sv"', 'language = "no"', "team.front.language", "'no'"),
        ('playbook = "recovery"', 'playbook = "other"', "team.front.playbook", "'other'"),
        ('playbook = "recovery"', "playbook = {}", "team.front.playbook", "{}"),
        ('C1 = "open"', 'C1 = "always"', "team.front.channels.C1", "'always'"),
        ('C1 = "open"', "C1 = true", "team.front.channels.C1", "True"),
        ('C1 = "open"', '"#general" = "open"', "team.front.channels.#general", "'#general'"),
        ('C1 = "open"', 'C9 = "open"', "team.front.channels.C9", "the team's recoveries channel"),
        ('wait = "1h"', 'waits = "1h"', "team.front.waits", "an unknown key"),
        ('time_zone = "Asia/Riyadh"', 'time_zone = "Riyadh"', "team.riyadh.time_zone", "'Riyadh'"),
        (
            'time_zone = "Asia/Riyadh"',
            'channels = { C2 = "open" }',
            "team.riyadh.channels.C2",
            "a channel of team front too",
        ),
    ],
)
def test_one_mistake_in_the_file(tmp_path: Path, old: str, new: str, key: str, found: str) -> None:
    assert old in GOOD
    (problem,) = mistakes(tmp_path, GOOD.replace(old, new, 1))
    assert (problem.file, problem.key, problem.found) == (str(tmp_path / "amends.toml"), key, found)
    assert str(problem) == f"{problem.file}: {key}: found {found}, expected {problem.expected}"


def test_time_zone_and_language_wrong_at_the_top_are_both_told_and_once(tmp_path: Path) -> None:
    text = GOOD.replace('"en"', '"xx"').replace('"Europe/Stockholm"', '"Nowhere"')
    assert [problem.key for problem in mistakes(tmp_path, text)] == ["time_zone", "language"]


@pytest.mark.parametrize(
    ("changed", "key", "found"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", "nothing"),
        ({"SLACK_BOT_TOKEN": "xoxp-1-user-token"}, "SLACK_BOT_TOKEN", "xoxp-…"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET", "nothing"),
        ({"SLACK_APP_TOKEN": "wrong-token"}, "SLACK_APP_TOKEN", "wro…"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL", "slack.com"),
        ({"SLACK_API_URL": "http://[::1"}, "SLACK_API_URL", "http://[::1"),
        ({"AMENDS_PORT": "http"}, "AMENDS_PORT", "http"),
        ({"AMENDS_PORT": "0"}, "AMENDS_PORT", "0"),
        ({"AMENDS_PORT": "65536"}, "AMENDS_PORT", "65536"),
        ({"AMENDS_PORT": "-1"}, "AMENDS_PORT", "-1"),
    ],
)
def test_one_mistake_in_the_environment(tmp_path: Path, changed: dict[str, str], key: str, found: str) -> None:
    (problem,) = mistakes(tmp_path, env={**SLACK, **changed})
    assert (problem.file, problem.key, problem.found) == ("environment", key, found)


@pytest.mark.parametrize("missing", sorted(TEAMS))
def test_teams_is_set_whole_or_not_at_all(tmp_path: Path, missing: str) -> None:
    env = {key: value for key, value in TEAMS.items() if key != missing}
    assert [problem.key for problem in mistakes(tmp_path, env=env)] == [missing]


def test_without_any_platform_there_is_nothing_to_run(tmp_path: Path) -> None:
    (problem,) = mistakes(tmp_path, env={})
    assert (problem.key, problem.found) == ("SLACK_BOT_TOKEN", "nothing")


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = """
        listen = "maybe"
        colour = "red"
        [team.front]
        supervisors = []
        wait = "soon"
        [team.back]
        recoveries = "C1"
        supervisors = ["U1"]
        channels = 7
    """
    env = {"SLACK_APP_TOKEN": "nonsense", "AMENDS_PORT": "x"}
    assert {problem.key for problem in mistakes(tmp_path, text, env)} == {
        "listen",
        "colour",
        "admins",
        "team.front.recoveries",
        "team.front.supervisors",
        "team.front.wait",
        "team.back.channels",
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "AMENDS_PORT",
    }


@pytest.mark.parametrize("text", ["", "admins = ['U1']", "team = 3\nadmins = ['U1']", "team = {}\nadmins = ['U1']"])
def test_there_must_be_a_team(tmp_path: Path, text: str) -> None:
    assert "team" in {problem.key for problem in mistakes(tmp_path, text)}


def test_a_team_is_a_table(tmp_path: Path) -> None:
    keys = [problem.key for problem in mistakes(tmp_path, "admins = ['U1']\nteam = { front = 3 }")]
    assert keys == ["team.front.recoveries", "team.front.supervisors"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "the organisation's settings; README shows one to start from"),
        (b"admins = [", "a readable TOML file in UTF-8"),
        (b"admins = ['\xff']", "a readable TOML file in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None, expected: str) -> None:
    file = tmp_path / "amends.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError) as error:
        from_env({}, file, ("en",), ("recovery",))
    first, second = error.value.problems
    assert (first.file, first.key, first.expected) == (str(file), "-", expected)
    assert second.key == "SLACK_BOT_TOKEN"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="a readable TOML file in UTF-8"):
        from_env(SLACK, tmp_path, ("en",), ("recovery",))


# Whatever stands there

KEYS = "language time_zone admins listen team recoveries supervisors agents wait quiet_hours playbook channels C1"
odd = st.sampled_from(
    ["1", '"x"', "true", "[]", "{}", "[[]]", "[{}]", "1.5", "2026-01-01", '""', '["a", 1]', "{a = 1}"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KEYS.split()), odd), min_size=1, max_size=4))
def test_whatever_stands_there_the_answer_is_settings_or_mistakes(tmp_path: Path, odds: list[tuple[str, str]]) -> None:
    lines = GOOD.splitlines()
    for key, value in odds:
        lines = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in lines]
    problems: tuple[Problem, ...] = ()
    try:
        read(tmp_path, "\n".join(lines))
    except SettingsError as error:
        problems = error.problems
    assert all(problem.key and problem.found and problem.expected for problem in problems)


secrets = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=4, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(secrets, secrets, secrets)
def test_no_secret_is_ever_shown_whole(tmp_path: Path, token: str, secret: str, app: str) -> None:
    env = {"SLACK_BOT_TOKEN": token, "SLACK_SIGNING_SECRET": secret, "SLACK_APP_TOKEN": app, "TEAMS_APP_ID": "x"}
    env |= {"TEAMS_APP_PASSWORD": secret, "TEAMS_TENANT_ID": secret}  # pasted into the wrong line
    for problem in mistakes(tmp_path, env=env):
        assert problem.found not in {token, secret, app}
        shown = problem.found.removesuffix("…")
        assert not any(one.startswith(shown) and len(shown) > len(one) / 2 for one in (token, secret, app) if shown)


# What the organisation answers


def organisation(folder: Path) -> Organisation:
    return read(folder).organisation


@pytest.mark.parametrize(
    ("person", "channel", "team"),
    [("U5", "", "front"), ("U5", "19:abc@thread.tacv2", "front"), ("U8", "C2", "front"), ("U8", "", "front")],
)
def test_whose_team(tmp_path: Path, person: str, channel: str, team: str) -> None:
    assert organisation(tmp_path).team_of(person, channel).id == team


@pytest.mark.parametrize(
    ("channel", "mode"), [("C1", "open"), ("C2", "off"), ("C3", "off"), ("C9", "off"), ("19:abc@thread.tacv2", "off")]
)
def test_how_a_channel_is_listened_to(tmp_path: Path, channel: str, mode: str) -> None:
    assert organisation(tmp_path).mode(channel) == mode


def test_without_a_policy_the_supervisors_are_asked_in_turn(tmp_path: Path) -> None:
    found = organisation(tmp_path)
    theirs = replace(plain(("U3", "U4"), timedelta(hours=1)), supervisors=("U3", "U4"), zone="Europe/Stockholm")
    assert found.team("front").policy(3) == theirs


def test_slack_and_teams_side_by_side(tmp_path: Path) -> None:
    text = """
    admins = ["U1", "teams:29:abc"]
    [team.a]
    platform = "slack"
    supervisors = ["U1"]
    recoveries = "C1"
    [team.b]
    platform = "teams"
    supervisors = ["29:abc"]
    recoveries = "19:rec@thread.tacv2"
    """
    found = read(tmp_path, text).organisation
    assert found.team_of("nobody", platform="teams").id == "b"
    assert found.team_of("nobody", platform="slack").id == "a"
    assert found.admins_on("teams") == ("U1", "29:abc")
    assert found.admins_on("slack") == ("U1",)
