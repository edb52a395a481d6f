"""HBM_PHY: the PHY of one stack. PLL, impedance calibration, DFI handshake, training of 16 channels, memory test."""
