"""PWRMGR: the rails of a die and the state of its power sequencer."""
