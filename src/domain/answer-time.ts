/** So long after a request has left its answer has to begin: until then the tool may be at work on it. */
export const answerMs = 30_000;
/** So long it may take until somebody is reached, and a request can leave at all. */
export const connectMs = 10_000;
