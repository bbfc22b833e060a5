//! The report as a whole: what stands in it, and whether its HTML is sound for readers, browsers and screen readers.
mod contents;
mod page;
mod sample;
mod structure;
