//! Queue models (being written).

pub mod chat;
pub mod erlang_a;
pub mod erlang_b;
pub mod erlang_c;
mod fault;
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
pub mod mixed_rate;
pub mod mm_s_g;
pub mod mm_s_k;
pub mod mm_s_k_m;
pub mod mph_s;
mod offered_wait;
pub mod overflow;
mod poisson;
pub mod priority;
pub mod redial;
pub mod staffing;
pub mod time_varying;

pub use fault::{MOST_SERVERS, QueueError};
pub use law::Law;
pub use load::Load;
pub use measures::{Definition, Flows, Measures, ServiceLevels, SteadyState};
pub use offered_wait::SingleQueue;
