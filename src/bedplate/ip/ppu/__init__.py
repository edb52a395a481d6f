"""PPU: power policy unit of one switchable domain."""
