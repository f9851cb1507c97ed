"""The real mail that other tests read is whole."""

from pathlib import Path


def test_the_openbmc_list_has_all_its_messages(openbmc_mbox: Path) -> None:
    with openbmc_mbox.open("rb") as lines:
        assert sum(line.startswith(b"From ") for line in lines) >= 7069


def test_there_are_five_partners_of_enron(enron_mboxes: dict[str, Path]) -> None:
    assert list(enron_mboxes) == [
        "akllp.com",
        "andersen.com",
        "columbiaenergygroup.com",
        "ge.com",
        "kslaw.com",
    ]


def test_hostile_messages_are_there(hostile_mail: list[Path]) -> None:
    assert len(hostile_mail) > 1200
