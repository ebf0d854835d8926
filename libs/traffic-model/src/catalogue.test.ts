import fc from 'fast-check';
import { Catalogue } from './catalogue';
import { RandomStream } from './random-stream';

describe('Catalogue', () => {
  it('has the requested mean click-through rate, and a different one for each campaign', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 0.1, noNaN: true }), (seed, clickThroughRate) => {
        const catalogue = new Catalogue({ seed, campaigns: 10, publishers: 3, clickThroughRate });
        expect(catalogue.meanClickThroughRate).toBeCloseTo(clickThroughRate, 10);
        const rates = catalogue.campaigns.items.map((campaign) => campaign.clickThroughRate);
        if (clickThroughRate > 1e-6) expect(new Set(rates).size).toBe(10);
      }),
      { numRuns: 50 },
    );
  });

  it('places an ad of the campaign, with the fixed fields', () => {
    const catalogue = new Catalogue({ seed: 1, campaigns: 10, publishers: 12, clickThroughRate: 0.02 });
    const campaign = catalogue.campaigns.items[9]!;
    const placement = catalogue.place(RandomStream.of(1, 'x'), { campaign, publisherId: 'publisher-07' });
    expect(placement).toMatchObject({ campaign: { campaignId: 'campaign-10' }, publisherId: 'publisher-07' });
    expect(placement.ad.adId).toMatch(/^campaign-10-ad-\d$/);
  });
});
