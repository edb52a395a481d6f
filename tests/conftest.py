"""Drivers with bugs, which the proofs must find."""

import pytest

from bedplate.ip.pll.driver import Pll, PllState


@pytest.fixture
def with_memory():
    """A PLL driver with a bug: it leaves something else behind when it has seen the PLL off before."""
    original = Pll.observe
    seen = []

    def observe(pll):
        state = original(pll)
        if state is PllState.OFF:
            seen.append(pll)
        elif state is PllState.VERIFIED and any(one is pll for one in seen):
            pll.regs.lock_limit.write(cycles=4999)
        return state

    type.__setattr__(Pll, "observe", observe)
    yield
    type.__setattr__(Pll, "observe", original)
