"""The Open Cooperative Ecosystem: network resource planning on the ValueFlows vocabulary."""
