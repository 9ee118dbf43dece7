//! The queue models against the exact values of tests/reference: every row that a model covers, to the accuracy that the
//! reference asks for, and a count of the rows that none covers.

mod arrivals;
mod chains;
mod coverage;
mod days;
mod laws;
mod rows;
mod single;
mod staffing;
