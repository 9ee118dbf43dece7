//! Queue models: formulas and exact numerical solutions for one queue, and their inverses. A library of its own: it uses nothing else of
//! this crate.
//!
//! Rates are per second, times in seconds, loads in erlangs, shares between 0 and 1; [`Load`] holds arrivals and the mean handle time.
//! Every model takes 1 to 100,000 servers and 10⁻³⁰ to ten million erlangs unless it says otherwise, and answers with a value or a
//! [`QueueError`]: never a panic, an infinity or a NaN.
//!
//! | model | in short | use it when |
//! | --- | --- | --- |
//! | [`erlang_b`] | M/M/s/s | nobody can wait: lines, sessions |
//! | [`erlang_c`] | M/M/s | nobody leaves; a cautious bound for a queue that is not overloaded |
//! | [`mm_s_k`] | M/M/s/K | lines are limited and nobody leaves |
//! | [`erlang_a`] | M/M/s+M | those who wait may leave: the usual model of telephone and chat queues |
//! | [`mm_s_g`] | M/M/s+G | patience is known to be other than exponential |
//! | [`mm_s_k_m`] | M/M/s/K+M | lines are limited and those who wait may leave |
//! | [`redial`] | orbit | those who left, or were turned away, call again |
//! | [`mixed_rate`] | M/M/s+M, random day | nobody knows how busy a day will be |
//! | [`mg_1`] | M/G/1 | one agent, handle times of any law |
//! | [`md_s`] | M/D/s | every contact takes equally long |
//! | [`mph_s`] | M/E₂/s, M/H₂/s | handle times steadier or more variable than exponential, exactly |
//! | [`mg_s`] | M/G/s | the same by mean and cv, approximately, any number of servers |
//! | [`priority`] | M/M/s, classes | some contacts go first |
//! | [`chat`] | limited processor sharing | agents hold several chats at a time |
//! | [`time_varying`] | `M_t/M/s_t+M` | rates and staff change over the day |
//! | [`infinite`] | `M_t/M/∞` | the load that staff has to follow |
//! | [`overflow`] | Wilkinson, Hayward | what a full group sends on |
//! | [`mixed_poisson`], [`hawkes`] | | counts of arrivals that are more variable than Poisson |
//! | [`many_servers`] | Halfin-Whitt, Garnett | rules for large centres: s = a + β√a |
//! | [`staffing`] | | the fewest servers that meet a target, for every model above |

pub mod chat;
pub mod erlang_a;
pub mod erlang_b;
pub mod erlang_c;
mod fault;
pub mod figures;
mod gth;
pub mod hawkes;
pub mod infinite;
mod integral;
mod law;
mod level_chain;
mod load;
pub mod many_servers;
mod matrix;
pub mod md_s;
mod measures;
pub mod mg_1;
pub mod mg_s;
pub mod mixed_poisson;
pub mod mixed_rate;
pub mod mm_s_g;
pub mod mm_s_k;
pub mod mm_s_k_m;
pub mod model;
pub mod mph_s;
mod offered_wait;
pub mod overflow;
mod poisson;
pub mod priority;
pub mod redial;
mod redial_chain;
pub mod staffing;
pub mod time_varying;
mod two_phases;

pub use fault::{LEAST_ERLANGS, MOST_ERLANGS, MOST_SERVERS, QueueError};
pub use law::Law;
pub use load::Load;
pub use measures::{Definition, Flows, Measures, ServiceLevels, SteadyState};
pub use offered_wait::SingleQueue;
