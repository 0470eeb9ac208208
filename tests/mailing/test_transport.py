"""Which refusals speak of the mailbox, and the demo's mailbox of files."""

from __future__ import annotations

import pytest

from mailing.delivery import open_transport
from mailing.smtp import SmtpTransport
from mailing.transport import MailboxTransport, Refused, Unavailable


@pytest.mark.parametrize(
    ("stage", "answer", "expected"),
    [
        ("recipient", "550 5.1.1 no such user", True),
        ("recipient", "550 5.1.10 null MX", True),
        ("recipient", "553 5.1.3 bad address", True),
        ("recipient", "550 no such user", True),
        ("recipient", "551 user not local", True),
        ("recipient", "553 mailbox name not allowed", True),
        ("recipient", "550 5.7.1 relaying denied", False),
        ("recipient", "550 5.7.26 DMARC", False),
        ("recipient", "550 5.1.8 bad sender", False),
        ("recipient", "550 5.1.7 bad sender", False),
        ("recipient", "552 5.2.2 mailbox full", False),
        ("recipient", "550 Relaying denied", False),
        ("recipient", "550 blocked by Spamhaus", False),
        ("recipient", "550 SPF check failed", False),
        ("recipient", "554 no", False),
        ("recipient", "450 5.1.1 not now", False),
        ("content", "550 5.1.1 no such user", False),
        ("sender", "550 5.1.1 no such user", False),
    ],
)
def test_only_a_clear_word_on_the_mailbox_counts(stage, answer, expected):
    refused = Refused(stage, int(answer[:3]), answer)
    assert refused.no_such_mailbox is expected
    assert refused.for_now is answer.startswith("4")


def test_files_sort_by_time_and_nothing_half_written_remains(mailbox):
    transport = MailboxTransport()
    transport.open()
    transport.offer("amt@stadt.example", 1, 1)
    transport.withdraw()
    for number in range(5):
        assert transport.deliver(b"%d" % number, 1) == "250 OK"
    transport.close()
    files = sorted(mailbox.iterdir())
    assert [file.read_bytes() for file in files] == [b"0", b"1", b"2", b"3", b"4"]
    assert {file.suffix for file in files} == {".eml"}


def test_a_mailbox_that_is_no_folder_is_unavailable(mailbox):
    mailbox.write_text("a file")
    with pytest.raises(Unavailable):
        MailboxTransport().open()


def test_the_settings_choose_the_transport(settings):
    assert isinstance(open_transport(), MailboxTransport)
    settings.EMAIL_URL = "smtp://mail.example"
    assert isinstance(open_transport(), SmtpTransport)
