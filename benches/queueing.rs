//! Time to solve a queue model, with all its measures and a service level.
//!
//! `cargo bench --bench queueing` prints a row a case.

use std::hint::black_box;

use channelmix::queueing::figures::Figures;
use channelmix::queueing::{Law, Load, QueueError, SteadyState, chat, erlang_a, mm_s_g};
use criterion::{Criterion, criterion_group, criterion_main};

/// Everything `channelmix queue` tells of a number of servers.
fn figures<Queue: SteadyState>(queue: Result<Queue, QueueError>) -> Figures {
    let queue = queue.expect("the case is a valid one");
    Figures::of(&queue, 20.0, 5.0).expect("a threshold and a short time")
}

/// 95 % of this many servers, handle times of four minutes.
fn load(servers: u32) -> Load {
    Load::new(0.95 * f64::from(servers) / 240.0, 240.0).expect("a load")
}

fn models(criterion: &mut Criterion) {
    for servers in [100, 100_000] {
        criterion.bench_function(&format!("erlang_a {servers}"), |bench| {
            let load = load(servers);
            bench.iter(|| figures(erlang_a::solve(black_box(load), servers, 120.0)));
        });
    }
    criterion.bench_function("mm_s_g lognormal 100", |bench| {
        let (load, patience) = (
            load(100),
            Law::Lognormal {
                mean_s: 120.0,
                cv: 1.3,
            },
        );
        bench.iter(|| figures(mm_s_g::solve(black_box(load), 100, patience.clone())));
    });
    criterion.bench_function("chat 12 agents, three at once", |bench| {
        let (load, pace) = (load(24), [1.0, 0.85, 0.7]);
        let sharing = chat::Sharing::LeastLoaded;
        bench.iter(|| {
            figures(chat::solve(
                black_box(load),
                12,
                &pace,
                Some(120.0),
                sharing,
            ))
        });
    });
}

criterion_group! {
    name = queueing;
    config = Criterion::default().sample_size(20);
    targets = models
}
criterion_main!(queueing);
