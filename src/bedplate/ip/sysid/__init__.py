"""SYSID: who this die is, the canary, reset epochs, scratch words, and whether a workload runs."""
