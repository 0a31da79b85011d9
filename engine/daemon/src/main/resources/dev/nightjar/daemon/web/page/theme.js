/** Dark, light, or as the device has it. */
const KEY = 'nightjar-theme';
const ORDER = ['', 'light', 'dark'];
const SIGNS = {'': '◐', light: '○', dark: '●'};
const NAMES = {'': 'Auto', light: 'Light', dark: 'Dark'};

function chosen() {
  try {
    const kept = localStorage.getItem(KEY);
    return ORDER.includes(kept) ? kept : '';
  } catch (noStorage) {
    return '';
  }
}

/** Makes the page look as was chosen before. */
export function applyTheme(theme = chosen()) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  return theme;
}

/** The switch. */
export function themeSwitch(button) {
  let theme = applyTheme();
  const name = () => {
    button.textContent = `${SIGNS[theme]} ${NAMES[theme]}`;
    button.setAttribute('aria-label', `Colours: ${NAMES[theme].toLowerCase()}; press for ${NAMES[ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length]].toLowerCase()}`);
  };
  button.addEventListener('click', () => {
    theme = applyTheme(ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length]);
    try {
      localStorage.setItem(KEY, theme);
    } catch (noStorage) {
      // Then it holds until the page is left.
    }
    name();
    dispatchEvent(new Event('themechange'));
  });
  name();
}
