import type { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';
import { traced } from './traced';

/** A tracer that records its calls; real segments need a daemon. */
function fakeTracer(enabled: boolean) {
  const calls: string[] = [];
  const note = (call: string) => () => void calls.push(call);
  const subsegment = { name: 'subsegment', close: note('close') };
  const parent = { name: 'parent', addNewSubsegment: () => subsegment };
  const tracer = {
    isTracingEnabled: () => enabled,
    getSegment: () => parent,
    setSegment: ({ name }: { name: string }) => calls.push(`set ${name}`),
    annotateColdStart: note('cold start'),
    addServiceNameAnnotation: note('service'),
    addErrorAsMetadata: (error: Error) => calls.push(`error ${error.message}`),
  };
  return { tracer: tracer as unknown as Tracer, calls };
}

const context = {} as Context;

it('closes the subsegment and restores the parent after an invocation', async () => {
  const { tracer, calls } = fakeTracer(true);
  expect(await traced(tracer, async () => 'answer')({}, context)).toBe('answer');
  expect(calls).toEqual(['set subsegment', 'cold start', 'service', 'close', 'set parent']);
});

it('records an error and rethrows it', async () => {
  const { tracer, calls } = fakeTracer(true);
  const failing = traced(tracer, () => Promise.reject(new Error('broken')));
  await expect(failing({}, context)).rejects.toThrow('broken');
  expect(calls.slice(-3)).toEqual(['error broken', 'close', 'set parent']);
});

it('does nothing without tracing', async () => {
  const { tracer, calls } = fakeTracer(false);
  expect(await traced(tracer, async () => 'answer')({}, context)).toBe('answer');
  expect(calls).toEqual([]);
});
