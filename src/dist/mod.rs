//! Distributions of times by mean and coefficient of variation.

pub mod sample;

pub use sample::Sampler;
