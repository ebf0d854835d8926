/**
 * External text (an identifier, a reason), whose direction marks must not reorder the text next to it. `bdi` alone is
 * not enough: text with the end of an isolate (U+2069) leaves it. A separate inline block is enough, see `.outside`.
 */
export function OutsideText({ text, mono }: { readonly text: string; readonly mono?: boolean }) {
  return (
    <bdi class={mono ? 'outside id' : 'outside'} dir="auto">
      {text}
    </bdi>
  );
}

/** The campaign of the figures, in the middle of a sentence or at its start. */
export function CampaignName({ campaign, all }: { readonly campaign: string | undefined; readonly all: string }) {
  return campaign === undefined ? <>{all}</> : <OutsideText text={campaign} />;
}
