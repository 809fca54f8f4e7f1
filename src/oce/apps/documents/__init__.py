"""Documents: photos, certificates and other files attached to whatever the house knows."""
