/** The daemon's API, from the page. */

/** What went wrong with a request, in words that can be shown. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || 'the daemon answered ' + status);
    this.status = status;
    this.problem = problem;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, {credentials: 'same-origin', ...options});
  } catch (unreachable) {
    if (unreachable.name === 'AbortError') throw unreachable;
    throw new Refusal(0, {detail: 'the daemon does not answer; is it running?'});
  }
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

const address = (parts, query) => {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(query || {})) {
    for (const one of [value].flat()) if (one !== undefined && one !== null && one !== '') found.append(name, one);
  }
  const text = found.toString();
  return '/api/v1/' + parts.map(part => encodeURIComponent(part)).join('/') + (text ? '?' + text : '');
};

/** Reads; empty values of the query are left out, lists are repeated. */
export async function get(parts, query, signal) {
  const answer = await ask(address(parts, query), {headers: {Accept: 'application/json'}, signal});
  return answer.json();
}

/** Does something; the key makes it happen once, however often it is sent. */
export async function post(parts, body, key) {
  const headers = {'Content-Type': 'application/json', Accept: 'application/json'};
  if (key) headers['Idempotency-Key'] = key;
  const answer = await ask(address(parts), {method: 'POST', headers, body: JSON.stringify(body)});
  return answer.status === 204 ? null : answer.json().catch(() => null);
}

/** Ends the session. */
export async function signOut() {
  await ask('/session', {method: 'DELETE'});
  location.reload();
}

export const addressOf = address;
