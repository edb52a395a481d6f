"""SPI_BR: the SPI bridge, through which a controller outside reaches the fabric of a die."""
