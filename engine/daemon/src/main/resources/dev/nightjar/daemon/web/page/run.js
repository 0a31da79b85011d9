/** One run, live: what it does is told by its events, what that means is asked of the daemon. */
import {el, fill, say} from '/assets/dom.js';
import {addressOf, get} from '/assets/api.js';
import {Stream} from '/assets/stream.js';
import {empty, section, tabs, wordOf} from '/assets/parts.js';
import {drawGraph} from '/assets/graph.js';
import {Gantt} from '/assets/gantt.js';
import {END, Log} from '/assets/log.js';
import {measured} from '/assets/measured.js';
import {rejects} from '/assets/rejects.js';
import {doubtful, runActions} from '/assets/run-actions.js';
import {failures, given, head, stepTable, summary, tiles} from '/assets/run-parts.js';
import {runText} from '/assets/run-text.js';
import {why} from '/assets/why.js';

/** Between two looks at a run; and many times what a look takes, so that long runs cost no more than short ones. */
const LOOK = 700, PATIENCE = 6;
const LOGGED = new Set(['logged', 'warned', 'attempt_failed', 'step_ended', 'run_resumed', 'cancel_requested']);
const logged = run => Object.values(run.log_counts || {}).reduce((sum, n) => sum + n, 0);

/** The steps that a run which nobody has waits with for an answer. */
const readDoubts = async run => run.state === 'unfinished' ? (await get(['runs', run.run, 'doubts'])).items : [];

class RunView {
  /** `line` is the number of a line of the log to lead to; 0 for none. */
  constructor(page, run, graph, doubts, line) {
    this.page = page;
    this.run = run;
    this.planned = (graph && graph.nodes || []).filter(node => (node.block || 'steps') === 'steps');
    this.top = el('div', {class: 'view-head'});
    this.told = el('p', {class: 'warn', role: 'status'});
    this.figures = el('div', {class: 'tiles'});
    this.wrong = el('div', {});
    this.doubts = doubts;
    this.asked = el('div', {});
    this.gantt = new Gantt();
    this.log = new Log(run.run, logged(run));
    this.log.follow.checked = !run.ended && !line;
    this.graph = graph && (graph.nodes || []).length ? drawGraph(graph, this.bySteps(), node => this.gantt.reveal(node.path || node.id)) : null;
    this.rows = 200;
    this.stepsBox = el('div', {});
    this.lost = el('p', {class: 'warn', hidden: true, role: 'status'}, 'The stream of this run’s events is gone; trying again …');
    const timeline = section('timeline', 'Timeline', this.gantt.element);
    this.more = tabs('details', ['Log', 'Steps', 'Rejects', 'Measured', 'Summary', 'Why', 'Inputs and outputs', 'Text'], [
      () => { this.beginLog(line); return this.log.element; },
      () => { this.drawSteps(); return this.stepsBox; },
      () => this.live(rejects), () => this.live(measured), () => this.live(summary), () => why(this.run), () => this.live(given), () => runText(this.run),
    ]);
    fill(page.room, this.lost, this.top, this.told, this.asked, this.wrong, this.figures, el('div', {class: 'halves'}, timeline, this.graph ? section('graph', 'Graph', this.graph.element) : null), section('details', 'Details', this.more));
    this.update(run);
    if (!run.ended) this.follow();
  }

  beginLog(line) {
    if (line) this.log.leadTo(line);
    else this.log.load(this.run.ended ? {after: 0} : {before: END});
  }
  /** A panel that is drawn anew when the run has changed in what it shows. */
  live(draw) {
    const box = el('div', {});
    this.panels = (this.panels || []).concat([{box, draw, key: ''}]);
    this.drawPanel(this.panels.at(-1));
    return box;
  }
  drawPanel(panel) {
    const {run} = this;
    const key = `${(run.rejects || []).length} ${(run.measured || []).length} ${Boolean(run.ended)} ${(run.warnings || []).length}`;
    if (panel.key === key) return;
    panel.key = key;
    panel.box.replaceChildren(panel.draw(run));
  }
  /** Steps by path; those of many items are told together, and the worst of them counts. */
  bySteps() {
    const told = (this.run.nested || []).map(one => [one.path, {outcome: one.outcomes.failed ? 'failed' : one.to ? Object.keys(one.outcomes)[0] : undefined, spans: [one]}]);
    return new Map([...told, ...this.run.steps.map(step => [step.step, step])]);
  }
  drawSteps() {
    fill(this.stepsBox, this.run.steps.length ? stepTable(this.run, this.rows, () => { this.rows += 200; this.drawSteps(); }) : empty('No step has begun.'));
  }

  update(run) {
    const before = wordOf(this.run);
    this.run = run;
    this.page.title(`${run.workflow}, ${wordOf(run)}`);
    const told = text => { this.told.textContent = text; this.look(); };
    if (run.state !== 'unfinished') this.doubts = [];
    fill(this.top, head(run, this.page.status.folder, runActions(run, this.doubts, this.page, told)));
    fill(this.asked, doubtful(run, this.doubts, this.page, told));
    fill(this.figures, tiles(run, this.planned.length));
    fill(this.wrong, failures(run));
    this.gantt.update(run, this.planned);
    if (this.graph) this.graph.update(this.bySteps());
    if (this.stepsBox.isConnected) this.drawSteps();
    (this.panels || []).filter(panel => panel.box.isConnected).forEach(panel => this.drawPanel(panel));
    this.log.knows(run.steps.map(step => step.step));
    this.log.total(logged(run));
    if (before !== wordOf(run)) say(`The run has ${wordOf(run)}.`);
  }

  follow() {
    const id = this.run.run;
    this.stream = new Stream(position => addressOf(['runs', id, 'events'], {after: position ?? this.run.position ?? 0}), {
      event: type => {
        if (LOGGED.has(type)) this.logDue = this.logDue || setTimeout(() => { this.logDue = 0; this.log.arrived(); }, 300);
        if (type !== 'logged' || !this.run.steps.length) this.look();
        if (type === 'run_ended') this.look(true);
      },
      standing: now => {
        this.lost.hidden = now !== 'lost';
        if (now === 'open' && this.wasLost) this.look();
        this.wasLost = now === 'lost';
      },
    }, 'run_ended', this.run.position ?? null);
    this.beat = setInterval(() => { this.look(); }, 2000);
  }

  /** Reads the run anew, soon; the end is not waited for. */
  look(now) {
    if (this.due && !now || this.over) return;
    clearTimeout(this.due);
    this.due = setTimeout(async () => {
      const begun = performance.now();
      try {
        const run = await get(['runs', this.run.run]);
        const doubts = await readDoubts(run);
        if (this.over) return;
        this.doubts = doubts;
        this.update(run);
        if (run.ended) {
          clearInterval(this.beat);
          this.log.arrived();
        } else if (!this.stream || this.stream.over) {
          this.follow();
        }
      } catch (refusal) {
        this.told.textContent = refusal.message;
      } finally {
        this.pause = Math.max(LOOK, (performance.now() - begun) * PATIENCE);
        this.due = 0;
      }
    }, now ? 0 : this.pause || LOOK);
  }

  changed(type, data) {
    if (type === 'all' || type === 'runs' && data.run === this.run.run) this.look();
  }
  close() {
    this.over = true;
    clearTimeout(this.due);
    clearTimeout(this.logDue);
    clearInterval(this.beat);
    if (this.stream) this.stream.close();
  }
}

export async function show(page) {
  const id = page.parts[0];
  const [run, graph] = await Promise.all([get(['runs', id]), get(['runs', id, 'graph']).catch(() => null)]);
  const view = new RunView(page, run, graph, await readDoubts(run), Number(page.query.get('line')) || 0);
  return {changed: (type, data) => view.changed(type, data), close: () => view.close()};
}
