//! Posts that breed others.

use std::collections::BTreeMap;

use super::{Case, horizon, queue};
use crate::support::run;

#[test]
fn posts_that_breed_come_as_often_as_a_hawkes_process() {
    // Nobody answers: every post breeds at rate 1.8/h · exp(-t / 20 min) for ever, 0.6 children each. From an empty start
    // the mean number in (0, T] of a Hawkes process with baseline μ, α = 1.8/h and β = 3/h is
    // μ/(1 - α/β) · (T - α/β · (1 - exp(-(β - α)T)) / (β - α)); Hawkes, Biometrika 58 (1971), 83-90.
    let text = format!(
        "{}[queues.q]\nchannel = \"social\"\narrivals = {{ per_hour = 20 }}\nhandle_time = \"1m\"\n\
         spread = {{ posts_per_hour = 1.8, fades = \"20m\" }}\n[groups.g]\nskills = [\"q\"]\nstaff = 0\nwage = 1\n",
        horizon(1).replace("6h", "0s")
    );
    let replications = 2_000;
    let variant = run(&text, replications);
    let (mu, alpha, beta, t) = (20.0, 1.8, 3.0, 24.0_f64);
    let ratio: f64 = alpha / beta;
    let exact =
        mu / (1.0 - ratio) * (t - ratio * (1.0 - (-(beta - alpha) * t).exp()) / (beta - alpha));
    let case = Case {
        name: "Hawkes".to_owned(),
        params: serde_json::Value::Null,
        values: BTreeMap::from([("mean_count".to_owned(), exact)]),
    };
    case.proves(
        "mean_count",
        queue(&variant, "q").measures.offered,
        replications,
        0.0,
    );
}
