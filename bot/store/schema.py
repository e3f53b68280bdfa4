"""The tables, as migrations. Never edited after a release: a change is a new migration.

Times are ISO 8601 in UTC with microseconds, so that text order is time order.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database, Migrations

migrations = Migrations("amends")

# What a report asks for, as columns of their own. Playbooks reuse these ids; any other field goes into `answers`.
_FIRST_FIELDS: dict[str, type] = {
    "draft": str,
    "sent_at": str,
    "happened": str,
    "wanted": str,
    "happened_at": str,
    "deadline": str,
    "first_time": str,
    "customer": str,
    "remedy": str,
    "owner": str,
    "due": str,
    "check_back": str,
    "compensation": str,
    "amount": float,
    "currency": str,
    "fixed_at": str,
    "rating": int,
    "family": str,
    "cause": str,
    "lacked": str,
    "factors": str,
    "departments": str,
    "prevention": str,
    "none_because": str,
    "lesson": str,
}
FIELDS = _FIRST_FIELDS | dict.fromkeys(("prevention_owner", "prevention_due", "prevention_done"), str)
_SEARCHED = ["said", "happened", "wanted", "remedy", "cause", "prevention", "lesson"]


@migrations()
def m001_initial(db: Any) -> None:
    db["recoveries"].create(
        {
            "workspace": str,
            "id": str,
            "version": int,
            "status": str,
            "step": str,
            "playbook": str,
            "playbook_version": int,
            "team": str,
            "agent": str,
            "channel": str,
            "link": str,
            "said": str,
            "lang": str,
            "severity": int,
            "kind": str,
            "reasons": str,
            "opened_at": str,
            "stepped_at": str,
            "touched_at": str,
            "closed_at": str,
            **_FIRST_FIELDS,
            "help_why": str,
            "acknowledged_by": str,
            "acknowledged_at": str,
            "dropped_by": str,
            "drop_reason": str,
            "answers": str,
            "rest": str,
        },
        pk=("workspace", "id"),
        not_null={"version", "status", "agent", "opened_at"},
    )
    db["recoveries"].create_index(["workspace", "agent", "status"])
    db["recoveries"].create_index(["workspace", "channel", "opened_at"])
    db["recoveries"].enable_fts(_SEARCHED, create_triggers=True, tokenize="unicode61 remove_diacritics 2")
    db["journal"].create(
        {
            "workspace": str,
            "recovery": str,
            "version": int,
            "at": str,
            "actor": str,
            "type": str,
            "data": str,
        },
        pk=("workspace", "recovery", "version"),
        not_null={"at", "actor", "type", "data"},
    )
    db["jobs"].create(
        {
            "id": int,
            "workspace": str,
            "recovery": str,
            "due": str,
            "type": str,
            "receiver": str,
            "slot": str,
            "data": str,
            "attempts": int,
            "leased_until": str,
            "unsure": int,
            "sent_ref": str,
            "done_at": str,
            "error": str,
        },
        pk="id",
        not_null={"due", "type", "data", "attempts", "unsure"},
        defaults={"attempts": 0, "unsure": 0},
    )
    db.execute("create index jobs_waiting on jobs (due, id) where done_at is null")
    db["seen"].create({"workspace": str, "key": str, "at": str}, pk=("workspace", "key"))
    db["people"].create(
        {"workspace": str, "id": str, "name": str, "lang": str, "zone": str, "chosen": int},
        pk=("workspace", "id"),
    )
    db["messages"].create(
        {"workspace": str, "recovery": str, "receiver": str, "slot": str, "ref": str},
        pk=("workspace", "recovery", "receiver", "slot"),
    )
    db["messages"].create_index(["workspace", "ref"])
    db["addresses"].create({"workspace": str, "key": str, "data": str}, pk=("workspace", "key"))
    db["playbooks"].create({"id": str, "version": int, "text": str}, pk=("id", "version"))
    db["missed"].create({"id": int, "workspace": str, "at": str, "said": str}, pk="id", not_null={"at", "said"})
    db.create_view("open_recoveries", _OPEN)
    db.create_view("completed_recoveries", _COMPLETED)
    db.create_view("pings", _PINGS)


@migrations()
def m002_delivery(db: Any) -> None:
    """A job remembers when it was first to go, whether it rings, and the event behind it."""
    for column in ("planned text", "rank integer not null default 1", "version integer", "gathered integer default 0"):
        db.execute(f"alter table jobs add column {column}")
    db.execute(f"update jobs set planned = due, rank = {_RANK}")  # noqa: S608 - words from this file
    db.execute("drop index jobs_waiting")
    for index in _JOB_INDEXES:
        db.execute(f"create index {index}")
    db["pings"].drop()
    db.create_view("pings", _PINGS_PROVEN)


@migrations()
def m003_audit(db: Any) -> None:
    """What the audit looks for is found without walking through everything that was ever sent."""
    for index in _AUDIT_INDEXES:
        db.execute(f"create index {index}")


@migrations()
def m004_promises(db: Any) -> None:
    """Who does what stops it next time, until when; who allowed an amount under which limit; what is looked for."""
    for column in ("prevention_owner", "prevention_due", "prevention_done", "allowed_by", "allowed_limit"):
        db.execute(f"alter table recoveries add column {column} text")
    for index in _LOOKED_FOR:
        db.execute(f"create index {index}")
    db["completed_recoveries"].drop()
    db.create_view("completed_recoveries", _COMPLETED_FOLLOWED)


@migrations()
def m005_outages(db: Any) -> None:
    """Many customers, one cause. A team has at most one offer, or one open outage, at a time."""
    db["outages"].create(
        {
            "workspace": str,
            "id": str,
            "version": int,
            "team": str,
            "status": str,
            "first": str,
            "what": str,
            "since": str,
            "signed": str,
            "offered_at": str,
            "closed_at": str,
        },
        pk=("workspace", "id"),
        not_null={"version", "team", "status", "offered_at"},
    )
    db["outages"].create_index(["workspace", "team", "offered_at"])
    db.execute("create unique index outages_one on outages (workspace, team) where status in ('offered', 'open')")
    db["outage_journal"].create(
        {"workspace": str, "outage": str, "version": int, "at": str, "actor": str, "type": str, "data": str},
        pk=("workspace", "outage", "version"),
        not_null={"at", "actor", "type", "data"},
    )
    db["recoveries"].create_index(["workspace", "team", "kind", "opened_at"])


@migrations()
def m006_mutes(db: Any) -> None:
    """Who wants quiet, from when until when."""
    db["mutes"].create({"workspace": str, "person": str, "since": str, "until": str}, pk=("workspace", "person"))


@migrations()
def m007_put_off(db: Any) -> None:
    """What waits for a reason is found by it."""
    db.execute("create index jobs_put_off on jobs (workspace, error) where done_at is null and error is not null")


@migrations()
def m008_alike(db: Any) -> None:
    """The same customer, the same cause: compared by more than SQLite's lower() knows, among those of a month."""
    db.execute("drop index recoveries_of_customer")
    db.execute("drop index recoveries_of_cause")
    db["recoveries"].create_index(["workspace", "opened_at"])


RINGS, FIRST, REPAINTS = 0, 1, 2  # the rank of a job: what only changes a message goes last
_RANK = (
    "case when json_extract(data, '$.wakes') then 0 "
    "when type = 'Tell' and not json_extract(data, '$.fresh') then 2 else 1 end"
)
_JOB_INDEXES = (  # the first two hold all that the next job is chosen by
    "jobs_first on jobs (due, id, workspace, receiver, recovery) where done_at is null and rank < 2",
    "jobs_repaints on jobs (due, id, workspace, receiver, recovery) where done_at is null and rank = 2",
    "jobs_leased on jobs (leased_until) where done_at is null and leased_until is not null",
    "jobs_rung on jobs (workspace, receiver, done_at) where rank = 0",
    "jobs_of on jobs (workspace, recovery) where rank = 0",
    "jobs_slot on jobs (slot, due)",
)
_AUDIT_INDEXES = (
    "jobs_ringing on jobs (planned) where done_at is null and rank = 0",
    "jobs_given_up on jobs (done_at) where done_at is not null and error <> ''",
    "jobs_ladder on jobs (workspace, recovery, id) where slot = 'ladder'",
    "recoveries_waiting on recoveries (workspace, id) where status in ('open', 'offered') and acknowledged_by = ''",
)

_LOOKED_FOR = (
    "recoveries_of_customer on recoveries (workspace, lower(trim(customer)), opened_at) where customer is not null",
    "recoveries_of_cause on recoveries (workspace, lower(trim(cause)), opened_at) where cause is not null",
    "recoveries_paid on recoveries (workspace, currency, touched_at) where currency is not null",
)

_OPEN = """
select r.id, r.team, coalesce(p.name, r.agent) as agent_name, r.step, r.severity, r.kind, r.opened_at, r.said,
       r.wanted, r.remedy, r.due, r.check_back
from recoveries r left join people p on p.workspace = r.workspace and p.id = r.agent
where r.status = 'open' order by r.opened_at
"""
_COMPLETED = """
select r.id, r.team, coalesce(p.name, r.agent) as agent_name, r.severity, r.kind, r.opened_at, r.closed_at,
       round((julianday(r.sent_at) - julianday(r.opened_at)) * 1440, 1) as minutes_to_apology,
       round((julianday(r.fixed_at) - julianday(r.opened_at)) * 1440, 1) as minutes_to_fix,
       round((julianday(r.closed_at) - julianday(r.opened_at)) * 1440, 1) as minutes_to_close,
       r.happened, r.wanted, r.remedy, r.compensation, r.amount, r.currency, r.rating, r.family, r.cause, r.lacked,
       r.departments, r.prevention, r.none_because, r.lesson
from recoveries r left join people p on p.workspace = r.workspace and p.id = r.agent
where r.status = 'closed' order by r.closed_at
"""
_COMPLETED_FOLLOWED = _COMPLETED.replace(
    "r.none_because,", "r.none_because, r.prevention_owner, r.prevention_due, r.prevention_done,"
).replace("r.currency,", "r.currency, r.allowed_by, r.allowed_limit,")
_PINGS = """
select j.recovery, j.receiver, j.due, j.done_at as sent_at, j.attempts, j.error, r.acknowledged_by, r.acknowledged_at
from jobs j left join recoveries r on r.workspace = j.workspace and r.id = j.recovery
where j.type = 'Tell' and j.slot in ('ping') and json_extract(j.data, '$.wakes') order by j.id
"""
_PINGS_PROVEN = """
select j.recovery, r.team, j.receiver, coalesce(p.name, substr(j.receiver, 8)) as name, j.slot,
       e.type as cause, json_extract(e.data, '$.timer') as timer, e.at as ordered_at, j.planned as due,
       j.done_at as sent_at, round((julianday(j.done_at) - julianday(j.planned)) * 86400, 1) as seconds_late,
       coalesce(j.sent_ref, '') <> '' as delivered, j.sent_ref as ref, j.attempts, j.error,
       r.acknowledged_by, r.acknowledged_at, j.workspace, j.id as job
from jobs j left join recoveries r on r.workspace = j.workspace and r.id = j.recovery
left join journal e on e.workspace = j.workspace and e.recovery = j.recovery and e.version = j.version
left join people p on p.workspace = j.workspace and j.receiver = 'person ' || p.id
where j.rank = 0 and json_extract(j.data, '$.view') = 'ping' order by j.id
"""


def migrate(db: Database) -> None:
    migrations.apply(db)
