import { ZipfChoice } from './popularity';
import { RandomStream } from './random-stream';

/** A creative of a campaign. */
interface Ad {
  readonly adId: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A campaign of an advertiser. */
export interface Campaign {
  readonly campaignId: string;
  /** Share of its impressions that an ordinary visitor clicks. */
  readonly clickThroughRate: number;
  /** CPM: price of a thousand impressions in US dollars. */
  readonly cpm: number;
  readonly ads: ZipfChoice<Ad>;
}

/** A placement of an ad: ids and size of an impression. */
export interface Placement {
  readonly campaign: Campaign;
  readonly ad: Ad;
  readonly publisherId: string;
}

/** Sizes of the IAB's display ads. */
const SIZES: readonly (readonly [number, number])[] = [
  [300, 250],
  [728, 90],
  [320, 50],
  [160, 600],
  [300, 600],
  [970, 250],
];
const CAMPAIGN_EXPONENT = 1;
const PUBLISHER_EXPONENT = 0.9;

function numbered(name: string, index: number, count: number): string {
  return `${name}-${String(index + 1).padStart(String(count).length, '0')}`;
}

/** The campaigns with their ads, and the publishers; the first ones are the most popular. */
export class Catalogue {
  readonly campaigns: ZipfChoice<Campaign>;
  readonly publishers: ZipfChoice<string>;

  /**
   * @param options `seed`; numbers of `campaigns` and `publishers`; `clickThroughRate`: mean over all impressions;
   *   `namePrefix`: before all ids
   */
  constructor(options: {
    seed: number;
    campaigns: number;
    publishers: number;
    clickThroughRate: number;
    namePrefix?: string;
  }) {
    const { seed, campaigns, publishers, clickThroughRate, namePrefix = '' } = options;
    const random = RandomStream.of(seed, 'catalogue');
    const drafts = Array.from({ length: campaigns }, (_, i): Campaign => {
      const own = random.child(i);
      const campaignId = numbered(`${namePrefix}campaign`, i, campaigns);
      const ads = Array.from({ length: own.integer(2, 6) }, (_ad, k): Ad => {
        const [width, height] = own.pick(SIZES);
        return { adId: `${campaignId}-ad-${k + 1}`, width, height };
      });
      return {
        campaignId,
        clickThroughRate: own.logNormal(1, 0.5),
        cpm: own.logNormal(2.5, 0.6),
        ads: new ZipfChoice(ads, 0.7),
      };
    });
    // The drawn rates are relative; they are scaled so that their mean over all impressions is the requested rate.
    const { shares } = new ZipfChoice(drafts, CAMPAIGN_EXPONENT);
    const mean = drafts.reduce((sum, draft, i) => sum + draft.clickThroughRate * (shares[i] as number), 0);
    this.campaigns = new ZipfChoice(
      drafts.map((draft) => ({
        ...draft,
        clickThroughRate: Math.min(1, (draft.clickThroughRate / mean) * clickThroughRate),
      })),
      CAMPAIGN_EXPONENT,
    );
    this.publishers = new ZipfChoice(
      Array.from({ length: publishers }, (_, i) => numbered(`${namePrefix}publisher`, i, publishers)),
      PUBLISHER_EXPONENT,
    );
  }

  /** Mean number of clicks per impression. */
  get meanClickThroughRate(): number {
    const { items, shares } = this.campaigns;
    return items.reduce((sum, campaign, i) => sum + campaign.clickThroughRate * (shares[i] as number), 0);
  }

  /** @param fixed fields that are not random */
  place(random: RandomStream, fixed: { campaign?: Campaign; publisherId?: string } = {}): Placement {
    const campaign = fixed.campaign ?? this.campaigns.pick(random);
    const ad = campaign.ads.pick(random);
    return { campaign, ad, publisherId: fixed.publisherId ?? this.publishers.pick(random) };
  }
}
