import { OutsideText } from './outside-text';

/** Lines with external text, under a heading; nothing if the list is empty. */
export function OutsideLines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="left-out-lines">
        {lines.map((line, index) => (
          <li key={index}>
            <OutsideText text={line} />
          </li>
        ))}
      </ul>
    </>
  );
}
