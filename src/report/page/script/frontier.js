// Cost against service, a point a mix.
const rest = share => (isNumber(share) ? 1 - share : null);
const complement = ({ mean, lo, hi }) => ({ mean: rest(mean), lo: rest(hi), hi: rest(lo) });
const frontierMeasures = () => {
  const measures = [['kept', 'Customers not lost, of those who came', variant => complement(variant.demand.lost_share)]];
  if (variants.some(variant => variant.issues)) measures.push(['resolved', 'Issues resolved', variant => variant.issues && variant.issues.resolved_share]);
  const queues = [...new Set(variants.flatMap(variant => names(variant.queues)))].filter(name => variants.some(variant => levelOf(variant, name)));
  queues.forEach(name => measures.push([`level ${name}`, `Service level of ${name}`, variant => (levelOf(variant, name) || {}).value]));
  return measures;
};
const frontierChoice = { measure: 'kept' };

// One beats another where it is as cheap and as good by the means, and one of the two beyond its range. The ranges here are those of single mixes;
// differences by replication, which tell more, are those of `channelmix compare`.
const low = figure => figure.lo ?? figure.mean;
const high = figure => figure.hi ?? figure.mean;
const beats = (one, other) => {
  const isCheaper = high(one.cost) < low(other.cost);
  const isBetter = low(one.service) > high(other.service);
  const isAsGood = one.cost.mean <= other.cost.mean && one.service.mean >= other.service.mean;
  return isAsGood && (isCheaper || isBetter);
};
const unbeaten = points => points.filter(point => !points.some(other => beats(other, point))).sort((a, b) => a.cost.mean - b.cost.mean);

chart('frontier-chart', (colours, width) => {
  const [, label, of] = frontierMeasures().find(([name]) => name === frontierChoice.measure);
  const points = variants.map(variant => ({ name: variant.name, cost: variant.cost.total, service: of(variant) })).filter(point => point.service && isNumber(point.service.mean) && isNumber(point.cost.mean));
  if (!points.length) return null;
  const best = unbeaten(points);
  const ends = point => [low(point.cost), high(point.cost), low(point.service), high(point.service)];
  const bars = (params, api) => {
    const [x, y, x0, x1, y0, y1] = [0, 1, 2, 3, 4, 5].map(at => api.value(at));
    const at = (a, b) => api.coord([a, b]);
    const line = ([ax, ay], [bx, by]) => ({ type: 'line', shape: { x1: ax, y1: ay, x2: bx, y2: by }, style: { stroke: colours.grey, lineWidth: 1.5 } });
    return { type: 'group', children: [line(at(x0, y), at(x1, y)), line(at(x, y0), at(x, y1))] };
  };
  const isBest = point => best.includes(point);
  return {
    height: Math.min(430, Math.max(300, width * 0.5)),
    label: `Cost against ${label}. ` + points.map(point => `${point.name}: ${currency} ${told('money', point.cost.mean)}, ${told('share', point.service.mean)}`).join('. '),
    points: points.length,
    legend: key(colours.good, 'no other mix beats it') + key(colours.faint, 'another mix is as cheap and as good, and surely cheaper or better'),
    table: {
      head: ['Mix', `Cost, ${currency}`, label, 'Beaten'],
      rows: points.map(point => [point.name, ranged('money', point.cost), ranged('share', point.service), isBest(point) ? 'no' : 'yes']),
    },
    option: {
      grid: { left: 8, right: width < 560 ? 24 : 70, top: 26, bottom: 30, containLabel: true },
      xAxis: valueAxis(colours, { scale: true, name: `Cost, ${currency}`, nameLocation: 'middle', nameGap: 28, splitNumber: width < 560 ? 3 : 6, boundaryGap: ['8%', '8%'] }),
      yAxis: valueAxis(colours, { scale: true, name: label, nameTextStyle: { ...axisText(colours), align: 'left' }, boundaryGap: ['8%', '12%'], axisLabel: { formatter: value => `${grouped(value * 100, Math.abs(value * 100) % 1 > 0.01 ? 1 : 0)} %` } }),
      tooltip: tooltip(colours, { formatter: ({ data: item }) => (item.point ? `<b>${escaped(item.point.name)}</b><br>${currency} ${ranged('money', item.point.cost)}<br>${escaped(label)}: ${ranged('share', item.point.service)}` : '') }),
      series: [
        { type: 'line', data: best.map(point => [point.cost.mean, point.service.mean]), showSymbol: false, silent: true, lineStyle: { color: colours.good, type: 'dashed', width: 1.5 }, z: 1 },
        { type: 'custom', renderItem: bars, data: points.map(point => [point.cost.mean, point.service.mean, ...ends(point)]), encode: { x: [0, 2, 3], y: [1, 4, 5] }, silent: true, z: 2 },
        {
          type: 'scatter', symbolSize: 13, z: 3,
          data: points.map(point => ({ value: [point.cost.mean, point.service.mean], point, itemStyle: { color: isBest(point) ? colours.good : colours.faint } })),
          label: { show: true, formatter: ({ data: item }) => item.point.name, position: 'top', distance: 8, color: colours.ink, fontSize: 12, width: 120, overflow: 'truncate' },
          labelLayout: { moveOverlap: 'shiftY', hideOverlap: width < 560 },
        },
      ],
    },
  };
});
