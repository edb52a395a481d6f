"""What stands in the declaration of an IP type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from bedplate.block import is_end
from bedplate.model import Model
from bedplate.topology import Instance

Parameters = Mapping[str, Any]
"""Hardware parameters of an instance by name: settings of its model, and, where RTL has them, inputs of its module."""
NONE: Mapping[str, Any] = MappingProxyType({})


class Sample(NamedTuple):
    """An instance of the type as it lies on the bench of its type: what it is brought to where no test says otherwise, and its parameters."""

    config: object = None
    parameters: Parameters = NONE


class Component(NamedTuple):
    """An IP type: who drives it, how it behaves, and what is to be known where it is mounted.

    `samples` are the instances that its tests want, all on its bench; of a type that is one end of a pair each is followed by its
    other end, which may be like it. A type that no bench can hold has none, and says in `elsewhere` where it is tested.
    """

    driver: type[Instance]
    model: type[Model]
    samples: tuple[Sample, ...] = (Sample(),)
    widths: Mapping[str, int] = NONE
    """Bits of each parameter that its RTL has, as an input of that name. RTL knows outputs by their numbers: their names are a parameter of the model alone."""
    encodings: Mapping[str, Callable[[Any], int]] = NONE
    """How RTL writes the value of a parameter that is no number."""
    straps: Mapping[str, int] = NONE
    """Bits of each input of its RTL that the board ties: from a pad, registered by the region's clock; 0 where the chip has none."""
    inputs: Mapping[str, int] = NONE
    """Bits of each input of its RTL that comes from a pad as it is; 0 where the chip has none."""
    outputs: Mapping[str, int] = NONE
    """Bits of each output of its RTL that goes to a pad."""
    elsewhere: str = ""

    @property
    def name(self) -> str:
        """The name of the type."""
        return self.driver.ip

    @property
    def on_bench(self) -> tuple[Sample, ...]:
        """What lies on its bench: the samples, by twos where it is an end of a pair: one that is left over has its like for its other end.

        A type without any, whose RTL is tested elsewhere, has a model there.
        """
        samples = self.samples or (Sample(),)
        return (*samples, samples[-1]) if is_end(self.driver) and len(samples) % 2 else samples

    def number_like(self, model: Model) -> int:
        """The number on the bench of the first sample with the parameters that a model was made with. Raises LookupError for none."""
        parameters = parameters_of(model)
        for number, sample in enumerate(self.on_bench):
            said = sample.parameters.items()
            if {name: value for name, value in said if value != getattr(self.model, name, None)} == parameters:
                return number
        raise LookupError(f"no sample of {self.name} has {parameters}: they are in its component.py")


def parameters_of(model: Model) -> dict[str, Any]:
    """The parameters that a model was made with, as far as they are not its defaults."""
    kind = type(model)
    return {name: value for name, value in vars(model).items() if hasattr(kind, name) and value != getattr(kind, name)}
