//! Results as plain tables.
