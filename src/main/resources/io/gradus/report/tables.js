/* Tables: plain ones, and the one of the customers that can be searched and sorted. */
const PAGE_ROWS = 25;
const PRINT_ROWS = 60;

/** Columns are {title, number, whole, cell: row → text or element}. */
function table(columns, rows) {
  const head = element('tr', {}, ...columns.map(c => element('th', { class: c.number ? 'number' : null, scope: 'col' }, c.title)));
  const body = element('tbody', {}, ...rows.map(row => tableRow(columns, row)));
  return element('div', { class: 'scroll' }, element('table', { class: 'stack' }, element('thead', {}, head), body));
}

function tableRow(columns, row) {
  return element('tr', {}, ...columns.map(c => {
    const value = c.cell(row);
    const classes = [c.number ? 'number' : '', c.whole ? 'whole' : ''].join(' ').trim();
    return element('td', { class: classes || null, 'data-title': c.title }, value instanceof Node ? value : String(value ?? ''));
  }));
}

/** What a customer is called: the name with the number below, or the number alone. */
function customerName(row) {
  const name = element('span', { dir: 'auto' }, row.customer_name || row.customer_id);
  return row.customer_name ? element('span', {}, name, element('span', { class: 'minor', dir: 'auto' }, row.customer_id)) : name;
}

function churnMark(row) {
  const likely = row.churn_band === 'high' || row.churn_band === 'very_high';
  return known(row.churn_probability) ? element('span', { class: likely ? 'flag warning' : null }, percent(row.churn_probability, 0)) : '–';
}

function storyOf(row) {
  const step = local(row, 'next_step');
  return element('div', {},
    element('span', { dir: 'auto' }, local(row, 'reasons')),
    step ? element('span', { class: 'minor' }, say('toGrade', { grade: row.next_grade ?? '', step })) : null,
    local(row, 'strategy') ? element('span', { class: 'minor' }, say('strategy') + ': ' + local(row, 'strategy')) : null);
}

const customerColumns = () => [
  { key: 'rank', title: say('rank'), number: true, cell: r => count(r.rank) },
  { key: 'customer_name', title: say('customer'), cell: customerName, sort: r => r.customer_name || r.customer_id },
  { key: 'grade', title: say('grade'), cell: r => gradeMark(r.grade), sort: r => gradeOrder(r.grade) },
  { key: 'spend_365d', title: say('revenue'), number: true, cell: r => money(r.spend_365d) },
  { key: 'clv_12m', title: say('clv12'), number: true, cell: r => money(r.clv_12m) },
  { key: 'churn_probability', title: say('probability'), number: true, cell: churnMark },
  { key: 'revenue_at_risk', title: say('atRisk'), number: true, cell: r => money(r.revenue_at_risk) },
  { key: 'reasons', title: say('next'), whole: true, cell: storyOf, sort: r => local(r, 'reasons') }
];

const wanted = { text: '', grade: '', risk: false, sort: 'rank', down: false, shown: PAGE_ROWS };

function matching(rows) {
  const words = wanted.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const column = customerColumns().find(c => c.key === wanted.sort);
  const value = column.sort || (r => r[column.key]);
  return rows
    .filter(r => (!wanted.grade || r.grade === wanted.grade)
      && (!wanted.risk || r.churn_band === 'high' || r.churn_band === 'very_high')
      && words.every(w => r.haystack.includes(w)))
    .sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      const order = !known(x) - !known(y) || (typeof x === 'string' ? x.localeCompare(y, locale()) : x - y);
      return (wanted.down && known(x) && known(y) ? -order : order) || a.place - b.place;
    });
}

function customersTable(rows) {
  rows.forEach((r, i) => {
    r.place = i;
    r.haystack = [r.customer_id, r.customer_name, r.owner, r.rfm_segment, r.rfm_segment_zh, r.lifecycle].filter(Boolean).join(' ').toLocaleLowerCase();
  });
  const columns = customerColumns();
  const search = element('input', { type: 'search', id: 'search', placeholder: say('search'), 'aria-label': say('search') });
  search.value = wanted.text;
  const grades = element('select', { 'aria-label': say('grade') }, element('option', { value: '' }, say('allGrades')),
    ...DATA.policy.grades.map(g => element('option', { value: g.code }, g.code + ' · ' + g[language])));
  grades.value = wanted.grade;
  const risk = element('select', { 'aria-label': say('probability') }, element('option', { value: '' }, say('everybody')), element('option', { value: 'risk' }, say('onlyRisk')));
  risk.value = wanted.risk ? 'risk' : '';
  const found = element('span', { class: 'count', role: 'status' });
  const heads = columns.map(c => element('th', { class: c.number ? 'number' : null, scope: 'col' }, element('button', { type: 'button' }, c.title)));
  const body = element('tbody', { id: 'customer-rows' });
  const more = element('button', { type: 'button', class: 'more' });

  function show() {
    const hits = matching(rows);
    const shown = hits.slice(0, document.documentElement.classList.contains('printing') ? PRINT_ROWS : wanted.shown);
    body.replaceChildren(...shown.map(r => tableRow(columns, r)));
    found.textContent = say('found', { n: count(hits.length) });
    more.hidden = hits.length <= shown.length;
    more.textContent = say('more', { n: count(Math.min(4 * PAGE_ROWS, hits.length - shown.length)) });
    heads.forEach((head, i) => {
      if (columns[i].key === wanted.sort) head.setAttribute('aria-sort', wanted.down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  }
  const again = () => { wanted.shown = PAGE_ROWS; show(); };
  search.addEventListener('input', () => { wanted.text = search.value; again(); });
  grades.addEventListener('change', () => { wanted.grade = grades.value; again(); });
  risk.addEventListener('change', () => { wanted.risk = risk.value === 'risk'; again(); });
  more.addEventListener('click', () => { wanted.shown += 4 * PAGE_ROWS; show(); });
  heads.forEach((head, i) => head.firstChild.addEventListener('click', () => {
    wanted.down = wanted.sort === columns[i].key ? !wanted.down : Boolean(columns[i].number) && columns[i].key !== 'rank';
    wanted.sort = columns[i].key;
    again();
  }));
  show();
  return [
    element('div', { class: 'tools' }, search, grades, risk, found),
    element('div', { class: 'scroll' }, element('table', { class: 'stack' }, element('thead', {}, element('tr', {}, ...heads)), body)),
    more
  ];
}
