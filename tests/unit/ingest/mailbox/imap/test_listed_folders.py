"""Folders as servers list them: separators, encodings, special uses, and folders of other people."""

import pytest

from ingest.mailbox.contract import Folder
from ingest.mailbox.imap import ImapMailbox
from models.errors import MailboxRefusedError
from tests.servers.scripted import Script, run_scripted


def _folders(script: Script, *wanted: str) -> dict[str, str]:
    with run_scripted(script) as server, ImapMailbox.open("journal", server.settings(wanted)) as mailbox:
        return {folder.name: folder.excluded for folder in mailbox.folders()}


def _read(script: Script, *wanted: str) -> set[str]:
    return {name for name, excluded in _folders(script, *wanted).items() if not excluded}


@pytest.mark.parametrize("separator", [b"/", b".", b"\\\\", b"|"])
def test_levels_are_written_with_a_slash_whatever_the_server_uses(separator: bytes) -> None:
    name = b"Archive%b2025" % separator
    listed = b'* LIST () "%b" INBOX\r\n* LIST () "%b" "%b"\r\n' % (separator, separator, name)
    told = name.replace(b"\\\\", b"\\").decode()
    assert _read({b"LIST": listed}, "Archive/*") == {told}
    assert _read({b"LIST": listed}, "Archive/2025") == {told}


def test_names_come_as_atoms_literals_numbers_utf_7_and_even_utf_8() -> None:
    listed = (
        b'* LIST () "/" Inbox\r\n* list () "/" 2024\r\n* LIST () NIL {7}\r\n"odd" \\\r\n'
        b'* LIST () "/" "&ANw-bergabe"\r\n* LIST () "/" "\xc3\x9cbersicht"\r\n* LIST () "/" "R&-D"\r\n'
        b'* LIST () "/" "half &A"\r\n'
    )
    with (
        run_scripted({b"LIST": listed, b"EXAMINE": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n"}) as server,
        ImapMailbox.open("journal", server.settings(("*",))) as mailbox,
    ):
        names = [folder.name for folder in mailbox.folders()]
        for name in names:
            mailbox.select(name)
        examined = [command.removeprefix(b"EXAMINE ") for command in server.commands if command.startswith(b"EXAMINE")]
    assert names[:6] == ["INBOX", "2024", '"odd" \\', "Übergabe", "Übersicht", "R&D"]
    # each is asked for as the server wrote it
    assert examined[:6] == [
        b'"Inbox"',
        b'"2024"',
        b'"\\"odd\\" \\\\"',
        b'"&ANw-bergabe"',
        b'"\xc3\x9cbersicht"',
        b'"R&-D"',
    ]
    assert examined[6] == b'"half &A"'


def test_a_name_with_an_end_of_line_is_no_way_to_slip_in_a_command() -> None:
    listed = b'* LIST () "/" INBOX\r\n* LIST () "/" {22}\r\nx"\r\nA1 DELETE "INBOX"\r\n'
    with (
        run_scripted({b"LIST": listed}) as server,
        ImapMailbox.open("journal", server.settings(("*",))) as mailbox,
    ):
        odd = mailbox.folders()[1].name
        with pytest.raises(MailboxRefusedError):
            mailbox.select(odd)
        assert not [command for command in server.commands if command.startswith(b"DELETE")]


def test_folders_that_cannot_hold_mail_are_passed_over() -> None:
    listed = b'* LIST (\\Noselect) "/" Public\r\n* LIST (\\NonExistent) "/" Ghost\r\n* LIST () "/" INBOX\r\n'
    assert _folders({b"LIST": listed}, "*") == {"INBOX": ""}


def test_special_uses_are_asked_for_where_plain_list_may_leave_them_out() -> None:
    script = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 SPECIAL-USE LIST-EXTENDED\r\n",
        b'LIST "" "*" RETURN (SPECIAL-USE)': b'* LIST (\\Sent) "/" Outbound\r\n* LIST (\\Junk) "/" Rubbish\r\n'
        b'* LIST () "/" INBOX\r\n',
    }
    assert _folders(script, "\\Sent") == {
        "Outbound": "",
        "Rubbish": "excluded by \\Junk",
        "INBOX": "not one of folders: \\Sent",
    }


_OTHERS = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1 NAMESPACE\r\n",
    b"NAMESPACE": b'* NAMESPACE (("" ".")) (("user." ".")) (("shared." "."))\r\n',
    b'LIST "" "shared.*"': b'* LIST () "." shared.team\r\n* LIST () "." shared.team.hidden\r\n',
    b'LIST "" "*"': b'* LIST () "." INBOX\r\n* LIST () "." user.bob\r\n* LIST () "." shared.team\r\n',
}


def test_folders_of_others_are_there_only_if_a_pattern_means_them() -> None:
    assert _folders(_OTHERS, "*") == {"INBOX": ""}
    assert _read(_OTHERS, "INBOX", "shared/*") == {"INBOX", "shared.team", "shared.team.hidden"}
    assert _read(_OTHERS, "user/bob") == {"user.bob"}


def test_folders_of_others_without_a_prefix_are_known_by_ones_own() -> None:
    script = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1 NAMESPACE\r\n",
        b"NAMESPACE": b'* NAMESPACE (("INBOX." ".")) (("user." ".")) (("" "."))\r\n',
        b'LIST "" "*"': b'* LIST () "." INBOX\r\n* LIST () "." INBOX.Old\r\n* LIST () "." bulletins.hr\r\n',
    }
    assert _folders(script, "*") == {"INBOX": "", "INBOX.Old": ""}
    assert _read(script, "bulletins/*") == {"bulletins.hr"}


def test_words_that_mean_nothing_are_told_with_what_is_there() -> None:
    listed = {b"LIST": b'* LIST () "/" INBOX\r\n* LIST () "/" Archive\r\n'}
    with (
        run_scripted(listed) as server,
        ImapMailbox.open("journal", server.settings(("INBOX", "Archiv", "Old/*"))) as mailbox,
        pytest.raises(MailboxRefusedError, match=r"'Archiv', 'Old/\*'") as raised,
    ):
        mailbox.folders()
    assert raised.value.hint == "there are: Archive, INBOX"


def test_folders_of_the_contract() -> None:
    with (
        run_scripted({b"LIST": b'* LIST () "/" INBOX\r\n'}) as server,
        ImapMailbox.open("journal", server.settings()) as mailbox,
    ):
        assert mailbox.folders() == (Folder("INBOX"),)
