// What a screen reader could not tell: controls without a name, ids that are there twice, places that jump in headings.
(() => {
  const found = [];
  const name = one => one.getAttribute('aria-label') || (one.labels && one.labels[0] && one.labels[0].textContent) || one.textContent.trim()
    || (one.getAttribute('aria-labelledby') || '').split(' ').map(id => (document.getElementById(id) || {}).textContent || '').join('') || (one.querySelector('img[alt]') || {}).alt || '';
  for (const one of document.querySelectorAll('a, button, input, select, textarea, [role=button], [role=img], [role=region], dialog')) {
    if (one.checkVisibility() && !name(one).trim()) found.push('no name: ' + one.outerHTML.slice(0, 120));
  }
  const ids = new Set();
  for (const one of document.querySelectorAll('[id]')) if (ids.has(one.id)) found.push('twice: ' + one.id); else ids.add(one.id);
  if (document.querySelectorAll('h1').length !== 1) found.push('not one heading of the first level: ' + document.querySelectorAll('h1').length);
  if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the window by ' + (document.documentElement.scrollWidth - innerWidth));
  // On a narrow screen a table is read downwards; elsewhere it may be wider than its place.
  if (innerWidth < 500) for (const one of document.querySelectorAll('.scroll')) {
    if (one.querySelector('table') && one.scrollWidth > one.clientWidth) found.push(`a table scrolls sideways: ${one.getAttribute('aria-label')} by ${one.scrollWidth - one.clientWidth}`);
  }
  return found;
})()
