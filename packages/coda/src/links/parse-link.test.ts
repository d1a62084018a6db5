import { describe, expect, it } from 'vitest';
import { parseLink } from './parse-link.ts';

describe('a link is read without a request', () => {
  it.each([
    ['https://coda.io/d/_dAbCDeFGH', { kind: 'doc', docId: 'AbCDeFGH' }],
    ['https://docs.superhuman.com/d/Launch-plan_dAbCDeFGH', { kind: 'doc', docId: 'AbCDeFGH' }],
    ['https://coda.io/d/_dAbCDeFGH/Launch-Status_sumnO', { kind: 'page', docId: 'AbCDeFGH', pageIdSuffix: 'mnO' }],
    ['https://coda.io/d/_dAbCDeFGH#Teams-and-Tasks_tpqRst-U', { kind: 'table', docId: 'AbCDeFGH', tableId: 'grid-pqRst-U' }],
    ['https://coda.io/d/_dAbCDeFGH/#Teams-and-Tasks_tpqRst-U', { kind: 'table', docId: 'AbCDeFGH', tableId: 'grid-pqRst-U' }],
    ['https://coda.io/d/_dAbCDeFGH#Teams_tugrid-pqRst-U', { kind: 'table', docId: 'AbCDeFGH', tableId: 'grid-pqRst-U' }],
    ['https://coda.io/d/_dAbCDeFGH#Teams_tuqRs', { kind: 'table', docId: 'AbCDeFGH', tableIdSuffix: 'qRs' }],
    ['https://coda.io/d/_dAbCDeFGH#Teams-and-Tasks_tpqRst-U/_rui-tuVwxYz', { kind: 'row', docId: 'AbCDeFGH', tableId: 'grid-pqRst-U', rowId: 'i-tuVwxYz' }],
    ['https://coda.io/apis/v1/docs/AbCDeFGH', { kind: 'doc', docId: 'AbCDeFGH' }],
    ['https://coda.io/apis/v1/docs/AbCDeFGH/tables?limit=20', { kind: 'doc', docId: 'AbCDeFGH' }],
    ['https://docs.superhuman.com/apis/v1/docs/AbCDeFGH/pages/canvas-IjkLmnO', { kind: 'page', docId: 'AbCDeFGH', pageId: 'canvas-IjkLmnO' }],
    ['https://coda.io/apis/v1/docs/AbCDeFGH/tables/grid-pqRst-U', { kind: 'table', docId: 'AbCDeFGH', tableId: 'grid-pqRst-U' }],
    ['https://coda.io/apis/v1/docs/AbCDeFGH/tables/grid-pqRst-U/rows/i-RstUv-W', { kind: 'row', docId: 'AbCDeFGH', tableId: 'grid-pqRst-U', rowId: 'i-RstUv-W' }],
    ['https://coda.io/apis/v1/docs/AbCDeFGH/tables/My%20table/columns/c-tuVwxYz', { kind: 'column', docId: 'AbCDeFGH', tableId: 'My table', columnId: 'c-tuVwxYz' }],
    ['https://coda.io/apis/v1/docs/AbCDeFGH/formulas/f-fgHijkLm', { kind: 'formula', docId: 'AbCDeFGH', formulaId: 'f-fgHijkLm' }],
    ['https://coda.io/apis/v1/docs/AbCDeFGH/controls/ctrl-cDefGhij', { kind: 'control', docId: 'AbCDeFGH', controlId: 'ctrl-cDefGhij' }],
  ])('%s', (link, expected) => {
    expect(parseLink(link)).toEqual(expected);
  });

  it.each(['not a link', 'https://example.com/d/_dAbCDeFGH', 'https://coda.io/@maker/published-doc', 'https://coda.io/d/no-id', 'https://coda.io/apis/v1/whoami', 'https://coda.io/d/%E0%A4%A'])('leaves %s to the service', (link) => {
    expect(parseLink(link)).toBeUndefined();
  });
});
