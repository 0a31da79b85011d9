/** Trades a token for the cookie of a session; the address, fragment and all, stays what was asked for. */
import {applyTheme} from '/assets/theme.js';

applyTheme();
const form = document.getElementById('form');
const problem = document.getElementById('problem');
const token = document.getElementById('token');

async function signIn() {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({token: token.value.trim()}),
  });
  if (answer.ok) {
    location.reload();
    return;
  }
  const wait = answer.headers.get('Retry-After');
  problem.textContent = answer.status === 401 ? 'This is none of the daemon’s tokens.'
    : wait ? `Too many wrong tokens; wait ${wait} s and try again.`
    : `The daemon refused: ${(await answer.json().catch(() => ({}))).detail || answer.status}`;
  token.select();
}

form.addEventListener('submit', event => {
  event.preventDefault();
  problem.textContent = '';
  signIn().catch(() => { problem.textContent = 'The daemon does not answer. Is it running?'; });
});
// Not before: the browser itself would put the token into an address.
document.getElementById('go').disabled = false;
