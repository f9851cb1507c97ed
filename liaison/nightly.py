"""The main job: poll, read, trace, judge, measure, report. Each part is usable alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.register import limbo_register
from liaison.config import Config
from liaison.job import Job, opened_job
from liaison.moments import first_of_month, month_after, month_of
from liaison.polling import NO_FLAGS, PollFlags, poll_all
from liaison.progress import Progress
from liaison.reading_stage import read_unread
from models.errors import UsageError
from models.judgements import KeptJudgements
from models.polls import MailboxRun

if TYPE_CHECKING:
    from analysis.derivation import Derivation
    from analysis.metrics.measures import Frames
    from models.judgements import Judgement

WORST = 5


@dataclass(frozen=True, slots=True)
class NightlyResult:
    """What a run did.

    Attributes:
        run: number of the run in the store.
        as_of: the moment that was judged.
        mailboxes: one entry a configured mailbox, in the configuration's order.
        asks: number of asks between organisations by state, as of `as_of`.
        worst: the head of the limbo register.
        reports: files that were written.
        seconds: wall seconds by stage.
        new_readings: texts that were read for the first time.
    """

    run: int
    as_of: datetime
    mailboxes: tuple[MailboxRun, ...] = ()
    asks: Mapping[str, int] = field(default_factory=dict)
    worst: tuple["Judgement", ...] = ()
    reports: tuple[Path, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    new_readings: int = 0

    @property
    def nothing_new(self) -> bool:
        """Every mailbox was reached and listed only what is known."""
        return self.complete and all(box.seen == box.known for box in self.mailboxes)

    @property
    def complete(self) -> bool:
        """Every mailbox was reached."""
        return all(box.reached for box in self.mailboxes)


def run_nightly(
    config: Config,
    now: datetime,
    progress: Progress,
    *,
    as_of: datetime | None = None,
    flags: PollFlags = NO_FLAGS,
) -> NightlyResult:
    """Do the whole job once.

    Args:
        config: what to do.
        now: the present moment, aware, in UTC.
        progress: where to show how far it is.
        as_of: the moment to judge; the configuration's, else `now`, where None.
        flags: what to accept after a safety stop.

    Raises:
        LockedError: another run is at work.
        StoreError: the database cannot be used.
        ModelMissingError: the spaCy model is not installed.
    """
    with opened_job("nightly", config, now, _moment(config, now, as_of), progress) as job:
        job.mailboxes = poll_all(job, flags)
        derivation = analyze(job)
        frames = measure_all(job, derivation)
        job.reports = write_reports(job, derivation, frames, month_of(job.as_of), config.formats)
        return _result(job, derivation)


def run_ingest(config: Config, now: datetime, progress: Progress, *, flags: PollFlags = NO_FLAGS) -> NightlyResult:
    """Only poll the mailboxes; raises as `run_nightly`."""
    with opened_job("ingest", config, now, now, progress) as job:
        job.mailboxes = poll_all(job, flags)
        return _result(job, None)


def run_analyze(config: Config, now: datetime, progress: Progress, *, as_of: datetime | None = None) -> NightlyResult:
    """Only read, trace, judge and measure what the store holds; raises as `run_nightly`."""
    with opened_job("analyze", config, now, _moment(config, now, as_of), progress) as job:
        derivation = analyze(job)
        measure_all(job, derivation)
        return _result(job, derivation)


def run_report(
    config: Config,
    now: datetime,
    progress: Progress,
    *,
    period: str | None = None,
    formats: tuple[str, ...] | None = None,
    as_of: datetime | None = None,
) -> NightlyResult:
    """Only write the reports from what the store holds; raises as `run_nightly`.

    Args:
        config: what to do.
        now: the present moment, aware, in UTC.
        progress: where to show how far it is.
        period: calendar month as `2026-10`; that of the as-of moment where None.
        formats: what the configuration says where None.
        as_of: the moment to judge; where None and the period is over, the period's end.

    Raises:
        UsageError: `period` is no month, or lies after the moment.
    """
    moment = _moment(config, now, as_of)
    first = _first_of(period or month_of(moment), moment)
    if period is not None and as_of is None:
        moment = min(moment, month_after(first))
    with opened_job("report", config, now, moment, progress) as job:
        derivation = derived(job)
        frames = frames_for(job, derivation)
        job.reports = write_reports(job, derivation, frames, month_of(first), formats or config.formats)
        return _result(job, derivation)


def _moment(config: Config, now: datetime, as_of: datetime | None) -> datetime:
    return as_of or config.as_of or now


def _first_of(period: str, moment: datetime) -> datetime:
    try:
        first = first_of_month(period)
    except ValueError:
        raise UsageError(f"--period {period}: not a month", "write for example 2026-10") from None
    if first > moment:
        raise UsageError(f"--period {period} lies after the moment that is judged, {moment:%Y-%m-%d}", "give --as-of")
    return first


def analyze(job: Job) -> "Derivation":
    """Read what is unread, derive every judgement as of the moment, and keep it."""
    derivation = derived(job)
    with job.watch.stage("keep"):
        rules = derivation.versions["rules"]
        job.store.replace_judgements(KeptJudgements(job.as_of, rules, derivation.threads, derivation.judgements))
    return derivation


def derived(job: Job) -> "Derivation":
    """Read what is unread and derive every judgement as of the moment."""
    from analysis.derivation import derive, load_facts

    with job.watch.stage("read"):
        version, job.new_readings = read_unread(job.store, job.config.analysis.reader, job.progress)
    with job.watch.stage("trace"):
        return derive(load_facts(job.store, version, job.as_of), job.config.analysis, job.as_of)


def frames_for(job: Job, derivation: "Derivation") -> "Frames":
    """The frames that every measure is taken from."""
    from analysis.metrics.measures import frames_of

    with job.watch.stage("measure"):
        return frames_of(derivation, job.config.analysis.relationships)


def measure_all(job: Job, derivation: "Derivation") -> "Frames":
    """Bring the ledger of measures up to date; return the frames they were taken from."""
    from analysis.metrics.fill import fill

    frames = frames_for(job, derivation)
    with job.watch.stage("measure"):
        fill(job.store, frames, job.config.analysis, job.as_of)
    return frames


def write_reports(
    job: Job, derivation: "Derivation", frames: "Frames", period: str, formats: tuple[str, ...]
) -> tuple[Path, ...]:
    """Write one report a relationship into `out/<date of the as-of moment>/`."""
    from liaison.reporting import write_all

    with job.watch.stage("report"):
        return write_all(job, derivation, frames, period, formats)


def _result(job: Job, derivation: "Derivation | None") -> NightlyResult:
    judgements = derivation.judgements if derivation else ()
    between = [judgement for judgement in judgements if judgement.ask.relationship]
    return NightlyResult(
        run=job.record.id,
        as_of=job.as_of,
        mailboxes=job.mailboxes,
        asks=dict(sorted(Counter(judgement.state.value for judgement in between).items())),
        worst=tuple(limbo_register(judgements)[:WORST]),
        reports=job.reports,
        seconds=job.watch.seconds,
        new_readings=job.new_readings,
    )
