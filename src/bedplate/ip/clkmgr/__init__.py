"""CLKMGR: clock roots with glitch-free switches between the reference and a PLL, and their gates."""
