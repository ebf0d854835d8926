/**
 * A text from outside (an identifier, a reason), whose marks of direction must not reorder what stands beside it. `bdi` alone does
 * not keep to that: a text with the end of an isolate (U+2069) gets out of it. A separate inline block does, see `.outside`.
 */
export function OutsideText({ text, mono }: { readonly text: string; readonly mono?: boolean }) {
  return (
    <bdi class={mono ? 'outside id' : 'outside'} dir="auto">
      {text}
    </bdi>
  );
}

/** The campaign that figures are of, in the middle of a sentence or at its start. */
export function CampaignName({ campaign, all }: { readonly campaign: string | undefined; readonly all: string }) {
  return campaign === undefined ? <>{all}</> : <OutsideText text={campaign} />;
}
