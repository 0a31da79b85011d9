/** All workflows of the folder: how they stand, how they went, when they come. */
import {el, fill, calm, code} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {away, plural, time} from '/assets/figures.js';
import {badge, empty, marks, note, table, wordOf, workflowLink} from '/assets/parts.js';

const SHOWN = 500;
const MARKS = 8;

function row(one, runs) {
  const last = runs.get(one.name)?.slice(0, MARKS) || (one.last_run ? [one.last_run] : []);
  return [
    [el('div', {class: 'strong'}, one.state === 'ok' || one.name ? workflowLink(one.name || one.file) : code(one.file)), el('div', {class: 'muted small'}, one.description || one.file)],
    one.state === 'ok' ? (one.running ? badge('running') : '') : badge(one.state),
    marks(last),
    last.length ? [el('span', {class: 'muted'}, away(last[0].started)), el('span', {class: 'unseen'}, wordOf(last[0]))] : el('span', {class: 'muted'}, 'never ran'),
    one.next ? [time(one.next), ' ', el('span', {class: 'muted'}, away(one.next))] : el('span', {class: 'muted'}, (one.triggers || []).length ? 'by trigger' : 'by hand'),
  ];
}

export async function show(page) {
  page.title('Workflows');
  const find = el('input', {type: 'search', placeholder: 'Filter by name', 'aria-label': 'Filter by name', maxlength: 100});
  const found = el('span', {class: 'muted', role: 'status'});
  const box = el('div', {class: 'card flush'});
  fill(page.room, el('h1', {}, 'Workflows'), el('div', {class: 'tools'}, find, found), box);
  let workflows = [], runs = new Map(), over = false;

  function draw() {
    const word = find.value.trim().toLowerCase();
    const shown = workflows.filter(one => !word || `${one.name} ${one.file} ${one.description || ''}`.toLowerCase().includes(word));
    found.textContent = word ? `${shown.length} of ${plural(workflows.length, 'workflow')}` : plural(workflows.length, 'workflow');
    fill(box, shown.length ? table('Workflows', ['Workflow', 'State', 'Last outcomes', 'Last run', 'Next'], shown.slice(0, SHOWN).map(one => row(one, runs)), ['wide', 'plain', 'plain', 'nowrap', 'nowrap'])
      : empty(workflows.length ? 'No workflow has this in its name.' : 'There is no workflow in the folder yet. A YAML file that is put there appears here within two seconds.'),
    shown.length > SHOWN ? note(`and ${shown.length - SHOWN} more; filter to see them`) : null);
  }
  async function read() {
    const [all, some] = await Promise.all([get(['workflows']), get(['runs'], {limit: 200})]);
    if (over) return;
    workflows = all.items;
    runs = Map.groupBy(some.items, run => run.workflow);
    draw();
  }
  find.addEventListener('input', draw);
  await read();
  const refresh = calm(1000, () => { if (!over) read().catch(() => {}); });
  return {changed: refresh, close: () => { over = true; }};
}
