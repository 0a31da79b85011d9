'use strict';
(() => {
/* Everything a run said is written as text (textContent), never as markup. */
const run = JSON.parse(document.getElementById('data').textContent);
const svgSpace = document.getElementById('svg').namespaceURI;
const main = document.getElementById('content');
const nav = document.createElement('div');
document.getElementById('nav').append(nav);

function put(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'style') Object.assign(element.style, value);
    else if (name === 'on') Object.entries(value).forEach(([event, does]) => element.addEventListener(event, does));
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter(one => one !== null && one !== undefined && one !== ''));
  return element;
}
const el = (tag, attributes, ...children) => put(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => put(document.createElementNS(svgSpace, tag), attributes, children);
const section = (id, title, ...children) => {
  nav.append(el('a', {href: '#' + id}, title));
  return el('section', {id, 'aria-labelledby': id + '-h'}, el('h2', {id: id + '-h'}, title), ...children);
};

/* Numbers as the terminal prints them. */
const count = n => Number(n).toLocaleString('en-US');
const digits = n => n < 9.995 ? String(+n.toFixed(2)) : n < 99.95 ? String(+n.toFixed(1)) : n.toFixed(0);
function duration(s) {
  if (s < 1) return digits(Math.max(0, s) * 1000) + ' ms';
  if (s < 59.95) return digits(s) + ' s';
  if (s < 3600) { const whole = Math.max(60, Math.round(s)); return Math.floor(whole / 60) + ' min' + (whole % 60 ? ' ' + whole % 60 + ' s' : ''); }
  const minutes = Math.floor(s / 60);
  return Math.floor(minutes / 60) + ' h' + (minutes % 60 ? ' ' + minutes % 60 + ' min' : '');
}
function bytes(n) {
  let size = Math.abs(n), unit = 0;
  while (size >= 1023.5 && unit < 6) { size /= 1024; unit++; }
  return (n < 0 ? '-' : '') + digits(size) + ' ' + ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'][unit];
}
const ms = text => Date.parse(text);
const some = n => n ? count(n) : '';
const time = text => el('time', {datetime: text, title: text}, new Date(text).toLocaleString([], {dateStyle: 'medium', timeStyle: 'medium'}));
const clock = at => new Date(at).toTimeString().slice(0, 8) + '.' + String(((at % 1000) + 1000) % 1000).padStart(3, '0');
const value = json => typeof json === 'string' ? json : JSON.stringify(json);
const tone = step => step.reused_from ? 'good' : ({succeeded: 'good', failed: 'bad', cancelled: 'warn', skipped: 'idle'})[step.outcome]
  || (run.state === 'unfinished' || !(step.spans || []).length ? 'warn' : 'busy');
const outcome = step => el('span', {class: tone(step)}, step.outcome || (run.state === 'unfinished' ? 'unfinished' : 'running'));
const facts = pairs => el('dl', {class: 'facts'}, pairs.filter(pair => pair).map(([name, what]) => [el('dt', {}, name), el('dd', {}, what)]));
const table = (headings, rows, classes) => el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': headings[0] + ' table'}, el('table', {},
  el('thead', {}, el('tr', {}, headings.map((name, i) => el('th', {scope: 'col', class: classes[i] || ''}, name)))),
  el('tbody', {}, rows.map(cells => el('tr', {}, cells.map((cell, i) => el('td', {class: classes[i] || ''}, cell)))))));

/* Head */
const summary = run.summary;
const ended = run.ended || (run.state === 'unfinished' ? run.last_event : run.exported);
const took = summary ? summary.took : (ms(ended) - ms(run.started)) / 1000;
const stateTone = run.outcome ? tone(run) : run.state === 'unfinished' ? 'warn' : 'busy';
const top = run.steps.filter(step => !step.nested);
const plural = (n, noun) => count(n) + ' ' + noun + (n === 1 ? '' : 's');
document.getElementById('head').append(
  el('div', {class: 'title'}, el('h1', {}, run.workflow), el('span', {class: 'badge ' + stateTone}, run.outcome || run.state)),
  facts([
    ['Run', el('code', {}, run.run)],
    ['File', el('code', {}, run.file)],
    ['Time', [time(run.started), run.ended ? [' to ', time(run.ended)] : ', last heard of ', run.ended ? null : time(run.last_event || run.started), ', ', el('b', {}, duration(took)), run.ended ? '' : ' so far']],
    run.trigger && Object.keys(run.trigger).length ? ['Trigger', el('code', {}, value(run.trigger))] : null,
    run.rerun ? ['Rerun of', [el('code', {}, run.rerun.run), run.rerun.from ? ', from ' + run.rerun.from + ' on' : '']] : null,
    ...run.queued.map(wait => ['Queued', 'in ' + wait.pool + ' (limit ' + wait.limit + ') for ' + duration((ms(wait.to || ended) - ms(wait.from)) / 1000) + (wait.behind.length ? ', behind ' + wait.behind.join(', ') : '')]),
    ...run.pauses.map(pause => ['Resumed', [time(pause.to), ' by ' + pause.owner + ', after ' + duration((ms(pause.to) - ms(pause.from)) / 1000)]]),
    ...run.cancel_requests.map(cancel => ['Cancelled', [time(cancel.at), ': ' + cancel.reason]]),
    run.owner && run.state !== 'ended' ? ['Owner', run.owner] : null,
  ]));
const total = name => top.reduce((sum, step) => sum + step.metrics[name], 0);
const tile = (figure, label, kind) => el('div', {class: 'tile'}, el('b', {class: kind || ''}, figure), el('span', {}, label));
const failedSteps = top.filter(step => step.outcome === 'failed').length;
const memory = summary && summary.memory || run.memory;
const retried = run.steps.reduce((sum, step) => sum + (step.failed_attempts || 0), 0);
const readRecords = Math.max(0, ...top.map(step => Math.max(step.metrics.records_in, step.metrics.records_out)));
document.getElementById('head').append(el('div', {class: 'tiles'},
  tile(duration(took), run.ended ? 'taken' : 'so far'),
  tile(count(top.length), 'steps' + (failedSteps ? ', ' + failedSteps + ' failed' : ''), failedSteps ? 'bad' : ''),
  readRecords ? tile(count(readRecords), 'records at most in a step') : null,
  total('rejected') ? tile(count(total('rejected')), 'records rejected', 'warn') : null,
  summary ? tile(digits(summary.success_rate * 100) + ' %', 'of ' + plural(summary.operations, 'operation') + ' succeeded') : null,
  retried ? tile(count(retried), retried === 1 ? 'failed attempt' : 'failed attempts', 'warn') : null,
  memory ? tile(bytes(memory.peak), 'peak of resident memory') : null));

/* Failures: the run's own first, each once, however many steps passed it on. */
const told = new Set();
const failures = [run.failure, ...run.steps.map(step => step.failure)].filter(one => {
  const key = one && one.step + '\n' + one.message;
  return one && !told.has(key) && told.add(key);
});
if (failures.length) {
  const shown = failures.slice(0, 200).map(one => el('div', {class: 'failure'},
    el('p', {}, el('b', {class: 'bad'}, one.code), one.step ? [' in step ', el('code', {}, one.step)] : '', one.place ? [el('span', {class: 'muted'}, ' at '), el('code', {}, one.place)] : ''),
    el('pre', {}, one.message),
    one.trace ? el('details', {}, el('summary', {}, 'Stack trace'), el('pre', {}, one.trace)) : null));
  const box = section('failures', failures.length === 1 ? 'Failure' : 'Failures', shown.slice(0, 3),
    shown.length > 3 ? el('details', {}, el('summary', {}, plural(failures.length - 3, 'further failure')), shown.slice(3)) : null);
  box.classList.add('bad-edge');
  main.append(box);
}
if (run.warnings.length) main.append(section('warnings', 'Warnings', table(['Time', 'Step', 'Message'],
  run.warnings.map(one => [clock(ms(one.at)), el('code', {}, one.step), one.message]), ['', '', 'wide'])));

/* Timeline */
const pieces = run.axis.map(piece => ({...piece, from: ms(piece.from), to: ms(piece.to)}));
function x(at) {
  for (const piece of pieces) if (at < piece.to) {
    const share = piece.to > piece.from ? (at - piece.from) / (piece.to - piece.from) : 0;
    return piece.start + Math.min(1, Math.max(0, share)) * (piece.end - piece.start);
  }
  return 1;
}
const pc = share => (share * 100).toFixed(3) + '%';
const place = (from, to) => ({left: pc(x(from)), width: pc(Math.max(0, x(to) - x(from)))});
const endOf = pieces[pieces.length - 1].to;
function ticks(most) {
  const worked = pieces.filter(piece => !piece.cut).reduce((sum, piece) => sum + piece.to - piece.from, 0);
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400].map(s => s * 1000)];
  const step = steps.find(one => worked / one <= most) || Math.ceil(worked / most / 86400000) * 86400000;
  const found = [];
  for (let at = 0; at <= worked; at += step) {
    let left = at;
    for (const piece of pieces) {
      if (piece.cut) continue;
      if (left <= piece.to - piece.from) { found.push([x(piece.from + left), at / 1000]); break; }
      left -= piece.to - piece.from;
    }
  }
  return found;
}
const marks = ticks(innerWidth < 700 ? 3 : innerWidth < 1800 ? 7 : 12);
const cuts = () => pieces.filter(piece => piece.cut).map(piece => el('div', {class: 'cut', title: 'nobody had the run for ' + duration((piece.to - piece.from) / 1000) + '; not to scale', style: {left: pc(piece.start), width: pc(piece.end - piece.start)}}));
const track = (...bars) => el('div', {class: 'track lines'}, marks.map(([at]) => el('div', {class: 'tick', style: {left: pc(at)}})), cuts(), bars);
const worked = step => step.spans.reduce((sum, span) => sum + (span.to ? ms(span.to) : endOf) - ms(span.from), 0) / 1000;
const spanBars = step => step.spans.map(span => el('div', {
  class: 'bar ' + tone(step) + (step.reused_from ? ' reused' : '') + (span.to ? '' : ' open'),
  title: step.step + ': ' + duration(((span.to ? ms(span.to) : endOf) - ms(span.from)) / 1000) + (span.interrupted ? ', interrupted' : ''),
  style: place(ms(span.from), span.to ? ms(span.to) : endOf)}));
const waitBars = step => (step.attempts || []).filter(one => one.next_in !== undefined && one.task === undefined).map(one => el('div', {
  class: 'bar wait', title: 'waited ' + duration(one.next_in) + ' before attempt ' + (one.attempt + 1), style: place(ms(one.at), ms(one.at) + one.next_in * 1000)}));
const missMarks = step => (step.attempts || []).map(one => el('div', {class: 'miss', title: 'attempt ' + one.attempt + (one.task === undefined ? '' : ' of task ' + one.task) + ' failed: ' + one.failure.message.slice(0, 300), style: {left: pc(x(ms(one.at)))}}));
function note(step) {
  const parts = [];
  if (step.reused_from) parts.push(step.reused_from === 'cache' ? 'cached' : 'reused');
  else if (step.outcome === 'skipped' || step.outcome === 'cancelled') parts.push(step.outcome);
  if (step.spans.length && !step.reused_from) parts.push(duration(worked(step)));
  if (step.outcome === 'failed') parts.push('failed');
  if (!step.outcome && step.spans.length) parts.push(run.state === 'unfinished' ? 'unfinished' : 'so far');
  if (step.failed_attempts && step.outcome !== 'failed') parts.push(step.failed_attempts === 1 ? '1 retry' : count(step.failed_attempts) + ' retries');
  return parts.join(', ');
}
const stageOf = new Map(run.stages.map(stage => [stage.steps[0], stage]));
function lanes(stage) {
  const free = [], bars = [];
  const start = Math.min(...stage.first_tasks.map(task => ms(task.from))), end = Math.max(start + 1, ...stage.first_tasks.map(task => ms(task.to)));
  const part = at => (at - start) / (end - start);
  for (const task of stage.first_tasks.slice().sort((a, b) => ms(a.from) - ms(b.from))) {
    const from = ms(task.from), to = ms(task.to);
    let lane = free.findIndex(end => end <= from);
    if (lane < 0) lane = free.length;
    free[lane] = to;
    bars.push(el('div', {class: 'bar task ' + (task.cached ? 'reused' : 'good'), title: 'task ' + task.task + ': ' + duration((to - from) / 1000) + ', ' + plural(task.records, 'record') + (task.cached ? ', from the cache' : ''), style: {left: pc(part(from)), width: pc(part(to) - part(from)), top: lane * 5 + 4 + 'px'}}));
  }
  const rest = stage.done - stage.first_tasks.length;
  return [el('h3', {}, plural(stage.tasks, 'task') + ', ' + count(stage.done) + ' done' + (stage.cached ? ', ' + count(stage.cached) + ' from the cache' : '') + (rest > 0 ? '; the first ' + count(stage.first_tasks.length) + ' are drawn' : '') + ', over ' + duration((end - start) / 1000)),
    el('div', {class: 'lanes', style: {height: free.length * 5 + 8 + 'px'}}, bars)];
}
function more(step) {
  const m = step.metrics;
  const stage = stageOf.get(step.step);
  return el('div', {class: 'g-more'}, facts([
    step.processor ? ['Uses', el('code', {}, step.processor)] : null,
    ['Outcome', [outcome(step), step.reason ? ': ' + step.reason : '']],
    step.reused_from ? ['Taken from', step.reused_from === 'cache' ? 'the cache' : el('code', {}, step.reused_from)] : null,
    step.because ? ['Condition', el('code', {}, value(step.because))] : null,
    m.records_in || m.records_out ? ['Records', count(m.records_in) + ' in, ' + count(m.records_out) + ' out' + (m.rejected ? ', ' + count(m.rejected) + ' rejected' : '')] : null,
    m.bytes_in || m.bytes_out ? ['Bytes', bytes(m.bytes_in) + ' in, ' + bytes(m.bytes_out) + ' out'] : null,
    m.busy ? ['Busy', duration(m.busy)] : null,
    Object.keys(m.counters).length ? ['Counters', Object.entries(m.counters).map(([name, n]) => name + ' ' + count(n)).join(', ')] : null,
    step.waited ? ['Waited', duration(step.waited) + ' between attempts'] : null,
    step.cache ? ['Cache', count(step.cache.hits) + ' hits, ' + count(step.cache.misses) + ' misses' + step.cache.why.map(miss => '; ' + (miss.source ? miss.source + ': ' : '') + miss.field + (miss.was !== undefined ? ' was ' + miss.was + ', is ' + miss.is : '')).join('')] : null,
    step.resolved ? ['A person said', step.resolved] : null,
    step.bodies ? ['Nested steps ran', plural(step.bodies, 'time') + (step.failed_bodies ? ', ' + count(step.failed_bodies) + ' failed' : '')] : null,
    ...Object.entries(step.outputs).slice(0, 50).map(([name, one]) => ['Output ' + name, el('code', {}, value(one).slice(0, 4000))]),
  ]), stage && stage.first_tasks.length ? lanes(stage) : null,
  step.attempts ? [el('h3', {}, 'Failed attempts'), table(['Time', 'Attempt', 'Why', 'Next in'], step.attempts.map(one => [clock(ms(one.at)), (one.task === undefined ? '' : 'task ' + one.task + ', ') + one.attempt, el('pre', {}, one.failure.message), one.next_in === undefined ? '' : duration(one.next_in)]), ['', '', 'wide', 'n']),
    step.failed_attempts > step.attempts.length ? el('p', {class: 'note'}, 'The first ' + count(step.attempts.length) + ' of ' + count(step.failed_attempts) + '.') : null] : null);
}
const topOf = path => { const block = /^(on_failure|on_success|finally)\./.exec(path); const start = block ? block[0].length : 0; const end = path.slice(start).search(/[.[]/); return end < 0 ? path : path.slice(0, start + end); };
const children = new Map();
for (const step of run.steps) if (step.nested) { const key = topOf(step.step); children.set(key, (children.get(key) || []).concat([step])); }
function row(step, depth) {
  const inner = children.get(step.step) || [];
  const name = step.nested ? step.step.slice(topOf(step.step).length).replace(/^\./, '') : step.step;
  const open = el('button', {class: 'g-step', 'aria-expanded': 'false', title: step.step}, name);
  let details = null, nestedRows = null;
  const twist = inner.length ? el('button', {class: 'twist', 'aria-expanded': 'false', 'aria-label': plural(inner.length, 'nested step') + ' of ' + step.step}) : el('span', {class: 'twist-none'});
  const own = el('div', {}, el('div', {class: 'g-row'},
    el('div', {class: 'g-name', style: {paddingLeft: depth * 1.2 + 'rem'}}, twist, open),
    track(spanBars(step), waitBars(step), missMarks(step)),
    el('div', {class: 'g-note ' + (step.outcome === 'failed' ? 'bad' : '')}, note(step), inner.length ? el('div', {}, plural(inner.length, 'nested step')) : null)));
  open.addEventListener('click', () => {
    if (!details) own.children[0].after(details = more(step)); else details.hidden = !details.hidden;
    open.setAttribute('aria-expanded', String(!details.hidden));
  });
  if (inner.length) twist.addEventListener('click', () => {
    if (!nestedRows) own.append(nestedRows = el('div', {}, inner.slice(0, 500).map(one => row(one, depth + 1)), inner.length > 500 ? el('p', {class: 'note'}, 'and ' + count(inner.length - 500) + ' more') : null)); else nestedRows.hidden = !nestedRows.hidden;
    twist.setAttribute('aria-expanded', String(!nestedRows.hidden));
  });
  return own;
}
const queueRow = run.queued.length ? el('div', {class: 'g-row'}, el('div', {class: 'g-name'}, el('span', {class: 'twist-none'}), el('span', {class: 'muted'}, 'waited for its turn')),
  track(run.queued.map(wait => el('div', {class: 'bar wait', style: place(ms(wait.from), wait.to ? ms(wait.to) : endOf)}))), el('div', {class: 'g-note'})) : null;
const sign = (kind, text) => el('span', {}, el('i', {}, el('span', {class: kind})), text);
const used = (test, ...rest) => test ? sign(...rest) : null;
main.append(section('timeline', 'Timeline',
  el('div', {class: 'gantt'},
    el('div', {class: 'g-row g-axis', 'aria-hidden': 'true'}, el('div', {class: 'g-name'}), el('div', {class: 'track'}, marks.map(([at, s]) => el('span', {class: at > 0.9 ? 'end' : '', style: {left: pc(at)}}, s ? duration(s) : '0'))), el('div', {class: 'g-note'})),
    queueRow, top.map(step => row(step, 0))),
  el('div', {class: 'legend'},
    used(top.some(step => step.outcome === 'succeeded' && !step.reused_from), 'bar good', 'succeeded'), used(run.steps.some(step => step.outcome === 'failed'), 'bar bad', 'failed'),
    used(run.steps.some(step => !step.outcome), 'bar ' + (run.state === 'unfinished' ? 'warn' : 'busy'), run.state === 'unfinished' ? 'unfinished' : 'running'),
    used(run.steps.some(step => step.reused_from), 'bar reused', 'taken over'), used(run.steps.some(step => step.waited) || run.queued.length, 'bar wait', 'waited'),
    used(retried, 'miss', 'an attempt failed'), used(pieces.some(piece => piece.cut), 'cut', 'nobody had the run, not to scale')),
  el('p', {class: 'note'}, 'A step’s name opens what else is known of it.', run.nested_left_out ? ' Of the nested steps ' + count(run.nested_left_out) + ' more are counted below and not drawn.' : '')));

/* Steps */
const lineOf = new Map((summary ? summary.steps : []).map(line => [line.step, line]));
const rate = m => { const n = Math.max(m.records_in, m.records_out); return n && m.took ? count(Math.round(n / m.took)) : ''; };
main.append(section('steps', 'Steps', table(['Step', 'Uses', 'Outcome', 'In', 'Out', 'Rejected', 'Time', 'Records/s', 'Bytes in', 'Bytes out', 'Tries', 'Batch p50', 'p99', 'max'],
  top.map(step => { const m = step.metrics, b = (lineOf.get(step.step) || {}).batches;
    return [el('code', {}, step.step), el('code', {}, step.processor), outcome(step), some(m.records_in), some(m.records_out), some(m.rejected), m.attempts && step.outcome ? duration(m.took) : '', rate(m), m.bytes_in ? bytes(m.bytes_in) : '', m.bytes_out ? bytes(m.bytes_out) : '', some(m.attempts), b ? duration(b.p50) : '', b ? duration(b.p99) : '', b ? duration(b.max) : '']; }),
  ['path', '', '', ...Array(11).fill('n')]),
  run.nested.length ? [el('h3', {}, 'Nested steps, all their items together'), table(['Step', 'Uses', 'Began', 'Succeeded', 'Failed', 'Skipped', 'Records', 'Rejected', 'Failed attempts', 'Time in all', 'Slowest', ''],
    run.nested.map(one => [el('code', {}, one.path), el('code', {}, one.processor), some(one.began), some(one.outcomes.succeeded), some(one.outcomes.failed), some((one.outcomes.skipped || 0) + (one.outcomes.cancelled || 0)), some(one.records), some(one.rejected), some(one.failed_attempts), duration(one.took), one.slowest ? duration(one.slowest.took) : '', one.slowest ? el('code', {}, one.slowest.step) : '']),
    ['path', '', ...Array(9).fill('n'), 'path'])] : null));
if (summary) { const t = summary.operation_times; main.lastChild.append(el('p', {class: 'note'},
  plural(summary.operations, 'operation') + ': ' + count(summary.succeeded) + ' succeeded, ' + count(summary.failed) + ' failed; average ' + duration(summary.average) + ', total ' + duration(summary.total) + (summary.slowest ? ', slowest ' + duration(summary.slowest.took) + ' (' + summary.slowest.step + ')' : '') + ', p50 ' + duration(t.p50) + ', p95 ' + duration(t.p95) + ', p99 ' + duration(t.p99) + ', max ' + duration(t.max) + '.')); }

/* Graph: layers from left to right, like text on as many lines as the width asks for. */
const shape = path => path.replace(/\[\d*\]/g, '');
const byShape = new Map();
for (const step of run.steps) { const key = shape(step.step), before = byShape.get(key); if (!before || step.outcome === 'failed' || !before.outcome) byShape.set(key, step); }
function drawGraph(block, width) {
  const H = 46, GX = 46, GY = 14, ROW = 44, LEFT = 26;
  const index = new Map(block.nodes.map((node, i) => [node.path, i]));
  const layer = block.nodes.map(() => 0);
  block.edges.forEach(edge => { edge.a = index.get(edge.from); edge.b = index.get(edge.to); });
  for (let turn = 0; turn < block.nodes.length; turn++) { let moved = false;
    for (const edge of block.edges) if (edge.a < edge.b && layer[edge.b] <= layer[edge.a]) { layer[edge.b] = layer[edge.a] + 1; moved = true; }
    if (!moved) break; }
  const layers = [];
  layer.forEach((at, i) => (layers[at] = layers[at] || []).push(i));
  const fits = Math.floor((width - 2 * LEFT + GX) / (190 + GX));
  const down = fits < 2, perRow = Math.max(1, fits), widest = Math.max(...layers.map(one => one.length));
  const W = down ? Math.max(104, Math.min(190, (width - LEFT - 8 - (widest - 1) * GY) / widest)) : 190;
  const spot = [], rows = [];
  let y = 12;
  for (let r = 0; r * perRow < layers.length; r++) {
    const part = layers.slice(r * perRow, (r + 1) * perRow), most = down ? 1 : Math.max(...part.map(one => one.length)), height = most * H + (most - 1) * GY;
    part.forEach((nodes, c) => nodes.forEach((i, k) => { spot[i] = down ? {r, c: 0, x: LEFT + k * (W + GY), y}
      : {r, c, x: LEFT + c * (W + GX), y: y + (height - nodes.length * H - (nodes.length - 1) * GY) / 2 + k * (H + GY)}; }));
    rows.push({top: y, bottom: y + height});
    y += height + ROW;
  }
  const wide = down ? LEFT + widest * (W + GY) - GY + 8 : 2 * LEFT + Math.min(perRow, layers.length) * (W + GX) - GX;
  const shown = block.edges.filter(edge => edge.a !== undefined && edge.b !== undefined);
  /* Between rows an edge keeps to the gaps: out on the right, along below its row, in on the left. */
  const path = edge => { const a = spot[edge.a], b = spot[edge.b], ax = a.x + W, ay = a.y + H / 2, by = b.y + H / 2, m = a.x + W / 2, n = b.x + W / 2;
    const low = rows[a.r].bottom + ROW / 2, high = rows[b.r].top - ROW / 2;
    if (down && b.r === a.r + 1) return [`M${m} ${a.y + H}C${m} ${low} ${n} ${low} ${n} ${b.y - 7}`, n, b.y, 90];
    if (down) return [`M${m} ${a.y + H}V${low - 6}Q${m} ${low} ${m - 6} ${low}H14Q8 ${low} 8 ${low + 6}V${high - 6}Q8 ${high} 14 ${high}H${n - 6}Q${n} ${high} ${n} ${high + 6}V${b.y - 7}`, n, b.y, 90];
    if (a.r === b.r && b.c === a.c + 1) { const mid = (ax + b.x) / 2; return [`M${ax} ${ay}C${mid} ${ay} ${mid} ${by} ${b.x - 7} ${by}`, b.x, by, 0]; }
    if (a.r === b.r) { const lift = rows[a.r].top - 9; return [`M${ax} ${ay}h6q6 0 6 -6V${lift + 6}q0 -6 6 -6H${b.x - 22}q6 0 6 6V${by - 6}q0 6 6 6h3`, b.x, by, 0]; }
    const out = `M${ax} ${ay}h6q6 0 6 6V${low - 6}q0 6 -6 6`, into = `V${by - 6}q0 6 6 6h3`;
    return [b.r === a.r + 1 ? `${out}H${b.x - 10}q-6 0 -6 6${into}` : `${out}H14q-6 0 -6 6V${high - 6}${b.c ? `q0 6 6 6H${b.x - 22}q6 0 6 6${into}` : `V${by - 6}q0 6 6 6H${b.x - 7}`}`, b.x, by, 0]; };
  const cut = (text, room) => text.length > room ? text.slice(0, room - 1) + '…' : text;
  return svg('svg', {width: wide, height: y - ROW + 12, viewBox: `0 0 ${wide} ${y - ROW + 12}`, role: 'img', 'aria-label': block.edges.map(edge => edge.to + (edge.reads ? ' reads ' : ' needs ') + edge.from).join('; ') || 'steps that need nothing'},
    shown.map(edge => { const [d, tx, ty, turn] = path(edge); return [svg('path', {class: 'edge' + (edge.reads ? '' : ' needs'), d}), svg('path', {class: 'tip', d: 'M0 0L-8 -4V4Z', transform: `translate(${tx} ${ty}) rotate(${turn})`})]; }),
    block.nodes.map((node, i) => { const step = byShape.get(node.path), kind = step ? tone(step) : 'idle', room = Math.floor((W - 24) / 7.6);
      return svg('g', {class: 'node ' + kind, transform: `translate(${spot[i].x} ${spot[i].y})`}, svg('title', {}, node.path + ' ' + node.uses + ' ' + (step ? step.outcome || '' : 'did not run')),
        svg('rect', {width: W, height: H, rx: 7}), svg('rect', {class: 'edge-mark', x: 0, y: 8, width: 4, height: H - 16, rx: 2}),
        svg('text', {x: 14, y: 20}, cut(node.id, room)), svg('text', {x: 14, y: 36, class: 'sub'}, cut(node.uses, room + 2))); }));
}
if (run.graph.length) {
  const box = section('graph', 'Graph');
  box.classList.add('graph');
  main.append(box);
  const room = el('div', {class: 'blocks'});
  box.append(room, el('p', {class: 'note'}, 'A full line: reads the records of; a broken line: comes after.' + (run.text === undefined ? ' The workflow’s text is lost; drawn from what ran.' : '')));
  let drawnFor = 0;
  const draw = () => { const width = room.clientWidth; if (width < 60 || width === drawnFor) return; drawnFor = width;
    room.replaceChildren(...run.graph.slice(0, 60).map(block => el('div', {class: block.name === 'steps' && !block.around ? 'whole' : ''}, block.name === 'steps' && !block.around ? '' : el('h3', {}, block.around ? [el('code', {}, block.around), block.name === 'steps' ? '' : ' ' + block.name] : block.name), drawGraph(block, width)))); };
  draw();
  new ResizeObserver(draw).observe(room);
}

/* Log: only the lines in view are in the document. */
const levels = ['error', 'warn', 'info', 'debug', 'trace'];
const levelTone = ['bad', 'warn', '', 'muted', 'muted'];
const logTotal = Object.values(run.log_counts).reduce((sum, n) => sum + n, 0);
if (logTotal) {
  const text = el('input', {type: 'search', placeholder: 'Find in the log', 'aria-label': 'Find in the log'});
  const level = el('select', {'aria-label': 'Level'}, levels.map((name, i) => el('option', {value: i, selected: i === 4}, i === 4 ? 'all levels' : i === 0 ? 'errors' : name + ' and above')));
  const step = el('select', {'aria-label': 'Step'}, el('option', {value: -1}, 'all steps'), run.log_steps.slice(0, 2000).map((name, i) => el('option', {value: i}, name || '(the run)')));
  const found = el('span', {class: 'muted', role: 'status'});
  const list = el('ol', {}), filler = el('div', {});
  const view = el('div', {class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Log lines; arrow keys choose one'}, filler, list);
  const one = el('div', {class: 'one', hidden: true, 'aria-live': 'polite'});
  let lines = run.logs, height = 22, chosen = -1;
  const draw = () => {
    const first = Math.max(0, Math.floor(view.scrollTop / height) - 10), last = Math.min(lines.length, first + Math.ceil(view.clientHeight / height) + 20);
    list.style.top = first * height + 'px';
    list.replaceChildren(...lines.slice(first, last).map((line, i) => el('li', {class: first + i === chosen ? 'on' : '', on: {click: () => choose(first + i)}},
      el('span', {class: 't'}, clock(line[0])), el('span', {class: 'l ' + levelTone[line[1]]}, levels[line[1]]), run.log_steps[line[2]] ? el('span', {class: 's'}, run.log_steps[line[2]].slice(0, 80)) : null, el('span', {}, line[3].slice(0, 400).replace(/[\r\n\t]+/g, ' ⏎ ')))));
  };
  const choose = i => {
    chosen = Math.max(0, Math.min(lines.length - 1, i));
    const line = lines[chosen];
    if (!line) return;
    one.hidden = false;
    one.replaceChildren(el('p', {class: 'muted', style: {margin: '0 0 .3rem'}}, new Date(line[0]).toISOString() + ' ' + levels[line[1]] + ' ' + run.log_steps[line[2]]), el('pre', {}, line[3]), ...(line[4] ? [el('pre', {class: 'muted'}, line[4])] : []));
    if (chosen * height < view.scrollTop) view.scrollTop = chosen * height;
    if ((chosen + 1) * height > view.scrollTop + view.clientHeight) view.scrollTop = (chosen + 1) * height - view.clientHeight;
    draw();
  };
  const filter = () => {
    const word = text.value.toLowerCase(), most = +level.value, only = +step.value;
    lines = run.logs.filter(line => line[1] <= most && (only < 0 || line[2] === only) && (!word || line[3].toLowerCase().includes(word) || (line[4] || '').toLowerCase().includes(word) || run.log_steps[line[2]].includes(word)));
    chosen = -1;
    one.hidden = true;
    filler.style.height = lines.length * height + 'px';
    view.style.height = 'min(60vh, 34rem, ' + Math.max(3, run.logs.length + 1) * height + 'px)';
    found.textContent = lines.length === run.logs.length ? plural(lines.length, 'line') : count(lines.length) + ' of ' + plural(run.logs.length, 'line');
    view.scrollTop = 0;
    draw();
  };
  let due = 0;
  text.addEventListener('input', () => { clearTimeout(due); due = setTimeout(filter, 120); });
  level.addEventListener('change', filter);
  step.addEventListener('change', filter);
  view.addEventListener('scroll', draw, {passive: true});
  view.addEventListener('keydown', event => { const by = {ArrowDown: 1, ArrowUp: -1}[event.key]; if (by) { event.preventDefault(); choose(chosen + by); } });
  main.append(section('log', 'Log', el('div', {class: 'tools'}, text, level, step, found), view, one,
    run.logs_left_out ? el('p', {class: 'note'}, 'The run logged ' + plural(logTotal, 'line') + '; this page has the first of them and, of the rest, warnings and errors. ' + count(run.logs_left_out) + ' are left out; ', el('code', {}, 'nightjar runs logs ' + run.run), ' has them all.') : null));
  filter();
  height = list.firstChild ? list.firstChild.getBoundingClientRect().height || 22 : 22;
  filter();
  addEventListener('resize', draw);
}

/* Rejects and memory */
const pair = el('div', {class: 'pair'});
main.append(pair);
if (run.rejects.length) pair.append(section('rejects', 'Rejects', table(['Step', 'File', 'Records'], run.rejects.slice(0, 1000).map(file => [el('code', {}, file.step), el('code', {}, file.path), count(file.records)]), ['path', 'wide', 'n']),
  run.rejects.length > 1000 ? el('p', {class: 'note'}, 'The first 1,000 of ' + count(run.rejects.length) + ' files.') : null,
  Object.entries(run.reject_lines).map(([path, lines]) => el('details', {}, el('summary', {}, 'First lines of ', el('code', {}, path)), el('pre', {}, lines.join('\n')))),
  Object.keys(run.reject_lines).length ? null : el('p', {class: 'note'}, 'The files lie where the run wrote them; each line says why its record was set aside. Exported with --rejects N, this page shows their first lines.')));
else if (total('rejected')) pair.append(section('rejects', 'Rejects', el('p', {class: 'note'}, count(total('rejected')) + ' records were counted and left out; no file was asked for.')));

const seriesOf = new Map();
for (const point of run.measured) seriesOf.set(point.series, (seriesOf.get(point.series) || []).concat([point]));
function chart(points, names, figure) {
  const W = 640, H = 210, L = 62, R = 12, T = 12, B = 26;
  const from = ms(points[0].at), to = Math.max(from + 1, ms(points[points.length - 1].at));
  const peak = Math.max(1, ...points.flatMap(point => names.map(name => point.values[name] || 0)));
  const unit = figure === bytes ? Math.pow(1024, Math.floor(Math.log(peak) / Math.log(1024))) : Math.pow(10, Math.floor(Math.log10(peak)));
  const step = [0.25, 0.5, 1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 250].map(n => n * unit).find(n => peak / n <= 4) || peak / 4;
  const high = Math.ceil(peak / step) * step;
  const px = at => L + (W - L - R) * (x(at) - x(from)) / Math.max(1e-9, x(to) - x(from)), py = n => H - B - (H - T - B) * n / high;
  const grid = [];
  for (let n = 0; n <= high + step / 2; n += step) grid.push(svg('line', {class: 'grid', x1: L, x2: W - R, y1: py(n), y2: py(n)}), svg('text', {x: L - 8, y: py(n) + 4, 'text-anchor': 'end'}, figure(Math.round(n))));
  const start = ms(run.started);
  return el('div', {class: 'chart'}, svg('svg', {viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': names.join(', ') + ' over time; the table below has the values'}, grid,
    svg('text', {x: L, y: H - 7}, duration((from - start) / 1000)), svg('text', {x: W - R, y: H - 7, 'text-anchor': 'end'}, duration((to - start) / 1000)),
    names.map((name, k) => { const there = points.filter(point => point.values[name] !== undefined);
      return [svg('polyline', {class: 'series k' + (k % 4 + 1), points: there.map(point => px(ms(point.at)).toFixed(1) + ',' + py(point.values[name]).toFixed(1)).join(' ')}),
        there.length <= 200 ? there.map(point => svg('circle', {class: 'dot k' + (k % 4 + 1), cx: px(ms(point.at)), cy: py(point.values[name]), r: 3}, svg('title', {}, point.label + ' ' + name + ' ' + figure(point.values[name])))) : null]; })),
    el('div', {class: 'legend'}, names.map((name, k) => el('span', {}, el('span', {class: 'swatch k' + (k % 4 + 1)}), name))));
}
for (const [series, points] of seriesOf) {
  const names = [...new Set(points.flatMap(point => Object.keys(point.values)))];
  const isMemory = series === 'memory';
  const drawn = isMemory ? ['resident', 'heap_used', 'heap_committed', 'non_heap_used'].filter(name => names.includes(name)) : names.slice(0, 4);
  const figure = name => isMemory && !/^(gc_|threads)/.test(name) ? bytes : count;
  pair.append(section('series-' + pair.children.length, isMemory ? 'Memory' : series,
    drawn.length ? chart(points, drawn, figure(drawn[0])) : null,
    isMemory && memory ? el('p', {class: 'note'}, plural(memory.count, 'snapshot') + ': first ' + bytes(memory.first) + ', last ' + bytes(memory.last) + ', change ' + (memory.change > 0 ? '+' : '') + bytes(memory.change) + ', peak ' + bytes(memory.peak) + ', average ' + bytes(memory.average) + '.') : null,
    el('details', {}, el('summary', {}, 'Values'), table(['Time', 'Label', 'Step', ...names], points.slice(0, 500).map(point => [clock(ms(point.at)), point.label, el('code', {}, point.step), ...names.map(name => point.values[name] === undefined ? '' : figure(name)(point.values[name]))]), ['', '', '', ...names.map(() => 'n')]),
      points.length > 500 ? el('p', {class: 'note'}, 'The first 500 of ' + count(points.length) + '.') : null)));
}
if (run.measured_left_out) pair.append(el('p', {class: 'note'}, count(run.measured_left_out) + ' further points are left out.'));

/* Inputs, outputs, plugins, text */
const named = object => table(['Name', 'Value'], Object.entries(object).map(([name, one]) => [el('code', {}, name), el('code', {}, value(one))]), ['path', 'wide']);
const last = el('div', {class: 'pair'});
main.append(last);
if (run.inputs && Object.keys(run.inputs).length) last.append(section('inputs', 'Inputs', named(run.inputs)));
if (run.outputs && Object.keys(run.outputs).length) last.append(section('outputs', 'Outputs', named(run.outputs)));
if (run.plugins && run.plugins.length) last.append(section('plugins', 'Plugins', table(['Plugin', 'Version', 'SHA-256'], run.plugins.map(one => [el('code', {}, one.id), one.version, el('code', {}, one.sha256.slice(0, 16))]), ['', '', 'path'])));
if (run.text !== undefined) main.append(section('workflow', 'Workflow', el('div', {class: 'source', tabindex: 0, role: 'region', 'aria-label': 'The workflow’s text as it was when the run began'}, run.text.replace(/\n$/, '').split('\n').map(line => el('div', {}, line))),
  el('p', {class: 'note'}, 'As it was when the run began; SHA-256 ', el('code', {}, run.digest.slice(0, 16)), '.')));
document.getElementById('foot').append('Written by Nightjar, ', time(run.exported), run.state === 'ended' ? '' : '; the run had not ended then', '. Times are those of this device’s zone. This file asks no other machine for anything.');
for (const box of document.querySelectorAll('.pair')) if (!box.children.length) box.remove();
})();
