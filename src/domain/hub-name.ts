/** The name of the built-in connection, and of its connector. */
export const hubName = "hub";
