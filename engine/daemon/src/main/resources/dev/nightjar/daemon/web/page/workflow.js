/** One workflow: its graph, its text, what starts it, how it went, and a form to start it. */
import {el, fill, calm, code, href, prose} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {away, time} from '/assets/figures.js';
import {badge, causeLabel, diagnosticList, empty, facts, note, runLink, section, table, tabs, took, trouble, wordOf, workflowLink} from '/assets/parts.js';
import {drawGraph} from '/assets/graph.js';
import {runForm} from '/assets/run-form.js';
import {source} from '/assets/yaml.js';

const RUNS = 20;

function head(one) {
  return [el('div', {class: 'title'}, el('h1', {}, one.name || one.file), one.state === 'ok' ? null : badge(one.state), one.running ? badge('running') : null),
    one.description ? el('p', {class: 'lead'}, one.description) : null,
    facts([['File', code(one.file)], one.in_force_since ? ['In force since', time(one.in_force_since, true)] : null, one.next ? ['Next', [time(one.next), ' ', el('span', {class: 'muted'}, away(one.next))]] : null,
      one.concurrency ? ['At once', `${one.concurrency.limit}, then ${one.concurrency.overlap.replaceAll('_', ' ')}${one.concurrency.pool === one.name ? '' : `, in ${one.concurrency.pool}`}`] : null,
      (one.outputs || []).length ? ['Publishes', one.outputs.map(name => [code(name), ' '])] : null])];
}

function triggers(one) {
  const all = one.triggers || [];
  if (!all.length) return empty('Nothing starts this workflow but people and programs.');
  return table('Triggers', ['Trigger', 'Kind', 'When', 'Next'], all.map(trigger => [code(trigger.id), trigger.kind, [trigger.text || '', trigger.enabled === false ? [' ', badge('off')] : ''],
    trigger.next ? [time(trigger.next), ' ', el('span', {class: 'muted'}, away(trigger.next))] : '']), ['', '', 'wide', 'nowrap']);
}

/** Shared by the list of runs and by this view. */
export function runTable(runs, withWorkflow) {
  const named = withWorkflow ? ['Workflow', 'Run'] : ['Run'];
  return table('Runs', [...named, 'Outcome', 'Started', 'Took', 'Began by', ''], runs.map(run => [
    ...(withWorkflow ? [workflowLink(run.workflow)] : []), runLink(run.id), badge(wordOf(run)), time(run.started), took(run), causeLabel(run.trigger),
    run.failure ? el('span', {class: 'clip'}, prose(run.failure)) : '']), [...named.map(() => 'nowrap plain'), 'plain', 'nowrap plain', 'n', '', 'wide']);
}

function plan(one) {
  return one.plan && el('details', {}, el('summary', {}, 'The plan, as the engine runs it'), el('pre', {class: 'sunk'}, JSON.stringify(one.plan, null, 2)));
}

export async function show(page) {
  const name = page.parts[0];
  page.title(name);
  let one = await get(['workflows', name]), over = false;
  const top = el('div', {class: 'view-head'});
  const runs = el('div', {});
  const body = el('div', {});
  fill(page.room, top, body);

  async function readRuns() {
    const some = await get(['runs'], {workflow: one.name || name, limit: RUNS});
    if (over) return;
    fill(runs, some.items.length ? runTable(some.items, false) : empty('It has never run.'), some.next ? note(el('a', {href: href('runs') + '?workflow=' + encodeURIComponent(one.name)}, 'All runs')) : null);
  }
  function build() {
    fill(top, head(one));
    const chosen = el('div', {class: 'chosen', 'aria-live': 'polite'});
    const graph = one.graph && (one.graph.nodes || []).length ? drawGraph(one.graph, null, node => fill(chosen, facts([['Step', code(node.id)], ['Uses', el('a', {href: href('plugins', node.uses.split('.')[0]) + '?processor=' + encodeURIComponent(node.uses)}, code(node.uses))], node.kind ? ['Kind', node.kind] : null]))) : null;
    const broken = (one.diagnostics || []).length;
    fill(body,
      broken ? section('diagnostics', one.state === 'ok' ? 'Remarks' : 'What is wrong', one.yaml && one.state !== 'ok' ? note('The last good version stays in force.') : null, diagnosticList(one.diagnostics),
        one.draft ? source(one.draft, one.diagnostics, 'The text as it lies in the folder') : null) : null,
      el('div', {class: 'halves wide-left'},
        el('div', {}, graph ? section('graph', 'Graph', graph.element, chosen, plan(one)) : null),
        el('div', {}, one.yaml ? section('start', 'Run it', runForm(one, page.may('operator'))) : null)),
      section('more', 'More', tabs('more', ['Runs', 'Text', 'Triggers'], [
        () => runs,
        () => one.yaml ? source(one.yaml, one.draft ? [] : one.diagnostics) : empty('No version of it has been good yet.'),
        () => triggers(one),
      ])));
  }
  build();
  await readRuns();
  const again = calm(600, async () => {
    try {
      await readRuns();
    } catch (gone) {
      if (!over) fill(page.room, trouble(gone, () => location.reload()));
    }
  });
  const rebuild = calm(300, async () => { one = await get(['workflows', name]).catch(() => one); if (!over) build(); });
  return {
    changed: (type, data) => {
      if (type === 'workflows' && (data.name === name || data.name === one.file) || type === 'all') rebuild();
      if (type === 'runs' && data.workflow === one.name || type === 'all') again();
    },
    close: () => { over = true; },
  };
}
