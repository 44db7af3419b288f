//! What strangers try. Each file is one kind of attack, against a server that is running.

mod crowds;
mod foreign_pages;
mod oversized;
mod paths;
mod rebinding;
mod slow_clients;
mod tokens;
mod writing;
