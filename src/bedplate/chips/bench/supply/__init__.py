"""The supply of the bench, a folder like those of IP types, but for registers: it has none."""
