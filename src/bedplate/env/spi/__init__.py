"""SPI, without the wire: frames, a bus made of them, and the target's side. Start reading at `frame.py`."""

from bedplate.env.spi.bus import SpiBus

__all__ = ["SpiBus"]
