//! `channelmix queue`

use channelmix::queueing::figures::Figures;
use channelmix::queueing::mg_s::Method;
use channelmix::queueing::model::{Form, Given, Input, Model};
use channelmix::queueing::redial::Redials;
use channelmix::queueing::staffing::Goal;
use channelmix::queueing::{MOST_SERVERS, QueueError};
use channelmix::report::answers::{Answers, Row};
use channelmix::report::{json, table};
use clap::ValueEnum;

use super::arguments::Format;
use super::exit::{Failure, tell};
use super::output::{print, text};
use super::queue_arguments::{Law, MethodName, Queue, Written};

/// How far around one number of servers a chart shows.
const AROUND: u32 = 8;

const NOTHING_ASKED: &str = "say how many servers there are (--servers 20, or 15..30), or what the fewest must reach (--target 80%, --max-asa 20s, \
    --max-abandonment 3%, --max-wait-probability, --max-blocking, --max-occupancy)";

/// Answers a question about one queue in a steady state.
pub(crate) fn queue(queue: &Queue) -> Result<(), Failure> {
    let (model, short) = queue.model.model();
    check_inputs(queue, model)?;
    let given = given(queue);
    let goals = goals(queue);
    if queue.servers.is_none() && goals.is_empty() {
        return Err(Failure::Usage(NOTHING_ASKED.to_owned()));
    }
    check_goals(queue, model)?;
    #[cfg(feature = "charts")]
    if queue.plot {
        std::fs::create_dir_all(&queue.out)
            .map_err(|error| Failure::file("created", &queue.out, &error))?;
    }
    let (numbers, is_range) = if let Some(servers) = &queue.servers {
        (servers.numbers.clone(), servers.is_range)
    } else {
        let wanted: Vec<Goal> = goals.iter().map(|(goal, _)| *goal).collect();
        (vec![model.least(&wanted, &given).map_err(refusal)?], false)
    };
    let mut answers = Answers {
        model: name(&queue.model),
        short: short.to_owned(),
        given: as_written(queue),
        within_s: queue.within.value,
        definition: queue.goals.definition,
        target: queue.goals.target.as_ref().map(|target| target.value),
        goals: goals.into_iter().map(|(_, words)| words).collect(),
        is_range,
        rows: Vec::new(),
    };
    for servers in &numbers {
        let figures = figures(queue, model, &given, *servers).map_err(|error| {
            let at = if is_range {
                format!("{servers} servers: ")
            } else {
                String::new()
            };
            Failure::Usage(format!("{at}{error}"))
        })?;
        answers.rows.push(Row {
            servers: *servers,
            figures,
        });
    }
    let printed = match queue.format {
        Format::Table => text(|out| table::write_answers(&answers, out))?,
        Format::Json => text(|out| json::write_answers(&answers, out))?,
    };
    print(&printed)?;
    if queue.plot {
        if !is_range {
            answers.rows = around(queue, model, &given, numbers[0]);
        }
        plot(queue, &answers)?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "a function for map_err")]
fn refusal(error: QueueError) -> Failure {
    Failure::Usage(error.to_string())
}

fn figures(
    queue: &Queue,
    model: Model,
    given: &Given,
    servers: u32,
) -> Result<Figures, QueueError> {
    let solved = model.solve(given, servers)?;
    Figures::of(&*solved, queue.within.value, queue.short.value)
}

/// Figures for the numbers of servers about this one, as far as there are any.
fn around(queue: &Queue, model: Model, given: &Given, servers: u32) -> Vec<Row> {
    let (from, to) = (
        servers.saturating_sub(AROUND).max(1),
        (servers + AROUND).min(MOST_SERVERS),
    );
    let rows = (from..=to).filter_map(|servers| {
        let figures = figures(queue, model, given, servers).ok()?;
        Some(Row { servers, figures })
    });
    rows.collect()
}

fn name(value: &impl ValueEnum) -> String {
    value
        .to_possible_value()
        .map_or(String::new(), |name| name.get_name().to_owned())
}

/// The options given that only some models take.
fn inputs(queue: &Queue) -> Vec<(Input, &'static str)> {
    let special = &queue.special;
    let all = [
        (queue.patience.is_some(), Input::Patience, "--patience"),
        (
            special.patience_law.is_some(),
            Input::PatienceLaw,
            "--patience-law",
        ),
        (
            special.patience_cv.is_some(),
            Input::PatienceLaw,
            "--patience-cv",
        ),
        (special.balk.is_some(), Input::PatienceLaw, "--balk"),
        (
            special.handle_time_law.is_some(),
            Input::HandleTimeLaw,
            "--handle-time-law",
        ),
        (
            special.handle_time_cv.is_some(),
            Input::HandleTimeCv,
            "--handle-time-cv",
        ),
        (special.lines.is_some(), Input::Lines, "--lines"),
        (!special.pace.is_empty(), Input::Pace, "--pace"),
        (
            special.redial_delay.is_some(),
            Input::Redials,
            "--redial-delay",
        ),
        (special.method.is_some(), Input::Method, "--method"),
        (special.class.is_some(), Input::Class, "--class"),
        (
            queue.arrivals.len() > 1,
            Input::Class,
            "several arrival rates",
        ),
    ];
    let given = all.into_iter().filter(|(is_given, ..)| *is_given);
    given.map(|(_, input, option)| (input, option)).collect()
}

/// Refuses options that the model does not take, and asks for those that it needs.
fn check_inputs(queue: &Queue, model: Model) -> Result<(), Failure> {
    let (given, uses, called) = (inputs(queue), model.uses(), name(&queue.model));
    if let Some((_, option)) = given
        .iter()
        .find(|(input, _)| uses.iter().all(|(used, _)| used != input))
    {
        return Err(Failure::Usage(format!("{called} does not take {option}")));
    }
    check_cvs(queue, uses)?;
    let special = &queue.special;
    if special.redial_after_abandoning.is_some() && queue.patience.is_none() {
        return Err(Failure::Usage(
            "--redial-after-abandoning needs --patience, such as 2m: else nobody abandons"
                .to_owned(),
        ));
    }
    if special.redial_after_blocking.is_some() && special.lines.is_none() {
        return Err(Failure::Usage(
            "--redial-after-blocking needs --lines, such as 30: else nobody is blocked".to_owned(),
        ));
    }
    let missing = uses
        .iter()
        .find(|(input, is_needed)| *is_needed && given.iter().all(|(found, _)| found != input));
    let Some((input, _)) = missing else {
        return Ok(());
    };
    let option = match input {
        Input::Patience => "--patience, such as 2m",
        Input::PatienceLaw => "--patience-law",
        Input::HandleTimeCv => "--handle-time-cv, such as 1.3",
        Input::HandleTimeLaw => "--handle-time-law",
        Input::Lines => "--lines, such as 30",
        Input::Pace => "--pace, such as 1,0.85,0.7",
        Input::Redials => "--redial-delay, such as 10m",
        Input::Method => "--method",
        Input::Class => "--class",
    };
    Err(Failure::Usage(format!("{called} needs {option}")))
}

/// Refuses goals that any number of servers meets because nobody waits, leaves or is turned away.
fn check_goals(queue: &Queue, model: Model) -> Result<(), Failure> {
    let (wanted, called) = (&queue.goals, name(&queue.model));
    let may_leave = queue.patience.is_some();
    let is_lost = model == Model::ErlangB;
    let may_be_blocked = is_lost || queue.special.lines.is_some();
    let goals = [
        (wanted.target.is_some(), !is_lost, "--target: nobody waits"),
        (
            wanted.max_asa.is_some(),
            !is_lost,
            "--max-asa: nobody waits",
        ),
        (
            wanted.max_wait_probability.is_some(),
            !is_lost,
            "--max-wait-probability: nobody waits",
        ),
        (
            wanted.max_abandonment.is_some(),
            may_leave,
            "--max-abandonment: nobody leaves",
        ),
        (
            wanted.max_blocking.is_some(),
            may_be_blocked,
            "--max-blocking: nobody is turned away",
        ),
    ];
    let empty = goals
        .iter()
        .find(|(is_given, binds, _)| *is_given && !binds);
    empty.map_or(Ok(()), |(.., goal)| {
        Err(Failure::Usage(format!(
            "{called} is no place for {goal} here"
        )))
    })
}

/// Refuses a cv beside a law that has none to choose.
fn check_cvs(queue: &Queue, uses: &[(Input, bool)]) -> Result<(), Failure> {
    let special = &queue.special;
    let has_law = uses.iter().any(|(used, _)| *used == Input::HandleTimeLaw);
    let laws = [
        (special.patience_cv, special.patience_law, "patience"),
        (
            special.handle_time_cv.filter(|_| has_law),
            special.handle_time_law,
            "handle-time",
        ),
    ];
    for (cv, law, what) in laws {
        let law = law.unwrap_or(Law::Exponential);
        if cv.is_some() && !law.takes_cv() {
            let law = name(&law);
            return Err(Failure::Usage(format!(
                "--{what}-cv goes with --{what}-law lognormal, gamma or hyperexponential, not {law}"
            )));
        }
    }
    Ok(())
}

fn given(queue: &Queue) -> Given {
    let special = &queue.special;
    let value = |written: &Option<Written>| written.as_ref().map(|written| written.value);
    let form = |law: Option<Law>| law.map_or(Form::Exponential, Law::form);
    Given {
        arrivals_per_s: queue.arrivals.iter().map(|rate| rate.value).collect(),
        handle_time_s: queue.handle_time.value,
        handle_time_cv: special.handle_time_cv.unwrap_or(1.0),
        handle_time_form: form(special.handle_time_law),
        patience_s: value(&queue.patience),
        patience_cv: special.patience_cv.unwrap_or(1.0),
        patience_form: form(special.patience_law),
        balk: value(&special.balk).unwrap_or(0.0),
        lines: special.lines,
        pace: special.pace.clone(),
        redials: special.redial_delay.as_ref().map(|delay| Redials {
            mean_delay_s: delay.value,
            after_abandoning: value(&special.redial_after_abandoning).unwrap_or(0.0),
            after_blocking: value(&special.redial_after_blocking).unwrap_or(0.0),
        }),
        method: special.method.map_or(Method::Kimura, MethodName::method),
        class: special.class.map_or(0, |class| usize::from(class) - 1),
    }
}

/// What must hold, each with its words.
fn goals(queue: &Queue) -> Vec<(Goal, String)> {
    let wanted = &queue.goals;
    let mut goals = Vec::new();
    if let Some(target) = &wanted.target {
        let definition = wanted.definition;
        let goal = Goal::ServiceLevel {
            share: target.value,
            within_s: queue.within.value,
            short_s: queue.short.value,
            definition,
        };
        let (share, within) = (&target.text, &queue.within.text);
        goals.push((
            goal,
            format!("{share} within {within} ({})", definition.name()),
        ));
    }
    let mut most = |limit: &Option<Written>, goal: fn(f64) -> Goal, what: &str| {
        if let Some(limit) = limit {
            goals.push((goal(limit.value), format!("{what} at most {}", limit.text)));
        }
    };
    most(&wanted.max_asa, Goal::Asa, "ASA");
    most(&wanted.max_abandonment, Goal::Abandonment, "abandonment");
    most(
        &wanted.max_wait_probability,
        Goal::Wait,
        "probability of waiting",
    );
    most(&wanted.max_blocking, Goal::Blocking, "blocking");
    most(&wanted.max_occupancy, Goal::Occupancy, "occupancy");
    goals
}

/// The options that say what is asked, as they were written.
fn as_written(queue: &Queue) -> Vec<(String, String)> {
    let special = &queue.special;
    let rates: Vec<_> = queue
        .arrivals
        .iter()
        .map(|rate| rate.text.as_str())
        .collect();
    let text = |written: &Option<Written>| written.as_ref().map(|written| written.text.clone());
    let paces: Vec<_> = special.pace.iter().map(ToString::to_string).collect();
    let all = [
        ("arrivals", Some(rates.join(", "))),
        ("handle-time", Some(queue.handle_time.text.clone())),
        (
            "handle-time-law",
            special.handle_time_law.as_ref().map(name),
        ),
        (
            "handle-time-cv",
            special.handle_time_cv.map(|cv| cv.to_string()),
        ),
        ("patience", text(&queue.patience)),
        ("patience-law", special.patience_law.as_ref().map(name)),
        ("patience-cv", special.patience_cv.map(|cv| cv.to_string())),
        ("balk", text(&special.balk)),
        ("lines", special.lines.map(|lines| lines.to_string())),
        ("pace", (!paces.is_empty()).then(|| paces.join(", "))),
        ("class", special.class.map(|class| class.to_string())),
        ("redial-delay", text(&special.redial_delay)),
        (
            "redial-after-abandoning",
            text(&special.redial_after_abandoning),
        ),
        (
            "redial-after-blocking",
            text(&special.redial_after_blocking),
        ),
        ("method", special.method.as_ref().map(name)),
    ];
    all.into_iter()
        .filter_map(|(option, value)| Some((option.to_owned(), value?)))
        .collect()
}

#[cfg(feature = "charts")]
fn plot(queue: &Queue, answers: &Answers) -> Result<(), Failure> {
    use super::output::{chart_formats, write_whole};
    let files =
        channelmix::report::chart::draw_answers(answers, &chart_formats(&queue.charts.0))
            .map_err(|error| Failure::Running(format!("the charts could not be drawn: {error}")))?;
    for (name, content) in &files {
        write_whole(&queue.out.join(name), content)?;
    }
    tell(&format!("{} files in {}", files.len(), queue.out.display()));
    Ok(())
}

#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the same with charts and without")]
fn plot(_queue: &Queue, _answers: &Answers) -> Result<(), Failure> {
    tell("warning: this build draws no charts");
    Ok(())
}
