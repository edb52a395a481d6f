"""HBM_MC: the controller of four HBM channels. Timing and refresh, ECC seed and scrub, and the fence that lets traffic in."""
