// The distribution of waits (of responses, where a queue is deferred) in all mixes.
const tickOf = seconds => {
  const [sign, one] = seconds < 60 ? ['s', 1] : seconds < 3600 ? ['min', 60] : seconds < 86400 ? ['h', 3600] : ['d', 86400];
  return `${+(seconds / one).toFixed(1)} ${sign}`;
};

chart('waits', (colours, width) => {
  const isDeferred = chosenQueue().deferred;
  const of = variant => variant.queues[state.queue] && variant.queues[state.queue][isDeferred ? 'response_within' : 'wait_within'];
  const lines = variants.map((variant, mix) => ({ name: variant.name, mix, points: of(variant) || [] })).filter(line => line.points.length);
  if (!lines.some(line => line.mix === state.mix)) return null;
  // Times are laid out by their place in the ladder of seconds, minutes, hours and days.
  const ladder = lines.reduce((longest, line) => (line.points.length > longest.length ? line.points : longest), []).map(point => point.within_s);
  const edges = [...new Set(ladder)];
  const last = Math.max(...lines.map(line => line.points.findIndex(point => point.share.mean > 0.9995)).map((at, n) => (at < 0 ? lines[n].points.length - 1 : at)));
  const used = edges.slice(0, last + 1);
  const position = seconds => {
    const above = used.findIndex(edge => edge >= seconds);
    if (above <= 0) return above < 0 ? used.length - 1 : 0;
    return above - (used[above] - seconds) / (used[above] - used[above - 1]);
  };
  const target = levelOf(chosenMix(), state.queue);
  const every = Math.max(1, Math.ceil(used.length / Math.max(4, width / 74)));
  const strong = lines.find(line => line.mix === state.mix);
  const shareAt = (line, at) => (line.points[at] ? line.points[at].share : { mean: 1 });
  const band = used.map((_, at) => shareAt(strong, at));
  const word = isDeferred ? 'Responses' : 'Waits';
  return {
    height: Math.min(400, Math.max(280, width * 0.42)),
    label: `${word} of ${state.queue} in ${chosenMix().name}. ` + used.map((edge, at) => `${told('share', shareAt(strong, at).mean)} within ${tickOf(edge)}`).filter((_, at) => at % every === 0).join(', '),
    points: lines.length * used.length,
    legend: key(colours.good, chosenMix().name) + (lines.length > 1 ? key(colours.faint, 'other mixes') : '') + (target && target.within_s ? key(colours.bad, `promised: ${exactShare(target.limit)} within ${tickOf(target.within_s)} (by its own definition and clock)`) : ''),
    table: { head: ['Within', ...lines.map(line => line.name)], rows: used.map((edge, at) => [edge ? tickOf(edge) : 'at once', ...lines.map(line => ranged('share', shareAt(line, at)))]) },
    option: {
      grid: { left: 8, right: 22, top: 14, bottom: 8, containLabel: true },
      xAxis: valueAxis(colours, { min: 0, max: used.length - 1, interval: 1, splitLine: { show: false }, axisLabel: { hideOverlap: false, formatter: at => (at % every === 0 && used[at] !== undefined ? (at ? tickOf(used[at]) : 'at once') : '') } }),
      yAxis: valueAxis(colours, { min: 0, max: 1, interval: 0.2, axisLabel: { formatter: value => `${Math.round(value * 100)} %` } }),
      tooltip: tooltip(colours, { trigger: 'axis', formatter: items => { const at = Math.round(items[0].axisValue); return `<b>${at ? `within ${tickOf(used[at])}` : 'at once'}</b><br>` + lines.map(line => `${escaped(line.name)}: ${ranged('share', shareAt(line, at))}`).join('<br>'); } }),
      series: [
        ...lines.filter(line => line !== strong).map(line => ({ type: 'line', showSymbol: false, data: used.map((_, at) => [at, shareAt(line, at).mean]), lineStyle: { color: colours.faint, width: 1.2 }, itemStyle: { color: colours.faint }, z: 1 })),
        { type: 'line', stack: 'band', showSymbol: false, silent: true, lineStyle: { opacity: 0 }, data: band.map((share, at) => [at, share.lo ?? share.mean]), tooltip: { show: false } },
        { type: 'line', stack: 'band', showSymbol: false, silent: true, lineStyle: { opacity: 0 }, areaStyle: { color: colours.good, opacity: 0.2 }, data: band.map((share, at) => [at, (share.hi ?? share.mean) - (share.lo ?? share.mean)]) },
        {
          type: 'line', symbolSize: 5, data: used.map((_, at) => [at, shareAt(strong, at).mean]), lineStyle: { color: colours.good, width: 2.6 }, itemStyle: { color: colours.good }, z: 3,
          markPoint: target && target.within_s ? { symbol: 'diamond', symbolSize: 14, silent: true, itemStyle: { color: colours.bad }, label: { show: false }, data: [{ coord: [position(target.within_s), target.limit] }] } : undefined,
          markLine: target && target.within_s ? { silent: true, symbol: 'none', lineStyle: { color: colours.bad, type: 'dotted' }, label: { show: false }, data: [{ xAxis: position(target.within_s) }, { yAxis: target.limit }] } : undefined,
        },
      ],
    },
  };
});
