/** A host, or *.host for any below it. */
export const hostPattern = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/;
export const hostRule = "a host, or *.host, is accepted here";

/** Whether this is an https address at one of these hosts. */
export const isAtOneOf = ({ hostname, protocol }: URL, hosts: readonly string[]): boolean =>
  protocol === "https:" &&
  hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host)); // prettier-ignore

/** A simulated tool; whether such an address may be asked at all is the egress' to say. */
export const isLoopback = ({ hostname }: URL): boolean => /^127(\.\d{1,3}){3}$/.test(hostname);
