//! Costs: from what was written to whole millionths of the scenario's currency.

use std::collections::BTreeMap;

use super::centre::Scope;
use super::horizon::Horizon;
use super::queue::{OnHolidays, hours};
use crate::ids::{Id, QueueId};
use crate::scenario::defaults::CHANNELS;
use crate::scenario::format::{GroupFile, QueueFile, ScenarioFile};
use crate::scenario::forms::Hours;
use crate::scenario::model::Queue;
use crate::scenario::money::{
    Channel, Charges, Hiring, MILLION, Outsourced, Pay, Premium, Turnover,
};
use crate::scenario::money_file::PremiumFile;
use crate::scenario::people::heads_of;
use crate::scenario::read::{At, NamedEntry, hint_of};
use crate::scenario::scalar::{Amount, MoneyShare};
use crate::time::SimDuration;
use crate::time::hours::WeekHours;

/// An amount, or a share, in whole millionths.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "amounts are bounded, as read, and a cast saturates"
)]
pub(super) fn millionths(amount: f64) -> u64 {
    (amount * MILLION as f64).round() as u64
}

/// An amount in another currency, in whole millionths of the scenario's: rounded once, here.
pub(super) fn amount(written: Option<&At<Amount>>, rate: f64) -> u64 {
    written.map_or(0, |amount| millionths(amount.value.0 * rate))
}

fn share(written: Option<&At<MoneyShare>>) -> u64 {
    written.map_or(0, |share| millionths(share.value.0))
}

/// What one of each currency is worth, the scenario's own included.
pub(super) fn rates(file: &ScenarioFile, scope: &mut Scope<'_>) -> BTreeMap<String, f64> {
    let own = file.currency.as_ref().map(|own| own.value.0.clone());
    let mut rates = BTreeMap::new();
    for entry in file
        .currencies
        .iter()
        .flat_map(|named| &named.value.entries)
    {
        let name = &entry.name;
        let is_code = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_code {
            let message = format!(
                "expected a currency by its ISO 4217 code of three capitals, such as \"PLN\", found `{name}`"
            );
            scope.reader.report_at(&entry.place, message, None);
        }
        let Some(rate) = entry.value else {
            continue;
        };
        if own.as_ref() == Some(name) && (rate.0 - 1.0).abs() > 0.0 {
            let message = format!("{name} is the scenario's own currency: its rate is 1");
            scope.reader.report_at(&entry.place, message, None);
        }
        rates.insert(name.clone(), rate.0);
    }
    rates.extend(own.map(|own| (own, 1.0)));
    rates
}

/// What one of the currency in which a group is paid is worth in the scenario's.
pub(super) fn rate(file: &GroupFile, scope: &mut Scope<'_>) -> f64 {
    let Some(written) = &file.currency else {
        return 1.0;
    };
    let code = &written.value.0;
    if let Some(rate) = scope.rates.get(code) {
        return *rate;
    }
    let own = &scope.currency;
    let message = format!("there is no rate for {code}: what is one worth in {own}?");
    let hint = format!("add a table [currencies] with {code} = …");
    scope.reader.report_at(&written.place, message, Some(hint));
    1.0
}

/// How the agents of a group are paid beyond the plain wage.
pub(super) fn pay(file: &GroupFile, rate: f64, scope: &mut Scope<'_>) -> Pay {
    check_wage(file, scope);
    check_hiring(file, scope);
    let turnover = file.turnover.as_ref().map(|turnover| &turnover.value);
    let hiring = file.hiring.as_ref().map(|hiring| &hiring.value);
    let premiums = file.premiums.iter().flat_map(|named| &named.value.entries);
    Pay {
        overtime_rate: file
            .overtime_rate
            .as_ref()
            .map(|rate| millionths(rate.value.0)),
        premiums: premiums
            .filter_map(|entry| premium(entry, scope.horizon))
            .collect(),
        on_cost: share(file.on_cost.as_ref()),
        turnover: turnover.map_or_else(Turnover::default, |keys| Turnover {
            yearly: share(keys.yearly.as_ref()),
            cost: share(keys.cost.as_ref()),
        }),
        hiring: hiring.map_or_else(Hiring::default, |keys| Hiring {
            cost: amount(keys.cost.as_ref(), rate),
            ramp: keys
                .ramp
                .as_ref()
                .map_or(SimDuration::ZERO, |ramp| ramp.value.0),
            yearly: amount(keys.yearly.as_ref(), 1.0),
        }),
        people: file.people.as_ref().map(|people| heads_of(people.value)),
        outsourced: outsourced(file, rate),
    }
}

fn premium(entry: &NamedEntry<PremiumFile>, horizon: &Horizon) -> Option<Premium> {
    let keys = entry.value.as_ref()?;
    let hours = match &keys.hours.as_ref()?.value {
        Hours::ByDay(days) => hours(days, horizon, OnHolidays::AsUsual),
        Hours::Always => {
            let mut always = WeekHours::default();
            (0..7).for_each(|day| always.open(day, SimDuration::ZERO, SimDuration::DAY));
            always
        }
    };
    Some(Premium {
        name: entry.name.clone(),
        hours,
        share: share(keys.share.as_ref()),
    })
}

/// What is a part of the wage needs one.
fn check_wage(file: &GroupFile, scope: &mut Scope<'_>) {
    let turnover = file.turnover.as_ref();
    let parts = [
        file.overtime_rate
            .as_ref()
            .map(|it| ("overtime_rate", &it.place)),
        file.premiums.as_ref().map(|it| ("premiums", &it.place)),
        file.on_cost.as_ref().map(|it| ("on_cost", &it.place)),
        turnover
            .and_then(|it| it.value.cost.as_ref())
            .map(|it| ("turnover.cost", &it.place)),
    ];
    let parts = parts.into_iter().flatten();
    if let Some(outsourced) = &file.outsourced {
        let wage = file.wage.as_ref().map(|wage| ("wage", &wage.place));
        for (key, place) in wage.into_iter().chain(parts) {
            let message = format!(
                "{key} and outsourced exclude each other: the agents of an outsourced group are paid by the contact or the minute"
            );
            scope.reader.report_at(place, message, None);
        }
        let keys = &outsourced.value;
        let is_faulty = scope.reader.is_faulty(&outsourced.place.key);
        if keys.per_contact.is_none() && keys.per_minute.is_none() && !is_faulty {
            let message = "expected per_contact or per_minute, found neither";
            scope.reader.report_at(&outsourced.place, message, None);
        }
    } else if file.wage.is_none() {
        for (key, place) in parts {
            let message =
                format!("{key} is a part of the wage, and there is none: missing key `wage`");
            scope.reader.report_at(place, message, None);
        }
    }
}

/// Somebody must be hired for hiring to cost anything.
fn check_hiring(file: &GroupFile, scope: &mut Scope<'_>) {
    let Some(hiring) = &file.hiring else {
        return;
    };
    if scope.reader.is_faulty(&hiring.place.key) {
        return;
    }
    if file.turnover.is_none() && hiring.value.yearly.is_none() {
        let message = "nobody is hired: expected `yearly`, or a `turnover` of the group";
        scope.reader.report_at(&hiring.place, message, None);
    }
    if hiring.value.cost.is_none() && hiring.value.ramp.is_none() {
        let message = "expected what a hire costs: `cost`, `ramp` or both";
        scope.reader.report_at(&hiring.place, message, None);
    }
}

fn outsourced(file: &GroupFile, rate: f64) -> Outsourced {
    let keys = file.outsourced.as_ref().map(|outsourced| &outsourced.value);
    keys.map_or_else(Outsourced::default, |keys| Outsourced {
        per_contact: amount(keys.per_contact.as_ref(), rate),
        per_minute: amount(keys.per_minute.as_ref(), rate),
    })
}

/// What contacts of a queue cost beside agents: as the queue says, else as its channel does.
pub(super) fn charges(file: &QueueFile, scope: &Scope<'_>) -> Charges {
    let own = file.costs.as_ref().map(|costs| &costs.value);
    let channel = file.channel.as_ref();
    let of_channel = channel.and_then(|channel| scope.charges.get(channel.value.name).copied());
    let usual = of_channel.unwrap_or_default();
    let Some(own) = own else {
        return Charges {
            fixed_per_month: 0,
            ..usual
        };
    };
    let or = |written: &Option<At<Amount>>, usual: u64| match written {
        Some(_) => amount(written.as_ref(), 1.0),
        None => usual,
    };
    Charges {
        per_minute: or(&own.per_minute, usual.per_minute),
        minutes: own
            .minutes
            .as_ref()
            .map_or(usual.minutes, |minutes| minutes.value),
        per_contact: or(&own.per_contact, usual.per_contact),
        fixed_per_month: or(&own.fixed_per_month, 0),
    }
}

/// What contacts cost by channel, under the channels' names.
pub(super) fn charges_by_channel(
    file: &ScenarioFile,
    scope: &mut Scope<'_>,
) -> BTreeMap<String, Charges> {
    let mut charges = BTreeMap::new();
    for entry in file.costs.iter().flat_map(|named| &named.value.entries) {
        if !CHANNELS.iter().any(|channel| channel.name == entry.name) {
            let hint = hint_of(&entry.name, CHANNELS.iter().map(|channel| channel.name));
            let message = format!("`{}` is no channel", entry.name);
            scope.reader.report_at(&entry.place, message, Some(hint));
        }
        let Some(keys) = &entry.value else {
            continue;
        };
        let of_channel = Charges {
            per_minute: amount(keys.per_minute.as_ref(), 1.0),
            minutes: keys
                .minutes
                .as_ref()
                .map_or_else(Default::default, |minutes| minutes.value),
            per_contact: amount(keys.per_contact.as_ref(), 1.0),
            fixed_per_month: amount(keys.fixed_per_month.as_ref(), 1.0),
        };
        charges.insert(entry.name.clone(), of_channel);
    }
    charges
}

/// The channels of a variant, in the order of the defaults, each with its queues.
pub(super) fn channels(file: &ScenarioFile, queues: &[Queue]) -> Vec<Channel> {
    let costs = |name: &str| file.costs.as_ref()?.value.get(name)?.value.as_ref();
    let channel = |name: &'static str| Channel {
        name,
        queues: (0..queues.len())
            .filter(|&number| queues[number].channel == name)
            .map(QueueId::from_index)
            .collect(),
        fixed_per_month: costs(name).map_or(0, |keys| amount(keys.fixed_per_month.as_ref(), 1.0)),
        licence_per_month: costs(name)
            .map_or(0, |keys| amount(keys.licence_per_month.as_ref(), 1.0)),
    };
    let channels = CHANNELS.iter().map(|row| channel(row.name));
    channels
        .filter(|channel| !channel.queues.is_empty())
        .collect()
}
