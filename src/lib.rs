//! channelmix simulates a contact centre on phone, chat, e-mail and social with shared agents, and says for each channel
//! mix and staffing what customers wait, how many give up, what it costs, and how sure that is.
//!
//! Data flows one way: text → [`scenario::Scenario`] → [`scenario::model::Compiled`] → replications
//! ([`sim::replicate`]) → [`stats::tally::Tally`] → [`stats::summary::Summary`] → views ([`report`]).
//!
//! ```
//! use channelmix::report::table;
//! use channelmix::scenario::Scenario;
//! use channelmix::sim::parallel::Workers;
//! use channelmix::study::run::Study;
//!
//! let text = r#"
//!     name     = "One phone queue"
//!     currency = "EUR"
//!     [horizon]
//!     start = "2026-09-07"
//!     days  = 1
//!     [run]
//!     replications = 20
//!     [queues.phone]
//!     channel     = "phone"
//!     arrivals    = { per_hour = 60 }
//!     handle_time = { dist = "exponential", mean = "4m" }
//!     patience    = { dist = "exponential", mean = "2m" }
//!     target      = { share = 0.8, within = "20s" }
//!     [groups.voice]
//!     skills = ["phone"]
//!     staff  = 5
//!     wage   = 20
//! "#;
//! let scenario = Scenario::parse(text, "phone.toml", |_| Err("no data files".to_owned()))?;
//! let compiled = scenario.compile()?;
//! let study = Study::new(&compiled, |_| true, None);
//! let summary = study.run(compiled.stopping, &Workers::new(0)?, &|| ())?;
//!
//! let phone = summary.variants[0].queues.find("phone").expect("the scenario has it");
//! assert!(phone.measures.service_level.mean > Some(0.6));
//! table::write(&summary, &mut std::io::stdout())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Modules from the ground up: [`ids`], [`time`], [`dist`]; [`scenario`], [`stats`]; [`sim`], [`finance`]; [`study`]; [`plan`];
//! [`report`]. The command line is the program's, not the library's.

pub mod dist;
pub mod finance;
pub mod ids;
pub mod plan;
pub mod queueing;
pub mod report;
pub mod scenario;
pub mod sim;
pub mod stats;
pub mod study;
pub mod time;
