"""HBM_STK: an HBM stack through its IEEE 1500 port. Reset timing, identity, lane check and repair, mode registers."""
