//! What can be left out of a choice that keeps every promise with something to spare.

use super::search::Search;
use super::slope::Slopes;
use super::tried::Tried;

/// By goal.
type Losses = Vec<(usize, f64)>;

/// Columns of which one each may be left out together by what the slopes say, the most worthwhile first; so many at most.
pub(super) fn pick(search: &Search<'_>, tried: &Tried, slopes: &Slopes, most: usize) -> Vec<usize> {
    let mut spare = search.spare(&tried.verdict);
    let mut columns: Vec<(f64, usize, Losses)> = Vec::new();
    for (number, column) in search.space.columns.iter().enumerate() {
        if tried.choice[number] <= column.min || column.cost <= 0.0 {
            continue;
        }
        let mut losses = Losses::new();
        for &(group, slot, heads) in &column.cells {
            let of_goals = slopes[group][slot].by_goal(&search.goal_of);
            losses.extend(
                of_goals
                    .into_iter()
                    .map(|(goal, _, loss)| (goal, heads * loss)),
            );
        }
        // The share of what is left over that it takes, where that is most.
        let shares = losses
            .iter()
            .map(|&(goal, loss)| loss / spare[goal].max(1e-12));
        let share = shares.fold(0.0, f64::max);
        columns.push((share / column.cost, number, losses));
    }
    columns.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut picked = Vec::new();
    let mut left = tried.choice.clone();
    for (_, number, losses) in columns {
        if picked.len() >= most {
            break;
        }
        if losses.iter().any(|&(goal, loss)| loss > spare[goal]) {
            continue;
        }
        left[number] -= 1;
        if !search.space.allows(&left) {
            left[number] += 1;
            continue;
        }
        for (goal, loss) in losses {
            spare[goal] -= loss;
        }
        picked.push(number);
    }
    picked
}
