"""What HBM_STK says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.hbm_stk.driver import HbmStk, HbmStkConfig
from bedplate.ip.hbm_stk.model import HbmStkModel


def lanes(pairs: tuple[tuple[int, int], ...]) -> int:
    """Pairs of channel and lane as RTL has them: a byte a channel, with its highest bit set."""
    return sum((0x80 | lane) << 8 * channel for channel, lane in pairs)


COMPONENT = Component(
    HbmStk,
    HbmStkModel,
    samples=tuple(
        Sample(HbmStkConfig(), parameters)
        for parameters in (
            {},
            {"serial": 0x2_FFFF_0001},
            {"celsius": -12},
            {"bad_lanes": ((5, 17), (2, 40))},
            {"bad_lanes": ((5, 17), (0, 1), (9, 99), (15, 127))},
            {"density": 5},
            {"density": 5, "vendor": 0x1},
            {"density": 5, "vendor": 0xF},
        )
    ),
    widths={"vendor": 4, "density": 4, "serial": 50, "celsius": 8, "bad_lanes": 128},
    encodings={"bad_lanes": lanes},
)
