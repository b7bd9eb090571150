//! The plan from outside: small programs, built by hand, and what becomes of them.

mod agree;
mod assets;
mod compare;
mod damage;
mod dumps;
mod facts;
mod fields;
mod files;
mod people;
mod policy;
mod programs;
mod real;
