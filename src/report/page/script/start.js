// The choosers, the setting of light, and paper.
const option = (value, text) => new Option(text, value);
function fill(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, text]) => option(value, text)));
  select.value = chosen;
}
function control(id, label, pairs, chosen, then) {
  const place = element(`${id}-controls`);
  if (!place) return;
  const select = document.createElement('select');
  fill(select, pairs, chosen);
  select.addEventListener('change', () => then(select.value));
  const wrapped = document.createElement('label');
  wrapped.append(`${label} `, select);
  place.append(wrapped);
  place.hidden = false;
  return select;
}
const mixPairs = variants.map((variant, mix) => [mix, variant.name]);

function showChoosers() {
  fill(element('choose-mix'), mixPairs, state.mix);
  fill(element('choose-queue'), names(chosenMix().queues).map(name => [name, name]), state.queue);
  const measures = heatMeasures();
  const measure = measures.includes(state.measure) ? state.measure : measures[0];
  fill(element('choose-measure'), measures.map(name => [name, HEAT[name].label]), measure);
  element('choose-measure').parentElement.hidden = !measures.length;
  element('choose-mix').parentElement.hidden = variants.length < 2;
  document.querySelectorAll('.mix').forEach(block => { block.hidden = Number(block.dataset.mix) !== state.mix; });
}

const listening = [
  ['choose-mix', value => ({ mix: Number(value) })],
  ['choose-queue', value => ({ queue: value, slot: null })],
  ['choose-measure', value => ({ measure: value })],
];
listening.forEach(([id, changes]) => element(id).addEventListener('change', event => choose(changes(event.target.value))));
document.querySelectorAll('form').forEach(form => form.addEventListener('submit', event => event.preventDefault()));

const slotOf = (day, start) => slots.findIndex(slot => (slot.weekday || '') === day && slot.start === start);
if (slots.length) {
  fill(element('choose-day'), weekdays.map(day => [day || '', day ? WEEKDAYS[day] : 'The day']), weekdays[0] || '');
  fill(element('choose-time'), starts.map(start => [start, start]), starts[0]);
  element('choose-day').parentElement.hidden = weekdays.length < 2;
  ['choose-day', 'choose-time'].forEach(id => element(id).addEventListener('change', () => {
    const at = slotOf(element('choose-day').value, element('choose-time').value);
    if (at >= 0) choose({ slot: at });
  }));
}

control('frontier-chart', 'Against', frontierMeasures(), frontierChoice.measure, value => { frontierChoice.measure = value; draw('frontier-chart'); });
if (costKinds().length > 1) control('spend', 'By', costKinds(), spending.by, value => { spending.by = value; draw('spend'); });
const redrawSteps = change => value => { Object.assign(steps, change(value)); draw('waterfall'); };
control('waterfall', 'From', mixPairs, steps.from, redrawSteps(value => ({ from: Number(value) })));
control('waterfall', 'to', mixPairs, steps.to, redrawSteps(value => ({ to: Number(value) })));
control('waterfall', 'by', costKinds(), steps.by, redrawSteps(value => ({ by: value })));
const groupSelect = control('busy', 'Group', groupsOf(0).map(name => [name, name]), groupsOf(0)[0], value => { busyChoice.group = value; draw('busy'); });

const DETAIL = ['heat', 'waits', 'backlog', 'busy', 'flow-chart'];
onChange(changes => {
  if (state.slot === null) state.slot = hardestSlot();
  showInterval();
  const isSlotOnly = 'slot' in changes && names(changes).length === 1;
  if (isSlotOnly) return;
  if ('mix' in changes && groupSelect && groupsOf(state.mix).length) {
    fill(groupSelect, groupsOf(state.mix).map(name => [name, name]), groupsOf(state.mix).includes(busyChoice.group) ? busyChoice.group : groupsOf(state.mix)[0]);
  }
  showChoosers();
  DETAIL.forEach(draw);
  element('chosen').textContent = `${chosenMix().name}, ${state.queue}`;
});
const heat = charts.get('heat');
if (heat && heat.drawn) heat.drawn.on('click', ({ data: item }) => choose({ slot: item.at }));

prefersDark.addEventListener('change', drawAll);
addEventListener('beforeprint', () => { isPrinting = true; document.querySelectorAll('details.inputs').forEach(details => { details.open = true; }); drawAll(); });
addEventListener('afterprint', () => { isPrinting = false; drawAll(); });
document.documentElement.classList.add('scripted');
element('chooser').hidden = false;
choose({});
