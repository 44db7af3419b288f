//! From chapters to pages, without a disk: what an author writes, and what comes out or is refused.

mod errors;
mod pages;
mod project;
