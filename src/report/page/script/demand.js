// What became of the customers, a bar a mix.
chart('demand', (colours, width) => {
  const parts = [
    ['served', 'Served', colours.good],
    ['contained', 'Ended at a bot', colours.calm],
    ['open_at_end', 'Open at the end', colours.faint],
    ['lost', 'Lost', colours.bad],
  ].filter(([name]) => variants.some(variant => variant.demand[name].mean > 0));
  const series = parts.map(([name, label, colour]) => ({
    name: label, type: 'bar', stack: 'demand', barMaxWidth: 26, itemStyle: { color: colour },
    data: variants.map(variant => variant.demand[name].mean),
    label: name === 'lost' ? { show: true, position: 'right', color: colours.ink, formatter: ({ dataIndex: at }) => `${told('share', variants[at].demand.lost_share.mean)} lost` } : undefined,
  }));
  return {
    height: 56 + 40 * variants.length,
    label: 'Customers by mix. ' + variants.map(variant => `${variant.name}: ${ranged('count', variant.demand.served)} served, ${ranged('count', variant.demand.lost)} lost`).join('. '),
    points: sum(series.map(one => one.data.length)),
    legend: parts.map(([, label, colour]) => key(colour, label)).join(''),
    table: {
      head: ['Mix', 'Wanted', ...parts.map(([, label]) => label), 'Lost, share'],
      rows: variants.map(variant => [variant.name, ranged('count', variant.demand.wanted), ...parts.map(([name]) => ranged('count', variant.demand[name])), ranged('share', variant.demand.lost_share)]),
    },
    option: {
      grid: { left: 4, right: 86, top: 6, bottom: 4, containLabel: true },
      xAxis: valueAxis(colours, { splitNumber: width < 560 ? 3 : 6 }),
      yAxis: nameAxis(colours, variants.map(variant => variant.name), width),
      tooltip: tooltip(colours, { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: ([{ dataIndex: at }]) => `<b>${escaped(variants[at].name)}</b><br>${parts.map(([name, label]) => `${label}: ${ranged('count', variants[at].demand[name])}`).join('<br>')}` }),
      series,
    },
  };
});
