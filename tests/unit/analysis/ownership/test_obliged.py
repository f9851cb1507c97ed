"""Which side an ask obliges where more than the two companies read along."""

import pytest

from tests.unit.analysis.ownership.building import ANA, BEN, DANA, OTTO, Mail, ask, says, traced

SEND = "Please send the batch record."
FRIEND = "andrew.low@freemail.example"
CONSULTANT = "pia.kern@advice.example"


def sides(*mails: Mail) -> list[tuple[str, str | None]]:
    return [(one.obliged, one.relationship) for one in traced(*mails)]


def test_somebody_of_no_company_called_by_name_takes_the_ask_out_of_the_relationship() -> None:
    words = "Andrew, please send the batch record."
    assert sides(Mail(DANA, words, (FRIEND, ANA), asks=(ask(words, ask(words).kind, "Andrew"),))) == [("", None)]


def test_a_consultant_called_by_name_obliges_the_consultants() -> None:
    words = "Pia, please send the batch record."
    mail = Mail(DANA, words, (ANA,), (CONSULTANT,), asks=(ask(words, ask(words).kind, "Pia"),))
    assert sides(mail) == [("advice.example", None)]


@pytest.mark.parametrize("to", [FRIEND, CONSULTANT])
def test_a_third_party_in_to_is_asked_whoever_reads_along(to: str) -> None:
    assert [relationship for _, relationship in sides(Mail(DANA, SEND, (to,), (ANA,), asks=(ask(SEND),)))] == [None]


def test_talk_among_colleagues_obliges_them_though_the_other_side_reads_along() -> None:
    news = Mail(OTTO, "Line two runs.", (DANA,), (ANA,), reply=says(3))
    question = Mail(DANA, SEND, (OTTO,), (ANA,), day=1, re=0, asks=(ask(SEND),))
    assert sides(news, question) == [("halden", None)]


def test_a_first_mail_to_a_colleague_with_the_other_side_in_copy_still_obliges_it() -> None:
    assert sides(Mail(DANA, SEND, (OTTO,), (ANA,), asks=(ask(SEND),))) == [("corvus", "halden-corvus")]


def test_a_mail_passed_on_among_colleagues_obliges_them_and_not_whoever_wrote_it() -> None:
    news = Mail(ANA, "Line two runs.", (DANA,), reply=says(3))
    passed_on = Mail(
        DANA, "Can one of you answer this?", (OTTO,), day=1, re=0, asks=(ask("Can one of you answer this?"),)
    )
    assert sides(news, passed_on) == [("halden", None)]


def test_a_newsletter_asks_nothing() -> None:
    assert sides(Mail("newsletter@corvus.example", SEND, (DANA,), asks=(ask(SEND),))) == []
    assert sides(Mail(BEN, SEND, (DANA,), asks=(ask(SEND),))) == [("halden", "halden-corvus")]


def test_a_mailbox_that_passes_mail_on_to_others_obliges_none_of_them() -> None:
    assert sides(Mail(DANA, SEND, (OTTO,), unseen=(ANA,), asks=(ask(SEND),))) == [("halden", None)]
    assert sides(Mail(DANA, SEND, (ANA,), unseen=(CONSULTANT,), asks=(ask(SEND),))) == [("corvus", "halden-corvus")]


def test_where_nobody_is_named_the_envelope_says_who_is_asked() -> None:
    assert sides(Mail(DANA, SEND, unseen=(ANA, BEN), asks=(ask(SEND),))) == [("corvus", "halden-corvus")]
