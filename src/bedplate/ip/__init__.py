"""One folder per IP type, everything of it side by side: description, registers, driver, model, tests.

`pll/` is the one to read first. These folders do not import each other.
"""
