"""The report stage: one report a configured relationship, and a front page."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from liaison.job import Job
from models.errors import ReportsNotWrittenError
from models.polls import MailboxRun

if TYPE_CHECKING:
    from analysis.derivation import Derivation
    from analysis.metrics.measures import Frames
    from reports.document import Document


def write_all(
    job: Job, derivation: "Derivation", frames: "Frames", period: str, formats: tuple[str, ...]
) -> tuple[Path, ...]:
    """Write the reports into `out/<date of the as-of moment>/` and return the files, the front page first.

    Raises:
        ReportsNotWrittenError: the folder cannot be written; each file there is whole, the old or the new one.
    """
    folder = job.config.out / job.as_of.date().isoformat()
    documents = _documents(job, derivation, frames, period)
    try:
        return tuple(_written(documents, folder, formats))
    except OSError as error:
        raise ReportsNotWrittenError(str(error.filename or folder), error.strerror or str(error)) from error


def _written(documents: Sequence["Document"], folder: Path, formats: tuple[str, ...]) -> Iterator[Path]:
    from reports.write import write_index, write_report

    if "html" in formats and documents:
        yield write_index(documents, folder)
    for document in documents:
        yield from write_report(document, folder, formats)


def _documents(job: Job, derivation: "Derivation", frames: "Frames", period: str) -> list["Document"]:
    from analysis.metrics.measures import measure
    from reports.build import Provenance, build_report
    from reports.completeness import Ledger, mailbox_lines
    from reports.error_rates import load_error_rates

    settings = job.config.analysis
    store = job.store
    ledger = Ledger(store.outcomes(), store.left_out(), store.vanished(), store.last_reached())
    provenance = Provenance(
        version("liaison"),
        job.config.sha256,
        mailbox_lines(ledger, _runs(job)),
        store.copies(),
        len(store.shared_message_ids()),
        load_error_rates(),
    )
    measures = measure(frames, settings)
    return [
        build_report(derivation, measures, relationship, settings, provenance, period=period)
        for relationship in settings.relationships
    ]


def _runs(job: Job) -> tuple[MailboxRun, ...]:
    """How this run saw the mailboxes; where it polled none, how the last run that did saw them."""
    if job.mailboxes:
        return job.mailboxes
    polled = next((run.mailboxes for run in job.store.runs() if run.mailboxes), ())
    seen = {run.name: run for run in polled}
    names = [shape.name for shape in job.config.shape.mailboxes]
    return tuple(seen.get(name, MailboxRun(name, reached=False, error="not polled yet")) for name in names)
