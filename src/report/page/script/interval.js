// One interval: its queues and its groups.
const INTERVAL_QUEUE = [['offered', 'Offered', 'count'], ['service_level', 'Service level', 'share'], ['abandonment', 'Abandonment', 'share'], ['wait_mean_s', 'Mean wait', 'time'], ['p90', 'Nine in ten below', 'time'], ['queue_length', 'Waiting', 'count'], ['backlog', 'Open at its end', 'count']];
const INTERVAL_GROUP = [['heads', 'Paid heads', 'count'], ['staffed', 'Present', 'count'], ['busy', 'Busy', 'count'], ['occupancy', 'Occupancy', 'share']];

function showInterval() {
  const place = element('interval');
  place.hidden = !slots.length || !names(data.intervals[state.mix].queues).length;
  if (place.hidden) return;
  const at = state.slot;
  element('choose-day').value = slots[at].weekday || '';
  element('choose-time').value = slots[at].start;
  const table = (kind, word, measures) => tableOf({
    head: [word, ...measures.map(([, label]) => label)],
    rows: names(data.intervals[state.mix][kind]).map(name => {
      const columns = columnsOf(state.mix, kind, name);
      return [name, ...measures.map(([measure, , style]) => ranged(style, estimateAt(measure === 'p90' ? columns.wait_p90_s || columns.response_p90_s : columns[measure], at)))];
    }),
  });
  element('interval-table').innerHTML = `<p><b>${escaped(chosenMix().name)}, ${slotName(slots[at])}</b></p><div class="scroll">${table('queues', 'Queue', INTERVAL_QUEUE)}</div><div class="scroll">${table('groups', 'Group', INTERVAL_GROUP)}</div>`;
}

// The interval with the worst figure of the chosen queue is shown first.
function hardestSlot() {
  const columns = columnsOf(state.mix, 'queues', state.queue);
  const level = columns.service_level || columns.wait_mean_s;
  if (!level) return 0;
  const rank = at => (columns.service_level ? 1 - level.mean[at] : level.mean[at]) * Math.sqrt(columns.offered ? columns.offered.mean[at] : 1);
  return slots.reduce((found, _, at) => (isNumber(level.mean[at]) && !(rank(found) >= rank(at)) ? at : found), 0);
}
