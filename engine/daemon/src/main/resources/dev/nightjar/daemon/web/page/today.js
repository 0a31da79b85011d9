/** What runs, what failed, what comes, and what is wrong, now. */
import {el, fill, calm, code, href, link} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {away, count, time, plural, rate, ms} from '/assets/figures.js';
import {badge, diagnosticList, empty, note, runLink, section, table, took, workflowLink, wordOf} from '/assets/parts.js';

const DAY = 86400000;
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

/** What a run does at the moment, as far as it is known from here. */
function progress(detail) {
  const steps = (detail && detail.steps || []).filter(step => !step.nested);
  if (!steps.length) return '';
  const done = steps.filter(step => step.outcome).length;
  const at = steps.filter(step => !step.outcome && step.spans.length).map(step => step.step);
  const records = Math.max(0, ...(detail.live || []).map(one => one.records_per_second));
  return el('div', {class: 'progress'}, el('progress', {max: steps.length, value: done, 'aria-label': `${done} of ${plural(steps.length, 'step')} done`}),
    el('span', {class: 'muted'}, `${done} of ${plural(steps.length, 'step')}`, at.length ? [', in ', code(at[0]), at.length > 1 ? ` and ${at.length - 1} more` : ''] : '', records ? ', ' + rate(records) : ''));
}

function running(runs, details) {
  if (!runs.length) return empty('Nothing is running.');
  return el('ul', {class: 'rows'}, runs.slice(0, SHOWN).map(run => el('li', {},
    el('div', {class: 'row-head'}, workflowLink(run.workflow), badge(wordOf(run)), el('span', {class: 'muted end'}, took(run), ' · ', runLink(run.id))),
    progress(details.get(run.id)))), runs.length > SHOWN ? note('and ', link(['runs'], `${count(runs.length - SHOWN)} more`)) : null);
}

function failures(runs, again) {
  if (!runs.length) return empty('No run has failed in the last day that was not made good.');
  return el('ul', {class: 'rows'}, runs.slice(0, SHOWN).map(run => el('li', {},
    el('div', {class: 'row-head'}, workflowLink(run.workflow), badge(wordOf(run)), el('span', {class: 'muted end'}, time(run.ended || run.started), ' · ', runLink(run.id))),
    run.failure ? el('p', {class: 'clip'}, run.failure) : null,
    el('button', {type: 'button', class: 'link', 'data-key': 'seen-' + run.id, 'aria-label': `Put run ${run.id} of ${run.workflow} aside`, on: {click: () => { keepSeen(seen().add(run.id)); again(); }}}, 'Seen'))),
  runs.length > SHOWN ? note(`and ${count(runs.length - SHOWN)} more`) : null);
}

/** The next time of each trigger: who comes each minute does not push out who comes at night. */
function coming(all) {
  const times = [...Map.groupBy(all, one => one.workflow + '\n' + one.trigger).values()].map(some => some[0]);
  if (!times.length) return empty('No trigger is due in the next day.');
  return table('Next times', ['When', 'Workflow', 'Trigger', ''], times.slice(0, SHOWN).map(one => [
    [time(one.time), ' ', el('span', {class: 'muted'}, away(one.time))], workflowLink(one.workflow), code(one.trigger), one.moved ? el('span', {class: 'warn'}, one.moved) : '']), ['nowrap', 'nowrap', 'nowrap', 'wide']);
}

function problems(status, workflows) {
  const broken = workflows.filter(one => one.state !== 'ok' && (one.diagnostics || []).length);
  const jars = status.problems || [];
  if (!broken.length && !jars.length) return null;
  return section('problems', 'Problems', broken.map(one => el('details', {open: broken.length < 4}, el('summary', {}, link(['workflows', one.name || one.file], one.file), ' ', badge(one.state)), diagnosticList(one.diagnostics))),
    jars.map(one => el('p', {}, one)));
}

export async function show(page) {
  page.title('Today');
  const box = el('div', {class: 'halves'});
  const figures = el('div', {class: 'tiles'});
  fill(page.room, el('h1', {}, 'Today'), figures, box);
  let over = false, next = 0;

  async function draw() {
    const now = Date.now();
    const [active, failed, workflows, schedule, status] = await Promise.all([
      get(['runs'], {state: ['running', 'queued'], limit: 200}),
      get(['runs'], {outcome: 'failed', since: new Date(now - DAY).toISOString(), limit: 100}),
      get(['workflows']),
      get(['schedule'], {from: new Date(now).toISOString(), to: new Date(now + DAY).toISOString()}),
      get(['status']),
    ]);
    const going = active.items.filter(run => run.state === 'running');
    const details = new Map(await Promise.all(going.slice(0, 6).map(async run => [run.id, await get(['runs', run.id]).catch(() => null)])));
    if (over) return;
    const bad = standing(failed.items, workflows.items);
    const tile = (n, label, tone, to) => el('a', {class: 'tile', href: to, 'data-key': label}, el('b', {class: n && tone || ''}, count(n)), el('span', {}, label));
    fill(figures, tile(going.length, 'running', 'busy', href('runs') + '?state=running'), tile(active.items.length - going.length, 'queued', '', href('runs') + '?state=queued'),
      tile(bad.length, 'failed in a day', 'bad', href('runs') + '?outcome=failed'), tile(workflows.items.length, 'workflows', '', href('workflows')));
    fill(box, el('div', {}, section('running', 'Running now', running(active.items, details)), section('failed', 'Failed', failures(bad, draw)), problems(status, workflows.items)),
      section('next', 'Next', coming(schedule.items.filter(one => ms(one.time) >= now))));
    clearTimeout(next);
    if (going.length) next = setTimeout(refresh, 3000);
  }
  const refresh = calm(400, () => { if (!over && !document.hidden) draw().catch(() => {}); });
  await draw();
  return {changed: refresh, close: () => { over = true; clearTimeout(next); }};
}
