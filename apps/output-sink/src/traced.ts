import type { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';

/**
 * Puts an invocation into a subsegment of its trace, where the clients' requests appear below it.
 * @param tracer the tracer; outside Lambda it does nothing
 * @param handler what Lambda calls
 * @returns the same, traced. The middleware of Powertools would do it too, but brings middy along for this alone
 */
export function traced<Out>(tracer: Tracer, handler: (event: unknown, context: Context) => Promise<Out>) {
  return async (event: unknown, context: Context): Promise<Out> => {
    if (!tracer.isTracingEnabled()) return handler(event, context);
    const parent = tracer.getSegment();
    const subsegment = parent?.addNewSubsegment('## output-sink');
    if (subsegment !== undefined) tracer.setSegment(subsegment);
    tracer.annotateColdStart();
    tracer.addServiceNameAnnotation();
    try {
      return await handler(event, context);
    } catch (error) {
      tracer.addErrorAsMetadata(error as Error);
      throw error;
    } finally {
      subsegment?.close();
      if (parent !== undefined) tracer.setSegment(parent);
    }
  };
}
