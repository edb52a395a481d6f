"""Many things wrong at once, drawn from a seed."""
