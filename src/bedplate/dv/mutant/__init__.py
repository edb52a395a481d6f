"""Who finds a bug: mutants of the core, of drivers, of models and of RTL."""
