"""INPUT: text that a person wrote -> plain values with their places, or problems that say how to mend it."""
