//! Samples against their distribution functions, first values pinned, and what is refused.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::{Family, Sampler};

const DRAWS: u32 = 20_000;

/// One of each family.
fn examples() -> [Family; 13] {
    let exponential = |mean| Family::Exponential { mean };
    let gamma = |cv| Family::Gamma { mean: 480.0, cv };
    let mixture = vec![
        (0.25, Family::Constant { value: 5.0 }),
        (
            0.25,
            Family::Mixture {
                parts: vec![(0.5, exponential(10.0)), (0.5, exponential(90.0))],
            },
        ),
        (
            0.5,
            Family::Lognormal {
                mean: 60.0,
                cv: 0.5,
            },
        ),
    ];
    [
        Family::Constant { value: 30.0 },
        exponential(120.0),
        gamma(0.8),
        gamma(1.6),
        Family::Erlang {
            mean: 60.0,
            stages: 1,
        },
        Family::Erlang {
            mean: 60.0,
            stages: 3,
        },
        Family::Lognormal {
            mean: 240.0,
            cv: 1.1,
        },
        Family::Weibull {
            shape: 0.7,
            scale: 100.0,
        },
        Family::Uniform {
            min: 10.0,
            max: 20.0,
        },
        Family::Triangular {
            min: 10.0,
            mode: 15.0,
            max: 40.0,
        },
        Family::Hyperexponential {
            means: vec![30.0, 300.0],
            shares: vec![0.7, 0.3],
        },
        Family::Empirical {
            values: vec![12.0, 30.0, 31.0, 95.0],
        },
        Family::Mixture { parts: mixture },
    ]
}

/// The first values of each example's sampler from seed 1.
const FIRST: [&str; 13] = [
    "30.0, 30.0, 30.0, 30.0",
    "131.61527403179738, 135.5970718144339, 43.36648871666395, 63.6323945562631",
    "744.166838176385, 28.777912992192082, 162.33010800104674, 2534.9277242032936",
    "1423.6604726570931, 244.35940828713572, 1397.1713041571513, 27.271057313163283",
    "65.80763701589869, 67.79853590721694, 21.683244358331976, 31.81619727813155",
    "85.91981746058386, 12.041728026145371, 30.8801985073142, 219.2036455534311",
    "342.3126513280095, 305.31694179747296, 29.31375054882231, 241.55358874805796",
    "114.10941915300492, 119.07290527025924, 23.363229586298488, 40.40399558291404",
    "18.11612158881885, 17.471047161582188, 11.001509035337838, 17.462168706168104",
    "28.113415930613776, 26.22787369788761, 13.875904478965854, 26.20371981157993",
    "338.9926795360847, 15.908098639065775, 45.78745373567624, 560.3949986025069",
    "95.0, 31.0, 12.0, 31.0",
    "75.24804146993905, 5.0, 36.50352178504248, 216.0515848191073",
];

fn draws(family: &Family, seed: u64) -> Vec<f64> {
    let sampler = family.sampler().expect("a valid example");
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    (0..DRAWS).map(|_| sampler.sample(&mut rng)).collect()
}

/// The largest distance between the distribution function of the sample and the family's, times √n. At every value drawn both
/// sides of the step are compared, so atoms are proved too; `below` reads the function just before the value.
fn kolmogorov_smirnov(mut sample: Vec<f64>, family: &Family) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let mut largest = 0.0_f64;
    let mut at = 0;
    while at < sample.len() {
        let value = sample[at];
        let end = at + sample[at..].partition_point(|other| *other <= value);
        let below = family.cdf(value.next_down());
        largest = largest
            .max((at as f64 / n - below).abs())
            .max((end as f64 / n - family.cdf(value)).abs());
        at = end;
    }
    largest * n.sqrt()
}

#[test]
fn samples_follow_their_distribution_functions() {
    // The 99.9 % point of Kolmogorov's distribution is 1.95; atoms make the test stricter than that, never laxer.
    for (index, family) in examples().iter().enumerate() {
        let distance = kolmogorov_smirnov(draws(family, 7 + index as u64), family);
        assert!(distance < 1.95, "{family:?}: {distance}");
    }
}

#[test]
fn a_wrong_distribution_is_noticed() {
    let sample = draws(
        &Family::Lognormal {
            mean: 240.0,
            cv: 1.1,
        },
        7,
    );
    assert!(
        kolmogorov_smirnov(
            sample.clone(),
            &Family::Lognormal {
                mean: 256.0,
                cv: 1.1
            }
        ) > 1.95
    );
    assert!(
        kolmogorov_smirnov(
            sample,
            &Family::Gamma {
                mean: 240.0,
                cv: 1.1
            }
        ) > 1.95
    );
}

#[test]
fn means_and_cvs_are_those_of_the_samples() {
    for (index, family) in examples().iter().enumerate() {
        let sample = draws(family, 100 + index as u64);
        let n = f64::from(DRAWS);
        let mean = sample.iter().sum::<f64>() / n;
        let deviation = (sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let error = family.cv() * family.mean() / n.sqrt();
        assert!(
            (mean - family.mean()).abs() <= 3.3 * error + 1e-9,
            "{family:?}: mean {mean}"
        );
        assert!(
            (deviation / mean - family.cv()).abs() <= 0.08 * family.cv() + 1e-9,
            "{family:?}: {}",
            deviation / mean
        );
        let sampler = family.sampler().unwrap();
        assert_eq!(sampler.mean().to_bits(), family.mean().to_bits());
    }
}

#[test]
fn scaling_multiplies_the_mean_and_keeps_the_cv() {
    for family in examples() {
        let twice = family.scaled(2.5);
        assert!(
            (twice.mean() / family.mean() - 2.5).abs() < 1e-12,
            "{family:?}"
        );
        assert!((twice.cv() - family.cv()).abs() < 1e-12, "{family:?}");
        assert!(
            (twice.cdf(100.0) - family.cdf(40.0)).abs() < 1e-12,
            "{family:?}"
        );
    }
}

#[test]
fn first_values_are_pinned() {
    for (family, expected) in examples().iter().zip(FIRST) {
        let sampler = family.sampler().unwrap();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        let found = [(); 4].map(|()| sampler.sample(&mut rng));
        assert_eq!(format!("{found:?}"), format!("[{expected}]"), "{family:?}");
    }
}

#[test]
fn a_constant_draws_nothing() {
    let sampler = Family::Constant { value: 3.0 }.sampler().unwrap();
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
    let before = rng.clone();
    let _ = sampler.sample(&mut rng);
    assert_eq!(rng, before);
}

#[test]
fn extreme_parameters_still_draw_finite_times() {
    let families = [
        Family::Gamma {
            mean: 1e10,
            cv: 100.0,
        },
        Family::Gamma {
            mean: 1e10,
            cv: 1e-6,
        },
        Family::Lognormal {
            mean: 1e10,
            cv: 100.0,
        },
        Family::weibull_with(9e9, 100.0).unwrap(),
        Family::weibull_with(9e9, 1e-6).unwrap(),
        Family::Erlang {
            mean: 1e10,
            stages: 10_000,
        },
        Family::Triangular {
            min: 7.0,
            mode: 7.0,
            max: 7.0,
        },
        Family::Uniform { min: 0.0, max: 0.0 },
        Family::Mixture {
            parts: vec![
                (0.0, Family::Constant { value: 9.0 }),
                (1.0, Family::Exponential { mean: 1.0 }),
            ],
        },
    ];
    for family in families {
        assert!(
            draws(&family, 3).iter().all(|x| x.is_finite() && *x >= 0.0),
            "{family:?}"
        );
    }
}

#[test]
fn a_sampler_can_be_cloned_and_shown() {
    let sampler: Sampler = Family::Exponential { mean: 1.0 }.sampler().unwrap();
    assert_eq!(format!("{:?}", sampler.clone()), format!("{sampler:?}"));
}
