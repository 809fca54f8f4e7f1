"""What `make` needs to build and look after the house; nothing here is installed."""
