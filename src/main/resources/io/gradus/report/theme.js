/* Colours of the page and the charts: one hue, an ordered ramp for grades, and colours of clusters that the colour-blind can tell. */
let theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

const RAMPS = {
  light: ['#0b3d4a', '#0f6274', '#3c93a5', '#8cc3ce', '#c3cdd1'],
  dark: ['#d5f1f6', '#8fd5e2', '#4fa9bb', '#2f7382', '#46545a']
};
const CLUSTERS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#8a7f00', '#7b61c9', '#7f8c92', '#a0522d'];
const SHAPES = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow', 'roundRect', 'circle', 'rect', 'triangle'];

function mixed(a, b, part) {
  const at = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  return '#' + [0, 1, 2].map(i => Math.round(at(a, i) + (at(b, i) - at(a, i)) * part).toString(16).padStart(2, '0')).join('');
}

/** The colour of a grade: its place in the ladder on the ramp. */
function gradeColour(code) {
  const ramp = RAMPS[theme];
  const last = Math.max(1, GRADES.length - 1);
  const place = Math.min(gradeOrder(code), last) / last * (ramp.length - 1);
  const at = Math.min(Math.floor(place), ramp.length - 2);
  return mixed(ramp[at], ramp[at + 1], place - at);
}

/** Black or white, whichever reads better on a colour. */
function inkOn(colour) {
  const part = i => parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);
  return part(0) * .299 + part(1) * .587 + part(2) * .114 > 140 ? '#10181b' : '#ffffff';
}

const css = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const shades = () => [css('accent-soft'), mixed(css('accent-soft'), css('accent'), .5), css('accent')];

function gradeMark(code) {
  const mark = element('span', { class: 'grade' }, code);
  const colour = gradeColour(code);
  mark.style.background = colour;
  mark.style.color = inkOn(colour);
  return mark;
}
