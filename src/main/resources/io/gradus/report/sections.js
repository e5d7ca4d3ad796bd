/* Sections of the page, in its order. Each returns its cards; a table that is not there is said in words. */
function card(key, unit, classes, ...children) {
  return element('div', { class: ('card ' + (classes || '')).trim() },
    element('h3', {}, say(key)), unit ? element('p', { class: 'unit' }, unit) : null, ...children);
}
const words = key => element('p', { class: 'note' }, say(key));
const note = content => element('p', { class: 'note' }, content);
const totalsNow = () => answer('totals')?.find(t => t.snapshot_date === DATA.as_of);
const totalsBefore = () => answer('totals')?.find(t => t.snapshot_date === DATA.previous);
const gradesOn = date => (answer('grades') || []).filter(g => g.snapshot_date === date).sort(byGrade);
const best = (rows, key) => rows.reduce((a, b) => (Number(b[key]) > Number(a[key]) ? b : a));

function change(now, before, write) {
  if (!known(before) || !known(now)) return say('newToday');
  if (now === before) return say('unchanged');
  return write ? signed(now - before, write) : before === 0 ? say('newToday') : signed(now / before - 1, percent);
}

function tiles() {
  const [now, before] = [totalsNow() || {}, totalsBefore() || {}];
  const points = value => decimal(100 * value, 1) + (language === 'zh' ? ' 个百分点' : ' points');
  const tile = (name, figure, delta) => element('div', { class: 'tile' },
    element('div', { class: 'name' }, name), element('div', { class: 'figure' }, figure), element('div', { class: 'change' }, delta));
  return element('div', { class: 'tiles' },
    tile(say('customers'), count(now.customers), change(now.customers, before.customers)),
    tile(say('active'), count(now.active_customers), change(now.active_customers, before.active_customers)),
    tile(say('revenue'), money(now.revenue_365d, true), change(now.revenue_365d, before.revenue_365d)),
    tile(say('clv12'), money(now.clv_12m, true), change(now.clv_12m, before.clv_12m)),
    tile(say('atRisk'), money(now.revenue_at_risk, true), change(now.revenue_at_risk, before.revenue_at_risk)),
    tile(say('meanChurn'), percent(now.mean_churn_probability), change(now.mean_churn_probability, before.mean_churn_probability, points)));
}

function gradesSection() {
  const now = gradesOn(DATA.as_of);
  if (!now.length) return { cards: [words('missing')] };
  const structure = card('structure', say('structureUnit'));
  draw(structure, 60 + 52 * now.length, shareBars(now.map(gradeLabel), now.map(g => g.customer_share), now.map(g => g.revenue_share)));
  const trend = card('trend', say('trendUnit'));
  const rows = answer('grades');
  const dates = [...new Set(rows.map(r => r.snapshot_date))];
  if (dates.length > 1) {
    const codes = [...new Set(rows.map(r => r.grade))].sort((a, b) => gradeOrder(a) - gradeOrder(b)).reverse();
    const at = new Map(rows.map(r => [r.snapshot_date + r.grade, r.customers]));
    draw(trend, 60 + 52 * now.length, stackedBars(dates, codes.map(code => ({ name: code, colour: gradeColour(code), values: dates.map(d => at.get(d + code) || 0) }))));
  } else trend.append(words('trendNone'));
  const before = new Map(gradesOn(DATA.previous).map(g => [g.grade, g]));
  const figures = card('figures', null, 'wide', table([
    { title: say('grade'), cell: g => element('span', { class: 'whole' }, gradeMark(g.grade), ' ', gradeName(g.grade)) },
    { title: say('customers'), number: true, cell: g => count(g.customers) },
    { title: say('change'), number: true, cell: g => (before.has(g.grade) ? signed(g.customers - before.get(g.grade).customers, count) : '–') },
    { title: say('customerShare'), number: true, cell: g => percent(g.customer_share) },
    { title: say('revenue'), number: true, cell: g => money(g.revenue_365d) },
    { title: say('revenueShare'), number: true, cell: g => percent(g.revenue_share) },
    { title: say('clv12'), number: true, cell: g => money(g.clv_12m) },
    { title: say('headroom'), number: true, cell: g => money(g.headroom) },
    { title: say('atRisk'), number: true, cell: g => money(g.revenue_at_risk) },
    { title: say('meanChurn'), number: true, cell: g => percent(g.mean_churn_probability) }
  ], now));
  const top = best(now, 'revenue_365d');
  return { says: say('gradesSay', { grade: top.grade, customers: percent(top.customer_share, 0), revenue: percent(top.revenue_share, 0) }), cards: [structure, trend, figures] };
}
const gradeName = code => DATA.policy.grades.find(g => g.code === code)?.[language] || '';
const gradeLabel = row => row.grade + '  ' + gradeName(row.grade);

function movementSection() {
  const rows = answer('migration');
  if (!DATA.previous || !rows?.length) return { cards: [words(DATA.previous && !rows ? 'missing' : 'movementNone')] };
  const sum = test => count(rows.filter(test).reduce((s, r) => s + r.customers, 0));
  const both = r => r.from_grade && r.to_grade;
  const step = r => gradeOrder(r.to_grade) - gradeOrder(r.from_grade);
  const flow = card('sankey', say('sankeyUnit', { from: day(DATA.previous), to: day(DATA.as_of) }), 'major');
  draw(flow, 400, sankeyOption(rows), 360);
  const moves = rows.filter(r => r.from_grade !== r.to_grade).sort((a, b) => b.customers - a.customers).slice(0, 10);
  const list = card('change', null, 'third', table([
    { title: say('from'), cell: r => (r.from_grade ? gradeMark(r.from_grade) : say('fresh')) },
    { title: say('to'), cell: r => (r.to_grade ? gradeMark(r.to_grade) : say('gone')) },
    { title: say('customers'), number: true, cell: r => count(r.customers) },
    { title: say('revenueShort'), number: true, cell: r => money(r.revenue_365d, true) }
  ], moves));
  return {
    says: say('movementSay', {
      date: day(DATA.previous), up: sum(r => both(r) && step(r) < 0), down: sum(r => both(r) && step(r) > 0),
      same: sum(r => both(r) && step(r) === 0), fresh: sum(r => !r.from_grade), gone: sum(r => !r.to_grade)
    }),
    cards: [flow, list]
  };
}

function concentrationSection() {
  const curve = answer('lorenz');
  const few = answer('concentration')?.[0];
  if (!curve?.length || !few) return { cards: [words('missing')] };
  const shown = card('lorenz', say('lorenzUnit'), 'major');
  draw(shown, 380, lorenzOption(curve.map(p => [100 * p.customer_share, 100 * p.revenue_share])), 320);
  const facts = [
    ...[1, 5, 10, 20].map(n => [say('topShare', { n }), percent(few['cr' + n])]),
    ...[1, 3, 5].map(n => [say('loss', { n }), money(few['loss_of_' + n], true)]),
    [say('expectedLoss'), money(few.expected_loss, true)], [say('above10'), count(few.above_10_percent)],
    [say('effective'), count(few.effective_number)], [say('gini'), decimal(few.gini, 3)]
  ];
  const list = element('dl', { class: 'figures' }, ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
  return {
    says: say('concentrationSay', { share: percent(few.cr10, 0), units: count(few.units), effective: count(few.effective_number) }),
    cards: [shown, card('dependence', say('dependenceUnit'), 'third', list)]
  };
}

function matrixSection() {
  const model = DATA.policy.matrix;
  const rows = answer('matrix');
  if (!model || !rows) return { cards: [words(model ? 'missing' : 'matrixNone')] };
  const figures = new Map(rows.map(r => [r.matrix_cell, r]));
  const columns = [...model.columns.levels].reverse();
  const cells = model.cells.map(c => {
    const found = figures.get(c.name.en) || { customers: 0, revenue_365d: 0 };
    return {
      x: columns.indexOf(c.column), y: model.rows.levels.indexOf(c.row), shade: Math.sqrt(Math.max(0, found.revenue_365d)),
      label: c.name[language] + ' · ' + c.grade + '\n' + count(found.customers),
      tip: c.name[language] + ' · ' + c.grade + '\n' + count(found.customers) + ' ' + say('customers') + '\n' + money(found.revenue_365d, true) + '\n' + c.strategy[language],
      name: c.name[language], customers: found.customers, revenue: found.revenue_365d
    };
  });
  const grid = card('matrixTitle', say('matrixUnit'), 'wide');
  draw(grid, 340, gridOption(columns.map(l => say(l)), model.rows.levels.map(l => say(l)), cells, { xName: dimension(model.columns.dimension), yName: dimension(model.rows.dimension), yGap: 56 }), 360);
  const top = best(cells, 'revenue');
  return { says: say('matrixSay', { name: top.name, customers: count(top.customers), revenue: money(top.revenue, true) }), cards: [grid] };
}
const dimension = key => columnTitle(key + '_score');

function rfmSection() {
  const rows = answer('rfm');
  if (!rows) return { cards: [words('missing')] };
  const scores = [1, 2, 3, 4, 5];
  const at = new Map(rows.map(r => [r.r_score + '/' + r.f_score, r]));
  const cells = scores.flatMap(f => scores.map(r => {
    const found = at.get(r + '/' + f) || { customers: 0, revenue_365d: 0 };
    return {
      x: f - 1, y: 5 - r, shade: Math.sqrt(found.customers), label: count(found.customers),
      tip: say('recency') + ' ' + r + ', ' + say('frequency') + ' ' + f + '\n' + count(found.customers) + ' ' + say('customers') + '\n' + money(found.revenue_365d, true)
    };
  }));
  const grid = card('rfmTitle', say('rfmUnit'));
  draw(grid, 380, gridOption(scores, [...scores].reverse(), cells, { xName: say('frequency'), yName: say('recency') }), 330);
  const segments = answer('segments') || [];
  const bars = card('segmentTitle', say('segmentUnit'));
  draw(bars, 380, shareBars(segments.map(s => local(s, 'rfm_segment')), segments.map(s => s.customer_share), segments.map(s => s.revenue_share)), 420);
  const top = segments.length ? best(segments, 'revenue') : null;
  return { says: top ? say('rfmSay', { name: local(top, 'rfm_segment'), customers: percent(top.customer_share, 0), revenue: percent(top.revenue_share, 0) }) : null, cards: [grid, bars] };
}

function clustersSection() {
  const rows = answer('clusters');
  if (!rows || !rows.length) return { cards: [words('clustersNone')] };
  const clusters = [...new Map(rows.map(r => [r.cluster_key, r])).values()];
  const points = answer('cluster_map') || [];
  const map = card('mapTitle', say('mapUnit', { n: count(points.length), currency: currency() }));
  draw(map, 420, clusterMapOption(points, clusters), 340);
  const features = [...new Set(rows.map(r => r.feature))];
  const profile = card('profileTitle', say('profileUnit'));
  const cells = rows.filter(r => known(r.z_score)).map(r => ({
    x: clusters.findIndex(c => c.cluster_key === r.cluster_key), y: features.indexOf(r.feature), shade: r.z_score, label: decimal(r.z_score, 1),
    tip: r.cluster_key + ' ' + local(r, 'cluster_name') + '\n' + columnTitle(r.feature) + '\n' + decimal(r.feature_mean) + ' / ' + decimal(r.population_mean)
  }));
  const paper = theme === 'dark' ? '#2b3337' : '#f3f4f4';
  draw(profile, 420, gridOption(clusters.map(c => c.cluster_key), features.map(columnTitle), cells, { colours: theme === 'dark' ? ['#d08a4a', paper, '#4fa9bb'] : ['#c8752f', paper, '#2a8496'], diverging: 2, labelWidth: 118 }), 420);
  const list = card('clusterTable', null, 'wide', table([
    { title: say('cluster'), cell: c => c.cluster_key + '  ' + local(c, 'cluster_name') },
    { title: say('customers'), number: true, cell: c => count(c.customers) },
    { title: say('customerShare'), number: true, cell: c => percent(c.customer_share) },
    { title: say('revenue'), number: true, cell: c => money(c.revenue) },
    { title: say('revenueShare'), number: true, cell: c => percent(c.revenue_share) }
  ], clusters));
  return { says: say('clustersSay', { n: count(clusters.length), name: local(clusters[0], 'cluster_name') }), cards: [map, profile, list] };
}
