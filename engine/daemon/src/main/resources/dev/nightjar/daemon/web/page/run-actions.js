/** What an operator may do to a run; only what makes sense at the moment is offered. */
import {el, say} from '/assets/dom.js';
import {get, post} from '/assets/api.js';
import {dialog, note} from '/assets/parts.js';
import {inputFields} from '/assets/run-form.js';

const labelled = (text, control, about) => el('div', {class: 'field'}, el('label', {for: control.id}, text), control, about ? el('p', {class: 'about'}, about) : null);

async function cancel(run) {
  const reason = el('input', {id: 'reason', type: 'text', required: true, maxlength: 500, value: 'cancelled on the page'});
  await dialog('Cancel this run', [labelled('Why', reason, 'Kept in the journal; steps of `finally` still run.')], 'Cancel the run', () => post(['runs', run.run, 'cancel'], {reason: reason.value}));
}

async function resume(run, told) {
  try {
    await post(['runs', run.run, 'resume'], {});
    say('The run goes on.');
  } catch (refusal) {
    told(refusal.message);
  }
}

/** Inputs are those of the workflow as it is now, filled with what the run had. */
async function rerun(run) {
  const workflow = await get(['workflows', run.workflow]).catch(() => ({inputs: []}));
  const fields = inputFields(workflow.inputs || [], run.inputs || {});
  const from = el('select', {id: 'from'}, el('option', {value: ''}, '(all of it)'), run.steps.filter(step => !step.nested).slice(0, 1000).map(step => el('option', {value: step.step}, step.step)));
  const begun = await dialog('Run it again', [labelled('From step', from, 'Steps before it are taken over from this run.'), (workflow.inputs || []).length ? fields.element : note('The workflow takes no inputs.')], 'Run again', async () => {
    try {
      return await post(['runs', run.run, 'rerun'], {from: from.value || null, inputs: fields.values()}, crypto.randomUUID());
    } catch (refusal) {
      throw new Error(fields.refuse(refusal) || 'Some inputs do not fit; nothing was started.');
    }
  });
  if (begun && begun.run) {
    location.hash = '#/runs/' + encodeURIComponent(begun.run);
    if ((begun.warnings || []).length) await dialog('The rerun has begun', begun.warnings.map(text => el('p', {class: 'warn'}, typeof text === 'string' ? text : text.message)), 'Good', () => true);
  }
}

/** A step that may do its work once was caught in the middle: only a person knows how far it came. */
async function resolve(run, told) {
  const open = run.steps.filter(step => !step.outcome && step.spans.length);
  const step = el('select', {id: 'doubt'}, open.slice(0, 1000).map(one => el('option', {value: one.step}, one.step)));
  const way = (text, value, checked) => el('label', {class: 'switch'}, el('input', {type: 'radio', name: 'way', value, checked}), text);
  const outputs = el('textarea', {id: 'outputs', rows: 2, spellcheck: 'false'}, '{}');
  const answer = await dialog('Say what became of a step', [labelled('Step', step), el('div', {class: 'field', role: 'radiogroup', 'aria-label': 'What became of it'}, way('It has done its work', 'succeeded', true), way('It has not; run it again', 'again', false)), labelled('Its outputs', outputs, 'As JSON, for the steps behind it.')], 'Say so',
    () => post(['runs', run.run, 'resolve'], {step: step.value, succeeded: document.querySelector('[name=way]:checked').value === 'succeeded', outputs: JSON.parse(outputs.value || '{}')}));
  if (answer) told((answer.left || []).length ? 'Still in doubt: ' + answer.left.join(', ') : 'No step is in doubt any more; the run can be resumed.');
}

/** The buttons of a run. `told` shows what the daemon answered. */
export function runActions(run, page, told) {
  const button = (text, kind, act) => el('button', {type: 'button', class: kind, 'data-key': text, on: {click: () => Promise.resolve(act(run, told)).catch(refusal => told(refusal.message))}}, text);
  const all = [];
  if (page.may('operator')) {
    if (run.state === 'running' || run.state === 'queued') all.push(button('Cancel', 'danger', cancel));
    if (run.state === 'unfinished') all.push(button('Resume', 'main', resume));
    if (run.state === 'unfinished' && run.steps.some(step => !step.outcome && step.spans.length)) all.push(button('Resolve', '', resolve));
    if (run.state === 'ended') all.push(button('Run again', run.outcome === 'failed' ? 'main' : '', rerun));
  }
  all.push(el('a', {class: 'button', href: `/api/v1/runs/${encodeURIComponent(run.run)}/export`, download: `run-${run.run}.html`}, 'Export'));
  return el('div', {class: 'buttons'}, all);
}
