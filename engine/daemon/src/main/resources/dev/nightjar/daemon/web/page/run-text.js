/** The text of a run's workflow as it was when the run began. */
import {el, code, fill, link} from '/assets/dom.js';
import {get} from '/assets/api.js';
import {time} from '/assets/figures.js';
import {empty, note} from '/assets/parts.js';
import {source} from '/assets/yaml.js';

/** Whether it is still what the next run would get. */
function standing(run, text) {
  switch (text.in_force) {
    case 'same': return note('As it was when the run began; it is in force unchanged.');
    case 'other': return el('p', {class: 'warn'}, 'As it was when the run began. The file has another text since ', time(text.in_force_since, true), ': ', link(['workflows', run.workflow], 'the one in force'), '.');
    default: return el('p', {class: 'warn'}, 'As it was when the run began. No workflow of this name is in force now.');
  }
}

/** Asked for when it is shown. */
export function runText(run) {
  const box = el('div', {});
  get(['runs', run.run, 'workflow'])
    .then(text => fill(box, standing(run, text), source(text.yaml, [], 'The workflow’s text as it was when the run began'), note('SHA-256 ', code(text.digest))))
    .catch(refusal => fill(box, empty(refusal.message)));
  return box;
}
