"""Benchmarks: what it costs, as ratios within one run. They measure us, and prove nothing."""
