/** Records that were set aside: where each came from, why, and what it was. */
import {el, code, fill} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {count, plural, value} from '/assets/figures.js';
import {empty, limited, note, table} from '/assets/parts.js';

const PAGE = 50, FILES = 200;

/** A line of a file of rejects; one that was cut is no JSON any more and is shown as it is. */
function parsed(line) {
  const text = typeof line === 'string' ? line : line.text || null;
  if (text === null) return line;
  try {
    return JSON.parse(text);
  } catch (cut) {
    return {record: text};
  }
}
const origin = one => one.source ? `${one.source}${one.line !== undefined ? ':' + one.line : one.offset !== undefined ? ' at byte ' + one.offset : ''}` : '';

function lines(run, file) {
  const box = el('div', {}), rows = [];
  let after = 0;
  async function read() {
    const page = await get(['runs', run.run, 'rejects'], {file: file.path, after, limit: PAGE});
    after = page.next ?? after + page.items.length;
    rows.push(...page.items.map(parsed));
    fill(box, rows.length ? table('Rejects in ' + file.path, ['Where', 'Why', 'Record'], rows.map(one => [code(origin(one)), one.reason || '', code(value(one.record ?? '').slice(0, 600))]), ['nowrap', 'wide', 'wide']) : empty('The file has no lines, or is not there any more.'),
      page.next !== null && page.next !== undefined ? el('button', {type: 'button', on: {click: () => read().catch(refusal => box.append(note(refusal.message)))}}, `More; ${count(rows.length)} of ${count(file.records)} are shown`) : null);
  }
  read().catch(refusal => fill(box, empty(refusal.message)));
  return box;
}

/** The files of a run. */
export function rejects(run) {
  const files = run.rejects || [];
  if (!files.length) {
    const left = run.steps.reduce((sum, step) => sum + (step.nested ? 0 : step.metrics.rejected || 0), 0);
    return empty(left ? `${plural(left, 'record')} were counted and left out; the workflow asks for no file of them.` : 'No record was set aside.');
  }
  const [shown, more] = limited(files, FILES, 'files');
  return el('div', {}, shown.map((file, i) => {
    const box = el('details', {}, el('summary', {}, code(file.path), ` ${plural(file.records, 'record')}, of `, code(file.step)));
    const open = () => { if (box.open && box.children.length < 2) box.append(lines(run, file)); };
    box.addEventListener('toggle', open);
    if (!i) box.open = true;
    return box;
  }), more);
}
