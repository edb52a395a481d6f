"""Every register against its description."""
