// The figures, and what the reader has chosen.
const data = JSON.parse(document.getElementById('data').textContent);
const currency = data.scenario.currency;
const variants = data.variants;
const slots = data.slots;
const WEEKDAYS = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' };
const weekdays = [...new Set(slots.map(slot => slot.weekday))];
const starts = [...new Set(slots.map(slot => slot.start))].sort();
const slotName = slot => (slot.weekday ? `${WEEKDAYS[slot.weekday].slice(0, 3)} ${slot.start}` : slot.start);
const element = id => document.getElementById(id);
const names = things => Object.keys(things);

const state = { mix: 0, queue: names(variants[0].queues)[0], measure: 'service_level', slot: null };
const listeners = [];

// Whoever shows something of the state asks to be told of its changes.
const onChange = listener => listeners.push(listener);
function choose(changes) {
  Object.assign(state, changes);
  const queues = variants[state.mix].queues;
  if (!queues[state.queue]) state.queue = names(queues)[0];
  listeners.forEach(listener => listener(changes));
}

const chosenMix = () => variants[state.mix];
const chosenQueue = () => chosenMix().queues[state.queue];
const columnsOf = (mix, kind, name) => (data.intervals[mix][kind] || {})[name] || {};
const levelOf = (variant, queue) => variant.queues[queue] && variant.queues[queue].targets.find(target => target.measure === 'service_level');
