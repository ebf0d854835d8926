/**
 * A horizontal bar.
 * @param share of its full length, 0 to 1; the figure itself is next to it as text
 */
export function Bar({
  share,
  kind = 'accent',
}: {
  readonly share: number;
  readonly kind?: 'accent' | 'net' | 'quiet';
}) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return (
    <svg class={`bar bar-${kind}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-track" width="100" height="6" />
      <rect class="bar-fill" width={width.toFixed(2)} height="6" />
    </svg>
  );
}
