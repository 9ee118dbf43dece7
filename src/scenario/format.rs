//! The tables of a scenario file, as a person writes them, each value with its place.

use schemars::json_schema;

use super::days::{Day, Holidays, Interval, Zone};
use super::forms::{BacklogForm, GroupOrder, Hours, SkillForm};
use super::journey_file::{
    AnnounceFile, BotFile, CallbackFile, IssuesFile, PublicFile, RepliesFile, ResolutionForm,
    RetryFile, SilentFile, TransferFile, TriageFile, TurnsFile,
};
use super::law::LawForm;
use super::model::{AgentChoice, Definition, Over, Policy};
use super::money_file::{
    ChannelCostsFile, Currency, HiringFile, OutsourcedFile, PremiumFile, QueueCostsFile,
    ShrinkageForm, TurnoverFile, ValueFile,
};
use super::people::{Heads, LateFile, NewHiresFile, ShiftFile, Staff};
use super::plan_file::PlanFile;
use super::read::{At, Named, Read, Reader, table};
use super::scalar::{
    DayCv, Duration, Factor, MoneyShare, NotNegative, PositiveDuration, Precision, Rate, Seed,
    Share, ShareAboveZero, ShareBelowOne, Speed, Wage, Whole,
};
use super::schema::schemas;
use super::title::Title;
use super::tree::Node;
use super::uncertain::UncertainForm;
use super::words::{ChannelName, Clock};

table! {
    /// A contact centre: its customers, its agents and the variants to compare.
    ScenarioFile {
        /// What the scenario is about, in a few words.
        needed name: Title,
        /// The currency of all money, by its ISO 4217 code such as "EUR".
        needed currency: Currency,
        /// What one of each other currency is worth in that, under its code.
        optional currencies: Named<Rate>,
        /// The days that are simulated.
        needed horizon: HorizonFile,
        /// How often they are simulated.
        optional run: RunFile,
        /// The streams of contacts, each under its name.
        needed queues: Named<QueueFile>,
        /// The groups of agents who are alike, each under its name.
        needed groups: Named<GroupFile>,
        /// Bundles of telephone lines that queues share, each under its name.
        optional trunks: Named<TrunkFile>,
        /// Stretches of work that groups share, each under its name.
        optional shifts: Named<ShiftFile>,
        /// Machines that talk to customers before they come to a queue, each under its name.
        optional bots: Named<BotFile>,
        /// What channels cost beside agents, each under its name.
        optional costs: Named<ChannelCostsFile>,
        /// Rules for issues, which one or more contacts belong to.
        optional issues: IssuesFile,
        /// Named changes to compare with the file as written.
        optional variants: Vec<At<VariantFile>>,
        /// What is not known for sure, each under its dotted path.
        optional uncertain: UncertainForm,
        /// What a planner may choose.
        optional plan: PlanFile,
    }
}

table! {
    /// The days that are simulated.
    HorizonFile {
        /// The first day, such as "2026-09-07".
        needed start: Day,
        /// How many days.
        needed days: Whole<1, 3_660>,
        /// The zone of all days and hours, such as "Europe/Berlin"; UTC where it is missing.
        optional time_zone: Zone,
        /// The staffing and reporting interval, which divides a day; 30m where it is missing.
        optional interval: Interval,
        /// Contacts that arrive so early are not counted.
        optional warm_up: Duration,
        /// The coefficient of variation of one level a day for all queues together.
        optional day_cv: DayCv,
        /// Dates on which queues with opening hours are closed unless they say otherwise: a list, or a table that names them.
        optional holidays: Holidays,
    }
}

table! {
    /// How often the horizon is simulated, and the seed of its randomness.
    RunFile {
        /// How many replications; 100 where neither this nor precision is given.
        optional replications: Whole<1, 1_000_000>,
        /// Run until the target metrics' half-widths are below this: relative for means, absolute for shares.
        optional precision: Precision,
        /// The most replications of a run with a precision; 10000 where it is missing.
        optional max_replications: Whole<10, 1_000_000>,
        /// Whole days, such as 7 for a week: the counted time is cut into stretches of so many, each of which stands for a replication.
        optional batch_days: Whole<1, 3_660>,
        /// The same seed gives the same results.
        optional seed: Seed,
    }
}

table! {
    /// A stream of contacts of one kind on one channel.
    QueueFile {
        /// Chooses the defaults: phone, chat, email or social.
        needed channel: ChannelName,
        /// When contacts are accepted: "08:00-20:00", a table by weekday, or always where it is missing.
        optional open: Hours,
        /// How many contacts arrive.
        needed arrivals: ArrivalsFile,
        /// How long a contact takes an agent: talk and wrap-up together unless `wrap_up` is given.
        needed handle_time: LawForm,
        /// Work after the contact.
        optional wrap_up: LawForm,
        /// How long a customer waits before leaving; never where it is missing.
        optional patience: LawForm,
        /// What is promised.
        optional target: TargetFile,
        /// Smaller is served first; 1 where it is missing.
        optional priority: Whole<{ i64::MIN }, { i64::MAX }>,
        /// The order in which an arriving contact tries the groups: their names, or `"most_specialised"` for those with the fewest skills first.
        optional groups: GroupOrder,
        /// Contacts open at the start: a number, or { count, oldest }.
        optional backlog: BacklogForm,
        /// Whether contacts wait for a reply rather than on the line; by channel where it is missing.
        optional deferred: bool,
        /// How an unanswered contact breeds others.
        optional spread: SpreadFile,
        /// Telephone lines of its own: contacts waiting and in conversation together; who finds all of them taken is blocked.
        optional lines: Lines,
        /// What customers do who abandoned or were blocked.
        optional retry: RetryFile,
        /// The share of answered contacts that resolve their issue, or { share, chance, delay, to, … } for what the others do.
        optional resolution: ResolutionForm,
        /// Threads: customers who answer an answer.
        optional replies: RepliesFile,
        /// Contacts that are handed on to another queue.
        optional transfer: TransferFile,
        /// Customers are told how long they will wait.
        optional announce: AnnounceFile,
        /// Customers may have themselves called back.
        optional callback: CallbackFile,
        /// Customers may leave without a word.
        optional silent: SilentFile,
        /// Contacts that others can read.
        optional public: PublicFile,
        /// Contacts that need no answer.
        optional triage: TriageFile,
        /// What contacts cost beside agents, where it is not as for the channel.
        optional costs: QueueCostsFile,
        /// What the customers are worth: assumptions.
        optional value: ValueFile,
        /// Agent and customer take turns, in place of a pace: { mean, thinking, patience }.
        optional turns: TurnsFile,
        /// Whether an agent sets such a contact aside for a real-time one that would find nobody; false where it is missing.
        optional interruptible: bool,
        /// What it takes to find back into a contact that was set aside; 0s where it is missing.
        optional resume: Duration,
    }
}

table! {
    /// Telephone lines that queues share: a contact holds one from its arrival to the end of its talk, and is blocked where none is free.
    TrunkFile {
        /// How many there are.
        needed lines: Lines,
        /// The queues whose contacts come over them.
        needed queues: Vec<At<String>>,
    }
}

table! {
    /// How many contacts arrive: one of `per_hour`, `per_interval`, or `file` with `column`.
    ArrivalsFile {
        /// Contacts an hour, round the clock.
        optional per_hour: NotNegative,
        /// Contacts in each interval of a day, or of a week from Monday.
        optional per_interval: Vec<At<NotNegative>>,
        /// A CSV file with a column `start` and one row per step; its path is relative to the scenario.
        optional file: String,
        /// The name of the column in the file's header.
        optional column: String,
        /// The coefficient of variation of each day's level.
        optional day_cv: DayCv,
        /// A factor on all of them; 1 where it is missing.
        optional level: Factor,
    }
}

table! {
    /// What a queue promises: share and within, asa, abandonment or `backlog_age`.
    TargetFile {
        /// The share of contacts to be answered in time.
        optional share: Share,
        /// The time within which.
        optional within: Duration,
        /// Which contacts count; `late_abandons` where it is missing.
        optional definition: Definition,
        /// Abandonments up to here are left out by the definition `no_short`; 5s where it is missing.
        optional short: Duration,
        /// `"calendar"` or `"open_hours"`; the calendar's where it is missing.
        optional clock: Clock,
        /// The longest mean wait of the answered.
        optional asa: Duration,
        /// The largest share that may abandon.
        optional abandonment: Share,
        /// For the planner: the highest age of the oldest open contact at the ends of intervals, in the mean.
        optional backlog_age: PositiveDuration,
        /// For the planner: `"horizon"`, `"day"` or `"interval"`, over each of which the target must hold; the horizon where it is missing.
        optional over: Over,
    }
}

table! {
    /// An unanswered contact of age t breeds others at rate `posts_per_hour · exp(−t / fades)`.
    SpreadFile {
        /// The rate at age zero.
        needed posts_per_hour: NotNegative,
        /// The age at which the rate has fallen to 37 %.
        needed fades: PositiveDuration,
    }
}

table! {
    /// Agents who are alike.
    GroupFile {
        /// The queues that they serve, in the order in which a free agent takes.
        needed skills: Vec<At<SkillForm>>,
        /// Paid heads: a number, a list by interval of the day, a table by weekday, { file, column }; or agents by { shifts } or { roster }.
        needed staff: Staff,
        /// Contacts that one agent has open at a time, by queue; 1 where a queue is missing.
        optional at_once: Named<Whole<1, 1_000>>,
        /// The speed of each contact while 1, 2, 3 … are open at the same agent.
        optional pace: Vec<At<Speed>>,
        /// Pay for an hour; 0 where it is missing.
        optional wage: Wage,
        /// The share of the time at work away from contacts, or { training, breaks, leave, other }, which add up.
        optional shrinkage: ShrinkageForm,
        /// The share of the time at work, less shrinkage, in which agents are really there; 1 where it is missing.
        optional adherence: ShareAboveZero,
        /// The share of agents who are away on a day, for the whole day; they are paid.
        optional absence: ShareBelowOne,
        /// Who comes late: { share, by }.
        optional late: LateFile,
        /// How agents differ in speed: the coefficient of variation of a factor of mean 1 on their work, drawn once a replication.
        optional speed_cv: DayCv,
        /// Agents who are still learning: how many, by how much longer they take at first, and how soon they learn.
        optional new_hires: NewHiresFile,
        /// What an agent takes longer over a contact of another queue than the one before; 0s where it is missing.
        optional switch: Duration,
        /// The highest occupancy promised to the agents.
        optional occupancy_max: ShareAboveZero,
        /// What the planner may choose: { min, max, fixed }.
        optional plan: GroupPlanFile,
        /// Whom an agent takes who becomes free; `list_order` where it is missing.
        optional policy: Policy,
        /// Who takes a contact where several agents are free; `least_loaded` where it is missing.
        optional agents: AgentChoice,
        /// The currency of its wage and all that it costs; the scenario's where it is missing.
        optional currency: Currency,
        /// What an hour of overtime is paid, as a multiple of the wage; 1 where it is missing.
        optional overtime_rate: MoneyShare,
        /// What hours at some times are paid on top of the wage, each under its name.
        optional premiums: Named<PremiumFile>,
        /// What the employer pays on top of all pay, as a share of it.
        optional on_cost: MoneyShare,
        /// How many agents leave, and what that costs.
        optional turnover: TurnoverFile,
        /// What hires cost, of those who replace leavers and others.
        optional hiring: HiringFile,
        /// People employed, who have licences; as many as are ever paid at once where it is missing.
        optional people: Heads,
        /// What is paid for the work of somebody else's agents, in place of a wage.
        optional outsourced: OutsourcedFile,
    }
}

table! {
    /// What the planner may choose of a group.
    GroupPlanFile {
        /// The fewest heads in any interval; 0 where it is missing.
        optional min: Heads,
        /// The most heads in any interval; no limit where it is missing.
        optional max: Heads,
        /// Whether its staff stays as the file has it; false where it is missing.
        optional fixed: bool,
    }
}

table! {
    /// A named change to the scenario.
    VariantFile {
        /// Its name, unlike that of any other variant.
        needed name: Title,
        /// New values by dotted path, such as { "groups.digital.staff" = 22 }.
        optional set: Anything,
        /// Queues and groups to take away, such as `["queues.phone"]`.
        optional remove: Vec<At<String>>,
        /// Where customers go instead, by queue: { phone = { chat = 0.5, email = 0.3 } }.
        optional moves: Named<Named<ShareAboveZero>>,
    }
}

/// A number of telephone lines.
pub(crate) type Lines = Whole<0, 1_000_000>;

/// A table that is read later.
#[derive(Debug, Clone)]
pub(crate) struct Anything(pub(crate) Node);

impl Read for Anything {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.as_table().is_none() {
            reader.mistyped(node, "a table of dotted paths with their new values");
            return None;
        }
        Some(Self(node.clone()))
    }
}

schemas! {
    Anything, "Anything", json_schema!({ "type": "object" });
}
