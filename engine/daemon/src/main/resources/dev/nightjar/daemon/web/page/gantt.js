/** Steps over time: when each worked, waited, failed an attempt. Rows open to tell more. */
import {el, fill, code} from '/assets/dom.js';
import {bytes, clock, count, duration, ms, plural, value} from '/assets/figures.js';
import {facts, note, table, toneOf} from '/assets/parts.js';
import {axisOf, ticks} from '/assets/axis.js';

/** The part of the width that is for time, and the pixels that a label of the axis takes. */
const TRACK = 0.5, LABEL = 80;
const ROWS = 200, CHILDREN = 100, BARS = 200;
const pc = share => (share * 100).toFixed(3) + '%';

export const wordOfStep = (step, run) => step.outcome || (!step.spans.length ? 'waiting' : run.state === 'unfinished' ? 'unfinished' : 'running');
export const topOf = path => {
  const block = /^(on_failure|on_success|finally)\./.exec(path), start = block ? block[0].length : 0, end = path.slice(start).search(/[.[]/);
  return end < 0 ? path : path.slice(0, start + end);
};
const worked = (step, end) => step.spans.reduce((sum, span) => sum + (span.to ? ms(span.to) : end) - ms(span.from), 0) / 1000;

function remark(step, run, end) {
  const parts = [];
  if (step.reused_from) parts.push(step.reused_from === 'cache' ? 'cached' : 'reused');
  else if (step.outcome === 'skipped' || step.outcome === 'cancelled') parts.push(step.outcome);
  if (step.spans.length && !step.reused_from) parts.push(duration(worked(step, end)));
  if (step.outcome === 'failed') parts.push('failed');
  if (!step.outcome && step.spans.length) parts.push(run.state === 'unfinished' ? 'unfinished' : '…');
  if (step.failed_attempts && step.outcome !== 'failed') parts.push(plural(step.failed_attempts, 'failed attempt'));
  return parts.join(', ').replace(', …', ' …');
}

/** Lanes for the tasks of a stage, so that none lies over another. */
function lanes(stage) {
  const first = stage.first_tasks.slice(0, 400), free = [];
  const start = Math.min(...first.map(task => ms(task.from))), end = Math.max(start + 1, ...first.map(task => ms(task.to)));
  const part = at => (at - start) / (end - start);
  const bars = first.sort((a, b) => ms(a.from) - ms(b.from)).map(task => {
    let lane = free.findIndex(until => until <= ms(task.from));
    if (lane < 0) lane = free.length;
    free[lane] = ms(task.to);
    return el('div', {class: 'bar task ' + (task.cached ? 'reused' : 'good'), title: `task ${task.task}: ${duration((ms(task.to) - ms(task.from)) / 1000)}, ${plural(task.records, 'record')}${task.cached ? ', from the cache' : ''}`,
      style: {left: pc(part(ms(task.from))), width: pc(part(ms(task.to)) - part(ms(task.from))), top: Math.min(lane, 40) * 5 + 4 + 'px'}});
  });
  return [el('h3', {}, `${plural(stage.tasks, 'task')}, ${count(stage.done)} done${stage.cached ? `, ${count(stage.cached)} from the cache` : ''}${stage.done > first.length ? `; the first ${count(first.length)} are drawn` : ''}, over ${duration((end - start) / 1000)}`),
    el('div', {class: 'lanes', style: {height: Math.min(free.length, 41) * 5 + 8 + 'px'}}, bars)];
}

/** All there is to say of a step. */
export function stepDetails(step, run) {
  const m = step.metrics || {}, stage = (run.stages || []).find(one => one.steps[0] === step.step);
  return el('div', {class: 'g-more'}, facts([
    step.processor ? ['Uses', code(step.processor)] : null,
    ['Outcome', [el('span', {class: toneOf(step.outcome)}, wordOfStep(step, run)), step.reason ? ': ' + step.reason : '']],
    step.reused_from ? ['Taken from', step.reused_from === 'cache' ? 'the cache' : code(step.reused_from)] : null,
    step.because ? ['Condition', code(value(step.because))] : null,
    m.records_in || m.records_out ? ['Records', `${count(m.records_in)} in, ${count(m.records_out)} out${m.rejected ? `, ${count(m.rejected)} rejected` : ''}`] : null,
    m.bytes_in || m.bytes_out ? ['Bytes', `${bytes(m.bytes_in)} in, ${bytes(m.bytes_out)} out`] : null,
    m.busy ? ['Busy', duration(m.busy)] : null,
    Object.keys(m.counters || {}).length ? ['Counters', Object.entries(m.counters).slice(0, 30).map(([name, n]) => `${name} ${count(n)}`).join(', ')] : null,
    step.waited ? ['Waited', duration(step.waited) + ' between attempts'] : null,
    step.cache ? ['Cache', `${count(step.cache.hits)} hits, ${count(step.cache.misses)} misses` + step.cache.why.slice(0, 10).map(miss => `; ${miss.source ? miss.source + ': ' : ''}${miss.field}${miss.was !== undefined ? ` was ${miss.was}, is ${miss.is}` : ''}`).join('')] : null,
    step.resolved ? ['A person said', step.resolved] : null,
    step.bodies ? ['Nested steps ran', plural(step.bodies, 'time') + (step.failed_bodies ? `, ${count(step.failed_bodies)} failed` : '')] : null,
    ...Object.entries(step.outputs || {}).slice(0, 50).map(([name, one]) => ['Output ' + name, code(value(one).slice(0, 4000))]),
  ]), step.failure ? el('pre', {class: 'bad'}, step.failure.message) : null,
  stage && (stage.first_tasks || []).length ? lanes(stage) : null,
  (step.attempts || []).length ? [el('h3', {}, 'Failed attempts'), table('Failed attempts of ' + step.step, ['Time', 'Attempt', 'Why', 'Next in'], step.attempts.slice(0, 50).map(one => [clock(ms(one.at)), `${one.task === undefined ? '' : `task ${one.task}, `}${one.attempt}`, el('pre', {}, one.failure.message), one.next_in === undefined ? '' : duration(one.next_in)]), ['', '', 'wide', 'n']),
    step.failed_attempts > Math.min(50, step.attempts.length) ? note(`The first ${count(Math.min(50, step.attempts.length))} of ${count(step.failed_attempts)}.`) : null] : null);
}

/** The chart; what is open stays open while it is drawn anew. */
export class Gantt {
  constructor() {
    this.element = el('div', {class: 'gantt'});
    this.open = new Set();
    this.unfolded = new Set();
    this.rows = ROWS;
    this.width = 0;
    new ResizeObserver(() => { if (this.run && this.element.clientWidth !== this.width) this.update(this.run, this.planned); }).observe(this.element);
  }

  /** `planned` are steps that have not begun, so that nothing moves when they do. */
  update(run, planned = []) {
    this.run = run;
    this.planned = planned;
    const now = run.ended ? 0 : run.state === 'unfinished' ? ms(run.last_event || run.started) : Date.now();
    this.axis = axisOf(run, now);
    this.width = this.element.clientWidth;
    this.marks = ticks(this.axis, Math.min(12, Math.max(2, Math.floor(this.width * TRACK / LABEL))));
    const children = Map.groupBy(run.steps.filter(step => step.nested), step => topOf(step.step));
    const begun = new Set(run.steps.map(step => step.step));
    const open = run.ended ? [] : planned.filter(node => !begun.has(node.id)).map(node => ({step: node.id, processor: node.uses, spans: [], metrics: {}, outputs: {}}));
    const top = run.steps.filter(step => !step.nested).concat(open);
    fill(this.element, this.head(), top.slice(0, this.rows).map(step => this.row(step, children.get(step.step) || [], 0)),
      top.length > this.rows ? el('button', {type: 'button', class: 'link', 'data-key': 'more-rows', on: {click: () => { this.rows += ROWS; this.update(this.run, this.planned); }}}, `and ${count(top.length - this.rows)} more steps`) : null,
      this.legend());
  }

  head() {
    return el('div', {class: 'g-row g-axis', 'aria-hidden': 'true'}, el('div', {class: 'g-name'}), el('div', {class: 'track'}, this.marks.filter(([at]) => at < 0.93).map(([at, seconds]) => el('span', {style: {left: pc(at)}}, seconds ? duration(seconds) : '0'))), el('div', {class: 'g-note'}));
  }

  track(step) {
    const end = this.axis.end, x = this.axis.place;
    const place = (from, to) => ({left: pc(x(from)), width: pc(Math.max(0, x(to) - x(from)))});
    const spans = step.spans.slice(0, BARS).map(span => el('div', {class: `bar ${toneOf(wordOfStep(step, this.run))}${step.reused_from ? ' reused' : ''}${span.to ? '' : ' open'}`, title: `${step.step}: ${duration(((span.to ? ms(span.to) : end) - ms(span.from)) / 1000)}${span.interrupted ? ', interrupted' : ''}`, style: place(ms(span.from), span.to ? ms(span.to) : end)}));
    const attempts = (step.attempts || []).slice(0, BARS);
    const waits = attempts.filter(one => one.next_in !== undefined && one.task === undefined).map(one => el('div', {class: 'bar wait', title: `waited ${duration(one.next_in)} before attempt ${one.attempt + 1}`, style: place(ms(one.at), Math.min(end, ms(one.at) + one.next_in * 1000))}));
    const misses = attempts.map(one => el('div', {class: 'miss', title: `attempt ${one.attempt}${one.task === undefined ? '' : ` of task ${one.task}`} failed: ${one.failure.message.slice(0, 300)}`, style: {left: pc(x(ms(one.at)))}}));
    const cuts = this.axis.pieces.filter(piece => piece.cut).map(piece => el('div', {class: 'cut', title: `nobody had the run for ${duration((piece.to - piece.from) / 1000)}; not to scale`, style: {left: pc(piece.start), width: pc(piece.end - piece.start)}}));
    return el('div', {class: 'track lines'}, this.marks.map(([at]) => el('div', {class: 'tick', style: {left: pc(at)}})), cuts, spans, waits, misses);
  }

  row(step, inner, depth) {
    const flip = set => () => { if (!set.delete(step.step)) set.add(step.step); this.update(this.run, this.planned); };
    const name = depth ? step.step.slice(topOf(step.step).length).replace(/^\./, '') : step.step;
    const isOpen = this.open.has(step.step), unfolded = this.unfolded.has(step.step);
    return el('div', {class: 'g-step-rows'}, el('div', {class: 'g-row'},
      el('div', {class: 'g-name', style: {'padding-left': depth * 1.2 + 'rem'}},
        inner.length ? el('button', {type: 'button', class: 'twist', 'data-key': 'twist-' + step.step, 'aria-expanded': String(unfolded), 'aria-label': `${plural(inner.length, 'nested step')} of ${step.step}`, on: {click: flip(this.unfolded)}}) : el('span', {class: 'twist-none'}),
        el('button', {type: 'button', class: 'g-step', 'data-key': 'step-' + step.step, 'aria-expanded': String(isOpen), title: step.step, on: {click: flip(this.open)}}, name, el('span', {class: 'unseen'}, ', ' + wordOfStep(step, this.run)))),
      this.track(step),
      el('div', {class: 'g-note ' + (step.outcome === 'failed' ? 'bad' : '')}, remark(step, this.run, this.axis.end))),
    isOpen ? stepDetails(step, this.run) : null,
    unfolded ? [inner.slice(0, CHILDREN).map(one => this.row(one, [], depth + 1)), inner.length > CHILDREN ? note(`and ${count(inner.length - CHILDREN)} more nested steps`) : null] : null);
  }

  legend() {
    const has = wanted => this.run.steps.some(wanted);
    const entry = (kind, text) => el('span', {}, el('i', {}, el('span', {class: kind})), text);
    return el('div', {class: 'legend'}, has(step => step.failed_attempts) ? [entry('miss', 'failed attempt'), entry('bar wait', 'wait before the next')] : null, has(step => step.reused_from) ? entry('bar reused', 'taken over') : null,
      this.axis.pieces.some(piece => piece.cut) ? entry('cut', 'nobody had the run; not to scale') : null);
  }

  /** Opens the row of a step and brings it into view. */
  reveal(path) {
    this.open.add(path);
    if (topOf(path) !== path) this.unfolded.add(topOf(path));
    this.update(this.run, this.planned);
    const button = [...this.element.querySelectorAll('.g-step')].find(one => one.dataset.key === 'step-' + path);
    if (button) { button.scrollIntoView({block: 'nearest'}); button.focus({preventScroll: true}); }
  }
}
