// A chart: drawn by ECharts as SVG, described in words, and told as a table.
const FONT = getComputedStyle(document.body).fontFamily;
const charts = new Map();
const PRINT_WIDTH = 690;

// `build(colours, width)` gives { option, height, label, points, table: { head, rows }, legend } or nothing to show.
function chart(id, build) {
  const place = element(id);
  if (!place) return;
  charts.set(id, { place, build, drawn: null, width: 0 });
  new ResizeObserver(() => {
    const own = charts.get(id);
    if (!isPrinting && place.clientWidth && place.clientWidth !== own.width) draw(id);
  }).observe(place.parentElement);
  const details = element(`${id}-figure`).querySelector('.figures');
  details.addEventListener('toggle', () => details.open && fillTable(id));
  draw(id);
}

function draw(id) {
  const own = charts.get(id);
  if (!own) return;
  const figure = element(`${id}-figure`);
  const width = isPrinting ? PRINT_WIDTH : figure.clientWidth;
  own.width = width;
  const built = width > 0 ? own.build(palette(), width) : null;
  figure.hidden = !built && width > 0;
  own.built = built;
  if (!built) return;
  own.place.style.height = `${built.height}px`;
  own.place.style.width = isPrinting ? `${width}px` : '';
  if (!own.drawn) {
    own.drawn = echarts.init(own.place, null, { renderer: 'svg' });
    if (own.onReady) own.onReady(own.drawn);
  }
  own.drawn.resize({ width, height: built.height });
  own.drawn.setOption({ ...common(palette()), ...built.option }, { notMerge: true });
  own.place.setAttribute('aria-label', built.label);
  own.place.dataset.points = built.points;
  const legend = element(`${id}-legend`);
  legend.innerHTML = built.legend || '';
  legend.hidden = !built.legend;
  const details = figure.querySelector('.figures');
  details.hidden = !built.table;
  if (details.open) fillTable(id);
}

const common = colours => ({
  animation: false,
  color: colours.series,
  textStyle: { fontFamily: FONT, color: colours.ink },
  tooltip: tooltip(colours),
});

const tooltip = (colours, more) => ({
  trigger: 'item', confine: true, backgroundColor: colours.paper, borderColor: colours.line,
  textStyle: { color: colours.ink, fontFamily: FONT, fontSize: 13 }, ...more,
});

function fillTable(id) {
  const { built } = charts.get(id);
  const place = element(`${id}-figure`).querySelector('.figures .scroll');
  if (built && built.table) place.innerHTML = tableOf(built.table);
}

function tableOf({ head, rows }) {
  const cells = (row, tag) => row.map((text, at) => (at === 0 ? `<th scope="${tag === 'th' ? 'col' : 'row'}">` : `<${tag}${tag === 'th' ? ' scope="col"' : ''}>`) + escaped(text) + (at === 0 ? '</th>' : `</${tag}>`)).join('');
  return `<table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map(row => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
}

const key = (colour, text) => `<span><i style="background:${colour}"></i>${escaped(text)}</span>`;
const drawAll = () => charts.forEach((_, id) => draw(id));

// Axes as all charts have them.
const axisText = colours => ({ color: colours.grey, fontFamily: FONT, fontSize: 12 });
const valueAxis = (colours, more) => ({
  type: 'value', axisLabel: { ...axisText(colours), hideOverlap: true, ...(more && more.axisLabel) }, splitLine: { lineStyle: { color: colours.line } },
  nameTextStyle: axisText(colours), ...Object.fromEntries(Object.entries(more || {}).filter(([name]) => name !== 'axisLabel')),
});
const nameAxis = (colours, list, width) => ({
  type: 'category', data: list, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: colours.line } },
  axisLabel: { ...axisText(colours), color: colours.ink, width: Math.min(170, width * 0.3), overflow: 'break', lineHeight: 15, interval: 0 },
});
// The slots of a week, or of a day, from left to right.
function slotAxis(colours, width, more) {
  const isWeek = weekdays.length > 1;
  const step = isWeek ? 0 : Math.ceil(starts.length / Math.max(3, width / 60));
  const begins = at => (isWeek ? at === 0 || slots[at].weekday !== slots[at - 1].weekday : at % step === 0);
  return {
    type: 'category', data: slots.map(slotName), boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: colours.line } },
    splitLine: { show: isWeek, interval: begins, lineStyle: { color: colours.line } },
    axisLabel: { ...axisText(colours), align: isWeek ? 'left' : 'center', interval: begins, formatter: name => (isWeek ? name.slice(0, 3) : name) }, ...more,
  };
}
