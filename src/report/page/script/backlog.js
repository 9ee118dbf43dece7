// What lies open at the end of each interval, and how old it is.
chart('backlog', (colours, width) => {
  const columns = columnsOf(state.mix, 'queues', state.queue);
  if (!columns.backlog) return null;
  const ages = columns.backlog_age_p90_s;
  const most = ages ? Math.max(...ages.mean.filter(isNumber), 1) : 1;
  const [sign, one] = timeUnit(most);
  const half = ages ? 46 : 88;
  const grid = (top, height) => ({ left: 52, right: 14, top: `${top}%`, height: `${height}%` });
  const line = (data, colour, more) => ({ type: 'line', showSymbol: false, data, lineStyle: { color: colour, width: 1.8 }, itemStyle: { color: colour }, areaStyle: { color: colour, opacity: 0.14 }, ...more });
  const worst = columns.backlog.mean.reduce((found, value, at) => (value > columns.backlog.mean[found] ? at : found), 0);
  const target = levelOf(chosenMix(), state.queue);
  const isTold = ages && target && target.within_s && target.clock === 'calendar' && target.within_s <= most * 1.6;
  return {
    height: ages ? 400 : 250,
    label: `Backlog of ${state.queue} in ${chosenMix().name}: most ${slotName(slots[worst])}, ${told('count', columns.backlog.mean[worst])} contacts` + (ages ? `; nine in ten younger than ${told('time', most)} at worst` : '') + '.',
    points: columns.backlog.mean.length,
    legend: key(colours.good, 'contacts waiting and in hand') + (ages ? key(colours.series[1], `age in ${sign} that nine in ten are below`) : '') + (isTold ? key(colours.bad, `promised within ${tickOf(target.within_s)}`) : ''),
    table: { head: ['Interval', 'Backlog', ...(ages ? ['Age, p90'] : [])], rows: slots.map((slot, at) => [slotName(slot), told('count', columns.backlog.mean[at]), ...(ages ? [told('time', ages.mean[at])] : [])]) },
    option: {
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: ages ? [grid(3, half - 8), grid(54, half - 8)] : [grid(4, 80)],
      xAxis: ages ? [slotAxis(colours, width, { axisLabel: { show: false } }), slotAxis(colours, width, { gridIndex: 1 })] : [slotAxis(colours, width)],
      yAxis: [valueAxis(colours, { splitNumber: 3 }), ...(ages ? [valueAxis(colours, { gridIndex: 1, splitNumber: 3, axisLabel: { formatter: value => `${grouped(value, 0)} ${sign}` } })] : [])],
      tooltip: tooltip(colours, { trigger: 'axis', formatter: items => { const at = items[0].dataIndex; return `<b>${slotName(slots[at])}</b><br>Open: ${told('count', columns.backlog.mean[at])}` + (ages ? `<br>Nine in ten younger than ${told('time', ages.mean[at])}` : ''); } }),
      series: [
        line(columns.backlog.mean, colours.good),
        ...(ages ? [line(ages.mean.map(age => (isNumber(age) ? age / one : null)), colours.series[1], { xAxisIndex: 1, yAxisIndex: 1, markLine: isTold ? { silent: true, symbol: 'none', lineStyle: { color: colours.bad, type: 'dotted' }, label: { show: false }, data: [{ yAxis: target.within_s / one }] } : undefined })] : []),
      ],
    },
  };
});
