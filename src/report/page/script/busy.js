// Agents of a group: present, busy, and how occupied.
const busyChoice = { group: null };
const groupsOf = mix => names(data.intervals[mix].groups);

chart('busy', (colours, width) => {
  const groups = groupsOf(state.mix);
  if (!groups.length) return null;
  if (!groups.includes(busyChoice.group)) busyChoice.group = groups[0];
  const columns = columnsOf(state.mix, 'groups', busyChoice.group);
  const empty = slots.map(() => null);
  const of = name => (columns[name] ? columns[name].mean : empty);
  const whole = chosenMix().groups[busyChoice.group];
  const limit = whole.targets.find(target => target.measure === 'occupancy');
  const step = (data, colour, more) => ({ type: 'line', step: 'start', showSymbol: false, data, lineStyle: { color: colour, width: 1.6 }, itemStyle: { color: colour }, ...more });
  return {
    height: 400,
    label: `Agents of ${busyChoice.group} in ${chosenMix().name}: occupancy ${ranged('share', whole.occupancy)} overall.`,
    points: slots.length,
    legend: key(colours.faint, 'paid heads') + key(colours.ink, 'present') + key(colours.good, 'busy') + key(colours.series[1], 'occupancy (below)'),
    table: { head: ['Interval', 'Paid heads', 'Present', 'Busy', 'Occupancy'], rows: slots.map((slot, at) => [slotName(slot), ...['heads', 'staffed', 'busy'].map(name => told('count', of(name)[at])), ranged('share', estimateAt(columns.occupancy, at))]) },
    option: {
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [{ left: 52, right: 14, top: '3%', height: '50%' }, { left: 52, right: 14, top: '62%', height: '28%' }],
      xAxis: [slotAxis(colours, width, { axisLabel: { show: false } }), slotAxis(colours, width, { gridIndex: 1 })],
      yAxis: [valueAxis(colours, { splitNumber: 4 }), valueAxis(colours, { gridIndex: 1, min: 0, max: 1, interval: 0.5, axisLabel: { formatter: value => `${Math.round(value * 100)} %` } })],
      tooltip: tooltip(colours, { trigger: 'axis', formatter: items => { const at = items[0].dataIndex; return `<b>${slotName(slots[at])}</b><br>Paid heads ${told('count', of('heads')[at])}, present ${told('count', of('staffed')[at])}, busy ${told('count', of('busy')[at])}<br>Occupancy ${ranged('share', estimateAt(columns.occupancy, at))}`; } }),
      series: [
        step(of('heads'), colours.faint),
        step(of('staffed'), colours.ink),
        step(of('busy'), colours.good, { areaStyle: { color: colours.good, opacity: 0.25 }, lineStyle: { color: colours.good, width: 1 } }),
        step(of('occupancy'), colours.series[1], { xAxisIndex: 1, yAxisIndex: 1, markLine: limit ? { silent: true, symbol: 'none', lineStyle: { color: colours.bad, type: 'dotted' }, label: { show: false }, data: [{ yAxis: limit.limit }] } : undefined }),
      ],
    },
  };
});
