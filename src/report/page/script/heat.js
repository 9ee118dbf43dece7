// A figure by weekday and time of day.
const HEAT = {
  service_level: { label: 'Service level', kind: 'share', promised: true },
  wait_p90_s: { label: 'Wait: nine in ten below', kind: 'time' },
  response_p90_s: { label: 'Response: nine in ten below', kind: 'time' },
  abandonment: { label: 'Abandonment', kind: 'share' },
  queue_length: { label: 'Contacts waiting', kind: 'count' },
  backlog: { label: 'Backlog', kind: 'count' },
  backlog_age_p90_s: { label: 'Age of the backlog: nine in ten below', kind: 'time' },
  offered: { label: 'Contacts offered', kind: 'count', plain: true },
};
const heatMeasures = () => {
  const columns = columnsOf(state.mix, 'queues', state.queue);
  return names(HEAT).filter(name => columns[name] && columns[name].mean.some(value => value > 0));
};
const estimateAt = (columns, at) => columns && { mean: columns.mean[at], lo: columns.lo && columns.lo[at], hi: columns.hi && columns.hi[at] };

// Where a value lies between bad (0), the promise (1/2) and the best (1); thirty points below a promise are as bad as can be shown.
const worstOf = limit => Math.max(0, limit - 0.3);
function goodness(measure, value, limit, most) {
  if (HEAT[measure].promised && limit > 0 && limit < 1) return value < limit ? Math.max(0, value - worstOf(limit)) / (limit - worstOf(limit)) / 2 : 0.5 + (value - limit) / (1 - limit) / 2;
  return most > 0 ? 1 - value / most : 1;
}

chart('heat', (colours, width) => {
  if (!heatMeasures().length) return null;
  const measure = heatMeasures().includes(state.measure) ? state.measure : heatMeasures()[0];
  const { label, kind, promised, plain } = HEAT[measure];
  const columns = columnsOf(state.mix, 'queues', state.queue);
  const column = columns[measure];
  const target = levelOf(chosenMix(), state.queue);
  const most = Math.max(...column.mean.filter(isNumber));
  const isTall = width < 640;
  const all = slots.map((slot, at) => ({ at, day: weekdays.indexOf(slot.weekday), time: starts.indexOf(slot.start), value: column.mean[at] })).filter(({ at, value }) => isNumber(value) && (!columns.offered || columns.offered.mean[at] > 0));
  // Hours in which nobody ever comes are left out.
  const first = Math.min(...all.map(cell => cell.time));
  const times = starts.slice(first, Math.max(...all.map(cell => cell.time)) + 1);
  const cells = all.map(cell => ({ ...cell, time: cell.time - first }));
  const shown = cells.map(({ at, day, time, value }) => ({ value: [isTall ? day : time, isTall ? time : day, goodness(measure, value, target && target.limit, most)], at }));
  const days = weekdays.map(day => (day ? WEEKDAYS[day].slice(0, 3) : 'Day'));
  const every = Math.max(1, Math.ceil(times.length / (isTall ? 24 : Math.min(24, width / 44))));
  const axis = { type: 'category', axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false } };
  const ofDays = { ...axis, data: days, axisLabel: { ...axisText(colours), interval: 0 }, inverse: !isTall };
  const ofTimes = { ...axis, data: times, axisLabel: { ...axisText(colours), interval: at => at % every === 0 }, inverse: isTall };
  const ramp = plain ? [colours.good, colours.soft] : promised ? [colours.bad, colours.middle, colours.good] : [colours.bad, colours.soft];
  const worst = cells.reduce((found, cell) => (!found || goodness(measure, cell.value, target && target.limit, most) < goodness(measure, found.value, target && target.limit, most) ? cell : found), null);
  const ends = promised && target ? [`${exactShare(worstOf(target.limit))} or less`, `${exactShare(target.limit)} promised`, '100 %'] : [told(kind, most), told(kind, 0)];
  return {
    height: isTall ? 40 + 16 * times.length : 40 + 34 * days.length,
    label: `${label} of ${state.queue} in ${chosenMix().name} by weekday and time.` + (worst && !plain ? ` Hardest ${slotName(slots[worst.at])}: ${told(kind, worst.value)}.` : ''),
    points: shown.length,
    legend: `<span>${escaped(state.queue)}, ${escaped(label.toLowerCase())}:</span><span>${escaped(ends[0])}<i class="ramp" style="background:linear-gradient(90deg,${ramp.join(',')})"></i>${escaped(ends[ends.length - 1])}</span>${ends.length > 2 ? `<span>middle: ${escaped(ends[1])}</span>` : ''}<span>empty: nobody came</span>`,
    table: {
      head: ['Time', ...days],
      rows: times.map(start => [start, ...weekdays.map(day => told(kind, column.mean[slots.findIndex(slot => slot.weekday === day && slot.start === start)]))]),
    },
    option: {
      grid: { left: 4, right: 4, top: isTall ? 26 : 6, bottom: 4, containLabel: true },
      xAxis: isTall ? { ...ofDays, position: 'top' } : ofTimes,
      yAxis: isTall ? ofTimes : ofDays,
      visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: ramp } },
      tooltip: tooltip(colours, { formatter: ({ data: item }) => `<b>${slotName(slots[item.at])}</b><br>${label}: ${ranged(kind, estimateAt(column, item.at))}<br>Offered: ${told('count', columns.offered && columns.offered.mean[item.at])}` }),
      series: [{ type: 'heatmap', data: shown, itemStyle: { borderColor: colours.paper, borderWidth: 1 }, emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 2 } } }],
    },
  };
});
