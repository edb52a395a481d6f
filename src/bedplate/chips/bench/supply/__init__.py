"""The supply of the bench, a room like those of IP types, but for registers: it has none."""
