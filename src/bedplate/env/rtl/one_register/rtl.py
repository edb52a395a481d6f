"""Its RTL, in the testbench that readers copy."""

from bedplate.component.rtl import Rtl
from bedplate.gen.hardware import HARDWARE

RTL = Rtl("one_register_tb", (f"{HARDWARE}/tb/one_register.sv", f"{HARDWARE}/tb/one_register_tb.sv"))
