"""The configuration: what is right is read, what is wrong is told, all of it at once."""

from datetime import date, time
from pathlib import Path

import pytest

from ingest.settings import ImapSettings
from liaison.config import Config, load_config
from models.errors import ConfigurationError
from models.vocabulary import Role

ROOT = Path(__file__).parents[3]

SMALL = """\
mailboxes:
  - {name: sample, mbox: sample.mbox}
"""

WHOLE = """\
store: sqlite:///kept.db
mailboxes:
  - {name: old, maildir: mail}
  - name: journal
    scope: organisations
    imap: {host: imap.example, user: j, password: {env: LIAISON_TEST_PASSWORD}, folders: [INBOX, "Archive/*"]}
organisations:
  - id: halden
    name: Halden
    role: client
    domains: [HALDEN.example]
    time_zone: Europe/Berlin
    working_hours: "08:30-16:30"
    holidays: DE-BE
    closed: [2026-12-24]
    people: [{name: Ana, addresses: [ana@freemail.example]}]
  - {id: corvus, name: Corvus, role: cmo, domains: [corvus.example], groups: [{address: qa@corvus.example, size: 14}]}
relationships:
  - id: halden-corvus
    client: halden
    cmo: corvus
    points_of_contact: {client: [dana@halden.example], cmo: [{address: kim@corvus.example, topics: [deviation]}]}
    clauses:
      - {id: "QA 7.3", text: "in writing", topic: deviation, from: cmo, ack: 1 BD, answer: 10 BD}
      - {id: "SA 4", text: "deemed accepted", topic: purchase_order, silence: {after: 7 BD}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> dict[str, tuple[str, str, int | None]]:
    with pytest.raises(ConfigurationError) as caught:
        load_config(written(folder, text))
    return {problem.path: (problem.message, problem.hint, problem.line) for problem in caught.value.problems}


@pytest.fixture
def whole(tmp_path: Path) -> Config:
    return load_config(written(tmp_path, WHOLE))


def test_only_mailboxes_are_required(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, SMALL))
    assert config.store == f"sqlite:///{tmp_path / 'liaison.db'}"
    assert config.out == tmp_path / "out"
    assert config.as_of is None


def test_the_repository_s_own_configuration_is_right() -> None:
    config = load_config(ROOT / "config.yaml")
    assert [relationship.id for relationship in config.analysis.relationships] == ["halden-corvus", "halden-meridian"]


def test_an_organisation_s_calendar_is_read(whole: Config) -> None:
    halden = whole.analysis.organisations[0]
    assert halden.role is Role.CLIENT
    assert halden.domains == ("halden.example",)
    assert (halden.working_time.opens, halden.working_time.closes) == (time(8, 30), time(16, 30))
    assert halden.working_time.closed == {date(2026, 12, 24)}


def test_a_clause_about_the_cmo_s_asks_obliges_the_client(whole: Config) -> None:
    told, silent = whole.analysis.relationships[0].clauses
    assert (told.obliged, told.ack, told.answer) == (Role.CLIENT, "1 BD", "10 BD")
    assert (silent.obliged, silent.silence, silent.silence_means) == (None, "7 BD", "deemed accepted")


def test_the_password_is_fetched_only_for_the_mailbox_and_never_shown(
    whole: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_TEST_PASSWORD", "hunter2")
    settings = whole.mailbox_settings(1)
    assert isinstance(settings.source, ImapSettings)
    assert settings.source.password == "hunter2"
    assert "hunter2" not in repr(settings)


def test_a_missing_password_names_the_setting_and_the_variable(whole: Config) -> None:
    with pytest.raises(ConfigurationError, match=r"mailboxes\[1\]\.imap\.password.*LIAISON_TEST_PASSWORD"):
        whole.mailbox_settings(1)


def test_the_scope_is_every_configured_domain_person_and_group(whole: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_TEST_PASSWORD", "x")
    scope = whole.mailbox_settings(1).selection.scope
    assert scope == frozenset({"halden.example", "corvus.example", "ana@freemail.example", "qa@corvus.example"})
    assert whole.mailbox_settings(0).selection.scope is None


def test_an_unknown_key_asks_did_you_mean(tmp_path: Path) -> None:
    found = problems(tmp_path, SMALL + "organizations: []\n")
    assert found == {"organizations": ("no such setting", "did you mean 'organisations'?", 3)}


def test_all_problems_are_told_at_once_with_path_and_line(tmp_path: Path) -> None:
    text = WHOLE.replace("user: j,", "usr: j, port: 99999,").replace("role: cmo", "role: vendor")
    found = problems(tmp_path, text)
    assert set(found) == {
        "mailboxes[1].imap.usr",
        "mailboxes[1].imap.user",
        "mailboxes[1].imap.port",
        "organisations[1].role",
    }
    assert found["mailboxes[1].imap.usr"][1] == "did you mean 'user'?"
    assert found["organisations[1].role"][2] == 17


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("client: halden\n", "client: haldn\n", "relationships[0].client"),
        ("Europe/Berlin", "Europe/Berlim", "organisations[0].time_zone"),
        ("DE-BE", "DE-XX", "organisations[0].holidays"),
        ("topics: [deviation]", "topics: [deviations]", "relationships[0].points_of_contact.cmo[0].topics"),
        ("topic: purchase_order", "topic: po", "relationships[0].clauses[1].topic"),
        ("08:30-16:30", "16:30-08:30", "organisations[0].working_hours"),
        ("name: journal", "name: old", "mailboxes[1].name"),
        ("ack: 1 BD", "ack: one day", "relationships[0].clauses[0].ack"),
        ("{env: LIAISON_TEST_PASSWORD}", "{env: X, file: y}", "mailboxes[1].imap.password"),
        ("domains: [corvus.example]", "domains: [halden.example]", "organisations"),
    ],
)
def test_what_does_not_fit_together_is_told_with_its_path(tmp_path: Path, old: str, new: str, path: str) -> None:
    assert old in WHOLE
    assert path in problems(tmp_path, WHOLE.replace(old, new))


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    assert problems(tmp_path, "mailboxes: [\n  - x: {\n")["(file)"][2] is not None


def test_a_missing_file_says_how_to_name_another(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="liaison -c FILE"):
        load_config(tmp_path / "nowhere.yaml")


def test_silence_may_be_said_in_short(tmp_path: Path) -> None:
    clauses = load_config(
        written(tmp_path, WHOLE.replace("{after: 7 BD}", "accepted after 7 BD"))
    ).analysis.relationships
    assert (clauses[0].clauses[1].silence, clauses[0].clauses[1].silence_means) == ("7 BD", "accepted")
    (problem,) = problems(tmp_path, WHOLE.replace("{after: 7 BD}", "never")).items()
    assert problem == (
        "relationships[0].clauses[1].silence",
        (
            "does not fit (it says 'never')",
            "write a duration such as 2 BD (business days), 30 CD (calendar days) or 24 h",
            25,
        ),
    )


ACCOUNT = "mailboxes: [{name: a, imap: {host: mail.example, user: a, password: {env: X}}}]\n"
COMPANY = "organisations: [{id: a, name: A, domains: [a.example], working_hours: %s}]\n"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "- a\n- b\n",
        "words\n",
        "mailboxes:\n\t- name: a\n",
        "mailboxes: []\nmailboxes: []\n",
        "mailboxes: *nobody\n",
        "mailboxes: !!python/object/apply:os.system [ls]\n",
        "mailboxes: " + "[" * 3000 + "]" * 3000,
        ACCOUNT + "? [a, b]\n: c\n",
        ACCOUNT + "as_of: 2026-13-45\n",
        ACCOUNT + "as_of: 0001-01-01T00:00:00+14:00\n",
        ACCOUNT + f"ownership: {{group_from: {'9' * 5000}}}\n",
        ACCOUNT + "ownership: {grace_hours: .inf}\n",
        ACCOUNT + "measures: {contact_band: [.nan, .inf]}\n",
        ACCOUNT + "reading: {model: ../x}\n",
        ACCOUNT + 'out: "o\\0"\n',
        ACCOUNT + COMPANY % '"09:00Z-17:00"',
        ACCOUNT.replace("mail.example", '"\\u202e"'),
        ACCOUNT.replace("{env: X}", "{command: []}"),
        ACCOUNT.replace("user: a", "user: a, timeout: 1e300"),
    ],
)
def test_whatever_stands_in_the_file_a_problem_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_config(path)
    assert all(problem.path and problem.message for problem in refused.value.problems)


def test_a_password_in_the_wrong_place_is_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(ACCOUNT.replace("{env: X}", "correct-horse"), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_config(path)
    assert "correct-horse" not in str(refused.value)


def test_a_key_that_stands_twice_is_named_without_its_values(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(ACCOUNT + "out: secret-place\nout: elsewhere\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="twice") as refused:
        load_config(path)
    assert "secret-place" not in str(refused.value)


def test_a_relationship_cannot_take_the_front_page_s_name(tmp_path: Path) -> None:
    companies = "organisations: [{id: a, name: A, domains: [a.example]}, {id: b, name: B, domains: [b.example]}]\n"
    path = tmp_path / "config.yaml"
    path.write_text(ACCOUNT + companies + "relationships: [{id: index, client: a, cmo: b}]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="front page"):
        load_config(path)
