/** Light or dark: the system's theme, until the user chooses one. */
export type Theme = 'light' | 'dark';

const KEY = 'theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** @returns the user's choice; undefined before the first choice, or if the browser does not store it */
function chosen(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the current theme */
export function currentTheme(): Theme {
  return chosen() ?? (dark.matches ? 'dark' : 'light');
}

/** Shows the theme, and stores it for the next visit. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It applies until the page is closed.
  }
}

/**
 * Shows the current theme.
 * @param onChange called when the system changes it
 */
export function followTheme(onChange: (theme: Theme) => void): void {
  const apply = () => {
    document.documentElement.dataset['theme'] = currentTheme();
    onChange(currentTheme());
  };
  dark.addEventListener('change', apply);
  document.documentElement.dataset['theme'] = currentTheme();
}
