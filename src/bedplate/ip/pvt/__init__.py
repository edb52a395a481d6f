"""PVT: temperature and voltage sensors of one part of a die, with their clock, their serial interface and their alarms."""
