import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barStep, clampView, keepInSight, labelStep, pinched, secondsAt, type View, WHOLE, xOf, zoomAt } from './view';

const extent = { width: 1000, length: 100 };
const views = fc.record({ from: fc.double({ min: -50, max: 200, noNaN: true }), zoom: fc.double({ min: 0.1, max: 1000, noNaN: true }) });

describe('the timeline’s view', () => {
  it('never leaves the song', () => {
    fc.assert(
      fc.property(views, (view) => {
        const { from, zoom } = clampView(view, extent);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from + extent.length / zoom).toBeLessThanOrEqual(extent.length + 1e-9);
      }),
    );
  });
  it('zooms in with the moment under the pointer held still', () => {
    const view: View = { from: 20, zoom: 2 };
    const at = secondsAt(view, extent, 500);
    expect(xOf(zoomAt(view, extent, 1.5, at), extent, at)).toBeCloseTo(500, 6);
  });
  it('zooming out ends at the whole song', () => {
    expect(zoomAt({ from: 40, zoom: 1.2 }, extent, 0.1, 50)).toEqual(WHOLE);
  });
  it('turns the page only when the playhead has left it', () => {
    const view: View = { from: 10, zoom: 4 };
    expect(keepInSight(view, extent, 20)).toBe(view);
    expect(keepInSight(view, extent, 35).from).toBeCloseTo(33.75, 6);
  });
  it('finds the moment a pixel stands for and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (x) => {
        const view = clampView({ from: 30, zoom: 3 }, extent);
        expect(xOf(view, extent, secondsAt(view, extent, x))).toBeCloseTo(x, 6);
      }),
    );
  });
});

describe('two fingers', () => {
  const finger = fc.double({ min: 0, max: 1000, noNaN: true });
  it('never leave the song', () => {
    fc.assert(
      fc.property(views, finger, finger, finger, finger, (any, a, b, c, d) => {
        const after = pinched(clampView(any, extent), extent, [a, b], [c, d]);
        expect(clampView(after, extent)).toEqual(after);
      }),
    );
  });
  it('twice as far apart is twice as near, and the moment between them stays between them', () => {
    const view = clampView({ from: 30, zoom: 4 }, extent);
    const after = pinched(view, extent, [400, 600], [320, 720]);
    expect(after.zoom).toBeCloseTo(8);
    expect(xOf(after, extent, secondsAt(view, extent, 500))).toBeCloseTo(520);
  });
});

describe('the ruler', () => {
  it('labels stand apart', () => {
    expect(labelStep(12, 80)).toBe(10);
    expect(labelStep(400, 80)).toBe(0.2);
  });
  it('marks bars in powers of two', () => {
    expect(barStep(2, 10, 30)).toBe(2);
    expect(barStep(2, 100, 30)).toBe(1);
  });
});
