"""The model kit against generated RTL, register kind by register kind."""
