// What waits and lost customers are assumed to cost, beside what is paid.
chart('worth-chart', (colours, width) => {
  const valued = variants.filter(variant => variant.value);
  if (!valued.length) return null;
  const parts = [
    ['Cost', colours.good, variant => variant.cost.total],
    ['Value lost (assumed)', colours.bad, variant => variant.value.lost],
    ['Revenue (assumed)', colours.series[2], variant => variant.value.revenue],
  ].filter(([, , of]) => valued.some(variant => of(variant).mean > 0));
  const sign = label => (label.startsWith('Revenue') ? -1 : 1);
  return {
    height: 56 + 40 * valued.length,
    label: 'Cost, value lost and revenue by mix. ' + valued.map(variant => `${variant.name}: ${currency} ${told('money', variant.value.net_cost.mean)} in all`).join('. '),
    points: valued.length * parts.length,
    legend: parts.map(([label, colour]) => key(colour, label)).join('') + '<span>at the right: cost + value lost − revenue</span>',
    table: { head: ['Mix', ...parts.map(([label]) => label), 'In all'], rows: valued.map(variant => [variant.name, ...parts.map(([, , of]) => ranged('money', of(variant))), ranged('money', variant.value.net_cost)]) },
    option: {
      grid: { left: 4, right: 86, top: 6, bottom: 4, containLabel: true },
      xAxis: valueAxis(colours, { splitNumber: width < 560 ? 3 : 6, axisLabel: { formatter: value => grouped(value, 0) } }),
      yAxis: nameAxis(colours, valued.map(variant => variant.name), width),
      tooltip: tooltip(colours, { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: ([{ dataIndex: at }]) => `<b>${escaped(valued[at].name)}: ${currency} ${ranged('money', valued[at].value.net_cost)}</b><br>${parts.map(([label, , of]) => `${label}: ${ranged('money', of(valued[at]))}`).join('<br>')}` }),
      series: parts.map(([label, colour, of], place) => ({
        name: label, type: 'bar', stack: 'worth', barMaxWidth: 26, itemStyle: { color: colour }, data: valued.map(variant => sign(label) * of(variant).mean),
        label: place === Math.min(1, parts.length - 1) ? { show: true, position: 'right', color: colours.ink, formatter: ({ dataIndex: at }) => told('money', valued[at].value.net_cost.mean) } : undefined,
      })),
    },
  };
});
