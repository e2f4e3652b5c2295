import ipaddr from "ipaddr.js";

/** What the operator lets us reach besides the public internet. Never set from Slack or a manifest. */
export type Allowed = {
  /** This machine itself, by plain http too: the sandbox. */
  loopback: boolean;
  /** Networks of one's own, such as 10.1.0.0/16. */
  cidrs: readonly string[];
  /** Ports besides 443. */
  ports?: readonly number[];
};

export type AddressCheck = {
  /** Whether this IP address may be connected to. */
  mayReach(address: string): boolean;
  /** Why this URL must not be asked for; null when it may. Its host's addresses are checked later. */
  refusalOf(url: URL): string | null;
};

/** The rules for where requests may go: https to public unicast addresses, unless allowed otherwise. */
export function addressCheck({ loopback, cidrs, ports = [] }: Allowed): AddressCheck {
  const networks = cidrs.map((cidr) => ipaddr.parseCIDR(cidr));

  const mayReach = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    // `process` unwraps IPv4 that is dressed as IPv6, as in ::ffff:169.254.169.254.
    const ip = ipaddr.process(address);
    const range = ip.range();
    if (range === "unicast") return true;
    if (range === "loopback" && loopback) return true;
    return networks.some(([net, bits]) => net.kind() === ip.kind() && ip.match(net, bits));
  };

  const isHere = (host: string): boolean =>
    host === "localhost" || (ipaddr.isValid(host) && ipaddr.process(host).range() === "loopback");

  const refusalOf = (url: URL): string | null => {
    const host = hostOf(url);
    const here = loopback && isHere(host);
    if (url.protocol !== "https:" && !(url.protocol === "http:" && here))
      return "only https addresses are asked";
    if (url.username !== "" || url.password !== "")
      return "an address must not carry a user name or password";
    if (!here && !publicHost(host)) return "its host is not on the public internet";
    return portAllowed(url, host, here) ? null : `port ${url.port} is not one we use`;
  };

  const publicHost = (host: string): boolean =>
    host !== "" && (isName(host) ? !localName(host) : mayReach(host));

  const portAllowed = (url: URL, host: string, here: boolean): boolean =>
    here ||
    url.port === "" ||
    ports.includes(Number(url.port)) ||
    (!isName(host) && ipaddr.process(host).range() !== "unicast");

  return { mayReach, refusalOf };
}

/** The host without the brackets of IPv6 and without a dot at its end. */
const hostOf = (url: URL): string =>
  url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.+$/, "")
    .toLowerCase();

const isName = (host: string): boolean => !ipaddr.isValid(host);

/** Names that never belong to the public internet, whatever a resolver says. */
const localName = (host: string): boolean =>
  !host.includes(".") || /\.(localhost|local|internal|home\.arpa|lan|intranet|corp)$/.test(host);
