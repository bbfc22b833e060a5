//! Whole projects in memory.
