"""Plays one scenario on a target and gives the recording away: how `compare` has it played where it is not itself.

    python3 -m bedplate.dv.play TARGET SCENARIO SEED STEPS > recording

The chip must be at power-on. What comes out is a pickle, compressed, and to be read by the same version of Bedplate only.
"""

from __future__ import annotations

import pickle
import sys
import zlib

from bedplate.dv.compare.record import Recording
from bedplate.dv.compare.scenario import Walk, play, scenario
from bedplate.env import chip_type, open_bus, parse
from bedplate.env.program import ended


def packed(recording: Recording) -> bytes:
    """For a journey."""
    return zlib.compress(pickle.dumps(recording))


def unpacked(data: bytes) -> Recording:
    """What came back from a process of ours."""
    recording = pickle.loads(zlib.decompress(data))
    assert isinstance(recording, Recording)
    return recording


def main(target: str, name: str, seed: str, steps: str) -> None:
    """Play, and write the recording to standard output."""
    chip = parse(target).name
    kind = chip_type(chip)
    recording = play(open_bus(target, kind), kind, scenario(name, chip), Walk(int(seed), int(steps)))
    sys.stdout.buffer.write(packed(recording))


if __name__ == "__main__":
    sys.exit(ended(lambda: main(*sys.argv[1:])))
