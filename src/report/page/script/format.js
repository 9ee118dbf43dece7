// How figures read. Thousands have commas, a doubt stands in brackets, nothing over nothing is a dash.
const NOTHING = '–';
const grouped = (value, digits) => (value || 0).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace(/^-(?=.*[1-9])/, '−').replace(/^-/, '');
const isNumber = value => typeof value === 'number' && Number.isFinite(value);
const TIME_UNITS = [['s', 1, 100], ['min', 60, 6000], ['h', 3600, 360000], ['d', 86400, Infinity]];
const timeUnit = seconds => TIME_UNITS.find(([, , below]) => Math.abs(seconds) < below);

const KINDS = {
  share: { one: 0.01, digits: () => 1, sign: ' %' },
  count: { one: 1, digits: value => (Math.abs(value) < 100 && value % 1 !== 0 ? 1 : 0), sign: '' },
  money: { one: 1, digits: value => (Math.abs(value) < 1000 ? 2 : 0), sign: '' },
};

// `kind` is share, count, money or time.
function styleOf(kind, size) {
  if (kind === 'time') {
    const [sign, one] = timeUnit(size);
    return { one, digits: () => 1, sign: ' ' + sign };
  }
  return KINDS[kind];
}

function told(kind, value) {
  if (!isNumber(value)) return NOTHING;
  const style = styleOf(kind, value);
  return grouped(value / style.one, style.digits(value)) + style.sign;
}

// An estimate with its range: 81.2 % [79.9–82.3].
function ranged(kind, estimate) {
  if (!estimate || !isNumber(estimate.mean)) return NOTHING;
  const text = told(kind, estimate.mean);
  if (!isNumber(estimate.lo) || !isNumber(estimate.hi)) return text;
  const style = styleOf(kind, estimate.mean);
  const end = value => grouped(value / style.one, style.digits(estimate.mean));
  return end(estimate.lo) === end(estimate.hi) ? text : `${text} [${end(estimate.lo)}${estimate.lo < 0 ? ' to ' : '–'}${end(estimate.hi)}]`;
}

// A promise has no decimals that nobody wrote.
const exactShare = share => `${+(share * 100).toFixed(3)} %`;
const signed = (kind, value) => (value > 0 ? '+' : '') + told(kind, value);
const escaped = text => String(text).replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
const sum = numbers => numbers.reduce((total, number) => total + (number || 0), 0);
