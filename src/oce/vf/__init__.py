"""What ValueFlows says: classes, actions, measures, effects. Plain Python, no input or output."""
