//! Every kind of bad input has its own message with file, line, column and key, and none makes the reader panic.

mod base;
mod files;
mod journeys;
mod limits;
mod money;
mod names;
mod routing;
mod values;
mod words;
