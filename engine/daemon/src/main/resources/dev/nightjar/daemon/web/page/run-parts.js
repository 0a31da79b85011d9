/** What a run's view shows beside the chart, the graph and the log. */
import {el, code} from '/assets/dom.js';
import {bytes, clock, count, duration, ms, percent, plural, rate, time, value} from '/assets/figures.js';
import {badge, empty, facts, note, runLink, section, table, took, toneOf, wordOf, workflowLink} from '/assets/parts.js';
import {wordOfStep} from '/assets/gantt.js';

const ROWS = 200;

/** Who or what has started a run. */
function causeOf(trigger) {
  const files = (trigger.files || []).map(value);
  return [trigger.id ? [code(trigger.id), ' '] : '', trigger.by ? `by ${trigger.by}` : trigger.id ? '' : 'by hand', trigger.id && trigger.time ? [' for ', time(trigger.time)] : '',
    files.length ? [`, because of `, code(files[0]), files.length > 1 ? ` and ${plural(files.length - 1, 'other file')}` : ''] : ''];
}

/** Title and the facts below it. */
export function head(run, folder, actions) {
  return [el('div', {class: 'title'}, el('h1', {}, workflowLink(run.workflow)), badge(wordOf(run)), el('div', {class: 'end'}, actions)),
    facts([
      ['Run', code(run.run)], ['File', code(run.file.startsWith(folder + '/') ? run.file.slice(folder.length + 1) : run.file)],
      ['Time', [time(run.started, true), run.ended ? [' to ', time(run.ended)] : '', ', ', el('b', {}, took(run)), run.ended ? '' : ' so far']],
      ['Began', causeOf(run.trigger || {})],
      run.rerun ? ['Rerun of', [runLink(run.rerun.run), run.rerun.from ? [', from ', code(run.rerun.from), ' on'] : '']] : null,
      ...(run.queued || []).slice(0, 5).map(wait => ['Queued', `in ${wait.pool} (limit ${wait.limit})${wait.to ? ` for ${duration((ms(wait.to) - ms(wait.from)) / 1000)}` : ''}${wait.behind.length ? ', behind ' + wait.behind.slice(0, 5).join(', ') : ''}`]),
      ...(run.pauses || []).slice(0, 5).map(pause => ['Resumed', [time(pause.to), ` by ${pause.owner}, after ${duration((ms(pause.to) - ms(pause.from)) / 1000)}`]]),
      ...(run.cancel_requests || []).slice(0, 3).map(one => ['Cancelled', [time(one.at), ': ', one.reason]]),
      run.owner && run.state !== 'ended' ? ['Owner', run.owner] : null,
    ])];
}

export function tiles(run, planned) {
  const top = run.steps.filter(step => !step.nested), total = name => top.reduce((sum, step) => sum + (step.metrics[name] || 0), 0);
  const failed = top.filter(step => step.outcome === 'failed').length, done = top.filter(step => step.outcome).length;
  const most = Math.max(0, ...top.map(step => Math.max(step.metrics.records_in || 0, step.metrics.records_out || 0)));
  const speed = Math.max(0, ...(run.live || []).map(one => one.records_per_second));
  const tile = (figure, label, tone) => el('div', {class: 'tile'}, el('b', {class: tone || ''}, figure), el('span', {}, label));
  const memory = run.summary && run.summary.memory || run.memory;
  return [tile(took(run), run.ended ? 'taken' : 'so far'), tile(`${count(done)} of ${count(Math.max(top.length, planned))}`, 'steps done' + (failed ? `, ${failed} failed` : ''), failed ? 'bad' : ''),
    most ? tile(count(most), 'records at most in a step') : null, run.ended ? tile(run.summary ? percent(run.summary.success_rate) : '–', run.summary ? `of ${plural(run.summary.operations, 'operation')} succeeded` : 'no summary') : speed ? tile(rate(speed), 'records at the moment') : null,
    total('rejected') ? tile(count(total('rejected')), 'records rejected', 'warn') : null, memory ? tile(bytes(memory.peak), 'peak of resident memory') : null];
}

/** What the steps of a running run do at the moment, by path. */
const liveOf = run => new Map((run.live || []).map(one => [one.step, one]));

/** The run's own first, each once, however many steps passed it on. */
export function failures(run) {
  const told = new Set();
  const all = [run.failure, ...run.steps.map(step => step.failure)].filter(one => one && one.message && !told.has(one.step + '\n' + one.message) && told.add(one.step + '\n' + one.message));
  if (!all.length) return null;
  const shown = all.slice(0, 100).map(one => el('div', {class: 'failure'}, el('p', {}, el('b', {class: 'bad'}, one.code), one.step ? [' in step ', code(one.step)] : '', one.place ? [el('span', {class: 'muted'}, ' at '), code(one.place)] : ''), el('pre', {}, one.message),
    one.trace ? el('details', {}, el('summary', {}, 'Stack trace'), el('pre', {}, one.trace)) : null));
  if (run.outcome === 'succeeded') {
    return section('failures', el('span', {class: 'muted'}, 'Failures that were dealt with'), el('details', {}, el('summary', {}, plural(all.length, 'failure')), shown, all.length > 100 ? note(`and ${count(all.length - 100)} more`) : null));
  }
  const box = section('failures', all.length === 1 ? 'Failure' : 'Failures', shown.slice(0, 3), shown.length > 3 ? el('details', {}, el('summary', {}, `${count(all.length - 3)} more`), shown.slice(3), all.length > 100 ? note(`and ${count(all.length - 100)} more`) : null) : null);
  box.classList.add('bad-edge');
  return box;
}

/** All steps with their figures; more rows when asked for. */
export function stepTable(run, rows = ROWS, more = null) {
  const live = liveOf(run);
  const speed = step => {
    const now = live.get(step.step);
    if (now && !step.outcome) return rate(now.records_per_second);
    return step.metrics.records_in && step.metrics.took ? rate(Math.max(step.metrics.records_in, step.metrics.records_out) / step.metrics.took) : '';
  };
  const some = n => n ? count(n) : '';
  const nested = (run.nested || []).length ? [el('h3', {}, 'Nested steps, by what they are'), table('Nested steps', ['Step', 'Uses', 'Began', 'Outcomes', 'Took', 'Records', 'Rejected', 'Slowest'], run.nested.slice(0, ROWS).map(one => [code(one.path), one.processor, count(one.began), Object.entries(one.outcomes).map(([word, n]) => el('span', {class: toneOf(word)}, `${count(n)} ${word} `)), duration(one.took), some(one.records), some(one.rejected), one.slowest ? [code(one.slowest.step), ' ', duration(one.slowest.took)] : '']), ['path', '', 'n', '', 'n', 'n', 'n', 'path'])] : null;
  return el('div', {}, table('Steps', ['Step', 'Uses', 'Outcome', 'Took', 'Records in', 'Out', 'Rejected', 'Rate', 'Tries'], run.steps.slice(0, rows).map(step => [code(step.step), step.processor, el('span', {class: toneOf(wordOfStep(step, run))}, wordOfStep(step, run)), step.metrics.took ? duration(step.metrics.took) : '', some(step.metrics.records_in), some(step.metrics.records_out), some(step.metrics.rejected), speed(step), some(step.metrics.attempts)]), ['path', 'plain', 'plain', 'n', 'n', 'n', 'n', 'n', 'n']),
    run.steps.length > rows ? el('button', {type: 'button', class: 'link', 'data-key': 'more-steps', on: {click: more}}, `and ${count(run.steps.length - rows)} more steps`) : null,
    run.nested_left_out ? note(`${count(run.nested_left_out)} nested steps that went well are not kept one by one.`) : null, nested);
}

export function summary(run) {
  const s = run.summary;
  if (!s) return empty('There is a summary when the run has ended.');
  const times = s.operation_times;
  return el('div', {}, facts([['Operations', count(s.operations)], ['Succeeded', count(s.succeeded)], ['Failed', count(s.failed)], ['Success rate', percent(s.success_rate)], ['Average', duration(s.average)], ['Total', duration(s.total)],
    s.slowest ? ['Slowest', [code(s.slowest.step), ', ' + duration(s.slowest.took)]] : null, times ? ['p50, p95, p99, max', [times.p50, times.p95, times.p99, times.max].map(duration).join(', ')] : null]),
  (s.steps || []).some(step => step.batches) ? [el('h3', {}, 'Batches'), table('Batches', ['Step', 'p50', 'p95', 'p99', 'max'], s.steps.filter(step => step.batches).slice(0, ROWS).map(step => [code(step.step), ...['p50', 'p95', 'p99', 'max'].map(name => duration(step.batches[name]))]), ['path', 'n', 'n', 'n', 'n'])] : null);
}

export function given(run) {
  const named = (title, object) => Object.keys(object || {}).length ? [el('h3', {}, title), table(title, ['Name', 'Value'], Object.entries(object).slice(0, 200).map(([name, one]) => [code(name), code(value(one).slice(0, 4000))]), ['path', 'wide'])] : null;
  return el('div', {}, named('Inputs', run.inputs), named('Outputs', run.outputs), (run.plugins || []).length ? [el('h3', {}, 'Plugins'), table('Plugins', ['Plugin', 'Version', 'SHA-256'], run.plugins.map(one => [code(one.id), one.version, code(one.sha256.slice(0, 16))]), ['', '', 'path'])] : null,
    (run.warnings || []).length ? [el('h3', {}, 'Warnings'), table('Warnings', ['Time', 'Step', 'Message'], run.warnings.slice(0, ROWS).map(one => [clock(ms(one.at)), code(one.step), one.message]), ['', '', 'wide'])] : null);
}
