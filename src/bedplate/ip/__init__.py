"""One room per IP type, everything of it side by side: description, registers, driver, model, tests.

`pll/` is the model room: start reading there. Rooms do not import each other.
"""
