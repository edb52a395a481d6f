"""What chips in a PCI slot share: the function's configuration header, and the PC in which it is reached.

`driver.py` finds, places and enables a function; `q35.py` says where a PC has its configuration space.
"""
