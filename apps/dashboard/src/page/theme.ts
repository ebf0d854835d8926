/** Light or dark: what the system says, until the user chooses. */
export type Theme = 'light' | 'dark';

const KEY = 'theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** @returns the user's choice; undefined: none, or the browser keeps nothing */
function chosen(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the theme that holds now */
export function currentTheme(): Theme {
  return chosen() ?? (dark.matches ? 'dark' : 'light');
}

/** Shows the theme, and keeps it for the next time. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds until the page is closed.
  }
}

/** Shows the theme that holds. @param onChange told when the system changes it */
export function followTheme(onChange: (theme: Theme) => void): void {
  const apply = () => {
    document.documentElement.dataset['theme'] = currentTheme();
    onChange(currentTheme());
  };
  dark.addEventListener('change', apply);
  document.documentElement.dataset['theme'] = currentTheme();
}
