/* The page: builds the sections, switches language and theme, prepares for print. The attributes data-charts and
   data-error of the root element say what was drawn and what went wrong, for tests. */
const SECTIONS = {
  grades: gradesSection, movement: movementSection, concentration: concentrationSection, matrix: matrixSection, rfm: rfmSection,
  clusters: clustersSection, churn: churnSection, clv: clvSection, alerts: alertsSection, customers: customersSection,
  quality: qualitySection, run: runSection
};
const root = document.documentElement;

function intro() {
  const policy = DATA.policy;
  const lead = say('lead', { customers: count(totalsNow()?.customers), policy: policy.title[language], version: policy.version }) + ' '
    + (DATA.previous ? say('compared', { date: day(DATA.previous) }) : say('first'));
  return [element('h1', {}, say('title', { date: day(DATA.as_of) })), element('p', { class: 'lead' }, lead), tiles()];
}

function section(name) {
  const content = SECTIONS[name]();
  return element('section', { id: name, 'aria-labelledby': 'h-' + name }, element('h2', { id: 'h-' + name }, say(name)),
    content.says ? element('p', { class: 'says' }, content.says) : null, element('div', { class: 'cards' }, ...content.cards));
}

function render() {
  const at = scrollY;
  CHARTS.splice(0).forEach(entry => entry.chart?.dispose());
  root.lang = language;
  root.dataset.theme = theme;
  document.title = 'Gradus · ' + say('title', { date: day(DATA.as_of) });
  document.getElementById('language').textContent = say('other');
  document.getElementById('theme').textContent = say(theme === 'dark' ? 'light' : 'dark');
  document.getElementById('sections').replaceChildren(...Object.keys(SECTIONS).map(name => element('a', { href: '#' + name }, say(name))));
  document.getElementById('page').replaceChildren(...intro(), ...Object.keys(SECTIONS).map(section), element('p', { class: 'foot' }, say('foot')));
  drawAll();
  root.dataset.charts = CHARTS.filter(entry => entry.box.querySelector('svg path, svg rect')).length;
  scrollTo(0, at);
}

function print(on) {
  root.classList.toggle('printing', on);
  if (on) root.dataset.screen = theme;
  theme = on ? 'light' : root.dataset.screen;
  render();
}

document.getElementById('language').addEventListener('click', () => { language = language === 'zh' ? 'en' : 'zh'; render(); });
document.getElementById('theme').addEventListener('click', () => { theme = theme === 'dark' ? 'light' : 'dark'; render(); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', event => { theme = event.matches ? 'dark' : 'light'; render(); });
addEventListener('beforeprint', () => print(true));
addEventListener('afterprint', () => print(false));
const asked = new URLSearchParams(location.hash.slice(1));
if (asked.has('lang')) language = asked.get('lang') === 'zh' ? 'zh' : 'en';
if (asked.has('theme')) theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
render();
