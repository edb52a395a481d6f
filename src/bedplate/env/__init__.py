"""The environments: from a target such as `model:tern` to a Bus. The only place that names a tool or a device.

Start reading at `targets.py`. An environment is a package with one function, `open_bus(target, chip)`;
who may use what it opened, says `owner.py`.
"""

from bedplate.env.targets import (
    Target,
    check,
    chip_type,
    extended,
    known_chips,
    open_bus,
    open_chip,
    parse,
    recognise,
    release,
)

__all__ = [
    "Target",
    "check",
    "chip_type",
    "extended",
    "known_chips",
    "open_bus",
    "open_chip",
    "parse",
    "recognise",
    "release",
]
