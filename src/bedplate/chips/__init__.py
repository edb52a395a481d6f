"""Chips: for each its address map (.rdl) and its wiring, which reads like a schematic. `tern/` is the reference chip.

`npcm750/`, `sifive_u/`, `edu/`, `nvme/` and, on an I2C bus, `isl69260/` and `max31785/` are small chips that nobody here made, on models that
nobody here wrote; they have drivers of their own, and `machine.py` says where stock hardware models have them. `docs/your-chip.md` makes one like them.

Which chips there are is said here, and nowhere else. What else is known of one lies beside its class, and is found there by whoever wants it:

    rtl.py          RTL, what somebody wrote, or TESTBENCH, what stands around a top that is made (see `component/rtl.py`)
    machine.py      the machine of stock QEMU that has it (see `env/qtest`)
    gaps.*.txt      where hardware is known not to be as described, by the environment, with the reason (see `dv/conformance/gaps.py`)
    scenarios.py    KILLS: deaths of the HAL that a comparison of two worlds plays besides what it plays of any chip
    mutants.py      changes of its models and its RTL that proofs must find (see `component/mutant.py`)
"""

from types import MappingProxyType

CHIPS = MappingProxyType(
    {
        "tern": "bedplate.chips.tern:Tern",
        "npcm750": "bedplate.chips.npcm750:Npcm750",
        "sifive_u": "bedplate.chips.sifive_u:SifiveU",
        "edu": "bedplate.chips.edu:EduChip",
        "nvme": "bedplate.chips.nvme:NvmeChip",
        "isl69260": "bedplate.chips.isl69260:Isl69260",
        "max31785": "bedplate.chips.max31785:Max31785",
    }
)
"""Those that have a name in targets, and where their classes are. Chips of other packages are found by the entry point `bedplate.chips`."""
FAMILIES = MappingProxyType({"bench": "bedplate.chips.bench", "drawn": "bedplate.chips.duo.drawn"})
"""Chips that are made by their names: `bench.pll` is the attribute `pll` of the module."""
DEFAULT = "tern"
"""The one that is meant where none is named."""
