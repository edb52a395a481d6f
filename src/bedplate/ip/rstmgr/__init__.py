"""RSTMGR: reset lines, causes and the crash record of a die."""
