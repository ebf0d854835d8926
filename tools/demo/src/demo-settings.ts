/**
 * Settings of a demo that differ from the committed ones, so that all results appear within two minutes: short windows, and a short
 * attribution window, because net click-through rates are settled only after it.
 */
export const DEMO_SETTINGS: Readonly<Record<string, string>> = {
  'metrics.window.seconds': '10',
  'attribution.window.seconds': '60',
};
