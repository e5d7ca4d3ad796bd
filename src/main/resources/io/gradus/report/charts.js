/* Charts: each function returns the ECharts option of one picture. */
const CHARTS = [];

/** Draws a chart into a card; drawn anew when language or theme change. */
function draw(card, height, option, compactHeight) {
  const narrow = innerWidth <= 640 && compactHeight;
  const box = element('div', { class: 'chart' });
  box.style.height = (narrow ? compactHeight : height) + 'px';
  card.append(box);
  CHARTS.push({ box, option });
}

const fitting = new ResizeObserver(changes => changes.forEach(change => echarts.getInstanceByDom(change.target)?.resize()));

function drawAll() {
  fitting.disconnect();
  for (const entry of CHARTS) {
    entry.chart = echarts.init(entry.box, null, { renderer: 'svg', locale: language.toUpperCase() });
    entry.chart.setOption(entry.option);
    fitting.observe(entry.box);
  }
}

const text = (more = {}) => ({ color: css('soft'), fontSize: 12, ...more });
const base = more => ({
  animation: false,
  aria: { enabled: true },
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: css('ink') },
  tooltip: { renderMode: 'richText', confine: true, backgroundColor: css('paper'), borderColor: css('line'), textStyle: { color: css('ink'), fontSize: 12 } },
  grid: { left: 4, right: 18, top: 30, bottom: 4, containLabel: true },
  legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 10, itemGap: 14, textStyle: text(), type: 'scroll', pageTextStyle: text(), pageIconColor: css('soft'), pageIconInactiveColor: css('line') },
  ...more
});
const axis = more => ({
  axisLine: { lineStyle: { color: css('line') } }, axisTick: { show: false },
  axisLabel: text(), splitLine: { lineStyle: { color: css('line') } }, nameTextStyle: text(), ...more
});
const titled = (name, gap = 26) => ({ name, nameLocation: 'middle', nameGap: gap });
const whole = value => decimal(value, 0);

/** Two bars per name: the share of customers and the share of revenue, in percent. */
function shareBars(names, customers, revenue) {
  const bars = (name, values, color) => ({
    name, type: 'bar', barGap: '15%', barCategoryGap: '38%', itemStyle: { color, borderRadius: [0, 2, 2, 0] },
    label: { show: true, position: 'right', color: css('soft'), fontSize: 11, formatter: p => decimal(p.value, 1) },
    data: values.map(v => 100 * (v ?? 0))
  });
  return base({
    grid: { left: 4, right: 42, top: 30, bottom: 4, containLabel: true },
    tooltip: { ...base().tooltip, valueFormatter: v => decimal(v, 1) + ' %' },
    xAxis: axis({ type: 'value', axisLabel: { show: false }, splitLine: { show: false } }),
    yAxis: axis({ type: 'category', data: names, inverse: true, axisLine: { show: false }, axisLabel: text({ color: css('ink') }) }),
    series: [
      bars(say('customerShare'), customers, theme === 'dark' ? '#5b6a71' : '#b9c3c8'),
      bars(say('revenueShare'), revenue, css('accent'))
    ]
  });
}

/** Bars of counts stacked by a name with its colour. */
function stackedBars(categories, parts, xName) {
  return base({
    tooltip: { ...base().tooltip, trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: count },
    grid: { left: 4, right: 10, top: 30, bottom: xName ? 26 : 4, containLabel: true },
    xAxis: axis({ type: 'category', data: categories, ...(xName ? titled(xName) : {}), axisLabel: text({ hideOverlap: true }) }),
    yAxis: axis({ type: 'value', axisLabel: text({ formatter: count }), splitNumber: 4 }),
    series: parts.map(part => ({
      name: part.name, type: 'bar', stack: 'all', barCategoryGap: '22%', itemStyle: { color: part.colour }, data: part.values
    }))
  });
}

function sankeyOption(rows) {
  const side = (row, end) => row[end + '_grade'] ?? (end === 'from' ? 'fresh' : 'gone');
  const label = code => (code === 'fresh' || code === 'gone' ? say(code) : code);
  const nodes = end => [...new Set(rows.map(r => side(r, end)))]
    .sort((a, b) => gradeOrder(a) - gradeOrder(b))
    .map(code => ({
      name: end + ':' + code, depth: end === 'from' ? 0 : 1,
      itemStyle: { color: gradeOrder(code) < GRADES.length ? gradeColour(code) : css('faint'), borderWidth: 0 },
      label: { position: end === 'from' ? 'right' : 'left' }
    }));
  const short = name => label(name.split(':')[1]);
  const sum = (name, end) => rows.filter(r => end + ':' + side(r, end) === name).reduce((s, r) => s + r.customers, 0);
  return base({
    tooltip: {
      ...base().tooltip,
      formatter: p => p.dataType === 'edge'
        ? short(p.data.source) + ' → ' + short(p.data.target) + '\n' + count(p.value) + ' ' + say('customers') + '\n' + money(p.data.revenue, true)
        : short(p.name) + '  ' + count(p.value)
    },
    series: [{
      type: 'sankey', left: 2, right: 2, top: 8, bottom: 8, nodeWidth: 12, nodeGap: 10, draggable: false, layoutIterations: 0,
      label: { color: css('ink'), fontSize: 12, formatter: p => short(p.name) + '  ' + count(sum(p.name, p.name.split(':')[0])) },
      lineStyle: { color: 'source', opacity: theme === 'dark' ? .45 : .35, curveness: .5 },
      emphasis: { focus: 'adjacency' },
      data: [...nodes('from'), ...nodes('to')],
      links: rows.map(r => ({ source: 'from:' + side(r, 'from'), target: 'to:' + side(r, 'to'), value: r.customers, revenue: r.revenue_365d }))
    }]
  });
}

function lorenzOption(points) {
  return base({
    tooltip: { ...base().tooltip, trigger: 'axis', valueFormatter: v => decimal(v, 1) + ' %' },
    grid: { left: 22, right: 18, top: 30, bottom: 26, containLabel: true },
    xAxis: axis({ type: 'value', min: 0, max: 100, ...titled(say('lorenzX')), splitLine: { show: false } }),
    yAxis: axis({ type: 'value', min: 0, max: 100, ...titled(say('lorenzY'), 32) }),
    series: [
      { name: say('revenueShare'), type: 'line', showSymbol: false, lineStyle: { width: 2.5, color: css('accent') }, itemStyle: { color: css('accent') }, areaStyle: { color: css('accent-soft') }, data: points },
      { name: say('equality'), type: 'line', showSymbol: false, lineStyle: { width: 1, type: 'dashed', color: css('faint') }, itemStyle: { color: css('faint') }, data: [[0, 0], [100, 100]] }
    ]
  });
}

/** Cells of a grid, shaded by a figure; each cell carries its own label. */
function gridOption(columns, rows, cells, options = {}) {
  const colours = options.colours || shades();
  const values = cells.map(c => c.shade);
  const top = Math.max(...values, 1e-9);
  const low = options.diverging ? -options.diverging : 0;
  const high = options.diverging || top;
  const colourAt = v => {
    const place = Math.min(1, Math.max(0, (v - low) / (high - low))) * (colours.length - 1);
    const at = Math.min(Math.floor(place), colours.length - 2);
    return mixed(colours[at], colours[at + 1], place - at);
  };
  return base({
    legend: { show: false },
    grid: { left: options.yName ? 22 : 4, right: 4, top: 4, bottom: options.xName ? 26 : 4, containLabel: true },
    tooltip: { ...base().tooltip, formatter: p => p.data.tip },
    xAxis: axis({ type: 'category', data: columns, axisLine: { show: false }, ...(options.xName ? titled(options.xName) : {}), axisLabel: text({ interval: 0 }) }),
    yAxis: axis({ type: 'category', data: rows, inverse: true, axisLine: { show: false }, ...(options.yName ? titled(options.yName, options.yGap || 26) : {}), axisLabel: text({ interval: 0, width: options.labelWidth, overflow: 'break' }) }),
    series: [{
      type: 'custom',
      encode: { x: 0, y: 1 },
      data: cells.map(c => ({ value: [c.x, c.y, c.shade], tip: c.tip, label: c.label })),
      renderItem: (params, api) => {
        const cell = cells[params.dataIndex];
        const [x, y] = api.coord([cell.x, cell.y]);
        const [w, h] = api.size([1, 1]);
        const fill = colourAt(cell.shade);
        return {
          type: 'rect', shape: { x: x - w / 2 + 1, y: y - h / 2 + 1, width: w - 2, height: h - 2, r: 3 }, style: { fill },
          textConfig: { position: 'inside' },
          textContent: { style: { text: cell.label, fill: inkOn(fill), fontSize: options.fontSize || 12, lineHeight: 16, width: w - 8, overflow: 'break', align: 'center' } }
        };
      }
    }]
  });
}

function clusterMapOption(points, clusters) {
  const place = new Map(clusters.map((c, i) => [c.cluster_key, i]));
  return base({
    grid: { left: 22, right: 18, top: 30, bottom: 26, containLabel: true },
    tooltip: { ...base().tooltip, formatter: p => p.seriesName + '\n' + say('days') + ' ' + count(p.value[0]) + '\n' + say('revenue') + ' ' + money(p.value[1]) },
    xAxis: axis({ type: 'value', min: 0, ...titled(say('days')), splitLine: { show: false } }),
    yAxis: axis({ type: 'log', ...titled(say('revenue'), 44), axisLabel: text({ formatter: v => formatter({ notation: 'compact' }).format(v) }) }),
    series: clusters.map((c, i) => ({
      name: c.cluster_key, type: 'scatter', symbol: SHAPES[i % SHAPES.length], symbolSize: 6,
      itemStyle: { color: CLUSTERS[i % CLUSTERS.length], opacity: .6 },
      data: points.filter(p => place.get(p.cluster_key) === i).map(p => [p.days_since_last, p.spend_365d])
    }))
  });
}

/** Mean prediction against what came, in percent, with the line on which both agree. */
function calibrationOption(points) {
  const most = Math.min(100, Math.ceil(Math.max(10, ...points.flat()) / 10) * 10);
  return base({
    grid: { left: 22, right: 18, top: 30, bottom: 26, containLabel: true },
    tooltip: { ...base().tooltip, formatter: p => say('predicted') + ' ' + decimal(p.value[0], 1) + '\n' + say('actual') + ' ' + decimal(p.value[1], 1) },
    legend: { show: false },
    xAxis: axis({ type: 'value', min: 0, max: most, ...titled(say('predicted')), splitLine: { show: false } }),
    yAxis: axis({ type: 'value', min: 0, max: most, ...titled(say('actual'), 32) }),
    series: [
      { type: 'line', showSymbol: false, silent: true, lineStyle: { width: 1, type: 'dashed', color: css('faint') }, data: [[0, 0], [most, most]] },
      { type: 'line', symbol: 'circle', symbolSize: 8, lineStyle: { width: 1.5, color: css('accent') }, itemStyle: { color: css('accent') }, data: points }
    ]
  });
}

function stagesOption(stages) {
  return base({
    grid: { left: 4, right: 48, top: 4, bottom: 4, containLabel: true },
    tooltip: { ...base().tooltip, formatter: p => p.name + '\n' + decimal(p.value, 1) + ' s' + (known(stages[p.dataIndex].rows) ? '\n' + count(stages[p.dataIndex].rows) + ' ' + say('rows') : '') },
    xAxis: axis({ type: 'value', axisLabel: { show: false }, splitLine: { show: false } }),
    yAxis: axis({ type: 'category', inverse: true, data: stages.map(s => s.stage), axisLine: { show: false }, axisLabel: text({ color: css('ink'), interval: 0 }) }),
    series: [{
      type: 'bar', barCategoryGap: '35%', itemStyle: { color: css('accent'), borderRadius: [0, 2, 2, 0] },
      label: { show: true, position: 'right', color: css('soft'), fontSize: 11, formatter: p => decimal(p.value, 1) },
      data: stages.map(s => s.seconds)
    }]
  });
}
