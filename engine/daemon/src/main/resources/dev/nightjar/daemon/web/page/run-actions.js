/** What an operator may do to a run; only what makes sense at the moment is offered. */
import {el, code, prose, say} from '/assets/dom.js';
import {get, post} from '/assets/api.js';
import {dialog, note, section, tell} from '/assets/parts.js';
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
    if ((begun.warnings || []).length) await tell('The rerun has begun', begun.warnings.map(text => el('p', {class: 'warn'}, prose(text))));
  }
}

/** What a person wrote as the outputs of a step. */
function outputsOf(text) {
  try {
    return JSON.parse(text || '{}');
  } catch (noJson) {
    throw new Error('The outputs are no JSON: ' + noJson.message);
  }
}

/** A step that may do its work once was caught in the middle: only a person knows how far it came. */
async function resolve(run, doubt, told) {
  const way = (text, value, off) => el('label', {class: 'switch'}, el('input', {type: 'radio', name: 'way', value, required: true, disabled: off}), text);
  const outputs = el('textarea', {id: 'outputs', rows: 2, spellcheck: 'false'}, '{}');
  const given = labelled('Its outputs', outputs, 'As JSON, for the steps behind it.');
  const ways = el('div', {class: 'field', role: 'radiogroup', 'aria-label': 'What became of it', on: {change: event => { given.hidden = event.target.value !== 'succeeded'; }}},
    way('It has done its work: go on behind it', 'succeeded', !doubt.can_have_succeeded), way('It has not: run it again', 'again', false));
  given.hidden = true;
  const answer = await dialog(`What became of ${doubt.step}?`, [note('Look where it works, such as in the other system: nobody here knows whether it came to its end.'), ways, doubt.can_have_succeeded ? given : note('It was to emit records, and which ones is not known: it cannot be taken as done.')], 'Say so', form => {
    const succeeded = form.querySelector('[name=way]:checked').value === 'succeeded';
    return post(['runs', run.run, 'resolve'], {step: doubt.step, succeeded, outputs: succeeded ? outputsOf(outputs.value) : {}});
  });
  if (answer) told(answer.left.length ? 'It is remembered; the next answer is waited for.' : 'It is remembered; the run goes on by itself in a moment.');
}

/** Steps that wait for somebody's answer, each with the way to give it. */
export function doubtful(run, doubts, page, told) {
  if (!doubts.length) return null;
  const box = section('doubts', 'Waits for an answer', doubts.map(doubt => el('div', {class: 'failure'}, el('p', {}, code(doubt.step), ' was interrupted in the middle of work that is done at most once. The run waits until somebody says what became of it.'),
    page.may('operator') ? el('button', {type: 'button', class: 'main', 'data-key': 'resolve-' + doubt.step, on: {click: () => resolve(run, doubt, told).catch(refusal => told(refusal.message))}}, 'Say what became of it') : note('Saying so needs the role operator.'))));
  box.classList.add('warn-edge');
  return box;
}

/** The buttons of a run. `told` shows what the daemon answered. */
export function runActions(run, doubts, page, told) {
  const button = (text, kind, act) => el('button', {type: 'button', class: kind, 'data-key': text, on: {click: () => Promise.resolve(act(run, told)).catch(refusal => told(refusal.message))}}, text);
  const all = [];
  if (page.may('operator')) {
    if (run.state === 'running' || run.state === 'queued') all.push(button('Cancel', 'danger', cancel));
    if (run.state === 'unfinished' && !doubts.length) all.push(button('Resume', 'main', resume));
    if (run.state === 'ended') all.push(button('Run again', run.outcome === 'failed' ? 'main' : '', rerun));
  }
  all.push(el('a', {class: 'button', href: `/api/v1/runs/${encodeURIComponent(run.run)}/export`, download: `run-${run.run}.html`}, 'Export'));
  return el('div', {class: 'buttons'}, all);
}
