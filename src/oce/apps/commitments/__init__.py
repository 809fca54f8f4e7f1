"""What is offered, wished and promised: flows that are still to happen."""
