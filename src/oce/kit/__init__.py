"""Floor 2: how an app is built."""
