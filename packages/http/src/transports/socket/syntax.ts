/** What names of methods and headers are made of (RFC 9110, section 5.6.2). */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Names of headers that are kept once they were checked: a service has few, and a bound keeps a hostile one from filling the memory. */
export const MOST_NAMES_KEPT = 500;
