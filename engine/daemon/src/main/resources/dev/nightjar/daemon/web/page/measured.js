/** What a run has measured over time, drawn by uPlot; the values stand below for whoever reads rather than looks. */
import {el, code} from '/assets/dom.js';
import {bytes, clock, count, duration, ms, plural} from '/assets/figures.js';
import {empty, note, section, table} from '/assets/parts.js';
import uPlot from '/assets/uplot.js';

const ROWS = 500;
const MEMORY = ['resident', 'heap_used', 'heap_committed', 'non_heap_used'];
const isCount = name => /^(gc_|threads)/.test(name);

/** The colours of the theme as they are at the moment: the canvas knows none of CSS's variables. */
function colours(box) {
  const probe = el('span', {});
  box.append(probe);
  const found = ['c1', 'c2', 'c3', 'c4', 'muted', 'line'].map(name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return {series: found.slice(0, 4), text: found[4], grid: found[5]};
}

function draw(box, points, names, figure, start) {
  const shade = colours(box), font = '12px system-ui, sans-serif';
  const steps = figure === bytes ? Array.from({length: 50}, (_, i) => 2 ** i) : undefined;
  const axis = values => ({stroke: shade.text, font, grid: {stroke: shade.grid, width: 1}, ticks: {stroke: shade.grid, width: 1}, values});
  const plot = new uPlot({
    width: Math.max(240, box.clientWidth), height: 230, cursor: {y: false}, legend: {live: true},
    scales: {x: {time: false}, y: {range: (u, low, high) => [0, Math.max(1, high * 1.08)]}},
    axes: [axis((u, all) => all.map(duration)), {...axis((u, all) => all.map(figure)), size: 78, ...(steps ? {incrs: steps} : {})}],
    series: [{label: 'after', value: (u, v) => v === null ? '–' : duration(v)}, ...names.map((name, i) => ({label: name.replaceAll('_', ' '), stroke: shade.series[i % 4], width: 2, dash: i ? [6, 3 + i * 2] : [], points: {show: points.length < 60, size: 5, stroke: shade.series[i % 4], fill: shade.series[i % 4]}, value: (u, v) => v === null || v === undefined ? '–' : figure(v)}))],
  }, [points.map(point => (ms(point.at) - start) / 1000), ...names.map(name => points.map(point => point.values[name] ?? null))], box);
  return plot;
}

/** A curve that follows its room and the theme. */
function chart(points, names, figure, start) {
  const box = el('div', {class: 'chart', role: 'img', 'aria-label': `${names.join(', ')} over time; the values are in the table below`});
  let plot = null;
  const again = () => {
    if (!box.isConnected || box.clientWidth < 60) return;
    if (plot) plot.destroy();
    plot = draw(box, points, names, figure, start);
  };
  new ResizeObserver(() => plot ? plot.setSize({width: Math.max(240, box.clientWidth), height: 230}) : again()).observe(box);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const themed = () => {
    if (box.isConnected) {
      again();
      return;
    }
    removeEventListener('themechange', themed);
    dark.removeEventListener('change', themed);
  };
  addEventListener('themechange', themed);
  dark.addEventListener('change', themed);
  return box;
}

function one(series, points, run, memory) {
  const names = [...new Set(points.flatMap(point => Object.keys(point.values)))], isMemory = series === 'memory';
  const drawn = isMemory ? MEMORY.filter(name => names.includes(name)) : names.slice(0, 4);
  const figure = name => isMemory && !isCount(name) ? bytes : count;
  return section('series-' + series.replace(/\W/g, '-'), isMemory ? 'Memory' : series, drawn.length ? chart(points, drawn, figure(drawn[0]), ms(run.started)) : null,
    isMemory && memory ? note(`${plural(memory.count, 'snapshot')}: first ${bytes(memory.first)}, last ${bytes(memory.last)}, change ${memory.change > 0 ? '+' : ''}${bytes(memory.change)}, peak ${bytes(memory.peak)}, average ${bytes(memory.average)}.`) : null,
    el('details', {}, el('summary', {}, 'Values'), table('Values of ' + series, ['Time', 'Label', 'Step', ...names.map(name => name.replaceAll('_', ' '))], points.slice(0, ROWS).map(point => [clock(ms(point.at)), point.label, code(point.step), ...names.map(name => point.values[name] === undefined ? '' : figure(name)(point.values[name]))]), ['', '', '', ...names.map(() => 'n')]),
      points.length > ROWS ? note(`The first ${count(ROWS)} of ${count(points.length)}.`) : null));
}

/** All series of a run. */
export function measured(run) {
  const by = Map.groupBy(run.measured || [], point => point.series);
  if (!by.size) return empty('This run has measured nothing; a step `memory.snapshot` would.');
  return el('div', {class: 'halves'}, [...by].slice(0, 12).map(([series, points]) => one(series, points, run, run.summary && run.summary.memory || run.memory)),
    run.measured_left_out ? note(`${count(run.measured_left_out)} further points are left out.`) : null);
}
