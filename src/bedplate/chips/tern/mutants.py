"""Mutants of Tern: in which scenario or experiment each comes out, and as what it must be named."""

from __future__ import annotations

from bedplate.bus import Bus
from bedplate.component.mutant import ModelMutant, MutatedBus, RtlMutant
from bedplate.converge import Chip
from bedplate.model import ChipModel


def _wrong_reset(model: ChipModel, chip: Chip) -> Bus:
    return MutatedBus(
        model, chip.register("die0.pll.sys.lock_limit").register.address, on_read=lambda word: word ^ 0x10
    )


def _swapped_fields(model: ChipModel, chip: Chip) -> Bus:
    """Both post dividers, three bits each."""
    post = chip.register("die0.pll.sys.post")
    one, other = (field.low for field in post.register.Value.FIELDS)

    def swapped(word: int) -> int:
        return (word >> one & 7) << other | (word >> other & 7) << one

    return MutatedBus(model, post.register.address, on_write=swapped)


def _early_lock(model: ChipModel, chip: Chip) -> Bus:
    """At once, instead of after 12 us."""
    model["die1.pll.d2d"].lock_time = 1  # type: ignore[attr-defined] # a setting of its behaviour
    return model


def _clears_its_neighbour(model: ChipModel, chip: Chip) -> Bus:
    return MutatedBus(
        model, chip.register("die1.ppu.hbm1.events").register.address, on_write=lambda word: word | word << 1
    )


MODEL = (
    ModelMutant("a wrong reset value", _wrong_reset, "boot", "die0.pll.sys.lock_limit.cycles"),
    ModelMutant("a swapped field", _swapped_fields, "boot", "die0.pll.sys.post.postdiv1"),
    ModelMutant("a lock bit that rises early", _early_lock, "die1.pll.d2d:lock_lost=1us", "die1.pll.d2d.status.lock"),
    ModelMutant(
        "a W1C bit that clears its neighbour", _clears_its_neighbour, "die1.ppu.hbm1:deny", "die1.ppu.hbm1.events.deny"
    ),
)

PLL, PPU = "src/bedplate/ip/pll/rtl", "src/bedplate/ip/ppu/rtl"

RTL = (
    RtlMutant(
        "a wrong reset value",
        f"{PLL}/pll_regs.sv",
        "field_storage.lock_limit.cycles.value <= «16'h1388 → 16'h1398»;",
        "boot",
        "die0.pll.sys.lock_limit.cycles",
    ),
    RtlMutant(
        "a swapped field",
        f"{PLL}/pll_regs.sv",
        """readback_data_var[2:0] = «field_storage.post.postdiv1.value → field_storage.post.postdiv2.value»;
            readback_data_var[6:4] = «field_storage.post.postdiv2.value → field_storage.post.postdiv1.value»;""",
        "boot",
        "die0.pll.sys.post.postdiv1",
    ),
    RtlMutant(
        "an acknowledge that rises early",
        f"{PPU}/ppu.sv",
        ".us(«32'(sw.delays.ramp_us.value) → 32'd1»)",
        "boot",
        "die0.ppu.hbm1.status",
    ),
    RtlMutant(
        "a lock bit that rises early",
        f"{PLL}/pll.sv",
        ".us(«LOCK_US → 32'd1»)",
        "boot",
        "die1.pll.sys.status.lock",
    ),
    RtlMutant(
        "a W1C bit that clears its neighbour",
        f"{PPU}/ppu_regs.sv",
        "field_storage.events.deny.value & ~(«decoded_wr_data[1:1] & decoded_wr_biten[1:1] → "
        "decoded_wr_data[0:0] & decoded_wr_biten[0:0]»)",
        "die1.ppu.hbm1:deny",
        "die1.ppu.hbm1.events.deny",
    ),
)

TOP, FABRIC = "hw/tern/tern.sv", "hw/common/apb_fabric.sv"
OTHER = "BASE[s] == 32'h00022000 ? 32'h00023000 : BASE[s] == 32'h00023000 ? 32'h00022000 : BASE[s]"
"""Where the fabric looks for die0.pll.se0 and die0.pll.se1 is where the other one is (their addresses are those of tern.rdl)."""

WIRING = (
    RtlMutant(
        "a controller on the clock of the other stack",
        TOP,
        "hbm_mc_block die1_hbm1_mc1 (….clock(die1_clkmgr_root_provides[«3 → 2»])",
        "without die1.clkmgr.root hbm1",
        "die1.hbm1.mc1",
    ),
    RtlMutant(
        "a controller on the reset line of the PHY",
        TOP,
        "hbm_mc_block die0_hbm0_mc2 (….released(die0_rstmgr_provides[«6 → 5»])",
        "without die0.rstmgr hbm0_ctl",
        "die0.hbm0.mc2",
    ),
    RtlMutant(
        "a stack in the power domain of the other one",
        TOP,
        "hbm_stk_block die0_hbm1_stk (….power(«die0_ppu_hbm1_provides → die0_ppu_hbm0_provides»)",
        "without die0.ppu.hbm1",
        "die0.hbm1.stk",
    ),
    RtlMutant(
        "two decoders swapped",
        FABRIC,
        f"hit[s]        = active && request.paddr >= «BASE[s] → {OTHER}» && request.paddr - «BASE[s] → {OTHER}» < SIZE[s];",
        "decoder",
        "die0.pll.se",
    ),
    RtlMutant(
        "a clock manager on the PLL of the other complex",
        TOP,
        ".violation(die0_clkmgr_se0_violation), .own_source(«die0_pll_se0_provides → die0_pll_se1_provides»)",
        "starved of die0.pll.se0",
        "die0.clkmgr.se0",
    ),
    RtlMutant(
        "a controller on the PHY of the other stack",
        TOP,
        ".violation(die1_hbm0_mc1_violation), .own_link(«die1_hbm0_phy_provides → die1_hbm1_phy_provides»)",
        "starved of die1.hbm0.phy",
        "die1.hbm0.mc1",
    ),
    RtlMutant(
        "a core below the other complex",
        TOP,
        ".violation(die0_ppu_nc0_violation), .own_rail(«die0_ppu_se0_provides → die0_ppu_se1_provides»)",
        "starved of die0.ppu.se0",
        "dangerous acts",
    ),
    RtlMutant(
        "the fuses of the other die",
        TOP,
        ".own_harvest_straps(die1_harvest_straps[«1 → 0»])",
        "harvest die0:0x01,die1:0x08",
        "die1.ppu.nc0",
    ),
)
"""What a generator of the top might get wrong. `scenario` is an experiment of `wiring`, `named` is in one of its findings."""
