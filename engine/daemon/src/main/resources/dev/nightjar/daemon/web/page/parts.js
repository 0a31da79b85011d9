/** The pieces that views are put together of. */
import {el, code, href, link, prose} from '/assets/dom.js';
import {away, duration, ms, count} from '/assets/figures.js';

const TONES = {succeeded: 'good', failed: 'bad', cancelled: 'warn', timed_out: 'bad', unfinished: 'warn', skipped: 'idle', running: 'busy', queued: 'idle', ok: 'good', broken: 'bad'};

/** The colour of an outcome or a state. */
export const toneOf = word => TONES[word] || 'idle';
export const wordOf = run => run.outcome || run.state || 'running';
export const badge = word => el('span', {class: 'badge ' + toneOf(word)}, String(word).replaceAll('_', ' '));

/** A section with its heading; `id` is unique in the view. */
export function section(id, title, ...children) {
  return el('section', {class: 'card', id, 'aria-labelledby': id + '-h'}, el('h2', {id: id + '-h'}, title), ...children);
}
export const facts = pairs => el('dl', {class: 'facts'}, pairs.filter(Boolean).map(([name, what]) => el('div', {}, el('dt', {}, name), el('dd', {}, what))));
export const note = (...text) => el('p', {class: 'note'}, ...text);
export const empty = (...text) => el('p', {class: 'empty'}, text.map(part => typeof part === 'string' ? prose(part) : part));

/**
 * Rows of cells; a class for each column. Where there is little room each row is a card, and a cell has its column's
 * name before it; browsers forget that such a thing is a table, so the roles are said.
 */
export function table(label, headings, rows, classes = []) {
  const row = cells => el('tr', {role: 'row'}, cells.map((cell, i) => el('td', {role: 'cell', class: classes[i] || '', 'data-label': headings[i]}, cell)));
  return el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label, 'data-scroll': label}, el('table', {role: 'table', 'aria-label': label},
    el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'}, headings.map((name, i) => el('th', {role: 'columnheader', scope: 'col', class: classes[i] || ''}, name)))),
    el('tbody', {role: 'rowgroup'}, rows.map(row))));
}

/** The first of a list, and how many more there are. */
export function limited(items, most, noun) {
  return [items.slice(0, most), items.length > most ? note(`and ${count(items.length - most)} more ${noun}`) : null];
}
export const runLink = (run, ...text) => el('a', {href: href('runs', run), 'data-key': 'run-' + run}, ...(text.length ? text : [code(run)]));
export const workflowLink = name => link(['workflows', name], name);

/** What has started a run: a trigger by its id, one that is none, such as `@api`, or nothing but a hand. */
export const isTrigger = cause => cause && !cause.startsWith('@');
export const causeLabel = cause => !cause ? 'hand' : isTrigger(cause) ? code(cause) : {'@api': 'the API', '@rerun': 'a rerun'}[cause] || cause;

/** How long a run took, or goes on. */
export function took(run, now = Date.now()) {
  return run.started ? duration(((run.ended ? ms(run.ended) : now) - ms(run.started)) / 1000) : '';
}

/** The last outcomes of a workflow, the oldest first, as marks that tell by shape as well as by colour. */
export function marks(runs) {
  if (!runs.length) return '';
  const SIGNS = {succeeded: '✓', failed: '✕', cancelled: '–', running: '▸', queued: '·', unfinished: '!', skipped: '–'};
  return el('span', {class: 'marks'}, runs.slice().reverse().map(run => el('a', {class: 'mark ' + toneOf(wordOf(run)), href: href('runs', run.id), title: `${wordOf(run)}, ${away(run.started)}`, 'aria-label': `${wordOf(run)}, ${away(run.started)}`}, SIGNS[wordOf(run)] || '·')));
}

/** What is wrong with a file, as the terminal says it. */
export function diagnosticList(diagnostics) {
  const [shown, more] = limited(diagnostics, 50, 'diagnostics');
  return el('ul', {class: 'diagnostics'}, shown.map(one => el('li', {class: one.severity === 'error' ? 'bad-edge' : 'warn-edge'},
    el('p', {}, code(`${one.file}:${one.line}:${one.column}`), ' ', el('b', {class: one.severity === 'error' ? 'bad' : 'warn'}, `${one.severity}[${one.code}]`)),
    el('p', {}, prose(one.message)), (one.hints || []).map(hint => el('p', {class: 'muted'}, prose(hint))))), more);
}

/** Says why something cannot be shown, and offers to try again. */
export function trouble(refusal, again) {
  return el('div', {class: 'trouble', role: 'alert'}, el('p', {}, refusal.status === 404 ? 'There is nothing here: ' : 'This cannot be shown: ', refusal.message),
    el('button', {type: 'button', on: {click: again}}, 'Try again'));
}

/** Tabs by the book: arrows move, the chosen one is in the tab order. `panels` makes each when it is first shown. */
export function tabs(label, names, panels, first, chosen) {
  const made = new Map();
  const panel = el('div', {class: 'panel', role: 'tabpanel', tabindex: 0});
  const buttons = names.map((name, i) => el('button', {type: 'button', role: 'tab', id: `tab-${label}-${i}`, on: {
    click: () => choose(i),
    keydown: event => {
      const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
      const to = by ? (i + by + names.length) % names.length : {Home: 0, End: names.length - 1}[event.key];
      if (to === undefined) return;
      event.preventDefault();
      choose(to);
      buttons[to].focus();
    },
  }}, name));
  function choose(i) {
    buttons.forEach((button, k) => { button.setAttribute('aria-selected', String(k === i)); button.tabIndex = k === i ? 0 : -1; });
    if (!made.has(i)) made.set(i, panels[i]());
    panel.setAttribute('aria-labelledby', buttons[i].id);
    panel.replaceChildren(made.get(i));
    if (chosen) chosen(i);
  }
  const box = el('div', {}, el('div', {class: 'tabs', role: 'tablist', 'aria-label': label}, buttons), panel);
  choose(first || 0);
  return box;
}

/** A dialog that only tells. */
export const tell = (title, content) => dialog(title, content, 'Close', null);

/** A dialog of the browser's own: focus stays in it, Escape leaves it. Answers with what `act` gives, or null. */
export function dialog(title, content, action, act) {
  return new Promise(done => {
    const problem = el('p', {class: 'bad', role: 'alert'});
    const go = el('button', {class: 'main'}, action);
    const form = el('form', {}, el('h2', {id: 'dialog-h'}, title), content, problem,
      el('div', {class: 'buttons'}, go, act ? el('button', {type: 'button', on: {click: () => box.close()}}, 'Leave it') : null));
    const box = el('dialog', {'aria-labelledby': 'dialog-h'}, form);
    let result = null;
    form.addEventListener('submit', async event => {
      event.preventDefault();
      go.disabled = true;
      problem.textContent = '';
      try {
        if (act) result = await act(form) ?? true;
        box.close();
      } catch (refusal) {
        problem.replaceChildren(...prose(refusal.message));
      } finally {
        go.disabled = false;
      }
    });
    box.addEventListener('close', () => { box.remove(); done(result); });
    document.body.append(box);
    box.showModal();
  });
}
