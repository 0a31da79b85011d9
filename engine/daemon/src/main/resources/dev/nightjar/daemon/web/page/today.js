/** Whether all went well; what failed and why, what waits for somebody, what runs, and what comes. */
import {el, fill, calm, code, href, link, prose} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {away, count, time, plural, rate, ms} from '/assets/figures.js';
import {badge, diagnosticList, empty, note, runLink, section, table, took, workflowLink, wordOf} from '/assets/parts.js';

const DAY = 86400000, MINUTE = 60000;
const SHOWN = 30;
const SEEN = 'nightjar-seen';

/** Failed runs that this reader has put aside. */
function seen() {
  try {
    return new Set(JSON.parse(localStorage.getItem(SEEN) || '[]'));
  } catch (noStorage) {
    return new Set();
  }
}
function keepSeen(ids) {
  try {
    localStorage.setItem(SEEN, JSON.stringify([...ids].slice(-500)));
  } catch (noStorage) {
    // Then they come back.
  }
}

/** A workflow that has succeeded since needs nobody any more. */
function standing(failed, workflows) {
  const last = new Map(workflows.map(one => [one.name, one.last_run]));
  const put = seen();
  return failed.filter(run => !put.has(run.id)).filter(run => {
    const later = last.get(run.workflow);
    return !(later && later.outcome === 'succeeded' && ms(later.started) > ms(run.started));
  });
}

/** What a run does at the moment, as far as it is known from here; `planned` is how many steps it may come to. */
function progress(detail, planned) {
  const steps = (detail && detail.steps || []).filter(step => !step.nested);
  if (!steps.length) return '';
  const all = Math.max(planned, steps.length);
  const done = steps.filter(step => step.outcome).length;
  const at = steps.filter(step => !step.outcome && step.spans.length).map(step => step.step);
  const records = Math.max(0, ...(detail.live || []).map(one => one.records_per_second));
  return el('div', {class: 'progress'}, el('progress', {max: all, value: done, 'aria-label': `${done} of ${plural(all, 'step')} done`}),
    el('span', {class: 'muted'}, `${done} of ${plural(all, 'step')}`, at.length ? [', in ', code(at[0]), at.length > 1 ? ` and ${at.length - 1} more` : ''] : '', records ? ', ' + rate(records) : ''));
}

/** Those that run, and behind them those that wait, whose turn is next first. */
function running(going, queued, details, planned) {
  const runs = [...going, ...queued.slice().reverse()];
  if (!runs.length) return empty('Nothing is running.');
  return el('ul', {class: 'rows'}, runs.slice(0, SHOWN).map(run => el('li', {},
    el('div', {class: 'row-head'}, workflowLink(run.workflow), badge(wordOf(run)), el('span', {class: 'muted end'}, run.state === 'queued' ? 'waits for ' : '', took(run), ' · ', runLink(run.id))),
    progress(details.get(run.id), planned.get(run.id) || 0))), runs.length > SHOWN ? note('and ', link(['runs'], `${count(runs.length - SHOWN)} more`)) : null);
}

function failures(runs, again) {
  if (!runs.length) return empty('No run has failed in the last day, or the next one of its workflow went well.');
  return el('ul', {class: 'rows'}, runs.slice(0, SHOWN).map(run => el('li', {},
    el('div', {class: 'row-head'}, workflowLink(run.workflow), badge(wordOf(run)), el('span', {class: 'muted end'}, time(run.ended || run.started), ' · ', runLink(run.id))),
    run.failure ? el('p', {class: 'clip'}, prose(run.failure)) : null,
    el('button', {type: 'button', class: 'link', 'data-key': 'seen-' + run.id, 'aria-label': `Put run ${run.id} of ${run.workflow} aside`, on: {click: () => { keepSeen(seen().add(run.id)); again(); }}}, 'Seen'))),
  runs.length > SHOWN ? note(`and ${count(runs.length - SHOWN)} more`) : null);
}

/** Times that came and began no run, by trigger, with the last of them. */
function passed(times) {
  const by = [...Map.groupBy(times, one => one.workflow + '\n' + one.trigger).values()];
  if (!by.length) return null;
  return section('passed', 'Was due and did not run', el('ul', {class: 'rows'}, by.slice(0, SHOWN).map(all => el('li', {},
    el('div', {class: 'row-head'}, workflowLink(all[0].workflow), code(all[0].trigger), el('span', {class: 'muted end'}, all.length > 1 ? `${count(all.length)} times, the last ` : '', time(all.at(-1).time))),
    el('p', {class: 'clip'}, prose(all.at(-1).decision.reason || 'nobody knows why'))))), by.length > SHOWN ? note(`and ${count(by.length - SHOWN)} more`) : null);
}

/** The next time of each trigger: who comes each minute does not push out who comes at night. */
function coming(all) {
  const times = [...Map.groupBy(all, one => one.workflow + '\n' + one.trigger).values()].map(some => some[0]);
  if (!times.length) return empty('No trigger is due in the next day.');
  return table('Next times', ['When', 'Workflow', 'Trigger', ''], times.slice(0, SHOWN).map(one => [
    [time(one.time), ' ', el('span', {class: 'muted'}, away(one.time))], workflowLink(one.workflow), code(one.trigger), one.moved ? el('span', {class: 'warn'}, one.moved) : '']), ['nowrap', 'nowrap', 'nowrap', 'wide']);
}

/** Runs that nobody has: they go on by themselves, or the daemon says what keeps them from it. */
function unfinished(runs, problems) {
  if (!runs.length) return null;
  const box = section('unfinished', 'Not finished', el('ul', {class: 'rows'}, runs.slice(0, SHOWN).map(run => el('li', {},
    el('div', {class: 'row-head'}, workflowLink(run.workflow), badge(wordOf(run)), el('span', {class: 'muted end'}, time(run.started), ' · ', runLink(run.id))),
    problems.filter(one => one.includes(run.id)).map(one => el('p', {class: 'clip'}, prose(one)))))), runs.length > SHOWN ? note(`and ${count(runs.length - SHOWN)} more`) : null);
  box.classList.add('warn-edge');
  return box;
}

function problems(status, workflows, told) {
  const broken = workflows.filter(one => one.state !== 'ok' && (one.diagnostics || []).length);
  const jars = (status.problems || []).filter(one => !told.some(run => one.includes(run.id)));
  if (!broken.length && !jars.length) return null;
  return section('problems', 'Problems', broken.map(one => el('details', {open: broken.length < 4}, el('summary', {}, link(['workflows', one.name || one.file], one.file), ' ', badge(one.state)), diagnosticList(one.diagnostics))),
    jars.map(one => el('p', {}, prose(one))));
}

export async function show(page) {
  page.title('Today');
  const box = el('div', {class: 'halves'});
  const figures = el('div', {class: 'tiles'});
  fill(page.room, el('h1', {}, 'Today'), figures, box);
  let over = false, next = 0;
  /** Steps of runs that go on, by run: a run has the same ones from beginning to end. */
  const planned = new Map();

  async function countSteps(run) {
    if (planned.has(run.id)) return;
    const graph = await get(['runs', run.id, 'graph']).catch(() => ({}));
    planned.set(run.id, (graph.nodes || []).filter(node => (node.block || 'steps') === 'steps').length);
  }
  /** Of the last day, looked at anew every minute: they may be thousands. */
  let past = [], pastRead = 0;
  async function readPast(since, now) {
    if (now - pastRead < MINUTE) return;
    const due = await get(['schedule'], {from: since, to: new Date(now).toISOString()});
    past = due.items.filter(one => one.decision && !one.decision.run);
    pastRead = now;
  }

  async function draw() {
    const now = Date.now(), since = new Date(now - DAY).toISOString();
    const [active, failed, good, left, workflows, schedule, status] = await Promise.all([
      get(['runs'], {state: ['running', 'queued'], limit: 200}),
      get(['runs'], {outcome: 'failed', since, limit: 100}),
      get(['runs'], {outcome: 'succeeded', since, limit: 200}),
      get(['runs'], {state: 'unfinished', limit: 50}),
      get(['workflows']),
      get(['schedule'], {from: new Date(now).toISOString(), to: new Date(now + DAY).toISOString()}),
      get(['status']),
      readPast(since, now),
    ]);
    const going = active.items.filter(run => run.state === 'running'), queued = active.items.filter(run => run.state !== 'running');
    const looked = going.slice(0, 6);
    const [details] = await Promise.all([Promise.all(looked.map(async run => [run.id, await get(['runs', run.id]).catch(() => null)])), ...looked.map(countSteps)]);
    if (over) return;
    const bad = standing(failed.items, workflows.items);
    const tile = (n, label, tone, to, more) => el('a', {class: 'tile', href: to, 'data-key': label}, el('b', {class: n && tone || ''}, count(n) + (more ? '+' : '')), el('span', {}, label));
    fill(figures, tile(bad.length, 'failed in a day', 'bad', href('runs') + '?outcome=failed', failed.next), tile(good.items.length, 'succeeded in a day', 'good', href('runs') + '?outcome=succeeded', good.next),
      left.items.length ? tile(left.items.length, 'not finished', 'warn', href('runs') + '?state=unfinished', left.next) : null,
      tile(going.length, 'running', 'busy', href('runs') + '?state=running', active.next), tile(queued.length, 'queued', '', href('runs') + '?state=queued', active.next));
    fill(box, el('div', {}, unfinished(left.items, status.problems || []), section('failed', 'Failed', failures(bad, draw)), passed(past), section('running', 'Running now', running(going, queued, new Map(details), planned)), problems(status, workflows.items, left.items)),
      section('next', 'Next', coming(schedule.items.filter(one => ms(one.time) >= now))));
    clearTimeout(next);
    if (going.length) next = setTimeout(refresh, 3000);
  }
  const refresh = calm(400, () => { if (!over && !document.hidden) draw().catch(() => {}); });
  await draw();
  return {changed: refresh, close: () => { over = true; clearTimeout(next); }};
}
