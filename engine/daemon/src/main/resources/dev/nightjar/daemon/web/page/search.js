/** Words in the logs, failures and names of runs. */
import {el, fill, code, href} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {oneLine, time} from '/assets/figures.js';
import {runLink, workflowLink} from '/assets/parts.js';

const PAGE = 50;

/** The words that were looked for stand out. */
function marked(text, words) {
  const found = [], lower = text.toLowerCase();
  let at = 0;
  while (at < text.length) {
    const next = words.map(word => [lower.indexOf(word, at), word.length]).filter(([place]) => place >= 0).sort((a, b) => a[0] - b[0])[0];
    if (!next) break;
    found.push(text.slice(at, next[0]), el('mark', {}, text.slice(next[0], next[0] + next[1])));
    at = next[0] + next[1];
  }
  return [...found, text.slice(at)];
}

export async function show(page) {
  const asked = page.query.get('q') || '';
  page.title('Search: ' + asked);
  document.getElementById('search-text').value = asked;
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = el('ul', {class: 'rows hits'}), more = el('button', {type: 'button', hidden: true}, 'More'), said = el('p', {class: 'muted', role: 'status'}, 'Looking …');
  const card = el('section', {class: 'card', 'aria-label': 'What was found', hidden: true}, hits);
  fill(page.room, el('h1', {}, 'Search'), said, card, el('div', {class: 'buttons'}, more));
  let next = null, seen = 0;
  async function read() {
    const found = await get(['search'], {q: asked, limit: PAGE, cursor: next});
    next = found.next;
    seen += found.items.length;
    hits.append(...found.items.map(hit => el('li', {}, el('div', {class: 'row-head'}, workflowLink(hit.workflow), hit.step ? code(hit.step) : null, el('span', {class: 'muted end'}, time(hit.at, true), ' · ', runLink(hit.run))), el('p', {class: 'mono'}, el('a', {class: 'hit', href: href('runs', hit.run) + '?line=' + hit.number}, marked(oneLine(hit.text.slice(0, 600)), words))))));
    more.hidden = !next;
    card.hidden = !seen;
    said.textContent = seen ? `${seen}${next ? ' or more' : ''} found for “${asked}”` : `Nothing found for “${asked}”. All of its words have to be in one line.`;
  }
  more.addEventListener('click', () => read().catch(refusal => { said.textContent = refusal.message; }));
  if (words.length) await read();
  else said.textContent = 'Type a word or more into the field above.';
  return {};
}
