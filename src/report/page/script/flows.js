// The ways of issues from left to right. Who comes back leaves on the right and enters on the left, so that nothing loops.
const STOPS = { new: 'new', resolved: 'resolved', lost: 'lost', open_at_end: 'open at the end' };
const stopName = path => STOPS[path] || path.replace(/^queues\./, '').replace(/^bots\.(.*)$/, '$1 (bot)');
// An issue moves on from new to bots, to queues in the order of the file, to its end; anything else is a way back.
function rankOf(path) {
  if (path === 'new') return 0;
  const order = list => list.indexOf(path.replace(/^(bots|queues)\./, ''));
  if (path.startsWith('bots.')) return 1 + order(names(chosenMix().bots || {}));
  if (path.startsWith('queues.')) return 1000 + order(names(chosenMix().queues));
  return 1e6;
}

// How many steps from the left each stop stands: after all that lead to it.
function depthsOf(links) {
  const depths = new Map();
  const of = name => {
    if (!depths.has(name)) {
      depths.set(name, 0);
      const before = links.filter(link => link.target === name).map(link => of(link.source) + 1);
      depths.set(name, Math.max(0, ...before));
    }
    return depths.get(name);
  };
  links.forEach(({ source, target }) => { of(source); of(target); });
  const last = Math.max(...depths.values());
  const isEnd = name => !links.some(link => link.source === name);
  return name => (isEnd(name) ? last : depths.get(name));
}

chart('flow-chart', (colours, width) => {
  const flows = (chosenMix().flows || []).filter(flow => flow.issues.mean > 0);
  if (!flows.length) return null;
  const whole = sum(flows.filter(flow => flow.from === 'new').map(flow => flow.issues.mean));
  const links = [];
  const link = (source, target, flow, value) => links.push({ source, target, value: value ?? flow.issues.mean, flow });
  const back = new Map();
  flows.forEach(flow => {
    const [from, to] = [rankOf(flow.from), rankOf(flow.to)];
    if (from < to) return link(stopName(flow.from), stopName(flow.to), flow);
    link(stopName(flow.from), `${stopName(flow.to)}, again`, flow);
    const sources = back.get(flow.to) || [];
    back.set(flow.to, [...sources, flow]);
  });
  back.forEach((sources, to) => link(`back to ${stopName(to)}`, stopName(to), null, sum(sources.map(flow => flow.issues.mean))));
  const seen = [...new Set(links.flatMap(({ source, target }) => [source, target]))];
  const depth = depthsOf(links);
  const tint = name => (name === 'resolved' ? colours.series[2] : name === 'lost' ? colours.bad : /again$|^back to /.test(name) ? colours.series[1] : name === 'open at the end' ? colours.faint : colours.good);
  const amount = value => `${told('count', value)}${whole ? ` (${told('share', value / whole)} of new)` : ''}`;
  const isNarrow = width < 560;
  return {
    height: Math.max(320, 54 * Math.max(...seen.map(depth).map(at => seen.filter(name => depth(name) === at).length))),
    label: `Ways of issues in ${chosenMix().name}. ` + flows.map(flow => `${stopName(flow.from)} to ${stopName(flow.to)}: ${told('count', flow.issues.mean)}`).join(', '),
    points: links.length,
    table: { head: ['From', 'To', 'Times', 'Of new issues'], rows: flows.map(flow => [stopName(flow.from), stopName(flow.to), ranged('count', flow.issues), whole ? told('share', flow.issues.mean / whole) : NOTHING]) },
    option: {
      tooltip: tooltip(colours, { formatter: ({ dataType, data: item, name, value }) => (dataType === 'edge' ? `${escaped(item.source)} → ${escaped(item.target)}<br>${item.flow ? ranged('count', item.flow.issues) : amount(item.value)}` : `<b>${escaped(name)}</b><br>${amount(value)}`) }),
      series: [{
        type: 'sankey', left: 6, right: isNarrow ? 92 : 190, top: 8, bottom: 24, nodeAlign: 'left', nodeGap: 16, nodeWidth: 13, draggable: false, layoutIterations: 48,
        data: seen.map(name => ({ name, depth: depth(name), itemStyle: { color: tint(name), borderWidth: 0 } })), links,
        lineStyle: { color: 'target', opacity: 0.32, curveness: 0.5 }, emphasis: { focus: 'adjacency' },
        label: { color: colours.ink, lineHeight: 14, fontSize: isNarrow ? 11 : 12.5, textBorderColor: colours.paper, textBorderWidth: 3, width: isNarrow ? 88 : 190, overflow: 'break', formatter: ({ name, value }) => `${name}${isNarrow ? '\n' : ' '}${told('count', value)}` },
      }],
    },
  };
});
