import { dayCurve } from './day-curve';

const at = (time: string, depth: number) => dayCurve(Date.parse(`2026-11-23T${time}:00.000Z`), depth);

describe('dayCurve', () => {
  it('has its peak in the evening, its minimum in the morning, and the mean 1', () => {
    expect(at('20:00', 0.5)).toBeCloseTo(1.5);
    expect(at('08:00', 0.5)).toBeCloseTo(0.5);
    const hours = Array.from({ length: 24 }, (_, hour) => at(`${String(hour).padStart(2, '0')}:00`, 0.5));
    expect(hours.reduce((sum, factor) => sum + factor, 0) / 24).toBeCloseTo(1);
  });

  it('is flat without depth', () => {
    expect(at('20:00', 0)).toBe(1);
    expect(at('05:17', 0)).toBe(1);
  });
});
