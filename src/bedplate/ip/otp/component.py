"""What OTP says of itself: see `bedplate.component`."""

from bedplate.component import Component, Sample
from bedplate.ip.otp.driver import Otp
from bedplate.ip.otp.model import OtpModel

COMPONENT = Component(
    Otp,
    OtpModel,
    samples=(
        Sample(None, {"harvest": 0x21}),
        Sample(None, {"harvest": 0x21, "serial": 0x0123_4567_89AB_CDEF}),
        Sample(None, {"harvest": 0x21, "serial": 0x0403_0201_0000_0031}),
    ),
    widths={"harvest": 8, "serial": 64},
    straps={"harvest_straps": 8},
)
