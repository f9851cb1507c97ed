"""Real mail, from a real IMAP server and from files: every message accounted for, both ways the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.derivation import Derivation, derive, load_facts
from analysis.language.reader import read_messages
from analysis.language.versions import reader_version
from analysis.settings import AnalysisSettings
from ingest.mailbox.opening import open_mailbox
from ingest.poller import poll
from ingest.settings import ImapSettings, MailboxSettings, MboxSettings, PollSettings
from models.companies import Organisation, Relationship
from models.polls import FolderRun, MailboxRun
from models.store import Store
from models.vocabulary import FolderFate, Keep, Outcome, Role
from tests.servers.dovecot import Account, Dovecot

AS_OF = datetime(2021, 7, 1, tzinfo=UTC)
MESSAGES = 7069


def company(name: str, role: Role, *domains: str) -> Organisation:
    return Organisation(name, name.title(), role, domains)


SETTINGS = AnalysisSettings(
    organisations=(
        company("google", Role.CLIENT, "google.com"),
        company("intel", Role.CLIENT, "intel.com"),
        company("facebook", Role.CLIENT, "fb.com"),
        company("quanta", Role.CMO, "quantatw.com"),
        company("hcl", Role.CMO, "hcl.com"),
    ),
    relationships=(
        Relationship("google-quanta", "google", "quanta"),
        Relationship("intel-quanta", "intel", "quanta"),
        Relationship("facebook-hcl", "facebook", "hcl"),
    ),
)


@dataclass(frozen=True)
class Polled:
    """A store that one source of the OpenBMC list was polled into, with the counts of the first and second poll."""

    store: Store
    first: MailboxRun
    second: MailboxRun


def polled(settings: MailboxSettings, url: str) -> Polled:
    store = Store.open(url, Keep.TEXT)
    runs = []
    for number in (1, 2):
        run = store.start_run("test", AS_OF, AS_OF, "")
        assert run == number
        with open_mailbox(settings) as mailbox:
            runs.append(poll(mailbox, store, run, PollSettings()))
    return Polled(store, *runs)


@pytest.fixture(scope="module")
def from_server(
    dovecot: Dovecot, openbmc_mbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Polled, Account]]:
    """The list polled over TLS from a real server."""
    account = dovecot.new_account()
    with open_mailbox(MailboxSettings("list", MboxSettings(openbmc_mbox))) as mailbox:
        (folder,) = mailbox.folders()
        account.deliver([mail.raw for mail in mailbox.fetch(mailbox.select(folder.name).uids)])
    source = ImapSettings(dovecot.host, account.user, account.password, port=dovecot.imaps_port, ca=dovecot.authority)
    found = polled(MailboxSettings("list", source), f"sqlite:///{tmp_path_factory.mktemp('imap')}/store.db")
    with found.store:
        yield found, account


@pytest.fixture(scope="module")
def from_file(openbmc_mbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polled]:
    """The same list read from its file."""
    settings = MailboxSettings("list", MboxSettings(openbmc_mbox))
    found = polled(settings, f"sqlite:///{tmp_path_factory.mktemp('mbox')}/store.db")
    with found.store:
        yield found


def test_every_message_of_the_server_is_accounted_for(from_server: tuple[Polled, Account]) -> None:
    run = from_server[0].first
    assert run.seen == MESSAGES
    assert run.known + run.stored + run.duplicate + run.out_of_scope + run.quarantined == MESSAGES
    assert run.stored > 0.99 * MESSAGES


def test_polling_again_stores_nothing(from_server: tuple[Polled, Account]) -> None:
    second = from_server[0].second
    (folder,) = second.folders
    # a folder in which nothing changed is not looked into, save the ones drawn by lot
    assert folder.fate in (FolderFate.UNCHANGED, FolderFate.READ)
    assert folder == FolderRun("INBOX", folder.fate, seen=MESSAGES, known=MESSAGES)
    assert second == MailboxRun("list", reached=True, seen=MESSAGES, known=MESSAGES, folders=(folder,))


def test_a_poll_changes_nothing_on_the_server(from_server: tuple[Polled, Account]) -> None:
    folder = from_server[1].folder()
    names = [path.name for part in ("new", "cur") for path in (folder / part).iterdir()]
    assert len(names) == MESSAGES
    assert not [name for name in names if "S" in name.partition(":2,")[2]]


def test_server_and_file_give_identical_messages(from_server: tuple[Polled, Account], from_file: Polled) -> None:
    served = [replace(message, received_at=None) for message in from_server[0].store.headers()]
    filed = [replace(message, received_at=None) for message in from_file.store.headers()]
    assert served == filed
    assert from_server[0].store.new_texts() == from_file.store.new_texts()


def derived(store: Store, version: str) -> Derivation:
    return derive(load_facts(store, version, AS_OF), SETTINGS, AS_OF)


def test_server_and_file_give_identical_threads_and_states(
    from_server: tuple[Polled, Account], from_file: Polled
) -> None:
    version = reader_version(SETTINGS.reader.model)
    readings = list(read_messages(from_file.store.unread(version), SETTINGS.reader))
    for store in (from_file.store, from_server[0].store):
        store.record_readings(readings)
    served, filed = derived(from_server[0].store, version), derived(from_file.store, version)
    assert served.threads == filed.threads
    assert served.judgements == filed.judgements
    relationships = {judgement.ask.relationship for judgement in filed.judgements}
    assert relationships >= {"google-quanta", "intel-quanta", "facebook-hcl"}


def test_the_five_enron_mailboxes_are_read_without_loss(enron_mboxes: dict[str, Path], tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        for domain, path in enron_mboxes.items():
            run = store.start_run("test", AS_OF, AS_OF, "")
            with open_mailbox(MailboxSettings(domain, MboxSettings(path))) as mailbox:
                counts = poll(mailbox, store, run, PollSettings())
            assert counts.seen == path.read_bytes().count(b"From enron-partner@localhost ")
            assert counts.quarantined == 0
        outcomes = store.outcomes()
        stored = sum(count for (_, outcome), count in outcomes.items() if outcome is Outcome.STORED)
        assert stored == len(store.headers())
