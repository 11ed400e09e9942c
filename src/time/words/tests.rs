//! What the three languages of the house say, and what a word file is refused for.
