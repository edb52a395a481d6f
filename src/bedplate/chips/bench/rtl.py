"""The testbench of any bench: what stands around the top that is made of the wiring."""

TESTBENCH = ("clocks", "backdoor", "bench_tb")
