"""Interrupt lines over qtest: what is said, what is answered, and a QEMU that has gone."""

import socket

import pytest

from bedplate.env.qemu.intx import Qtest, line_of
from bedplate.errors import EnvError


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    lines = Qtest(ours)
    yield lines, theirs
    lines.close()
    theirs.close()


def test_the_slots_of_a_q35():
    assert [line_of(slot) for slot in (1, 2, 3, 4)] == [21, 22, 23, 20]


def test_each_line_is_pulled_by_its_number(ends):
    lines, qemu = ends
    lines.line(23)(True)
    lines.line(20)(False)
    assert qemu.recv(1000) == b"set_irq_in ioapic unnamed-gpio-in 23 1\nset_irq_in ioapic unnamed-gpio-in 20 0\n"


def test_answers_are_taken(ends):
    lines, qemu = ends
    assert lines.serve() is True
    qemu.sendall(b"OK\nOK\n")
    assert lines.serve() is True


def test_an_answer_that_is_not_ok_is_told(ends):
    lines, qemu = ends
    qemu.sendall(b"FAIL Unknown device\n")
    with pytest.raises(EnvError, match="Unknown device"):
        lines.serve()


def test_nobody_is_interrupted_after_the_end(ends):
    lines, qemu = ends
    qemu.close()
    assert lines.serve() is False
    lines.line(23)(True)
