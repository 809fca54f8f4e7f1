"""The rules of trace and track: what the flow of events says about where things came from and went."""
