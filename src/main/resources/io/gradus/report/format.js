/* The data, and how values are written in each language. */
addEventListener('error', event => document.documentElement.setAttribute('data-error', event.message));
const DATA = JSON.parse(document.getElementById('data').textContent);
let language = document.documentElement.lang === 'zh' ? 'zh' : 'en';

/** Rows of an answer as objects; null when its tables are not there. */
function answer(name) {
  const table = DATA.tables[name];
  return table ? table.rows.map(row => Object.fromEntries(table.columns.map((c, i) => [c, row[i]]))) : null;
}

function say(key, values) {
  const text = WORDS[key] ? WORDS[key][language === 'zh' ? 1 : 0] : String(key);
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? '') : text;
}

/** The column of a row in the page's language: name, name_zh or name_en. */
function local(row, name) {
  const own = row[name + '_' + language];
  return own ?? (language === 'en' ? row[name] ?? row[name + '_en'] : row[name + '_zh'] ?? row[name + '_en'] ?? row[name]) ?? '';
}

const locale = () => (language === 'zh' ? 'zh-CN' : 'en-GB');
const formats = new Map();
function formatter(options) {
  const key = locale() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(locale(), options));
  return formats.get(key);
}
const known = value => value !== null && value !== undefined;
const currency = () => (answer('totals')?.[0]?.currency) || '';
const count = value => (known(value) ? formatter({ maximumFractionDigits: 0 }).format(value) : '–');
/** Rounded, so that nothing is written as minus zero. */
const rounded = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits + 0;
const decimal = (value, digits = 2) => (known(value) ? formatter({ maximumFractionDigits: digits }).format(rounded(value, digits)) : '–');
const percent = (value, digits = 1) => (known(value) ? formatter({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(rounded(value, digits + 2)) : '–');
function money(value, compact) {
  if (!known(value)) return '–';
  const size = compact ? { notation: 'compact', maximumSignificantDigits: 3 } : { minimumFractionDigits: 0, maximumFractionDigits: 0 };
  try {
    return formatter({ style: 'currency', currency: currency(), currencyDisplay: 'narrowSymbol', ...size }).format(value);
  } catch (unknownCurrency) {
    return formatter(size).format(value) + ' ' + currency();
  }
}
function day(text) {
  if (!text) return '–';
  const date = new Date(text.slice(0, 10) + 'T00:00:00Z');
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
function signed(change, write) {
  return (change > 0 ? '+' : change < 0 ? '−' : '±') + write(Math.abs(change));
}

/** The title of a column, for features of models. */
const columnTitle = name => (DATA.titles[name] ? DATA.titles[name][language] : name);

const GRADES = DATA.policy.grades.map(g => g.code);
function gradeOrder(code) {
  const at = GRADES.indexOf(code);
  return at < 0 ? GRADES.length : at;
}
const byGrade = (a, b) => gradeOrder(a.grade) - gradeOrder(b.grade);

/** An element with text or children; text is never markup. */
function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (known(value) && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter(known));
  return node;
}
