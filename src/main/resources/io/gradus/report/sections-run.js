/* Sections on predictions, on the run itself, and on single customers. */
function churnSection() {
  const rows = answer('churn');
  const now = totalsNow() || {};
  if (!rows) return { cards: [words('missing')] };
  const bands = ['low', 'medium', 'high', 'very_high'];
  const ramp = theme === 'dark' ? ['#46545a', '#7d8a90', '#d08a4a', '#f0a25e'] : ['#c3cdd1', '#94a3aa', '#dd8a3c', '#b4540a'];
  const tenths = [...Array(10).keys()];
  const at = new Map(rows.map(r => [r.tenth + r.churn_band, r.customers]));
  const spread = card('churnTitle', say('churnUnit'));
  draw(spread, 320, stackedBars(tenths.map(t => 10 * t + '–' + 10 * (t + 1)), bands.map((b, i) => ({ name: say(b), colour: ramp[i], values: tenths.map(t => at.get(t + b) || 0) })), say('probability') + ', %'), 280);
  const risks = answer('risks') || [];
  const list = card('risks', say('risksUnit', { n: count(risks.length) }), 'wide long', risks.length ? table([
    { title: say('customer'), cell: customerName },
    { title: say('grade'), cell: r => gradeMark(r.grade) },
    { title: say('revenue'), number: true, cell: r => money(r.spend_365d) },
    { title: say('probability'), number: true, cell: r => percent(r.churn_probability, 0) },
    { title: say('atRisk'), number: true, cell: r => money(r.revenue_at_risk) },
    { title: say('why'), whole: true, cell: r => element('span', { dir: 'auto' }, local(r, 'churn_reasons')) }
  ], risks) : words('risksNone'));
  const likely = rows.filter(r => r.churn_band === 'high' || r.churn_band === 'very_high').reduce((s, r) => s + r.customers, 0);
  return {
    says: say('churnSay', { n: count(likely), days: count(now.churn_horizon_days), money: money(now.revenue_at_risk, true) }),
    cards: [spread, calibrationCard(now), list]
  };
}

function calibrationCard(now) {
  const rows = (answer('ledger') || []).filter(r => r.prediction === 'churn_probability' && r.group_type === 'decile');
  if (!rows.length) return card('calibration', null, null, note(say('calibrationNone', { days: count(now.churn_horizon_days) })));
  const newest = rows.reduce((d, r) => (r.predicted_on > d ? r.predicted_on : d), '');
  const shown = card('calibration', say('calibrationUnit', { date: day(newest) }));
  draw(shown, 320, calibrationOption(rows.filter(r => r.predicted_on === newest).map(r => [100 * r.predicted, 100 * r.actual]).sort((a, b) => a[0] - b[0])), 280);
  return shown;
}

function clvSection() {
  const rows = answer('clv');
  const now = totalsNow() || {};
  if (!rows) return { cards: [words('missing')] };
  const bins = [...new Set(rows.map(r => r.half_decade))].filter(known).sort((a, b) => a - b);
  const steps = bins.length ? [...Array(bins[bins.length - 1] - bins[0] + 1).keys()].map(i => bins[0] + i) : [];
  if (rows.some(r => !known(r.half_decade))) steps.unshift(null);
  const bound = step => formatter({ notation: 'compact', maximumSignificantDigits: 1 }).format(Math.pow(10, step / 2));
  const at = new Map(rows.map(r => [r.half_decade + ':' + r.grade, r.customers]));
  const codes = [...GRADES].reverse();
  const spread = card('clvTitle', say('clvUnit', { currency: currency() }), 'wide');
  draw(spread, 320, stackedBars(steps.map(s => (known(s) ? bound(s) + '–' + bound(s + 1) : say('below'))), codes.map(code => ({ name: code, colour: gradeColour(code), values: steps.map(s => at.get(s + ':' + code) || 0) }))), 280);
  const due = (answer('ledger') || []).filter(r => r.group_type === 'all');
  const ledger = card('ledger', due.length ? say('ledgerUnit') : null, 'wide', due.length ? table([
    { title: say('prediction'), cell: r => columnTitle(r.prediction) },
    { title: say('on'), cell: r => day(r.predicted_on) },
    { title: say('horizon'), number: true, cell: r => count(r.horizon_days) },
    { title: say('customers'), number: true, cell: r => count(r.customers) },
    { title: say('meanPredicted'), number: true, cell: r => decimal(r.predicted, 3) },
    { title: say('meanActual'), number: true, cell: r => decimal(r.actual, 3) },
    { title: say('ratio'), number: true, cell: r => decimal(r.calibration, 2) }
  ], due) : words('ledgerNone'));
  return { says: say('clvSay', { money: money(now.clv_12m, true) }), cards: [spread, ledger] };
}

function alertsSection() {
  const rows = answer('alerts');
  if (!rows || !rows.length) return { cards: [words(rows ? 'alertsNone' : 'missing')] };
  return {
    says: say('alertsSay', { n: count(rows.length) }),
    cards: [element('div', { class: 'card wide long' }, table([
      { title: say('status'), cell: r => element('span', { class: 'flag ' + r.severity }, say(r.severity)) },
      { title: say('finding'), whole: true, cell: r => element('span', { dir: 'auto' }, local(r, 'message')) }
    ], rows))]
  };
}

function qualitySection() {
  const lines = answer('reconciliation') || [];
  const accepted = lines.filter(l => l.disposition === 'accepted');
  const sum = (rows, key) => rows.reduce((s, r) => s + (r[key] || 0), 0);
  const checks = card('checks', say('checksUnit'), null, table([
    { title: say('status'), cell: r => element('span', { class: 'flag ' + r.status }, say(r.status)) },
    { title: say('check'), cell: r => r.check_name },
    { title: say('finding'), whole: true, cell: r => local(r, 'message') }
  ], answer('quality') || []));
  const rows = card('reconcile', say('reconcileUnit'), null, table([
    { title: say('disposition'), cell: r => say(r.disposition) },
    { title: say('reason'), cell: r => r.reason },
    { title: say('rows'), number: true, cell: r => count(r.rows) },
    { title: say('amount'), number: true, cell: r => decimal(r.amount) + ' ' + r.currency }
  ], lines));
  return { says: say('qualitySay', { rows: count(sum(lines, 'rows')), accepted: count(sum(accepted, 'rows')), money: money(sum(accepted, 'amount'), true) }), cards: [checks, rows] };
}

function runSection() {
  const run = answer('run')?.[0];
  if (!run) return { cards: [words('missing')] };
  const facts = [['runId', run.run_id], ['asOf', day(run.snapshot_date)], ['code', run.code_version], ['files', count(run.input_files)], ['rows', count(run.input_rows)],
    ['customers', count(run.customers)], ['manifestHash', run.manifest_hash], ['settingsHash', run.settings_hash], ['policyHash', run.policy_hash]];
  const list = card('runFacts', null, null, element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', {}, say(name)), element('dd', {}, String(value ?? '–'))])));
  const stages = answer('stages') || [];
  const times = card('stages', say('stagesUnit'));
  draw(times, 30 + 22 * stages.length, stagesOption(stages));
  const metrics = answer('metrics') || [];
  const models = card('metrics', say('metricsUnit'), 'wide long', element('details', {}, element('summary', {}, say('figures') + ' (' + count(metrics.length) + ')'), table([
    { title: say('model'), cell: m => m.model },
    { title: say('scope'), cell: m => m.scope },
    { title: say('metric'), cell: m => m.metric },
    { title: say('value'), number: true, cell: m => decimal(m.value, 4) },
    { title: say('note'), whole: true, cell: m => m.note ?? '' }
  ], metrics)));
  return { says: say('runSay', { date: String(run.started_at).slice(0, 16), seconds: decimal(run.seconds, 1) }), cards: [list, times, models] };
}

function customersSection() {
  const rows = answer('customers');
  if (!rows) return { cards: [words('missing')] };
  const all = totalsNow()?.customers ?? rows.length;
  const line = say(rows.length < all ? 'customersSay' : 'customersAll', { n: count(rows.length), all: count(all) });
  return { says: line, cards: [element('div', { class: 'card wide long' }, ...customersTable(rows))] };
}
