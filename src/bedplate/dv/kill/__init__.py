"""Kill-anywhere: the controller dies at every transaction of a flow, and a new one goes on."""
