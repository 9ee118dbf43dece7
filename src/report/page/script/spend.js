// What is paid to whom, a bar a mix.
const KINDS_OF_COST = {
  groups: variant => {
    const parts = { ...variant.cost.groups };
    Object.entries(variant.cost.bots || {}).forEach(([name, cost]) => { parts[`${name} (bot)`] = cost; });
    const rest = variant.cost.total.mean - sum(Object.values(parts).map(part => part.mean));
    return Math.abs(rest) > 0.005 ? { ...parts, 'no group': { mean: rest } } : parts;
  },
  queues: variant => Object.fromEntries(Object.entries(variant.cost.queues).map(([name, queue]) => [name, queue.cost])),
  channels: variant => Object.fromEntries(Object.entries(variant.cost.channels || {}).map(([name, channel]) => [name, channel.cost])),
  lines: variant => Object.fromEntries(Object.entries(variant.cost.lines || {}).map(([name, cost]) => [name.replace(/_/g, ' '), cost])),
};
const costParts = by => {
  const all = variants.map(KINDS_OF_COST[by]);
  return { list: [...new Set(all.flatMap(names))], all };
};
// The ways to part a cost that say more than one thing.
const costKinds = () => [['groups', 'group'], ['queues', 'queue'], ['channels', 'channel'], ['lines', 'line']].filter(([by]) => by === 'groups' || costParts(by).list.length > 1);
const spending = { by: 'groups' };

chart('spend', (colours, width) => {
  const { list, all } = costParts(spending.by);
  const series = list.map((name, at) => ({
    name, type: 'bar', stack: 'cost', barMaxWidth: 26, itemStyle: { color: colours.series[at % colours.series.length] },
    data: all.map(parts => (parts[name] ? parts[name].mean : 0)),
    label: at === list.length - 1 ? { show: true, position: 'right', color: colours.ink, formatter: ({ dataIndex: mix }) => told('money', variants[mix].cost.total.mean) } : undefined,
  }));
  return {
    height: 56 + 40 * variants.length,
    label: 'Cost by mix. ' + variants.map(variant => `${variant.name}: ${currency} ${ranged('money', variant.cost.total)}`).join('. '),
    points: sum(series.map(one => one.data.length)),
    legend: list.map((name, at) => key(colours.series[at % colours.series.length], name)).join(''),
    table: {
      head: ['Mix', `Total, ${currency}`, ...list],
      rows: variants.map((variant, mix) => [variant.name, ranged('money', variant.cost.total), ...list.map(name => ranged('money', all[mix][name]))]),
    },
    option: {
      grid: { left: 4, right: 76, top: 6, bottom: 4, containLabel: true },
      xAxis: valueAxis(colours, { splitNumber: width < 560 ? 3 : 6 }),
      yAxis: nameAxis(colours, variants.map(variant => variant.name), width),
      tooltip: tooltip(colours, { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: ([{ dataIndex: mix }]) => `<b>${escaped(variants[mix].name)}: ${currency} ${ranged('money', variants[mix].cost.total)}</b><br>${list.map(name => `${escaped(name)}: ${ranged('money', all[mix][name])}`).join('<br>')}` }),
      series,
    },
  };
});
