/**
 * The log of a run. A part of it is in memory, what is in view is in the document; both are replaced by what lies before
 * and behind as one scrolls, so a million lines cost what a thousand do.
 */
import {el, calm} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {clockMillis, count, ms, oneLine, plural} from '/assets/figures.js';

const PAGE = 1000;
const KEPT = 5000;
const LEVELS = ['error', 'warn', 'info', 'debug', 'trace'];
const TONES = {error: 'bad', warn: 'warn', debug: 'muted', trace: 'muted'};
const END = Number.MAX_SAFE_INTEGER;

export class Log {
  constructor(id, total) {
    this.id = id;
    this.lines = [];
    this.before = null;
    this.after = null;
    this.height = 22;
    this.chosen = -1;
    this.busy = false;
    this.turn = 0;
    this.text = el('input', {type: 'search', placeholder: 'Find in the log', 'aria-label': 'Find in the log', maxlength: 200});
    this.level = el('select', {'aria-label': 'Level'}, LEVELS.map((name, i) => el('option', {value: i === 4 ? '' : name}, i === 4 ? 'all levels' : i === 0 ? 'errors' : name + ' and above')));
    this.level.value = '';
    this.step = el('input', {type: 'search', placeholder: 'Step', 'aria-label': 'Step', class: 'short', maxlength: 300, list: 'log-steps'});
    this.steps = el('datalist', {id: 'log-steps'});
    this.follow = el('input', {type: 'checkbox', id: 'follow'});
    this.said = el('span', {class: 'muted', role: 'status'});
    this.filler = el('div', {});
    this.list = el('ol', {});
    this.view = el('div', {class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Log lines; arrow keys choose one, Home and End lead to the first and the last'}, this.filler, this.list);
    this.one = el('div', {class: 'one', hidden: true, 'aria-live': 'polite'});
    this.element = el('div', {}, el('div', {class: 'tools'}, this.text, this.step, this.steps, this.level, el('label', {class: 'switch'}, this.follow, 'Follow'),
      el('button', {type: 'button', on: {click: () => this.load({after: 0})}}, 'First'), el('button', {type: 'button', on: {click: () => this.load({before: END})}}, 'Last'), this.said), this.view, this.one);
    this.total(total);
    const filter = calm(250, () => this.load(this.follow.checked ? {before: END} : {after: 0}));
    this.text.addEventListener('input', filter);
    this.step.addEventListener('input', filter);
    this.level.addEventListener('change', filter);
    this.follow.addEventListener('change', () => { if (this.follow.checked) this.load({before: END}); });
    this.view.addEventListener('scroll', () => this.scrolled(), {passive: true});
    this.view.addEventListener('wheel', event => { if (event.deltaY < 0) this.follow.checked = false; }, {passive: true});
    this.view.addEventListener('keydown', event => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.view);
  }

  total(n) {
    this.all = n;
    this.tell();
  }
  tell() {
    this.said.textContent = this.filtered() ? `${count(this.lines.length)}${this.after !== null || this.before !== null ? ' or more' : ''} found of ${plural(this.all, 'line')}` : plural(this.all, 'line');
  }
  filtered() { return this.text.value || this.step.value || this.level.value; }
  knows(steps) {
    this.steps.replaceChildren(...steps.slice(0, 300).map(name => el('option', {value: name})));
  }

  ask(where) {
    return get(['runs', this.id, 'logs'], {...where, limit: PAGE, step: this.step.value.trim(), level: this.level.value, text: this.text.value});
  }

  /** Forgets what is there and begins anew: behind a number, or with the last lines before one. */
  async load(where) {
    const mine = ++this.turn;
    this.busy = true;
    try {
      const page = await this.ask(where);
      if (mine !== this.turn) return;
      this.lines = page.items;
      this.before = page.previous ?? null;
      this.after = page.next ?? null;
      this.chosen = -1;
      this.one.hidden = true;
      this.grow();
      this.view.scrollTop = where.before ? this.view.scrollHeight : 0;
      this.draw();
      this.tell();
    } catch (refusal) {
      this.said.textContent = refusal.message;
    } finally {
      if (mine === this.turn) this.busy = false;
    }
  }

  /** What lies behind the lines in memory; those at the other end make room. */
  async further() {
    if (this.busy || this.after === null && !this.follow.checked) return;
    const mine = this.turn;
    this.busy = true;
    try {
      const page = await this.ask({after: this.lines.length ? this.lines.at(-1).n : this.after ?? 0});
      if (mine !== this.turn) return;
      if (this.follow.checked && page.next !== null && page.next !== undefined && page.items.length === PAGE) {
        this.busy = false;
        this.load({before: END});
        return;
      }
      this.lines = this.lines.concat(page.items);
      this.after = page.next ?? null;
      const dropped = Math.max(0, this.lines.length - KEPT);
      if (dropped) {
        this.lines = this.lines.slice(dropped);
        this.before = this.lines[0].n;
        this.chosen -= dropped;
      }
      const top = this.view.scrollTop - dropped * this.height;
      this.grow();
      if (this.follow.checked) this.view.scrollTop = this.view.scrollHeight;
      else if (dropped) this.view.scrollTop = top;
      this.draw();
      this.tell();
    } catch (refusal) {
      this.said.textContent = refusal.message;
    } finally {
      if (mine === this.turn) this.busy = false;
    }
  }

  async earlier() {
    if (this.busy || this.before === null) return;
    const mine = this.turn;
    this.busy = true;
    try {
      const page = await this.ask({before: this.before});
      if (mine !== this.turn) return;
      this.lines = page.items.concat(this.lines);
      this.before = page.previous ?? null;
      this.chosen += this.chosen < 0 ? 0 : page.items.length;
      const top = this.view.scrollTop + page.items.length * this.height;
      if (this.lines.length > KEPT) {
        this.lines = this.lines.slice(0, KEPT);
        this.after = this.lines.at(-1).n;
      }
      this.grow();
      this.view.scrollTop = top;
      this.draw();
    } catch (refusal) {
      this.said.textContent = refusal.message;
    } finally {
      if (mine === this.turn) this.busy = false;
    }
  }

  /** There is something new in the run. */
  arrived() {
    if (this.follow.checked) this.further();
    else if (this.after === null && this.lines.length) this.after = this.lines.at(-1).n;
    else if (!this.lines.length && !this.busy) this.load({after: 0});
  }

  scrolled() {
    this.draw();
    const left = this.view.scrollHeight - this.view.scrollTop - this.view.clientHeight;
    if (this.view.scrollTop < 40 * this.height) this.earlier();
    if (left < 40 * this.height && this.after !== null) this.further();
  }

  grow() {
    this.filler.style.height = this.lines.length * this.height + 'px';
  }

  draw() {
    const first = Math.max(0, Math.floor(this.view.scrollTop / this.height) - 10);
    const last = Math.min(this.lines.length, first + Math.ceil(this.view.clientHeight / this.height) + 20);
    this.list.style.top = first * this.height + 'px';
    this.list.replaceChildren(...this.lines.slice(first, last).map((line, i) => this.row(line, first + i)));
    const one = this.list.firstChild && this.list.firstChild.getBoundingClientRect().height;
    if (one && Math.abs(one - this.height) > 0.1) {
      this.height = one;
      this.grow();
    }
    if (!this.lines.length) this.list.replaceChildren(el('li', {class: 'muted'}, this.filtered() ? 'Nothing in the log is like this.' : 'Nothing has been logged.'));
  }

  row(line, i) {
    return el('li', {class: i === this.chosen ? 'on' : '', on: {click: () => this.choose(i)}}, el('span', {class: 't'}, clockMillis(ms(line.at))), el('span', {class: 'l ' + (TONES[line.level] || '')}, line.level),
      line.step ? el('span', {class: 's'}, line.step.slice(0, 80)) : null, el('span', {}, oneLine((line.message || '').slice(0, 400))));
  }

  choose(i) {
    this.chosen = Math.max(0, Math.min(this.lines.length - 1, i));
    const line = this.lines[this.chosen];
    if (!line) return;
    this.follow.checked = false;
    this.one.hidden = false;
    this.one.replaceChildren(el('p', {class: 'muted'}, `${line.at} ${line.level} ${line.step || ''}`), el('pre', {}, line.message || ''), ...(line.data ? [el('pre', {class: 'muted'}, JSON.stringify(line.data, null, 2))] : []));
    const top = this.chosen * this.height;
    if (top < this.view.scrollTop) this.view.scrollTop = top;
    if (top + this.height > this.view.scrollTop + this.view.clientHeight) this.view.scrollTop = top + this.height - this.view.clientHeight;
    this.draw();
  }

  key(event) {
    const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (by) {
      event.preventDefault();
      this.choose(this.chosen < 0 ? Math.floor(this.view.scrollTop / this.height) : this.chosen + by);
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      this.follow.checked = false;
      this.load(event.key === 'Home' ? {after: 0} : {before: END});
    }
  }
}
