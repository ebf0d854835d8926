import type { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';

/**
 * Runs an invocation in a subsegment of its trace, so that requests of the clients appear below it.
 * @param tracer the tracer; outside Lambda it does nothing
 * @param handler function that Lambda calls
 * @returns the traced function. Powertools has a middleware for this, but it
 *   requires middy
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
