// Cost against what is got for it, a point a mix. Who beats whom was found replication by replication, as `channelmix compare` does.
const GAINS = {
  'demand.in_time_share': ['share', 'Contacts in time, of those wanted'],
  'demand.lost': ['count', 'Contacts lost (fewer is better)'],
  'issues.lost': ['count', 'Issues lost (fewer is better)'],
};
const frontierMeasures = () => data.frontiers.map(({ gain }) => [gain, GAINS[gain][1]]);
const frontierChoice = { measure: (data.frontiers[0] || {}).gain };
const low = figure => figure.lo ?? figure.mean;
const high = figure => figure.hi ?? figure.mean;
const STANDINGS = { efficient: 'efficient', perhaps_efficient: 'efficient?', perhaps_dominated: 'dominated?', dominated: 'dominated', unknown: '' };
const standingOf = ({ standing, dominated_by: by }) => STANDINGS[standing] + (by.length ? ` by ${by[0].name}` : '');
const isOnFrontier = ({ standing }) => standing === 'efficient' || standing === 'perhaps_efficient';

chart('frontier-chart', (colours, width) => {
  const frontier = data.frontiers.find(({ gain }) => gain === frontierChoice.measure);
  if (!frontier) return null;
  const [kind, label] = GAINS[frontier.gain];
  const points = frontier.mixes.filter(({ cost, gain }) => isNumber(cost.mean) && isNumber(gain.mean));
  if (!points.length) return null;
  const best = points.filter(isOnFrontier);
  const perhaps = points.some(({ standing }) => standing.startsWith('perhaps'));
  const percent = value => `${grouped(value * 100, Math.abs(value * 100) % 1 > 0.01 ? 1 : 0)} %`;
  const ends = point => [low(point.cost), high(point.cost), low(point.gain), high(point.gain)];
  const bars = (params, api) => {
    const [x, y, x0, x1, y0, y1] = [0, 1, 2, 3, 4, 5].map(at => api.value(at));
    const at = (a, b) => api.coord([a, b]);
    const line = ([ax, ay], [bx, by]) => ({ type: 'line', shape: { x1: ax, y1: ay, x2: bx, y2: by }, style: { stroke: colours.grey, lineWidth: 1.5 } });
    return { type: 'group', children: [line(at(x0, y), at(x1, y)), line(at(x, y0), at(x, y1))] };
  };
  const look = point => {
    const colour = isOnFrontier(point) ? colours.good : colours.faint;
    return point.standing.startsWith('perhaps') ? { color: colours.paper, borderColor: colour, borderWidth: 3 } : { color: colour };
  };
  return {
    height: Math.min(430, Math.max(300, width * 0.5)),
    label: `Cost against ${label}. ` + points.map(point => `${point.name}: ${currency} ${told('money', point.cost.mean)}, ${told(kind, point.gain.mean)}, ${standingOf(point)}`).join('. '),
    points: points.length,
    legend: key(colours.good, 'efficient: no other mix is as cheap and as good') + key(colours.faint, 'dominated: another one is') + (perhaps ? '<span>hollow: the ranges leave a doubt</span>' : ''),
    table: {
      head: ['Mix', `Cost, ${currency}`, label, 'Standing'],
      rows: points.map(point => [point.name, ranged('money', point.cost), ranged(kind, point.gain), standingOf(point)]),
    },
    option: {
      grid: { left: 8, right: width < 560 ? 24 : 70, top: 26, bottom: 30, containLabel: true },
      xAxis: valueAxis(colours, { scale: true, name: `Cost, ${currency}`, nameLocation: 'middle', nameGap: 28, splitNumber: width < 560 ? 3 : 6, boundaryGap: ['8%', '8%'] }),
      yAxis: valueAxis(colours, { scale: true, name: label, nameTextStyle: { ...axisText(colours), align: 'left' }, boundaryGap: ['8%', '12%'], axisLabel: { formatter: value => (kind === 'share' ? percent(value) : grouped(value, 0)) } }),
      tooltip: tooltip(colours, { formatter: ({ data: item }) => (item.point ? `<b>${escaped(item.point.name)}</b><br>${currency} ${ranged('money', item.point.cost)}<br>${escaped(label)}: ${ranged(kind, item.point.gain)}<br>${escaped(standingOf(item.point))}` : '') }),
      series: [
        { type: 'line', step: 'end', data: best.map(point => [point.cost.mean, point.gain.mean]), showSymbol: false, silent: true, lineStyle: { color: colours.good, type: 'dashed', width: 1.5 }, z: 1 },
        { type: 'custom', renderItem: bars, data: points.map(point => [point.cost.mean, point.gain.mean, ...ends(point)]), encode: { x: [0, 2, 3], y: [1, 4, 5] }, silent: true, z: 2 },
        {
          type: 'scatter', symbolSize: 13, z: 3,
          data: points.map(point => ({ value: [point.cost.mean, point.gain.mean], point, itemStyle: look(point) })),
          label: { show: true, formatter: ({ data: item }) => item.point.name, position: 'top', distance: 8, color: colours.ink, fontSize: 12, width: 120, overflow: 'truncate' },
          labelLayout: { moveOverlap: 'shiftY', hideOverlap: width < 560 },
        },
      ],
    },
  };
});
