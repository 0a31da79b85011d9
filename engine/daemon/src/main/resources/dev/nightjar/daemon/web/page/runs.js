/** All runs, the newest first, page by page. */
import {el, fill, calm} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {empty} from '/assets/parts.js';
import {runTable} from '/assets/workflow.js';

const PAGE = 50;
const OUTCOMES = ['succeeded', 'failed', 'cancelled'];
const STATES = ['running', 'queued', 'unfinished', 'ended'];

export async function show(page) {
  page.title('Runs');
  const query = page.query;
  const choice = (label, name, words) => el('select', {'aria-label': label, name}, el('option', {value: ''}, label + ': any'), words.map(word => el('option', {value: word, selected: query.get(name) === word}, word)));
  const workflow = el('input', {type: 'search', name: 'workflow', placeholder: 'Workflow', 'aria-label': 'Workflow', value: query.get('workflow') || '', maxlength: 63});
  const form = el('form', {class: 'tools'}, workflow, choice('State', 'state', STATES), choice('Outcome', 'outcome', OUTCOMES));
  const box = el('div', {class: 'card flush'});
  const more = el('button', {type: 'button', hidden: true}, 'Older runs');
  fill(page.room, el('h1', {}, 'Runs'), form, box, el('div', {class: 'buttons'}, more));
  let items = [], next = null, over = false, turn = 0;

  const asked = () => Object.fromEntries([...new FormData(form)].filter(([, text]) => text));
  function draw() {
    fill(box, items.length ? runTable(items, true) : empty('There is no such run.'));
    more.hidden = !next;
  }
  async function read(cursor) {
    const mine = ++turn;
    const part = await get(['runs'], {...asked(), limit: cursor ? PAGE : Math.min(200, Math.max(PAGE, items.length)), cursor});
    if (over || mine !== turn) return;
    items = cursor ? items.concat(part.items) : part.items;
    next = part.next;
    draw();
  }
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', calm(250, () => {
    history.replaceState(null, '', '#/runs?' + new URLSearchParams(asked()));
    items = [];
    read().catch(refusal => fill(box, empty(refusal.message)));
  }));
  more.addEventListener('click', () => read(next).catch(refusal => fill(box, empty(refusal.message))));
  await read();
  // Who has gone to older pages is not thrown back by what is new.
  return {changed: calm(700, () => { if (!over && items.length <= 200) read().catch(() => {}); }), close: () => { over = true; }};
}
