"""What the house promises to other programs."""
