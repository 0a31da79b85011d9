/** Begins the page: who is here, which view, what changes. */
import {el, fill, say} from '/assets/dom.js';
import {get, signOut} from '/assets/api.js';
import {useZone, shownZone, ownZone} from '/assets/figures.js';
import {Stream} from '/assets/stream.js';
import {themeSwitch} from '/assets/theme.js';
import {trouble} from '/assets/parts.js';

const VIEWS = {
  '': () => import('/assets/today.js'),
  workflows: parts => parts.length ? import('/assets/workflow.js') : import('/assets/workflows.js'),
  runs: parts => parts.length ? import('/assets/run.js') : import('/assets/runs.js'),
  schedule: () => import('/assets/schedule.js'),
  plugins: () => import('/assets/plugins.js'),
  search: () => import('/assets/search.js'),
};
const content = document.getElementById('content');
const standing = document.getElementById('standing');
let status = {};
let current = null;
let turn = 0;

/** What views get: where to draw, the path's parts, the query, the daemon's status, and who may do what. */
function context(parts, query) {
  return {
    room: content, parts, query,
    get status() { return status; },
    may: role => ['viewer', 'operator', 'admin'].indexOf(status.role) >= ['viewer', 'operator', 'admin'].indexOf(role),
    title: text => { document.title = text + ' · Nightjar'; },
  };
}

function address() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  return [path.split('/').filter(Boolean).map(part => { try { return decodeURIComponent(part); } catch (malformed) { return part; } }), new URLSearchParams(query || '')];
}

function leave() {
  if (current && current.close) current.close();
  current = null;
}

async function show() {
  const mine = ++turn;
  const [[name = '', ...parts], query] = address();
  leave();
  for (const one of document.querySelectorAll('#nav a')) {
    if (one.getAttribute('href') === '#/' + name) one.setAttribute('aria-current', 'page');
    else one.removeAttribute('aria-current');
  }
  const load = VIEWS[name];
  if (!load) {
    fill(content, el('h1', {}, 'There is no such view'), el('p', {}, el('a', {href: '#/'}, 'Today shows what is going on.')));
    return;
  }
  try {
    const module = await load(parts);
    if (mine !== turn) return;
    const view = await module.show(context(parts, query));
    if (mine === turn) current = view;
    else if (view && view.close) view.close();
  } catch (refusal) {
    if (mine === turn) fill(content, trouble(refusal, show));
  }
}

function navigate(event) {
  if (location.hash === '#content') return;
  scrollTo(0, 0);
  show().then(() => {
    say(document.title);
    if (event) content.focus({preventScroll: true});
  });
}

async function readStatus() {
  status = await get(['status']);
  useZone(status.zone);
  fill(document.getElementById('foot'),
    el('span', {}, 'Nightjar ' + (status.version || '')), status.folder ? el('span', {}, status.folder) : null,
    el('span', {}, 'Times are those of ' + shownZone() + (shownZone() === ownZone() ? '' : `; this device is in ${ownZone()}`)),
    el('span', {}, 'Signed in as ' + status.role));
}

/** Only what a reader has to know: that nothing moves any more, or that the daemon takes nothing. */
function tellStanding(text) {
  fill(standing, text ? el('p', {}, text) : null);
}

function follow() {
  let lost = false;
  return new Stream(() => '/api/v1/changes', {
    event: (type, data) => { if (current && current.changed) current.changed(type, data); },
    standing: now => {
      if (now === 'open') {
        tellStanding(status.accepts === false ? 'The daemon is stopping; it accepts no new runs.' : '');
        if (lost) readStatus().then(() => current && current.changed && current.changed('all', {})).catch(() => {});
      } else {
        tellStanding('The connection to the daemon is gone; what you see may be old. Trying again …');
      }
      lost = now !== 'open';
    },
  });
}

function keys(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || document.querySelector('dialog[open]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById('search-text').focus();
  }
}

async function begin() {
  themeSwitch(document.getElementById('theme'));
  document.getElementById('leave').addEventListener('click', () => signOut().catch(refusal => tellStanding(refusal.message)));
  document.getElementById('skip').addEventListener('click', event => { event.preventDefault(); content.focus(); });
  document.getElementById('search').addEventListener('submit', event => {
    event.preventDefault();
    const text = document.getElementById('search-text').value.trim();
    if (text) location.hash = '#/search?q=' + encodeURIComponent(text);
  });
  addEventListener('keydown', keys);
  try {
    await readStatus();
  } catch (refusal) {
    fill(content, trouble(refusal, () => location.reload()));
    return;
  }
  addEventListener('hashchange', navigate);
  navigate();
  follow();
}

begin();
