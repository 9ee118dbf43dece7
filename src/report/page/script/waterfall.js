// From the cost of one mix to that of another, step by step.
const steps = { from: 0, to: Math.min(1, variants.length - 1), by: 'groups' };

chart('waterfall', (colours, width) => {
  const { list, all } = costParts(steps.by);
  const mean = (mix, name) => (all[mix][name] ? all[mix][name].mean : 0);
  const [from, to] = [variants[steps.from], variants[steps.to]];
  const changes = list.map(name => ({ name, change: mean(steps.to, name) - mean(steps.from, name) })).filter(({ change }) => Math.abs(change) > 1e-9);
  const bars = [{ name: from.name, low: 0, high: from.cost.total.mean, kind: 'total' }];
  let level = from.cost.total.mean;
  changes.forEach(({ name, change }) => {
    bars.push({ name, low: Math.min(level, level + change), high: Math.max(level, level + change), change, kind: change > 0 ? 'more' : 'less' });
    level += change;
  });
  bars.push({ name: to.name, low: 0, high: to.cost.total.mean, kind: 'total' });
  const lowest = Math.min(...bars.map(bar => (bar.kind === 'total' ? bar.high : bar.low)));
  const highest = Math.max(...bars.map(bar => bar.high));
  const isCut = lowest > 0 && (highest - lowest) / highest < 0.4;
  const floor = isCut ? Math.max(0, lowest - (highest - lowest) * 0.6) : 0;
  const tint = { total: colours.faint, more: colours.bad, less: colours.good };
  const text = bar => (bar.kind === 'total' ? told('money', bar.high) : signed('money', bar.change));
  const paired = steps.from === 0 && to.differences ? ranged('money', to.differences.cost.total) : signed('money', to.cost.total.mean - from.cost.total.mean);
  return {
    height: 70 + 38 * bars.length,
    label: `From ${from.name} to ${to.name}: ${currency} ${paired}. ` + changes.map(({ name, change }) => `${name} ${signed('money', change)}`).join(', '),
    points: bars.length,
    legend: key(colours.bad, 'costs more') + key(colours.good, 'saves') + key(colours.faint, 'total') + `<span>In all ${currency} ${escaped(paired)}${isCut ? '; the bars of totals are cut off at the left' : ''}</span>`,
    table: { head: ['Step', currency], rows: bars.map(bar => [bar.name, text(bar)]) },
    option: {
      grid: { left: 4, right: 76, top: 6, bottom: 4, containLabel: true },
      xAxis: valueAxis(colours, { min: floor, max: highest + (highest - floor) * 0.02, splitNumber: width < 560 ? 3 : 6, axisLabel: { formatter: value => grouped(value, 0), showMinLabel: !isCut, showMaxLabel: false } }),
      yAxis: nameAxis(colours, bars.map(bar => bar.name), width),
      tooltip: tooltip(colours, { formatter: ({ dataIndex: at }) => `<b>${escaped(bars[at].name)}</b><br>${currency} ${text(bars[at])}` }),
      series: [
        { type: 'bar', stack: 'steps', silent: true, itemStyle: { color: 'transparent' }, data: bars.map(bar => (bar.kind === 'total' ? 0 : bar.low)), barMaxWidth: 24 },
        { type: 'bar', stack: 'steps', data: bars.map(bar => ({ value: bar.kind === 'total' ? bar.high : bar.high - bar.low, itemStyle: { color: tint[bar.kind] } })), label: { show: true, position: 'right', color: colours.ink, formatter: ({ dataIndex: at }) => text(bars[at]) }, barMaxWidth: 24 },
      ],
    },
  };
});
