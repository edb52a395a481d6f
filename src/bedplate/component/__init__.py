"""Components: what an IP type says of itself, once, in its own folder, and how a chip's model is made of it.

Each IP package has a module `component` with the one declaration of the type, `COMPONENT`. It is found from the driver, or by a
walk through the folders, and listed nowhere. `declaration.py` says what stands in it, `find.py` finds it, `chip_model.py` makes the
model of any chip from its wiring. `mutant.py` is what a chip declares for
proofs to find, and nobody else loads.
"""

from bedplate.component.chip_model import WiredModel, make_model
from bedplate.component.declaration import Component, Parameters, Sample
from bedplate.component.find import component_named, component_of, components, registers_of, type_names
from bedplate.component.rtl import Apb, Rtl

__all__ = [
    "Apb",
    "Component",
    "Parameters",
    "Rtl",
    "Sample",
    "WiredModel",
    "component_named",
    "component_of",
    "components",
    "make_model",
    "registers_of",
    "type_names",
]
