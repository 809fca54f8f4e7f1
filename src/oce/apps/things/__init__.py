"""Things: the inventory as people use it: where what is, what became of it, counting, moving, labels and passports."""
