"""Command line and wiring: settings → store → service → handlers. The only file that knows everyone."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import structlog
import typer
from rich.console import Console

from bot import authoring, lines, rehearsal, reports
from bot.auditor import Auditor
from bot.clock import SystemClock
from bot.core import learning
from bot.errors import AmendsError, Problem, SettingsError
from bot.library import Library, load, missing_words, own_folders
from bot.paper import Player
from bot.people import Organisation, People
from bot.ports import Clock, Platform
from bot.service import Service
from bot.settings import Settings, TeamsSettings, from_env
from bot.store import audit as auditing
from bot.store import export as exporting
from bot.store import feedback
from bot.store import proof as proofs
from bot.store.sqlite import SqliteStore
from bot.worker import Worker
from handlers.slack import Slack
from handlers.slack.manifest import manifest as slack_manifest
from handlers.web import served, site

if TYPE_CHECKING:
    from handlers.teams import Teams

cli = typer.Typer(
    help="Amends coaches frontline staff through a service recovery, in the chat where they already work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
manifests = typer.Typer(help="Print the app manifest to paste when you register the app.", no_args_is_help=True)
cli.add_typer(manifests, name="manifest")
playbooks = typer.Typer(help="For authors of playbooks.", no_args_is_help=True)
cli.add_typer(playbooks, name="playbook")
errors = Console(stderr=True, highlight=False, soft_wrap=True)
out = Console(highlight=False, soft_wrap=True)

Config = Annotated[Path, typer.Option("--config", "-c", envvar="AMENDS_CONFIG", help="The organisation's settings.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script to read.")]
CONFIG = Path("amends.toml")
DEMO_PORT = 8765
LOOPBACK = "127.0.0.1"  # the desk knows no passwords: nobody else may reach it


class Format(StrEnum):
    """How recoveries are written."""

    csv = "csv"
    json = "json"


class Status(StrEnum):
    """Which recoveries are written."""

    open = "open"
    closed = "closed"
    dropped = "dropped"
    offered = "offered"


def main() -> None:
    """Run the command line. 0: done, 1: could not, and why is on standard error, 2: called wrongly."""
    try:
        cli()
    except SettingsError as error:
        for problem in error.problems:
            errors.print(str(problem), markup=False)
        errors.print(f"{len(error.problems)} to mend. README.md shows how.", markup=False)
        sys.exit(1)
    except AmendsError as error:
        errors.print(str(error), markup=False)
        sys.exit(1)


@cli.callback(invoke_without_command=True)
def _top(show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if show_version:
        out.print(_version())
        raise typer.Exit


def _library(*own: Path) -> Library:
    """What ships, the playbooks in AMENDS_PLAYBOOKS, and an author's own."""
    gc.disable()  # all of it stays: the collector would walk through it again and again, a quarter of the time
    try:
        return load(own=(*own_folders(os.environ.get("AMENDS_PLAYBOOKS", "")), *own))
    finally:
        gc.enable()


@cli.command()
def serve(config: Config = CONFIG) -> None:
    """Run the bot. Secrets come from the environment: SLACK_BOT_TOKEN and its kin; see README."""
    library = _library()
    settings = _settings(config, library)
    _logs(logging.INFO)
    asyncio.run(_until_stopped(lambda stop: _serve(settings, library, stop)))


@cli.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = DEMO_PORT,
    db: Annotated[Path, typer.Option(envvar="AMENDS_DB", help="Where the demo is kept.")] = Path("amends-demo.db"),
) -> None:
    """Open the desk in a browser: agent, supervisor and team side by side, without any account."""
    library = _library()
    _logs(logging.WARNING)
    asyncio.run(_until_stopped(lambda stop: _demo(db, port, library, stop)))


@cli.command()
def check(config: Config = CONFIG, as_json: AsJson = False) -> None:
    """Check the whole configuration and name every mistake at once. Exit code 1 when there is one."""
    problems: tuple[Problem, ...] = ()
    try:
        library = _library()
        problems = tuple(missing_words(library))
        _settings(config, library)
    except SettingsError as error:
        problems += error.problems
    if as_json:
        out.print_json(json.dumps({"ok": not problems, "problems": [asdict(one) for one in problems]}))
    for problem in () if as_json else problems:
        out.print(str(problem), markup=False)
    if not as_json:
        out.print(f"{len(problems)} to mend." if problems else "All is well.")
    raise typer.Exit(1 if problems else 0)


@cli.command()
def export(
    form: Annotated[Format, typer.Option("--format", "-f", help="For a spreadsheet or for a script.")] = Format.csv,
    db: Annotated[Path, typer.Option(envvar="AMENDS_DB", help="The database.")] = Path("amends.db"),
    status: Annotated[Status | None, typer.Option(help="Only these.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file instead of standard output.")] = None,
) -> None:
    """Write the recoveries: one row each, times in UTC, drafts left out."""
    rows = exporting.recoveries(db, status or "")
    write = exporting.write_csv if form is Format.csv else exporting.write_json
    if output is None:
        write(rows, sys.stdout)
        return
    found = list(rows)  # before the file is made: a wrong database leaves no empty file behind
    with output.open("w", encoding="utf-8", newline="") as file:
        write(found, file)


@cli.command()
def proof(
    recovery: Annotated[str, typer.Argument(help="The recovery's id, as `amends export` names it.")],
    db: Annotated[Path, typer.Option(envvar="AMENDS_DB", help="The database.")] = Path("amends.db"),
    as_json: AsJson = False,
) -> None:
    """Print who was pinged for a recovery, when, by which rule, whether it arrived, and who answered."""
    found = proofs.proof(db, recovery)
    if as_json:
        out.print_json(proofs.as_json(found))
    for line in () if as_json else proofs.told(found):
        out.print(line, markup=False)


@cli.command()
def audit(
    db: Annotated[Path, typer.Option(envvar="AMENDS_DB", help="The database.")] = Path("amends.db"),
    as_json: AsJson = False,
) -> None:
    """Name every ping that is late, was given up or is forgotten. Exit code 1 when there is one."""
    found = auditing.found(db, SystemClock().now())
    if as_json:
        rows = [{**asdict(one), "since": one.since.isoformat()} for one in found]
        out.print_json(json.dumps({"ok": not found, "faults": rows}))
    for one in () if as_json else found:
        out.print(f"{one.recovery}: {one.kind}, {one.receiver}, {one.since.isoformat()}: {one.why}", markup=False)
    if not as_json:
        out.print(f"{len(found)} to see to." if found else "All is well.")
    raise typer.Exit(1 if found else 0)


@cli.command()
def draft() -> None:
    """Review drafts: JSON lines {"id", "text", "lang"?} on standard input, findings on standard output."""
    raise typer.Exit(0 if lines.stream(lines.reviewed(_library())) else 1)


@cli.command("hear")
def listen(
    learn: Annotated[bool, typer.Option(help="Propose new weights from what people said was wrong.")] = False,
    db: Annotated[Path, typer.Option(envvar="AMENDS_DB", help="The database, for --learn.")] = Path("amends.db"),
) -> None:
    """Is this an escalation? JSON lines {"id", "text"} on standard input, what was heard on standard output."""
    if not learn:
        raise typer.Exit(0 if lines.stream(lines.heard(_library())) else 1)
    out.print("\n".join(learning.proposal(_library().ears, *feedback.told(db))), markup=False)


@cli.command()
def top(
    days: Annotated[int, typer.Option(min=1, help="How long the period is; it ends now.")] = 30,
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    db: Annotated[Path, typer.Option(envvar="AMENDS_DB", help="The database.")] = Path("amends.db"),
    as_json: AsJson = False,
) -> None:
    """Print the top five complaints, by cause and by what was missing, against the period before."""
    found = reports.top(db, SystemClock().now(), timedelta(days=days), team)
    if as_json:
        out.print_json(json.dumps(reports.as_json(found)))
        return
    for line in reports.told(found):
        out.print(line, markup=False)


@playbooks.command("check")
def playbook_check(
    folder: Annotated[Path, typer.Argument(help="A folder with playbook.toml and its words.")], as_json: AsJson = False
) -> None:
    """Name every mistake in a playbook and its words, in every language, all at once. Exit code 1 when there is one."""
    found = authoring.mistakes(folder)
    if as_json:
        out.print_json(json.dumps({"ok": not found, "problems": found}))
    for line in () if as_json else (*found, f"{len(found)} to mend." if found else "All is well."):
        out.print(line, markup=False)
    raise typer.Exit(1 if found else 0)


@cli.command()
def rehearse(
    dialog: Annotated[Path, typer.Argument(help="A written dialog, as in tests/dialogs.")],
    folder: Annotated[Path | None, typer.Option(help="Your playbook's folder, when it is not among ours.")] = None,
) -> None:
    """Play a written dialog through a playbook and print what each person sees. Exit code 1 when it goes otherwise."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    library = _library(*((folder.resolve(),) if folder else ()))
    try:
        lines = rehearsal.read(str(dialog), dialog.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(str(error), param_hint="DIALOG") from error
    cast = rehearsal.organisation(playbook=folder.resolve().name if folder else "recovery")
    raise typer.Exit(1 if asyncio.run(_rehearse(lines, library, cast)) else 0)


@manifests.command("slack")
def manifest_slack(
    url: Annotated[str, typer.Option(help="Your public https address, for HTTP events. Without: Socket Mode.")] = "",
) -> None:
    """Print the Slack app manifest (JSON)."""
    if url and not url.startswith("https://"):
        raise typer.BadParameter(f"{url}: expected an address that begins with https://", param_hint="--url")
    sys.stdout.write(json.dumps(slack_manifest(url), indent=2) + "\n")


@manifests.command("teams")
def manifest_teams(
    app_id: Annotated[str, typer.Option("--app-id", envvar="TEAMS_APP_ID", help="The bot's app id (a GUID).")],
    site: Annotated[str, typer.Option(help="Your https address with pages /privacy and /terms.")] = "",
    output: Annotated[Path, typer.Option("--output", "-o", help="The package to upload.")] = Path("amends-teams.zip"),
    listens: Annotated[bool, typer.Option(help="Ask to read along in channels; without, mentions only.")] = True,
) -> None:
    """Write the Teams app package: manifest and icons in one zip."""
    try:
        UUID(app_id)
    except ValueError as error:
        raise typer.BadParameter(f"{app_id}: expected a GUID, like 00000000-0000-…", param_hint="--app-id") from error
    if site and not site.startswith("https://"):
        raise typer.BadParameter(f"{site}: expected an address that begins with https://", param_hint="--site")
    from handlers.teams.manifest import package  # noqa: PLC0415 - botbuilder takes a while, and most need it not

    output.write_bytes(package(app_id, site, listens=listens))
    out.print(f"{output}: upload it at Teams, Apps, Manage your apps", markup=False)


async def _rehearse(lines: Sequence[rehearsal.Line], library: Library, cast: Organisation) -> int:
    """Print each line and what is new to whom; how many expectations were in vain. Nothing is left on disk."""
    wrong = 0
    with TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "rehearsal.db")
        try:
            await library.keep(store)
            player = Player(store, library, cast, rehearsal.CAST)
            async for played in rehearsal.play(lines, player):
                for line in rehearsal.told(played):
                    out.print(line, markup=False)
                wrong += len(played.wrong)
        finally:
            store.close()
    out.print(f"{wrong} otherwise than written." if wrong else "All as written.", markup=False)
    return wrong


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot wired to its database and its platforms."""

    store: SqliteStore
    clock: Clock
    service: Service
    worker: Worker


@asynccontextmanager
async def running(
    database: Path, clock: Clock, organisation: Organisation, library: Library, platforms: Mapping[str, Platform]
) -> AsyncIterator[Bot]:
    """A bot whose worker runs; what is in hand at the end is finished, what is not waits on disk."""
    store = SqliteStore(database)
    try:
        await library.keep(store)
        service = Service(store, clock, People(store, clock, organisation, library.words, platforms), library)
        worker = Worker(store, clock, service, platforms)
        service.poke = worker.poke
        auditor = Auditor(store, clock, service)
        working = [asyncio.create_task(worker.run()), asyncio.create_task(auditor.run())]
        try:
            yield Bot(store, clock, service, worker)
        finally:
            worker.stop()
            auditor.stop()
            await asyncio.gather(*working)
    finally:
        store.close()


async def _demo(database: Path, port: int, library: Library, stop: asyncio.Event) -> None:
    from handlers.desk import WORKSPACE, Desk, organisation  # noqa: PLC0415 - only here

    desk = Desk(database.with_name(database.stem + ".desk.db"))
    try:
        async with running(database, desk.clock, organisation(), library, {"desk": desk.platform}) as bot:
            application = site(bot.store, bot.clock, bot.worker.ailing)
            desk.open(bot.service, application, bot.worker.poke)
            await bot.service.digests.plan(WORKSPACE)
            async with served(application, LOOPBACK, port) as opened:
                out.print(f"The desk is open: http://{LOOPBACK}:{opened}  (Ctrl-C stops it; {database} keeps it)")
                await stop.wait()
    finally:
        desk.close()


async def _serve(settings: Settings, library: Library, stop: asyncio.Event) -> None:
    """Slack, Teams or both, in one process on one database."""
    gc.freeze()  # the library stays as it is: the collector need not walk through it under load
    slack = await Slack.connect(settings.slack) if settings.slack else None
    teams = _teams(settings.teams) if settings.teams else None
    open_ones = {"slack": slack, "teams": teams}
    platforms = {name: one.platform for name, one in open_ones.items() if one}
    clock = SystemClock()
    try:
        async with running(settings.database, clock, settings.organisation, library, platforms) as bot:
            application = site(bot.store, clock, bot.worker.ailing)
            if teams:
                teams.open(bot.service, bot.store, application)
            if slack:
                await slack.open(bot.service, application)
            for one in (slack, teams):
                for reason in ("revoked", "unknown"):  # we may be known again, or heard
                    if one:
                        await bot.service.mended(one.workspace, reason)
                if one:
                    await bot.service.digests.plan(one.workspace)
            async with served(application, settings.host, settings.port) as port:
                workspaces = ", ".join(one.workspace for one in open_ones.values() if one)
                structlog.get_logger().info("amends.ready", host=settings.host, port=port, workspaces=workspaces)
                await stop.wait()
                if slack:
                    await slack.deafen()
    finally:
        for one in open_ones.values():
            if one:
                await one.close()


def _teams(settings: TeamsSettings) -> Teams:
    from handlers.teams import Teams  # noqa: PLC0415 - botbuilder takes a while, and who has Slack alone needs it not

    return Teams.connect(settings)


async def _until_stopped(work: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Run until the work ends, or Ctrl-C or SIGTERM asks it to."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await work(stop)


def _settings(config: Path, library: Library) -> Settings:
    return from_env(os.environ, config, library.words.languages, library.playbooks)


def _logs(level: int) -> None:
    """One line a fact on standard error; never what a customer said, never a token."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _version() -> str:
    try:
        return version("amends")
    except PackageNotFoundError:
        return "amends, from a checkout"


if __name__ == "__main__":
    main()
