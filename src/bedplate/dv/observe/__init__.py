"""What `observe` says of each state of the registers, held to a table."""
