/**
 * Where an address of a tool's sign-in is for a connection. A connection with an address of its own (a
 * sandbox, a proxy, an installation of one's own) has its sign-in service there too, so that what it is
 * signed in with goes nowhere else. Another host of the same tool (`sandbox-quickbooks.api.intuit.com`)
 * shares the tool's sign-in service, unless that stands beside the interface (`login.salesforce.com`).
 */
export function endpointsOf(usual: string, own: string | null): (url: string) => string {
  if (own === null) return (url) => url;
  const base = new URL(usual);
  const here = new URL(own);
  const related = site(here) === site(base);
  return (url) => {
    const { host, pathname, search } = new URL(url);
    if (related && host !== base.host) return url;
    return here.origin + (pathname === "/" && !url.endsWith("/") ? "" : pathname) + search;
  };
}

/** The last two labels of a host name; an address of digits is a site of its own. */
const site = ({ hostname }: URL): string =>
  /[a-z]$/i.test(hostname) ? hostname.split(".").slice(-2).join(".") : hostname;
